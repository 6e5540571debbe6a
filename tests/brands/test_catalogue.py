import pytest

from brands.actions.catalogue import NewBrand, Upserted, link_brands, register_brands
from brands.models import Brand
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.django_db


def register(*rows):
    return register_brands(rows, at=NOON, actor=TESTER)


def names():
    return list(Event.objects.order_by("id").values_list("name", "data__brand"))


def test_a_brand_is_registered_once_however_often_it_is_told():
    row = NewBrand(name="Haneul", korean_name="하늘", aliases=["HN"], protection="GATED", list_price=129_000)

    assert register(row) == Upserted(new=1)
    assert register(row) == Upserted(same=1)

    brand = Brand.objects.get()
    assert (brand.korean_name, brand.aliases, brand.protection, brand.list_price) == (
        "하늘",
        ["HN"],
        "GATED",
        129_000,
    )
    assert names() == [("brands.brand.registered", "Haneul")]


def test_what_a_source_does_not_speak_of_stays():
    register(NewBrand(name="Haneul", korean_name="하늘", protection="GATED"))

    assert register(NewBrand(name="Haneul", category="bag")) == Upserted(changed=1)

    brand = Brand.objects.get()
    assert (brand.korean_name, brand.category, brand.protection) == ("하늘", "bag", "GATED")
    assert Event.objects.get(name="brands.brand.changed").data["fields"] == ["category"]


def test_a_thousand_brands_take_a_handful_of_statements(django_assert_max_num_queries):
    rows = [NewBrand(name=f"Brand {n}", korean_name="") for n in range(1000)]

    with django_assert_max_num_queries(12):
        register_brands(rows, at=NOON, actor=TESTER)

    assert Brand.objects.count() == Event.objects.count() == 1000


def test_a_brand_belongs_to_one_rights_holder():
    ours, theirs = make.rights_holder(), make.rights_holder("Baram Works")
    make.brand("Haneul", holder=ours)
    make.brand("Baram")
    before = Event.objects.count()

    with pytest.raises(Refused, match="already belongs"):
        link_brands(theirs, ["Baram", "Haneul"], at=NOON, actor=TESTER)

    assert set(Brand.objects.values_list("name", "rights_holder")) == {("Haneul", ours.pk), ("Baram", None)}
    assert Event.objects.count() == before


def test_linking_an_unknown_brand_is_refused_by_its_name():
    with pytest.raises(Refused, match="Nothing Known"):
        link_brands(make.rights_holder(), ["Nothing Known"], at=NOON, actor=TESTER)
