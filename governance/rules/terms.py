"""Whether a policy's sections on governance and retention can be worked with, before it is published."""

from collections.abc import Mapping
from typing import Any

DAYS = ("consultation_days", "notice_days", "subject_request_days")
CLASSES = (
    "ACCOUNT",
    "BUSINESS",
    "CASE",
    "COMPLAINT",
    "PAYMENT",
    "MAIL",
    "ACCESS_LOG",
    "REPEATED_REQUEST",
)


def faults_of_governance(section: Any) -> list[str]:
    return _faults("governance", section, DAYS)


def faults_of_retention(section: Any) -> list[str]:
    return _faults("retention", section, CLASSES)


def _faults(name: str, section: Any, days: tuple[str, ...]) -> list[str]:
    if not isinstance(section, Mapping):
        return [f"[{name}] is no table"]
    return [
        f"[{name}] {key} needs a whole number of days"
        for key in days
        if type(section.get(key)) is not int or section[key] < 1
    ]
