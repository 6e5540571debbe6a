"""Everything that belongs to a matter, found from its case."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision, Statement
from klean.core.events.chain import SealedEvent, sealed_events
from klean.core.events.models import Event
from klean.core.events.record import subject_of
from klean.core.files.models import StoredFile
from legal.models import Hold, Matter
from listings.models import Listing, ListingPicture
from mystery_shop.models import CustodyEvent, TestPurchase, Verdict
from refunds.models.claims import RefundClaim
from reports.models.notices import Notice
from sellers.models import BrandAuthorisation


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
    claims: list[RefundClaim]
    purchases: list[TestPurchase]
    custody: list[CustodyEvent]
    verdicts: list[Verdict]
    authorisations: list[BrandAuthorisation]

    @property
    def rows(self) -> list[Model]:
        one: list[Model] = [self.case, self.case.seller] if self.case else []
        judged = (*self.decisions, *self.statements, *self.appeals)
        bought = (*self.purchases, *self.custody, *self.verdicts)
        return [
            *one,
            *self.listings,
            *self.pictures,
            *judged,
            *self.notices,
            *self.claims,
            *bought,
            *self.authorisations,
        ]

    @property
    def named(self) -> list[tuple[str, int, str]]:
        """What each is called, its number, and its name or title, where it has one."""
        return [(str(row._meta.verbose_name), row.pk, _called(row)) for row in self.rows]

    def events(self) -> list[SealedEvent]:
        return sealed_events([subject_of(row) for row in self.rows])

    def recorded_events(self) -> QuerySet[Event]:
        return Event.objects.filter(subject__in=[subject_of(row) for row in self.rows]).order_by("id")

    def exhibit_files(self) -> list[StoredFile]:
        """What was seen of the exhibits: photos, videos, certificates, reports."""
        seen = [file for event in self.custody for file in (event.photo, event.video, event.certificate)]
        reports = [file for verdict in self.verdicts for file in (verdict.report, verdict.document)]
        shown = [picture.file for verdict in self.verdicts for picture in verdict.pictures.all()]
        return [file for file in (*seen, *reports, *shown) if file]


def _called(row: Model) -> str:
    names = (getattr(row, name, "") for name in ("title", "name", "reference", "puid"))
    return next((str(name) for name in names if name), "–")


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
        claims=list(RefundClaim.objects.filter(listing__in=listings).order_by("pk")),
        purchases=purchases,
        custody=list(
            CustodyEvent.objects.filter(purchase__in=purchases)
            .select_related("photo", "video", "certificate")
            .order_by("purchase", "number")
        ),
        verdicts=list(
            Verdict.objects.filter(purchase__in=purchases)
            .select_related("report", "document")
            .prefetch_related("pictures__file")
            .order_by("pk")
        ),
        authorisations=list(BrandAuthorisation.objects.filter(seller=case.seller).order_by("pk"))
        if case
        else [],
    )


def standing_holds(row: Model) -> list[Hold]:
    """The holds that keep this row: whoever erases or destroys asks here first."""
    holds = Hold.objects.filter(released_at=None).select_related(
        "matter__case__listing", "matter__case__seller"
    )
    subject = subject_of(row)
    return [hold for hold in holds if subject in {subject_of(kept) for kept in records_of(hold.matter).rows}]
