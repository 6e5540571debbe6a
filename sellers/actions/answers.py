"""Letters to the people of a shop."""

from datetime import datetime

from klean.core.mail import write_mail
from klean.core.models import Event, Role, User
from sellers.models import BrandAuthorisation


def tell_seller(authorisation: BrandAuthorisation, event: Event, template: str, *, at: datetime) -> None:
    """Write once to everybody who acts for the shop."""
    people = User.objects.filter(
        memberships__organisation=authorisation.seller.organisation_id,
        memberships__organisation__isnull=False,
        memberships__role=Role.SELLER,
        is_active=True,
    )
    context = {
        "brand": authorisation.brand.name,
        "shop": authorisation.seller.name,
        "reasons": authorisation.reasons,
        "valid_from": authorisation.valid_from.isoformat(),
        "valid_until": authorisation.valid_until.isoformat(),
        "path": f"/seller/authorisations/{authorisation.pk}/",
    }
    for user in people.distinct():
        write_mail(
            key=f"{event.pk} {template} {user.pk}", to=user.email, language=user.language,
            template=f"mail/sellers/{template}.txt", context=context, at=at,
        )  # fmt: skip
