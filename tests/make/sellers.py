"""Shops and their letters, with names of their own."""

from datetime import date
from typing import Any

from brands.actions.catalogue import link_brands
from brands.actions.rights import tie_rights
from brands.models import Brand
from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from sellers.actions.reviews import approve_authorisation, review_authorisation, tick_checks
from sellers.actions.shops import NewSeller, link_sellers, register_sellers
from sellers.actions.submissions import Letter, submit_authorisation
from sellers.models import BrandAuthorisation, Seller
from sellers.queries.checks import TO_TICK
from tests.fixtures import NOON, TESTER
from tests.make.brands import brand, live_right, rights_holder

FILER = Actor("machine", "filer")


def letter_of(*lines: str) -> bytes:
    """A PDF of one page with these lines of Latin text."""
    drawn = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 40 780 Td {drawn}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (table, len(out))


LETTER = letter_of("Letter of authorisation", "Haneul Mills lets Moonlight Shop sell Haneul")


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


def letter(**also: Any) -> Letter:
    """What a letter says, for this year and Korea unless told otherwise."""
    return Letter(
        **{"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), "territory": ["KR"]} | also
    )


def submission(by: Seller | None = None, of: Brand | None = None, **also: Any) -> BrandAuthorisation:
    document, actor = also.pop("document", LETTER), also.pop("actor", FILER)
    return submit_authorisation(
        by or seller(), of or brand(), letter(**also), document=document, at=NOON, actor=actor
    )


def ticked(asked: BrandAuthorisation) -> BrandAuthorisation:
    """Every check of its document met, and a right in force behind its brand."""
    grounded(asked.brand)
    return tick_checks(asked, dict.fromkeys(TO_TICK, True), at=NOON, actor=TESTER)


def grounded(of: Brand) -> Brand:
    """The brand with a verified rights holder whose mark the register shows in force."""
    of.refresh_from_db()
    if of.rights_holder is None:
        link_brands(rights_holder(), [of.name], at=NOON, actor=TESTER)
        of.refresh_from_db()
    if not of.ip_rights.filter(standing="LIVE").exists():
        live = of.rights_holder.ip_rights.filter(standing="LIVE")
        tie_rights(of, list(live) or [live_right(of.rights_holder)], at=NOON, actor=TESTER)
    return of


def authorisation(by: Seller | None = None, of: Brand | None = None, **also: Any) -> BrandAuthorisation:
    """One in force."""
    asked = review_authorisation(submission(by, of, **also), at=NOON, actor=TESTER)
    return approve_authorisation(ticked(asked), at=NOON, actor=TESTER)
