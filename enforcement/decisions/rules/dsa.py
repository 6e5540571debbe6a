"""The published rules of the DSA transparency database, version 2 of its API, for one statement of reasons."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

RESTRICTIONS = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
EEA = (
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IS",
    "IT",
    "LI",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "NO",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
)
VALUES: Mapping[str, frozenset[str]] = {
    "decision_visibility": frozenset(
        f"DECISION_VISIBILITY_{name}"
        for name in (
            "CONTENT_REMOVED",
            "CONTENT_DISABLED",
            "CONTENT_DEMOTED",
            "CONTENT_AGE_RESTRICTED",
            "CONTENT_INTERACTION_RESTRICTED",
            "CONTENT_LABELLED",
            "OTHER",
        )
    ),
    "decision_monetary": frozenset(
        f"DECISION_MONETARY_{name}" for name in ("SUSPENSION", "TERMINATION", "OTHER")
    ),
    "decision_provision": frozenset(
        f"DECISION_PROVISION_{size}_{kind}"
        for size in ("PARTIAL", "TOTAL")
        for kind in ("SUSPENSION", "TERMINATION")
    ),
    "decision_account": frozenset({"DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"}),
    "decision_ground": frozenset({"DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"}),
    "category": frozenset(
        f"STATEMENT_CATEGORY_{name}"
        for name in (
            "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
            "SCAMS_AND_FRAUD",
            "UNSAFE_AND_PROHIBITED_PRODUCTS",
            "OTHER_VIOLATION_TC",
        )
    ),
    "category_specification": frozenset(
        f"KEYWORD_{name}"
        for name in (
            "TRADEMARK_INFRINGEMENT",
            "DESIGN_INFRINGEMENT",
            "COPYRIGHT_INFRINGEMENT",
            "PATENT_INFRINGEMENT",
            "INAUTHENTIC_LISTINGS",
            "PROHIBITED_PRODUCTS",
            "OTHER",
        )
    ),
    "content_type": frozenset({"CONTENT_TYPE_PRODUCT"}),
    "source_type": frozenset(
        {"SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY"}
    ),
    "account_type": frozenset({"ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE"}),
    "territorial_scope": frozenset(EEA),
    "automated_detection": frozenset({"Yes", "No"}),
    "automated_decision": frozenset(
        f"AUTOMATED_DECISION_{name}" for name in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")
    ),
}
LISTS = frozenset({"decision_visibility", "category_specification", "content_type", "territorial_scope"})
REQUIRED = (
    "decision_ground",
    "category",
    "content_type",
    "territorial_scope",
    "content_date",
    "application_date",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
    "puid",
)
EXPLAINED = {
    "DECISION_GROUND_ILLEGAL_CONTENT": ("illegal_content_legal_ground", "illegal_content_explanation"),
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": (
        "incompatible_content_ground",
        "incompatible_content_explanation",
    ),
}
MAX_LENGTHS = {
    "decision_facts": 5000,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "puid": 500,
}
ENDS = (
    "end_date_visibility_restriction",
    "end_date_monetary_restriction",
    "end_date_service_restriction",
    "end_date_account_restriction",
)
EARLIEST = {"content_date": date(2000, 1, 1), "application_date": date(2020, 1, 1)}
FIELDS = tuple(dict.fromkeys((*REQUIRED, *RESTRICTIONS, *ENDS, *MAX_LENGTHS, *VALUES, "content_id_ean")))


def faults_of_submission(fields: Mapping[str, Any]) -> list[str]:
    """What the database would refuse, each beginning with the name of the field; none for a sound statement."""
    return [*_missing(fields), *_foreign(fields), *_forms(fields), *_days(fields)]


def _missing(fields: Mapping[str, Any]) -> Iterator[str]:
    ground = str(fields.get("decision_ground", ""))
    for name in (*REQUIRED, *EXPLAINED.get(ground, ())):
        if not fields.get(name):
            yield f"{name}: is required"
    if not any(fields.get(name) for name in RESTRICTIONS):
        yield f"{', '.join(RESTRICTIONS)}: at least one is required"
    for other, names in EXPLAINED.items():
        for name in names if other != ground else ():
            if name in fields:
                yield f"{name}: belongs to {other}"


def _foreign(fields: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(fields.keys() - set(FIELDS)):
        yield f"{name}: no such field"
    for name, allowed in VALUES.items():
        value = fields.get(name, [])
        if name in fields and isinstance(value, list) != (name in LISTS):
            yield f"{name}: must be {'a list' if name in LISTS else 'one value'}"
        for word in value if isinstance(value, list) else [value]:
            if word not in allowed:
                yield f"{name}: {word} is not one of its values"


def _forms(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, limit in MAX_LENGTHS.items():
        if len(str(fields.get(name, ""))) > limit:
            yield f"{name}: at most {limit} characters"
    if not re.fullmatch(r"[A-Za-z0-9_-]+", str(fields.get("puid", ""))):
        yield "puid: letters, digits, - and _ only"
    ean = fields.get("content_id_ean")
    if ean is not None and not re.fullmatch(r"\d{13}", str(ean)):
        yield "content_id_ean: 13 digits"


def _days(fields: Mapping[str, Any]) -> Iterator[str]:
    applies = _day(fields.get("application_date"))
    for name in (*EARLIEST, *ENDS):
        day = _day(fields.get(name))
        earliest = EARLIEST.get(name, applies)
        if name in fields and day is None:
            yield f"{name}: must be a date like YYYY-MM-DD"
        elif day and earliest and day < earliest:
            yield f"{name}: not before {earliest}"


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
