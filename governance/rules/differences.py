"""What differs between two policies, key by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """``before`` or ``after`` is "" where the key was not, or is no longer."""

    key: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        return "added" if not self.before else "removed" if not self.after else "changed"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every key whose value differs, in the order of the keys."""
    old, new = dict(leaves(before)), dict(leaves(after))
    return [
        Difference(key, old.get(key, ""), new.get(key, ""))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def leaves(value: Any, name: str = "") -> list[tuple[str, str]]:
    """The single values under dotted names; what stands in a list is told by its ``name`` or ``code``, else by its place."""
    if isinstance(value, Mapping):
        return [
            leaf for key, part in value.items() for leaf in leaves(part, f"{name}.{key}" if name else key)
        ]
    if isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        return [
            leaf
            for place, part in enumerate(value, 1)
            for leaf in leaves(part, f"{name}[{_called(part, place)}]")
        ]
    return [(name, _as_written(value))]


def _as_written(value: Any) -> str:
    """As the policy file writes it, without its quotes."""
    if isinstance(value, list):
        return ", ".join(map(_as_written, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _called(part: Any, place: int) -> str:
    found = (part.get("name") or part.get("code")) if isinstance(part, Mapping) else None
    return str(found or place)
