"""Whether a policy's section on reports can be worked with, before it is published."""

from collections.abc import Mapping
from typing import Any

from klean.core.policy.rules.calendar import faults_of_numbers, faults_of_table
from klean.core.policy.rules.catalogues import faults_of_reasons

NUMBERS = {
    "reports": (
        "listings_per_notice",
        "notices_per_batch",
        "explanation_characters",
        "explanation_limit",
        "anonymous_per_hour",
    ),
    "reports.clocks": (
        "AUTHORITY",
        "TRUSTED_FLAGGER",
        "ADMITTED",
        "RIGHTS_HOLDER",
        "CONSUMER",
        "OWN_INITIATIVE",
    ),
    "reports.tiers": ("window_days", "least", "upheld_percent", "countered_percent", "locked_days"),
    "reports.misuse": ("least", "warn_below_percent", "restricted_per_day", "memory_days"),
    "reports.interim": ("voices",),
    "reports.counter": ("seller_business_days", "holder_business_days"),
}


def faults_of_reports(section: Any) -> list[str]:
    """What is wrong with ``[reports]``, each in words that name the place."""
    if not isinstance(section, Mapping):
        return ["[reports] is no table"]
    parts = [
        faults_of_table("reports", section, part, NUMBERS)
        for part in ("clocks", "tiers", "misuse", "interim", "counter")
    ]
    faults = [*faults_of_numbers("reports", section, NUMBERS), *(fault for part in parts for fault in part)]
    return [*faults, *faults_of_reasons("reports", section, {"code", "en", "ko", "notifiers"})]
