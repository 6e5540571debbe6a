"""What happened in a case, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from enforcement.cases.models import Case, CaseAssignment, CaseNote, Evidence

MAX_ROWS = 50  # of each kind; a case with more is read from the event feed


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
    return Moment(capfirst(row.get_source_display()), row.joined_at, text=row.event.sentence)


def _of_assignment(row: CaseAssignment) -> Moment:
    if row.until <= row.assigned_at:
        return Moment(capfirst(row.get_ending_display()), row.assigned_at, str(row.user))
    until = f"{localtime(row.ended_at or row.until):%H:%M}"
    ending = row.get_ending_display() or _("ongoing")
    return Moment(
        _("Assigned"),
        row.assigned_at,
        str(row.user),
        _("until %(time)s: %(ending)s")
        % {
            "time": until,
            "ending": ending,
        },
    )


def _of_note(row: CaseNote) -> Moment:
    return Moment(_("Note"), row.written_at, str(row.author), row.text)
