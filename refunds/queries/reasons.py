"""The catalogue of reasons for a refund."""

from datetime import datetime

from klean.core.policy.queries import policy_at, words_of_code
from klean.core.rows.texts import in_language
from refunds.rules.policy import Refunds


def claim_reasons(*, at: datetime) -> list[tuple[str, str]]:
    """The reasons that a buyer may give, as code and words in the reader's language."""
    return [(entry.code, in_language(entry.words)) for entry in policy_at(at)[Refunds].reasons]


def words_of_reason(code: str, *, at: datetime) -> str:
    """The reason in the reader's language, as the policy of that time has it."""
    return words_of_code(policy_at(at)[Refunds].reasons, code)
