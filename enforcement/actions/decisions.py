"""What a decision does, all of it or none of it; and what its fall undoes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.actions.claims import end_claim, hold_free_case
from enforcement.actions.sanctions import settle_seller, void_violations
from enforcement.actions.statements import correct_statement, issue_statement
from enforcement.facts import DecisionIssued
from enforcement.models import Case, CaseClaim, Decision, Sanction, Violation
from enforcement.queries.ledgers import ladder_of
from klean.core.actors import Actor
from klean.core.events import record
from klean.core.models import PolicyVersion, Role, User
from klean.core.policy import policy_at
from klean.core.refusals import Refused
from listings.actions import reinstate_listing, release_listing, remove_listing
from listings.models import Listing
from reports.actions import close_notices, recover_refunds, release_recovery, reopen_notices
from sellers.actions import hold_seller
from sellers.models import Seller

Outcome, Severity = Decision.Outcome, Decision.Severity


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the person who decides says; severity and ground are empty when nothing infringes."""

    outcome: str
    reasons: str
    severity: str = ""
    ground: str = ""

    @property
    def is_infringement(self) -> bool:
        return self.outcome != Outcome.NOT_INFRINGING


@transaction.atomic
def issue_decision(case: Case, ruling: Ruling, *, at: datetime, actor: Actor) -> Decision:
    """Decide a case and carry it out: points, sanctions, listing, notices, refunds, statement."""
    seller = hold_seller(case.seller_id)
    held = hold_free_case(case, actor.person_id, at=at)
    policy = policy_at(at)
    _refuse_unfit(ruling, held, policy, actor)
    decision = _decide(held, ruling, policy, at=at, actor=actor)
    sanctions: list[Sanction] = []
    if ruling.is_infringement:
        sanctions = _punish(decision, seller, at=at, actor=actor)
        _take_down(decision, at=at, actor=actor)
        issue_statement(decision, sanctions, was_removed=held.listing is not None, at=at, actor=actor)
    else:
        _let_be(held.listing, at=at, actor=actor)
    record(_issued(decision, sanctions), about=held, actor=actor)
    return decision


def _refuse_unfit(ruling: Ruling, case: Case, policy: PolicyVersion, actor: Actor) -> None:
    if ruling.is_infringement != bool(ruling.severity) or ruling.is_infringement != bool(ruling.ground):
        raise Refused(
            _("An infringement needs a severity and a ground; anything else has neither."), code="ruling"
        )
    if ruling.outcome == Outcome.PARTLY and ruling.severity not in (Severity.ADVICE, Severity.GENERAL):
        raise Refused(_("A partly infringing listing is general at most."), code="ruling")
    counts = ruling.severity and ruling.severity != Severity.ADVICE
    if counts and ruling.severity not in ladder_of(policy).severities:
        raise Refused(_("The policy in force knows no such severity."), code="severity_unknown")
    if case.state == Case.State.ESCALATED and not _is_senior(actor):
        raise Refused(_("This case waits for a senior."), code="escalated")


def _is_senior(actor: Actor) -> bool:
    return actor.person_id is not None and User.objects.get(pk=actor.person_id).has_role(Role.SENIOR)


def _decide(case: Case, ruling: Ruling, policy: PolicyVersion, *, at: datetime, actor: Actor) -> Decision:
    end_claim(case, CaseClaim.Ending.DECIDED, at=at)
    case.step(Case.State.DECIDED, decided_at=at, due_at=None, claimed_until=None)
    return Decision.objects.create(
        case=case,
        seller_id=case.seller_id,
        outcome=ruling.outcome,
        severity=ruling.severity,
        ground=ruling.ground,
        reasons=ruling.reasons,
        policy=policy,
        decided_by=str(actor),
        decided_at=at,
        automated=actor.kind == "system",
    )


def _punish(decision: Decision, seller: Seller, *, at: datetime, actor: Actor) -> list[Sanction]:
    """The violation, and whatever the ladder makes of it; advice leaves no mark."""
    if decision.severity == Severity.ADVICE:
        return []
    ladder = ladder_of(decision.policy)
    Violation.objects.create(
        decision=decision,
        seller=seller,
        severity=decision.severity,
        track=ladder.severities[decision.severity].track,
        confirmed_at=at,
        expires_at=at + ladder.memory,
    )
    return settle_seller(seller, at=at, actor=actor)


def _take_down(decision: Decision, *, at: datetime, actor: Actor) -> None:
    listing = decision.case.listing
    if listing is None:
        return
    remove_listing(listing, reason=decision.ground, at=at, actor=actor)
    close_notices(listing, upheld=True, at=at, actor=actor)
    if decision.outcome == Outcome.INFRINGING:
        recover_refunds(listing, at=at, actor=actor)


def _let_be(listing: Listing | None, *, at: datetime, actor: Actor) -> None:
    if listing is not None:
        release_listing(listing, at=at, actor=actor)
        close_notices(listing, upheld=False, at=at, actor=actor)


def _issued(decision: Decision, sanctions: list[Sanction]) -> DecisionIssued:
    case = decision.case
    return DecisionIssued(
        case_id=case.pk,
        decision_id=decision.pk,
        listing=case.listing.external_id if case.listing else "",
        seller=case.seller.external_id,
        outcome=decision.outcome,
        severity=decision.severity,
        ground=decision.ground,
        source=case.source,
        rung=sanctions[-1].rung if sanctions else "",
    )


def undo_decision(decision: Decision, *, reasons: str, at: datetime, actor: Actor) -> list[Sanction]:
    """Take an infringement decision's effects back by recomputing without it; answers the sanctions that fell."""
    seller = hold_seller(decision.seller_id)
    Decision.objects.filter(pk=decision.pk).update(fell_at=at)
    decision.fell_at = at
    live_before = {sanction.pk for sanction in Sanction.live(at).filter(seller=seller)}
    void_violations(Violation.objects.filter(decision=decision), at=at)
    settle_seller(seller, at=at, actor=actor)
    lifted = list(Sanction.objects.filter(pk__in=live_before, lifted_at__isnull=False).order_by("pk"))
    _put_back(decision, at=at, actor=actor)
    correct_statement(decision, lifted, reasons=reasons, at=at, actor=actor)
    return lifted


def _put_back(decision: Decision, *, at: datetime, actor: Actor) -> None:
    """The listing, its notices and its refunds, unless another decision speaks against the listing still."""
    listing = decision.case.listing
    if listing is None:
        return
    standing = Decision.objects.filter(case__listing=listing, fell_at=None).exclude(
        outcome=Outcome.NOT_INFRINGING
    )
    if not standing.exists():
        reinstate_listing(listing, at=at, actor=actor)
        reopen_notices(listing, at=at, actor=actor)
    if not standing.filter(outcome=Outcome.INFRINGING).exists():
        release_recovery(listing, at=at, actor=actor)
