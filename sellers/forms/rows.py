"""The rows of seller and authorisation files."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from klean.core import cells
from klean.core.cells import BadRow
from klean.core.validators import business_number, refuse_resident_number
from sellers.actions.shops import NewSeller
from sellers.models import BusinessRecord
from sellers.rules.permits import normal_mail_order
from sellers.rules.territories import KOREA, territory_of

# Columns from which links between shops are found; several values have | between them.
TRAITS = {"settlement_account": "ACCOUNT", "device": "DEVICE", "address": "ADDRESS"}


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
        contact_email=cells.text(row, "email", most=254),
        contact_phone=cells.text(row, "phone", most=30),
        representative=_clean(row, "representative", most=100),
        opened_on=cells.day(row, "opened_on"),
        mail_order_number=_mail_order(row),
        traits={kind: _values(row, column) for column, kind in TRAITS.items() if row.get(column) is not None},
    )


def _clean(row: dict[str, Any], column: str, *, most: int) -> str | None:
    found = cells.text(row, column, most=most)
    refuse_resident_number(found or "")
    return found


def _values(row: dict[str, Any], column: str) -> list[str]:
    found = cells.texts(row, column, most=300) or []
    for value in found:
        refuse_resident_number(value)
    return found


def _mail_order(row: dict[str, Any]) -> str | None:
    written = cells.text(row, "mail_order_number", most=40)
    normal = normal_mail_order(written) if written else written
    if written and normal is None:
        raise BadRow(f"mail_order_number is {written!r}; it should be like 제2023-서울강남-01234호")
    return normal


def parse_business(row: dict[str, Any]) -> BusinessRecord:
    """One answer of the tax office's file."""
    status = cells.choice(row, "status", ["ACTIVE", "SUSPENDED", "CLOSED", "NOT_FOUND"])
    if status is None:
        raise BadRow("status is missing; it should be active, suspended, closed or not_found")
    try:
        number = business_number(cells.needed(row, "business_registration_number", most=30))
        representative = _clean(row, "representative", most=100)
    except ValidationError as error:
        raise BadRow(" ".join(error.messages)) from error
    return BusinessRecord(
        number=number,
        status=status,
        opened_on=cells.day(row, "opened_on"),
        representative=representative or "",
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
