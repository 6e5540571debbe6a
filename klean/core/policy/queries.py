"""Which policy holds, and the words of its catalogues."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused


def policy_at(at: datetime) -> PolicyVersion:
    """The policy in force at that time."""
    version = PolicyVersion.objects.filter(in_force_from__lte=at).order_by("-in_force_from", "-pk").first()
    if version is None:
        raise Refused(_("No policy is in force. Run: python manage.py publish_policy"))
    return version


def words_of(entry: Mapping[str, Any]) -> str:
    """The words of a catalogue's entry, in the reader's language."""
    return str(entry["ko" if (get_language() or "").startswith("ko") else "en"])


def words_of_reason(section: str, code: str, *, at: datetime) -> str:
    """The catalogue's words for a code; a code that has left the catalogue speaks for itself."""
    entries = policy_at(at).section(section)["reason"]
    return next((words_of(entry) for entry in entries if entry["code"] == code), code)
