"""The text of a statement stands under its language, so that another language needs no column."""

from django.db import migrations

import klean.core.rows.texts

TEXTS = """
UPDATE enforcement_statement SET texts = jsonb_build_object('ko', text_ko, 'en', text_en);
UPDATE enforcement_decision SET texts = jsonb_build_object('ko', end_reasons) WHERE end_reasons <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0003_case_failed_at_case_waits_decision_failed_at_and_more")]
    operations = [
        migrations.AddField(
            "statement",
            "texts",
            klean.core.rows.texts.TextsField(default=dict, verbose_name="texts"),
            preserve_default=False,
        ),
        migrations.AddField(
            "decision",
            "texts",
            klean.core.rows.texts.TextsField(blank=True, default=dict, verbose_name="reasons for ending"),
        ),
        migrations.RunSQL(TEXTS, migrations.RunSQL.noop),
        migrations.RemoveField("statement", "text_ko"),
        migrations.RemoveField("statement", "text_en"),
        migrations.RemoveField("decision", "end_reasons"),
        migrations.RenameField("decision", "texts", "end_reasons"),
    ]
