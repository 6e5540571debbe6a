"""Who sees which purchase; who bought it is shown to nobody else."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from klean.core.access.models import Organisation, Role, User
from mystery_shop.models import TestPurchase

STAFF = (Role.MODERATOR, Role.SENIOR, Role.GOVERNANCE)
State = TestPurchase.State
BODY = "programme__agreement__body__organisation"


def _purchases() -> QuerySet[TestPurchase]:
    return TestPurchase.objects.select_related(
        "listing", "seller", "programme__agreement__body__organisation", "stratum", "verdict"
    )


def purchases_for(user: User) -> QuerySet[TestPurchase]:
    """All of them for staff, an inspector's body's own for the inspector, none for others."""
    if user.has_role(*STAFF):
        return _purchases()
    return _purchases().filter(**{f"{BODY}__in": user.organisation_ids(Role.INSPECTOR)})


def purchase_for(user: User, purchase_id: int) -> TestPurchase:
    return get_object_or_404(purchases_for(user), pk=purchase_id)


def work_for(user: User) -> QuerySet[TestPurchase]:
    """What waits for this inspector: to buy, to receive and seal what they bought, to examine or countersign."""
    mine = Q(shopper=user, state__in=[State.ORDERED, State.SHIPPED, State.RECEIVED, State.SEALED])
    to_buy = Q(state=State.APPROVED)
    bench = Q(state__in=[State.DISPATCHED, State.AT_LAB, State.OPENED, State.REPORT_FILED]) & ~Q(shopper=user)
    own = _purchases().filter(**{f"{BODY}__in": user.organisation_ids(Role.INSPECTOR)})
    return own.filter(mine | to_buy | bench)


def purchases_of_body(organisation: Organisation) -> QuerySet[TestPurchase]:
    return _purchases().filter(**{BODY: organisation})


def purchase_of_body(organisation: Organisation, purchase_id: int) -> TestPurchase:
    """A purchase that this inspection body's own system may write to."""
    return get_object_or_404(purchases_of_body(organisation), pk=purchase_id)
