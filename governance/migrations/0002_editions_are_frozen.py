"""A published edition never changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial"), ("core", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER governance_edition_fixed BEFORE UPDATE OR DELETE ON governance_edition "
            "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "DROP TRIGGER governance_edition_fixed ON governance_edition",
        )
    ]
