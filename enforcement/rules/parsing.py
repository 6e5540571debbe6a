"""Reading a ladder from a policy: every contradiction is refused by the name of the setting."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from enforcement.rules.ladder import Ladder, Severity, Step, Track

RUNGS = ("WARNING", "RESTRICTION", "SUSPENSION", "CLOSURE")
TIMED = frozenset({"RESTRICTION", "SUSPENSION"})
UNITS = ("points", "strikes")
LADDER_KEYS = {"preset", "memory_days", "zone", "tracks", "severities"}
TRACK_KEYS = {"unit", "cap_per_day", "bundle_days", "repeats", "steps"}
STEP_KEYS = {"reached", "rung", "days", "measures"}
SEVERITY_KEYS = {"track", "points", "first_is_free"}


class LadderFault(ValueError):
    """A ladder that contradicts itself; ``faults`` names each setting and what is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def ladder_from(section: Mapping[str, Any]) -> Ladder:
    """The ladder of a policy's ``[ladder]`` section."""
    if faults := faults_of_ladder(section):
        raise LadderFault(faults)
    return Ladder(
        memory=timedelta(days=section["memory_days"]),
        zone=ZoneInfo(section["zone"]),
        tracks={name: _track(name, body) for name, body in section["tracks"].items()},
        severities={name: Severity(name=name, **body) for name, body in section["severities"].items()},
        preset=section.get("preset", ""),
    )


def faults_of_ladder(section: Mapping[str, Any]) -> list[str]:
    """What contradicts itself or is missing, each beginning with the name of the setting."""
    return list(_faults(section))


def _track(name: str, body: Mapping[str, Any]) -> Track:
    bundle = body.get("bundle_days")
    return Track(
        name=name,
        steps=tuple(Step(**{**step, "measures": tuple(step.get("measures", ()))}) for step in body["steps"]),
        unit=body.get("unit", "points"),
        cap_per_day=body.get("cap_per_day"),
        bundle=None if bundle is None else timedelta(days=bundle),
        repeats=body.get("repeats", False),
    )


def _faults(section: Mapping[str, Any]) -> Iterator[str]:
    yield from unknown("ladder", section, LADDER_KEYS)
    yield from not_above(section, "ladder", "memory_days", 0)
    yield from _zone_faults(section)
    tracks, severities = section.get("tracks"), section.get("severities")
    yield from _bundle_faults(section, tracks)
    if not is_table_of_tables(tracks):
        yield "ladder.tracks: at least one [ladder.tracks.…] table is needed"
    if not is_table_of_tables(severities):
        yield "ladder.severities: at least one [ladder.severities.…] table is needed"
    if is_table_of_tables(tracks) and is_table_of_tables(severities):
        for name, body in tracks.items():
            yield from _track_faults(f"ladder.tracks.{name}", body)
        for name, body in severities.items():
            yield from _severity_faults(f"ladder.severities.{name}", body, tracks)


def _zone_faults(section: Mapping[str, Any]) -> Iterator[str]:
    try:
        ZoneInfo(str(section.get("zone", "")))
    except (ZoneInfoNotFoundError, ValueError):
        yield "ladder.zone: name a time zone such as Asia/Seoul, in which a day begins and ends"


def _bundle_faults(section: Mapping[str, Any], tracks: Any) -> Iterator[str]:
    memory = section.get("memory_days")
    for name, body in tracks.items() if is_table_of_tables(tracks) else ():
        bundle = body.get("bundle_days")
        if is_whole(bundle) and is_whole(memory) and 2 * bundle > memory:
            yield f"ladder.tracks.{name}.bundle_days: {bundle} is more than half of memory_days, {memory}"


