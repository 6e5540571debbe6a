"""What people may do at the desk, by the policy in force."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from enforcement.models import Decision, Source
from enforcement.rules import settings
from enforcement.rules.grants import Grant, faults_of_grants, grant_of
from klean.core.models import PolicyVersion, Role, User

DESK = (Role.MODERATOR, Role.SENIOR)
DECIDES = (*Decision.Severity.values, Decision.Outcome.NOT_INFRINGING.value)
ORDERS = (Decision.Action.HOLD_SETTLEMENT.value, Decision.Action.NO_NEW_GOODS.value)
KNOWN: Mapping[str, Collection[str]] = {
    "roles": [role.value for role in DESK],
    "queues": Source.values,
    "decides": DECIDES,
    "orders": ORDERS,
}


NOTHING = Decision.Outcome.NOT_INFRINGING.label
ALL: Mapping[str, Any] = {"queues": Source.values, "decides": DECIDES, "orders": ORDERS, "emergencies": True}
EVERYTHING = grant_of({"everybody": ALL}, ["everybody"])


def _section(policy: PolicyVersion) -> Mapping[str, Any]:
    """A policy that says nothing of grants leaves everything to everybody at the desk."""
    found: Mapping[str, Any] = policy.section("cases").get("grants", dict.fromkeys(DESK, ALL))
    return found


def grant_for(user: User, policy: PolicyVersion) -> Grant:
    return grant_of(_section(policy), user.roles)


def grants_by_role(policy: PolicyVersion) -> list[tuple[Role, Grant]]:
    return [(role, grant_of(_section(policy), [role])) for role in DESK]


def grant_words(grant: Grant) -> dict[str, list[tuple[Any, bool]]]:
    """Everything that a grant may speak of, in words, with whether it is granted."""
    decides = [
        (Decision.Severity(code).label if code in Decision.Severity.values else NOTHING, code)
        for code in DECIDES
    ]
    orders = [(Decision.Action(code).label, code) for code in ORDERS]
    return {
        "queues": [(source.label, source in grant.queues) for source in Source],
        "decides": [(words, code in grant.decides) for words, code in decides],
        "orders": [(words, code in grant.orders) for words, code in orders]
        + [(_("emergency decisions"), grant.emergencies)],
    }


def faults_of_cases(section: Any) -> list[str]:
    """What is wrong with a policy's ``[cases]``."""
    return [
        *settings.faults_of_cases(section, Source.values),
        *faults_of_grants(section.get("grants", {}), KNOWN),
    ]
