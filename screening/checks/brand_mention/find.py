"""Which brands a listing names, and which of them it trades on."""

from collections.abc import Sequence

from screening.batch import Batch, Signals
from screening.signal import Item, Signal
from screening.text.brands import BrandIndex, Mention

NAME = "brand_mention"
TRADE = "trade"
# Ways of writing a name that honest sellers have no use for; others are slips, or how a name is commonly joined.
DELIBERATE = frozenset(
    {
        "homoglyph",
        "mathematical",
        "enclosed",
        "zero_width",
        "leet",
        "latin_jamo",
        "jamo",
        "masked",
        "mixed",
        "separators",
        "repeated",
    }
)


def find_brands(batch: Batch) -> Signals:
    return brand_signals(batch.known.index, batch.items)


def brand_signals(index: BrandIndex, items: Sequence[Item]) -> Signals:
    """For each item one signal a brand, from its strongest mention, most trusted first."""
    return [_signals_of(mentions) for mentions in index.mentions(items)]


def traded_on(signals: Sequence[Signal]) -> str:
    """The brand that a listing is sold under: the surest one that it names as its own; empty when there is none."""
    named = [signal for signal in signals if signal.kind == NAME and signal.evidence["use"] == TRADE]
    return max(named, key=_sureness).brand if named else ""


def is_disguised(mention: Signal) -> bool:
    """Whether the name was hidden on purpose."""
    return not DELIBERATE.isdisjoint(mention.evidence["how"])


def _signals_of(mentions: list[Mention]) -> list[Signal]:
    """The strongest mention of each brand as a signal."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        if mention.brand not in best or mention.confidence > best[mention.brand].confidence:
            best[mention.brand] = mention
    ranked = sorted(best.values(), key=lambda mention: -mention.confidence)
    return [Signal(NAME, one.confidence, _evidence_of(one), one.brand) for one in ranked]


def _evidence_of(mention: Mention) -> dict[str, object]:
    return {
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "reads_as": mention.reads_as,
        "how": list(mention.how),
        "use": mention.use,
    }


def _sureness(mention: Signal) -> tuple[float, bool, bool]:
    """Of equally sure mentions the one in the brand field wins, then the one that is spelt as the brand is."""
    evidence = mention.evidence
    is_exact = evidence["text"].casefold() == mention.brand.casefold()
    return mention.value, evidence["field"] == "brand", is_exact
