"""A statement of reasons in the words of the DSA transparency database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CATEGORY = "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS"
GROUNDS = {
    "TRADEMARK": ("DECISION_GROUND_ILLEGAL_CONTENT", CATEGORY, "KEYWORD_TRADEMARK_INFRINGEMENT"),
    "COUNTERFEIT": ("DECISION_GROUND_ILLEGAL_CONTENT", CATEGORY, "KEYWORD_TRADEMARK_INFRINGEMENT"),
    "DESIGN": ("DECISION_GROUND_ILLEGAL_CONTENT", CATEGORY, "KEYWORD_DESIGN_INFRINGEMENT"),
    "COPYRIGHT": ("DECISION_GROUND_ILLEGAL_CONTENT", CATEGORY, "KEYWORD_COPYRIGHT_INFRINGEMENT"),
    "PATENT": ("DECISION_GROUND_ILLEGAL_CONTENT", CATEGORY, "KEYWORD_PATENT_INFRINGEMENT"),
    "UNAUTHORISED": ("DECISION_GROUND_INCOMPATIBLE_CONTENT", CATEGORY, "KEYWORD_OTHER"),
    "FORGED_DOCUMENT": (
        "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        "KEYWORD_INAUTHENTIC_LISTINGS",
    ),
    "MISLEADING": (
        "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        "KEYWORD_INAUTHENTIC_LISTINGS",
    ),
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


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What a statement must know of a decision."""

    puid: str
    ground: str
    source: str
    facts: str
    explanation: str
    was_removed: bool
    holds_money_until: datetime | None
    automated: bool
    content_at: datetime | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Imposed:
    rung: str
    ends_at: datetime | None


def dsa_fields(decision: Reasoned, sanctions: Iterable[Imposed]) -> dict[str, Any]:
    """The statement as the DSA transparency database asks for it; what does not apply is left out."""
    ground, category, keyword = GROUNDS[decision.ground]
    explained = "illegal_content" if ground == "DECISION_GROUND_ILLEGAL_CONTENT" else "incompatible_content"
    fields: dict[str, Any] = {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"] if decision.was_removed else [],
        "decision_ground": ground,
        f"{explained}_explanation": decision.explanation[:2000],
        "category": category,
        "category_specification": [keyword],
        "content_type": ["CONTENT_TYPE_PRODUCT"],
        "content_date": (decision.content_at or decision.decided_at).date().isoformat(),
        "application_date": decision.decided_at.date().isoformat(),
        "decision_facts": decision.facts[:5000],
        "source_type": SOURCES.get(decision.source, "SOURCE_VOLUNTARY"),
        "automated_detection": "Yes" if decision.source == "SCREENING" else "No",
        "automated_decision": f"AUTOMATED_DECISION_{'FULLY' if decision.automated else 'NOT_AUTOMATED'}",
        "puid": decision.puid,
    }
    if decision.holds_money_until:
        fields["decision_monetary"] = "DECISION_MONETARY_SUSPENSION"
        fields["end_date_monetary_restriction"] = decision.holds_money_until.date().isoformat()
    for sanction in sanctions:
        fields |= _limits(sanction)
    return {name: value for name, value in fields.items() if value}


def _limits(sanction: Imposed) -> dict[str, Any]:
    until = sanction.ends_at.date().isoformat() if sanction.ends_at else None
    if sanction.rung in PROVISIONS:
        return {"decision_provision": PROVISIONS[sanction.rung], "end_date_service_restriction": until}
    if sanction.rung in ACCOUNTS:
        return {"decision_account": ACCOUNTS[sanction.rung], "end_date_account_restriction": until}
    return {}
