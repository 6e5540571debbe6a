"""Mails to the people of a shop."""

from datetime import datetime

from django.conf import settings

from klean.core.mail import write_mail
from klean.core.models import Event, Role, User
from sellers.models import BrandAuthorisation


def tell_seller(event: Event, *, at: datetime) -> None:
    """Write once to everybody who acts for the shop what happened to its authorisation."""
    authorisation = BrandAuthorisation.objects.select_related("seller", "brand").get(
        pk=event.data["authorisation_id"]
    )
    if not authorisation.seller.organisation_id:
        return
    people = User.objects.filter(
        memberships__organisation=authorisation.seller.organisation_id,
        memberships__role=Role.SELLER,
        is_active=True,
    )
    happened = event.name.rpartition(".")[2]
    context = {
        "brand": authorisation.brand.name,
        "shop": authorisation.seller.name,
        "reasons": authorisation.reasons,
        "valid_until": authorisation.valid_until.isoformat(),
        "link": f"{settings.KLEAN_URL}/seller/authorisations/{authorisation.pk}",
    }
    for user in people.distinct():
        write_mail(
            key=f"authorisation {event.pk} {user.pk}", to=user.email, language=user.language,
            template=f"mail/sellers/{happened}.txt", context=context, at=at,
        )  # fmt: skip
