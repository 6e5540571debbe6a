"""Which cases a batch is about, and what it would do to each shop."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enforcement.cases.models import Case
from enforcement.desk.queries.queue import QueueFilter, queue_of
from enforcement.sanctions.queries.ledgers import outlook_many
from enforcement.sanctions.queries.words import consequence_words
from enforcement.sanctions.rules.policy import Ladder
from klean.core.access.models import User
from klean.core.policy.queries import policy_at

MAX_CASES = 200  # a preview of more is not read


def chosen_cases(user: User, wanted: QueueFilter, chosen: Sequence[str], *, at: datetime) -> list[Case]:
    """The pending cases of these numbers; without any, the first of the query."""
    rows = queue_of(user, wanted, at=at).filter(state__in=Case.PENDING)
    if chosen:
        numbers = [int(text) for text in chosen if text.isdecimal() and len(text) < 19]
        rows = rows.filter(pk__in=numbers)
    return list(rows.order_by("-priority", "opened_at", "pk")[:MAX_CASES])


@dataclass(frozen=True, slots=True)
class Previewed:
    """One case of a batch: for each severity, what its decision would do after those before it."""

    case: Case
    consequences: dict[str, str]


def preview(cases: Sequence[Case], *, at: datetime) -> list[Previewed]:
    """In the order in which the batch decides: the shop's second case climbs from where its first one led."""
    tracks = policy_at(at)[Ladder].tracks
    counts = Counter(case.seller_id for case in cases)
    climbs = {seller_id: outlook_many(seller_id, count, at=at) for seller_id, count in counts.items()}
    seen: Counter[int] = Counter()
    rows = []
    for case in sorted(cases, key=lambda case: (case.seller_id, case.pk)):
        entries = climbs[case.seller_id][seen[case.seller_id]]
        seen[case.seller_id] += 1
        words = {
            severity: consequence_words(entry, tracks[entry.track]) for severity, entry in entries.items()
        }
        rows.append(Previewed(case, words))
    return rows
