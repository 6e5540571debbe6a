"""The shape of an offer as files and the API send it: Google Merchant product data."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.importing import cells
from listings.gateways.pictures import OutsideFolder, local_address
from listings.models import Sweep
from listings.rules.rows import (
    CONDITIONS,
    BadRow,
    ListingRow,
    attributes_of,
    pictures_of,
    text_of,
)
from screening.price.money import parse_price

NAMED = frozenset(
    {
        "id",
        "seller_id",
        "title",
        "description",
        "link",
        "image_link",
        "additional_image_link",
        "price",
        "sale_price",
        "currency",
        "brand",
        "product_type",
        "google_product_category",
        "condition",
    }
)
BETWEEN = ","
CURRENCY = re.compile(r"\b[A-Z]{3}\b")


def read_offer(
    row: dict[str, Any], *, images: Path | None = None, seller: str = "", needs_seller: bool = True
) -> ListingRow:
    """A row of a file; its pictures may lie below ``images``, and ``seller`` is whose it is when it does not say."""
    try:
        own = row | {"seller_id": seller} if seller and not row.get("seller_id") else row
        return with_addresses(read_row(own, needs_seller=needs_seller), images)
    except BadRow as error:
        raise cells.BadRow(str(error)) from None


def read_row(row: Mapping[str, Any], *, needs_seller: bool = True) -> ListingRow:
    """A sound offer; raises BadRow naming every field that is wrong."""
    errors: dict[str, str] = {}
    category_name = "product_type" if row.get("product_type") else "google_product_category"
    condition = str(row.get("condition") or "").strip().lower()
    read = ListingRow(
        external_id=text_of(row.get("id"), "id", errors, needed=True),
        seller=text_of(row.get("seller_id"), "seller_id", errors, needed=needs_seller),
        title=text_of(row.get("title"), "title", errors, needed=True),
        description=text_of(row.get("description"), "description", errors),
        link=text_of(row.get("link"), "link", errors),
        brand=text_of(row.get("brand"), "brand", errors),
        category=text_of(row.get(category_name), "category", errors),
        condition=condition if condition in CONDITIONS else "",
        price=_price(row, errors),
        currency=_currency(row),
        pictures=pictures_of(_links(row), errors),
        attributes=attributes_of({name: row[name] for name in row if name not in NAMED}, errors),
    )
    if errors:
        raise BadRow(errors)
    return read


def _links(row: Mapping[str, Any]) -> list[Any]:
    """The main picture, then the others; a file has them as text with commas between."""
    links: list[Any] = []
    for name in ("image_link", "additional_image_link"):
        value = row.get(name)
        if isinstance(value, list | tuple):
            links.extend(value)
        elif isinstance(value, str):
            links.extend(value.split(BETWEEN) if name == "additional_image_link" else [value])
        elif value is not None:
            links.append(value)
    return links


def _price(row: Mapping[str, Any], errors: dict[str, str]) -> int | None:
    """The price that is asked now, in won."""
    name = "sale_price" if row.get("sale_price") not in (None, "") else "price"
    value = row.get(name)
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        errors[name] = "must be a number, or text such as 129000 KRW"
        return None
    try:
        return parse_price(value, str(row.get("currency") or "").strip())
    except (ValueError, ArithmeticError) as error:
        errors[name] = str(error).removeprefix("price: ")
        return None


def _currency(row: Mapping[str, Any]) -> str:
    """The code that the price was given in, won where none is named."""
    written = f"{row.get('currency') or ''} {row.get('sale_price') or row.get('price') or ''}".upper()
    found = CURRENCY.search(written)
    return found[0] if found else "KRW"


def with_addresses(row: ListingRow, images: Path | None) -> ListingRow:
    """The row with its pictures where they can be had: web addresses as they are, others below ``images``."""
    return replace(row, pictures=tuple(_address(link, images) for link in row.pictures))


def _address(link: str, images: Path | None) -> str:
    if urlsplit(link).scheme in ("http", "https"):
        return link
    if images is None:
        raise BadRow({"image_link": f"{link[:80]!r} is no http or https address"})
    try:
        return local_address(link, images)
    except OutsideFolder as error:
        raise BadRow({"image_link": str(error)}) from None


class SweepForm(forms.Form):
    """Which proposals of the sweep go to the desk."""

    def __init__(self, *args: Any, sweep: Sweep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposal"] = forms.ModelMultipleChoiceField(
            sweep.proposals.all(), label=_("Listings"), required=False
        )

    @property
    def confirmed(self) -> list[int]:
        return [one.pk for one in self.cleaned_data["proposal"]]
