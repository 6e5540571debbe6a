"""Judging offers without storing them: the gate before publication, and whole files."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from listings.actions.pictures import Look, fault_signals, look_at
from listings.judging.artefacts import Artefacts, artefacts_at
from listings.judging.items import item_of_row
from listings.rules.rows import ListingRow
from screening.judge import Judged, judge


def judge_now(row: ListingRow, *, at: datetime) -> Judged:
    """The verdict on one offer; nothing is stored."""
    return judge_rows([row], artefacts_at(at), at=at)[0]


def judge_rows(rows: Sequence[ListingRow], known: Artefacts, *, at: datetime) -> list[Judged]:
    """The verdicts in the order of the rows; a picture that cannot be had makes its row one to review."""
    limits = known.policy.section("screening")["pictures"]
    links = [row.pictures[: limits["most"]] for row in rows]
    looks = iter(look_at([link for some in links for link in some], limits["max_bytes"]))
    seen = [[next(looks) for _ in some] for some in links]
    items = [
        item_of_row(row, [look.hashed for look in looked if look.hashed])
        for row, looked in zip(rows, seen, strict=True)
    ]
    return judge(items, known, at=at, faults=[fault_signals(_faults(looked)) for looked in seen])


def _faults(looked: Sequence[Look]) -> Iterator[tuple[int, str, str]]:
    for position, look in enumerate(looked):
        yield position, look.address, look.fault or look.not_now
