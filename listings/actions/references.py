"""Reference pictures of brands get their hashes, so that listings can be compared with them."""

import logging
from datetime import datetime

from django.db import transaction

from brands.actions.references import record_reference_hashes
from brands.models import ReferenceImage
from klean.core.files.store import read_file
from klean.core.operations.wake import wake
from listings.actions.banks import bump_bank
from listings.actions.screenings import SCREENING
from screening.images.decode import BadPicture
from screening.images.pdq import pdq_of

log = logging.getLogger(__name__)
NOTHING = (b"\0" * 32, 0, 0, 0)  # quality 0: too flat, or not readable, to be compared with


def ask_for_descriptions() -> None:
    """After commit, have new references described and kept pictures embedded."""
    wake("listings.tasks.describe_new_references")


def describe_references(*, at: datetime, limit: int = 200) -> int:
    """Hash up to ``limit`` references that have no hash; answers how many there were."""
    with transaction.atomic():
        new = ReferenceImage.objects.select_for_update(of=("self",), skip_locked=True).filter(
            hash=None, retired_at=None
        )
        found = list(new.select_related("file")[:limit])
        record_reference_hashes(
            [(reference.pk, *_described(reference)) for reference in found], at=at, actor=SCREENING
        )
        if found:
            bump_bank("references", at=at, actor=SCREENING)
    return len(found)


def _described(reference: ReferenceImage) -> tuple[bytes, int, int, int]:
    try:
        data = read_file(reference.file) if reference.file else b""
        hashed = pdq_of(data)
    except (BadPicture, OSError) as error:
        log.warning("reference %s cannot be hashed: %s", reference.pk, error)
        return NOTHING
    return hashed.hash, hashed.quality, hashed.width, hashed.height
