"""What a notice must hold before it can be taken up (DSA Article 16(2)), by who files it."""

from dataclasses import dataclass

from reports.rules.policy import Reason, Reports

FORMAL = frozenset({"RIGHTS_HOLDER", "TRUSTED_FLAGGER", "AUTHORITY"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeElements:
    """What the notifier gave."""

    notifier_type: str
    listings: int
    reason: str
    explanation: str
    has_right: bool
    good_faith: bool


def is_formal(notifier_type: str) -> bool:
    """Whether the notifier asserts a right, and so owes every element of Article 16."""
    return notifier_type in FORMAL


def reasons_open_to(notifier_type: str, terms: Reports) -> list[Reason]:
    """The catalogue's reasons that this kind of notifier may give."""
    return [reason for reason in terms.reasons if notifier_type in reason.notifiers]


def missing_elements(elements: NoticeElements, terms: Reports) -> dict[str, str]:
    """The code of what is wrong, by the name of the field; empty when the notice is complete."""
    codes = {reason.code for reason in reasons_open_to(elements.notifier_type, terms)}
    formal = is_formal(elements.notifier_type)
    checks = (
        ("listings", "none", elements.listings == 0),
        ("listings", "too_many", elements.listings > terms.listings_per_notice),
        ("reason", "unknown", elements.reason not in codes),
        ("right", "missing", elements.notifier_type == "RIGHTS_HOLDER" and not elements.has_right),
        (
            "explanation",
            "too_short",
            formal and len(elements.explanation.strip()) < terms.explanation_characters,
        ),
        ("explanation", "too_long", len(elements.explanation) > terms.explanation_limit),
        ("good_faith", "missing", formal and not elements.good_faith),
    )
    return {field: code for field, code, is_wrong in checks if is_wrong}
