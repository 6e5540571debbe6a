"""Words of counterfeits in titles and descriptions."""

from collections.abc import Sequence

from screening.batch import Batch, Signals
from screening.signal import Item, Signal
from screening.text.brands import Mention
from screening.text.language import FIELDS, ready

NAME = "counterfeit_language"
HIDDEN = 0.1  # strength added when the word is disguised
STYLE = 0.6  # strength of a style mark after a brand's name


def find_language(batch: Batch) -> Signals:
    return language_signals(batch.items)


def language_signals(items: Sequence[Item], mentions: Sequence[Sequence[Mention]] = ()) -> Signals:
    """For each item one signal a term, strongest first; with the items' mentions also styles "of" a brand."""
    places = [
        (i, field, text) for i, item in enumerate(items) for field in FIELDS if (text := getattr(item, field))
    ]
    out: list[dict[str, Signal]] = [{} for _ in items]
    for index, term, start, end, how in ready().find([text for _, _, text in places]):
        item_index, field, text = places[index]
        if term.is_honest(items[item_index], text, start, end):
            continue
        value = min(1.0, term.strength + (HIDDEN if how else 0.0))
        signal = _signal_of(value, field, text, start, end, term.term, term.meaning, how)
        _keep_strongest(out[item_index], signal)
    for found, own in zip(out, mentions, strict=False):
        for mention in own:
            if mention.use == "passing_off":
                _keep_strongest(found, _style_of(mention))
    return [sorted(found.values(), key=lambda signal: -signal.value) for found in out]


def _keep_strongest(found: dict[str, Signal], signal: Signal) -> None:
    """Of each term the strongest signal stays."""
    term = signal.evidence["term"]
    if term not in found or found[term].value < signal.value:
        found[term] = signal


def _style_of(mention: Mention) -> Signal:
    """A brand's name used to say that the goods look like the brand's."""
    evidence = {
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "term": "~스타일",
        "meaning": "in the style of the brand named",
    }
    return Signal(NAME, STYLE, evidence, mention.brand)


def _signal_of(
    value: float, field: str, text: str, start: int, end: int, term: str, meaning: str, how: tuple[str, ...]
) -> Signal:
    """One piece of slang as a signal."""
    evidence = {
        "field": field,
        "start": start,
        "end": end,
        "text": text[start:end],
        "term": term,
        "meaning": meaning,
    }
    return Signal(NAME, round(value, 3), evidence | ({"how": list(how)} if how else {}))
