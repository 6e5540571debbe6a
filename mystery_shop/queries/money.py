"""Where a programme's money stands, in won."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mystery_shop.models import Fund, Programme, TestPurchase

State = TestPurchase.State
UNEXAMINED = (State.CANCELLED, State.NOT_DELIVERED, State.NOT_EXAMINED)


@dataclass(frozen=True, slots=True)
class Money:
    """``paid`` and ``fees`` are spent; ``expected`` is what running purchases will still cost."""

    budget: int
    paid: int
    fees: int
    expected: int

    @property
    def spent(self) -> int:
        return self.paid + self.fees

    @property
    def left(self) -> int:
        return self.budget - self.spent - self.expected


def money_of(programme: Programme) -> Money:
    purchases, fee = programme.purchases.all(), programme.agreement.fee
    sums = purchases.aggregate(
        spent=Coalesce(Sum("paid"), 0),
        unpaid=Coalesce(Sum("listing__price", filter=Q(paid=None) & ~Q(state=State.CANCELLED)), 0),
        examined=Count("pk", filter=Q(verdict__given_at__isnull=False)),
        to_examine=Count("pk", filter=~Q(state__in=UNEXAMINED) & Q(verdict__given_at=None)),
    )
    return Money(
        budget=programme.budget,
        paid=int(sums["spent"]),
        fees=fee * sums["examined"],
        expected=int(sums["unpaid"]) + fee * sums["to_examine"],
    )


def programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related("agreement__body__organisation", "fund").order_by("-pk")


def spent_of(fund: Fund) -> int:
    """What the programmes of a fund have spent so far."""
    return sum(money_of(programme).spent for programme in programmes().filter(fund=fund))
