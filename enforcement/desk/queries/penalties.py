"""What waits for the penalty desk, and one seller's dossier."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.approvals import unreviewed
from enforcement.decisions.queries.standings import STAFF
from klean.core.access.models import User
from sellers.models import Seller

MAX_ROWS = 50
COUNT_LIMIT = 100  # of more the page says "100+"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the penalty desk, counted up to ``COUNT_LIMIT``."""

    approvals: str
    emergencies: str
    appeals: str
    late_appeals: str


def waiting_now(*, at: datetime) -> Waiting:
    open_appeals = Appeal.objects.filter(state__in=Appeal.OPEN)
    return Waiting(
        approvals=_up_to(Decision.objects.filter(state=Decision.State.UNAPPROVED)),
        emergencies=_up_to(unreviewed()),
        appeals=_up_to(open_appeals),
        late_appeals=_up_to(open_appeals.filter(answer_by__lte=at)),
    )


def _up_to(rows: QuerySet[Any]) -> str:
    count = len(rows.order_by().values_list("pk", flat=True)[:COUNT_LIMIT])
    return f"{COUNT_LIMIT}+" if count == COUNT_LIMIT else str(count)


def dossier_for(user: User, external_id: str) -> Seller:
    """The seller for staff; 404 for everybody else."""
    rows = Seller.objects.select_related("trader_entity", "organisation")
    return get_object_or_404(rows if user.has_role(*STAFF) else rows.none(), external_id=external_id)


def linked_shops(seller: Seller) -> list[Seller]:
    """Other shops of the same trader entity."""
    if seller.trader_entity_id is None:
        return []
    return list(Seller.objects.filter(trader_entity=seller.trader_entity_id).exclude(pk=seller.pk)[:MAX_ROWS])


def open_cases(seller: Seller) -> list[Case]:
    rows = Case.objects.filter(seller=seller, state__in=Case.PENDING).select_related("listing", "seller")
    return list(rows.order_by(F("priority") * -1, "opened_at")[:MAX_ROWS])
