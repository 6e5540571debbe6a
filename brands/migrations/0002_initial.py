import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("brands", "0001_initial"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="ipright",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="pricerange",
            name="brand",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="price_ranges", to="brands.brand"
            ),
        ),
        migrations.AddField(
            model_name="referenceimage",
            name="brand",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="references", to="brands.brand"
            ),
        ),
        migrations.AddField(
            model_name="referenceimage",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="rightsholder",
            name="organisation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rights_holder",
                to="core.organisation",
            ),
        ),
        migrations.AddField(
            model_name="rightsholder",
            name="power_of_attorney",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="ipright",
            name="rights_holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ip_rights",
                to="brands.rightsholder",
            ),
        ),
        migrations.AddField(
            model_name="brand",
            name="rights_holder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="brands",
                to="brands.rightsholder",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricerange",
            constraint=models.UniqueConstraint(
                fields=("brand", "category"), name="one_price_range_per_brand_and_category"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricerange",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__gt", 0), ("low__lte", models.F("high"))),
                name="price_range_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="referenceimage",
            index=models.Index(
                condition=models.Q(("hash", None)), fields=["id"], name="reference_undescribed"
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceimage",
            constraint=models.UniqueConstraint(
                fields=("brand", "kind", "sha256"), name="one_reference_per_brand_and_file"
            ),
        ),
        migrations.AddIndex(
            model_name="ipright",
            index=models.Index(fields=["due_at"], name="ip_right_due"),
        ),
        migrations.AddConstraint(
            model_name="ipright",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("rights_holder", "kind", "number"),
                name="one_ip_right_per_holder_and_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="ipright",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["COPYRIGHT", "UNREGISTERED"]),
                    models.Q(("number", ""), _negated=True),
                    _connector="OR",
                ),
                name="registered_ip_right_has_number",
            ),
        ),
    ]
