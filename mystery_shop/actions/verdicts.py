"""What the exhibit is."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.files import keep_file
from klean.core.holding import hold
from klean.core.refusals import Refused
from mystery_shop.facts import VerdictGiven
from mystery_shop.models import TestPurchase, Verdict, holds_for_penalty


@dataclass(frozen=True, slots=True)
class Examination:
    finding: Verdict.Finding
    method: str
    reasons: str
    report: bytes | None = None


@transaction.atomic
def give_verdict(purchase: TestPurchase, examination: Examination, *, at: datetime, actor: Actor) -> Verdict:
    """Say what the exhibit is. Never by who bought it; unusable for a penalty when its custody does not hold."""
    purchase = hold(TestPurchase, purchase.pk)
    if purchase.shopper_id and actor.person_id == purchase.shopper_id:
        raise Refused(_("Whoever bought the exhibit does not examine it."), code="second_person")
    report = keep_file(examination.report, at=at) if examination.report else None
    purchase.step(TestPurchase.State.JUDGED)
    custody = list(purchase.custody.select_related("photo").order_by("number"))
    verdict = Verdict.objects.create(
        purchase=purchase, finding=examination.finding, method=examination.method, reasons=examination.reasons,
        report=report, examiner=str(actor), given_at=at, is_usable=holds_for_penalty(custody),
    )  # fmt: skip
    fact = VerdictGiven(
        purchase_id=purchase.pk, verdict_id=verdict.pk, finding=verdict.finding, is_usable=verdict.is_usable,
        listing=purchase.listing.external_id, listing_id=purchase.listing_id,
        seller=purchase.seller.external_id, seller_id=purchase.seller_id,
    )  # fmt: skip
    record(fact, about=purchase, actor=actor)
    return verdict
