"""What a rights holder says that its goods cost, by category, and what screening reads of it."""

import pytest

from brands.actions.catalogue import NewBrand, Upserted, register_brands
from brands.queries import list_prices, price_ranges_of
from brands.rules.prices import price_range_of, written
from klean.core.events.models import Event
from listings.judging.screener import screener_at
from screening.checks.price_outlier.find import outlier
from screening.signal import Item
from tests import make
from tests.fixtures import NOON, TESTER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bag: 90,000 - 150,000", ("bag", 90_000, 150_000)),
        ("bag>hand bag:90000~150000원", ("bag>hand bag", 90_000, 150_000)),
        ("가방: 90000 – 150000 KRW", ("가방", 90_000, 150_000)),
        ("60000-200000", ("", 60_000, 200_000)),
        ("129000", ("", 129_000, 129_000)),
        ("bag: 150000 - 90000", None),
        ("bag: 0 - 90000", None),
        ("bag: cheap", None),
        ("bag: -5 - 90000", None),
        ("bag: 1 - 9999999999999", None),
        ("x" * 101 + ": 1 - 2", None),
        ("", None),
    ],
)
def test_a_price_range_is_read_as_people_write_it(text, expected):
    assert price_range_of(text) == expected
    assert expected is None or price_range_of(written([expected])[0]) == expected


@pytest.mark.django_db
def test_price_ranges_are_told_like_everything_else_of_a_brand():
    row = NewBrand(name="Haneul", list_price=129_000, price_ranges=[("bag", 90_000, 150_000)])
    assert register_brands([row], at=NOON, actor=TESTER) == Upserted(new=1)
    assert register_brands([row], at=NOON, actor=TESTER) == Upserted(same=1)
    assert list(list_prices()) == [("Haneul", ("bag", 90_000, 150_000)), ("Haneul", ("", 129_000, 129_000))]

    other = NewBrand(name="Haneul", price_ranges=[("", 50_000, 200_000)])
    assert register_brands([other], at=NOON, actor=TESTER) == Upserted(changed=1)
    assert list(list_prices()) == [("Haneul", ("", 50_000, 200_000))]
    assert Event.objects.get(name="brands.brand.changed").data["fields"] == ["price_ranges"]


@pytest.mark.usefixtures("policy")
def test_screening_reads_the_range_of_the_kind_of_goods():
    make.brand(price_ranges=[("bag", 900_000, 1_500_000), ("scarf", 60_000, 90_000)])
    make.known()
    prices = screener_at(NOON).known.prices

    def doubted(kind, price):
        return (
            outlier(prices, Item("1", "", category=kind, condition="new", price=price), "Haneul") is not None
        )

    assert [doubted("bag", 90_000), doubted("scarf", 70_000), doubted("bag", 900_000)] == [True, False, False]


def test_the_holder_writes_price_ranges_on_the_brands_page(policy, person, browser_of):
    holder = make.rights_holder()
    brand = make.brand(holder=holder)
    browser = browser_of(person("rights_holder", organisation=holder.organisation))
    address = f"/rights/brands/{brand.pk}/details"

    good = browser.post(address, {"price_ranges": "bag: 90,000 - 150,000\n\n60000 - 200000"})
    assert (good.status_code, price_ranges_of(brand)) == (
        302,
        [("", 60_000, 200_000), ("bag", 90_000, 150_000)],
    )
    assert "bag: 90,000 - 150,000" in browser.get(f"/rights/brands/{brand.pk}").content.decode()

    for wrong, words in (
        ("bag 90", "is no price range"),
        ("bag: 1 - 2\nbag: 3 - 4", "each kind of goods once"),
    ):
        bad = browser.post(address, {"price_ranges": wrong})
        assert (bad.status_code, words in bad.content.decode()) == (422, True)
    assert len(price_ranges_of(brand)) == 2
