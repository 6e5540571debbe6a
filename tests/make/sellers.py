"""Shops and their letters, with names of their own."""

from datetime import date
from typing import Any

from brands.models import Brand
from klean.core.actors import Actor
from klean.core.models import Organisation
from sellers.actions import (
    NewSeller,
    approve_authorisation,
    link_sellers,
    register_sellers,
    review_authorisation,
    submit_authorisation,
)
from sellers.models import BrandAuthorisation, Seller
from tests.fixtures import NOON, TESTER
from tests.make.brands import brand

FILER = Actor("machine", "filer")
LETTER = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def seller(
    external_id: str = "s-100", name: str = "Moonlight Shop", *, organisation: str = "", **also: Any
) -> Seller:
    """A shop of no organisation, or of the one named, so that its people can log in."""
    also = {"country": "KR"} | also
    register_sellers([NewSeller(external_id=external_id, name=name, **also)], at=NOON, actor=TESTER)
    if organisation:
        owner, _ = Organisation.objects.get_or_create(name=organisation, kind=Organisation.Kind.SELLER)
        link_sellers(owner, [external_id], at=NOON, actor=TESTER)
    return Seller.objects.get(external_id=external_id)


def submission(by: Seller | None = None, of: Brand | None = None, **also: Any) -> BrandAuthorisation:
    also = {
        "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), "territory": ["KR"], "document": LETTER,
    } | also  # fmt: skip
    return submit_authorisation(
        by or seller(), of or brand(), at=NOON, actor=also.pop("actor", FILER), **also
    )


def authorisation(by: Seller | None = None, of: Brand | None = None, **also: Any) -> BrandAuthorisation:
    """One in force."""
    asked = review_authorisation(submission(by, of, **also), at=NOON, actor=TESTER)
    return approve_authorisation(asked, at=NOON, actor=TESTER)
