import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("listings", "0001_initial"),
        ("sellers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Fund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("MYSTERY_SHOP", "test purchases"), ("LEGAL_SUPPORT", "legal support")],
                        max_length=15,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(
                        validators=[django.core.validators.MinValueValidator(0)], verbose_name="amount (won)"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
            ],
            options={
                "verbose_name": "fund",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="fund_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")),
                            (
                                "ends_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_on"), "+", models.Value(datetime.timedelta(days=1098))
                                ),
                            ),
                        ),
                        name="fund_of_three_years",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accreditation", models.CharField(blank=True, max_length=200, verbose_name="accreditation")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection_body",
                        to="core.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection body",
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
                ("scope", models.TextField(max_length=2000, verbose_name="scope")),
                (
                    "fee",
                    models.BigIntegerField(
                        default=0,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fee for each examination (won)",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "conflict_of_interest",
                    models.TextField(
                        help_text="What the body has declared in its own words, also when it is “none”.",
                        max_length=2000,
                        verbose_name="declared conflicts of interest",
                    ),
                ),
                ("entered_by", models.CharField(max_length=100)),
                ("entered_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="mystery_shop.inspectionbody",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                (
                    "budget",
                    models.BigIntegerField(
                        validators=[django.core.validators.MinValueValidator(0)], verbose_name="budget (won)"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="mystery_shop.agreement",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="mystery_shop.fund",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
            },
        ),
        migrations.CreateModel(
            name="SamplingPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("seed", models.CharField(max_length=64, verbose_name="seed")),
                ("made_by", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField()),
                ("drawn_at", models.DateTimeField(null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="mystery_shop.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "sampling plan",
            },
        ),
        migrations.CreateModel(
            name="Stratum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("brand", models.CharField(blank=True, max_length=150, verbose_name="brand")),
                (
                    "category",
                    models.CharField(blank=True, max_length=200, verbose_name="category begins with"),
                ),
                (
                    "price_from",
                    models.BigIntegerField(blank=True, null=True, verbose_name="price from (won)"),
                ),
                (
                    "price_below",
                    models.BigIntegerField(blank=True, null=True, verbose_name="price below (won)"),
                ),
                ("wanted", models.PositiveIntegerField(verbose_name="purchases")),
                ("drawn", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("frame", models.BigIntegerField(default=0)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strata",
                        to="mystery_shop.samplingplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "stratum",
                "ordering": ["plan", "number"],
            },
        ),
        migrations.CreateModel(
            name="TestPurchase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "draw",
                    models.CharField(
                        choices=[("RANDOM", "random"), ("TARGETED", "targeted")],
                        max_length=10,
                        verbose_name="draw",
                    ),
                ),
                ("rank", models.PositiveIntegerField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PLANNED", "planned"),
                            ("APPROVED", "approved"),
                            ("ORDERED", "ordered"),
                            ("SHIPPED", "shipped"),
                            ("RECEIVED", "received"),
                            ("SEALED", "sealed"),
                            ("DISPATCHED", "on its way to the examiner"),
                            ("AT_LAB", "with the examiner"),
                            ("OPENED", "opened for examination"),
                            ("REPORT_FILED", "report filed"),
                            ("JUDGED", "verdict given"),
                            ("NOT_EXAMINED", "not examined"),
                            ("CLOSED", "closed"),
                            ("CANCELLED", "cancelled"),
                            ("NOT_DELIVERED", "not delivered"),
                        ],
                        default="PLANNED",
                        max_length=15,
                        verbose_name="state",
                    ),
                ),
                ("planned_by", models.CharField(max_length=100)),
                ("planned_at", models.DateTimeField()),
                ("order", models.CharField(blank=True, max_length=100, verbose_name="order number")),
                ("paid", models.BigIntegerField(null=True, verbose_name="paid (won)")),
                ("ordered_at", models.DateTimeField(null=True)),
                ("seal_number", models.CharField(blank=True, max_length=50, verbose_name="seal number")),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="test_purchases",
                        to="listings.listing",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
                        to="mystery_shop.programme",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="test_purchases",
                        to="sellers.seller",
                    ),
                ),
                (
                    "shopper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stratum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
                        to="mystery_shop.stratum",
                    ),
                ),
            ],
            options={
                "verbose_name": "test purchase",
            },
        ),
        migrations.CreateModel(
            name="CustodyEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("RECEIVED", "received and unpacked"),
                            ("SEALED", "sealed"),
                            ("DISPATCHED", "handed over for examination"),
                            ("ARRIVED", "arrived at the examiner"),
                            ("OPENED", "seal opened for examination"),
                            ("STORED", "stored"),
                            ("LOANED", "loaned"),
                            ("RETURNED", "returned"),
                            ("DESTROYED", "destroyed"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("from_party", models.CharField(max_length=100, verbose_name="from")),
                ("to_party", models.CharField(max_length=100, verbose_name="to")),
                ("place", models.CharField(max_length=200, verbose_name="place")),
                ("happened_at", models.DateTimeField(verbose_name="when")),
                ("seal_number", models.CharField(blank=True, max_length=50, verbose_name="seal number")),
                ("is_seal_intact", models.BooleanField(verbose_name="the seal is intact")),
                ("weight", models.PositiveIntegerField(blank=True, null=True, verbose_name="weight (g)")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("commitments", models.JSONField()),
                ("salts", models.JSONField()),
                ("recorded_by", models.CharField(max_length=100)),
                ("recorded_at", models.DateTimeField()),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "certificate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custody",
                        to="mystery_shop.testpurchase",
                    ),
                ),
            ],
            options={
                "verbose_name": "custody entry",
                "ordering": ["purchase", "number"],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("COUNTERFEIT", "counterfeit"),
                            ("GENUINE", "genuine"),
                            ("INCONCLUSIVE", "inconclusive"),
                            ("NOT_AS_DESCRIBED", "not as described"),
                        ],
                        max_length=20,
                        verbose_name="finding",
                    ),
                ),
                ("method", models.CharField(max_length=200, verbose_name="method")),
                ("reasons", models.TextField(max_length=5000, verbose_name="reasons")),
                ("examiner", models.CharField(max_length=200)),
                ("filed_at", models.DateTimeField()),
                ("is_usable", models.BooleanField()),
                ("countersigned_by", models.CharField(blank=True, max_length=200)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "purchase",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdict",
                        to="mystery_shop.testpurchase",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "verdict",
            },
        ),
        migrations.CreateModel(
            name="VerdictPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="mystery_shop.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["verdict", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="agreement_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee__gte", 0)), name="agreement_fee_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("conflict_of_interest", ""), _negated=True), name="conflicts_are_declared"
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget__gte", 0)), name="programme_budget_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="programme_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="samplingplan",
            constraint=models.UniqueConstraint(
                fields=("programme", "name"), name="one_plan_per_programme_and_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="stratum",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="one_stratum_per_number"),
        ),
        migrations.AddConstraint(
            model_name="stratum",
            constraint=models.CheckConstraint(
                condition=models.Q(("drawn__lte", models.F("size"))), name="stratum_drawn_within_size"
            ),
        ),
        migrations.AddIndex(
            model_name="testpurchase",
            index=models.Index(fields=["state", "id"], name="purchase_state"),
        ),
        migrations.AddConstraint(
            model_name="testpurchase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("draw", "RANDOM"), ("rank__isnull", False), ("stratum__isnull", False)),
                    models.Q(("draw", "TARGETED"), ("rank", None), ("stratum", None)),
                    _connector="OR",
                ),
                name="random_and_targeted_draws_never_mix",
            ),
        ),
        migrations.AddConstraint(
            model_name="testpurchase",
            constraint=models.UniqueConstraint(
                fields=("stratum", "listing"), name="one_purchase_per_stratum_and_listing"
            ),
        ),
        migrations.AddConstraint(
            model_name="custodyevent",
            constraint=models.UniqueConstraint(
                fields=("purchase", "number"), name="one_custody_event_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("countersigned_by", ""), ("given_at", None)),
                    models.Q(
                        ("given_at__isnull", False),
                        models.Q(("countersigned_by__in", ["", models.F("examiner")]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_given_verdict_bears_two_hands",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdictpicture",
            constraint=models.UniqueConstraint(
                fields=("verdict", "number"), name="one_verdict_picture_per_number"
            ),
        ),
    ]
