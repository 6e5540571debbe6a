"""Offers, and the work that screening does on them."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from klean.core.operations.due_work import until_quiet
from listings.actions.banks import bump_bank
from listings.actions.references import describe_references
from listings.actions.screenings import screen_due_listings
from listings.actions.upserts import Upserted, upsert_listings
from listings.models import Listing
from listings.rules.rows import ListingRow
from sellers.models import Seller
from tests.fixtures import NOON, TESTER
from tests.make.sellers import seller

BANKS = ("brands", "references", "prices", "model")


def listing_row(external_id: str = "L-1", *, by: Seller | None = None, **also: Any) -> ListingRow:
    """A row of a catalogue that nobody would doubt."""
    also = {
        "title": "Canvas tote bag, natural",
        "price": 39_000,
        "category": "bag",
        "condition": "new",
    } | also
    return ListingRow(external_id=external_id, seller=(by or seller()).external_id, **also)


def upserted(*rows: ListingRow) -> list[Upserted]:
    return upsert_listings(list(rows) or [listing_row()], at=NOON, actor=TESTER)


def known() -> None:
    """Screening learns of every brand, reference and removed picture there is, as it does moments after they come."""
    until_quiet(describe_references, now=lambda: NOON)
    for bank in BANKS:
        bump_bank(bank, at=NOON, actor=TESTER)


def screened() -> int:
    """The worker's work: everything that is due is judged."""
    known()
    return until_quiet(screen_due_listings, now=lambda: NOON)


def listing(external_id: str = "L-1", *, by: Seller | None = None, **also: Any) -> Listing:
    """An offer that was taken in and judged: live where nothing speaks against it."""
    upserted(listing_row(external_id, by=by, **also))
    screened()
    return Listing.objects.select_related("seller").get(external_id=external_id)


def photo(name: str = "bag", size: tuple[int, int] = (320, 240), kind: str = "JPEG") -> bytes:
    """A picture with enough in it to be recognised, another for each name and always the same."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])
    coarse = np.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    out = BytesIO()
    Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC).save(out, kind)
    return out.getvalue()


def photo_file(folder: Path, name: str = "bag", data: bytes | None = None) -> str:
    """The address of a picture in a folder, as an import would store it."""
    path = folder / f"{name}.jpg"
    path.write_bytes(photo(name) if data is None else data)
    return path.resolve().as_uri()