def _track_faults(where: str, body: Mapping[str, Any]) -> Iterator[str]:
    yield from unknown(where, body, TRACK_KEYS)
    if body.get("unit", "points") not in UNITS:
        yield f"{where}.unit: one of {', '.join(UNITS)}"
    for key in ("cap_per_day", "bundle_days"):
        if key in body:
            yield from not_above(body, where, key, 0)
    steps = body.get("steps") or []
    if not steps:
        yield f"{where}.steps: at least one step is needed"
    if body.get("repeats") and len(steps) != 1:
        yield f"{where}.repeats: a track that repeats has exactly one step"
    for place, step in enumerate(steps):
        yield from _step_faults(f"{where}.steps[{place}]", step)
    if all(is_whole(step.get("reached")) and step.get("rung") in RUNGS for step in steps):
        yield from _climb_faults(where, steps)


def _step_faults(where: str, step: Mapping[str, Any]) -> Iterator[str]:
    yield from unknown(where, step, STEP_KEYS)
    yield from not_above(step, where, "reached", 0)
    rung = step.get("rung")
    if rung not in RUNGS:
        yield f"{where}.rung: one of {', '.join(RUNGS)}"
    elif rung in TIMED:
        yield from not_above(step, where, "days", 0)
    elif "days" in step:
        yield f"{where}.days: a {rung} has no days of its own"
    measures = step.get("measures", [])
    if not isinstance(measures, list) or not all(isinstance(name, str) for name in measures):
        yield f"{where}.measures: a list of names such as deposit is needed"


def _climb_faults(where: str, steps: list[Mapping[str, Any]]) -> Iterator[str]:
    """Totals rise from step to step, and the rungs with them; a warning may stand before any of them."""
    for place, (lower, upper) in enumerate(pairwise(steps), start=1):
        if upper["reached"] <= lower["reached"]:
            yield (
                f"{where}.steps[{place}].reached: {upper['reached']} is not above {lower['reached']} of the step before it"
            )
        if lower["rung"] == "CLOSURE":
            yield f"{where}.steps[{place}]: nothing follows a CLOSURE"
    grave = [(place, step) for place, step in enumerate(steps) if step["rung"] != "WARNING"]
    for (_place, lower), (place, upper) in pairwise(grave):
        yield from _milder_faults(f"{where}.steps[{place}]", lower, upper)


def _milder_faults(here: str, lower: Mapping[str, Any], upper: Mapping[str, Any]) -> Iterator[str]:
    if RUNGS.index(upper["rung"]) < RUNGS.index(lower["rung"]):
        yield f"{here}.rung: {upper['rung']} is milder than {lower['rung']} of the step before it"
    before, days = lower.get("days"), upper.get("days")
    if upper["rung"] == lower["rung"] and is_whole(before) and is_whole(days) and days < before:
        yield f"{here}.days: {days} is shorter than {before} of the step before it"


def _severity_faults(
    where: str, body: Mapping[str, Any], tracks: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    yield from unknown(where, body, SEVERITY_KEYS)
    yield from not_above(body, where, "points", 0)
    track = tracks.get(body.get("track", ""))
    points, cap = body.get("points"), (track or {}).get("cap_per_day")
    if track is None:
        yield f"{where}.track: {body.get('track')!r} is none of the tracks {', '.join(tracks)}"
    elif is_whole(points) and is_whole(cap) and points > cap:
        yield f"{where}.points: {points} can never count, the track's cap_per_day is {cap}"


def unknown(where: str, body: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    """A fault for each setting that nothing reads."""
    for key in sorted(body.keys() - known):
        yield f"{where}.{key}: unknown setting"


def not_above(body: Mapping[str, Any], where: str, key: str, least: int) -> Iterator[str]:
    """A fault unless the setting is a whole number above this."""
    value = body.get(key)
    if not is_whole(value) or value <= least:
        yield f"{where}.{key}: a whole number above {least} is needed"


def is_table_of_tables(value: Any) -> TypeGuard[Mapping[str, Mapping[str, Any]]]:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(body, Mapping) for body in value.values())
    )


def is_whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
