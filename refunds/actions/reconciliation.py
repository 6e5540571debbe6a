"""Every day's refunds beside the payment side's: what came late is booked, what differs stands for a person."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.queries import policy_at
from klean.core.policy.rules.calendar import Calendar
from klean.core.rows.locks import lock_name
from refunds.actions.payments import settle_payment
from refunds.facts.money import RefundsReconciled
from refunds.gateways.marketplace import GatewayDown
from refunds.gateways.payments import ListedRefund, RefundAnswer, is_refund_done, refunds_of
from refunds.models.claims import RefundPayment
from refunds.models.ledger import LedgerEntry, Posting
from refunds.models.reconciliation import Difference, Reconciliation

State, Kind = RefundPayment.State, Difference.Kind
DAYS_BACK = 7


def reconcile_days(*, at: datetime, actor: Actor) -> int:
    """Compare the last days that were not compared yet, oldest first; a silent payment side is asked next time."""
    today = policy_at(at)[Calendar].day_of(at)
    days = [today - timedelta(days=back) for back in range(DAYS_BACK, 0, -1)]
    done = set(Reconciliation.objects.filter(day__in=days).values_list("day", flat=True))
    waiting = [day for day in days if day not in done]
    try:
        for day in waiting:
            reconcile_refunds(day, at=at, actor=actor)
    except GatewayDown:
        return 0
    return len(waiting)


def reconcile_refunds(day: date, *, at: datetime, actor: Actor) -> Reconciliation:
    """Compare one day, again if it was compared before. Raises ``GatewayDown`` with nothing changed."""
    theirs = {one.key: one for one in refunds_of(day)}
    _book_late(theirs, at=at, actor=actor)
    ours = {str(payment.idempotency_key): payment for payment in _paid_on(day, policy_at(at)[Calendar].zone)}
    known = {str(payment.idempotency_key): payment for payment in _instructed(list(theirs))}
    found = [
        *_differences(theirs, known),
        # A refund near midnight may be the neighbour day's over there.
        *(
            Difference(kind=Kind.UNKNOWN_THERE, key=key, payment=payment, our_won=payment.amount)
            for key, payment in ours.items()
            if key not in theirs and not is_refund_done(key, payment.amount)
        ),
    ]
    return _write(day, {**known, **ours}, theirs, found, at=at, actor=actor)


def _paid_on(day: date, zone: ZoneInfo) -> list[RefundPayment]:
    start, end = (datetime.combine(one, time(), zone) for one in (day, day + timedelta(days=1)))
    return list(RefundPayment.objects.filter(state=State.PAID, paid_at__gte=start, paid_at__lt=end))


def _instructed(keys: list[str]) -> list[RefundPayment]:
    return list(RefundPayment.objects.filter(idempotency_key__in=[key for key in keys if _is_ours(key)]))


def _is_ours(key: str) -> bool:
    return len(key) == 36 and set(key) <= set("0123456789abcdef-")


def _book_late(theirs: dict[str, ListedRefund], *, at: datetime, actor: Actor) -> None:
    """What was paid under an answer that never reached us."""
    for payment in _instructed(list(theirs)):
        paid = theirs[str(payment.idempotency_key)]
        if payment.state == State.INSTRUCTED and payment.amount == paid.amount:
            settle_payment(payment, RefundAnswer(reference=paid.reference), at=at, actor=actor)


def _differences(theirs: dict[str, ListedRefund], known: dict[str, RefundPayment]) -> list[Difference]:
    found = []
    for key, paid in theirs.items():
        payment = known.get(key)
        kind = _kind(payment, paid)
        if kind:
            ours = payment.amount if payment and payment.state == State.PAID else 0
            found.append(Difference(kind=kind, key=key, payment=payment, our_won=ours, their_won=paid.amount))
    return found


def _kind(payment: RefundPayment | None, paid: ListedRefund) -> Difference.Kind | None:
    if payment is None:
        return Kind.UNKNOWN_HERE
    if payment.amount != paid.amount:
        return Kind.AMOUNT
    return None if payment.state == State.PAID else Kind.UNPAID_HERE


@transaction.atomic
def _write(
    day: date,
    ours: dict[str, RefundPayment],
    theirs: dict[str, ListedRefund],
    found: list[Difference],
    *,
    at: datetime,
    actor: Actor,
) -> Reconciliation:
    lock_name(f"reconciliation {day}")
    paid = [payment for key, payment in ours.items() if payment.state == State.PAID]
    # Matched refunds of a neighbour day count once, on the day on which the other side lists them.
    elsewhere = {str(one.payment.idempotency_key) for one in found if one.payment}
    paid = [
        one for one in paid if str(one.idempotency_key) in theirs or str(one.idempotency_key) in elsewhere
    ]
    booked = LedgerEntry.objects.filter(
        account=LedgerEntry.Account.PAID_OUT,
        posting__kind=Posting.Kind.PAID,
        posting__claim__payment__in=paid,
    ).aggregate(won=Sum("amount"))["won"]
    row, _is_new = Reconciliation.objects.update_or_create(
        day=day,
        defaults={
            "our_count": len(paid),
            "our_won": sum(one.amount for one in paid),
            "their_count": len(theirs),
            "their_won": sum(one.amount for one in theirs.values()),
            "booked_won": booked or 0,
            "compared_at": at,
        },
    )
    row.differences.all().delete()
    for one in found:
        one.reconciliation = row
    Difference.objects.bulk_create(found)
    fact = RefundsReconciled(
        day=day.isoformat(), our_won=row.our_won, their_won=row.their_won, differences=len(found)
    )
    record(fact, about=row, at=at, actor=actor)
    return row
