"""Counter-notices, for the seller, the notifier and the desk; none learns more than it must."""

from datetime import datetime
from typing import Any

from django.http import Http404

from klean.core.access.models import User
from klean.core.policy.queries import policy_at
from klean.core.rows.texts import in_language
from klean.core.web.paging import Page, page_of
from reports.models.counters import CounterDocument, CounterNotice
from reports.rules.policy import Reports
from sellers.queries.shops import sellers_of


def _whole() -> Any:
    return CounterNotice.objects.select_related("item__listing", "item__notice", "seller")


def _one(rows: Any, counter_id: int) -> CounterNotice:
    found: CounterNotice | None = rows.filter(pk=counter_id).first()
    if found is None:
        raise Http404
    return found


def counters_of_seller(user: User, after: str, *, size: int = 30) -> Page[CounterNotice]:
    """What the person's shops were asked about, newest first."""
    shops = list(sellers_of(user).values_list("pk", flat=True))
    return page_of(_whole().filter(seller__in=shops), order=("-id",), after=after, size=size)


def counter_for_seller(user: User, counter_id: int) -> CounterNotice:
    return _one(_whole().filter(seller__in=sellers_of(user)), counter_id)


def counter_for_holder(organisation_ids: list[int], counter_id: int) -> CounterNotice:
    """An answered counter-notice on one of these organisations' notices, or 404."""
    mine = _whole().filter(item__notice__organisation__in=organisation_ids, answered_at__isnull=False)
    return _one(mine, counter_id)


def counter_for_desk(counter_id: int) -> CounterNotice:
    return _one(_whole(), counter_id)


def grounds(*, at: datetime) -> list[dict[str, Any]]:
    """The grounds that a seller may give, in the reader's words, with the documents that each asks for."""
    terms = policy_at(at)[Reports].counter
    names = {one.code: in_language(one.words) for one in terms.documents}
    return [
        {
            "code": one.code,
            "words": in_language(one.words),
            "documents": [(code, names[code]) for code in one.documents],
        }
        for one in terms.grounds
    ]


def documents_of(counter: CounterNotice) -> list[tuple[CounterDocument, str]]:
    """The seller's documents, each with the words of the list that asked for it."""
    words = dict(pair for one in grounds(at=counter.invited_at) for pair in one["documents"])
    return [(one, words.get(one.kind, one.kind)) for one in counter.documents.order_by("pk")]


def words_of_ground(counter: CounterNotice) -> str:
    known = {one["code"]: one["words"] for one in grounds(at=counter.invited_at)}
    return str(known.get(counter.ground, counter.ground))
