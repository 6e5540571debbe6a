"""The catalogue of reasons for a refund."""

from datetime import datetime

from klean.core.policy.queries import policy_at, words_of


def claim_reasons(*, at: datetime) -> list[tuple[str, str]]:
    """The reasons that a buyer may give, as code and words in the reader's language."""
    return [(entry["code"], words_of(entry)) for entry in policy_at(at).section("refunds")["reason"]]
