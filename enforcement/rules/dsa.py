"""The published rules of the DSA transparency database for one statement of reasons."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

RESTRICTIONS = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
VALUES: Mapping[str, frozenset[str]] = {
    "decision_visibility": frozenset(
        f"DECISION_VISIBILITY_{name}"
        for name in (
            "CONTENT_REMOVED", "CONTENT_DISABLED", "CONTENT_DEMOTED", "CONTENT_AGE_RESTRICTED",
            "CONTENT_INTERACTION_RESTRICTED", "CONTENT_LABELLED", "OTHER",
        )
    ),
    "decision_monetary": frozenset(f"DECISION_MONETARY_{name}" for name in ("SUSPENSION", "TERMINATION", "OTHER")),
    "decision_provision": frozenset(
        f"DECISION_PROVISION_{size}_{kind}" for size in ("PARTIAL", "TOTAL") for kind in ("SUSPENSION", "TERMINATION")
    ),
    "decision_account": frozenset({"DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"}),
    "decision_ground": frozenset({"DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"}),
    "category": frozenset(
        f"STATEMENT_CATEGORY_{name}"
        for name in (
            "INTELLECTUAL_PROPERTY_INFRINGEMENTS", "SCAMS_AND_FRAUD", "UNSAFE_AND_PROHIBITED_PRODUCTS",
        )
    ),
    "category_specification": frozenset(
        f"KEYWORD_{name}"
        for name in (
            "TRADEMARK_INFRINGEMENT", "DESIGN_INFRINGEMENT", "COPYRIGHT_INFRINGEMENT", "PATENT_INFRINGEMENT",
            "INAUTHENTIC_LISTINGS", "OTHER",
        )
    ),
    "content_type": frozenset({"CONTENT_TYPE_PRODUCT"}),
    "source_type": frozenset(
        {"SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY"}
    ),
    "automated_detection": frozenset({"Yes", "No"}),
    "automated_decision": frozenset(
        f"AUTOMATED_DECISION_{name}" for name in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")
    ),
}  # fmt: skip
REQUIRED = (
    "decision_ground", "category", "content_type", "content_date", "application_date", "decision_facts", "source_type",
    "automated_detection", "automated_decision", "puid",
)  # fmt: skip
EXPLAINED = {
    "DECISION_GROUND_ILLEGAL_CONTENT": "illegal_content_explanation",
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": "incompatible_content_explanation",
}
LONGEST = {
    "decision_facts": 5000, "illegal_content_explanation": 2000, "incompatible_content_explanation": 2000, "puid": 500,
}  # fmt: skip
DATES = (
    "content_date", "application_date", "end_date_visibility_restriction", "end_date_monetary_restriction",
    "end_date_service_restriction", "end_date_account_restriction",
)  # fmt: skip
OTHERS = frozenset({"content_id_ean", "territorial_scope"})
KNOWN = frozenset({*VALUES, *REQUIRED, *LONGEST, *DATES, *OTHERS})


def faults_of_submission(fields: Mapping[str, Any]) -> list[str]:
    """What the database would refuse, each beginning with the name of the field; none for a sound statement."""
    return [*_missing(fields), *_foreign(fields), *_forms(fields)]


def _missing(fields: Mapping[str, Any]) -> Iterator[str]:
    for name in REQUIRED:
        if not fields.get(name):
            yield f"{name}: is required"
    if not any(fields.get(name) for name in RESTRICTIONS):
        yield f"{', '.join(RESTRICTIONS)}: at least one is required"
    explained = EXPLAINED.get(fields.get("decision_ground", ""))
    if explained and not fields.get(explained):
        yield f"{explained}: is required with this decision_ground"


def _foreign(fields: Mapping[str, Any]) -> Iterator[str]:
    for name in fields.keys() - KNOWN:
        yield f"{name}: no such field"
    for name, allowed in VALUES.items():
        value = fields.get(name)
        for word in value if isinstance(value, list) else [value]:
            if word and word not in allowed:
                yield f"{name}: {word} is none of its values"


def _forms(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, most in LONGEST.items():
        if len(str(fields.get(name, ""))) > most:
            yield f"{name}: at most {most} characters"
    if not re.fullmatch(r"[A-Za-z0-9_-]+", str(fields.get("puid", ""))):
        yield "puid: letters, digits, - and _ only"
    for name in DATES:
        if name in fields and not _is_date(fields[name]):
            yield f"{name}: a day as YYYY-MM-DD"
    ean = fields.get("content_id_ean")
    if ean is not None and not re.fullmatch(r"\d{13}", str(ean)):
        yield "content_id_ean: 13 digits"


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
