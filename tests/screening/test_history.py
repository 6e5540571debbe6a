"""What a seller's other offers say of a listing."""

from datetime import UTC, datetime, timedelta

from screening.checks.price_outlier.find import is_underpriced
from screening.checks.seller_history.find import history_signals
from screening.known import KnownSeller
from screening.signal import Item, Signal

NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)
JOINED = NOON - timedelta(days=900)
SHOP = KnownSeller(1, "ACTIVE", JOINED)
NAMED = Signal("brand_mention", 0.97, {"use": "trade", "how": []}, "Chanel")


def odd(median: int, ratio: float, value: float = 0.7, condition: str = "new") -> Signal:
    return Signal(
        "price_outlier", value, {"median": median, "ratio": ratio, "condition": condition}, "Chanel"
    )


FAKE = odd(2_000_000, 0.2)


def test_only_new_dear_goods_far_below_their_price_are_underpriced() -> None:
    assert is_underpriced([NAMED, FAKE])
    for signal in (
        odd(2_000_000, 0.2, condition="used"),
        odd(60_000, 0.2),
        odd(2_000_000, 0.8),
        odd(2_000_000, 0.2, 0.3),
    ):
        assert not is_underpriced([NAMED, signal])


def history_of(*found: list[Signal], seller: KnownSeller = SHOP) -> list[list[Signal]]:
    items = [Item(str(number), "", price=1, seller="s") for number in range(len(found))]
    return history_signals(items, found, {"s": seller}, at=NOON)


def test_three_underpriced_offers_speak_about_all_that_the_shop_sells() -> None:
    three, two = (
        history_of([NAMED, FAKE], [NAMED, FAKE], [NAMED, FAKE], [NAMED]),
        history_of([NAMED, FAKE], [NAMED, FAKE], [NAMED]),
    )
    assert [one[0].kind for one in three] == ["seller_history"] * 4
    assert three[3][0].evidence["underpriced_offers"] == 3
    assert two == [[], [], []]


def test_few_of_many_say_little_and_never_enough_to_corroborate() -> None:
    few = history_of(*[[NAMED, FAKE]] * 3, *[[NAMED]] * 60)
    all_of_them = history_of(*[[NAMED, FAKE]] * 40)
    assert few[0][0].value < 0.05
    assert 0.4 < all_of_them[0][0].value < 0.5


def test_offers_stored_before_count_beside_those_of_the_batch() -> None:
    known = KnownSeller(1, "ACTIVE", JOINED, branded=5, underpriced=2)
    ((signal,),) = history_of([NAMED, FAKE], seller=known)
    assert (signal.evidence["branded_offers"], signal.evidence["underpriced_offers"]) == (6, 3)
