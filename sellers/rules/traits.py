"""How what two shops may share is written, so that the same thing is written alike."""

import re
import unicodedata
from collections.abc import Callable


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _phone(text: str) -> str:
    digits = _digits(text)
    return "0" + digits.removeprefix("82").removeprefix("0") if digits else ""


def _email(text: str) -> str:
    """Without what a mailbox ignores: the case, a ``+tag``, and Gmail's dots."""
    name, _, domain = text.strip().casefold().partition("@")
    name = name.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}" if name and domain else ""


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


NORMAL: dict[str, Callable[[str], str]] = {
    "BUSINESS_NUMBER": _digits,
    "ACCOUNT": _digits,
    "PHONE": _phone,
    "EMAIL": _email,
}
MIN_LENGTHS = {"ACCOUNT": 8, "PHONE": 9, "REPRESENTATIVE": 2, "ADDRESS": 8}


def normal_trait(kind: str, text: str) -> str:
    """The one way to write it, ``""`` when it is too short to tell anybody apart."""
    normal = NORMAL.get(kind, _plain)(text)
    return normal if len(normal) >= MIN_LENGTHS.get(kind, 1) else ""


def components(nodes: set[int], pairs: list[tuple[int, int]]) -> dict[int, int]:
    """For each node the least one that pairs lead to, itself when none does."""
    root = {node: node for node in nodes}

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return {node: find(node) for node in nodes}
