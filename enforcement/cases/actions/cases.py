"""Every way a case begins: evidence joins the pending case of its target, or opens one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from enforcement.cases.facts import CaseOpened, EvidenceAdded
from enforcement.cases.models import Case, Evidence
from enforcement.cases.rules.policy import Cases
from enforcement.cases.rules.priority import Piece, Ranking, rank
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.record import record_all
from klean.core.operations.due_work import Faults, work_off_together
from klean.core.policy.queries import calendar_at, policy_at
from listings.models import Listing
from reports.actions.answers import admit_notice, close_notices
from reports.models.notices import Notice
from sellers.models import Seller

TIMEOUT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Target:
    """What a case is about."""

    seller_id: int
    listing_id: int | None = None
    right_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What an event adds to the case of one target."""

    target: Target
    event: Event
    source: str
    score: float = 0.0
    amount: int = 0


@transaction.atomic
def open_cases_of_notice(notice: Notice, *, event: Event, at: datetime, actor: Actor) -> list[Case]:
    """Open or join a case for each listing of a notice; one that a decision has already removed is answered at once."""
    listings = Listing.objects.filter(notice_items__notice=notice, notice_items__outcome="")
    targets = [Target(listing.seller_id, listing.pk, notice.right_id) for listing in listings]
    admit_notice(notice, at=at, actor=actor)
    evidence = [NewEvidence(target, event, notice.notifier_type) for target in targets]
    cases = open_or_join_cases(evidence, at=at, actor=actor)
    asked = {case.listing_id for case in cases}
    for listing in listings:
        if listing.pk not in asked:
            close_notices(listing, upheld=True, at=at, actor=actor)
    return cases


@transaction.atomic
def open_or_join_cases(evidence: Iterable[NewEvidence], *, at: datetime, actor: Actor) -> list[Case]:
    """One pending case for each target that is not removed, with the new evidence in the order of its events."""
    new = sorted(
        set(evidence), key=lambda one: (one.target.seller_id, one.target.listing_id or 0, one.event.pk)
    )
    # Decisions lock the seller too, so evidence never joins a case that is being decided.
    sellers = Seller.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    locked = {seller.pk: seller for seller in sellers.filter(pk__in={one.target.seller_id for one in new})}
    listings = Listing.objects.exclude(state=Listing.State.REMOVED).in_bulk(
        {one.target.listing_id for one in new if one.target.listing_id}
    )
    new = [one for one in new if one.target.listing_id is None or one.target.listing_id in listings]
    pending = _pending([one.target for one in new])
    rights = {case.pk: case.right_id for found in pending.values() for case in found}
    joined = [(_case_for(one, pending, at), one) for one in new]
    cases = list({id(case): case for case, _one in joined}.values())
    Case.objects.bulk_update(
        [case for case in cases if case.pk and case.right_id != rights[case.pk]], ["right"]
    )
    Case.objects.bulk_create([case for case in cases if case.pk is None])
    Evidence.objects.bulk_create(
        [
            Evidence(
                case=case,
                event=one.event,
                source=one.source,
                score=one.score,
                amount=one.amount,
                joined_at=at,
            )
            for case, one in joined
        ],
        ignore_conflicts=True,
    )
    _rank(cases, at=at)
    record_all([(_fact(case, one, listings, locked), case) for case, one in joined], at=at, actor=actor)
    return cases


def _pending(targets: Sequence[Target]) -> dict[tuple[int, int | None], list[Case]]:
    found: dict[tuple[int, int | None], list[Case]] = {}
    listings = {target.listing_id for target in targets if target.listing_id}
    shops = {target.seller_id for target in targets if target.listing_id is None}
    about = Q(listing_id__in=listings) | Q(listing=None, seller_id__in=shops)
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    for case in rows.filter(about, state__in=Case.UNSETTLED).order_by("pk"):
        found.setdefault((case.seller_id, case.listing_id), []).append(case)
    return found


def _case_for(one: NewEvidence, pending: dict[tuple[int, int | None], list[Case]], at: datetime) -> Case:
    """The pending case of the same right; where either names no right, that of the target; else a new one."""
    target = one.target
    cases = pending.setdefault((target.seller_id, target.listing_id), [])
    same = [case for case in cases if case.right_id == target.right_id]
    open_to_any = [case for case in cases if case.right_id is None or target.right_id is None]
    found = next(iter([*same, *open_to_any]), None)
    if found is None:
        cases.append(_open(one, at))
        return cases[-1]
    found.right_id = found.right_id or target.right_id
    return found


def _open(one: NewEvidence, at: datetime) -> Case:
    return Case(
        seller_id=one.target.seller_id,
        listing_id=one.target.listing_id,
        right_id=one.target.right_id,
        source=one.source,
        opened_at=at,
        opened_by=one.event,
        answer_by=at,
    )


def _fact(
    case: Case, one: NewEvidence, listings: Mapping[int, Listing], sellers: Mapping[int, Seller]
) -> CaseOpened | EvidenceAdded:
    if case.opened_by_id != one.event.pk:
        return EvidenceAdded(case_id=case.pk, source=one.source)
    listing = listings[case.listing_id].external_id if case.listing_id else ""
    return CaseOpened(
        case_id=case.pk, listing=listing, seller=sellers[case.seller_id].external_id, source=one.source
    )


def _rank(cases: Sequence[Case], *, at: datetime) -> None:
    """Write the priority of cases from all of their evidence, in two statements."""
    policy, calendar = policy_at(at)[Cases], calendar_at(at)
    pieces: dict[int, list[Piece]] = {case.pk: [] for case in cases}
    for row in Evidence.objects.filter(case__in=cases):
        pieces[row.case_id].append(Piece(row.source, row.score, row.amount))
    for case in cases:
        _apply(case, rank(pieces[case.pk], policy, calendar, opened_at=case.opened_at, at=at))
    Case.objects.bulk_update(
        cases, ["source", "priority", "priority_parts", "answer_by", "due_at"], batch_size=500
    )


def _apply(case: Case, ranking: Ranking) -> None:
    case.source = ranking.source
    case.priority = ranking.priority
    case.priority_parts = [
        {"code": part.code, "points": part.points, "value": part.value} for part in ranking.parts
    ]
    case.answer_by = ranking.answer_by
    case.due_at = ranking.changes_at


def rank_due_cases(*, at: datetime, limit: int = 200) -> int:
    """Rank again the cases whose clock has moved on; a case that is decided leaves the clock."""
    return work_off_together(Case, partial(_rank_again, at=at), at=at, batch=limit, timeout=TIMEOUT)


@transaction.atomic
def _rank_again(taken: Sequence[Case], *, at: datetime) -> Faults:
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    cases = rows.filter(pk__in=[case.pk for case in taken]).order_by("pk")
    _rank([case for case in cases if case.is_pending], at=at)
    return {}
