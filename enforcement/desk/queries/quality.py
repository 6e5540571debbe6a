"""How good and how quick the desk is: overturned decisions, second looks, workload, clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from enforcement.cases.models import Case, CaseAssignment, CaseNote, Source
from enforcement.cases.queries.people import names_of
from enforcement.decisions.models import Decision
from enforcement.desk.models import Check, CheckAnswer
from enforcement.sanctions.queries.words import severity_words
from klean.core.access.models import User
from klean.core.events.actors import person

LOOKING_BACK = timedelta(days=90)
MAX_ROWS = 50


def open_checks(user: User) -> QuerySet[Check]:
    """What this person may answer: not theirs, not yet answered, no part in the case."""
    name = str(person(user.pk))
    of_case = {"case": OuterRef("decision__case"), "user": user}
    parts = Decision.objects.filter(
        Q(decided_by=name) | Q(approved_by=name) | Q(ended_by=name), case=OuterRef("decision__case")
    )
    return Check.objects.filter(
        ~Exists(parts),
        ~Exists(CheckAnswer.objects.filter(check_of=OuterRef("pk"), user=user)),
        ~Exists(CaseAssignment.objects.filter(**of_case)),
        ~Exists(CaseNote.objects.filter(case=OuterRef("decision__case"), author=user)),
        closed_at=None,
    ).select_related("decision__case__listing__current_screening", "decision__case__seller")


def is_golden(decision: Decision) -> bool:
    """Whether everybody at the desk is asked this case without seeing the decision."""
    return decision.checks.filter(kind=Check.Kind.GOLDEN, closed_at=None).exists()


def next_check(user: User) -> Check | None:
    return open_checks(user).order_by("pk").first()


def check_for(user: User, check_id: int) -> Check:
    return get_object_or_404(Check.objects.select_related("decision"), pk=check_id)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of somebody's decisions, or of a rule's, were made and annulled; and how second looks agree."""

    name: str
    decided: int
    annulled: int
    checked: int
    agreed: int

    @property
    def overturned(self) -> float:
        return 100 * self.annulled / self.decided if self.decided else 0.0


def overturn_rates(*, at: datetime) -> dict[str, list[Rate]]:
    """Over the last 90 days, by severity with ground, and by reviewer."""
    since = Decision.objects.filter(in_force_at__gte=at - LOOKING_BACK, replaces=None)
    rules = _rates(since, ("severity", "ground"))
    people = _rates(since, ("decided_by",))
    names = names_of(key[0] for key in people)
    return {
        "rules": [Rate(_rule_words(*key), *counts) for key, counts in _busiest(rules)],
        "people": [Rate(names.get(key[0], key[0]), *counts) for key, counts in _busiest(people)],
    }


def _rule_words(severity: str, ground: str) -> str:
    if not severity:
        return str(Decision.Outcome.NOT_INFRINGING.label)
    return f"{severity_words(severity)} · {Decision.Ground(ground).label}"


def _busiest(found: dict[tuple[str, ...], tuple[int, ...]]) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """The busiest first."""
    return sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:MAX_ROWS]


def _rates(rows: QuerySet[Decision], by: tuple[str, ...]) -> dict[tuple[str, ...], tuple[int, ...]]:
    counted = rows.values(*by).annotate(
        decided=Count("pk", distinct=True),
        annulled=Count("pk", filter=Q(state=Decision.State.ANNULLED), distinct=True),
        checked=Count("checks__answers"),
        agreed=Count("checks__answers", filter=Q(checks__answers__agrees=True)),
    )
    return {
        tuple(row[name] for name in by): (row["decided"], row["annulled"], row["checked"], row["agreed"])
        for row in counted
    }


def golden_checks() -> list[Check]:
    """Golden cases with how many answered and how many agreed."""
    rows = Check.objects.filter(kind=Check.Kind.GOLDEN).select_related(
        "decision__case__listing", "decision__seller"
    )
    counted = rows.annotate(asked=Count("answers"), agreed=Count("answers", filter=Q(answers__agrees=True)))
    return list(counted.order_by("-pk")[:MAX_ROWS])


@dataclass(frozen=True, slots=True)
class Workload:
    """What waits by source with its clock, and what each person did in the last day."""

    waiting: list[dict[str, Any]]
    people: list[dict[str, Any]]


def workload(*, at: datetime) -> Workload:
    pending = Case.objects.filter(state__in=Case.PENDING)
    waiting = [
        {
            "source": Source(row["source"]).label,
            "waits": row["waits"],
            "late": row["late"],
            "oldest": row["oldest"],
        }
        for row in pending.values("source")
        .annotate(waits=Count("pk"), late=Count("pk", filter=Q(answer_by__lte=at)), oldest=Min("opened_at"))
        .order_by("-waits")
    ]
    assignments = CaseAssignment.objects.filter(ended_at__gte=at - timedelta(days=1))
    people = assignments.values("user__name").annotate(
        decided=Count("pk", filter=Q(ending=CaseAssignment.Ending.DECIDED)),
        skipped=Count("pk", filter=Q(ending=CaseAssignment.Ending.SKIPPED)),
        took=Avg(F("ended_at") - F("assigned_at"), filter=Q(ending=CaseAssignment.Ending.DECIDED)),
    )
    return Workload(waiting, [dict(row) for row in people.order_by("-decided")[:MAX_ROWS]])
