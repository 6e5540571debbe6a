"""The judge: every check over a batch of listings, a score, a verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from listings.judging.artefacts import Artefacts
from listings.judging.known import KnownSeller, known_sellers
from screening.checks.authorisation.find import TRADE, authorisation_signals, may_sell
from screening.checks.permit.find import Papers, permit_signals
from screening.checks.seller_history.find import history_signals, is_underpriced
from screening.images.match import image_signals
from screening.model.score import features_of
from screening.signal import Item, Signal
from screening.text.brands import brand_signals
from screening.text.language import language_signals
from screening.verdicts import LIVE, rules_met, state_of, verdict_of
from sellers.queries.needs import permits_held
from sellers.rules.permits import asked_for

Signals = list[list[Signal]]


@dataclass(frozen=True, slots=True)
class Shadow:
    """What the model in shadow would have said."""

    model: str
    score: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with everything that a person needs to check it; ``rules`` are those met, and whether each is live."""

    verdict: str
    score: float
    signals: tuple[Signal, ...]
    policy_version: str
    model_version: str
    rules: tuple[tuple[str, bool], ...] = ()
    shadow: Shadow | None = None

    @property
    def trades_on(self) -> str:
        return traded_on(self.signals)

    @property
    def is_underpriced(self) -> bool:
        return is_underpriced(self.signals)

    def as_json(self) -> dict[str, Any]:
        """The verdict as outsiders read it."""
        return {
            "verdict": self.verdict,
            "score": self.score,
            "signals": [as_json(signal) for signal in self.signals],
            "policy_version": self.policy_version,
            "model_version": self.model_version,
        }


@dataclass(frozen=True, slots=True)
class Batch:
    """What a check reads: the listings, what is known, and for each listing what the checks before have said."""

    items: Sequence[Item]
    known: Artefacts
    sellers: Mapping[str, KnownSeller]
    said: Signals
    at: datetime


def brands_named(batch: Batch) -> Signals:
    return brand_signals(batch.known.index, batch.items)


def words_of_fakes(batch: Batch) -> Signals:
    return language_signals(batch.items)


def odd_prices(batch: Batch) -> Signals:
    brands = [traded_on(said) for said in batch.said]
    found = batch.known.prices.outliers(batch.items, brands)
    return [[signal] if signal else [] for signal in found]


def known_pictures(batch: Batch) -> Signals:
    """By hashes; what these leave open is looked at again where everything else leaves a doubt."""
    known = batch.known
    found = image_signals(known.references, [item.pictures for item in batch.items])
    again = [place for place in _in_doubt(batch) if batch.items[place].pictures and not found[place]]
    if known.look is not None and again:
        looked = image_signals(known.references, [batch.items[place].pictures for place in again], known.look)
        for place, signals in zip(again, looked, strict=True):
            found[place] = signals
    return [
        [signal for signal in signals if not _is_owned(signal, item, batch)]
        for item, signals in zip(batch.items, found, strict=True)
    ]


def _is_owned(signal: Signal, item: Item, batch: Batch) -> bool:
    """Who may sell a brand may show its own pictures."""
    brand = batch.known.brands.get(signal.brand)
    is_official = signal.evidence["reference_kind"] == "official"
    return is_official and brand is not None and may_sell(item, brand, batch.sellers)


def _in_doubt(batch: Batch) -> list[int]:
    """The places of the listings that neither are harmless nor would be blocked without their pictures."""
    policy = batch.known.policy.section("screening")
    scores = batch.known.model.scores(features_of(batch.said)).tolist()
    low, high = policy["pictures"]["look_from"], policy["block_from"]
    return [place for place, score in enumerate(scores) if low <= score < high]


def missing_authorisation(batch: Batch) -> Signals:
    mentions = [[signal for signal in said if signal.kind == "brand_mention"] for said in batch.said]
    weights = batch.known.policy.section("screening")["authorisation_weights"]
    return authorisation_signals(batch.items, mentions, batch.known.brands, batch.sellers, weights)


def missing_permits(batch: Batch) -> Signals:
    wanted = batch.known.policy.section("permits")
    asked = {item.seller for item in batch.items if asked_for(item.category, wanted)} & batch.sellers.keys()
    ids = {name: batch.sellers[name].id for name in asked}
    held = permits_held(list(ids.values()), on=timezone.localdate(batch.at)) if ids else {}
    papers = {name: Papers(pk, held[pk]) for name, pk in ids.items()}
    return permit_signals(batch.items, wanted, papers)


def past_of_sellers(batch: Batch) -> Signals:
    return history_signals(batch.items, batch.said, batch.sellers)


# A check reads a batch and answers, for each listing, its signals. A new one: a folder beside these, and a line here.
CHECKS: tuple[Callable[[Batch], Signals], ...] = (
    brands_named,
    words_of_fakes,
    odd_prices,
    missing_authorisation,
    missing_permits,
    past_of_sellers,
    known_pictures,
)


def judge(
    items: Sequence[Item], known: Artefacts, *, at: datetime, faults: Sequence[Sequence[Signal]] = ()
) -> list[Judged]:
    """A verdict for each listing; ``faults`` are what reading its pictures already had to say."""
    if not items:
        return []
    sellers = known_sellers({item.seller for item in items}, at=at, apart_from=[item.id for item in items])
    batch = Batch(items, known, sellers, [list(said) for said in faults] or [[] for _ in items], at)
    for check in CHECKS:
        for said, more in zip(batch.said, check(batch), strict=True):
            said.extend(more)
    return _verdicts(batch)


def _verdicts(batch: Batch) -> list[Judged]:
    known, policy = batch.known, batch.known.policy.section("screening")
    rows = features_of(batch.said)
    scores = known.model.scores(rows).tolist()
    others = known.shadow.scores(rows).tolist() if known.shadow else [None] * len(scores)
    judged = []
    for said, score, other in zip(batch.said, scores, others, strict=True):
        met = rules_met(said, policy["rules"])
        shadow = None
        if known.shadow:
            shadow = Shadow(known.shadow.version, round(other, 4), verdict_of(said, other, policy, met))
        judged.append(
            Judged(
                verdict_of(said, score, policy, met),
                round(score, 4),
                tuple(said),
                known.policy.name,
                known.model.version,
                tuple((rule["name"], state_of(rule) == LIVE) for rule in met),
                shadow,
            )
        )
    return judged


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
