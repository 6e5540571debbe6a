"""Kept pictures get their embeddings, so that the second look can look for them."""

import logging
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from brands.models import ReferenceImage
from klean.core.files import read_file
from klean.core.models import StoredFile
from listings.actions.banks import bump_bank
from listings.models import Listing, ListingPicture, PictureEmbedding
from listings.screening.images.coarse import embedding_of
from listings.screening.images.decode import BadPicture
from listings.screening.look import embedder

log = logging.getLogger(__name__)


def embed_pictures(*, at: datetime, limit: int = 100) -> int:
    """Embed up to ``limit`` kept pictures that the installed method has not seen; answers how many there were."""
    tools = embedder()
    if tools is None:
        return 0
    method, embed = tools
    rows = []
    for file in _unseen(method)[:limit]:
        try:
            vector = embedding_of(embed, read_file(file)).astype(np.float16).tobytes()
        except (BadPicture, OSError) as error:
            log.warning("kept picture %s cannot be embedded: %s", file.pk, error)
            vector = b""
        rows.append(PictureEmbedding(file=file, method=method, vector=vector))
    if rows:
        with transaction.atomic():
            PictureEmbedding.objects.bulk_create(rows, ignore_conflicts=True)
            bump_bank("references")
    return len(rows)


def _unseen(method: str) -> QuerySet[StoredFile]:
    references = ReferenceImage.objects.filter(file=OuterRef("pk"), retired_at=None)
    removed = ListingPicture.objects.filter(
        file=OuterRef("pk"), listing__state=Listing.State.REMOVED, replaced_at=None
    )
    seen = PictureEmbedding.objects.filter(file=OuterRef("pk"), method=method)
    return StoredFile.objects.filter(Q(Exists(references)) | Q(Exists(removed)), ~Exists(seen)).order_by("pk")
