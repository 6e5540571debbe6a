"""Measures: what the marketplace is asked to carry out on a shop or on its sister shops, and to restore."""

from collections.abc import Iterable
from datetime import datetime

from enforcement.cases.models import Case
from enforcement.sanctions.facts import MeasureExpired, MeasureLifted, MeasureOrdered
from enforcement.sanctions.models import Measure, Sanction
from enforcement.sanctions.queries.sister_shops import sister_shops_of
from enforcement.sanctions.rules.policy import SISTERS, Sanctions
from klean.core.events.actors import Actor
from klean.core.events.record import record, record_all
from klean.core.policy.models import PolicyVersion
from sellers.models import Seller


def lock_with_sister_shops(seller_id: int) -> Seller:
    """The seller, locked together with its sister shops in one order, so that nobody waits in a circle."""
    seller = Seller.objects.get(pk=seller_id)
    pks = [seller_id, *sister_shops_of(seller).values_list("pk", flat=True)]
    rows = Seller.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    return next(row for row in list(rows) if row.pk == seller_id)


def order_measures(sanction: Sanction, *, at: datetime, actor: Actor) -> None:
    """The measures that come with a sanction, on the shop or on its sisters; those already over are only kept."""
    for kind in sanction.measures:
        for seller in sister_shops_of(sanction.seller) if kind in SISTERS else [sanction.seller]:
            order_measure(sanction, kind, seller, starts_at=sanction.starts_at, at=at, actor=actor)


def order_measure(
    sanction: Sanction, kind: str, seller: Seller, *, starts_at: datetime, at: datetime, actor: Actor
) -> None:
    """One measure of a sanction: it lasts as long as the policy says, and no shorter than a sanction that ends."""
    lasts = sanction.violation.policy[Sanctions].length_of(kind) if sanction.violation else None
    ends = [sanction.ends_at, lasts and sanction.starts_at + lasts]
    ends_at = max((moment for moment in ends if moment), default=None)
    measure = Measure(seller=seller, sanction=sanction, kind=kind, starts_at=starts_at, ends_at=ends_at)
    _order(measure, at=at, actor=actor)


def order_case_measure(case: Case, kind: str, policy: PolicyVersion, *, at: datetime, actor: Actor) -> None:
    """A measure that the decision of a case asks for itself, beside the ladder; it lasts as long as the policy says."""
    lasts = policy[Sanctions].length_of(kind)
    ends_at = None if lasts is None else at + lasts
    measure = Measure(seller=case.seller, case=case, kind=kind, starts_at=at, ends_at=ends_at)
    _order(measure, at=at, actor=actor)


def _order(measure: Measure, *, at: datetime, actor: Actor) -> None:
    is_over = measure.ends_at is not None and measure.ends_at <= at
    measure.lapsed_at = measure.ends_at if is_over else None
    measure.save()
    if not is_over:
        fact = MeasureOrdered(
            measure_id=measure.pk,
            seller=measure.seller.external_id,
            kind=measure.kind,
            ends_at=measure.ends_at.isoformat() if measure.ends_at else "",
        )
        record(fact, about=measure.seller, at=at, actor=actor)


def lift_measures(measures: Iterable[Measure], *, at: datetime, actor: Actor) -> list[Seller]:
    """Lift those that are live; answers the shops that they restricted."""
    live = [row for row in measures if row.lifted_at is None and row.lapsed_at is None]
    Measure.objects.filter(pk__in=[row.pk for row in live]).update(lifted_at=at)
    record_all([(_fact(MeasureLifted, row), row.seller) for row in live], at=at, actor=actor)
    return [row.seller for row in live]


def lapse_measures(seller: Seller, *, at: datetime, actor: Actor) -> None:
    """Close the measures on a locked seller whose time is over."""
    over = list(Measure.objects.filter(seller=seller, lifted_at=None, lapsed_at=None, ends_at__lte=at))
    for measure in over:
        measure.lapsed_at = measure.ends_at
    Measure.objects.bulk_update(over, ["lapsed_at"])
    record_all([(_fact(MeasureExpired, row), seller) for row in over], at=at, actor=actor)


def _fact(
    fact: type[MeasureLifted] | type[MeasureExpired], measure: Measure
) -> MeasureLifted | MeasureExpired:
    return fact(measure_id=measure.pk, seller=measure.seller.external_id, kind=measure.kind)
