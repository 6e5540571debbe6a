from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("core", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="CalendarChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("is_holiday", models.BooleanField()),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.CharField(max_length=100)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_by", models.CharField(blank=True, max_length=100)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("confirmed_by", F("proposed_by")), _negated=True),
                        name="calendar_change_by_two",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("confirmed_at", None), ("withdrawn_at", None)),
                        fields=("day",),
                        name="one_open_calendar_change",
                    ),
                ],
                "verbose_name": "change to the business calendar",
                "ordering": ["-pk"],
            },
        ),
    ]
