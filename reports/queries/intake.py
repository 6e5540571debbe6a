"""What the protection team reads of a notice before it is taken up, and what it may find lacking."""

from datetime import datetime

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import override

from klean.core.policy.queries import policy_at
from reports.models.notices import Notice, NoticeItem
from reports.queries.notices import MISSING
from reports.rules.policy import Reports

# What only a reader can find lacking, though the field was filled in (DSA Article 16(2)).
GROUNDS = {
    "explanation": ("explanation", "too_short"),
    "listings": ("listings", "none"),
    "right": ("right", "missing"),
    "good_faith": ("good_faith", "missing"),
}


def notice_for_desk(notice_id: int) -> Notice:
    items = NoticeItem.objects.select_related("listing__seller").order_by("pk")
    notices = Notice.objects.select_related("organisation", "right").prefetch_related(
        Prefetch("items", items)
    )
    return get_object_or_404(notices, pk=notice_id)


def refusal_grounds(*, at: datetime) -> list[tuple[str, str]]:
    """What a notice may lack, as code and words that say how to mend it."""
    terms = policy_at(at)[Reports]
    return [(code, _words(code, terms)) for code in GROUNDS]


def words_to_mend(notice: Notice, ground: str, words: str, *, at: datetime) -> str:
    """What its notifier reads, in the notifier's language, and the words of the person who refused it."""
    with override(notice.language):
        return f"{_words(ground, policy_at(at)[Reports])}\n\n{words}"


def _words(code: str, terms: Reports) -> str:
    return str(MISSING[GROUNDS[code]] % dict(terms))
