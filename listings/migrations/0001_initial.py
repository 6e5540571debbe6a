import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_append_only"),
        ("sellers", "0001_initial"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="Bank",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=500)),
                ("description", models.TextField(blank=True)),
                ("link", models.CharField(blank=True, max_length=2000)),
                ("brand_text", models.CharField(blank=True, max_length=200)),
                ("category", models.CharField(blank=True, max_length=750)),
                ("condition", models.CharField(blank=True, max_length=20)),
                ("price", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(default="KRW", max_length=3)),
                ("attributes", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("content_sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "submitted"),
                            ("LIVE", "live"),
                            ("HELD", "held"),
                            ("BLOCKED", "blocked"),
                            ("QUARANTINED", "quarantined"),
                            ("REMOVED", "removed"),
                        ],
                        default="SUBMITTED",
                        max_length=12,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=200)),
                ("first_seen_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("clear", "clear"), ("review", "to review"), ("block", "block")],
                        max_length=6,
                    ),
                ),
                ("score", models.FloatField(blank=True, null=True)),
                ("judged_revision", models.PositiveIntegerField(blank=True, null=True)),
                ("cleared_revision", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "listing",
            },
        ),
        migrations.CreateModel(
            name="ListingPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("address", models.CharField(max_length=2000)),
                ("sha256", models.BinaryField(default=b"", max_length=32)),
                ("hash", models.BinaryField(default=b"", max_length=32)),
                ("quality", models.PositiveSmallIntegerField(default=0)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("fault", models.CharField(blank=True, max_length=300)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["listing_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("QUEUED", "queued"),
                            ("CLEAR", "clear"),
                            ("FLAGGED", "flagged"),
                            ("FAILED", "failed"),
                            ("SUPERSEDED", "superseded"),
                        ],
                        default="QUEUED",
                        max_length=12,
                    ),
                ),
                ("keeps_pictures", models.BooleanField(default=False)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("clear", "clear"), ("review", "to review"), ("block", "block")],
                        max_length=6,
                    ),
                ),
                ("score", models.FloatField(blank=True, null=True)),
                ("signals", models.JSONField(blank=True, default=list)),
                ("policy_version", models.CharField(blank=True, max_length=50)),
                ("model_version", models.CharField(blank=True, max_length=64)),
                ("queued_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "screening",
            },
        ),
        migrations.CreateModel(
            name="ScreeningModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("artefact", models.TextField()),
                ("trained_at", models.DateTimeField()),
                ("trained_by", models.CharField(max_length=100)),
                ("promoted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="listing",
            name="seller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="listings", to="sellers.seller"
            ),
        ),
        migrations.AddField(
            model_name="listingpicture",
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
            model_name="listingpicture",
            name="listing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="listings.listing"
            ),
        ),
        migrations.AddField(
            model_name="screening",
            name="listing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="screenings", to="listings.listing"
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="current_screening",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="listings.screening",
            ),
        ),
        migrations.AddConstraint(
            model_name="listingpicture",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("listing", "position"),
                name="one_picture_per_position",
            ),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="screening_due"
            ),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["listing", "-id"], name="screening_of_listing"),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "QUEUED")), fields=("listing",), name="one_queued_screening"
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at__isnull", False), ("state", "QUEUED")),
                    models.Q(models.Q(("state", "QUEUED"), _negated=True), ("due_at", None)),
                    _connector="OR",
                ),
                name="screening_due_while_queued",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["seller", "-id"], name="listing_of_seller"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("state", "REMOVED")), fields=["seller"], name="listing_removed"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("judged_revision", models.F("revision")), _negated=True),
                fields=["changed_at"],
                name="listing_unjudged",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="listing_title_trigram", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "LIVE"), _negated=True),
                    ("judged_revision__isnull", False),
                    ("cleared_revision", models.F("revision")),
                    _connector="OR",
                ),
                name="listing_live_only_when_judged",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                name="listing_price_not_negative",
            ),
        ),
    ]
