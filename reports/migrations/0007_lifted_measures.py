from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_newest_first")]

    operations = [
        migrations.AddField(
            model_name="misusemeasure",
            name="lifted_by",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="misusemeasure",
            name="lifted_for",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="misusemeasure",
            index=models.Index(
                condition=models.Q(("lifted_at", None)), fields=["ends_at"], name="misuse_in_force"
            ),
        ),
    ]
