"""Kinds of violation are named by a function, so that a new one needs no migration; their names may be longer."""

from django.db import migrations, models

import enforcement.sanctions.models


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0004_statements_in_each_language")]
    operations = [
        migrations.AlterField(
            "decision",
            "severity",
            models.CharField(
                max_length=30, choices=enforcement.sanctions.models.severity_choices, blank=True
            ),
        ),
        migrations.AlterField("violation", "severity", models.CharField(max_length=30)),
        migrations.AlterField("checkanswer", "choice", models.CharField(max_length=30)),
    ]
