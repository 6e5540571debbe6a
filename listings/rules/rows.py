"""A row of a catalogue, checked: what it must hold, how long it may be, and what of it counts as its content."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

MAX_PICTURES = 20
MAX_CHARACTERS = {
    "id": 100,
    "seller_id": 100,
    "title": 500,
    "description": 20_000,
    "link": 2_000,
    "brand": 200,
    "category": 750,
}
CONDITIONS = ("new", "used", "refurbished")
ATTRIBUTES_BYTES = 20_000
LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class BadRow(ValueError):
    """``errors`` names each wrong field and says what would be right."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A sound row; ``price`` is in won, ``currency`` what it was given in."""

    external_id: str
    seller: str
    title: str
    description: str = ""
    link: str = ""
    brand: str = ""
    category: str = ""
    condition: str = ""
    price: int | None = None
    currency: str = "KRW"
    pictures: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def content_sha256(self) -> str:
        """The same for the same offer, whoever sends it and however often."""
        content = [getattr(self, name) for name in CONTENT]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


CONTENT = tuple(part.name for part in fields(ListingRow))


def text_of(value: Any, name: str, errors: dict[str, str], *, needed: bool = False) -> str:
    """The value as text without control characters; what is missing or too long goes to ``errors``."""
    if value is not None and not isinstance(value, str | int):
        errors[name] = "must be text"
        return ""
    text = LINES.sub(" ", str(value) if value is not None else "").strip()
    if needed and not text:
        errors[name] = "is required"
    elif len(text) > MAX_CHARACTERS[name]:
        errors[name] = f"has {len(text):,} characters; at most {MAX_CHARACTERS[name]:,} are accepted"
    elif any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        errors[name] = "is not valid Unicode text"
    return text


def pictures_of(value: Any, errors: dict[str, str]) -> tuple[str, ...]:
    """The addresses of the pictures, each once and in order."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        errors["image_link"] = "must be an address or a list of addresses"
        return ()
    if any(not isinstance(address, str) or len(address) > MAX_CHARACTERS["link"] for address in value):
        errors["image_link"] = f"each address is text of at most {MAX_CHARACTERS['link']:,} characters"
        return ()
    addresses = tuple(dict.fromkeys(address.strip() for address in value if address.strip()))
    if len(addresses) > MAX_PICTURES:
        errors["image_link"] = f"has {len(addresses)} pictures; at most {MAX_PICTURES} are accepted"
    return addresses


def attributes_of(value: Mapping[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    """What else the row says, kept as it came: text, numbers, and lists of those."""
    kept: dict[str, Any] = {}
    for name, item in value.items():
        if isinstance(item, list | tuple):
            kept[_plain(name)] = [_plain(part) for part in item if part not in (None, "")]
        elif isinstance(item, Mapping):
            errors[str(name)[:50]] = "must be text, a number or a list of those"
        elif item not in (None, ""):
            kept[_plain(name)] = _plain(item)
    if len(json.dumps(kept)) > ATTRIBUTES_BYTES:
        errors["attributes"] = f"unknown columns are kept up to {ATTRIBUTES_BYTES:,} bytes in all"
    return kept


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    text = LINES.sub(" ", str(value))
    return text.encode("utf-8", "replace").decode("utf-8")
