"""Taking offers in: once, in any order, and without half of a row."""

import pytest
from django.db import connection

from klean.core.events.models import Event
from listings.actions.stops import remove_listing
from listings.models import Listing, ListingPicture, Screening
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")


def test_a_new_offer_waits_for_its_screening() -> None:
    (done,) = make.upserted(make.listing_row("L-1"))

    listing = Listing.objects.get()
    assert (done.outcome, done.listing_id, done.screening_id) == (
        "created",
        listing.pk,
        listing.current_screening_id,
    )
    assert (listing.state, listing.revision, listing.price) == ("SUBMITTED", 1, 39_000)
    assert Screening.objects.get().state == Screening.State.QUEUED


def test_the_same_offer_again_changes_nothing() -> None:
    make.upserted(make.listing_row())
    before = Listing.objects.values().get()

    (again,) = make.upserted(make.listing_row())

    assert again.outcome == "unchanged"
    assert again.screening_id == before["current_screening_id"]
    assert Listing.objects.values().get() == before
    assert Screening.objects.count() == 1


def test_an_edit_makes_a_new_revision_and_the_run_over_the_old_one_is_superseded() -> None:
    make.upserted(make.listing_row())
    (edited,) = make.upserted(make.listing_row(title="Canvas tote bag, black"))

    assert edited.outcome == "changed"
    assert Listing.objects.get().revision == 2
    assert list(Screening.objects.order_by("pk").values_list("revision", "state")) == [
        (1, "SUPERSEDED"),
        (2, "QUEUED"),
    ]


def test_pictures_are_replaced_only_where_their_addresses_change() -> None:
    make.upserted(make.listing_row(pictures=("https://shop.example/1.jpg", "https://shop.example/2.jpg")))
    make.upserted(
        make.listing_row(price=35_000, pictures=("https://shop.example/1.jpg", "https://shop.example/2.jpg"))
    )
    assert ListingPicture.objects.count() == 2

    make.upserted(make.listing_row(price=35_000, pictures=("https://shop.example/3.jpg",)))

    assert list(ListingPicture.objects.filter(replaced_at=None).values_list("address", flat=True)) == [
        "https://shop.example/3.jpg"
    ]
    assert ListingPicture.objects.exclude(replaced_at=None).count() == 2


def test_rows_are_answered_in_their_order_and_a_bad_one_stops_nobody() -> None:
    shop = make.seller()
    rows = [
        make.listing_row("L-3", by=shop),
        make.listing_row("L-1", by=shop),
        make.ListingRow(external_id="L-2", seller="nobody", title="Bag"),
        make.listing_row("L-1", by=shop, title="Another"),
    ]

    assert [done.outcome for done in make.upserted(*rows)] == [
        "created",
        "created",
        "unknown_seller",
        "repeated",
    ]
    assert set(Listing.objects.values_list("external_id", "title")) == {
        ("L-3", "Canvas tote bag, natural"),
        ("L-1", "Canvas tote bag, natural"),
    }


def test_a_removed_listing_keeps_what_was_decided_on() -> None:
    listing = make.listing()
    remove_listing(listing, reason="counterfeit", at=NOON, actor=TESTER)
    events = Event.objects.count()

    (done,) = make.upserted(make.listing_row(title="Quite another bag"))

    assert done.outcome == "stopped"
    assert Listing.objects.get().title == "Canvas tote bag, natural"
    assert Screening.objects.filter(state="QUEUED").count() == 0
    assert Event.objects.count() == events


def test_a_thousand_offers_take_a_handful_of_statements(django_assert_max_num_queries) -> None:
    shop = make.seller()
    rows = [
        make.listing_row(f"L-{n}", by=shop, pictures=(f"https://shop.example/{n}.jpg",)) for n in range(1000)
    ]
    with django_assert_max_num_queries(10):
        assert {done.outcome for done in make.upserted(*rows)} == {"created"}
    with django_assert_max_num_queries(10):
        assert {done.outcome for done in make.upserted(*rows)} == {"unchanged"}


def test_listings_are_found_by_their_link_through_an_index() -> None:
    make.upserted(make.listing_row(link="https://shop.example/1"), make.listing_row("L-2"))
    found = Listing.objects.filter(link__in=["https://shop.example/1", "https://shop.example/2"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "listing_by_link" in found.explain()
    assert [listing.external_id for listing in found] == ["L-1"]
