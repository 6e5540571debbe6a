"""Shops of the same people: certain and probable links, and clusters drawn anew only where a change reaches."""

import pytest
from django.utils import timezone

from klean.core.events.models import Event
from sellers.actions.links import SellerTraits, note_traits
from sellers.actions.shops import NewSeller, register_sellers, set_standing
from sellers.models import Seller, SellerCluster, SellerTrait
from sellers.queries.links import came_back, linked_sellers, may_be_twins_of_suspended, twins_of
from sellers.rules.traits import components, normal_trait
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")


def shop(number, **also):
    row = NewSeller(external_id=f"s-{number}", name=f"Shop {number}", **also)
    register_sellers([row], at=NOON, actor=TESTER)
    return Seller.objects.get(external_id=f"s-{number}")


def clusters():
    found = {}
    for row in SellerCluster.objects.select_related("seller"):
        found.setdefault(row.cluster, set()).add(row.seller.external_id)
    return sorted(sorted(members) for members in found.values())


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("PHONE", "010-1234-5678", "+82 10 1234 5678", True),
        ("PHONE", "010-1234-5678", "010-1234-5679", False),
        ("EMAIL", "Kim.Sora+shop@gmail.com", "kimsora@googlemail.com", True),
        ("EMAIL", "kim.sora@naver.com", "kimsora@naver.com", False),
        ("ACCOUNT", "110-123-456789", "110123456789", True),
        ("BUSINESS_NUMBER", "116-82-00276", "1168200276", True),
        ("REPRESENTATIVE", "김 소라", "김소라", True),
        ("ADDRESS", "서울시 강남구 테헤란로 1, 101호", "서울시 강남구 테헤란로 1 101호", True),
    ],
)
def test_the_same_thing_is_written_alike(kind, one, other, same):
    assert (normal_trait(kind, one) == normal_trait(kind, other)) == same


@pytest.mark.parametrize(
    ("kind", "text"), [("PHONE", "123"), ("ACCOUNT", "-"), ("EMAIL", "none"), ("ADDRESS", "서울")]
)
def test_what_tells_nobody_apart_is_no_trait(kind, text):
    assert normal_trait(kind, text) == ""


def test_components_are_named_by_their_least_member():
    assert components({1, 2, 3, 4, 5}, [(4, 2), (5, 4)]) == {1: 1, 2: 2, 3: 3, 4: 2, 5: 2}


def test_certain_links_make_a_cluster_with_the_evidence_of_each():
    one = shop(1, contact_phone="010-1234-5678", contact_email="a@shop.example")
    two = shop(2, contact_phone="+82-10-1234-5678")
    three = shop(3, contact_email="A@shop.example")
    shop(4, contact_phone="010-9999-9999")

    assert clusters() == [["s-1", "s-2", "s-3"]]
    links = {link.seller: link for link in linked_sellers(two.pk, at=NOON)}
    assert set(links) == {one, three}
    assert (links[one].shared, links[one].is_certain) == (("PHONE",), True)
    assert (links[three].shared, links[three].is_certain) == ((), True)


def test_probable_links_stay_apart():
    one = shop(1, representative="김소라", traits={"DEVICE": ["fp-77"]})
    two = shop(2, representative="김 소라", traits={"DEVICE": ["fp-77", "fp-78"]})

    assert clusters() == []
    (link,) = linked_sellers(one.pk, at=NOON)
    assert (link.seller, link.shared, link.is_certain) == (two, ("DEVICE", "REPRESENTATIVE"), False)


def test_what_changes_draws_only_what_it_reaches_anew():
    shop(1, contact_phone="010-1111-1111")
    two = shop(2, contact_phone="010-1111-1111", contact_email="b@shop.example")
    shop(3, contact_email="b@shop.example")
    for number in (8, 9):
        shop(number, contact_phone="010-8888-8888")
    assert clusters() == [["s-1", "s-2", "s-3"], ["s-8", "s-9"]]

    reached = note_traits([SellerTraits(two.pk, {"PHONE": ["010-7777-7777"]})], at=NOON, actor=TESTER)
    assert (reached, clusters()) == (3, [["s-2", "s-3"], ["s-8", "s-9"]])

    assert note_traits([SellerTraits(two.pk, {"PHONE": ["010 7777 7777"]})], at=NOON, actor=TESTER) == 0
    note_traits([SellerTraits(two.pk, {"PHONE": ["010-8888-8888"]})], at=NOON, actor=TESTER)
    assert clusters() == [["s-2", "s-3", "s-8", "s-9"]]

    note_traits([SellerTraits(two.pk, {"PHONE": [], "EMAIL": []})], at=NOON, actor=TESTER)
    assert clusters() == [["s-8", "s-9"]]


def test_a_trait_that_too_many_share_says_nothing():
    rows = [
        NewSeller(
            external_id=f"s-{n}", name="Shop", contact_email="office@agency.example", representative="김소라"
        )
        for n in range(51)
    ]
    register_sellers(rows, at=NOON, actor=TESTER)
    one = Seller.objects.get(external_id="s-0")

    assert (clusters(), linked_sellers(one.pk, at=NOON)) == ([], [])


def test_no_trait_is_kept_in_clear():
    one = shop(1, contact_phone="010-1234-5678", representative="김소라")

    for trait in SellerTrait.objects.filter(seller=one):
        assert len(bytes(trait.digest)) == 16
        assert b"1012345678" not in bytes(trait.digest)
    assert Seller.objects.values_list("contact_phone", flat=True).get() == "010-1234-5678"


def twins_recorded():
    found = Event.objects.filter(name="sellers.linked_seller.found").order_by("pk")
    return [(event.data["seller"], event.data["linked_sellers"]) for event in found]


def test_a_suspended_shop_that_comes_back_is_told_of_and_shown_on_the_desk(person, browser_of):
    gone = shop(1, contact_phone="010-1234-5678")
    set_standing(gone, Seller.Standing.SUSPENDED, at=timezone.now(), actor=TESTER)
    shop(3, representative="Kim Sora")
    back = shop(2, contact_phone="+82 10 1234 5678")
    shop(2, contact_phone="010-1234-5678", country="KR")

    assert twins_recorded() == [("s-2", ["s-1"])]
    assert (list(came_back()), twins_of([back])) == ([back], {back.pk: [gone]})
    page = browser_of(person("moderator")).get("/desk/sellers/returned").content.decode()
    assert ("Shop 2" in page, "Shop 1" in page, "Shop 3" in page) == (True, True, False)


def test_the_twin_of_a_suspended_shop_is_recognised():
    gone = shop(1, contact_phone="010-1234-5678")
    new = shop(2, contact_phone="010-1234-5678")
    assert may_be_twins_of_suspended(new.pk, at=NOON) == []
    assert twins_recorded() == []

    set_standing(gone, Seller.Standing.SUSPENDED, at=timezone.now(), actor=TESTER)

    assert [link.seller for link in may_be_twins_of_suspended(new.pk, at=NOON)] == [gone]
