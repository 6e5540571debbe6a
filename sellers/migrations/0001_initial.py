import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import klean.core.rows.encryption
import klean.core.rows.texts
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("brands", "0001_initial"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BusinessRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=10, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("UNKNOWN", "not checked yet"),
                            ("ACTIVE", "in business"),
                            ("SUSPENDED", "business suspended"),
                            ("CLOSED", "closed down"),
                            ("NOT_FOUND", "not registered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True)),
                (
                    "representative",
                    klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="representative"),
                ),
                ("taken_on", models.DateField()),
            ],
            options={
                "verbose_name": "business record",
            },
        ),
        migrations.CreateModel(
            name="DocumentReading",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reading",
                        serialize=False,
                        to="core.storedfile",
                    ),
                ),
                ("pages", models.PositiveSmallIntegerField(default=1)),
                ("text", klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="text")),
                ("picture_print", models.BigIntegerField(blank=True, null=True)),
                ("text_print", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "reading",
            },
        ),
        migrations.CreateModel(
            name="Seller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(max_length=100, unique=True, verbose_name="seller id")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("country", models.CharField(blank=True, max_length=100, verbose_name="country")),
                (
                    "contact_email",
                    klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="contact e-mail"),
                ),
                (
                    "contact_phone",
                    klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="contact phone"),
                ),
                ("joined_at", models.DateTimeField(verbose_name="joined")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("ACTIVE", "active"),
                            ("WARNED", "warned"),
                            ("RESTRICTED", "restricted"),
                            ("SUSPENDED", "suspended"),
                            ("CLOSED", "closed"),
                        ],
                        default="ACTIVE",
                        max_length=12,
                        verbose_name="standing",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sellers",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "seller",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ListedSeller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("business_registration_number", models.CharField(blank=True, max_length=10)),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed_sellers",
                        to="brands.brand",
                    ),
                ),
            ],
            options={
                "verbose_name": "listed seller",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SellerCluster",
            fields=[
                (
                    "seller",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="in_cluster",
                        serialize=False,
                        to="sellers.seller",
                    ),
                ),
                ("cluster", models.BigIntegerField(db_index=True)),
            ],
            options={
                "verbose_name": "cluster",
            },
        ),
        migrations.CreateModel(
            name="TraderEntity",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "business_registration_number",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        null=True,
                        unique=True,
                        verbose_name="business registration number",
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=100, verbose_name="country")),
                (
                    "representative",
                    klean.core.rows.encryption.EncryptedTextField(blank=True, verbose_name="representative"),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                (
                    "mail_order_number",
                    models.CharField(blank=True, max_length=40, verbose_name="mail-order report number"),
                ),
                (
                    "business_status",
                    models.CharField(
                        choices=[
                            ("UNKNOWN", "not checked yet"),
                            ("ACTIVE", "in business"),
                            ("SUSPENDED", "business suspended"),
                            ("CLOSED", "closed down"),
                            ("NOT_FOUND", "not registered"),
                        ],
                        default="UNKNOWN",
                        max_length=10,
                        verbose_name="business status",
                    ),
                ),
                (
                    "authenticity",
                    models.CharField(
                        choices=[
                            ("UNKNOWN", "not checked yet"),
                            ("CONFIRMED", "name and opening day agree"),
                            ("DIFFERENT", "name or opening day differ"),
                        ],
                        default="UNKNOWN",
                        max_length=10,
                    ),
                ),
                ("status_checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
            ],
            options={
                "verbose_name": "trader entity",
                "verbose_name_plural": "trader entities",
                "indexes": [models.Index(fields=["due_at"], name="trader_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("business_registration_number__regex", "^[1-9]\\d{9}$")),
                        name="business_registration_number_is_ten_digits",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="seller",
            name="trader_entity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sellers",
                to="sellers.traderentity",
            ),
        ),
        migrations.CreateModel(
            name="SalesPermit",
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
                        choices=[("KC", "KC number"), ("PERMIT", "sales permit")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("category", models.CharField(max_length=100, verbose_name="category")),
                ("number", models.CharField(max_length=40, verbose_name="number")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permits",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "sales permit",
                "ordering": ["category", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["valid_until"], name="permit_running"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seller", "kind", "number"), name="one_permit_per_seller_and_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayoutAccount",
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
                ("bank", models.CharField(max_length=40, verbose_name="bank")),
                ("number", klean.core.rows.encryption.EncryptedTextField(verbose_name="account number")),
                ("holder", klean.core.rows.encryption.EncryptedTextField(verbose_name="account holder")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("COOLING", "takes effect later"),
                            ("ACTIVE", "in use"),
                            ("REPLACED", "replaced"),
                            ("CANCELLED", "cancelled"),
                        ],
                        default="COOLING",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("requested_by", models.CharField(max_length=100)),
                ("requested_at", models.DateTimeField(verbose_name="requested")),
                ("effective_at", models.DateTimeField(verbose_name="takes effect")),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payout_accounts",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "settlement account",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["due_at"], name="payout_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["COOLING", "ACTIVE"])),
                        fields=("seller", "state"),
                        name="one_payout_account_per_seller_and_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BrandAuthorisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "territory",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5), default=list, size=None
                    ),
                ),
                (
                    "nice_classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("MARKETPLACE", "marketplaces"),
                                ("OWN_SITE", "the seller's own site"),
                                ("LIVE", "live selling"),
                                ("STORE", "shops in town"),
                                ("WHOLESALE", "wholesale"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("grantor", models.CharField(blank=True, max_length=200, verbose_name="granted by")),
                ("grantee", models.CharField(blank=True, max_length=200, verbose_name="granted to")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(verbose_name="valid until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "draft"),
                            ("SUBMITTED", "submitted"),
                            ("IN_REVIEW", "in review"),
                            ("INFO_REQUESTED", "waiting for the seller"),
                            ("WITHDRAWN", "withdrawn"),
                            ("APPROVED", "approved"),
                            ("EXPIRING", "ends soon"),
                            ("EXPIRED", "expired"),
                            ("REJECTED", "rejected"),
                            ("REJECTED_FORGED", "rejected as forged"),
                            ("SUSPENDED", "suspended"),
                            ("REVOKED", "revoked"),
                            ("SUPERSEDED", "renewed"),
                        ],
                        default="DRAFT",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("submitted_by", models.CharField(max_length=100)),
                ("submitted_at", models.DateTimeField(verbose_name="submitted")),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "reasons",
                    klean.core.rows.texts.TextsField(blank=True, default=dict, verbose_name="reasons"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "suspended_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("PARENT", "the letter that it rests on fell"),
                            ("CONTEST", "the rights holder contests it"),
                            ("RIGHT", "the right that it rests on fell"),
                        ],
                        max_length=8,
                    ),
                ),
                ("warned_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "holder_answer",
                    models.CharField(
                        blank=True,
                        choices=[("CONFIRMED", "confirmed"), ("CONTESTED", "contested")],
                        max_length=10,
                        verbose_name="the rights holder's answer",
                    ),
                ),
                ("holder_answered_at", models.DateTimeField(blank=True, null=True)),
                ("ticks", models.JSONField(blank=True, default=dict)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
                        to="brands.brand",
                    ),
                ),
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="sellers.brandauthorisation",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "brand authorisation",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["state", "valid_until"], name="authorisation_state_until"),
                    models.Index(
                        condition=models.Q(("state__in", ["APPROVED", "EXPIRING"])),
                        fields=["seller", "brand"],
                        name="authorisation_in_force",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["SUBMITTED", "IN_REVIEW", "INFO_REQUESTED"])),
                        fields=("seller", "brand"),
                        name="one_open_authorisation_per_seller_and_brand",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "DRAFT")),
                        fields=("seller", "brand"),
                        name="one_draft_authorisation_per_seller_and_brand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_until"))),
                        name="authorisation_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SellerTrait",
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
                            ("BUSINESS_NUMBER", "business registration number"),
                            ("ACCOUNT", "settlement account"),
                            ("PHONE", "phone number"),
                            ("EMAIL", "e-mail address"),
                            ("REPRESENTATIVE", "representative's name"),
                            ("DEVICE", "device"),
                            ("ADDRESS", "address"),
                            ("PICTURE", "pictures"),
                            ("TEXT", "texts"),
                        ],
                        max_length=15,
                    ),
                ),
                ("digest", models.BinaryField(max_length=16)),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traits",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "trait",
                "indexes": [models.Index(fields=["digest", "kind"], name="trait_digest")],
                "constraints": [
                    models.UniqueConstraint(fields=("seller", "kind", "digest"), name="one_trait_per_seller")
                ],
            },
        ),
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
