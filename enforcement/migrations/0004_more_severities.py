from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0003_decisions_live"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("TRADEMARK", "trademark infringement"),
                    ("COUNTERFEIT", "counterfeit goods"),
                    ("DESIGN", "design infringement"),
                    ("COPYRIGHT", "copyright infringement"),
                    ("PATENT", "patent infringement"),
                    ("UNAUTHORISED", "sale without authorisation"),
                    ("FORGED_DOCUMENT", "forged document"),
                    ("MISLEADING", "misleading listing"),
                    ("PROHIBITED_GOODS", "prohibited goods"),
                    ("OTHER_TERMS", "another rule of the marketplace"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="severity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ADVICE", "advice, no points"),
                    ("GENERAL", "general"),
                    ("SERIOUS", "serious"),
                    ("EXTREME", "extreme"),
                    ("PROHIBITED", "prohibited goods"),
                    ("TRANSACTION", "transaction"),
                    ("QUALITY", "listing quality"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="macro",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("TRADEMARK", "trademark infringement"),
                    ("COUNTERFEIT", "counterfeit goods"),
                    ("DESIGN", "design infringement"),
                    ("COPYRIGHT", "copyright infringement"),
                    ("PATENT", "patent infringement"),
                    ("UNAUTHORISED", "sale without authorisation"),
                    ("FORGED_DOCUMENT", "forged document"),
                    ("MISLEADING", "misleading listing"),
                    ("PROHIBITED_GOODS", "prohibited goods"),
                    ("OTHER_TERMS", "another rule of the marketplace"),
                ],
                max_length=20,
                verbose_name="ground",
            ),
        ),
    ]
