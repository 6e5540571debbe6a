import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import enforcement.sanctions.models
import klean.core.rows.texts
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("brands", "0002_initial"),
        ("core", "0001_initial"),
        ("listings", "0001_initial"),
        ("reports", "0001_initial"),
        ("sellers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reasons", models.TextField(verbose_name="reasons")),
                ("made_by", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField()),
                ("refused", models.JSONField(default=list)),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "batch",
                "verbose_name_plural": "batches",
            },
        ),
        migrations.CreateModel(
            name="Check",
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
                        choices=[("BLIND", "blind review"), ("GOLDEN", "golden case")], max_length=6
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=100)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "quality check",
            },
        ),
        migrations.CreateModel(
            name="Macro",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                (
                    "ground",
                    models.CharField(
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
                            ("OTHER_TERMS", "other marketplace rule"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("reasons", models.TextField(verbose_name="reasons")),
            ],
            options={
                "verbose_name": "team template",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("SELLER", "seller"), ("REPORTER", "reporter")],
                        default="SELLER",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "submitted"),
                            ("ASSIGNED", "under review"),
                            ("UPHELD", "decision upheld"),
                            ("PARTLY", "decision reduced"),
                            ("OVERTURNED", "decision overturned"),
                        ],
                        default="SUBMITTED",
                        max_length=12,
                    ),
                ),
                ("grounds", models.TextField(verbose_name="grounds")),
                ("filed_by", models.CharField(max_length=100)),
                ("filed_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals_heard",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="reports.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
            },
        ),
        migrations.CreateModel(
            name="AppealMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_team", models.BooleanField()),
                ("author", models.CharField(max_length=100)),
                ("text", models.TextField(verbose_name="text")),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="enforcement.appeal",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "message",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Case",
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
                            ("OPEN", "open"),
                            ("ESCALATED", "escalated"),
                            ("RULED", "decided, not in force yet"),
                            ("DECIDED", "decided"),
                        ],
                        default="OPEN",
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("RIGHTS_HOLDER", "rights holder"),
                            ("TRUSTED_FLAGGER", "trusted flagger"),
                            ("AUTHORITY", "authority"),
                            ("CONSUMER", "consumer"),
                            ("OWN_INITIATIVE", "own initiative"),
                            ("SCREENING", "screening"),
                            ("REFUND_CLAIM", "refund claim"),
                            ("MYSTERY_SHOP", "test purchase"),
                            ("FORGERY", "forged document"),
                        ],
                        max_length=16,
                    ),
                ),
                ("priority", models.IntegerField(default=0)),
                ("priority_parts", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                ("assigned_until", models.DateTimeField(blank=True, null=True)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="listings.listing",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.event"
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="brands.ipright",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="sellers.seller"
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
            },
        ),
        migrations.CreateModel(
            name="CaseAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("assigned_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("DECIDED", "decided"),
                            ("RELEASED", "unassigned"),
                            ("SKIPPED", "skipped"),
                            ("HANDED_OVER", "handed over"),
                            ("ESCALATED", "escalated"),
                            ("EXPIRED", "timed out"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="enforcement.case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "case assignment",
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="enforcement.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "case note",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("choice", models.CharField(max_length=30)),
                ("agrees", models.BooleanField()),
                ("made_at", models.DateTimeField()),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="enforcement.check",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a quality check",
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                            ("WAITING", "takes effect soon"),
                            ("UNAPPROVED", "awaiting approval"),
                            ("IN_FORCE", "in force"),
                            ("ANNULLED", "overturned"),
                            ("WITHDRAWN", "withdrawn"),
                        ],
                        default="WAITING",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("INFRINGING", "infringing"),
                            ("PARTLY", "partly infringing"),
                            ("NOT_INFRINGING", "not infringing"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True, choices=enforcement.sanctions.models.severity_choices, max_length=30
                    ),
                ),
                (
                    "ground",
                    models.CharField(
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
                            ("OTHER_TERMS", "other marketplace rule"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "actions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("REMOVE_LISTING", "remove the listing"),
                                ("CHARGE_REFUNDS", "charge refunds to the seller"),
                                ("HOLD_SETTLEMENT", "hold settlement"),
                                ("NO_NEW_GOODS", "no new listings"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("reasons", models.TextField(verbose_name="reasons")),
                ("decided_by", models.CharField(max_length=100)),
                ("decided_at", models.DateTimeField()),
                ("automated", models.BooleanField(default=False)),
                ("is_emergency", models.BooleanField(default=False)),
                (
                    "previous_case_state",
                    models.CharField(
                        choices=[
                            ("OPEN", "open"),
                            ("ESCALATED", "escalated"),
                            ("RULED", "decided, not in force yet"),
                            ("DECIDED", "decided"),
                        ],
                        default="OPEN",
                        max_length=12,
                    ),
                ),
                (
                    "impacts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("approved_by", models.CharField(blank=True, max_length=100)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=100)),
                (
                    "end_reasons",
                    klean.core.rows.texts.TextsField(
                        blank=True, default=dict, verbose_name="reasons for ending"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="enforcement.batch",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="enforcement.case",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.policyversion"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="enforcement.decision",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
            },
        ),
        migrations.AddField(
            model_name="check",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="enforcement.decision"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                related_query_name="appeal",
                to="enforcement.decision",
            ),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("RIGHTS_HOLDER", "rights holder"),
                            ("TRUSTED_FLAGGER", "trusted flagger"),
                            ("AUTHORITY", "authority"),
                            ("CONSUMER", "consumer"),
                            ("OWN_INITIATIVE", "own initiative"),
                            ("SCREENING", "screening"),
                            ("REFUND_CLAIM", "refund claim"),
                            ("MYSTERY_SHOP", "test purchase"),
                            ("FORGERY", "forged document"),
                        ],
                        max_length=16,
                    ),
                ),
                ("score", models.FloatField(default=0)),
                ("amount", models.BigIntegerField(default=0)),
                ("joined_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="enforcement.case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="enforcement.casenote",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mention in a note",
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField()),
                ("reported_at", models.DateTimeField()),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reconciliation",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "reconciliation",
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("WARNING", "warning"),
                            ("RESTRICTION", "restriction"),
                            ("SUSPENSION", "suspension"),
                            ("CLOSURE", "closure"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("lapsed_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lifting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NOT_DUE", "points below the threshold"),
                            ("BY_HAND", "lifted by a penalty admin"),
                        ],
                        max_length=8,
                    ),
                ),
                ("lifted_by", models.CharField(blank=True, max_length=100)),
                ("lifted_for", models.TextField(blank=True, verbose_name="reason for lifting")),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "sanction",
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("lapsed_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="enforcement.case",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="sellers.seller",
                    ),
                ),
                (
                    "sanction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures_ordered",
                        to="enforcement.sanction",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("query", models.CharField(max_length=300, verbose_name="filters")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="StandingClock",
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
                    "seller",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_clock",
                        to="sellers.seller",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(choices=[("SELLER", "seller"), ("REPORTER", "reporter")], max_length=10),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("DECISION", "statement of reasons"), ("CORRECTION", "correction")],
                        max_length=12,
                    ),
                ),
                ("puid", models.CharField(max_length=100, unique=True)),
                ("fields", models.JSONField(verbose_name="fields")),
                ("texts", klean.core.rows.texts.TextsField(verbose_name="texts")),
                ("issued_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="enforcement.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement of reasons",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Violation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("severity", models.CharField(max_length=30)),
                ("track", models.CharField(max_length=30)),
                ("points", models.PositiveIntegerField(default=0)),
                ("counted", models.PositiveIntegerField(default=0)),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("FULL", "counted in full"),
                            ("FIRST_FREE", "first violation does not count"),
                            ("CAPPED", "reduced by the daily limit"),
                            ("BUNDLED", "counted once with other violations of the same days"),
                        ],
                        default="FULL",
                        max_length=12,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="violations",
                        to="enforcement.case",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.policyversion"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="violations",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "violation",
            },
        ),
        migrations.AddField(
            model_name="sanction",
            name="violation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sanctions",
                to="enforcement.violation",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="violation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="enforcement.violation",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                django.db.models.expressions.CombinedExpression(models.F("priority"), "*", models.Value(-1)),
                models.F("opened_at"),
                models.F("id"),
                condition=models.Q(("state__in", ("OPEN", "ESCALATED"))),
                name="case_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("source"),
                django.db.models.expressions.CombinedExpression(models.F("priority"), "*", models.Value(-1)),
                models.F("opened_at"),
                models.F("id"),
                condition=models.Q(("state__in", ("OPEN", "ESCALATED"))),
                name="case_queue_by_source",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("state"),
                django.db.models.expressions.CombinedExpression(models.F("priority"), "*", models.Value(-1)),
                models.F("opened_at"),
                models.F("id"),
                name="case_queue_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                django.db.models.expressions.CombinedExpression(models.F("priority"), "*", models.Value(-1)),
                models.F("opened_at"),
                models.F("id"),
                name="case_queue_of_all",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("OPEN", "ESCALATED"))),
                fields=["answer_by"],
                name="case_answer_by",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state__in", ("OPEN", "ESCALATED"))),
                fields=["opened_at"],
                name="case_oldest",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="case_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("OPEN", "ESCALATED", "RULED"))),
                fields=("seller", "listing", "right"),
                name="one_unsettled_case_per_target_and_right",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="caseassignment",
            index=models.Index(fields=["user", "case", "ending"], name="assignment_by_user"),
        ),
        migrations.AddConstraint(
            model_name="caseassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("case",),
                name="one_running_assignment_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkanswer",
            constraint=models.UniqueConstraint(
                fields=("check_of", "user"), name="one_answer_per_check_and_user"
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(condition=models.Q(("closed_at", None)), fields=["id"], name="check_open"),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                fields=("decision", "kind"), name="one_check_per_decision_and_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["state", "answer_by", "id"], name="appeal_queue"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                fields=("decision", "notice"), name="one_appeal_per_decision_and_party", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice", None), ("party", "SELLER")),
                    models.Q(("notice__isnull", False), ("party", "REPORTER")),
                    _connector="OR",
                ),
                name="a_reporter_appeals_from_a_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("case", "event"), name="one_evidence_per_case_and_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("note", "user"), name="one_mention_per_note_and_user"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["seller", "starts_at"], name="measure_by_seller"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("sanction", None)),
                    models.Q(("case", None), ("sanction__isnull", False)),
                    _connector="OR",
                ),
                name="a_measure_rests_on_a_sanction_or_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("user", "name"), name="one_view_per_user_and_name"),
        ),
        migrations.AddIndex(
            model_name="standingclock",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="standing_clock_due"
            ),
        ),
        migrations.AddIndex(
            model_name="violation",
            index=models.Index(fields=["seller", "confirmed_at"], name="violation_by_seller"),
        ),
        migrations.AddIndex(
            model_name="violation",
            index=models.Index(
                condition=models.Q(("voided_at", None)), fields=["expires_at"], name="violation_live"
            ),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(fields=["seller", "starts_at"], name="sanction_by_seller"),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("violation",),
                name="one_standing_sanction_per_violation",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["seller", "decided_at"], name="decision_by_seller"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="decision_due"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("state", "WAITING")),
                fields=["decided_by", "id"],
                name="decision_undoable",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("state", "UNAPPROVED")),
                fields=["decided_at", "id"],
                name="decision_unapproved",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("WAITING", "UNAPPROVED", "IN_FORCE"))),
                fields=("case",),
                name="one_standing_decision_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", ""), ("outcome", "NOT_INFRINGING"), ("severity", "")),
                    models.Q(
                        models.Q(("outcome", "NOT_INFRINGING"), _negated=True),
                        models.Q(("severity", ""), _negated=True),
                        models.Q(("ground", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_infringement_has_severity_and_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("in_force_at__isnull", False), ("state__in", ("IN_FORCE", "ANNULLED"))),
                    models.Q(
                        models.Q(("state__in", ("IN_FORCE", "ANNULLED")), _negated=True),
                        ("in_force_at", None),
                    ),
                    _connector="OR",
                ),
                name="a_decision_in_force_has_its_time",
            ),
        ),
    ]
