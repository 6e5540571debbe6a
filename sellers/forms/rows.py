"""The rows of seller and authorisation files."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from klean.core import cells
from klean.core.cells import BadRow
from klean.core.validators import business_number, refuse_resident_number
from sellers.actions import NewSeller
from sellers.rules.territories import KOREA, territory_of


def parse_seller(row: dict[str, Any]) -> NewSeller:
    try:
        return _seller(row)
    except ValidationError as error:
        raise BadRow(" ".join(error.messages)) from error


def _seller(row: dict[str, Any]) -> NewSeller:
    name = cells.needed(row, "name", most=200)
    refuse_resident_number(name)
    number = cells.text(row, "business_registration_number", most=30)
    return NewSeller(
        external_id=cells.needed(row, "seller_id", most=100),
        name=name,
        business_registration_number=business_number(number) if number else None,
        country=cells.text(row, "country", most=100),
        joined_at=cells.moment(row, "joined_at"),
    )


@dataclass(frozen=True, kw_only=True)
class AuthorisationRow:
    seller_id: str
    brand: str
    valid_from: date
    valid_until: date
    territory: tuple[str, ...]


def parse_authorisation(row: dict[str, Any]) -> AuthorisationRow:
    """A row whose territory is empty or absent speaks of Korea."""
    valid_from, valid_until = cells.day(row, "valid_from"), cells.day(row, "valid_until")
    if not valid_from or not valid_until:
        raise BadRow("valid_from and valid_until are needed, as dates like 2026-03-02")
    written = cells.text(row, "territory", most=1000) or KOREA
    territory = territory_of(written)
    if not territory:
        raise BadRow(f"territory is {written!r}; it should be country codes like KR|JP, or world")
    return AuthorisationRow(
        seller_id=cells.needed(row, "seller_id", most=100),
        brand=cells.needed(row, "brand", most=150),
        valid_from=valid_from,
        valid_until=valid_until,
        territory=territory,
    )
