"""Whether a policy's sections on reports and refunds can be worked with, before it is published."""

from collections.abc import Mapping
from typing import Any

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


def faults_of_reports(section: Any) -> list[str]:
    """What is wrong with ``[reports]``, each in words that name the place."""
    if not isinstance(section, Mapping):
        return ["[reports] is no table"]
    parts = [
        _tables("reports", section, part) for part in ("clocks", "tiers", "misuse", "interim", "counter")
    ]
    faults = [*_numbers("reports", section), *(fault for part in parts for fault in part)]
    return [*faults, *_reasons("reports", section, {"code", "en", "ko", "notifiers"})]


def faults_of_refunds(section: Any) -> list[str]:
    """What is wrong with ``[refunds]`` and ``[refunds.abuse]``."""
    if not isinstance(section, Mapping):
        return ["[refunds] is no table"]
    abuse = section.get("abuse")
    if not isinstance(abuse, Mapping):
        return ["[refunds.abuse] is missing"]
    faults = [*_numbers("refunds", section), *_reasons("refunds", section, {"code", "en", "ko"})]
    if not section.get("regions"):
        faults.append("[refunds] regions names no country")
    faults += _numbers("refunds.abuse", abuse)
    faults += [*_tables("refunds", section, "returns"), *_tables("refunds", section, "signal")]
    return faults + [
        f"[refunds.abuse] {part} needs a limit and points, both whole numbers"
        for part in PARTS
        if not all(_is_count(_of(abuse.get(part), name)) for name in ("limit", "points"))
    ]


def _of(table: Any, name: str) -> Any:
    return table.get(name) if isinstance(table, Mapping) else None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _numbers(place: str, section: Mapping[str, Any]) -> list[str]:
    return [
        f"[{place}] {name} is no whole number" for name in NUMBERS[place] if not _is_count(section.get(name))
    ]


def _tables(place: str, section: Mapping[str, Any], part: str) -> list[str]:
    table = section.get(part)
    return _numbers(f"{place}.{part}", table if isinstance(table, Mapping) else {})


def _reasons(place: str, section: Mapping[str, Any], needed: set[str]) -> list[str]:
    reasons = section.get("reason")
    if not isinstance(reasons, list) or not reasons:
        return [f"[[{place}.reason]] is missing"]
    bad = [
        f"[[{place}.reason]] number {n} needs {', '.join(sorted(needed))}"
        for n, one in enumerate(reasons, 1)
        if not isinstance(one, Mapping) or not all(one.get(name) for name in needed)
    ]
    codes = [_of(one, "code") for one in reasons]
    return bad + ([f"[[{place}.reason]] names a code twice"] if len(codes) != len(set(codes)) else [])
