from django.db import migrations, models

URGENCY = (models.F("priority") * -1, models.F("opened_at"), models.F("id"))


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0004_more_severities")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_queue_escalated"),
        migrations.AddIndex(
            model_name="case", index=models.Index(models.F("state"), *URGENCY, name="case_queue_by_state")
        ),
        migrations.AddIndex(model_name="case", index=models.Index(*URGENCY, name="case_queue_of_all")),
    ]
