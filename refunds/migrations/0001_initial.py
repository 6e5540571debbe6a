import django.db.models.deletion
import klean.core.access.references
import klean.core.rows.encryption
import klean.core.rows.texts
import uuid
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
            name="Reconciliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("our_count", models.PositiveIntegerField()),
                ("our_won", models.BigIntegerField()),
                ("their_count", models.PositiveIntegerField()),
                ("their_won", models.BigIntegerField()),
                ("booked_won", models.BigIntegerField()),
                ("compared_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "daily reconciliation",
            },
        ),
        migrations.CreateModel(
            name="RefundClaim",
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
                    "reference",
                    models.CharField(
                        default=klean.core.access.references.new_reference,
                        editable=False,
                        max_length=23,
                        unique=True,
                    ),
                ),
                ("order", models.CharField(max_length=64)),
                ("claimant_key", models.CharField(max_length=80)),
                (
                    "contact",
                    klean.core.rows.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="contact"
                    ),
                ),
                ("language", models.CharField(max_length=15)),
                ("reason", models.CharField(max_length=40)),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("buyer", models.CharField(blank=True, max_length=64, verbose_name="buyer")),
                (
                    "account_opened_on",
                    models.DateField(blank=True, null=True, verbose_name="account opened on"),
                ),
                ("amount", models.BigIntegerField(blank=True, null=True)),
                ("sold", models.BigIntegerField(blank=True, null=True)),
                ("seller_sold", models.BigIntegerField(blank=True, null=True)),
                (
                    "ineligible_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ORDER_NOT_FOUND", "Order not found for this buyer"),
                            ("NOT_IN_ORDER", "Item not in this order"),
                            ("NOT_PAID", "Order not paid"),
                            ("TOO_LATE", "Paid before the refund period"),
                            ("ALREADY_REFUNDED", "Already refunded"),
                            ("ALREADY_CLAIMED", "Already claimed under another claim"),
                            ("REGION", "Country not covered"),
                        ],
                        max_length=20,
                    ),
                ),
                ("abuse_score", models.PositiveIntegerField(blank=True, null=True)),
                ("abuse_parts", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPENED", "Checking your order"),
                            ("ELIGIBLE", "Order confirmed"),
                            ("INELIGIBLE", "Not covered"),
                            ("ABUSE_HOLD", "Under review"),
                            ("APPROVED_PROVISIONALLY", "Approved, refund on its way"),
                            ("DECLINED", "Declined"),
                            ("REFUNDED", "Refunded"),
                        ],
                        default="OPENED",
                        max_length=25,
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                (
                    "decision_reasons",
                    klean.core.rows.texts.TextsField(blank=True, default=dict, verbose_name="reasons"),
                ),
                ("refunded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claimant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_claims",
                        to="listings.listing",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_claims",
                        to="core.organisation",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.policyversion",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_claims",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund claim",
            },
        ),
        migrations.CreateModel(
            name="Posting",
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
                            ("APPROVED", "refund approved"),
                            ("PAID", "paid out"),
                            ("RECOVERED", "charged to the seller"),
                            ("RELEASED", "charge reversed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("actor", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="refunds.refundclaim",
                    ),
                ),
            ],
            options={
                "verbose_name": "posting",
            },
        ),
        migrations.CreateModel(
            name="ClaimReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grounds", models.TextField(verbose_name="grounds")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "In review by someone else"),
                            ("UPHELD", "Decision upheld"),
                            ("OVERTURNED", "Approved after review"),
                        ],
                        default="SUBMITTED",
                        max_length=12,
                    ),
                ),
                ("filed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="refunds.refundclaim",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund appeal",
            },
        ),
        migrations.CreateModel(
            name="RefundPayment",
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
                ("idempotency_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("amount", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("INSTRUCTED", "Payment requested"),
                            ("PAID", "Paid"),
                            ("FAILED", "Rejected by the payment provider"),
                        ],
                        default="INSTRUCTED",
                        max_length=12,
                    ),
                ),
                ("instructed_at", models.DateTimeField()),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("gateway_reference", models.CharField(blank=True, max_length=100)),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment",
                        to="refunds.refundclaim",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund payment",
            },
        ),
        migrations.CreateModel(
            name="Difference",
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
                            ("UNKNOWN_HERE", "paid by the payment provider, never requested by us"),
                            ("UNKNOWN_THERE", "in our records, unknown to the payment provider"),
                            ("AMOUNT", "amounts differ"),
                            ("UNPAID_HERE", "paid by the payment provider after it was rejected"),
                        ],
                        max_length=14,
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                ("our_won", models.BigIntegerField(default=0)),
                ("their_won", models.BigIntegerField(default=0)),
                (
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="refunds.reconciliation",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="refunds.refundpayment",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference",
            },
        ),
        migrations.CreateModel(
            name="ReturnParcel",
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
                            ("RETURN_REQUESTED", "Waiting to be sent"),
                            ("IN_TRANSIT", "On its way"),
                            ("RECEIVED", "Received and sealed"),
                            ("NOT_RETURNED", "Not sent in time"),
                            ("NOT_EXAMINED", "Kept, not examined"),
                            ("AUTHENTICATION", "Being examined"),
                            ("COUNTERFEIT", "Counterfeit"),
                            ("GENUINE", "Genuine"),
                            ("INCONCLUSIVE", "Inconclusive"),
                        ],
                        default="RETURN_REQUESTED",
                        max_length=16,
                    ),
                ),
                ("return_by", models.DateTimeField(verbose_name="return by")),
                ("carrier", models.CharField(blank=True, max_length=60)),
                (
                    "tracking_number",
                    klean.core.rows.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="tracking number"
                    ),
                ),
                ("seal_number", models.CharField(blank=True, max_length=60)),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("received_by", models.CharField(blank=True, max_length=100)),
                ("examined_at", models.DateTimeField(blank=True, null=True)),
                ("examined_by", models.CharField(blank=True, max_length=100)),
                ("findings", models.TextField(blank=True, verbose_name="findings")),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcel",
                        to="refunds.refundclaim",
                    ),
                ),
            ],
            options={
                "verbose_name": "return parcel",
            },
        ),
        migrations.CreateModel(
            name="BuyerWarning",
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
                            ("CONFIRMED", "confirmed as counterfeit"),
                            ("RETRACTED", "not counterfeit (correction)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("confirmed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("buyers", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="buyer_warnings",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "warning to buyers",
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="buyer_warning_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("sales_baseline", models.BigIntegerField(blank=True, null=True)),
                ("sales_at_start", models.BigIntegerField(blank=True, null=True)),
                ("claims", models.PositiveIntegerField(default=0)),
                ("expected", models.FloatField(default=0)),
                ("evidence", models.FloatField(default=1)),
                ("alarmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "listing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_watches",
                        to="listings.listing",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_watches",
                        to="sellers.seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "alarm on unusual claims",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seller", "listing"), name="one_watch_per_target", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("FUND", "buyer protection fund"),
                            ("CLAIMANT", "owed to buyers"),
                            ("PAID_OUT", "paid out by the marketplace"),
                            ("SELLER", "owed by sellers"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount", models.BigIntegerField()),
                (
                    "seller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="sellers.seller",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="refunds.posting",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="an_entry_moves_money"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account", "SELLER"), ("seller__isnull", False)),
                            models.Q(models.Q(("account", "SELLER"), _negated=True), ("seller", None)),
                            _connector="OR",
                        ),
                        name="only_a_sellers_account_names_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("confirmed_at", models.DateTimeField()),
                ("confirmed_by", models.CharField(max_length=100)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "charge to a seller",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("listing",),
                        name="one_live_recovery_per_listing",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="refundclaim",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="claim_due"
            ),
        ),
        migrations.AddIndex(
            model_name="refundclaim",
            index=models.Index(fields=["claimant", "-id"], name="claim_of_claimant"),
        ),
        migrations.AddIndex(
            model_name="refundclaim",
            index=models.Index(fields=["buyer", "opened_at"], name="claim_of_buyer"),
        ),
        migrations.AddIndex(
            model_name="refundclaim",
            index=models.Index(fields=["seller", "opened_at"], name="claim_on_seller"),
        ),
        migrations.AddIndex(
            model_name="refundclaim",
            index=models.Index(condition=models.Q(("state", "ABUSE_HOLD")), fields=["id"], name="claim_held"),
        ),
        migrations.AddConstraint(
            model_name="refundclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "INELIGIBLE"), _negated=True),
                fields=("order", "listing", "claimant_key"),
                name="one_claim_per_order_listing_and_claimant",
            ),
        ),
        migrations.AddConstraint(
            model_name="refundclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["OPENED", "INELIGIBLE"]), _negated=True),
                fields=("order", "listing"),
                name="one_confirmed_claim_per_order_and_listing",
            ),
        ),
        migrations.AddConstraint(
            model_name="refundclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["OPENED", "INELIGIBLE"]), ("amount__gt", 0), _connector="OR"
                ),
                name="a_confirmed_claim_has_its_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["APPROVED", "PAID"])),
                fields=("claim", "kind"),
                name="promised_once_and_paid_once",
            ),
        ),
        migrations.AddIndex(
            model_name="claimreview",
            index=models.Index(
                condition=models.Q(("state", "SUBMITTED")), fields=["id"], name="claim_review_open"
            ),
        ),
        migrations.AddIndex(
            model_name="refundpayment",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="refund_due"
            ),
        ),
        migrations.AddIndex(
            model_name="refundpayment",
            index=models.Index(condition=models.Q(("state", "FAILED")), fields=["id"], name="refund_failed"),
        ),
        migrations.AddIndex(
            model_name="refundpayment",
            index=models.Index(
                condition=models.Q(("state", "PAID")), fields=["paid_at"], name="refund_paid_at"
            ),
        ),
        migrations.AddConstraint(
            model_name="refundpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="a_refund_is_more_than_nothing"
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(
                fields=("reconciliation", "key"), name="one_difference_per_day_and_key"
            ),
        ),
        migrations.AddIndex(
            model_name="returnparcel",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="parcel_due"
            ),
        ),
        migrations.AddIndex(
            model_name="returnparcel",
            index=models.Index(
                condition=models.Q(("state", "AUTHENTICATION")), fields=["id"], name="parcel_examined"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnparcel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seal_number", ""), _negated=True),
                fields=("seal_number",),
                name="a_seal_closes_one_parcel",
            ),
        ),
    ]
