"""What ``manage.py check`` says of the policies in the database."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import unreadable_policies, years_without_holidays


def check_policies(*, databases: Sequence[str] | None = None, **options: Any) -> list[checks.CheckMessage]:
    """Policies that this release cannot read, and years of which the calendar in force lists no holidays.

    They are warnings, as an error would stop the migration that may be what is needed.
    """
    try:
        return list(_found()) if databases else []
    except DatabaseError:  # not migrated yet: there is no policy to speak of
        return []


def _found() -> list[checks.CheckMessage]:
    now = timezone.now()
    if not PolicyVersion.objects.filter(in_force_from__lte=now).exists():
        return []
    if faults := unreadable_policies(at=now):
        return [checks.Warning(fault, id="klean.W002") for fault in faults]
    hint = _(
        "Write them into a new policy, as %(command)s prints them; until then its weekdays count as business days."
    ) % {"command": "manage.py list_holidays"}
    return [
        checks.Warning(
            _("The calendar in force lists no holidays of %(year)s.") % {"year": year},
            hint=hint,
            id="klean.W001",
        )
        for year in years_without_holidays(at=now)
    ]
