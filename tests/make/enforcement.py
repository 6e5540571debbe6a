"""Cases and decisions about named listings of named shops."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from brands.models import IPRight, ReferenceImage
from enforcement.appeals.actions.appeals import file_appeal
from enforcement.appeals.models import Appeal
from enforcement.cases.actions.cases import NewEvidence, Target, open_or_join_cases
from enforcement.cases.handlers import DESK
from enforcement.cases.models import Case
from enforcement.decisions.actions.approvals import approve_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.sanctions.rules.severities import fitting_ground
from klean.core.access.models import User
from klean.core.events.actors import Actor, person
from klean.core.events.models import Event
from klean.core.events.record import record
from klean.core.files.store import keep_file
from listings.actions.stops import reinstate_listing
from listings.actions.upserts import upsert_listings
from listings.facts import ListingFlagged
from listings.models import Listing, ListingPicture
from listings.rules.rows import ListingRow
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.brands import picture
from tests.make.sellers import seller

MODERATOR = Actor("machine", "moderator")
SECOND = Actor("machine", "second")
REASONS = "The mark on the buckle is a copy."


def live_listing(external_id: str = "l-100", *, by: Seller | None = None, **also: Any) -> Listing:
    """A listing that buyers can see."""
    by = by or seller()
    row = ListingRow(
        external_id=external_id,
        seller=by.external_id,
        title="Haneul leather bag, mirror grade",
        price=39_000,
        **also,
    )
    upsert_listings([row], at=NOON, actor=TESTER)
    listing = Listing.objects.select_related("seller").get(external_id=external_id)
    reinstate_listing(listing, at=NOON, actor=TESTER)
    return listing


def flag(listing: Listing, *, score: float = 0.8) -> Event:
    """The event of a screening that doubts the listing."""
    fact = ListingFlagged(
        listing=listing.external_id,
        listing_id=listing.pk,
        seller=listing.seller.external_id,
        seller_id=listing.seller_id,
        screening_id=1,
        verdict="review",
        score=score,
        signal_kinds=["price_outlier"],
        brand="Haneul",
        state=listing.state,
    )
    with transaction.atomic():
        return record(fact, about=listing, at=timezone.now(), actor=TESTER)


def case(
    about: Listing | None = None, *, at: datetime = NOON, score: float = 0.8, right: IPRight | None = None
) -> Case:
    about = about or live_listing()
    target = Target(about.seller_id, about.pk, right and right.pk)
    evidence = NewEvidence(target, flag(about, score=score), "SCREENING", score)
    return open_or_join_cases([evidence], at=at, actor=DESK)[0]


def decide(
    case: Case,
    severity: str = "SERIOUS",
    *,
    outcome: str = "INFRINGING",
    at: datetime = NOON,
    by: Actor = MODERATOR,
) -> Decision:
    """An infringement of that severity; with outcome NOT_INFRINGING the listing is found genuine."""
    found = outcome != Decision.Outcome.NOT_INFRINGING
    ruling = Ruling(
        outcome=outcome,
        reasons=REASONS,
        severity=severity if found else "",
        ground=fitting_ground(severity, "COUNTERFEIT") if found else "",
    )
    return in_force(issue_decision(case, ruling, at=at, actor=by), at=at)


def in_force(made: Decision, *, at: datetime = NOON) -> Decision:
    """The decision once a second person has agreed, where that is needed."""
    return approve_decision(made, at=at, actor=SECOND) if made.state == Decision.State.UNAPPROVED else made


def decision(severity: str = "SERIOUS", *, about: Listing | None = None, at: datetime = NOON) -> Decision:
    return decide(case(about, at=at), severity, at=at)


def appeal(decision: Decision, *, by: User | None = None, at: datetime = NOON) -> Appeal:
    actor = person(by.pk) if by else TESTER
    return file_appeal(decision, grounds="We bought these from the brand itself.", at=at, actor=actor)


def examined(listing: Listing, reference: ReferenceImage) -> Listing:
    """The listing as screening leaves it when a word, a price and a picture speak against it."""
    word = {"field": "title", "start": 20, "end": 32, "text": "mirror grade", "term": "mirror grade"}
    price = {"price": 39_000, "median": 480_000, "low": 350_000, "high": 690_000}
    match = {
        "reference": "front.jpg",
        "reference_id": reference.pk,
        "reference_kind": "official",
        "picture": 0,
        "method": "pdq",
        "distance": 4,
        "region": [0.2, 0.2, 0.6, 0.7],
        "transform": "same",
    }
    signals = [
        {"kind": "image_match", "brand": "Haneul", "value": 0.97, "evidence": match},
        {"kind": "counterfeit_language", "brand": "", "value": 0.9, "evidence": word},
        {"kind": "price_outlier", "brand": "Haneul", "value": 0.8, "evidence": price},
    ]
    listing.screenings.update(
        state="FLAGGED", verdict="review", signals=signals, due_at=None, finished_at=NOON
    )
    file = keep_file(picture("maroon"), at=NOON)
    ListingPicture.objects.create(
        listing=listing, position=0, address="https://shop.example/1.jpg", file=file
    )
    return listing
