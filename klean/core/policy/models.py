"""Published policies, and what the business calendar learned since."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ValidationError

from klean.core.policy.faults import UnusablePolicy, faults_of
from klean.core.policy.rules.sections import S, name_of, read_stored
from klean.core.policy.texts import additions
from klean.core.rows.personal import Personal


class PolicyVersion(models.Model):
    """A published policy file. The database refuses to change or delete one (see migration 0002)."""

    name = models.CharField(max_length=50, unique=True)
    in_force_from = models.DateTimeField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("policy")
        ordering: ClassVar = ["in_force_from", "pk"]

    def __str__(self) -> str:
        return self.name

    def __getitem__(self, section: type[S]) -> S:
        """A section as this release reads it, or ``UnusablePolicy`` where it no longer can."""
        found: S = _read(section, _Stored((self.pk, self.sha256), self.name, self.body))
        return found


class CalendarChange(models.Model):
    """A day that became a holiday or a working day after the policy was published: one person says so, another confirms."""

    day = models.DateField(_("day"))
    is_holiday = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=200)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=100)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("reason",))

    class Meta:
        verbose_name = _("change to the business calendar")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="calendar_change_by_two", condition=~Q(confirmed_by=F("proposed_by"))
            ),
            models.UniqueConstraint(
                name="one_open_calendar_change",
                fields=["day"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} is {'a holiday' if self.is_holiday else 'a working day'}"


@dataclass(frozen=True)
class _Stored:
    """A published body; as it never changes, it is known by its key alone."""

    key: tuple[int, str]
    name: str = field(compare=False)
    body: dict[str, Any] = field(compare=False)


@lru_cache(maxsize=512)
def _read(section: type[BaseModel], stored: _Stored) -> Any:
    try:
        return read_stored(section, stored.body, additions())
    except ValidationError as error:
        words = gettext("This release cannot read the policy %(name)s. Publish a new one:")
        faults = faults_of(error, below=(name_of(section),))
        raise UnusablePolicy("\n".join([words % {"name": stored.name}, *faults])) from error
