"""Brands, shops and goods of the invented marketplace, brought in through the same actions as real ones."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from brands.actions.catalogue import NewBrand, link_brands, register_brands
from brands.actions.references import NewReference, add_references, picture_of
from brands.actions.register import check_due_rights, take_snapshot
from brands.actions.rights import register_ip_right, register_rights_holder
from brands.models import Brand, IPRight, ReferenceImage, RegisterRecord
from demo.drawing import crop_of, jpeg_of, photograph, recompressed
from demo.drawing.marks import letters
from demo.offers import Offer, counterfeit_photo, official_photos
from demo.people import APPEALING_SHOP, MARKET, OWN_SHOP, actor, organisation, shop_called
from demo.world import DemoBrand, demo_brands, shops
from klean.core.access.models import Organisation
from klean.core.operations.due_work import until_quiet
from klean.core.policy.queries import day_of
from listings.actions.upserts import upsert_listings
from listings.rules.rows import ListingRow
from sellers.actions.imports import NewAuthorisation, register_authorisations
from sellers.actions.reviews import (
    approve_authorisation,
    reject_authorisation,
    request_info,
    review_authorisation,
    tick_checks,
)
from sellers.actions.shops import NewSeller, link_sellers, register_sellers
from sellers.actions.submissions import Letter, submit_authorisation
from sellers.models import Seller
from sellers.queries.checks import TO_TICK

Kind = Organisation.Kind
Advance = Callable[[int], object]


def make_brands(*, at: datetime, advance: Advance) -> None:
    """The brands with their holders, rights, official pictures and one known fake each."""
    rows = [
        NewBrand(
            name=brand.name,
            korean_name=brand.korean_name,
            aliases=brand.aliases,
            country=brand.country,
            category=brand.category,
            protection=brand.protection,
            list_price=brand.list_price,
        )
        for brand in demo_brands()
    ]
    register_brands(rows, at=at, actor=MARKET)
    for name in dict.fromkeys(brand.holder for brand in demo_brands() if brand.holder):
        _make_holder(name, at=at)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        drawn = list(pool.map(_drawn_references, demo_brands()))
    for brand, pictures in zip(demo_brands(), drawn, strict=True):
        add_references(_references(brand, pictures), at=at, actor=MARKET)
        advance(4)


def _make_holder(name: str, *, at: datetime) -> None:
    holder = register_rights_holder(
        organisation(name, Kind.RIGHTS_HOLDER), name=name, country="KR", verified_at=at, at=at, actor=MARKET
    )
    owned = [(place, brand) for place, brand in enumerate(demo_brands()) if brand.holder == name]
    link_brands(holder, [brand.name for _, brand in owned], at=at, actor=MARKET)
    take_snapshot([_record(name, place, at) for place, _brand in owned], at=at, actor=MARKET)
    for place, brand in owned:
        register_ip_right(
            holder,
            IPRight.Kind.TRADEMARK,
            title=f"{brand.korean_name} {brand.name}",
            number=f"40-{1990011 + place}",
            nice_classes=[18, 25],
            registered_on=date(2019, 3, 4),
            expires_on=date(2029, 3, 4),
            brands=[Brand.objects.get(name=brand.name)],
            at=at,
            actor=MARKET,
        )
    until_quiet(check_due_rights, now=lambda: at)


def _record(owner: str, place: int, at: datetime) -> RegisterRecord:
    """What the register of the invented country says of a mark."""
    return RegisterRecord(
        number=f"40-{1990011 + place}",
        owner=owner,
        status=IPRight.Standing.LIVE,
        nice_classes=[18, 25],
        registered_on=date(2019, 3, 4),
        expires_on=date(2029, 3, 4),
        taken_on=day_of(at),
    )


def _drawn_references(brand: DemoBrand) -> list[bytes]:
    photos = [*official_photos(brand), counterfeit_photo(brand)]
    return [jpeg_of(photograph(photo), quality=92) for photo in photos]


def _references(demo_brand: DemoBrand, pictures: Sequence[bytes]) -> list[NewReference]:
    brand, kinds = Brand.objects.get(name=demo_brand.name), ReferenceImage.Kind
    return [
        NewReference(
            brand=brand,
            kind=kinds.COUNTERFEIT if number == len(pictures) else kinds.OFFICIAL,
            label=f"{demo_brand.korean_name} {number}",
            picture=picture_of(picture),
        )
        for number, picture in enumerate(pictures, start=1)
    ]


def make_shops(*, at: datetime) -> None:
    """The shops, whose people two of them have, and the authorisations that the marketplace has checked itself."""
    rows = [
        NewSeller(
            external_id=shop.external_id,
            name=shop.name,
            business_registration_number=shop.business_number,
            country="KR",
            joined_at=at - timedelta(days=120 + 37 * place),
        )
        for place, shop in enumerate(shops())
    ]
    register_sellers(rows, at=at, actor=MARKET)
    for name in (OWN_SHOP, APPEALING_SHOP):
        link_sellers(organisation(name, Kind.SELLER), [shop_called(name)], at=at, actor=MARKET)
    sellers = Seller.objects.in_bulk(field_name="external_id")
    brands, today = Brand.objects.in_bulk(field_name="name"), day_of(at)
    granted = [
        NewAuthorisation(
            seller=sellers[shop.external_id],
            brand=brands[name],
            valid_from=today - timedelta(days=200),
            valid_until=today + timedelta(days=20 if place % 4 == 3 else 400),
            territory=("KR",),
        )
        for place, shop in enumerate(shops())
        for name in shop.brands
    ]
    register_authorisations(granted, at=at, actor=MARKET)
    _ask_for_more(sellers, brands, at=at)


def _ask_for_more(sellers: dict[str, Seller], brands: dict[str, Brand], *, at: datetime) -> None:
    """Letters that the protection team has at every stage."""
    wanted = [
        (OWN_SHOP, "Solmari"),
        (OWN_SHOP, "Brindelle"),
        (OWN_SHOP, "Kestrano"),
        (APPEALING_SHOP, "Dalgyeolhwa"),
        ("한강셀렉트", "Brindelle"),
        ("나래마켓", "Onyuldam"),
    ]
    asked = [
        submit_authorisation(
            sellers[shop_called(shop)],
            brands[name],
            _letter_for(shop, at),
            document=letter(shop, name),
            at=at,
            actor=MARKET,
        )
        for shop, name in wanted
    ]
    moderator = actor("moderator")
    for each in asked[:4]:
        review_authorisation(each, at=at, actor=moderator)
    tick_checks(asked[0], dict.fromkeys(TO_TICK, True), at=at, actor=moderator)
    approve_authorisation(asked[0], at=at, actor=moderator)
    reject_authorisation(asked[1], reasons="위임장의 날짜가 지났습니다.", at=at, actor=moderator)
    request_info(
        asked[2], reasons="위임장 뒷면의 서명이 보이지 않습니다. 다시 올려 주세요.", at=at, actor=moderator
    )


def _letter_for(shop: str, at: datetime) -> Letter:
    today = day_of(at)
    return Letter(valid_from=today, valid_until=today + timedelta(days=300), territory=["KR"], grantee=shop)


def letter(shop: str, brand: str) -> bytes:
    """A letter of authorisation, scanned."""
    page = Image.new("RGB", (620, 877), (252, 251, 247))
    draw = ImageDraw.Draw(page)
    draw.text((310, 120), "LETTER OF AUTHORISATION", font=letters(30), fill=(40, 40, 48), anchor="mm")
    draw.text((310, 190), brand.upper(), font=letters(40), fill=(40, 40, 48), anchor="mm")
    for line in range(14):
        draw.line(
            (90, 270 + line * 30, 530 - (line * 53) % 120, 270 + line * 30), fill=(150, 150, 156), width=5
        )
    draw.ellipse((400, 730, 500, 830), outline=(176, 40, 40), width=8)
    draw.text((450, 780), str(len(shop)), font=letters(36), fill=(176, 40, 40), anchor="mm")
    out = BytesIO()
    page.save(out, "PDF")
    return out.getvalue()


def draw_pictures(offers: Iterable[Offer], *, advance: Advance) -> None:
    """Every offer's picture as a file; what is there already is not drawn again."""
    folder = pictures_folder()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(partial(_draw, folder), offers):
            advance(1)


