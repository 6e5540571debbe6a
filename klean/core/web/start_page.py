"""The cards of the start page: each app registers those that lead to its pages."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise


class Row(Enum):
    """The first row is for people who bought something, the second for those who sell or hold rights."""

    BUYERS = 1
    PARTNERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """``variant`` names the styles beside those of every card."""

    row: Row
    href: str
    title: str | Promise
    text: str | Promise
    icon: str
    variant: str = ""


_cards: list[Card] = []


def register_cards(*cards: Card) -> None:
    """For an app's ``ready``; cards stand in the order of the apps."""
    _cards.extend(cards)


def cards_of(row: Row) -> list[Card]:
    return [card for card in _cards if card.row is row]
