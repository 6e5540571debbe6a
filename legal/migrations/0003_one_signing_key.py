import django.db.models.deletion
from django.db import migrations, models

TAKE_OVER = """
INSERT INTO core_signingkey (public, secret, reason, made_at)
    SELECT public, secret, '', made_at FROM legal_signingkey ORDER BY id;
UPDATE legal_bundle b SET key_id = new.id
    FROM legal_signingkey old JOIN core_signingkey new USING (public) WHERE b.key_id = old.id;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_signing_key"), ("legal", "0002_counsel_support_requests")]
    operations = [
        migrations.AlterField(
            "bundle",
            "key",
            models.ForeignKey(
                "core.signingkey", django.db.models.deletion.PROTECT, related_name="+", db_constraint=False
            ),
        ),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
        migrations.AlterField(
            "bundle",
            "key",
            models.ForeignKey("core.signingkey", django.db.models.deletion.PROTECT, related_name="+"),
        ),
        migrations.DeleteModel("SigningKey"),
    ]
