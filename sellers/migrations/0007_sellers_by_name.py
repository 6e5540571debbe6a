import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sellers", "0006_listed_sellers"),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="seller",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("name"), name="gin_trgm_ops"
                ),
                name="seller_name_trigram",
            ),
        ),
    ]
