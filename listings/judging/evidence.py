"""Stored signals laid out for a person: text to mark, pictures to compare, a price on its range, sentences to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from klean.core.templatetags.formats import won
from listings.models import ListingPicture
from screening.checks.authorisation.find import NAME as AUTHORISATION
from screening.checks.authorisation.words import MissingAuthorisation
from screening.evidence import KnownPicture, MarkedText, PriceRange
from screening.stored import StoredSignal, read_stored
from screening.words import Value, in_words

FIELDS = ("title", "description", "brand")
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture of the listing beside what it was matched with; ``reference`` is negative for a removed listing's."""

    picture: ListingPicture
    reference: int
    words: str
    region: tuple[float, float, float, float]

    @property
    def is_removed(self) -> bool:
        return self.reference < 0

    @property
    def number(self) -> int:
        return abs(self.reference)


@dataclass(slots=True)
class Findings:
    """``spans`` marks the fields of the listing; ``notes`` are (kind, brand, strength in percent, words).

    ``reasons`` are the words that a decision against the listing may rest on.
    """

    spans: dict[str, list[Span]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    pairs: list[Pair] = field(default_factory=list)
    price: PriceRange | None = None
    notes: list[tuple[str, str, int, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def evidence_of(signals: Any, pictures: Sequence[ListingPicture]) -> Findings:
    """What a run found, as it was stored, the strongest first and in the reader's language."""
    findings = Findings()
    by_place = {picture.position: picture for picture in pictures}
    for signal in read_stored(signals):
        sentence = _words(signal.sentence)
        findings.notes.append((_words(signal.label), signal.brand, round(100 * signal.value), sentence))
        if signal.is_reason:
            findings.reasons.append(sentence)
        _show(signal, findings, by_place)
    return findings


def missing_authorisations(signals: Any) -> list[tuple[str, str]]:
    """Brands that the listing may not be sold under, each with the address where the seller asks for leave."""
    return [
        (signal.brand, _apply_at(signal)) for signal in read_stored(signals) if signal.kind == AUTHORISATION
    ]


def _show(signal: StoredSignal, findings: Findings, pictures: dict[int, ListingPicture]) -> None:
    """Add what a page can show of evidence of this class."""
    evidence = signal.evidence
    if isinstance(evidence, MarkedText):
        mark = signal.brand or evidence.mark or _words(signal.label)
        findings.spans[evidence.field].append((evidence.start, evidence.end, mark))
    elif isinstance(evidence, KnownPicture) and evidence.picture in pictures:
        picture = pictures[evidence.picture]
        findings.pairs.append(Pair(picture, evidence.reference_id, evidence.reference, evidence.region))
    elif isinstance(evidence, PriceRange):
        findings.price = findings.price or evidence


def _apply_at(signal: StoredSignal) -> str:
    if isinstance(signal.evidence, MissingAuthorisation):
        return signal.evidence.apply_at
    return reverse("sellers:create_authorisation")


def _words(value: Value) -> str:
    return in_words(value, gettext, won)
