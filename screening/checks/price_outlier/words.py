"""The evidence and the words of a price far below the usual one."""

from screening.evidence import PriceRange
from screening.words import N_, Message, Won, Words


class PriceOutlier(PriceRange):
    """``scope`` names what the usual price is of, ``rows`` on how many prices it rests, ``ratio`` is price to median."""

    ratio: float = 1.0
    rows: int = 0
    scope: str = ""
    condition: str = ""
    list_price: tuple[int, int] | None = None


def sentence(found: PriceOutlier) -> Words:
    """The price beside the usual one."""
    percent = round(100 * found.price / found.median)
    return Message(
        N_("%(price)s, which is %(percent)d%% of the usual %(median)s."),
        {"price": Won(found.price), "median": Won(found.median), "percent": percent},
    )
