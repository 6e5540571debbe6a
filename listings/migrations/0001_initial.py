import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("sellers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bank",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="PriceLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("feature", models.CharField(max_length=1000, unique=True)),
                ("effect", models.FloatField()),
            ],
            options={
                "verbose_name": "price level",
            },
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
                ("title", models.CharField(max_length=500, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
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
                        db_default="SUBMITTED",
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
                ("trades_on", models.CharField(blank=True, max_length=150)),
                ("is_underpriced", models.BooleanField(db_default=False)),
                ("judged_revision", models.PositiveIntegerField(blank=True, null=True)),
                ("cleared_revision", models.PositiveIntegerField(blank=True, null=True)),
                ("compared_revision", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "listing",
            },
        ),
        migrations.CreateModel(
            name="PriceStatistics",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("brand", models.CharField(blank=True, max_length=150)),
                ("category", models.CharField(blank=True, max_length=750)),
                ("condition", models.CharField(blank=True, max_length=20)),
                ("market", models.CharField(blank=True, max_length=100)),
                ("middle", models.FloatField()),
                ("spread", models.FloatField()),
                ("rows", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name_plural": "price statistics",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("brand", "category", "condition", "market"), name="one_price_per_kind"
                    )
                ],
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
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                ("attempts", models.PositiveIntegerField(db_default=0, default=0)),
                ("waits", models.PositiveIntegerField(db_default=0, default=0)),
                ("last_error", models.TextField(blank=True, db_default="", verbose_name="last error")),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
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
                        db_default="QUEUED",
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
                ("signals", models.JSONField(blank=True, default=list, verbose_name="signals")),
                ("policy_version", models.CharField(blank=True, max_length=50)),
                ("model_version", models.CharField(blank=True, max_length=64)),
                ("queued_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="screenings",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "screening",
            },
        ),
        migrations.CreateModel(
            name="RuleHit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=100)),
                ("is_live", models.BooleanField()),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rule_hits",
                        to="listings.screening",
                    ),
                ),
            ],
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
        migrations.CreateModel(
            name="ScreeningLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("is_counterfeit", models.BooleanField()),
                ("signals", models.JSONField(default=list, verbose_name="signals")),
                ("labelled_at", models.DateTimeField()),
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="label",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "label",
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
                ("comparison", models.JSONField(default=dict)),
                ("trained_at", models.DateTimeField()),
                ("trained_by", models.CharField(max_length=100)),
                ("shadow_since", models.DateTimeField(blank=True, null=True)),
                ("promoted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "screening model",
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("shadow_since__isnull", False)),
                        name="one_model_in_shadow",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShadowScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.FloatField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("clear", "clear"), ("review", "to review"), ("block", "block")],
                        max_length=6,
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shadow_scores",
                        to="listings.screeningmodel",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shadow_scores",
                        to="listings.screening",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignalCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week_on", models.DateField()),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("band", models.PositiveSmallIntegerField()),
                ("runs", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("week_on", "kind", "band"), name="one_count_a_week")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sweep",
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
                ("asked_at", models.DateTimeField()),
                ("searched_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=100)),
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sweep",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "sweep",
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("picture", "the same picture"),
                            ("title", "nearly the same title"),
                            ("seller", "the same seller"),
                            ("linked", "a linked seller"),
                        ],
                        max_length=10,
                    ),
                ),
                ("nearness", models.FloatField()),
                ("is_confirmed", models.BooleanField(null=True)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="listings.listing"
                    ),
                ),
                (
                    "sweep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="listings.sweep",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "ordering": ["-nearness", "id"],
            },
        ),
        migrations.CreateModel(
            name="TextPrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("print", models.BigIntegerField()),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sellers.seller"
                    ),
                ),
            ],
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
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("listing", "position"),
                        name="one_picture_per_position",
                    )
                ],
                "verbose_name": "picture of a listing",
                "ordering": ["listing_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="PictureEmbedding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(max_length=64)),
                ("vector", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.storedfile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "method"), name="one_embedding_a_picture_and_method"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rescreening",
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
                    "cause",
                    models.CharField(
                        choices=[
                            ("brand", "new or changed brands"),
                            ("reference", "new reference pictures"),
                            ("policy", "new rules"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("after", models.BigIntegerField(default=0)),
                ("until", models.BigIntegerField(null=True)),
                ("compared", models.PositiveBigIntegerField(default=0)),
                ("queued", models.PositiveBigIntegerField(default=0)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.event"
                    ),
                ),
                (
                    "last",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "rescreening",
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="rescreening_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("last", None), models.Q(("cause", "policy"), _negated=True)),
                        fields=("cause",),
                        name="one_rescreening_waits",
                    )
                ],
            },
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
                    models.Q(("failed_at__isnull", False), ("state", "QUEUED")),
                    models.Q(models.Q(("state", "QUEUED"), _negated=True), ("due_at", None)),
                    _connector="OR",
                ),
                name="screening_due_while_queued",
            ),
        ),
        migrations.AddIndex(
            model_name="rulehit",
            index=models.Index(fields=["rule", "-id"], name="hits_of_rule"),
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
            index=models.Index(
                condition=models.Q(
                    ("judged_revision__isnull", False),
                    models.Q(
                        ("compared_revision", None),
                        models.Q(("compared_revision", models.F("judged_revision")), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=["id"],
                name="listing_uncompared",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("title"), name="gin_trgm_ops"
                ),
                name="listing_title_trigram",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.HashIndex(
                condition=models.Q(("link__gt", "")), fields=["link"], name="listing_by_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "LIVE"), _negated=True),
                    ("judged_revision__isnull", False),
                    models.Q(("cleared_revision", models.F("revision")), ("cleared_revision__isnull", False)),
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
        migrations.AddConstraint(
            model_name="shadowscore",
            constraint=models.UniqueConstraint(fields=("model", "screening"), name="one_shadow_score_a_run"),
        ),
        migrations.AddIndex(
            model_name="sweep",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="sweep_due"
            ),
        ),
        migrations.AddIndex(
            model_name="sweep",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True), ("searched_at__isnull", False)),
                fields=["-id"],
                name="sweep_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("sweep", "listing"), name="one_proposal_a_listing"),
        ),
        migrations.AddConstraint(
            model_name="textprint",
            constraint=models.UniqueConstraint(fields=("print", "seller"), name="one_text_print_per_seller"),
        ),
    ]
