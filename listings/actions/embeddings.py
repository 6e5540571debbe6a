"""Kept pictures are described by each installed method, so that the second look can look for them."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from brands.models import ReferenceImage
from klean.core.events.actors import Actor
from klean.core.files.models import StoredFile
from klean.core.files.store import read_file
from listings.actions.banks import bump_bank
from listings.judging.secondary_match import Describe, methods
from listings.models import Listing, ListingPicture, PictureEmbedding
from screening.images.decode import BadPicture

log = logging.getLogger(__name__)


def embed_pictures(*, limit: int = 100, at: datetime, actor: Actor) -> int:
    """Describe up to ``limit`` kept pictures that an installed method has not seen; answers how many there were."""
    rows = [
        PictureEmbedding(file=file, method=method, vector=_vector(file, describe))
        for method, describe in methods().items()
        for file in _unseen(method)[:limit]
    ]
    if rows:
        with transaction.atomic():
            PictureEmbedding.objects.bulk_create(rows, ignore_conflicts=True)
            bump_bank("references", at=at, actor=actor)
    return len(rows)


def _vector(file: StoredFile, describe: Describe) -> bytes:
    """Empty for a picture that cannot be described, so that it is not tried again."""
    try:
        return describe(read_file(file))
    except (BadPicture, OSError) as error:
        log.warning("kept picture %s cannot be described: %s", file.pk, error)
        return b""


def _unseen(method: str) -> QuerySet[StoredFile]:
    references = ReferenceImage.objects.filter(file=OuterRef("pk"), retired_at=None)
    removed = ListingPicture.objects.filter(
        file=OuterRef("pk"), listing__state=Listing.State.REMOVED, replaced_at=None
    )
    seen = PictureEmbedding.objects.filter(file=OuterRef("pk"), method=method)
    return StoredFile.objects.filter(Q(Exists(references)) | Q(Exists(removed)), ~Exists(seen)).order_by("pk")
