"""The custody chain of an exhibit: each entry holds the hash of the one before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

FIRST = ""


def entry_hash(entry: Mapping[str, Any], previous_hash: str) -> str:
    """SHA-256 over the entry as canonical JSON (sorted keys, no spaces, UTF-8), the previous hash included."""
    text = json.dumps(
        {**entry, "previous_hash": previous_hash}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(text: str, salt: str) -> str:
    """Stands for a text in the chain and tells nothing of it once the salt is gone."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def fault_of_chain(rows: Iterable[Mapping[str, Any]]) -> str:
    """The first fault of sealed rows in order, ``""`` when the chain is whole; a text that was erased is none."""
    expected = FIRST
    for place, row in enumerate(rows, start=1):
        entry, previous_hash, own_hash = row["entry"], row["previous_hash"], row["hash"]
        if entry["number"] != place:
            return f"entry {place} is missing"
        if previous_hash != expected:
            return f"entry {place} does not follow the one before it"
        if entry_hash(entry, previous_hash) != own_hash:
            return f"entry {place} was changed after it was sealed"
        for name, stored in row["said"].items():
            if commitment(stored["text"], stored["salt"]) != entry["texts"].get(name):
                return f"entry {place} was changed after it was sealed: {name}"
        expected = own_hash
    return ""


# What must have been recorded before the next entry makes sense, and where the exhibit stands after it.
ORDER: dict[str, tuple[frozenset[str], str]] = {
    "RECEIVED": (frozenset({"ORDERED", "SHIPPED"}), "RECEIVED"),
    "SEALED": (frozenset({"RECEIVED"}), "SEALED"),
    "DISPATCHED": (frozenset({"SEALED"}), "DISPATCHED"),
    "ARRIVED": (frozenset({"DISPATCHED"}), "AT_LAB"),
    "OPENED": (frozenset({"AT_LAB"}), "OPENED"),
}

# An exhibit that is examined, or will not be, is kept, lent and at last destroyed: after which entries each may come.
EXHIBIT_STATES = frozenset({"JUDGED", "NOT_EXAMINED", "CLOSED"})
EXHIBIT_AFTER: dict[str, frozenset[str]] = {
    "STORED": frozenset({"SEALED", "ARRIVED", "OPENED"}),
    "LOANED": frozenset({"STORED", "RETURNED"}),
    "RETURNED": frozenset({"LOANED"}),
    "DESTROYED": frozenset({"STORED", "RETURNED"}),
}


def state_after(kind: str, state: str, last_kind: str) -> str | None:
    """Where a purchase in ``state`` stands after this entry and the last one; None when it cannot be recorded there."""
    if kind in EXHIBIT_AFTER:
        return state if state in EXHIBIT_STATES and last_kind in EXHIBIT_AFTER[kind] else None
    allowed, after = ORDER[kind]
    return after if state in allowed else None


def is_usable(kinds: Iterable[str], seals_intact: Iterable[bool], fault: str) -> bool:
    """A verdict may lead to a penalty only when the whole way is recorded, sealed, and unbroken."""
    needed = {"RECEIVED", "SEALED", "DISPATCHED", "ARRIVED", "OPENED"}
    return not fault and needed <= set(kinds) and all(seals_intact)
