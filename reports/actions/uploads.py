"""Notices from a file: lines that agree in all but the listing become one notice, each line answered by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from brands.models import IPRight
from klean.core.access.models import Role, User
from klean.core.events.actors import Actor
from klean.core.importing.cells import BadRow, read_required_text, read_text
from klean.core.importing.feeds import Fault, Feed, FeedError
from klean.core.policy.queries import policy_at
from klean.core.rows.refusals import Refused
from klean.core.rows.validators import has_resident_number
from listings.queries.named import listings_named
from reports.actions.notices import Notifier, file_notice
from reports.queries.notices import faults_of_notice, rights_of
from reports.rules.notices import NoticeElements
from reports.rules.policy import Reports

MAX_LINES = 5000
YES = {"yes", "y", "true", "1", "예", "o"}


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    listing: str
    right: str
    reason: str
    explanation: str
    good_faith: bool

    @property
    def words(self) -> tuple[str, str, str, bool]:
        return self.right, self.reason, self.explanation, self.good_faith


@dataclass(slots=True)
class RowReport:
    """What became of each line: ``filed`` gives line, listing and tracking number, ``faults`` line and reason."""

    filed: list[tuple[int, str, str]] = field(default_factory=list)
    joined: list[tuple[int, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def file_rows(path: Path, *, by: User, at: datetime, actor: Actor) -> RowReport:
    """File what can be filed of a CSV file; refused as a whole only when it cannot be read or is too long."""
    report = RowReport()
    lines = _lines_of(path, report)
    rights = {
        right.number: right for right in rights_of(by.organisation_ids(Role.RIGHTS_HOLDER)) if right.number
    }
    limit = policy_at(at)[Reports].listings_per_notice
    groups: dict[tuple[str, str, str, bool], list[Line]] = {}
    for line in lines:
        groups.setdefault(line.words, []).append(line)
    for group in groups.values():
        for start in range(0, len(group), limit):
            _file_group(group[start : start + limit], rights, report, by=by, at=at, actor=actor)
    report.faults.sort(key=lambda fault: fault.line)
    return report


def _lines_of(path: Path, report: RowReport) -> list[Line]:
    found: list[Line] = []
    try:
        with Feed(
            path, required=["listing", "right", "reason", "explanation"], report=report.faults.append
        ) as feed:
            for batch in feed.batches():
                parsed = feed.parsed(batch, _parse)
                found += [Line(number, **row) for number, row in parsed]
                if len(found) > MAX_LINES:
                    raise Refused(_("A file can have up to 5,000 lines."), code="too_many_lines")
    except FeedError as fault:
        raise Refused(str(fault), code="unreadable_file") from fault
    return found


def _parse(row: dict[str, Any]) -> dict[str, Any]:
    explanation = read_text(row, "explanation", max_length=5000) or ""
    if has_resident_number(explanation):
        raise BadRow(
            _("This looks like a resident registration number. Klean never collects it: please take it out.")
        )
    return {
        "listing": read_required_text(row, "listing", max_length=2000),
        "right": read_required_text(row, "right", max_length=60),
        "reason": read_required_text(row, "reason", max_length=40).upper(),
        "explanation": explanation,
        "good_faith": (read_text(row, "good_faith", max_length=10) or "").lower() in YES,
    }


def _file_group(
    group: Sequence[Line],
    rights: dict[str, IPRight],
    report: RowReport,
    *,
    by: User,
    at: datetime,
    actor: Actor,
) -> None:
    first = group[0]
    right = rights.get(first.right)
    named = listings_named([line.listing for line in group])
    known = [line for line in group if line.listing in named]
    report.faults += [
        Fault(line.number, _("No listing found for “%(line)s”.") % {"line": line.listing[:100]})
        for line in group
        if line.listing not in named
    ]
    if not known:
        return
    elements = NoticeElements(
        notifier_type="RIGHTS_HOLDER",
        listings=len(known),
        reason=first.reason,
        explanation=first.explanation,
        has_right=right is not None,
        good_faith=first.good_faith,
    )
    faults = [f"{name}: {words}" for name, words in faults_of_notice(elements, at=at).items()]
    if faults or right is None:
        report.faults += [Fault(line.number, " ".join(faults)) for line in known]
        return
    notifier = Notifier.of(right.rights_holder.organisation, user=by, language=by.language)
    try:
        with transaction.atomic():
            filed = file_notice(
                [named[line.listing] for line in known],
                notifier,
                reason=first.reason,
                explanation=first.explanation,
                right=right,
                good_faith=True,
                at=at,
                actor=actor,
            )
    except Refused as refusal:
        report.faults += [Fault(line.number, str(refusal)) for line in known]
        return
    already = {listing.external_id for listing in filed.already_open}
    for line in known:
        listing = named[line.listing].external_id
        target = report.joined if listing in already else report.filed
        target.append((line.number, listing, filed.notice.reference))
