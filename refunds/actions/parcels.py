"""The parcel of a refunded claim: asked for, sent, received under seal, examined when chance or a person picks it."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.operations.due_work import work_off
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from refunds.actions.claim_facts import claim_fact
from refunds.actions.mails import mail_claimant
from refunds.facts.claims import ParcelExamined, ParcelStateChanged
from refunds.models.claims import RefundClaim
from refunds.models.parcels import ReturnParcel
from refunds.rules.policy import Refunds
from refunds.rules.sampling import is_sampled

State = ReturnParcel.State
TIMEOUT = timedelta(seconds=2)
RETURNS = Actor("system", "returns")


def request_parcel(claim: RefundClaim, *, at: datetime, actor: Actor) -> None:
    """Ask for the goods of a refund that is large enough; smaller ones stay with the buyer."""
    terms = policy_at(at)[Refunds].returns
    if (claim.amount or 0) < terms.waive_below:
        return
    until = at + timedelta(days=terms.return_within_days)
    parcel = ReturnParcel.objects.create(claim=claim, return_by=until, due_at=until)
    record(claim_fact(ParcelStateChanged, claim, state=parcel.state), about=parcel, at=at, actor=actor)


@transaction.atomic
def post_parcel(
    parcel: ReturnParcel, *, carrier: str, tracking_number: str, at: datetime, actor: Actor
) -> None:
    """The buyer has sent it; saying so again corrects the number."""
    parcel = lock_row(ReturnParcel, parcel.pk)
    sent = {"carrier": carrier, "tracking_number": tracking_number}
    if parcel.state == State.IN_TRANSIT:
        ReturnParcel.objects.filter(pk=parcel.pk).update(**sent)
        return
    parcel.step(State.IN_TRANSIT, **sent, due_at=max(parcel.return_by, at) + timedelta(days=14))
    record(claim_fact(ParcelStateChanged, parcel.claim, state=parcel.state), about=parcel, at=at, actor=actor)


@transaction.atomic
def receive_parcel(parcel: ReturnParcel, seal_number: str, *, at: datetime, actor: Actor) -> ReturnParcel:
    """The desk has it under seal; whether it is examined is drawn by its claim's number."""
    if ReturnParcel.objects.filter(seal_number=seal_number).exclude(pk=parcel.pk).exists():
        raise Refused(_("This seal number is already used for another parcel."), code="seal_used")
    parcel = lock_row(ReturnParcel, parcel.pk)
    parcel.step(State.RECEIVED, seal_number=seal_number, received_at=at, received_by=str(actor), due_at=None)
    claim = parcel.claim
    percent = policy_at(at)[Refunds].returns.examined_percent
    parcel.step(State.AUTHENTICATION if is_sampled(claim.reference, percent) else State.NOT_EXAMINED)
    record(claim_fact(ParcelStateChanged, claim, state=parcel.state), about=parcel, at=at, actor=actor)
    mail_claimant(claim, "parcel_received", at=at)
    return parcel


@transaction.atomic
def examine_parcel(
    parcel: ReturnParcel, finding: str, findings: str, *, at: datetime, actor: Actor
) -> ReturnParcel:
    """What the examination found; the refund stands whatever it says."""
    if finding not in ReturnParcel.FINDINGS or not findings.strip():
        raise Refused(_("Choose the finding and explain how you can tell."), code="findings_missing")
    parcel = lock_row(ReturnParcel, parcel.pk)
    if parcel.state == State.NOT_EXAMINED:
        parcel.step(State.AUTHENTICATION)
    parcel.step(finding, findings=findings, examined_at=at, examined_by=str(actor))
    record(claim_fact(ParcelExamined, parcel.claim, finding=finding), about=parcel, at=at, actor=actor)
    return parcel


def miss_due_parcels(*, at: datetime, limit: int = 100) -> int:
    """Parcels that never came: counted with the buyer's next claim, and nothing is taken back."""
    return work_off(ReturnParcel, partial(_miss, at=at), at=at, batch=limit, timeout=TIMEOUT)


@transaction.atomic
def _miss(parcel: ReturnParcel, *, at: datetime) -> None:
    parcel = lock_row(ReturnParcel, parcel.pk)
    if not parcel.may_step(State.NOT_RETURNED):
        return
    parcel.step(State.NOT_RETURNED, due_at=None)
    record(
        claim_fact(ParcelStateChanged, parcel.claim, state=parcel.state), about=parcel, at=at, actor=RETURNS
    )
