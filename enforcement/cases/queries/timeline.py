"""What happened in a case, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from enforcement.cases.models import Case, CaseAssignment, CaseNote, Evidence

MAX_ROWS = 50  # of each kind; a case with more is read from the event feed
EVENTS = {
    "enforcement.case.opened": _("Case opened"),
    "enforcement.evidence.added": _("More evidence joined a case"),
    "enforcement.case.assigned": _("Case assigned"),
    "enforcement.case.released": _("Case released"),
    "enforcement.case.escalated": _("Case escalated"),
    "enforcement.decision.issued": _("Decision issued"),
    "enforcement.decision.made": _("Decision made, not in force yet"),
    "enforcement.approval.requested": _("Decision waits for a second person"),
    "enforcement.decision.approved": _("A second person agreed"),
    "enforcement.decision.withdrawn": _("Decision taken back"),
    "enforcement.decision.annulled": _("Decision annulled"),
    "enforcement.measure.ordered": _("Marketplace asked to act"),
    "enforcement.measure.lifted": _("Marketplace asked to restore"),
    "enforcement.measure.expired": _("Measure ran out"),
    "enforcement.appeal_message.sent": _("Message in an appeal"),
    "enforcement.decision.partly_overturned": _("Appeal: decision made milder"),
    "enforcement.statement.issued": _("Statement of reasons sent"),
    "enforcement.sanction.imposed": _("Sanction imposed"),
    "enforcement.sanction.lifted": _("Sanction lifted"),
    "enforcement.sanction.expired": _("Sanction served"),
    "enforcement.appeal.filed": _("Appeal filed"),
    "enforcement.appeal.assigned": _("Appeal taken up"),
    "enforcement.decision.upheld": _("Appeal: the decision stands"),
    "enforcement.decision.overturned": _("Appeal: decision overturned"),
    "enforcement.batch.reversed": _("Batch taken back"),
    "listings.listing.flagged": _("Screening doubts the listing"),
    "listings.listing.held_for_review": _("A person has to look at the listing"),
    "mystery_shop.verdict.given": _("A test purchase was examined"),
    "reports.notice.filed": _("Reported"),
    "refunds.claim.refunded": _("A buyer was refunded"),
    "refunds.claim_surge.detected": _("Too many buyers asked for their money back"),
    "refunds.parcel.examined": _("A returned parcel was examined"),
    "reports.counter_notice.submitted": _("The seller answered a notice"),
    "reports.counter_notice.accepted": _("The rights holder accepted the seller's answer"),
    "reports.counter_notice.rejected": _("The rights holder rejected the seller's answer"),
    "reports.counter_notice.forfeited": _("The seller did not answer a notice"),
    "sellers.authorisation.found_forged": _("A document was forged"),
    "sellers.seller.registered": _("Shop registered"),
    "sellers.seller.changed": _("Shop's data changed"),
    "sellers.standing.changed": _("Standing changed"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when, who did it, and the case that it happened in, when that is not the one shown."""

    title: str
    at: datetime
    by: str = ""
    text: str = ""
    case: int | None = None


def moments_of(case: Case) -> list[Moment]:
    """The evidence that came in, to whom the case was assigned, and the notes of the team; the newest first."""
    evidence = case.evidence.select_related("event").order_by("-pk")[:MAX_ROWS]
    assignments = case.assignments.select_related("user").order_by("-pk")[:MAX_ROWS]
    notes = case.notes.select_related("author").order_by("-pk")[:MAX_ROWS]
    moments = [
        *(_of_evidence(row) for row in evidence),
        *(_of_assignment(row) for row in assignments),
        *(_of_note(row) for row in notes),
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _of_evidence(row: Evidence) -> Moment:
    words = _text("%(what)s (event %(number)d)") % {
        "what": event_words(row.event.name),
        "number": row.event_id,
    }
    return Moment(capfirst(row.get_source_display()), row.joined_at, text=words)


def _of_assignment(row: CaseAssignment) -> Moment:
    if row.until <= row.assigned_at:
        return Moment(capfirst(row.get_ending_display()), row.assigned_at, str(row.user))
    until = f"{localtime(row.ended_at or row.until):%H:%M}"
    ending = row.get_ending_display() or _text("running")
    return Moment(
        _text("Assigned"),
        row.assigned_at,
        str(row.user),
        _text("until %(time)s: %(ending)s")
        % {
            "time": until,
            "ending": ending,
        },
    )


def _of_note(row: CaseNote) -> Moment:
    return Moment(_text("Note"), row.written_at, str(row.author), row.text)


def event_words(name: str) -> str:
    """A fact that has no words here keeps its wire name."""
    return str(EVENTS.get(name, name))
