"""What a case shows to the person who decides it: signals, pictures, notices, and what each decision would do."""

from dataclasses import dataclass, field
from datetime import datetime

from enforcement.cases.models import Case
from enforcement.cases.queries.people import names_of
from enforcement.cases.queries.timeline import Moment, moments_of
from enforcement.decisions.models import Decision
from enforcement.sanctions.models import Sanction
from enforcement.sanctions.queries.ledgers import outlook_if
from enforcement.sanctions.queries.words import consequence_words, ladder_words
from enforcement.sanctions.rules.policy import Ladder
from enforcement.sanctions.rules.severities import SEVERITIES
from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import policy_at
from listings.judging.evidence import Findings, evidence_of
from listings.models import Listing, ListingPicture
from listings.queries.catalogue import pictures_of, verdict_screening
from refunds.models.claims import RefundClaim
from reports.models.notices import NoticeItem

MAX_ROWS = 20  # of each kind


@dataclass(slots=True)
class CasePage:
    """Everything of one case."""

    case: Case
    moments: list[Moment]
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
    decided_by: str = ""

    @property
    def action_words(self) -> list[str]:
        actions = self.decision.actions if self.decision else []
        return [str(Decision.Action(action).label) for action in actions]

    @property
    def suggestion(self) -> str:
        """Reasons to begin with: what the strongest signals say."""
        return " ".join(self.findings.reasons[:3]) if self.findings else ""


def case_page(case: Case, *, at: datetime) -> CasePage:
    """The case with everything that bears on it, in a fixed number of queries."""
    policy = policy_at(at)
    page = CasePage(
        case=case,
        policy=policy.name,
        ladder=ladder_words(policy[Ladder]),
        moments=moments_of(case),
        decision=case.decisions.exclude(state__in=("ANNULLED", "WITHDRAWN")).select_related("policy").first(),
        consequences=consequences(case.seller_id, policy, at=at) if case.is_pending else {},
        history=_history(case),
        sanctions=[row for row in case.seller.sanctions.order_by("-starts_at")[:MAX_ROWS] if row.is_live(at)],
    )
    if case.listing is not None:
        _add_listing(page, case.listing)
    if page.decision is not None:
        author = page.decision.decided_by
        page.decided_by = names_of([author]).get(author, "")
    return page


def _history(case: Case) -> list[Decision]:
    rows = Decision.objects.filter(seller=case.seller_id, in_force_at__isnull=False).exclude(case=case)
    rows = rows.select_related("violation", "case__listing")
    return list(rows.order_by("-decided_at")[:MAX_ROWS])


def consequences(seller_id: int, policy: PolicyVersion, *, at: datetime) -> dict[str, str]:
    """For each severity that the policy knows: what one more violation would do now."""
    tracks = policy[Ladder].tracks
    entries = outlook_if(seller_id, SEVERITIES, at=at, policy=policy)
    return {severity: consequence_words(entry, tracks[entry.track]) for severity, entry in entries.items()}


def _add_listing(page: CasePage, listing: Listing) -> None:
    screening = verdict_screening(listing)
    pictures = pictures_of(listing)
    page.pictures = [picture for picture in pictures if picture.file_id]
    page.findings = evidence_of(screening.signals if screening else [], pictures)
    items = NoticeItem.objects.filter(listing=listing).select_related(
        "notice__reporter", "notice__organisation", "counter"
    )
    page.notices = list(items.order_by("-pk")[:MAX_ROWS])
    page.claims = list(RefundClaim.objects.filter(listing=listing).order_by("-pk")[:MAX_ROWS])
