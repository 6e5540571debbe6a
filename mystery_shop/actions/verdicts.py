"""What the exhibit is: one examines, another countersigns, and neither has bought it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.store import PICTURES, keep_file, keep_files
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from mystery_shop.actions.documents import document_of
from mystery_shop.facts import ReportFiled, ReportReturned, VerdictGiven
from mystery_shop.models import TestPurchase, Verdict, VerdictPicture, holds_for_penalty

State = TestPurchase.State


@dataclass(frozen=True, slots=True)
class Examination:
    """``examiner`` is the person's code in the body's own system, where a machine files for them."""

    finding: Verdict.Finding
    method: str
    reasons: str
    report: bytes | None = None
    pictures: Sequence[bytes] = ()
    examiner: str = ""


@transaction.atomic
def file_report(purchase: TestPurchase, examination: Examination, *, at: datetime, actor: Actor) -> Verdict:
    """File what an examiner found; it counts once somebody else has countersigned it."""
    purchase = lock_row(TestPurchase, purchase.pk)
    _refuse_the_shopper(purchase, actor)
    purchase.step(State.REPORT_FILED)
    verdict = Verdict.objects.create(
        purchase=purchase,
        finding=examination.finding,
        method=examination.method,
        reasons=examination.reasons,
        report=keep_file(examination.report, at=at) if examination.report else None,
        examiner=_hand(actor, examination.examiner),
        filed_at=at,
        is_usable=_is_sound(purchase),
    )
    kept = [keep_file(picture, at=at, allowed=PICTURES) for picture in examination.pictures]
    VerdictPicture.objects.bulk_create(
        VerdictPicture(verdict=verdict, number=number, file=file) for number, file in enumerate(kept, start=1)
    )
    record(ReportFiled(purchase_id=purchase.pk, verdict_id=verdict.pk), about=purchase, at=at, actor=actor)
    return verdict


def _hand(actor: Actor, code: str) -> str:
    """Whose hand signs: the person, or the person whom a machine of the body names."""
    return f"{actor} {code}".strip()


def _refuse_the_shopper(purchase: TestPurchase, actor: Actor) -> None:
    if purchase.shopper_id and actor.person_id == purchase.shopper_id:
        raise Refused(_("Whoever bought the exhibit does not examine it."), code="second_person")


def _is_sound(purchase: TestPurchase) -> bool:
    files = ("photo", "video", "certificate")
    return holds_for_penalty(list(purchase.custody.select_related(*files).order_by("number")))


@transaction.atomic
def give_verdict(purchase: TestPurchase, *, signer: str = "", at: datetime, actor: Actor) -> Verdict:
    """Countersign the report: from now on it counts, unusable for a penalty when the custody does not hold."""
    purchase, verdict = _filed(purchase)
    _refuse_the_shopper(purchase, actor)
    hand = _hand(actor, signer)
    if hand == verdict.examiner:
        raise Refused(_("Whoever filed a report does not countersign it."), code="second_person")
    purchase.step(State.JUDGED)
    verdict.countersigned_by, verdict.given_at, verdict.is_usable = hand, at, _is_sound(purchase)
    (verdict.document,) = keep_files([document_of(verdict)], at=at)
    verdict.save(update_fields=["countersigned_by", "given_at", "is_usable", "document"])
    fact = VerdictGiven(
        purchase_id=purchase.pk,
        verdict_id=verdict.pk,
        finding=verdict.finding,
        is_usable=verdict.is_usable,
        listing=purchase.listing.external_id,
        listing_id=purchase.listing_id,
        seller=purchase.seller.external_id,
        seller_id=purchase.seller_id,
        fee=purchase.programme.agreement.fee,
    )
    record(fact, about=purchase, at=at, actor=actor)
    return verdict


def _filed(purchase: TestPurchase) -> tuple[TestPurchase, Verdict]:
    purchase = lock_row(TestPurchase, purchase.pk)
    if purchase.state != State.REPORT_FILED:
        raise Refused(_("No report waits for a countersignature."), code="no_report")
    return purchase, purchase.verdict


@transaction.atomic
def return_report(purchase: TestPurchase, reason: str, *, at: datetime, actor: Actor) -> TestPurchase:
    """Send a report back to the examiner instead of countersigning it."""
    purchase, verdict = _filed(purchase)
    _refuse_the_shopper(purchase, actor)
    verdict.delete()
    purchase.step(State.OPENED, reason=reason)
    record(ReportReturned(purchase_id=purchase.pk), about=purchase, at=at, actor=actor)
    return purchase
