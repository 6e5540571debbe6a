"""A statement of reasons in the words of the DSA transparency database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcement.decisions.rules.dsa import EEA

CATEGORY = "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS"
ILLEGAL, INCOMPATIBLE = "DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"
GROUNDS = {
    "TRADEMARK": (ILLEGAL, CATEGORY, "KEYWORD_TRADEMARK_INFRINGEMENT"),
    "COUNTERFEIT": (ILLEGAL, CATEGORY, "KEYWORD_TRADEMARK_INFRINGEMENT"),
    "DESIGN": (ILLEGAL, CATEGORY, "KEYWORD_DESIGN_INFRINGEMENT"),
    "COPYRIGHT": (ILLEGAL, CATEGORY, "KEYWORD_COPYRIGHT_INFRINGEMENT"),
    "PATENT": (ILLEGAL, CATEGORY, "KEYWORD_PATENT_INFRINGEMENT"),
    "UNAUTHORISED": (INCOMPATIBLE, CATEGORY, "KEYWORD_OTHER"),
    "PROHIBITED_GOODS": (
        INCOMPATIBLE,
        "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
        "KEYWORD_PROHIBITED_PRODUCTS",
    ),
    "OTHER_TERMS": (INCOMPATIBLE, "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", "KEYWORD_OTHER"),
    "FORGED_DOCUMENT": (INCOMPATIBLE, "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "KEYWORD_INAUTHENTIC_LISTINGS"),
    "MISLEADING": (INCOMPATIBLE, "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "KEYWORD_INAUTHENTIC_LISTINGS"),
}
LAWS = {
    "TRADEMARK": "Trademark Act of the Republic of Korea",
    "COUNTERFEIT": "Trademark Act of the Republic of Korea",
    "DESIGN": "Design Protection Act of the Republic of Korea",
    "COPYRIGHT": "Copyright Act of the Republic of Korea",
    "PATENT": "Patent Act of the Republic of Korea",
}
SOURCES = {
    "RIGHTS_HOLDER": "SOURCE_ARTICLE_16",
    "CONSUMER": "SOURCE_ARTICLE_16",
    "TRUSTED_FLAGGER": "SOURCE_TRUSTED_FLAGGER",
    "AUTHORITY": "SOURCE_TYPE_OTHER_NOTIFICATION",
    "REFUND_CLAIM": "SOURCE_TYPE_OTHER_NOTIFICATION",
}
PROVISIONS = {"RESTRICTION": "DECISION_PROVISION_PARTIAL_SUSPENSION"}
ACCOUNTS = {"SUSPENSION": "DECISION_ACCOUNT_SUSPENDED", "CLOSURE": "DECISION_ACCOUNT_TERMINATED"}
MEASURES = {
    "hold_settlement": ("decision_monetary", "DECISION_MONETARY_SUSPENSION", "end_date_monetary_restriction"),
    "funds_frozen": ("decision_monetary", "DECISION_MONETARY_SUSPENSION", "end_date_monetary_restriction"),
    "no_new_goods": (
        "decision_provision",
        "DECISION_PROVISION_PARTIAL_SUSPENSION",
        "end_date_service_restriction",
    ),
}


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What a statement must know of a decision; ``rule`` names the policy and its setting."""

    puid: str
    ground: str
    rule: str
    source: str
    facts: str
    explanation: str
    was_removed: bool
    automated: bool
    content_on: date
    decided_on: date


@dataclass(frozen=True, slots=True)
class Imposed:
    """A rung of the ladder or a measure, and the day on which it ends."""

    kind: str
    ends_on: date | None


def dsa_fields(decision: Reasoned, imposed: Iterable[Imposed]) -> dict[str, Any]:
    """The statement as the DSA transparency database asks for it; what does not apply is left out."""
    ground, category, keyword = GROUNDS[decision.ground]
    fields: dict[str, Any] = {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"] if decision.was_removed else [],
        "decision_ground": ground,
        **_reasons(decision, is_illegal=ground == ILLEGAL),
        "category": category,
        "category_specification": [keyword],
        "content_type": ["CONTENT_TYPE_PRODUCT"],
        "territorial_scope": list(EEA),
        "content_date": decision.content_on.isoformat(),
        "application_date": decision.decided_on.isoformat(),
        "decision_facts": decision.facts[:5000],
        "source_type": SOURCES.get(decision.source, "SOURCE_VOLUNTARY"),
        "automated_detection": "Yes" if decision.source == "SCREENING" else "No",
        "automated_decision": f"AUTOMATED_DECISION_{'FULLY' if decision.automated else 'NOT_AUTOMATED'}",
        "puid": decision.puid,
    }
    for one in imposed:
        fields |= _limits(one)
    return {name: value for name, value in fields.items() if value}


def _reasons(decision: Reasoned, *, is_illegal: bool) -> dict[str, str]:
    """The law that was broken, or the terms of the marketplace."""
    if is_illegal:
        words = ("illegal_content_legal_ground", LAWS[decision.ground], "illegal_content_explanation")
    else:
        words = ("incompatible_content_ground", decision.rule, "incompatible_content_explanation")
    name, ground, explained = words
    return {name: ground, explained: decision.explanation[:2000]}


def _limits(imposed: Imposed) -> dict[str, Any]:
    until = imposed.ends_on.isoformat() if imposed.ends_on else None
    if imposed.kind in PROVISIONS:
        return {"decision_provision": PROVISIONS[imposed.kind], "end_date_service_restriction": until}
    if imposed.kind in ACCOUNTS:
        return {"decision_account": ACCOUNTS[imposed.kind], "end_date_account_restriction": until}
    if imposed.kind in MEASURES:
        field, value, end = MEASURES[imposed.kind]
        return {field: value, end: until}
    return {}
