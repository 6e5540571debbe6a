"""Statements of reasons in words: the fields of the DSA transparency database and their values, as it names them itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from enforcement.decisions.rules.dsa import EEA
from klean.core.rows.texts import SOURCE_LANGUAGE

FIELDS = {
    "puid": _("Statement number"),
    "corrects": _("Corrects statement"),
    "decision_visibility": _("Visibility restriction"),
    "decision_monetary": _("Payment restriction"),
    "decision_provision": _("Service restriction"),
    "decision_account": _("Account restriction"),
    "end_date_visibility_restriction": _("Visibility restriction until"),
    "end_date_monetary_restriction": _("Payment restriction until"),
    "end_date_service_restriction": _("Service restriction until"),
    "end_date_account_restriction": _("Account restriction until"),
    "decision_ground": _("Ground of the decision"),
    "illegal_content_legal_ground": _("Law relied on"),
    "illegal_content_explanation": _("Why it is illegal"),
    "incompatible_content_ground": _("Terms relied on"),
    "incompatible_content_explanation": _("Why it breaches the terms"),
    "category": _("Category"),
    "category_specification": _("Keywords"),
    "content_type": _("Type of content"),
    "territorial_scope": _("Territory"),
    "content_date": _("Content first seen"),
    "application_date": _("Takes effect"),
    "decision_facts": _("Facts"),
    "source_type": _("Source"),
    "automated_detection": _("Found automatically"),
    "automated_decision": _("Decided automatically"),
}
VALUES = {
    "DECISION_VISIBILITY_CONTENT_REMOVED": _("Content removed"),
    "DECISION_MONETARY_SUSPENSION": _("Payments suspended"),
    "DECISION_PROVISION_PARTIAL_SUSPENSION": _("Service partly suspended"),
    "DECISION_ACCOUNT_SUSPENDED": _("Account suspended"),
    "DECISION_ACCOUNT_TERMINATED": _("Account closed"),
    "DECISION_GROUND_ILLEGAL_CONTENT": _("Illegal content"),
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": _("Content that breaches the terms"),
    "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS": _("Intellectual property infringements"),
    "STATEMENT_CATEGORY_SCAMS_AND_FRAUD": _("Scams and fraud"),
    "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS": _("Unsafe and prohibited products"),
    "STATEMENT_CATEGORY_OTHER_VIOLATION_TC": _("Other breach of the terms"),
    "KEYWORD_TRADEMARK_INFRINGEMENT": _("Trademark infringement"),
    "KEYWORD_DESIGN_INFRINGEMENT": _("Design infringement"),
    "KEYWORD_COPYRIGHT_INFRINGEMENT": _("Copyright infringement"),
    "KEYWORD_PATENT_INFRINGEMENT": _("Patent infringement"),
    "KEYWORD_INAUTHENTIC_LISTINGS": _("Inauthentic listings"),
    "KEYWORD_PROHIBITED_PRODUCTS": _("Prohibited products"),
    "KEYWORD_OTHER": _("Other"),
    "CONTENT_TYPE_PRODUCT": _("Product"),
    "SOURCE_ARTICLE_16": _("Notice under Article 16 DSA"),
    "SOURCE_TRUSTED_FLAGGER": _("Notice from a trusted flagger"),
    "SOURCE_TYPE_OTHER_NOTIFICATION": _("Other notification"),
    "SOURCE_VOLUNTARY": _("Own initiative"),
    "AUTOMATED_DECISION_FULLY": _("Fully automated"),
    "AUTOMATED_DECISION_NOT_AUTOMATED": _("Not automated"),
    "Yes": _("Yes"),
    "No": _("No"),
}
# What the database takes in English alone.
ENGLISH = frozenset(
    {
        "illegal_content_legal_ground",
        "illegal_content_explanation",
        "incompatible_content_ground",
        "incompatible_content_explanation",
    }
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a statement for people; ``language`` is that of a text which is not the reader's."""

    name: str
    value: str
    language: str = ""


def fields_in_words(fields: Mapping[str, Any]) -> list[Field]:
    return [
        Field(str(FIELDS.get(name, name)), _value(value), SOURCE_LANGUAGE if name in ENGLISH else "")
        for name, value in fields.items()
    ]


def words_of_value(code: str) -> str:
    """A code that the database has added since stays as it is."""
    return str(VALUES.get(code, code))


def _value(value: Any) -> str:
    if value == list(EEA):
        return str(_("European Economic Area"))
    return ", ".join(map(words_of_value, value)) if isinstance(value, list) else words_of_value(str(value))
