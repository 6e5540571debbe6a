"""Appeals for those who hear them and those who filed them."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from enforcement.appeals.models import Appeal, AppealMessage
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.case_pages import CasePage, case_page
from enforcement.sanctions.models import Sanction, Violation
from klean.core.access.models import Role, User
from klean.core.files.models import StoredFile
from reports.models.notices import Notice, NoticeItem
from sellers.queries.shops import sellers_of

MAX_ROWS = 20  # a case has two sides and few decisions


def appeals_of(user: User, view: str) -> QuerySet[Appeal]:
    """The appeals that wait, that are the person's own, or that are closed."""
    rows = Appeal.objects.select_related("decision__case__listing", "decision__seller", "assigned_to")
    if view == "mine":
        return rows.filter(state=Appeal.State.ASSIGNED, assigned_to=user)
    return rows.exclude(state__in=Appeal.OPEN) if view == "closed" else rows.filter(state__in=Appeal.OPEN)


def appeal_for(user: User, appeal_id: int) -> Appeal:
    rows = Appeal.objects.select_related(
        "decision__case__listing__current_screening",
        "decision__case__seller__trader_entity",
        "decision__policy",
        "decision__violation",
        "decision__seller",
        "assigned_to",
    )
    allowed = user.has_role(Role.SENIOR, Role.PENALTIES)
    return get_object_or_404(rows if allowed else rows.none(), pk=appeal_id)


def appeals_in_case(case: Case) -> list[Appeal]:
    """The appeals against the decisions of a case, newest first."""
    return list(Appeal.objects.filter(decision__case=case).order_by("-pk")[:MAX_ROWS])


def has_appealed(decision: Decision, notice: Notice | None) -> bool:
    """Whether this side has appealed already, against this decision or against one that it replaced."""
    chain = [decision.pk, decision.replaces_id]
    return Appeal.objects.filter(decision__in=[pk for pk in chain if pk], notice=notice).exists()


def reported_decisions(notice: Notice) -> QuerySet[Decision]:
    """Decisions in force that answered this notice in the seller's favour."""
    dismissed = notice.items.filter(outcome=NoticeItem.Outcome.DISMISSED)
    rows = Decision.objects.filter(
        case__listing__in=dismissed.values("listing"),
        outcome=Decision.Outcome.NOT_INFRINGING,
        state=Decision.State.IN_FORCE,
        in_force_at__gte=notice.filed_at,
    )
    return rows.select_related("case__listing", "policy").order_by("-pk")


def document_in(appeal: Appeal, message_id: int) -> StoredFile:
    """A document of an appeal that the person may see; the caller has found the appeal for them."""
    message = get_object_or_404(
        AppealMessage.objects.select_related("file"), pk=message_id, appeal=appeal, file__isnull=False
    )
    return cast(StoredFile, message.file)


def own_appeal(user: User, appeal_id: int) -> Appeal:
    """A seller's own appeal; 404 for everybody else's."""
    rows = Appeal.objects.filter(party=Appeal.Party.SELLER, decision__seller__in=sellers_of(user))
    return get_object_or_404(rows, pk=appeal_id)


def notice_named(reference: str) -> Notice:
    """The notice of an unguessable reference, which whoever filed it holds."""
    return get_object_or_404(Notice, reference=reference)


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
        listing=decision.case.listing_id,
        listing__isnull=False,
        decisions__state=Decision.State.IN_FORCE,
    )
    return AppealPage(
        case=case_page(decision.case, at=at),
        violation=decision.violation,
        sanctions=list(decision.violation.sanctions.order_by("pk")) if decision.violation else [],
        others=list(
            others.filter(decisions__outcome__in=["INFRINGING", "PARTLY"])
            .exclude(pk=decision.case_id)
            .distinct()
        ),
    )
