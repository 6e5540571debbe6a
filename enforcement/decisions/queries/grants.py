"""What people may do at the desk, by the policy in force."""

from enforcement.decisions.rules.policy import Decisions, Grant
from klean.core.access.models import User
from klean.core.policy.models import PolicyVersion


def grant_for(user: User, policy: PolicyVersion) -> Grant:
    return policy[Decisions].grant_of(user.roles)
