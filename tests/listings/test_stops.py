"""Taking listings down and putting them back."""

import pytest

from klean.core.events.models import Event
from klean.core.rows.refusals import IllegalStep
from listings.actions.screenings import rescreen_listings
from listings.actions.stops import (
    end_quarantine,
    quarantine_listing,
    reinstate_listing,
    release_listing,
    remove_listing,
)
from listings.models import Listing
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")


def names() -> list[str]:
    return list(
        Event.objects.filter(name__startswith="listings.").order_by("id").values_list("name", flat=True)
    )


def test_a_listing_is_removed_once() -> None:
    listing = make.listing()
    remove_listing(listing, reason="counterfeit", at=NOON, actor=TESTER)
    remove_listing(listing, reason="again", at=NOON, actor=TESTER)

    assert (listing.state, listing.state_reason, listing.removed_at) == ("REMOVED", "counterfeit", NOON)
    assert names() == ["listings.listing.removed"]
    assert Event.objects.get(name="listings.listing.removed").data == {
        "listing": "L-1",
        "listing_id": listing.pk,
        "seller": "s-100",
        "seller_id": listing.seller_id,
        "reason": "counterfeit",
    }


def test_a_reinstated_listing_is_live_and_says_so_once() -> None:
    listing = make.listing()
    remove_listing(listing, reason="counterfeit", at=NOON, actor=TESTER)
    reinstate_listing(listing, at=NOON, actor=TESTER)
    reinstate_listing(listing, at=NOON, actor=TESTER)

    listing.refresh_from_db()
    assert (listing.state, listing.state_reason, listing.removed_at) == ("LIVE", "", None)
    assert names() == ["listings.listing.removed", "listings.listing.reinstated"]


def test_a_quarantine_ends_and_a_removal_outlives_it() -> None:
    listing = make.listing()
    quarantine_listing(listing, reason="case", at=NOON, actor=TESTER)
    quarantine_listing(listing, reason="case", at=NOON, actor=TESTER)
    release_listing(listing, at=NOON, actor=TESTER)
    assert listing.state == "LIVE"

    remove_listing(listing, reason="counterfeit", at=NOON, actor=TESTER)
    quarantine_listing(listing, reason="case", at=NOON, actor=TESTER)
    release_listing(listing, at=NOON, actor=TESTER)

    assert listing.state == "REMOVED"
    assert names() == [
        "listings.listing.quarantined",
        "listings.listing.released",
        "listings.listing.removed",
    ]


def test_a_quarantine_that_ends_finds_nothing_harmless() -> None:
    listing = make.listing()
    quarantine_listing(listing, reason="case", at=NOON, actor=TESTER)
    end_quarantine(listing, at=NOON, actor=TESTER)
    end_quarantine(listing, at=NOON, actor=TESTER)

    listing.refresh_from_db()
    assert (listing.state, listing.state_reason, listing.cleared_revision) == ("LIVE", "", None)
    assert names() == ["listings.listing.quarantined", "listings.listing.released"]


def test_what_screening_blocks_in_quarantine_is_not_put_back() -> None:
    listing = make.listing()
    quarantine_listing(listing, reason="case", at=NOON, actor=TESTER)
    Listing.objects.update(verdict="block")
    end_quarantine(listing, at=NOON, actor=TESTER)

    assert (listing.state, names()) == ("BLOCKED", ["listings.listing.quarantined"])


@pytest.mark.parametrize("state", ["HELD", "BLOCKED"])
def test_what_buyers_cannot_see_stays_as_screening_left_it(state: str) -> None:
    listing = make.listing()
    Listing.objects.update(state=state)
    quarantine_listing(listing, reason="case", at=NOON, actor=TESTER)
    end_quarantine(listing, at=NOON, actor=TESTER)

    assert (listing.state, names()) == (state, [])


def test_what_a_person_found_harmless_is_not_doubted_again_until_it_is_edited() -> None:
    make.brand("Haneul", protection="GATED")
    listing = make.listing(title="HANEUL STUDIO 토트백")
    assert listing.state == "HELD"
    reinstate_listing(listing, at=NOON, actor=TESTER)
    facts = names()

    rescreen_listings([listing.pk], at=NOON, actor=TESTER)
    make.screened()

    listing.refresh_from_db()
    assert (listing.state, listing.verdict) == ("LIVE", "review")
    assert names() == facts
    assert make.listing(title="HANEUL STUDIO 토트백 새상품").verdict == "review"
    assert names() == [*facts, "listings.listing.flagged"]


def test_an_edit_of_what_was_let_live_before_any_verdict_is_judged_like_a_new_offer() -> None:
    make.upserted(make.listing_row())
    listing = Listing.objects.select_related("seller").get()
    quarantine_listing(listing, reason="case", at=NOON, actor=TESTER)
    release_listing(listing, at=NOON, actor=TESTER)
    assert (listing.state, Listing.objects.get().judged_revision) == ("LIVE", None)

    (edited,) = make.upserted(make.listing_row(title="Canvas tote bag, ecru"))
    assert edited.outcome == "changed"
    assert Listing.objects.get().state == "SUBMITTED"
    make.screened()
    assert Listing.objects.get().state == "LIVE"


def test_every_state_has_its_steps() -> None:
    assert set(Listing.STEPS) == set(Listing.State)
    assert all(targets <= set(Listing.State) for targets in Listing.STEPS.values())


def test_a_removed_listing_leads_nowhere_but_back() -> None:
    listing = make.listing()
    remove_listing(listing, reason="counterfeit", at=NOON, actor=TESTER)
    with pytest.raises(IllegalStep):
        listing.step("HELD")
    assert Listing.objects.get().state == "REMOVED"
