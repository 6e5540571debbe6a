"""The reasons for a decision on a claim stand under their languages; those of before are Korean ones."""

from django.db import migrations, models

import klean.core.rows.texts

TEXTS = """
UPDATE refunds_refundclaim SET texts = jsonb_build_object('ko', decision_reasons) WHERE decision_reasons <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("refunds", "0003_buyerwarning_failed_at_buyerwarning_waits_and_more")]
    operations = [
        migrations.AddField(
            "refundclaim",
            "texts",
            klean.core.rows.texts.TextsField(blank=True, default=dict, verbose_name="reasons"),
        ),
        migrations.RunSQL(TEXTS, migrations.RunSQL.noop),
        migrations.RemoveField("refundclaim", "decision_reasons"),
        migrations.RenameField("refundclaim", "texts", "decision_reasons"),
        migrations.AlterField("refundclaim", "language", models.CharField(max_length=15)),
    ]
