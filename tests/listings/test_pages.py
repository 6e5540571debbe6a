"""Who sees which listing, and what of it."""

import pytest
from django.utils.html import escape

from listings.actions.stops import remove_listing
from listings.queries.catalogue import search_listings
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
TITLE = "HANEUL STUDIO 토트백 <b>"


@pytest.fixture
def doubted(tmp_path):
    brand = make.brand("Haneul", protection="GATED")
    make.reference(brand, make.photo())
    shop = make.seller(organisation="Moonlight")
    return make.listing(by=shop, title=TITLE, pictures=(make.photo_file(tmp_path),))


def test_staff_see_the_evidence_marked_and_side_by_side(doubted, person, browser_of) -> None:
    page = browser_of(person("moderator")).get("/desk/listings/L-1", headers={"accept-language": "en"})
    text = page.content.decode()

    assert page.status_code == 200
    assert "<mark>HANEUL STUDIO<span>Haneul</span></mark>" in text
    assert escape("<b>") in text
    pictures = [part.split('"')[0] for part in text.split('src="/desk/')[1:]]
    assert len(pictures) >= 2
    for address in pictures:
        shown = browser_of(person("moderator")).get(f"/desk/{address}")
        assert shown.status_code == 200, address
        assert shown["Content-Type"] == "image/jpeg"
        assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")


def test_sellers_see_their_own_listings_and_what_is_missing(doubted, person, browser_of) -> None:
    seller = person("seller", organisation=doubted.seller.organisation)
    listed = browser_of(seller).get("/seller/listings/")
    shown = browser_of(seller).get("/seller/listings/L-1").content.decode()

    assert escape(TITLE) in listed.content.decode()
    assert "/seller/authorisations/new?brand=" in shown


def test_other_sellers_and_buyers_see_none_of_it(doubted, person, browser_of, client) -> None:
    stranger = person(
        "seller", name="stranger", organisation=make.seller("s-9", organisation="Other").organisation
    )
    assert browser_of(stranger).get("/seller/listings/L-1").status_code == 404
    assert "L-1" not in browser_of(stranger).get("/seller/listings/").content.decode()
    assert browser_of(stranger).get("/desk/listings/L-1").status_code == 403
    picture = doubted.pictures.get()
    assert browser_of(stranger).get(f"/desk/listings/L-1/pictures/{picture.pk}").status_code == 404
    assert browser_of(person("consumer")).get("/desk/listings/L-1").status_code == 403
    assert client.get("/desk/listings/L-1").status_code == 302


def test_a_removed_listings_picture_can_be_compared_with(doubted, person, browser_of) -> None:
    picture = doubted.pictures.get()
    path = f"/desk/removed-pictures/{picture.pk}"
    assert browser_of(person("moderator")).get(path).status_code == 404
    remove_listing(doubted, reason="counterfeit", at=NOON, actor=TESTER)
    shown = browser_of(person("moderator")).get(path)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")


def test_own_listings_take_the_same_queries_at_any_length(
    person, browser_of, django_assert_max_num_queries
) -> None:
    shop = make.seller(organisation="Moonlight")
    make.upserted(*[make.listing_row(f"L-{n}", by=shop) for n in range(120)])
    browser = browser_of(person("seller", organisation=shop.organisation))
    with django_assert_max_num_queries(12):
        first = browser.get("/seller/listings/")
    after = first.content.decode().split("after=")[1].split('"')[0]
    second = browser.get(f"/seller/listings/?after={after}").content.decode()
    assert first.content.decode().count("<tr>") == second.count("<tr>") == 51
    assert browser.get("/seller/listings/?after=junk&state=nonsense").status_code == 200


def test_listings_are_found_by_a_piece_of_their_title_or_their_id() -> None:
    make.upserted(make.listing_row("L-1"), make.listing_row("L-2", title="가죽 토트백"))
    assert [found.external_id for found in search_listings("토트")] == ["L-2"]
    assert [found.external_id for found in search_listings("TOTE BAG")] == ["L-1"]
    assert [found.external_id for found in search_listings(" L-2 ")] == ["L-2"]
    assert not search_listings("%").exists()
