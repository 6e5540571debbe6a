"""Signals as they were stored, read back whatever version wrote them: the one place that copes with what is unknown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from screening.checks.registry import KINDS
from screening.evidence import Evidence
from screening.signal import Signal
from screening.words import Message, Value

LONGEST_VALUE = 200  # characters of a value that is shown as it is


@dataclass(frozen=True, slots=True)
class StoredSignal:
    """A signal for people: ``label`` and ``sentence`` are to be translated.

    ``evidence`` is None where no check finds the kind any more or the evidence is not what its check writes today:
    then the signal is its own name and values, and no reason for a decision.
    """

    kind: str
    brand: str
    value: float
    label: Value
    sentence: Value
    evidence: Evidence | None = None
    is_reason: bool = False


def read_stored(rows: Any) -> list[StoredSignal]:
    """Every stored signal, the strongest first."""
    found = [_read(row) for row in rows] if isinstance(rows, list) else []
    return sorted(found, key=lambda signal: -signal.value)


def read_signals(rows: Any) -> list[Signal]:
    """Those stored signals that can be weighed again."""
    return list(_weighable(rows)) if isinstance(rows, list) else []


def _weighable(rows: list[Any]) -> Iterator[Signal]:
    for row in rows:
        if isinstance(row, Mapping) and isinstance(row.get("kind"), str) and _is_number(row.get("value")):
            evidence = row.get("evidence")
            known = evidence if isinstance(evidence, Mapping) else {}
            yield Signal(row["kind"], row["value"], known, _text(row.get("brand")))


def _read(row: Any) -> StoredSignal:
    if not isinstance(row, Mapping):
        return StoredSignal("", "", 0.0, "–", _written(row))
    name, brand = _text(row.get("kind")), _text(row.get("brand"))
    value = min(1.0, max(0.0, row["value"])) if _is_number(row.get("value")) else 0.0
    kind, evidence = KINDS.get(name), row.get("evidence")
    if kind is None:
        return StoredSignal(name, brand, value, name or "–", _values_of(evidence))
    label = Message(kind.label)
    try:
        read = kind.evidence.model_validate(evidence)
    except ValidationError:
        return StoredSignal(name, brand, value, label, _values_of(evidence))
    return StoredSignal(name, brand, value, label, kind.sentence(read), read, kind.is_reason)


def _values_of(evidence: Any) -> str:
    if not isinstance(evidence, Mapping):
        return _written(evidence)
    return ", ".join(f"{name}: {_written(value)}" for name, value in evidence.items()) or "–"


def _written(value: Any) -> str:
    return "–" if value is None else str(value)[:LONGEST_VALUE]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
