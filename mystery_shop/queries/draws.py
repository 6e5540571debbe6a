"""The catalogue as strata, in the order that a plan's seed gives it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import BitXor
from django.db.models import BigIntegerField, BinaryField, Case, Count, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from listings.models import Listing
from mystery_shop.models import Programme, SamplingPlan, Stratum, TestPurchase
from mystery_shop.queries.money import money_of


class _Digest(Func):
    """The SHA-256 of a text, as Python's ``hashlib.sha256(text.encode()).digest()``."""

    template = "sha256(convert_to(%(expressions)s, 'UTF8'))"
    output_field = BinaryField()


class _Number(Func):
    """A text as a number; many of them, by exclusive or, are one number for the set."""

    template = "hashtextextended(%(expressions)s, 0)"
    output_field = BigIntegerField()


def belongs_to(stratum: Stratum) -> Q:
    wanted = Q()
    if stratum.brand:
        wanted &= Q(trades_on=stratum.brand)
    if stratum.category:
        wanted &= Q(category__startswith=stratum.category)
    if stratum.price_from is not None:
        wanted &= Q(price__gte=stratum.price_from)
    if stratum.price_below is not None:
        wanted &= Q(price__lt=stratum.price_below)
    return wanted


def frame_of(plan: SamplingPlan) -> "QuerySet[Any]":
    """What a buyer can buy today, each offer with the number of its first fitting stratum, in the seed's order."""
    offers = Listing.objects.filter(state=Listing.State.LIVE, price__gt=0)
    whens = [When(belongs_to(stratum) or Q(pk__gt=0), then=stratum.number) for stratum in plan.strata.all()]
    ordered = offers.annotate(
        stratum_number=Case(*whens, default=0),
        place=_Digest(Concat(Value(f"{plan.seed}:"), F("external_id"))),
    )
    return ordered.order_by("place")


@dataclass(frozen=True, slots=True)
class Frame:
    size: int
    checksum: int


def frames_of(plan: SamplingPlan) -> dict[int, Frame]:
    """How many offers each stratum has today, and a checksum of which."""
    rows = (
        frame_of(plan)
        .order_by()
        .values("stratum_number")
        .annotate(size=Count("pk"), checksum=BitXor(_Number(F("external_id"))))
    )
    return {row["stratum_number"]: Frame(row["size"], row["checksum"]) for row in rows}


def next_offers(plan: SamplingPlan, stratum: Stratum, count: int) -> list[Listing]:
    """The first ``count`` offers of a stratum in the seed's order that were not drawn before."""
    drawn = TestPurchase.objects.filter(stratum=stratum).values("listing")
    rest = frame_of(plan).filter(stratum_number=stratum.number).exclude(pk__in=drawn)
    return list(rest[:count])


def waiting_of(plan: SamplingPlan) -> "QuerySet[TestPurchase]":
    """What was drawn and waits for a second person's yes."""
    return TestPurchase.objects.filter(stratum__plan=plan, state=TestPurchase.State.PLANNED)


def targets_of(programme: Programme, *, limit: int = 20) -> list[Listing]:
    """What is most worth buying because of a suspicion: the most risk for the money, one offer a seller, within the budget."""
    left, fee = money_of(programme).left, programme.agreement.fee
    bought = TestPurchase.objects.exclude(state=TestPurchase.State.CANCELLED).values("listing")
    suspects = Listing.objects.filter(
        state=Listing.State.LIVE, price__gt=0, price__lte=left - fee, score__gt=0
    )
    ranked = suspects.exclude(pk__in=bought).select_related("seller")
    chosen: dict[int, Listing] = {}
    for offer in ranked.order_by(-(F("score") * 1.0 / (F("price") + fee)), "pk")[: 20 * limit]:
        cost = (offer.price or 0) + fee
        if offer.seller_id not in chosen and cost <= left and len(chosen) < limit:
            chosen[offer.seller_id] = offer
            left -= cost
    return list(chosen.values())
