"""What happened, in words: in one case, and to one shop."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case, CaseClaim, CaseNote, Evidence, Rung
from enforcement.queries.people import names_of
from klean.core.events import subject_of
from klean.core.models import Event
from sellers.models import Seller

SHOWN = 50
OF_CASE = "enforcement.case:"
EVENTS = {
    "enforcement.case.opened": _("Case opened"),
    "enforcement.case.joined": _("More evidence joined a case"),
    "enforcement.case.claimed": _("Case taken in hand"),
    "enforcement.case.released": _("Case let go"),
    "enforcement.case.escalated": _("Case escalated"),
    "enforcement.decision.issued": _("Decision issued"),
    "enforcement.decision.made": _("Decision made, not in force yet"),
    "enforcement.decision.waits": _("Decision waits for a second person"),
    "enforcement.decision.approved": _("A second person agreed"),
    "enforcement.decision.withdrawn": _("Decision taken back"),
    "enforcement.decision.annulled": _("Decision annulled"),
    "enforcement.measure.ordered": _("Marketplace asked to act"),
    "enforcement.measure.lifted": _("Marketplace asked to restore"),
    "enforcement.measure.lapsed": _("Measure ran out"),
    "enforcement.appeal.answered": _("Message in an appeal"),
    "enforcement.appeal.partly": _("Appeal: decision made milder"),
    "enforcement.statement.issued": _("Statement of reasons sent"),
    "enforcement.sanction.imposed": _("Sanction imposed"),
    "enforcement.sanction.lifted": _("Sanction lifted"),
    "enforcement.sanction.lapsed": _("Sanction served"),
    "enforcement.appeal.filed": _("Appeal filed"),
    "enforcement.appeal.assigned": _("Appeal taken up"),
    "enforcement.appeal.upheld": _("Appeal: the decision stands"),
    "enforcement.appeal.overturned": _("Appeal: decision overturned"),
    "enforcement.batch.reversed": _("Batch taken back"),
    "listings.listing.flagged": _("Screening doubts the listing"),
    "listings.listing.held": _("A person has to look at the listing"),
    "mystery_shop.verdict.given": _("A test purchase was examined"),
    "reports.notice.filed": _("Reported"),
    "reports.claim.refunded": _("A buyer was refunded"),
    "reports.claims.alarmed": _("Too many buyers asked for their money back"),
    "reports.parcel.examined": _("A returned parcel was examined"),
    "reports.counter_notice.answered": _("The seller answered a notice"),
    "reports.counter_notice.accepted": _("The rights holder accepted the seller's answer"),
    "reports.counter_notice.rejected": _("The rights holder rejected the seller's answer"),
    "reports.counter_notice.forfeited": _("The seller did not answer a notice"),
    "sellers.authorisation.forged": _("A document was forged"),
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
    """What came in, who had the case in hand, and what the team wrote; the newest first."""
    evidence = case.evidence.select_related("event").order_by("-pk")[:SHOWN]
    claims = case.claims.select_related("user").order_by("-pk")[:SHOWN]
    notes = case.notes.select_related("author").order_by("-pk")[:SHOWN]
    moments = [
        *(_arrival(row) for row in evidence),
        *(_holding(row) for row in claims),
        *(_note(row) for row in notes),
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _arrival(row: Evidence) -> Moment:
    words = _text("%(what)s (event %(number)d)") % {
        "what": event_words(row.event.name),
        "number": row.event_id,
    }
    return Moment(capfirst(row.get_source_display()), row.joined_at, text=words)


def _holding(row: CaseClaim) -> Moment:
    if row.until <= row.claimed_at:
        return Moment(capfirst(row.get_ending_display()), row.claimed_at, str(row.user))
    until = f"{localtime(row.ended_at or row.until):%H:%M}"
    ending = row.get_ending_display() or _text("running")
    return Moment(
        _text("In hand"),
        row.claimed_at,
        str(row.user),
        _text("until %(time)s: %(ending)s")
        % {
            "time": until,
            "ending": ending,
        },
    )


def _note(row: CaseNote) -> Moment:
    return Moment(_text("Note"), row.written_at, str(row.author), row.text)


def timeline_of(seller: Seller) -> list[Moment]:
    """What happened to the seller and in its cases, newest first."""
    cases = Case.objects.filter(seller=seller).order_by("-pk").values_list("pk", flat=True)[:SHOWN]
    subjects = [subject_of(seller), *(f"{OF_CASE}{pk}" for pk in cases)]
    events = list(Event.objects.filter(subject__in=subjects).order_by("-id")[:SHOWN])
    names = names_of({event.actor for event in events})
    return [
        Moment(event_words(event.name), event.at, names.get(event.actor, ""), _said(event), _case_of(event))
        for event in events
    ]


def _said(event: Event) -> str:
    """What the fact says beyond its name: the rung, the listing, the two standings."""
    data = event.data
    parts = [
        str(Rung(data["rung"]).label) if data.get("rung") in Rung.values else "",
        f"{_standing(data['before'])} → {_standing(data['after'])}"
        if {"before", "after"} <= data.keys()
        else "",
        data.get("listing", ""),
    ]
    return " · ".join(part for part in parts if part)


def _standing(code: str) -> str:
    return str(Seller.Standing(code).label) if code in Seller.Standing.values else str(code)


def _case_of(event: Event) -> int | None:
    return int(event.subject.removeprefix(OF_CASE)) if event.subject.startswith(OF_CASE) else None


def event_words(name: str) -> str:
    """A fact that has no words here keeps its wire name."""
    return str(EVENTS.get(name, name))
