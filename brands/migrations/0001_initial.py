import django.contrib.postgres.fields
import klean.core.rows.encryption
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="name")),
                ("korean_name", models.CharField(blank=True, max_length=150, verbose_name="Korean name")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150), blank=True, default=list, size=None
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=100, verbose_name="country")),
                ("category", models.CharField(blank=True, max_length=100, verbose_name="category")),
                (
                    "protection",
                    models.CharField(
                        choices=[
                            ("OPEN", "open"),
                            ("MONITORED", "monitored"),
                            ("GATED", "authorised sellers only"),
                        ],
                        default="MONITORED",
                        max_length=10,
                        verbose_name="protection",
                    ),
                ),
                (
                    "list_price",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="list price (KRW)"),
                ),
            ],
            options={
                "verbose_name": "brand",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="PriceRange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=100, verbose_name="category")),
                ("low", models.PositiveBigIntegerField(verbose_name="lowest list price (KRW)")),
                ("high", models.PositiveBigIntegerField(verbose_name="highest list price (KRW)")),
            ],
            options={
                "verbose_name": "price range",
                "ordering": ["category"],
            },
        ),
        migrations.CreateModel(
            name="ReferenceImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("OFFICIAL", "official picture"),
                            ("COUNTERFEIT", "known counterfeit"),
                            ("GENUINE", "genuine item"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=300, verbose_name="label")),
                ("sha256", models.CharField(max_length=64)),
                ("hash", models.BinaryField(blank=True, max_length=32, null=True)),
                ("quality", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "reference image",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("owner", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("UNKNOWN", "not checked yet"),
                            ("LIVE", "in force"),
                            ("PENDING", "applied for"),
                            ("LAPSED", "lapsed"),
                            ("NOT_FOUND", "not in the register"),
                            ("OTHER_OWNER", "another owner's"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "nice_classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("registered_on", models.DateField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("taken_on", models.DateField()),
            ],
            options={
                "verbose_name": "register record",
            },
        ),
        migrations.CreateModel(
            name="RightsHolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("country", models.CharField(blank=True, max_length=100, verbose_name="country")),
                (
                    "contact_email",
                    klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="contact e-mail"),
                ),
                (
                    "representative",
                    klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="representative"),
                ),
                ("is_agent", models.BooleanField(default=False, verbose_name="speaks as an agent")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="verified")),
                ("verified_by", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "verbose_name": "rights holder",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="IPRight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                ("attempts", models.PositiveIntegerField(db_default=0, default=0)),
                ("waits", models.PositiveIntegerField(db_default=0, default=0)),
                ("last_error", models.TextField(blank=True, db_default="", verbose_name="last error")),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TRADEMARK", "trademark"),
                            ("DESIGN", "design"),
                            ("COPYRIGHT", "copyright"),
                            ("PATENT", "patent"),
                            ("UTILITY_MODEL", "utility model"),
                            ("UNREGISTERED", "unregistered right"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="registration or application number"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "nice_classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="registered on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "evidence_decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not looked at"),
                            ("ACCEPTED", "it shows the right"),
                            ("REFUSED", "it does not show the right"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("UNKNOWN", "not checked yet"),
                            ("LIVE", "in force"),
                            ("PENDING", "applied for"),
                            ("LAPSED", "lapsed"),
                            ("NOT_FOUND", "not in the register"),
                            ("OTHER_OWNER", "another owner's"),
                        ],
                        default="UNKNOWN",
                        max_length=12,
                        verbose_name="in the register",
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
                ("register_entry", models.JSONField(blank=True, default=dict)),
                (
                    "brands",
                    models.ManyToManyField(
                        related_name="ip_rights", to="brands.brand", verbose_name="brands"
                    ),
                ),
            ],
            options={
                "verbose_name": "IP right",
                "ordering": ["kind", "number", "pk"],
            },
        ),
    ]
