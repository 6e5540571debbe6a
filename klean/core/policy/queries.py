"""Which policy holds, its business calendar, and the words of its catalogues."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from klean.core.policy.faults import UnusablePolicy
from klean.core.policy.models import CalendarChange, PolicyVersion
from klean.core.policy.rules import calendar as calendar_rules
from klean.core.policy.rules.calendar import Calendar
from klean.core.policy.rules.catalogues import Entry
from klean.core.policy.rules.sections import sections
from klean.core.rows.texts import in_language

# A new list of holidays has to pass a consultation and its notice: it is asked for half a year ahead.
HOLIDAYS_AHEAD = timedelta(days=183)


def policy_at(at: datetime) -> PolicyVersion:
    """The policy in force at that time; a section of it is asked for by its class: ``policy_at(at)[Refunds]``."""
    version = PolicyVersion.objects.filter(in_force_from__lte=at).order_by("-in_force_from", "-pk").first()
    if version is None:
        raise UnusablePolicy(
            _("No policy is in force. Run: %(command)s") % {"command": "python manage.py publish_policy"}
        )
    return version


def zone_at(at: datetime) -> ZoneInfo:
    """Where days begin and end: the zone of the policy in force, before any of the first, without any the server's."""
    in_force = PolicyVersion.objects.filter(in_force_from__lte=at).last()
    version = in_force or PolicyVersion.objects.first()
    return version[Calendar].zone if version else ZoneInfo(settings.TIME_ZONE)


def day_of(moment: datetime) -> date:
    """The day of a moment in the policy's zone."""
    return calendar_rules.day_of(moment, zone_at(moment))


def calendar_at(at: datetime) -> Calendar:
    """The business calendar of the policy in force, with the days that two people have changed since."""
    changes = CalendarChange.objects.filter(confirmed_at__lte=at).order_by("confirmed_at", "pk")
    return policy_at(at)[Calendar].with_changes(changes.values_list("day", "is_holiday"))


def years_without_holidays(*, at: datetime) -> list[int]:
    """Years that clocks meet soon or already, and of which the calendar in force lists no holiday."""
    calendar = calendar_at(at)
    years = {calendar.day_of(moment).year for moment in (at, at + HOLIDAYS_AHEAD)}
    return sorted(year for year in years if not calendar.knows(year))


def unreadable_policies(*, at: datetime) -> list[str]:
    """Why this release cannot work with a policy that is in force or will be; empty when it can."""
    in_force = PolicyVersion.objects.filter(in_force_from__lte=at).order_by("-in_force_from", "-pk")[:1]
    coming = PolicyVersion.objects.filter(in_force_from__gt=at)
    faults = []
    for version in [*in_force, *coming]:
        for section in sections().values():
            try:
                version[section]
            except UnusablePolicy as fault:
                faults.append(str(fault))
    return faults


def words_of_code(entries: Iterable[Entry], code: str) -> str:
    """The catalogue's words for a code; a code that has left the catalogue speaks for itself."""
    return next((in_language(entry.words) for entry in entries if entry.code == code), code)
