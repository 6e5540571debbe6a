"""A price far below the usual one is a signal; deals and used goods are not."""

import json
import math

from listings.screening.price.book import PriceBook, PriceRow
from listings.screening.signal import Item

NEW = [
    PriceRow("Chanel", "bag", "new", "a", price) for price in (4_800_000, 5_000_000, 5_200_000, 4_900_000) * 5
]
OLD = [PriceRow("Chanel", "bag", "used", "a", price) for price in (2_000_000, 2_200_000, 1_800_000) * 5]
CHEAP = [PriceRow("Spao", "bag", "new", "a", price) for price in (30_000, 35_000, 40_000) * 5]
BOOK = PriceBook.build(NEW + OLD + CHEAP)


def bag(price: int | None, condition: str = "new", market: str = "a", category: str = "bag") -> Item:
    return Item("1", "bag", category=category, condition=condition, price=price, market=market)


def test_a_tenth_of_the_usual_price_is_an_outlier_and_says_why() -> None:
    (signal,) = BOOK.outliers([bag(500_000)], ["Chanel"])
    assert signal is not None
    assert (signal.kind, signal.brand) == ("price_outlier", "Chanel")
    assert signal.value > 0.8
    evidence = signal.evidence
    assert evidence["price"] == 500_000
    assert 4_000_000 < evidence["median"] < 5_200_000
    assert evidence["low"] < evidence["median"] < evidence["high"]
    assert evidence["ratio"] < 0.13
    assert (evidence["rows"], evidence["scope"]) == (20, "brand × category × condition × market")


def test_deals_used_goods_and_high_prices_are_not_punished() -> None:
    items = [bag(4_000_000), bag(2_000_000, "used"), bag(90_000_000), bag(35_000)]
    assert BOOK.outliers(items, ["Chanel", "Chanel", "Chanel", "Spao"]) == [None, None, None, None]


def test_a_lower_price_never_weighs_less() -> None:
    values = [
        signal.value if (signal := BOOK.outlier(bag(price), "Chanel")) else 0
        for price in range(100_000, 5_000_000, 100_000)
    ]
    assert values == sorted(values, reverse=True)


def test_without_brand_or_price_there_is_no_signal() -> None:
    assert BOOK.outliers([bag(1), bag(None), bag(0)], ["", "Chanel", "Chanel"]) == [None, None, None]


def test_an_unknown_market_or_kind_leans_on_the_brand() -> None:
    (signal,) = BOOK.outliers([bag(150_000, market="elsewhere")], ["Chanel"])
    assert signal is not None
    assert signal.evidence["scope"] == "brand × category × condition"


def test_a_list_price_speaks_for_a_brand_without_rows() -> None:
    with_list = PriceBook.build(CHEAP, {"Hermes": 10_000_000})
    assert with_list.outlier(bag(900_000), "Hermes") is not None
    assert PriceBook.build(CHEAP).outlier(bag(900_000), "Hermes") is None


def test_few_rows_say_less_than_many() -> None:
    few = PriceBook.build(NEW[:2] + CHEAP).outlier(bag(500_000), "Chanel")
    many = BOOK.outlier(bag(500_000), "Chanel")
    assert many is not None
    assert few is None or few.value < many.value


def test_a_book_survives_json() -> None:
    kept = PriceBook.from_dict(json.loads(json.dumps(BOOK.to_dict())))
    item = [bag(500_000)]
    assert kept.outliers(item, ["Chanel"]) == BOOK.outliers(item, ["Chanel"])


def test_an_empty_book_answers() -> None:
    assert PriceBook.build([]).outliers([bag(45_000)], ["Chanel"]) == [None]


def test_a_category_path_leans_on_the_category_that_holds_it() -> None:
    rows = [
        PriceRow("Celine", "bag>handbag", "new", "", price) for price in (900_000, 1_000_000, 1_100_000) * 9
    ]
    rows += [PriceRow("Celine", "bag>wallet", "new", "", price) for price in (290_000, 300_000, 310_000) * 9]
    book = PriceBook.build(rows)
    usual = {
        kind: math.exp(book.usual("Celine", kind, "new", "")[0].middle)
        for kind in ("bag>wallet", "bag>handbag>nano")
    }
    assert usual["bag>wallet"] < 400_000
    assert usual["bag>handbag>nano"] > 850_000
    assert book.usual("Celine", "bag>handbag>nano", "new", "")[1] == ("celine", "bag>handbag", "new", "")
