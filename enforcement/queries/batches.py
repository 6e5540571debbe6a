"""Which cases a batch is about, and what it would do to each shop."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enforcement.models import Case
from enforcement.queries.cases import QueueFilter, queue_of
from enforcement.queries.ledgers import ladder_of, outlook_many
from enforcement.queries.words import consequence_words
from klean.core.models import User
from klean.core.policy import policy_at

MOST = 200


def chosen_cases(user: User, wanted: QueueFilter, chosen: Sequence[str], *, at: datetime) -> list[Case]:
    """The pending cases of these numbers; without any, the first of the query."""
    rows = queue_of(user, wanted, at=at).filter(state__in=Case.PENDING)
    if chosen:
        numbers = [int(text) for text in chosen if text.isdecimal() and len(text) < 19]
        rows = rows.filter(pk__in=numbers)
    return list(rows.order_by("-priority", "opened_at", "pk")[:MOST])


@dataclass(frozen=True, slots=True)
class Previewed:
    """One case of a batch: for each severity, what its decision would do after those before it."""

    case: Case
    consequences: dict[str, str]


def preview(cases: Sequence[Case], *, at: datetime) -> list[Previewed]:
    """In the order in which the batch decides: the shop's second case climbs from where its first one led."""
    tracks = ladder_of(policy_at(at)).tracks
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
