"""Agreements, funds, and the programmes that spend them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.store import keep_file
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from mystery_shop.facts import AgreementConcluded, FundAllocated, ProgrammeOpened
from mystery_shop.models import Agreement, Fund, InspectionBody, Programme
from mystery_shop.models.programmes import THREE_YEARS


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says; the conflicts of interest in the body's own words."""

    scope: str
    fee: int
    starts_on: date
    ends_on: date
    conflict_of_interest: str
    accreditation: str = ""
    document: bytes | None = None


@transaction.atomic
def enter_agreement(organisation: Organisation, terms: Terms, *, at: datetime, actor: Actor) -> Agreement:
    """Enter what a body has agreed to; none without a word on conflicts of interest."""
    if not terms.conflict_of_interest.strip():
        raise Refused(
            _("Say what the body has declared about conflicts of interest, also when it is “none”."),
            code="conflict_of_interest",
        )
    _refuse_backwards(terms.starts_on, terms.ends_on)
    body, _is_new = InspectionBody.objects.get_or_create(
        organisation=organisation, defaults={"accreditation": terms.accreditation}
    )
    agreement = Agreement.objects.create(
        body=body,
        scope=terms.scope,
        fee=terms.fee,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        conflict_of_interest=terms.conflict_of_interest,
        document=keep_file(terms.document, at=at) if terms.document else None,
        entered_by=str(actor),
        entered_at=at,
    )
    record(
        AgreementConcluded(agreement_id=agreement.pk, body_id=body.pk), about=agreement, at=at, actor=actor
    )
    return agreement


def _refuse_backwards(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused(_("The last day lies before the first."), code="ends_on")


@transaction.atomic
def set_fund(
    name: str,
    purpose: Fund.Purpose,
    amount: int,
    starts_on: date,
    ends_on: date,
    *,
    at: datetime,
    actor: Actor,
) -> Fund:
    """Set money aside for at most three years."""
    _refuse_backwards(starts_on, ends_on)
    if ends_on > starts_on + THREE_YEARS:
        raise Refused(_("A fund runs for at most three years."), code="ends_on")
    if Fund.objects.filter(name=name).exists():
        raise Refused(_("There is a fund of this name already."), code="name")
    fund = Fund.objects.create(
        name=name, purpose=purpose, amount=amount, starts_on=starts_on, ends_on=ends_on
    )
    record(FundAllocated(fund_id=fund.pk, purpose=purpose, amount=amount), about=fund, at=at, actor=actor)
    return fund


@transaction.atomic
def open_programme(
    name: str,
    agreement: Agreement,
    fund: Fund,
    budget: int,
    starts_on: date,
    ends_on: date,
    *,
    at: datetime,
    actor: Actor,
) -> Programme:
    """Give a part of the fund to a programme whose term lies in the fund's and the agreement's."""
    fund = lock_row(Fund, fund.pk)
    _refuse_backwards(starts_on, ends_on)
    if fund.purpose != Fund.Purpose.MYSTERY_SHOP:
        raise Refused(_("This fund is for another purpose."), code="fund")
    for around, code in ((fund, "fund"), (agreement, "agreement")):
        if starts_on < around.starts_on or ends_on > around.ends_on:
            raise Refused(
                _("The programme's term does not lie within that of “%(around)s”.") % {"around": around},
                code=code,
            )
    if budget > unbudgeted(fund):
        raise Refused(_("The fund has less left than this budget."), code="fund_exceeded")
    if Programme.objects.filter(name=name).exists():
        raise Refused(_("There is a programme of this name already."), code="name")
    programme = Programme.objects.create(
        name=name, agreement=agreement, fund=fund, budget=budget, starts_on=starts_on, ends_on=ends_on
    )
    fact = ProgrammeOpened(
        programme_id=programme.pk, agreement_id=agreement.pk, fund_id=fund.pk, budget=budget
    )
    record(fact, about=programme, at=at, actor=actor)
    return programme


def unbudgeted(fund: Fund) -> int:
    """What no programme has been given yet, in won."""
    return fund.amount - int(fund.programmes.aggregate(won=Sum("budget"))["won"] or 0)
