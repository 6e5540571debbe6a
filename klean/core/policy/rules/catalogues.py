"""Catalogues of a policy: codes with their words in each language, and the entry that a given reason means."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationInfo

from klean.core.policy.rules.sections import N_, fault, refuse

OTHER = "OTHER"

Text = Annotated[str, StringConstraints(min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]


def _speaks_each_language(words: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    """A new file speaks every language of the project; a stored one keeps those that it has."""
    needed = set((info.context or {}).get("languages", ()))
    refuse(
        fault(N_("the words in %(language)s are missing"), language=name)
        for name in sorted(needed - words.keys())
    )
    return words


Words = Annotated[Mapping[str, Text], Field(min_length=1), AfterValidator(_speaks_each_language)]


class Entry(BaseModel, frozen=True, extra="forbid"):
    """A code and what people read for it, by language."""

    code: Code = Field(title=N_("Code"))
    words: Words = Field(title=N_("Wording"))


E = TypeVar("E", bound=Entry)


def _names_each_code_once(entries: tuple[E, ...]) -> tuple[E, ...]:
    counts = Counter(entry.code for entry in entries)
    refuse(
        fault(N_("%(code)s is there twice"), place, "code", code=entry.code)
        for place, entry in enumerate(entries)
        if counts[entry.code] > 1
    )
    return entries


Catalogue = Annotated[tuple[E, ...], Field(min_length=1), AfterValidator(_names_each_code_once)]


def catalogued(given: dict[str, Any], codes: Collection[str]) -> tuple[str, str]:
    """The code and the explanation; words that are no code begin the explanation of OTHER."""
    code = "_".join(given["reason"].upper().split())
    if code in codes:
        return code, given["explanation"]
    return OTHER, "\n".join(filter(None, [given["reason"], given["explanation"]]))
