"""Everything that belongs to a matter, found from its case."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from enforcement.models import Appeal, Case, Decision, Statement
from klean.core.chain import SealedEvent, sealed_events
from klean.core.events import subject_of
from legal.models import Hold, Matter
from listings.models import Listing, ListingPicture
from mystery_shop.models import CustodyEvent, TestPurchase
from reports.models import Notice


def matters() -> QuerySet[Matter]:
    return Matter.objects.select_related("case__seller", "case__listing")


def matter_for(matter_id: int) -> Matter:
    return get_object_or_404(matters(), pk=matter_id)


@dataclass(frozen=True)
class Records:
    """The rows of one matter, each list in the order of its ids."""

    case: Case | None
    listings: list[Listing]
    pictures: list[ListingPicture]
    decisions: list[Decision]
    statements: list[Statement]
    appeals: list[Appeal]
    notices: list[Notice]
    purchases: list[TestPurchase]
    custody: list[CustodyEvent]

    @property
    def rows(self) -> list[Model]:
        one = [self.case] if self.case else []
        return [*one, *self.listings, *self.decisions, *self.appeals, *self.notices, *self.purchases]

    def events(self) -> list[SealedEvent]:
        return sealed_events([subject_of(row) for row in self.rows])


def records_of(matter: Matter) -> Records:
    case = matter.case
    listings = [case.listing] if case and case.listing else []
    purchases = list(TestPurchase.objects.filter(listing__in=listings).order_by("pk"))
    return Records(
        case=case,
        listings=listings,
        pictures=list(
            ListingPicture.objects.filter(listing__in=listings).select_related("file").order_by("pk")
        ),
        decisions=list(Decision.objects.filter(case=case).select_related("policy").order_by("pk"))
        if case
        else [],
        statements=list(Statement.objects.filter(decision__case=case).order_by("pk")) if case else [],
        appeals=list(Appeal.objects.filter(decision__case=case).order_by("pk")) if case else [],
        notices=list(Notice.objects.filter(items__listing__in=listings).distinct().order_by("pk")),
        purchases=purchases,
        custody=list(
            CustodyEvent.objects.filter(purchase__in=purchases)
            .select_related("photo")
            .order_by("purchase", "number")
        ),
    )


def standing_holds(row: Model) -> list[Hold]:
    """The holds that keep this row: whoever erases asks here first."""
    held = Hold.objects.filter(released_at=None).select_related(
        "matter__case__listing", "matter__case__seller"
    )
    subject = subject_of(row)
    return [hold for hold in held if subject in {subject_of(kept) for kept in records_of(hold.matter).rows}]
