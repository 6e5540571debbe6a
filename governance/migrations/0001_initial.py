import django.db.models.deletion
import klean.core.rows.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExternalFeed",
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
                            ("SEIZURES", "seizures"),
                            ("HAZARDS", "hazardous goods"),
                            ("BRANDS", "brands"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("dated_on", models.DateField(verbose_name="as of")),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("faults", models.PositiveIntegerField(default=0)),
                ("imported_at", models.DateTimeField()),
                ("imported_by", models.CharField(max_length=100)),
            ],
            options={
                "verbose_name": "external list",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "source", "dated_on", "sha256"), name="one_import_per_file_and_source"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, unique=True, verbose_name="name")),
                ("summary", models.TextField(verbose_name="summary")),
                ("text", models.TextField(verbose_name="policy file")),
                ("in_force_from", models.DateTimeField(verbose_name="in force from")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "in consultation"),
                            ("PUBLISHED", "published"),
                            ("WITHDRAWN", "withdrawn"),
                        ],
                        default="OPEN",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=100)),
                ("ends_at", models.DateTimeField()),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="core.policyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft policy",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="comment")),
                ("written_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_by", models.CharField(blank=True, max_length=100)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="governance.policydraft",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on a draft policy",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Stakeholder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ASSOCIATION", "association"),
                            ("CUSTOMS", "customs"),
                            ("AUTHORITY", "authority"),
                            ("INSTITUTE", "institute"),
                            ("BRAND", "brand"),
                            ("CONSUMERS", "consumer organisation"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "contact",
                    klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="contact e-mail"),
                ),
                ("registered_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stakeholders",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "stakeholder",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("minutes", models.TextField(verbose_name="minutes")),
                ("written_by", models.CharField(max_length=100)),
                (
                    "stakeholders",
                    models.ManyToManyField(related_name="meetings", to="governance.stakeholder"),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="governance.stakeholder",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "ordering": ["-signed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SubjectRequest",
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
                        choices=[("EXPORT", "see the data"), ("ERASURE", "erase the data")],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("ACCOUNT", "logged in to the account"),
                            ("ADDRESS", "answered from the e-mail address"),
                            ("DOCUMENT", "showed a document"),
                        ],
                        max_length=10,
                        verbose_name="identity",
                    ),
                ),
                ("address", klean.core.rows.encryption.EncryptedTextField(verbose_name="e-mail address")),
                (
                    "known_as",
                    klean.core.rows.encryption.EncryptedTextField(
                        blank=True, verbose_name="names, numbers and addresses of the person"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("RECEIVED", "received"), ("DONE", "done"), ("REFUSED", "refused")],
                        default="RECEIVED",
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("rows", models.JSONField(default=dict)),
                ("left", models.JSONField(default=dict)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "personal data request",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("month", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("position", models.BigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("signature", models.BinaryField(max_length=64)),
                ("published_by", models.CharField(max_length=100)),
                ("published_at", models.DateTimeField()),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="governance.edition",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.signingkey"
                    ),
                ),
            ],
            options={
                "verbose_name": "report edition",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("corrects", None)),
                        fields=("month",),
                        name="one_first_edition_per_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="a_correction_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalRecord",
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
                            ("SEIZURES", "seizures"),
                            ("HAZARDS", "hazardous goods"),
                            ("BRANDS", "brands"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("number", models.CharField(max_length=100, verbose_name="number")),
                ("happened_on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("brand", models.CharField(blank=True, max_length=200, verbose_name="brand")),
                ("goods", models.CharField(blank=True, max_length=500, verbose_name="goods")),
                ("country", models.CharField(blank=True, max_length=100, verbose_name="country")),
                ("quantity", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="quantity")),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="governance.externalfeed",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["feed", "id"], name="external_record_of_feed")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "source", "number"), name="one_external_record_per_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(max_length=500, verbose_name="what")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "action item",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["due_on", "id"],
                        name="action_item_open",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stakeholder",
            constraint=models.UniqueConstraint(
                fields=("name", "kind"), name="one_stakeholder_per_name_and_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("signed_on__lte", models.F("ends_on")), _connector="OR"
                ),
                name="agreement_dates_in_order",
            ),
        ),
    ]
