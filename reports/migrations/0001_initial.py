import django.db.models.deletion
import klean.core.access.references
import klean.core.rows.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("brands", "0002_initial"),
        ("core", "0001_initial"),
        ("listings", "0001_initial"),
        ("sellers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReporterTier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reporter_key", models.CharField(max_length=80, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("STANDARD", "standard"),
                            ("CANDIDATE", "good-faith candidate"),
                            ("ADMITTED", "good-faith reporter"),
                            ("LOCKED", "good-faith status locked"),
                        ],
                        default="STANDARD",
                        max_length=12,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("locked_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "reporter's tier",
            },
        ),
        migrations.CreateModel(
            name="CounterNotice",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("AWAITING_SELLER", "Awaiting the seller"),
                            ("AWAITING_RIGHTS_HOLDER", "Awaiting the rights holder"),
                            ("RULING", "Awaiting a decision"),
                            ("ACCEPTED", "Accepted by the rights holder"),
                            ("FORFEITED", "No response from the seller"),
                            ("RULED", "Decided"),
                        ],
                        default="AWAITING_SELLER",
                        max_length=24,
                    ),
                ),
                ("invited_at", models.DateTimeField(verbose_name="invited")),
                ("answer_by", models.DateTimeField()),
                ("ground", models.CharField(blank=True, max_length=40)),
                ("statement", models.TextField(blank=True, verbose_name="seller's statement")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reply", models.TextField(blank=True, verbose_name="rights holder's reply")),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counter_notices",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "seller's response",
            },
        ),
        migrations.CreateModel(
            name="CounterDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="reports.counternotice",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
            },
        ),
        migrations.CreateModel(
            name="MisuseMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reporter_key", models.CharField(max_length=80)),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("WARNING", "warning"),
                            ("RESTRICTION", "daily limit"),
                            ("SUSPENSION", "suspended from reporting"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reasons", models.TextField(verbose_name="reasons")),
                ("imposed_at", models.DateTimeField()),
                ("imposed_by", models.CharField(max_length=100)),
                ("ends_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=100)),
                ("lifted_for", models.TextField(blank=True, verbose_name="reason for lifting")),
            ],
            options={
                "verbose_name": "misuse measure",
                "indexes": [
                    models.Index(fields=["reporter_key", "ends_at"], name="misuse_of_reporter"),
                    models.Index(
                        condition=models.Q(("lifted_at", None)), fields=["ends_at"], name="misuse_in_force"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=klean.core.access.references.new_reference,
                        editable=False,
                        max_length=23,
                        unique=True,
                    ),
                ),
                (
                    "notifier_type",
                    models.CharField(
                        choices=[
                            ("RIGHTS_HOLDER", "rights holder"),
                            ("CONSUMER", "consumer"),
                            ("TRUSTED_FLAGGER", "trusted flagger"),
                            ("AUTHORITY", "authority"),
                            ("OWN_INITIATIVE", "own initiative"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "contact_email",
                    klean.core.rows.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="contact e-mail"
                    ),
                ),
                ("language", models.CharField(max_length=15)),
                (
                    "right_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("TRADEMARK", "trademark"),
                            ("DESIGN", "design"),
                            ("COPYRIGHT", "copyright"),
                            ("PATENT", "patent"),
                            ("UTILITY_MODEL", "utility model"),
                            ("UNREGISTERED", "unregistered right"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(max_length=40)),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("order", models.CharField(blank=True, max_length=64, verbose_name="order number")),
                ("claims_illegal", models.BooleanField(default=False)),
                ("good_faith", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "Submitted"),
                            ("ACKNOWLEDGED", "Received"),
                            ("ADMITTED", "Under review"),
                            ("INADMISSIBLE", "Not accepted"),
                            ("DECIDED", "Decided"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="SUBMITTED",
                        max_length=20,
                    ),
                ),
                ("inadmissible_because", models.TextField(blank=True, verbose_name="reason for rejection")),
                ("filed_at", models.DateTimeField(verbose_name="filed at")),
                ("answer_by", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="core.organisation",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="picture",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="brands.ipright",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
            },
        ),
        migrations.CreateModel(
            name="NoticeDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("is_template", models.BooleanField(default=False)),
                ("body", models.JSONField(verbose_name="contents")),
                ("saved_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_drafts",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice draft",
            },
        ),
        migrations.CreateModel(
            name="NoticeItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reporter_key", models.CharField(max_length=80, verbose_name="reporter")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UPHELD", "confirmed"),
                            ("DISMISSED", "not confirmed"),
                            ("WITHDRAWN", "withdrawn"),
                            ("INADMISSIBLE", "not accepted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("corrected_at", models.DateTimeField(blank=True, null=True)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_items",
                        to="listings.listing",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="reports.notice"
                    ),
                ),
            ],
            options={
                "verbose_name": "reported listing",
            },
        ),
        migrations.AddField(
            model_name="counternotice",
            name="item",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="counter", to="reports.noticeitem"
            ),
        ),
        migrations.CreateModel(
            name="WatchItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("score", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "awaiting your review"),
                            ("CONFIRMED", "reported"),
                            ("WAVED_OFF", "marked harmless"),
                        ],
                        default="WAITING",
                        max_length=10,
                    ),
                ),
                ("flagged_at", models.DateTimeField()),
                ("alerted_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watch_items",
                        to="brands.brand",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watch_items",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "watchlist item",
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["ACKNOWLEDGED", "ADMITTED"])),
                fields=["answer_by", "id"],
                name="notice_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["organisation", "-id"], name="notice_of_organisation"),
        ),
        migrations.AddConstraint(
            model_name="noticedraft",
            constraint=models.UniqueConstraint(
                fields=("organisation", "name", "is_template"), name="one_draft_per_name"
            ),
        ),
        migrations.AddIndex(
            model_name="noticeitem",
            index=models.Index(fields=["reporter_key", "answered_at"], name="item_of_reporter"),
        ),
        migrations.AddIndex(
            model_name="noticeitem",
            index=models.Index(fields=["answered_at"], name="item_answered"),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.UniqueConstraint(
                fields=("notice", "listing"), name="one_item_per_notice_and_listing"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")),
                fields=("listing", "reporter_key"),
                name="one_open_item_per_listing_and_reporter",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("outcome", "")),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="an_answered_item_has_its_time",
            ),
        ),
        migrations.AddIndex(
            model_name="counternotice",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="counter_due"
            ),
        ),
        migrations.AddIndex(
            model_name="counternotice",
            index=models.Index(fields=["seller", "-id"], name="counter_of_seller"),
        ),
        migrations.AddIndex(
            model_name="counternotice",
            index=models.Index(condition=models.Q(("state", "RULING")), fields=["id"], name="counter_ruling"),
        ),
        migrations.AddIndex(
            model_name="watchitem",
            index=models.Index(
                condition=models.Q(("state", "WAITING")), fields=["brand", "-id"], name="watch_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="watchitem",
            index=models.Index(
                condition=models.Q(("alerted_at", None)), fields=["id"], name="watch_unalerted"
            ),
        ),
        migrations.AddConstraint(
            model_name="watchitem",
            constraint=models.UniqueConstraint(
                fields=("brand", "listing", "revision"), name="one_watch_item_per_brand_and_revision"
            ),
        ),
    ]
