"""The judge: every check over a batch of listings, a score, a verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from listings.rules.verdicts import verdict_of
from listings.screening.artefacts import Artefacts
from listings.screening.authorisation.check import TRADE, authorisation_signals
from listings.screening.history.check import history_signals
from listings.screening.images.match import image_signals
from listings.screening.known import KnownSeller, known_sellers
from listings.screening.model.score import features_of
from listings.screening.signal import Item, Signal
from listings.screening.text.brands import brand_signals
from listings.screening.text.language import language_signals

Signals = list[list[Signal]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with everything that a person needs to check it."""

    verdict: str
    score: float
    signals: tuple[Signal, ...]
    policy_version: str
    model_version: str

    @property
    def trades_on(self) -> str:
        return traded_on(self.signals)

    def as_json(self) -> dict[str, Any]:
        """The verdict as outsiders read it."""
        return asdict(self) | {"signals": [as_json(signal) for signal in self.signals]}


@dataclass(frozen=True, slots=True)
class Batch:
    """What a check reads: the listings, what is known, and for each listing what the checks before have said."""

    items: Sequence[Item]
    known: Artefacts
    sellers: Mapping[str, KnownSeller]
    said: Signals


def brands_named(batch: Batch) -> Signals:
    return brand_signals(batch.known.index, batch.items)


def words_of_fakes(batch: Batch) -> Signals:
    return language_signals(batch.items)


def odd_prices(batch: Batch) -> Signals:
    brands = [traded_on(said) for said in batch.said]
    found = batch.known.prices.outliers(batch.items, brands)
    return [[signal] if signal else [] for signal in found]


def known_pictures(batch: Batch) -> Signals:
    return image_signals(batch.known.references, [item.pictures for item in batch.items])


def missing_authorisation(batch: Batch) -> Signals:
    mentions = [[signal for signal in said if signal.kind == "brand_mention"] for said in batch.said]
    weights = batch.known.policy.section("screening")["authorisation_weights"]
    return authorisation_signals(batch.items, mentions, batch.known.brands, batch.sellers, weights)


def past_of_sellers(batch: Batch) -> Signals:
    return history_signals(batch.items, batch.sellers)


# A check reads a batch and answers, for each listing, its signals. A new one: a folder beside these, and a line here.
CHECKS: tuple[Callable[[Batch], Signals], ...] = (
    brands_named,
    words_of_fakes,
    odd_prices,
    known_pictures,
    missing_authorisation,
    past_of_sellers,
)


def judge(
    items: Sequence[Item], known: Artefacts, *, at: datetime, faults: Sequence[Sequence[Signal]] = ()
) -> list[Judged]:
    """A verdict for each listing; ``faults`` are what reading its pictures already had to say."""
    if not items:
        return []
    sellers = known_sellers({item.seller for item in items}, at=at)
    batch = Batch(items, known, sellers, [list(said) for said in faults] or [[] for _ in items])
    for check in CHECKS:
        for said, more in zip(batch.said, check(batch), strict=True):
            said.extend(more)
    policy = known.policy.section("screening")
    scores = known.model.scores(features_of(batch.said)).tolist()
    return [
        Judged(
            verdict_of(said, score, policy),
            round(score, 4),
            tuple(said),
            known.policy.name,
            known.model.version,
        )
        for said, score in zip(batch.said, scores, strict=True)
    ]


def traded_on(said: Sequence[Signal]) -> str:
    """The brand that a listing is sold under: the surest one that it names as its own; empty when there is none."""
    named = [signal for signal in said if signal.kind == "brand_mention" and signal.evidence["use"] == TRADE]
    return max(named, key=_sureness).brand if named else ""


def _sureness(mention: Signal) -> tuple[float, bool, bool]:
    """Of equally sure mentions the one in the field for it wins, then the one that is spelt as the brand is."""
    said = mention.evidence
    return mention.value, said["field"] == "brand", said["text"].casefold() == mention.brand.casefold()


def as_json(signal: Signal) -> dict[str, Any]:
    """A signal as outsiders read it."""
    return {"kind": signal.kind, "brand": signal.brand, "value": signal.value, "evidence": signal.evidence}
