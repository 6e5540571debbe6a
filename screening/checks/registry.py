"""The list of checks. A new one is a folder here and its name in the list; docs/adding-a-check.md has the steps."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from screening.check import Check, Feature, Kind

NAMES = (
    "picture_unreadable",
    "brand_mention",
    "counterfeit_language",
    "price_outlier",
    "authorisation",
    "permit",
    "seller_history",
    "business_lapsed",
    "image_match",
)


def in_order(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks as listed, each after those that it needs, and those that run last at the end."""
    waiting = sorted(checks, key=lambda check: check.runs_last)
    done: dict[str, Check] = {}
    while waiting:
        ready = next((check for check in waiting if done.keys() >= set(check.needs)), None)
        if ready is None:
            names = ", ".join(f"{check.name} needs {', '.join(check.needs)}" for check in waiting)
            raise ValueError(f"no order fits: {names}")
        waiting.remove(ready)
        done[ready.name] = ready
    return tuple(done.values())


def _check(name: str) -> Check:
    check: Check = import_module(f"screening.checks.{name}.check").CHECK
    if check.name != name:
        raise ValueError(f"the check in the folder {name} calls itself {check.name}")
    return check


CHECKS = in_order([_check(name) for name in NAMES])
KINDS: dict[str, Kind[Any]] = {kind.name: kind for check in CHECKS for kind in check.kinds}
FEATURES: tuple[Feature, ...] = tuple(feature for kind in KINDS.values() for feature in kind.features)
