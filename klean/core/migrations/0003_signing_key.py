from django.db import migrations, models

import klean.core.fields


class Migration(migrations.Migration):
    dependencies = [("core", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public", models.CharField(max_length=64, unique=True)),
                ("secret", klean.core.fields.EncryptedTextField()),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("made_at", models.DateTimeField()),
            ],
            options={"verbose_name": "signing key", "ordering": ["-pk"]},
        )
    ]
