"""Pictures of listings are compared with known ones, and what cannot be read waits for a person."""

import pytest

from klean.core.events.models import Event
from listings.actions.stops import reinstate_listing, remove_listing
from listings.models import Listing, ListingPicture
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
REPLICA = "HANEUL STUDIO 토트백 미러급 정품급"


def names() -> list[str]:
    return list(
        Event.objects.filter(name__startswith="listings.").order_by("id").values_list("name", flat=True)
    )


def known_pictures(listing: Listing) -> list[str]:
    """The kinds of the references that its pictures match."""
    found = (signal for signal in listing.current_screening.signals if signal["kind"] == "image_match")
    return [signal["evidence"]["reference_kind"] for signal in found]


def test_a_picture_of_a_removed_listing_blocks_the_next_one_that_shows_it(tmp_path) -> None:
    address = make.photo_file(tmp_path)
    first = make.listing("L-1", pictures=(address,))
    assert first.state == "LIVE"
    remove_listing(first, reason="counterfeit", at=NOON, actor=TESTER)

    again = make.listing("L-2", by=make.seller("s-200", "Sunlight Shop"), pictures=(address,))

    assert again.verdict in ("review", "block")
    match = next(s for s in again.current_screening.signals if s["kind"] == "image_match")
    assert (match["evidence"]["reference_kind"], match["evidence"]["reference"]) == (
        "removed",
        "removed listing L-1",
    )
    assert ListingPicture.objects.get(listing=again).file is not None
    reinstate_listing(first, at=NOON, actor=TESTER)
    assert make.listing("L-3", pictures=(address,)).verdict == "clear"


def test_the_official_picture_of_a_brand_is_recognised(tmp_path) -> None:
    brand = make.brand("Haneul", protection="MONITORED")
    make.reference(brand, make.photo())
    listing = make.listing(pictures=(make.photo_file(tmp_path),))

    match = next(s for s in listing.current_screening.signals if s["kind"] == "image_match")
    assert (match["brand"], match["evidence"]["reference_kind"]) == ("Haneul", "official")


def test_who_may_sell_a_brand_may_show_its_official_picture_but_no_known_fake(tmp_path) -> None:
    brand, seller = make.brand("Haneul", protection="MONITORED"), make.seller()
    make.authorisation(seller, brand)
    make.reference(brand, make.photo())
    make.reference(brand, make.photo("fake"), kind="COUNTERFEIT")
    own = make.listing(by=seller, pictures=(make.photo_file(tmp_path),))
    fake = make.listing("L-2", by=seller, pictures=(make.photo_file(tmp_path, "fake"),))

    assert (known_pictures(own), known_pictures(fake)) == ([], ["counterfeit"])


def test_a_genuine_picture_in_the_bank_suppresses_what_resembles_it(tmp_path) -> None:
    brand = make.brand("Haneul", protection="MONITORED")
    make.reference(brand, make.photo(), kind="COUNTERFEIT")
    make.known()
    first = make.listing(pictures=(make.photo_file(tmp_path),))
    make.reference(brand, make.photo(), kind="GENUINE")
    make.known()
    second = make.listing("L-2", pictures=(make.photo_file(tmp_path),))

    assert (known_pictures(first), known_pictures(second)) == (["counterfeit"], [])


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", make.photo()[:700], b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\xff\xff" * 2],
)
def test_a_picture_that_cannot_be_read_holds_the_listing(tmp_path, data) -> None:
    listing = make.listing(pictures=(make.photo_file(tmp_path, data=data),))

    assert (listing.state, listing.state_reason, listing.verdict) == ("HELD", "picture", "review")
    assert ListingPicture.objects.get().fault
    assert names() == ["listings.listing.held_for_review"]


def test_a_picture_at_a_private_address_is_never_asked_for() -> None:
    listing = make.listing(pictures=("http://127.0.0.1:1/x.jpg",))

    assert listing.state == "HELD"
    assert "private" in ListingPicture.objects.get().fault
