"""The reasons for what became of an authorisation stand under their languages; those of before are Korean ones."""

from django.db import migrations

import klean.core.rows.texts

TEXTS = """
UPDATE sellers_brandauthorisation SET texts = jsonb_build_object('ko', reasons) WHERE reasons <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("sellers", "0002_payoutaccount_failed_at_payoutaccount_waits_and_more")]
    operations = [
        migrations.AddField(
            "brandauthorisation",
            "texts",
            klean.core.rows.texts.TextsField(blank=True, default=dict, verbose_name="reasons"),
        ),
        migrations.RunSQL(TEXTS, migrations.RunSQL.noop),
        migrations.RemoveField("brandauthorisation", "reasons"),
        migrations.RenameField("brandauthorisation", "texts", "reasons"),
    ]
