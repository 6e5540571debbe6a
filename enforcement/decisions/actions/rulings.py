"""What a person who decides says, and whether it fits the case and the policy."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.grants import grant_for
from enforcement.decisions.rules.policy import Grant
from enforcement.sanctions.rules.policy import Ladder
from enforcement.sanctions.rules.severities import FREE_SEVERITIES, PARTIAL_SEVERITIES, fitting_ground
from klean.core.access.models import Role, User
from klean.core.events.actors import Actor
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused

Outcome, Action = Decision.Outcome, Decision.Action
USUAL = {
    Outcome.INFRINGING: (Action.REMOVE_LISTING, Action.CHARGE_REFUNDS),
    Outcome.PARTLY: (Action.REMOVE_LISTING,),
    Outcome.NOT_INFRINGING: (),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Severity and ground are empty when nothing infringes; without ``actions`` the outcome's usual ones are meant."""

    outcome: str
    reasons: str
    severity: str = ""
    ground: str = ""
    actions: tuple[str, ...] | None = None
    is_emergency: bool = False

    @property
    def is_infringement(self) -> bool:
        return self.outcome != Outcome.NOT_INFRINGING

    @property
    def all_actions(self) -> list[str]:
        """In the order in which they are named, each once."""
        meant = USUAL.get(self.outcome, ()) if self.actions is None else self.actions  # type: ignore[call-overload]
        return [action for action in Action.values if action in meant]

    @property
    def columns(self) -> dict[str, object]:
        """What a decision takes over from the ruling."""
        return {
            "outcome": self.outcome,
            "severity": self.severity,
            "ground": self.ground,
            "actions": self.all_actions,
            "reasons": self.reasons,
            "is_emergency": self.is_emergency,
        }


def validate_ruling(ruling: Ruling, case: Case, policy: PolicyVersion, *, actor: Actor) -> None:
    """Refuse a ruling that contradicts itself, the policy, or what the person may do."""
    if ruling.is_infringement != bool(ruling.severity) or ruling.is_infringement != bool(ruling.ground):
        raise Refused(
            _("An infringing decision needs a severity and a ground. Other decisions have neither."),
            code="ruling",
        )
    if ruling.ground != fitting_ground(ruling.severity, ruling.ground):
        raise Refused(_("This ground cannot be used with this severity."), code="ruling")
    if ruling.outcome == Outcome.PARTLY and ruling.severity not in PARTIAL_SEVERITIES:
        raise Refused(
            _("If only part of a listing infringes, the severity cannot be higher than general."),
            code="ruling",
        )
    if ruling.all_actions and not ruling.is_infringement:
        raise Refused(_("When nothing infringes, no action can be taken against the seller."), code="ruling")
    if ruling.severity not in ("", *FREE_SEVERITIES, *policy[Ladder].severities):
        raise Refused(_("This severity is not in the current policy."), code="severity_unknown")
    person = User.objects.get(pk=actor.person_id) if actor.person_id is not None else None
    if case.state == Case.State.ESCALATED and not (person and person.has_role(Role.SENIOR)):
        raise Refused(_("This case is waiting for a senior."), code="escalated")
    if person and not _is_granted(ruling, case, grant_for(person, policy)):
        raise Refused(_("Your role cannot make this decision."), code="not_granted")


def _is_granted(ruling: Ruling, case: Case, grant: Grant) -> bool:
    ordered = set(ruling.all_actions) - set(USUAL[Outcome.INFRINGING])
    return (
        case.source in grant.queues
        and (ruling.severity or ruling.outcome) in grant.decides
        and ordered <= grant.orders
        and (grant.emergencies or not ruling.is_emergency)
    )
