"""Rights holders, rights and brands with names of their own."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from brands.actions.catalogue import NewBrand, link_brands, register_brands
from brands.actions.references import NewReference, add_references, picture_of
from brands.actions.register import check_due_rights, take_snapshot
from brands.actions.rights import register_ip_right, register_rights_holder, tie_rights
from brands.models import Brand, IPRight, ReferenceImage, RegisterRecord, RightsHolder
from klean.core.access.models import Organisation
from tests.fixtures import NOON, TESTER


def rights_holder(name: str = "Haneul Mills") -> RightsHolder:
    organisation, _ = Organisation.objects.get_or_create(name=name, kind=Organisation.Kind.RIGHTS_HOLDER)
    return register_rights_holder(
        organisation,
        name=name,
        country="KR",
        contact_email="legal@haneul.example",
        verified_at=NOON,
        at=NOON,
        actor=TESTER,
    )


def ip_right(holder: RightsHolder | None = None, number: str = "40-1234567", **also: Any) -> IPRight:
    also = {"kind": IPRight.Kind.TRADEMARK, "title": "HANEUL", "nice_classes": [18, 25]} | also
    return register_ip_right(
        holder or rights_holder(), also.pop("kind"), number=number, at=NOON, actor=TESTER, **also
    )


def live_right(holder: RightsHolder, number: str = "40-7654321", **also: Any) -> IPRight:
    """A mark that the register shows in force, in the holder's name."""
    record = {"status": "LIVE", "nice_classes": [18, 25], "taken_on": NOON.date()} | also
    take_snapshot([RegisterRecord(number=number, owner=holder.name, **record)], at=NOON, actor=TESTER)
    right = ip_right(holder, number, brands=holder.brands.all())
    check_due_rights(at=NOON)
    right.refresh_from_db()
    return right


def brand(name: str = "Haneul", *, holder: RightsHolder | None = None, **also: Any) -> Brand:
    also = {"korean_name": "하늘", "aliases": ["HANEUL STUDIO"], "category": "bag"} | also
    register_brands([NewBrand(name=name, **also)], at=NOON, actor=TESTER)
    if holder:
        link_brands(holder, [name], at=NOON, actor=TESTER)
        tie_rights(Brand.objects.get(name=name), holder.ip_rights.all(), at=NOON, actor=TESTER)
    return Brand.objects.get(name=name)


def picture(colour: str = "navy", size: tuple[int, int] = (320, 240), kind: str = "JPEG") -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).ellipse([size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2], fill=colour)
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def reference(brand: Brand, data: bytes | None = None, kind: str = "OFFICIAL") -> ReferenceImage:
    new = NewReference(
        brand=brand, kind=ReferenceImage.Kind(kind), picture=picture_of(data or picture()), label="front.jpg"
    )
    return add_references([new], at=NOON, actor=TESTER)[0]
