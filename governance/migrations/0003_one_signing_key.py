import django.db.models.deletion
from django.db import migrations, models

TAKE_OVER = """
INSERT INTO core_signingkey (public, secret, reason, made_at)
    SELECT encode(public, 'hex'), private, '', made_at FROM governance_signingkey ORDER BY id;
ALTER TABLE governance_edition DISABLE TRIGGER USER;
UPDATE governance_edition e SET key_id = new.id
    FROM governance_signingkey old JOIN core_signingkey new ON new.public = encode(old.public, 'hex')
    WHERE e.key_id = old.id;
ALTER TABLE governance_edition ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_signing_key"),
        ("legal", "0003_one_signing_key"),
        ("governance", "0002_frozen"),
    ]
    operations = [
        migrations.AlterField(
            "edition",
            "key",
            models.ForeignKey(
                "core.signingkey", django.db.models.deletion.PROTECT, related_name="+", db_constraint=False
            ),
        ),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
        migrations.AlterField(
            "edition",
            "key",
            models.ForeignKey("core.signingkey", django.db.models.deletion.PROTECT, related_name="+"),
        ),
        migrations.DeleteModel("SigningKey"),
    ]
