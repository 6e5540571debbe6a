"""Shops that show near-copies of each other's pictures and texts are probably linked, and never certainly."""

from functools import partial

import pytest
from django.utils import timezone

from klean.core.operations.due_work import until_quiet
from listings.actions.copies import compare_listings
from listings.models import Listing
from screening.text.prints import prints_of
from sellers.actions.shops import set_standing
from sellers.models import Seller, SellerCluster
from sellers.queries.links import linked_sellers, may_be_twins_of_suspended
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
MILL = """Our canvas tote is woven in a small mill by the river, dyed with indigo in the old way and sewn by two sisters
who have made nothing else for thirty years; each one is numbered and comes in a box of recycled paper."""
SISTERS = """이 가방은 강가의 작은 방직소에서 짠 캔버스로 만들었고 쪽으로 물들여 두 자매가 삼십 년 동안 바느질해 온 방식 그대로 꿰맸습니다.
하나하나 번호가 매겨져 있고 재생지로 만든 상자에 담아 보내 드리며, 받으신 뒤 칠 일 안에는 언제든 교환해 드립니다. 세탁은 손으로 해 주세요."""
WALLET = """A wallet of vegetable-tanned leather with six card slots, a coin pocket that closes with a brass button, and
room for notes of every currency; the edges are burnished by hand and the thread is waxed linen from the north."""
STORIES = [MILL, SISTERS, WALLET]


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (STORIES[0], True),
        ("★ SALE ★ " + STORIES[0].upper().replace(",", " / "), True),
        (STORIES[0].replace("thirty", "forty"), True),
        (STORIES[2], False),
        (STORIES[1], False),
    ],
)
def test_near_copies_of_a_text_share_a_print(other, is_copy):
    assert bool(set(prints_of(STORIES[0])) & set(prints_of(other))) is is_copy


@pytest.mark.parametrize("text", ["", "Canvas tote bag", "가방 " * 20])
def test_a_text_too_short_to_be_told_apart_has_no_print(text):
    assert prints_of(text) == []


@pytest.fixture
def shops():
    return make.seller("s-1", "Moonlight"), make.seller("s-2", "Starlight")


def offered(shop, folder, pictures=(), texts=(), size=(320, 240)):
    """An offer of each picture, under a name of the shop's own, and one of each text."""
    rows = [
        make.listing_row(
            f"{shop.external_id}-{name}",
            by=shop,
            pictures=(make.photo_file(folder, f"{shop.external_id}-{name}", make.photo(name, size)),),
        )
        for name in pictures
    ]
    rows += [
        make.listing_row(f"{shop.external_id}-text-{n}", by=shop, description=text)
        for n, text in enumerate(texts)
    ]
    make.upserted(*rows)
    make.screened()


def compared():
    return until_quiet(partial(compare_listings, actor=TESTER), now=lambda: NOON)


def links_of(shop):
    return [
        (link.seller.external_id, dict(link.counts), link.is_certain)
        for link in linked_sellers(shop.pk, at=NOON)
    ]


def test_near_copies_link_shops_probably_with_how_many(shops, tmp_path, django_assert_max_num_queries):
    one, two = shops
    offered(one, tmp_path, ("bag", "shoe", "hat"), STORIES)
    offered(two, tmp_path, ("bag", "shoe", "hat"), ["New! " + story for story in STORIES], size=(640, 480))

    with django_assert_max_num_queries(25):
        assert compared() == 12

    assert links_of(one) == [("s-2", {"PICTURE": 3, "TEXT": 3}, False)]
    assert links_of(two) == [("s-1", {"PICTURE": 3, "TEXT": 3}, False)]
    assert not SellerCluster.objects.exists()
    assert compared() == 0
    (link,) = linked_sellers(one.pk, at=NOON)
    assert link.words == ["pictures (3)", "texts (3)"]


def test_two_copies_are_chance(shops, tmp_path):
    for shop in shops:
        offered(shop, tmp_path, ("bag", "shoe"), STORIES[:2])
    compared()
    assert links_of(shops[0]) == []


def test_pictures_of_a_rights_holder_link_nobody(shops, tmp_path):
    for name in ("bag", "shoe", "hat"):
        make.reference(make.brand(), make.photo(name, (500, 375)))
    make.known()
    for shop in shops:
        offered(shop, tmp_path, ("bag", "shoe", "hat"))
    compared()
    assert links_of(shops[0]) == []


def test_what_was_compared_is_compared_again_only_when_it_changes(shops, tmp_path):
    one, two = shops
    offered(one, tmp_path, texts=STORIES)
    offered(two, tmp_path, texts=["something else"])
    assert (compared(), links_of(two)) == (4, [])

    offered(two, tmp_path, texts=STORIES)
    assert compared() == 3
    assert links_of(two) == [("s-1", {"TEXT": 3}, False)]
    assert not Listing.uncompared().exists()


def test_the_twin_of_a_suspended_shop_is_seen_by_its_pictures(shops, tmp_path):
    gone, new = shops
    for shop in shops:
        offered(shop, tmp_path, ("bag", "shoe", "hat"))
    compared()
    set_standing(gone, Seller.Standing.SUSPENDED, at=timezone.now(), actor=TESTER)
    assert [link.seller for link in may_be_twins_of_suspended(new.pk, at=NOON)] == [gone]
