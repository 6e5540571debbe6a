"""What a decision in force does, all of it or none of it; and what annulling it undoes."""

from datetime import datetime

from enforcement.decisions.actions.statements import (
    correct_statement,
    issue_reporter_statement,
    issue_statement,
)
from enforcement.decisions.facts import DecisionIssued
from enforcement.decisions.models import Decision
from enforcement.decisions.queries.approvals import awaits_second
from enforcement.sanctions.actions.measures import lift_measures, order_case_measure
from enforcement.sanctions.actions.sanctions import settle_seller, settle_without
from enforcement.sanctions.models import Measure, Sanction, Violation
from enforcement.sanctions.rules.policy import Ladder
from enforcement.sanctions.rules.severities import FREE_SEVERITIES
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.texts import Texts
from listings.actions.labels import label_listing
from listings.actions.stops import reinstate_listing, release_listing, remove_listing
from listings.models import Listing
from refunds.actions.recovery import recover_refunds, release_recovery
from reports.actions.answers import close_notices, reopen_notices
from sellers.models import Seller

Action = Decision.Action
FAKES = (Decision.Ground.COUNTERFEIT, Decision.Ground.TRADEMARK)


def take_effect(decision: Decision, seller: Seller, *, at: datetime, actor: Actor) -> list[Sanction]:
    """Points, sanctions, measures, listing, notices, refunds, statements; answers the sanctions that follow."""
    listing = decision.case.listing
    sanctions: list[Sanction] = []
    if decision.is_infringement:
        sanctions = _punish(decision, seller, at=at, actor=actor)
        _order_measures(decision, at=at, actor=actor)
    if listing is not None:
        settle_listing(listing, at=at, actor=actor)
        close_notices(listing, upheld=decision.is_infringement, at=at, actor=actor)
        if decision.replaces is not None:
            reopen_notices(listing, upheld=decision.is_infringement, at=at, actor=actor)
    if decision.is_infringement:
        was_removed = listing is not None and Action.REMOVE_LISTING in decision.actions
        issue_statement(decision, sanctions, was_removed=was_removed, at=at, actor=actor)
    issue_reporter_statement(decision, at=at, actor=actor)
    record(_issued(decision, sanctions), about=decision.case, at=at, actor=actor)
    return sanctions


def _punish(decision: Decision, seller: Seller, *, at: datetime, actor: Actor) -> list[Sanction]:
    """The violation, and whatever the ladder makes of it; advice leaves no mark."""
    if decision.severity in FREE_SEVERITIES:
        return []
    ladder = decision.policy[Ladder]
    confirmed_at = _confirmed_at(decision, at=at)
    decision.violation = Violation.objects.create(
        case=decision.case,
        policy=decision.policy,
        seller=seller,
        severity=decision.severity,
        track=ladder.severities[decision.severity].track,
        confirmed_at=confirmed_at,
        expires_at=confirmed_at + ladder.memory,
    )
    decision.save(update_fields=["violation"])
    sanctions = settle_seller(seller, at=at, actor=actor)
    decision.violation.refresh_from_db()
    return sanctions


def _confirmed_at(decision: Decision, *, at: datetime) -> datetime:
    """A decision that replaces another counts from that one's day, so that an appeal never lengthens a penalty."""
    before = decision.replaces.violation if decision.replaces else None
    return before.confirmed_at if before else at


def _order_measures(decision: Decision, *, at: datetime, actor: Actor) -> None:
    """What the decision itself asks of the marketplace, beside the ladder."""
    for action in {Action.HOLD_SETTLEMENT, Action.NO_NEW_GOODS}.intersection(decision.actions):
        order_case_measure(decision.case, action.lower(), decision.policy, at=at, actor=actor)


def settle_listing(listing: Listing, *, at: datetime, actor: Actor) -> None:
    """Make the listing and its refunds what the decisions in force about it ask for."""
    standing = list(
        Decision.objects.filter(case__listing=listing, state=Decision.State.IN_FORCE).order_by("pk")
    )
    infringements = [decision for decision in standing if decision.is_infringement]
    against = next((row for row in infringements if Action.REMOVE_LISTING in row.actions), None)
    if against is not None:
        remove_listing(listing, reason=against.ground, at=at, actor=actor)
    elif listing.state == Listing.State.REMOVED:
        reinstate_listing(listing, at=at, actor=actor)
    elif standing and not awaits_second(listing, at):
        release_listing(listing, at=at, actor=actor)
    label_listing(listing, _is_counterfeit(standing), at=at, actor=actor)
    if any(Action.CHARGE_REFUNDS in row.actions for row in infringements):
        recover_refunds(listing, at=at, actor=actor)
    else:
        release_recovery(listing, at=at, actor=actor)


def _is_counterfeit(standing: list[Decision]) -> bool | None:
    """What screening may learn of a listing; None where nothing stands, or only what tells nothing of a fake."""
    infringements = [decision for decision in standing if decision.is_infringement]
    if any(decision.ground in FAKES for decision in infringements):
        return True
    return False if standing and not infringements else None


def undo_effects(
    decision: Decision, seller: Seller, *, replaced: bool, reasons: Texts, at: datetime, actor: Actor
) -> None:
    """Take an annulled decision's effects back by recomputing without it; a replacement settles the listing itself."""
    live_before = set(Sanction.live(at).filter(seller=seller).values_list("pk", flat=True))
    lift_measures(Measure.objects.filter(case=decision.case).select_related("seller"), at=at, actor=actor)
    settle_without(decision.violation, seller, at=at, actor=actor)
    lifted = list(Sanction.objects.filter(pk__in=live_before, lifted_at__isnull=False).order_by("pk"))
    listing = decision.case.listing
    if listing is not None and not replaced:
        settle_listing(listing, at=at, actor=actor)
        if decision.is_infringement and not _stands_against(listing):
            reopen_notices(listing, at=at, actor=actor)
    if decision.is_infringement:
        correct_statement(decision, lifted, replaced=replaced, reasons=reasons, at=at, actor=actor)


def _stands_against(listing: Listing) -> bool:
    standing = Decision.objects.filter(case__listing=listing, state=Decision.State.IN_FORCE)
    return standing.exclude(outcome=Decision.Outcome.NOT_INFRINGING).exists()


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
