"""Mails to the people of a shop."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from klean.core.access.models import Role, User
from klean.core.events.models import Event
from klean.core.mail.deliveries import write_mails
from klean.core.mail.models import Mail
from klean.core.rows.texts import in_language, own_language
from sellers.models import BrandAuthorisation, PayoutAccount, SalesPermit, Seller


def notify_of_authorisation(authorisation_id: int, *, event: Event, at: datetime) -> None:
    """Write once to everybody who acts for the shop what happened to its authorisation."""
    authorisation = BrandAuthorisation.objects.select_related("seller", "brand").get(pk=authorisation_id)
    context = {
        "brand": authorisation.brand.name,
        "shop": authorisation.seller.name,
        "valid_until": authorisation.valid_until.isoformat(),
        "link": f"{settings.KLEAN_URL}/seller/authorisations/{authorisation.pk}",
    }
    mails = _mails(event, authorisation.seller, context, at=at)
    for mail in mails:
        mail.context = {**context, "reasons": in_language(authorisation.reasons, mail.language)}
    write_mails(mails)


def notify_of_business(seller_id: int, *, event: Event, at: datetime) -> None:
    """Write to the people of a shop what the tax office said of its business."""
    seller = Seller.objects.get(pk=seller_id)
    context = {"shop": seller.name, "link": f"{settings.KLEAN_URL}/seller/"}
    write_mails(_mails(event, seller, context, at=at))


def notify_of_permit(permit_id: int, *, event: Event, at: datetime) -> None:
    """Write to the people of a shop that a permit has run out, and with it the sale of what it stood for."""
    permit = SalesPermit.objects.select_related("seller").get(pk=permit_id)
    context = {
        "shop": permit.seller.name,
        "number": permit.number,
        "category": permit.category,
        "link": f"{settings.KLEAN_URL}/seller/{permit.seller_id}/permits",
    }
    write_mails(_mails(event, permit.seller, context, at=at))


def notify_of_payout(payout_account_id: int, *, event: Event, at: datetime) -> None:
    """Write to the shop's people and to its contact address: whoever has taken over one does not have all."""
    account = PayoutAccount.objects.select_related("seller").get(pk=payout_account_id)
    seller = account.seller
    context = {
        "shop": seller.name,
        "bank": account.bank,
        "ending": account.number[-4:],
        "effective_at": account.effective_at.isoformat(timespec="minutes"),
        "link": f"{settings.KLEAN_URL}/seller/{seller.pk}/payouts",
    }
    mails = _mails(event, seller, context, at=at)
    known = {mail.to.casefold() for mail in mails}
    if seller.contact_email and seller.contact_email.casefold() not in known:
        mails.append(_mail(event, "contact", seller.contact_email, own_language(), context, at=at))
    write_mails(mails)


def _mails(event: Event, seller: Seller, context: dict[str, Any], *, at: datetime) -> list[Mail]:
    return [_mail(event, str(user.pk), user.email, user.language, context, at=at) for user in _people(seller)]


def _mail(event: Event, who: str, to: str, language: str, context: dict[str, Any], *, at: datetime) -> Mail:
    """The mail that is named as its fact is: ``sellers.permit.expired`` is told by ``sellers/permit_expired.txt``."""
    app, _, happened = event.name.partition(".")
    template = f"mail/{app}/{happened.replace('.', '_')}.txt"
    key = f"{event.name.split('.')[1]} {event.pk} {who}"
    return Mail(key=key, to=to, language=language, template=template, context=context, due_at=at)


def _people(seller: Seller) -> Iterable[User]:
    if seller.organisation_id is None:
        return []
    acting = {"memberships__organisation": seller.organisation_id, "memberships__role": Role.SELLER}
    return User.objects.filter(is_active=True, **acting).distinct()
