from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mystery_shop", "0001_initial"), ("core", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER mystery_shop_custodyevent_fixed BEFORE UPDATE OR DELETE ON mystery_shop_custodyevent "
            "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER mystery_shop_custodyevent_fixed ON mystery_shop_custodyevent",
        )
    ]
