"""What a role may do at the desk: which queues it works, what it decides there, what it orders besides."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enforcement.rules.parsing import unknown

SETTINGS = ("queues", "decides", "orders")


@dataclass(frozen=True, slots=True)
class Grant:
    """``queues`` are what brings cases in, ``decides`` severities and outcomes, ``orders`` further measures."""

    queues: frozenset[str] = frozenset()
    decides: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()
    emergencies: bool = False


def grant_of(section: Mapping[str, Any], roles: Iterable[str]) -> Grant:
    """All that these roles may do together; a role that the policy does not name may do nothing."""
    own = [section[role] for role in roles if role in section]

    def all_of(setting: str) -> frozenset[str]:
        return frozenset(name for row in own for name in row[setting])

    return Grant(
        queues=all_of("queues"),
        decides=all_of("decides"),
        orders=all_of("orders"),
        emergencies=any(row["emergencies"] for row in own),
    )


def faults_of_grants(section: Mapping[str, Any], known: Mapping[str, Collection[str]]) -> list[str]:
    """What is wrong with ``[cases.grants]``: ``known`` names the roles, and what each setting may hold."""
    strange = [role for role in section if role not in known["roles"]]
    if strange:
        return [f"cases.grants.{role}: no role of the desk ({', '.join(known['roles'])})" for role in strange]
    return [fault for role, row in section.items() for fault in _faults(f"cases.grants.{role}", row, known)]


def _faults(where: str, row: Any, known: Mapping[str, Collection[str]]) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield f"{where}: a [{where}] table is needed"
        return
    yield from unknown(where, row, {*SETTINGS, "emergencies"})
    if not isinstance(row.get("emergencies"), bool):
        yield f"{where}.emergencies: true or false"
    for setting in SETTINGS:
        named = row.get(setting)
        if not isinstance(named, list) or not set(named) <= set(known[setting]):
            yield f"{where}.{setting}: a list of some of {', '.join(known[setting])}"
