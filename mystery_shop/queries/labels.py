"""What screening learns from the examiners."""

from django.db.models import F, QuerySet

from listings.models import Listing
from mystery_shop.models import Verdict

Finding = Verdict.Finding


def verdict_labels() -> tuple[QuerySet[Listing], QuerySet[Listing]]:
    """Fakes and genuine goods by usable verdicts, each while its offer is the one that was bought."""
    given = Verdict.objects.exclude(given_at=None).filter(
        is_usable=True, purchase__listing__changed_at__lte=F("purchase__ordered_at")
    )
    fakes = given.filter(finding=Finding.COUNTERFEIT).values("purchase__listing")
    genuine = given.filter(finding=Finding.GENUINE).values("purchase__listing")
    listings = Listing.objects.all()
    return listings.filter(pk__in=fakes), listings.filter(pk__in=genuine).exclude(pk__in=fakes)
