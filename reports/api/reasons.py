"""A caller's reason: a code of the catalogue, or words of their own."""

from collections.abc import Collection
from typing import Any

OTHER = "OTHER"


def catalogued(given: dict[str, Any], codes: Collection[str]) -> tuple[str, str]:
    """The code and the explanation; words that are no code begin the explanation of OTHER."""
    code = "_".join(given["reason"].upper().split())
    if code in codes:
        return code, given["explanation"]
    return OTHER, "\n".join(filter(None, [given["reason"], given["explanation"]]))
