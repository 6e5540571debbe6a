"""Appeals for those who hear them and those who filed them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enforcement.models import Appeal, Case, CaseClaim, CaseNote, Decision, Sanction, Violation
from enforcement.queries.evidence import CasePage, case_page
from klean.core.actors import person
from klean.core.models import Role, User

OPEN = (Appeal.State.SUBMITTED, Appeal.State.ASSIGNED)


def appeals_of(user: User, view: str) -> QuerySet[Appeal]:
    """The appeals that wait, that are the person's own, or that are closed."""
    rows = Appeal.objects.select_related("decision__case__listing", "decision__seller", "assigned_to")
    if view == "mine":
        return rows.filter(state=Appeal.State.ASSIGNED, assigned_to=user)
    return rows.exclude(state__in=OPEN) if view == "closed" else rows.filter(state__in=OPEN)


def appeal_for(user: User, appeal_id: int) -> Appeal:
    rows = Appeal.objects.select_related(
        "decision__case__listing__current_screening",
        "decision__case__seller__trader_entity",
        "decision__policy",
        "decision__seller",
        "assigned_to",
    )
    allowed = user.has_role(Role.SENIOR, Role.PENALTIES)
    return get_object_or_404(rows if allowed else rows.none(), pk=appeal_id)


def had_a_part(decision: Decision, user: User) -> bool:
    """Whether this person decided the case, had it in hand, or left a note on it."""
    return (
        decision.decided_by == str(person(user.pk))
        or CaseClaim.objects.filter(case=decision.case_id, user=user).exists()
        or CaseNote.objects.filter(case=decision.case_id, author=user).exists()
    )


@dataclass(frozen=True, slots=True)
class AppealPage:
    """What hearing an appeal needs: the case as it was, and what overturning would undo."""

    case: CasePage
    violation: Violation | None
    sanctions: list[Sanction]
    others: list[Case]


def appeal_page(appeal: Appeal, *, at: datetime) -> AppealPage:
    decision = appeal.decision
    others = Case.objects.filter(
        listing=decision.case.listing_id, listing__isnull=False, decisions__fell_at=None
    )
    return AppealPage(
        case=case_page(decision.case, at=at),
        violation=Violation.objects.filter(decision=decision).first(),
        sanctions=list(Sanction.objects.filter(violation__decision=decision).order_by("pk")),
        others=list(
            others.filter(decisions__outcome__in=["INFRINGING", "PARTLY"])
            .exclude(pk=decision.case_id)
            .distinct()
        ),
    )
