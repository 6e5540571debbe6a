"""Whether a policy's section on refunds can be worked with, before it is published."""

from collections.abc import Mapping
from typing import Any

from klean.core.policy.rules.calendar import faults_of_numbers, faults_of_table, is_count
from klean.core.policy.rules.catalogues import faults_of_reasons, value_of

NUMBERS = {
    "refunds": (
        "claim_within_days",
        "keep_parcel_days",
        "claims_per_hour",
        "appeal_within_days",
        "warn_buyers_of_days",
    ),
    "refunds.returns": ("waive_below", "return_within_days", "examined_percent"),
    "refunds.signal": ("false_alarms_per_million", "epoch_days"),
    "refunds.abuse": ("hold_from", "window_days", "ring_days", "young_days"),
}
PARTS = (
    "amount",
    "claims",
    "account_days",
    "claims_on_seller",
    "declined",
    "young_buyers_on_seller",
    "not_returned",
    "found_genuine",
)


def faults_of_refunds(section: Any) -> list[str]:
    """What is wrong with ``[refunds]`` and ``[refunds.abuse]``."""
    if not isinstance(section, Mapping):
        return ["[refunds] is no table"]
    abuse = section.get("abuse")
    if not isinstance(abuse, Mapping):
        return ["[refunds.abuse] is missing"]
    faults = [
        *faults_of_numbers("refunds", section, NUMBERS),
        *faults_of_reasons("refunds", section, {"code", "en", "ko"}),
    ]
    if not section.get("regions"):
        faults.append("[refunds] regions names no country")
    faults += faults_of_numbers("refunds.abuse", abuse, NUMBERS)
    faults += [
        *faults_of_table("refunds", section, "returns", NUMBERS),
        *faults_of_table("refunds", section, "signal", NUMBERS),
    ]
    return faults + [
        f"[refunds.abuse] {part} needs a limit and points, both whole numbers"
        for part in PARTS
        if not all(is_count(value_of(abuse.get(part), name)) for name in ("limit", "points"))
    ]
