"""Whether a policy's section on screening can be worked with, before it is published."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from screening.verdicts import DRAFT, LIVE, ORDER, SHADOW

SHARES = ("review_from", "block_from", "corroborating_from")
COUNTS = ("corroboration", "hold_after_minutes")
OF_PICTURES = ("most", "max_bytes", "fresh_days")


def faults_of_screening(section: Any) -> list[str]:
    """What is wrong with ``[screening]``, each in words that name the place."""
    if not isinstance(section, Mapping):
        return ["[screening] is no table"]
    pictures = section.get("pictures")
    pictures = pictures if isinstance(pictures, Mapping) else {}
    faults = [
        f"[screening] {name} is no number from 0 to 1" for name in SHARES if not _is_share(section.get(name))
    ]
    faults += [
        f"[screening] {name} is no whole number" for name in COUNTS if type(section.get(name)) is not int
    ]
    faults += [
        f"[screening.pictures] {name} is no whole number"
        for name in OF_PICTURES
        if type(pictures.get(name)) is not int
    ]
    if not _is_share(pictures.get("look_from")):
        faults.append("[screening.pictures] look_from is no number from 0 to 1")
    return [*faults, *_faults_of_rules(section.get("rules"))]


def _faults_of_rules(rules: Any) -> list[str]:
    if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
        return ["[[screening.rules]] is missing"]
    names = Counter(str(rule.get("name", "")) for rule in rules)
    faults = [f"[[screening.rules]] {name!r} is there twice" for name, count in names.items() if count > 1]
    return [*faults, *(fault for rule in rules for fault in _faults_of_rule(rule))]


def _faults_of_rule(rule: Mapping[str, Any]) -> list[str]:
    place = f"[[screening.rules]] {rule.get('name', '')!r}"
    faults = [] if rule.get("name") else [f"{place} has no name"]
    if rule.get("verdict") not in ORDER[1:]:
        faults.append(f"{place} verdict is one of {', '.join(ORDER[1:])}")
    if rule.get("state", LIVE) not in (LIVE, SHADOW, DRAFT):
        faults.append(f"{place} state is one of {LIVE}, {SHADOW}, {DRAFT}")
    if not isinstance(rule.get("forbids", False), bool):
        faults.append(f"{place} forbids is true or false")
    needs = rule.get("needs")
    if not isinstance(needs, list) or not needs or not all(_is_need(need) for need in needs):
        faults.append(f"{place} needs tables with kind and at_least, a number from 0 to 1")
    return faults


def _is_need(need: Any) -> bool:
    return isinstance(need, Mapping) and isinstance(need.get("kind"), str) and _is_share(need.get("at_least"))


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
