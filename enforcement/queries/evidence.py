"""What a case shows to the person who decides it: signals, pictures, notices, and what each decision would do."""

from dataclasses import dataclass, field
from datetime import datetime

from enforcement.models import Case, CaseNote, Decision, Evidence, Sanction
from enforcement.queries.ledgers import ladder_of, outlook_if
from enforcement.queries.words import consequence_words, ladder_words
from klean.core.policy import policy_at
from listings.models import Listing, ListingPicture
from listings.queries import pictures_of, verdict_screening
from listings.screening.evidence import Evidence as Findings
from listings.screening.evidence import evidence_of
from reports.models import NoticeItem, RefundClaim

SHOWN = 20


@dataclass(slots=True)
class CasePage:
    """Everything of one case."""

    case: Case
    evidence: list[Evidence]
    notes: list[CaseNote]
    decision: Decision | None
    policy: str
    consequences: dict[str, str]
    ladder: list[tuple[str, list[tuple[str, str]]]]
    history: list[Decision]
    sanctions: list[Sanction]
    findings: Findings | None = None
    pictures: list[ListingPicture] = field(default_factory=list)
    notices: list[NoticeItem] = field(default_factory=list)
    claims: list[RefundClaim] = field(default_factory=list)

    @property
    def suggestion(self) -> str:
        """Reasons to begin with: what the strongest signals say."""
        notes = self.findings.notes if self.findings else []
        return " ".join(words for *_, words in notes[:3] if words)


def case_page(case: Case, *, at: datetime) -> CasePage:
    """The case with everything that bears on it, in a fixed number of queries."""
    policy = policy_at(at)
    page = CasePage(
        case=case,
        policy=policy.name,
        ladder=ladder_words(ladder_of(policy)),
        evidence=list(case.evidence.select_related("event").order_by("-pk")[:SHOWN]),
        notes=list(case.notes.select_related("author")),
        decision=case.decisions.exclude(state__in=("FALLEN", "WITHDRAWN")).first(),
        consequences=consequences(case.seller_id, at=at) if case.is_pending else {},
        history=_history(case),
        sanctions=[row for row in case.seller.sanctions.order_by("-starts_at")[:SHOWN] if row.is_live(at)],
    )
    if case.listing is not None:
        _look_into(page, case.listing)
    return page


def _history(case: Case) -> list[Decision]:
    rows = Decision.objects.filter(seller=case.seller_id, in_force_at__isnull=False).exclude(case=case)
    rows = rows.select_related("violation", "case__listing")
    return list(rows.order_by("-decided_at")[:SHOWN])


def consequences(seller_id: int, *, at: datetime) -> dict[str, str]:
    """For each severity that the policy knows: what one more violation would do now."""
    tracks = ladder_of(policy_at(at)).tracks
    entries = outlook_if(seller_id, Decision.Severity.values, at=at)
    return {severity: consequence_words(entry, tracks[entry.track]) for severity, entry in entries.items()}


def _look_into(page: CasePage, listing: Listing) -> None:
    screening = verdict_screening(listing)
    pictures = pictures_of(listing)
    page.pictures = [picture for picture in pictures if picture.file_id]
    page.findings = evidence_of(screening.signals if screening else [], pictures)
    items = NoticeItem.objects.filter(listing=listing).select_related(
        "notice__reporter", "notice__organisation"
    )
    page.notices = list(items.order_by("-pk")[:SHOWN])
    page.claims = list(RefundClaim.objects.filter(listing=listing).order_by("-pk")[:SHOWN])
