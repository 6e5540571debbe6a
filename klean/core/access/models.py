"""People, the organisations they act for, and the keys their machines hold."""

import hashlib
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klean.core.rows.personal import Personal
from klean.core.rows.texts import MAX_CODE_LENGTH, own_language

NOBODY = Concat(
    Value("erased-"),
    Cast("pk", models.CharField()),
    Value("@erased.invalid"),
    output_field=models.CharField(),
)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **also: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **also)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **also: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **also)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address; what they may do follows from their memberships."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=MAX_CODE_LENGTH, default=own_language)
    is_active = models.BooleanField(_("active account"), default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    PERSONAL: ClassVar = Personal(
        kept_as="ACCOUNT",
        since="last_login",
        of="pk",
        ended=Q(is_active=False),
        fields={"email": NOBODY, "name": "", "password": "!erased", "is_active": False},
    )

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.name or f"user {self.pk}"

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(membership.role for membership in self.memberships.all())

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def organisation_ids(self, role: str) -> list[int]:
        return [m.organisation_id for m in self.memberships.all() if m.role == role and m.organisation_id]


class Organisation(models.Model):
    class Kind(models.TextChoices):
        OPERATOR = "OPERATOR", _("protection team")
        MARKETPLACE = "MARKETPLACE", _("marketplace")
        RIGHTS_HOLDER = "RIGHTS_HOLDER", _("rights holder")
        SELLER = "SELLER", _("seller")
        INSPECTION_BODY = "INSPECTION_BODY", _("inspection body")
        COUNSEL = "COUNSEL", _("counsel")
        AUTHORITY = "AUTHORITY", _("authority")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        verbose_name = _("organisation")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "kind"], name="one_organisation_per_name_and_kind")
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    MODERATOR = "moderator", _("moderator")
    SENIOR = "senior", _("senior moderator")
    PENALTIES = "penalties", _("penalty admin")
    RIGHTS_HOLDER = "rights_holder", _("rights holder")
    CONSUMER = "consumer", _("consumer")
    SELLER = "seller", _("seller")
    INSPECTOR = "inspector", _("inspector")
    LEGAL = "legal", _("legal staff")
    GOVERNANCE = "governance", _("governance staff")
    ENGINEER = "engineer", _("engineer")


class Membership(models.Model):
    """A person's role in an organisation; consumers act for themselves and have none."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)

    PERSONAL: ClassVar = Personal(kept_as="ACCOUNT", of="user", deletes=True)

    class Meta:
        verbose_name = _("role in an organisation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="one_membership_per_role", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class ApiKey(models.Model):
    """A machine's key. Only its SHA-256 is kept; the secret is 256 random bits, so no slow hash is needed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=50))
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API key")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    @staticmethod
    def digest(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    @staticmethod
    def live() -> models.QuerySet["ApiKey"]:
        return ApiKey.objects.filter(revoked_at=None)
