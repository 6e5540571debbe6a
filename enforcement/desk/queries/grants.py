"""What each role of the desk may do, in words."""

from typing import Any

from django.utils.translation import gettext as _

from enforcement.cases.models import Source
from enforcement.cases.queries.cases import DESK_ROLES
from enforcement.decisions.models import Decision
from enforcement.decisions.rules.policy import ORDERS, VERDICTS, Decisions, Grant
from enforcement.sanctions.queries.words import severity_words
from enforcement.sanctions.rules.severities import SEVERITIES
from klean.core.access.models import Role
from klean.core.policy.models import PolicyVersion


def grants_by_role(policy: PolicyVersion) -> list[tuple[Role, Grant]]:
    return [(role, policy[Decisions].grant_of([role])) for role in DESK_ROLES]


def grant_words(grant: Grant) -> dict[str, list[tuple[Any, bool]]]:
    """Everything that a grant may speak of, in words, with whether it is granted."""
    decides = [(_verdict_words(code), code) for code in VERDICTS]
    orders = [(Decision.Action(code).label, code) for code in ORDERS]
    return {
        "queues": [(source.label, source in grant.queues) for source in Source],
        "decides": [(words, code in grant.decides) for words, code in decides],
        "orders": [(words, code in grant.orders) for words, code in orders]
        + [(_("emergency decisions"), grant.emergencies)],
    }


def _verdict_words(code: str) -> Any:
    return severity_words(code) if code in SEVERITIES else Decision.Outcome(code).label