def pictures_folder() -> Path:
    found = Path(settings.KLEAN_STATE) / "demo-pictures"
    found.mkdir(exist_ok=True)
    return found


def _draw(folder: Path, offer: Offer) -> None:
    path = folder / f"{offer.external_id}.jpg"
    if offer.treatment != "missing" and not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(_file_of(offer))
        part.rename(path)


def _file_of(offer: Offer) -> bytes:
    if offer.treatment == "no_picture":
        return b"<html><title>404 Not Found</title></html>"
    image = photograph(offer.photo)
    if offer.treatment == "recompressed":
        return recompressed(image)
    if offer.treatment == "cropped":
        return crop_of(image)
    data = jpeg_of(image)
    return data[: len(data) // 2] if offer.treatment == "cut_off" else data


def take_in(offers: Sequence[Offer], *, at: datetime) -> None:
    """The offers as a feed brings them."""
    upsert_listings([_row(offer) for offer in offers], at=at, actor=MARKET)


def _row(offer: Offer) -> ListingRow:
    return ListingRow(
        external_id=offer.external_id,
        seller=offer.seller,
        title=offer.title,
        description=offer.description,
        link=f"https://hanbit.example/items/{offer.external_id}",
        brand=offer.brand,
        category=offer.category,
        condition="new",
        price=offer.price,
        pictures=((pictures_folder() / f"{offer.external_id}.jpg").resolve().as_uri(),),
    )
