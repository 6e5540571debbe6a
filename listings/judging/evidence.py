"""Signals laid out for a person: text to mark, pictures to compare, a price on its range, facts to read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klean.core.templatetags.formats import won
from listings.models import ListingPicture
from sellers.models import Seller

KINDS = {
    "brand_mention": gettext_lazy("Brand named"),
    "counterfeit_language": gettext_lazy("Words of counterfeits"),
    "price_outlier": gettext_lazy("Unusual price"),
    "image_match": gettext_lazy("Known picture"),
    "authorisation": gettext_lazy("No authorisation"),
    "business_lapsed": gettext_lazy("Business not active"),
    "permit": gettext_lazy("Permit missing"),
    "seller_history": gettext_lazy("Seller's history"),
    "picture_unreadable": gettext_lazy("Picture cannot be read"),
}
DISGUISES = {
    "jamo": gettext_lazy("letters taken apart"),
    "homoglyph": gettext_lazy("look-alike letters"),
    "leet": gettext_lazy("digits for letters"),
    "typo": gettext_lazy("misspelt"),
    "masked": gettext_lazy("a letter hidden"),
    "separators": gettext_lazy("letters pulled apart"),
    "spacing": gettext_lazy("letters pulled apart"),
}
PAPERS = {"KC": gettext_lazy("a KC number"), "PERMIT": gettext_lazy("a sales permit")}
FIELDS = ("title", "description", "brand")
# What speaks about the listing itself; the rest speaks about the seller, or about a picture that nobody could look at.
SAYABLE = ("brand_mention", "counterfeit_language", "price_outlier", "image_match", "authorisation")
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture of the listing beside what it was matched with; ``reference`` is negative for a removed listing's."""

    picture: ListingPicture
    reference: int
    words: str
    region: list[float]

    @property
    def is_removed(self) -> bool:
        return self.reference < 0

    @property
    def number(self) -> int:
        return abs(self.reference)


@dataclass(slots=True)
class Evidence:
    """``spans`` marks the fields of the listing; ``notes`` are (kind, brand, strength in percent, words).

    ``reasons`` are the words that a decision against the listing may rest on.
    """

    spans: dict[str, list[Span]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    pairs: list[Pair] = field(default_factory=list)
    price: Mapping[str, Any] | None = None
    notes: list[tuple[str, str, int, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def evidence_of(signals: Iterable[Mapping[str, Any]], pictures: Sequence[ListingPicture]) -> Evidence:
    """What a run found, the strongest first."""
    found = Evidence()
    by_place = {picture.position: picture for picture in pictures}
    for signal in sorted(signals, key=lambda signal: -signal["value"]):
        said = signal["evidence"]
        words = str(KINDS.get(signal["kind"], signal["kind"]))
        if said.get("field") in FIELDS and signal["kind"] != "authorisation":
            found.spans[said["field"]].append((said["start"], said["end"], _label(signal)))
        if signal["kind"] == "image_match" and said["picture"] in by_place:
            found.pairs.append(_pair(signal, by_place[said["picture"]]))
        if signal["kind"] == "price_outlier":
            found.price = found.price or said
        found.notes.append((words, signal["brand"], round(100 * signal["value"]), _words(signal)))
        if signal["kind"] in SAYABLE:
            found.reasons.append(_words(signal))
    return found


def _label(signal: Mapping[str, Any]) -> str:
    return str(signal["brand"] or signal["evidence"].get("term") or KINDS[signal["kind"]])


def _pair(signal: Mapping[str, Any], picture: ListingPicture) -> Pair:
    said = signal["evidence"]
    return Pair(picture, said["reference_id"], said["reference"], said["region"])


def _words(signal: Mapping[str, Any]) -> str:
    """One sentence that says what was found and how to check it."""
    write = SENTENCES.get(signal["kind"])
    return write(signal["evidence"]) if write else ""


def _mention(said: Mapping[str, Any]) -> str:
    how = ", ".join(dict.fromkeys(str(DISGUISES.get(name, name)) for name in said["how"]))
    if how:
        return _("“%(text)s” reads as %(name)s (%(how)s).") % {
            "text": said["text"],
            "name": said["reads_as"],
            "how": how,
        }
    return _("“%(text)s” names it.") % {"text": said["text"]}


def _language(said: Mapping[str, Any]) -> str:
    return _("“%(text)s” is used for counterfeits.") % {"text": said.get("text", "")}


def _match(said: Mapping[str, Any]) -> str:
    named = {"number": said["picture"] + 1, "reference": said["reference"], "distance": said["distance"]}
    if said["method"] == "pdq":
        return _("Picture %(number)d matches %(reference)s (%(distance)s of 256 bits differ).") % named
    if said["method"] == "sha256":
        return _("Picture %(number)d is the same file as %(reference)s.") % named
    sure = {"percent": round(100 * (1 - said["distance"]))}
    return _("Part of picture %(number)d shows %(reference)s (%(percent)d%% sure).") % (named | sure)


def _price(said: Mapping[str, Any]) -> str:
    percent = round(100 * said["price"] / said["median"])
    named = {"price": won(said["price"]), "median": won(said["median"]), "percent": percent}
    return _("%(price)s, which is %(percent)d%% of the usual %(median)s.") % named


def _authorisation(said: Mapping[str, Any]) -> str:
    return _("The seller has no approved authorisation for this brand.")


def _history(said: Mapping[str, Any]) -> str:
    past = _("Standing: %(standing)s. Listings removed: %(removed)d. Days since joining: %(days)d.") % {
        "standing": Seller.Standing(said["standing"]).label,
        "removed": said["removed_listings"],
        "days": said["days_since_joined"],
    }
    if not said.get("underpriced_offers"):
        return past
    offers = _("Of %(branded)d offers under a brand, %(cheap)d are far below what such goods cost.") % {
        "branded": said["branded_offers"],
        "cheap": said["underpriced_offers"],
    }
    return f"{past} {offers}"


def _lapsed(said: Mapping[str, Any]) -> str:
    return _("The tax office says that the seller's business is suspended, closed or not registered.")


def _permit(said: Mapping[str, Any]) -> str:
    return _("%(category)s may be sold only with %(paper)s, which the seller has not shown.") % {
        "category": said["category"],
        "paper": PAPERS[said["missing"]],
    }


def _unreadable(said: Mapping[str, Any]) -> str:
    return _("Picture %(number)d: %(fault)s") % {"number": said["picture"] + 1, "fault": said["says"]}


SENTENCES = {
    "brand_mention": _mention,
    "counterfeit_language": _language,
    "price_outlier": _price,
    "image_match": _match,
    "authorisation": _authorisation,
    "seller_history": _history,
    "picture_unreadable": _unreadable,
    "business_lapsed": _lapsed,
    "permit": _permit,
}
