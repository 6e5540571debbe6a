"""Where a shop's money goes: a new account waits, and the old contact is told."""

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
from sellers.actions.links import LINKS, SellerTraits, note_traits
from sellers.actions.shops import lock_seller
from sellers.facts import (
    AboutPayoutAccount,
    PayoutAccountChanged,
    PayoutChangeCancelled,
    PayoutChangeRequested,
)
from sellers.models import PayoutAccount, Seller, SellerTrait
from sellers.rules.policy import Payouts

State = PayoutAccount.State
CLOCK = Actor("system", "clock")
TIMEOUT = timedelta(seconds=2)


@transaction.atomic
def request_payout_change(
    seller: Seller, *, bank: str, number: str, holder: str, at: datetime, actor: Actor
) -> PayoutAccount:
    """Ask to have the money paid elsewhere; it takes effect when the cooling-off has passed and nobody cancelled it."""
    lock_seller(seller.pk)
    if seller.payout_accounts.filter(state=State.COOLING).exists():
        raise Refused(
            _("A change of this account is already waiting. Cancel it first."), code="already_waiting"
        )
    hours = policy_at(at)[Payouts].cooling_hours
    account = PayoutAccount.objects.create(
        seller=seller,
        bank=bank,
        number=number,
        holder=holder,
        requested_by=str(actor),
        requested_at=at,
        effective_at=at + timedelta(hours=hours),
        due_at=at + timedelta(hours=hours),
    )
    _record_change(PayoutChangeRequested, account, at=at, actor=actor)
    _note_accounts(seller, at=at)
    return account


@transaction.atomic
def cancel_payout_change(account: PayoutAccount, *, at: datetime, actor: Actor) -> PayoutAccount:
    """Stop a change that waits: the money goes where it went."""
    lock_seller(account.seller_id)
    account = lock_row(PayoutAccount, account.pk)
    account.step(State.CANCELLED, due_at=None)
    _record_change(PayoutChangeCancelled, account, at=at, actor=actor)
    return account


def apply_due_payout_changes(*, at: datetime, limit: int = 50) -> int:
    """Let the changes take effect whose time has come; answers how many were taken."""
    return work_off(PayoutAccount, partial(_apply, at=at), at=at, batch=limit, timeout=TIMEOUT)


@transaction.atomic
def _apply(account: PayoutAccount, *, at: datetime) -> None:
    seller = lock_seller(account.seller_id)
    account = lock_row(PayoutAccount, account.pk)
    if account.state != State.COOLING:
        return
    for old in seller.payout_accounts.filter(state=State.ACTIVE):
        old.step(State.REPLACED, due_at=None)
    account.step(State.ACTIVE, due_at=None)
    _record_change(PayoutAccountChanged, account, at=at, actor=CLOCK)


def _note_accounts(seller: Seller, *, at: datetime) -> None:
    """Every account that the shop ever named, so that a twin is seen before money moves."""
    numbers = [account.number for account in seller.payout_accounts.all()]
    note_traits([SellerTraits(seller.pk, {SellerTrait.Kind.ACCOUNT: numbers})], at=at, actor=LINKS)


def _record_change(
    fact: type[AboutPayoutAccount], account: PayoutAccount, *, at: datetime, actor: Actor
) -> None:
    recorded = fact(
        payout_account_id=account.pk, seller=account.seller.external_id, seller_id=account.seller_id
    )
    record(recorded, about=account, at=at, actor=actor)
