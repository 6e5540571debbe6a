"""What a policy says in [cases] and [appeals], read once; what contradicts itself is refused by name."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from enforcement.rules.impact import Approval
from enforcement.rules.parsing import RUNGS, is_whole, not_above, unknown
from enforcement.rules.priority import Weights
from enforcement.rules.standing import SISTERS
from reports.rules.hours import Calendar

CASES = {
    "claim_minutes": 0,
    "undo_seconds": -1,
    "emergency_review_hours": 0,
    "second_review_percent": -1,
}
PRIORITY = {
    "per_repeat": -1,
    "most_for_repeats": -1,
    "score": -1,
    "won_per_point": 0,
    "most_for_money": -1,
    "soon_hours": -1,
    "soon": -1,
    "overdue": -1,
}
APPEALS = {"window_days": 0, "answer_hours": 0}


@dataclass(frozen=True, slots=True)
class Cases:
    """The section ``[cases]``; ``measures`` are how long the marketplace carries out what does not end with a sanction."""

    claim: timedelta
    undo: timedelta
    emergency_review: timedelta
    second_review_percent: int
    later_sisters: str
    approval: Approval
    measures: Mapping[str, timedelta]
    weights: Weights


@dataclass(frozen=True, slots=True)
class Appeals:
    """The section ``[appeals]``."""

    window: timedelta
    answer: timedelta


def cases_in(policy: Mapping[str, Any]) -> Cases:
    """Of the body of a policy that was checked when it was published."""
    section = policy["cases"]
    return Cases(
        claim=timedelta(minutes=section["claim_minutes"]),
        undo=timedelta(seconds=section["undo_seconds"]),
        emergency_review=timedelta(hours=section["emergency_review_hours"]),
        second_review_percent=section["second_review_percent"],
        later_sisters=section["later_sisters"],
        approval=Approval(**{**section["approval"], "rungs": frozenset(section["approval"]["rungs"])}),
        measures={name: timedelta(days=days) for name, days in section["measure_days"].items()},
        weights=_weights(section, policy),
    )


def _weights(section: Mapping[str, Any], policy: Mapping[str, Any]) -> Weights:
    numbers = dict(section["priority"])
    return Weights(
        calendar=Calendar.of(policy["calendar"]) if section["answers_in_business_hours"] else None,
        soon_before=timedelta(hours=numbers.pop("soon_hours")),
        answer={name: timedelta(hours=hours) for name, hours in section["answer_hours"].items()},
        **numbers,
    )


def appeals_in(policy: Mapping[str, Any]) -> Appeals:
    """Of the body of a policy that was checked when it was published."""
    section = policy["appeals"]
    return Appeals(timedelta(days=section["window_days"]), timedelta(hours=section["answer_hours"]))


def faults_of_appeals(section: Any) -> list[str]:
    """What is missing or cannot be, each beginning with the name of the setting."""
    return [*_numbers(section, "appeals", APPEALS), *unknown("appeals", section, set(APPEALS))]


def faults_of_cases(section: Any, sources: Collection[str]) -> list[str]:
    """What is missing or contradicts itself; ``sources`` are all that may bring a case in."""
    tables = ("approval", "measure_days", "answer_hours", "priority")
    missing = [name for name in tables if not isinstance(section.get(name), Mapping)]
    if missing:
        return [f"cases.{name}: a [cases.{name}] table is needed" for name in missing]
    return list(_faults(section, sources))


def _faults(section: Mapping[str, Any], sources: Collection[str]) -> Iterator[str]:
    known = {
        *CASES,
        "answers_in_business_hours",
        "later_sisters",
        "approval",
        "measure_days",
        "answer_hours",
        "priority",
        "grants",
    }
    yield from unknown("cases", section, known)
    yield from _numbers(section, "cases", CASES)
    if is_whole(percent := section.get("second_review_percent")) and percent > 100:
        yield "cases.second_review_percent: at most 100"
    if not isinstance(section.get("answers_in_business_hours"), bool):
        yield "cases.answers_in_business_hours: true or false"
    if section.get("later_sisters") not in ("", *SISTERS):
        yield f"cases.later_sisters: empty, or one of {', '.join(SISTERS)}"
    yield from _approval(section["approval"])
    yield from _numbers(
        section["measure_days"], "cases.measure_days", dict.fromkeys(section["measure_days"], 0)
    )
    yield from _of_each_source(section["answer_hours"], "cases.answer_hours", sources, 0)
    yield from _priority(section["priority"], section["answer_hours"], sources)


def _approval(table: Mapping[str, Any]) -> Iterator[str]:
    where = "cases.approval"
    yield from unknown(where, table, {"rungs", "money_from", "authorised_sellers"})
    yield from _numbers(table, where, {"money_from": 0})
    rungs = table.get("rungs")
    if not isinstance(rungs, list) or not set(rungs) <= set(RUNGS):
        yield f"{where}.rungs: a list of some of {', '.join(RUNGS)}"
    if not isinstance(table.get("authorised_sellers"), bool):
        yield f"{where}.authorised_sellers: true or false"


def _priority(
    table: Mapping[str, Any], answers: Mapping[str, Any], sources: Collection[str]
) -> Iterator[str]:
    where = "cases.priority"
    yield from unknown(where, table, {*PRIORITY, "source"})
    yield from _numbers(table, where, PRIORITY)
    yield from _of_each_source(table.get("source", {}), f"{where}.source", sources, -1)
    soon, overdue, hours = (table.get(name) for name in ("soon", "overdue", "soon_hours"))
    if is_whole(soon) and is_whole(overdue) and overdue < soon:
        yield f"{where}.overdue: {overdue} is less than {soon} of a case that is only due soon"
    shortest = min((row for row in answers.values() if is_whole(row)), default=None)
    if is_whole(hours) and shortest is not None and hours >= shortest:
        yield f"{where}.soon_hours: {hours} is not below {shortest}, the shortest of cases.answer_hours"


def _of_each_source(
    table: Mapping[str, Any], where: str, sources: Collection[str], above: int
) -> Iterator[str]:
    yield from unknown(where, table, set(sources))
    yield from _numbers(table, where, dict.fromkeys(sources, above))


def _numbers(table: Mapping[str, Any], where: str, least: Mapping[str, int]) -> Iterator[str]:
    for key, above in least.items():
        yield from not_above(table, where, key, above)
