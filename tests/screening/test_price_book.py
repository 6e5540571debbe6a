"""A price far below the usual one is a signal; deals and used goods are not."""

import math

from screening.checks.price_outlier.find import outlier, outliers
from screening.price.book import PriceBook
from screening.price.levels import PriceRow
from screening.signal import Item

NEW = [
    PriceRow("Chanel", "bag", "new", "a", price) for price in (4_800_000, 5_000_000, 5_200_000, 4_900_000) * 5
]
OLD = [PriceRow("Chanel", "bag", "used", "a", price) for price in (2_000_000, 2_200_000, 1_800_000) * 5]
CHEAP = [PriceRow("Spao", "bag", "new", "a", price) for price in (30_000, 35_000, 40_000) * 5]
BOOK = PriceBook.build(NEW + OLD + CHEAP)


def bag(price: int | None, condition: str = "new", market: str = "a", category: str = "bag") -> Item:
    return Item("1", "bag", category=category, condition=condition, price=price, market=market)


def test_a_tenth_of_the_usual_price_is_an_outlier_and_says_why() -> None:
    (signal,) = outliers(BOOK, [bag(500_000)], ["Chanel"])
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
    assert outliers(BOOK, items, ["Chanel", "Chanel", "Chanel", "Spao"]) == [None, None, None, None]


def test_a_lower_price_never_weighs_less() -> None:
    values = [
        signal.value if (signal := outlier(BOOK, bag(price), "Chanel")) else 0
        for price in range(100_000, 5_000_000, 100_000)
    ]
    assert values == sorted(values, reverse=True)


def test_without_brand_or_price_there_is_no_signal() -> None:
    assert outliers(BOOK, [bag(1), bag(None), bag(0)], ["", "Chanel", "Chanel"]) == [None, None, None]


def test_an_unknown_market_or_kind_leans_on_the_brand() -> None:
    (signal,) = outliers(BOOK, [bag(150_000, market="elsewhere")], ["Chanel"])
    assert signal is not None
    assert signal.evidence["scope"] == "brand × category × condition"


def test_a_list_price_speaks_for_a_brand_without_rows() -> None:
    with_list = PriceBook.build(CHEAP, [("Hermes", ("", 10_000_000, 10_000_000))])
    assert outlier(with_list, bag(900_000), "Hermes") is not None
    assert outlier(PriceBook.build(CHEAP), bag(900_000), "Hermes") is None


def test_what_a_kind_of_goods_costs_by_its_holder_counts_for_that_kind() -> None:
    listed = [("Hermes", ("bag", 8_000_000, 12_000_000)), ("Hermes", ("", 300_000, 12_000_000))]
    book = PriceBook.build(CHEAP, listed)
    far, listed = outlier(book, bag(900_000), "Hermes"), outlier(book, bag(8_000_000), "Hermes")
    scarf = Item("2", "", category="scarf", price=320_000, condition="new")

    assert far is not None
    assert far.evidence["list_price"] == (8_000_000, 12_000_000)
    assert listed is None
    assert outlier(book, scarf, "Hermes") is None


def test_few_rows_say_less_than_many() -> None:
    few = outlier(PriceBook.build(NEW[:2] + CHEAP), bag(500_000), "Chanel")
    many = outlier(BOOK, bag(500_000), "Chanel")
    assert many is not None
    assert few is None or few.value < many.value


def test_an_empty_book_answers() -> None:
    assert outliers(PriceBook.build([]), [bag(45_000)], ["Chanel"]) == [None]


def middle(book: PriceBook, brand: str, item: Item) -> float:
    return math.exp(book.usual(item, brand).middle)


def test_a_category_path_leans_on_the_category_that_holds_it() -> None:
    rows = [
        PriceRow("Celine", "bag>handbag", "new", "", price) for price in (900_000, 1_000_000, 1_100_000) * 9
    ]
    rows += [PriceRow("Celine", "bag>wallet", "new", "", price) for price in (290_000, 300_000, 310_000) * 9]
    book = PriceBook.build(rows)
    nano = bag(1, category="Bag > Handbag > nano", market="")
    assert middle(book, "Celine", bag(1, category="bag>wallet", market="")) < 400_000
    assert middle(book, "Celine", nano) > 850_000
    assert book.usual(nano, "Celine").group == ("celine", "bag>handbag", "new", "")


def spread_over(brand: str, category: str, condition: str, price: int, title: str = "") -> list[PriceRow]:
    return [
        PriceRow(brand, category, condition, "", round(price * part), title)
        for part in (0.8, 0.9, 1, 1.1, 1.25)
    ] * 6


SHOPS = [
    row
    for brand, expensive in (("Prada", 20), ("Gucci", 18), ("Zara", 1), ("Mango", 1.2))
    for row in (
        *spread_over(brand, "bag", "used", round(60_000 * expensive)),
        *spread_over(brand, "fashion", "new", round(50_000 * expensive), "cotton shirt"),
        *spread_over(brand, "fashion", "new", round(100_000 * expensive), "down parka"),
    )
]


def test_a_brand_known_by_used_bags_alone_has_a_level_for_new_clothes() -> None:
    book = PriceBook.build(SHOPS + spread_over("Chanel", "bag", "used", 4_000_000))
    clothes = bag(300_000, category="fashion", market="")
    assert middle(book, "Chanel", clothes) > 2_000_000
    signal = outlier(book, clothes, "Chanel")
    assert signal is not None
    assert (signal.evidence["scope"], signal.evidence["rows"]) == ("brand", 30)
    assert outlier(book, bag(60_000, category="fashion", market=""), "Zara") is None


def test_a_category_that_nobody_used_before_counts_as_the_kind_that_it_names() -> None:
    book = PriceBook.build(SHOPS)
    shirt = Item("1", "cotton shirt", category="상의", condition="new")
    assert 800_000 < middle(book, "Prada", shirt) < 1_300_000
    assert book.usual(shirt, "Prada").group == ("prada", "fashion", "new", "")


def test_words_of_the_title_move_what_is_usual_and_names_do_not() -> None:
    book = PriceBook.build(SHOPS + spread_over("Prada", "fashion", "new", 3_000_000, "ottoline"))
    usual = {
        title: middle(book, "Zara", Item("1", title, category="fashion", condition="new"))
        for title in ("cotton shirt", "down parka")
    }
    assert usual["down parka"] > 1.5 * usual["cotton shirt"]
    assert "word:fashion ottoline" not in book.levels.effects


def test_a_few_absurd_prices_do_not_move_what_is_usual() -> None:
    odd = [
        PriceRow("Prada", "fashion", "new", "", price, "cotton shirt") for price in (100, 9_000_000_000)
    ] * 2
    shirt = Item("1", "cotton shirt", category="fashion", condition="new")
    before, after = (middle(PriceBook.build(rows), "Prada", shirt) for rows in (SHOPS, SHOPS + odd))
    assert 0.8 < after / before < 1.25
