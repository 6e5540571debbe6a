import django.contrib.postgres.fields
import django.db.models.deletion
import klean.core.rows.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("enforcement", "0001_initial"),
        ("mystery_shop", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorityRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("authority", models.CharField(max_length=200, verbose_name="authority")),
                ("file_number", models.CharField(max_length=100, verbose_name="the authority's file number")),
                (
                    "officer",
                    klean.core.rows.encryption.EncryptedTextField(
                        verbose_name="officer and how to reach them"
                    ),
                ),
                ("legal_basis", models.CharField(max_length=300, verbose_name="legal basis")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("RECEIVED", "received"),
                            ("VERIFIED", "verified"),
                            ("SCOPED", "scoped"),
                            ("APPROVED", "approved by two"),
                            ("DISCLOSED", "disclosed"),
                            ("PARTLY", "disclosed in part"),
                            ("REFUSED", "refused"),
                            ("LOGGED", "logged"),
                        ],
                        default="RECEIVED",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("received_by", models.CharField(max_length=100)),
                ("received_at", models.DateTimeField()),
                (
                    "verified_how",
                    models.CharField(blank=True, max_length=300, verbose_name="how it was verified"),
                ),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("SELLER", "who stands behind the shop"),
                                ("REPORTERS", "who reported the listing"),
                                ("BUYERS", "who asked for their money back"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(blank=True, max_length=500, verbose_name="what it is needed for"),
                ),
                (
                    "disclosed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("SELLER", "who stands behind the shop"),
                                ("REPORTERS", "who reported the listing"),
                                ("BUYERS", "who asked for their money back"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("answered_by", models.CharField(blank=True, max_length=100)),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authority_requests",
                        to="enforcement.case",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority request",
            },
        ),
        migrations.CreateModel(
            name="Matter",
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
                            ("CIVIL", "civil claim"),
                            ("CRIMINAL", "criminal complaint"),
                            ("ADMINISTRATIVE", "referral to the intellectual property office"),
                            ("CUSTOMS", "referral to customs"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("INTAKE", "intake"),
                            ("ASSESSED", "assessed"),
                            ("DEMAND_SENT", "demand sent"),
                            ("FILED", "filed"),
                            ("PENDING", "pending"),
                            ("JUDGMENT", "judgment"),
                            ("SETTLED", "settled"),
                            ("WITHDRAWN", "withdrawn"),
                            ("CLOSED", "closed"),
                        ],
                        default="INTAKE",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("opened_by", models.CharField(max_length=100)),
                ("opened_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="enforcement.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "matter",
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                            ("DEMAND", "demand to stop"),
                            ("DAMAGES", "claim for damages"),
                            ("COMPLAINT", "criminal complaint"),
                            ("REFERRAL", "referral to the intellectual property office"),
                            ("CUSTOMS", "referral to customs"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("written_by", models.CharField(max_length=100)),
                ("written_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="legal.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CounselAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", klean.core.rows.encryption.EncryptedTextField(verbose_name="name")),
                ("email", klean.core.rows.encryption.EncryptedTextField(verbose_name="e-mail")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("shows_bundles", models.BooleanField(default=True, verbose_name="evidence bundles")),
                ("shows_letters", models.BooleanField(default=True, verbose_name="letters")),
                ("given_by", models.CharField(max_length=100)),
                ("given_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counsel_accesses",
                        to="legal.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "counsel's access",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what")),
                ("amount", models.BigIntegerField(verbose_name="amount (won)")),
                ("spent_on", models.DateField(verbose_name="on")),
                ("entered_by", models.CharField(max_length=100)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="costs", to="legal.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "cost",
                "ordering": ["spent_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Bundle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("files", models.PositiveIntegerField()),
                ("events", models.PositiveIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("manifest_sha256", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.signingkey"
                    ),
                ),
                (
                    "stamped_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bundles", to="legal.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence bundle",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("CLAIMANT", "claimant or complainant"),
                            ("RESPONDENT", "respondent or suspect"),
                            ("WITNESS", "witness"),
                            ("AUTHORITY", "court or authority"),
                            ("COUNSEL", "counsel"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("name", klean.core.rows.encryption.EncryptedTextField(verbose_name="name")),
                (
                    "contact",
                    klean.core.rows.encryption.EncryptedTextField(
                        blank=True, default="", verbose_name="contact"
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="legal.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(choices=[("LEGAL", "legal"), ("PRIVACY", "privacy")], max_length=8),
                ),
                ("approved_by", models.CharField(max_length=100)),
                ("approved_at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="legal.authorityrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval",
                "constraints": [
                    models.UniqueConstraint(fields=("request", "side"), name="one_approval_per_side"),
                    models.UniqueConstraint(
                        fields=("request", "approved_by"), name="one_approval_per_person"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("placed_by", models.CharField(max_length=100)),
                ("placed_at", models.DateTimeField()),
                ("released_by", models.CharField(blank=True, max_length=100)),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="legal.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "legal hold",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("matter",),
                        name="one_standing_hold_per_matter",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "firm",
                    klean.core.rows.encryption.EncryptedTextField(
                        verbose_name="name of the firm or designer"
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("DESIGNER", "independent designer"),
                            ("MICRO", "fewer than 10 people"),
                            ("SMALL", "10 to 49 people"),
                            ("LARGER", "50 people or more"),
                        ],
                        max_length=10,
                        verbose_name="size",
                    ),
                ),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("REGISTERED", "registered right"),
                            ("APPLIED", "registration applied for"),
                            ("UNREGISTERED", "unregistered design"),
                        ],
                        max_length=12,
                        verbose_name="right",
                    ),
                ),
                ("revenue", models.BigIntegerField(verbose_name="last year's revenue (won)")),
                ("story", klean.core.rows.encryption.EncryptedTextField(verbose_name="what happened")),
                ("asked", models.BigIntegerField(verbose_name="amount asked for (won)")),
                ("points", models.PositiveIntegerField()),
                ("parts", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "submitted"),
                            ("GRANTED", "granted"),
                            ("DECLINED", "declined"),
                            ("WITHDRAWN", "withdrawn"),
                        ],
                        default="SUBMITTED",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("granted", models.BigIntegerField(blank=True, null=True, verbose_name="granted (won)")),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("decided_by", models.CharField(blank=True, max_length=100)),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="mystery_shop.fund",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.policyversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "application for support",
                "indexes": [models.Index(fields=["state", "-points", "id"], name="support_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked__gt", 0)), name="support_asks_for_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted", None),
                            models.Q(("granted__gt", 0), ("granted__lte", models.F("asked"))),
                            _connector="OR",
                        ),
                        name="support_grants_what_was_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=300, verbose_name="what")),
                ("due_on", models.DateField(verbose_name="by")),
                ("is_deadline", models.BooleanField(default=False, verbose_name="set by law or a court")),
                ("added_by", models.CharField(max_length=100)),
                ("done_by", models.CharField(blank=True, max_length=100)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="legal.matter"
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["due_on", "id"], name="task_open"
                    )
                ],
            },
        ),
    ]
