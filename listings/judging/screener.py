"""The engine in each process, with what it compares listings with, loaded again when the database has a new version."""

import gc
import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from brands.models import Brand, ReferenceImage
from brands.queries import list_prices
from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import policy_at
from listings.judging.known import known_brands
from listings.judging.secondary_match import load_secondary_match
from listings.models import Bank, Listing, ListingPicture, PriceLevel, PriceStatistics, ScreeningModel
from screening.images.match import Reference, ReferenceKind, References
from screening.known import Known, KnownBrand
from screening.model.score import ScoreModel, shipped
from screening.policy import SECTIONS, Policy
from screening.price.book import PriceBook, listed_of
from screening.price.levels import START, Levels
from screening.screener import Screener
from screening.text.brands import BrandIndex
from screening.text.names import BrandName

Kept = TypeVar("Kept")
KIND_OF: dict[str, ReferenceKind] = {
    "OFFICIAL": "official",
    "COUNTERFEIT": "counterfeit",
    "GENUINE": "genuine",
}
QUICK_SECONDS = 0.5  # a load that takes longer is not done again at once
REST_FACTOR = 4  # after such a load, at least this many times as long passes until the next


class _Cache(Generic[Kept]):
    """One bank: its content at a version."""

    def __init__(self, load: Callable[[Kept | None], Kept]) -> None:
        self.load, self.lock = load, Lock()
        self.kept: Kept | None = None
        self.version, self.rests_until = -1, 0.0

    def at(self, version: int) -> Kept:
        with self.lock:
            if self.kept is None or (self.version != version and time.monotonic() >= self.rests_until):
                started = time.monotonic()
                self.kept = self.load(self.kept)
                self.version = version
                gc.freeze()  # hundreds of thousands of small objects that no later collection need walk through
                took = time.monotonic() - started
                self.rests_until = time.monotonic() + (REST_FACTOR * took if took > QUICK_SECONDS else 0)
            return self.kept


def screener_at(at: datetime) -> Screener:
    """The engine with what the database knows now, or knew moments ago; two small queries when nothing changed."""
    versions = dict(Bank.objects.values_list("name", "version"))
    model, shadow = _MODEL.at(versions.get("model", 0))
    index, brands = _BRANDS.at(versions.get("brands", 0))
    references = _REFERENCES.at(versions.get("references", 0))
    prices = _PRICES.at(versions.get("prices", 0))
    secondary_match = _SECONDARY_MATCH.at(versions.get("references", 0))[0]
    known = Known(index, brands, references, prices, secondary_match)
    return Screener(known, engine_policy(policy_at(at)), model, shadow)


def engine_policy(version: PolicyVersion) -> Policy:
    """The engine's sections of a published policy."""
    return Policy(version.name, {name: version[model] for name, model in SECTIONS.items()})


def _load_brands(_: object) -> tuple[BrandIndex, dict[str, KnownBrand]]:
    rows = Brand.objects.values_list("name", "korean_name", "aliases", "category", "country", "protection")
    names = [
        BrandName(name, korean, tuple(aliases), category, country, protection.lower())
        for name, korean, aliases, category, country, protection in rows.iterator(5000)
    ]
    return BrandIndex.build(names), known_brands()


def _load_references(before: References | None) -> References:
    """Only what is new is read where nothing has gone."""
    official = ReferenceImage.objects.filter(retired_at=None, hash__isnull=False)
    removed = ListingPicture.objects.filter(listing__state=Listing.State.REMOVED, replaced_at=None).exclude(
        hash=b""
    )
    now = {pk for (pk,) in official.values_list("pk")} | {-pk for (pk,) in removed.values_list("pk")}
    known = set(before.rows) if before else set()
    if before and known <= now:
        official = official.filter(pk__in=[pk for pk in now - known if pk > 0])
        removed = removed.filter(pk__in=[-pk for pk in now - known if pk < 0])
    else:
        before = None
    rows = [
        Reference(
            pk,
            brand,
            KIND_OF[kind],
            label or f"reference {pk}",
            bytes(bits or b""),
            quality or 0,
            bytes.fromhex(sha256),
        )
        for pk, brand, kind, label, bits, quality, sha256 in official.values_list(
            "pk", "brand__name", "kind", "label", "hash", "quality", "sha256"
        ).iterator(5000)
    ] + [
        Reference(-pk, "", "removed", f"removed listing {listing}", bytes(bits), quality, bytes(sha256))
        for pk, listing, bits, quality, sha256 in removed.values_list(
            "pk", "listing__external_id", "hash", "quality", "sha256"
        ).iterator(5000)
    ]
    return before.added(rows) if before else References.build(rows)


def _load_prices(_: object) -> PriceBook:
    names = "brand", "category", "condition", "market", "middle", "spread", "rows"
    kept = PriceStatistics.objects.values_list(*names).iterator(5000)
    groups = {
        (brand, category, condition, market): tuple(rest)
        for brand, category, condition, market, *rest in kept
    }
    effects = dict(PriceLevel.objects.values_list("feature", "effect").iterator(5000))
    levels = Levels(effects.pop("", START), effects)
    return PriceBook(levels, groups, listed_of(list_prices()))


def _load_model(_: object) -> tuple[ScoreModel, ScoreModel | None]:
    """The one that scores, and the one in shadow."""
    row = ScreeningModel.objects.filter(promoted_at__isnull=False).order_by("-promoted_at").first()
    other = ScreeningModel.objects.filter(shadow_since__isnull=False).first()
    return (
        ScoreModel.read(row.artefact, row.sha256) if row else shipped(),
        ScoreModel.read(other.artefact, other.sha256) if other else None,
    )


_BRANDS = _Cache(_load_brands)
_REFERENCES = _Cache(_load_references)
_PRICES = _Cache(_load_prices)
_MODEL = _Cache(_load_model)
_SECONDARY_MATCH = _Cache(load_secondary_match)
