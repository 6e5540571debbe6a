"""The rows of seller and authorisation files."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from klean.core.importing import cells
from klean.core.importing.cells import BadRow
from klean.core.rows.validators import business_number, refuse_resident_number
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
    name = cells.read_required_text(row, "name", max_length=200)
    refuse_resident_number(name)
    number = cells.read_text(row, "business_registration_number", max_length=30)
    return NewSeller(
        external_id=cells.read_required_text(row, "seller_id", max_length=100),
        name=name,
        business_registration_number=business_number(number) if number else None,
        country=cells.read_text(row, "country", max_length=100),
        joined_at=cells.read_datetime(row, "joined_at"),
        contact_email=cells.read_text(row, "email", max_length=254),
        contact_phone=cells.read_text(row, "phone", max_length=30),
        representative=_clean(row, "representative", max_length=100),
        opened_on=cells.read_date(row, "opened_on"),
        mail_order_number=_mail_order(row),
        traits={kind: _values(row, column) for column, kind in TRAITS.items() if row.get(column) is not None},
    )


def _clean(row: dict[str, Any], column: str, *, max_length: int) -> str | None:
    found = cells.read_text(row, column, max_length=max_length)
    refuse_resident_number(found or "")
    return found


def _values(row: dict[str, Any], column: str) -> list[str]:
    found = cells.read_text_list(row, column, max_length=300) or []
    for value in found:
        refuse_resident_number(value)
    return found


def _mail_order(row: dict[str, Any]) -> str | None:
    written = cells.read_text(row, "mail_order_number", max_length=40)
    normal = normal_mail_order(written) if written else written
    if written and normal is None:
        raise BadRow(f"mail_order_number is {written!r}; it should be like 제2023-서울강남-01234호")
    return normal


def parse_business(row: dict[str, Any]) -> BusinessRecord:
    """One answer of the tax office's file."""
    status = cells.read_choice(row, "status", ["ACTIVE", "SUSPENDED", "CLOSED", "NOT_FOUND"])
    if status is None:
        raise BadRow("status is missing; it should be active, suspended, closed or not_found")
    try:
        number = business_number(cells.read_required_text(row, "business_registration_number", max_length=30))
        representative = _clean(row, "representative", max_length=100)
    except ValidationError as error:
        raise BadRow(" ".join(error.messages)) from error
    return BusinessRecord(
        number=number,
        status=status,
        opened_on=cells.read_date(row, "opened_on"),
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
    valid_from, valid_until = cells.read_date(row, "valid_from"), cells.read_date(row, "valid_until")
    if not valid_from or not valid_until:
        raise BadRow("valid_from and valid_until are needed, as dates like 2026-03-02")
    written = cells.read_text(row, "territory", max_length=1000) or KOREA
    territory = territory_of(written)
    if not territory:
        raise BadRow(f"territory is {written!r}; it should be country codes like KR|JP, or world")
    return AuthorisationRow(
        seller_id=cells.read_required_text(row, "seller_id", max_length=100),
        brand=cells.read_required_text(row, "brand", max_length=150),
        valid_from=valid_from,
        valid_until=valid_until,
        territory=territory,
    )
