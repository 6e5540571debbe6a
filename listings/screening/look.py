"""The second look at pictures, where its packages (the extra ``pictures``) are installed."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from brands.models import ReferenceImage
from klean.core.files import path_of
from klean.core.models import StoredFile
from listings.models import Listing, ListingPicture, PictureEmbedding
from listings.screening.images.coarse import Embed, coarse
from listings.screening.images.match import Look

IMAGES = "listings.screening.images"


@cache
def embedder() -> tuple[str, Embed] | None:
    """The embedding and the name of its method, or None where nothing could verify what it proposes."""
    if find_spec("cv2") is None:
        return None
    if not settings.KLEAN_EMBEDDING_MODEL:
        return "coarse", coarse
    method, model = _model(Path(settings.KLEAN_EMBEDDING_MODEL), settings.KLEAN_EMBEDDING_SHA256)
    return method, import_string(f"{IMAGES}.embedding.Embedder")(model)


def _model(path: Path, sha256: str) -> tuple[str, bytes]:
    """The digest and the bytes of the model's file, refused where they are not those that were named."""
    try:
        model = path.read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(f"KLEAN_EMBEDDING_MODEL cannot be read: {error}") from None
    found = hashlib.sha256(model).hexdigest()
    if found != sha256.strip().lower():
        raise ImproperlyConfigured(
            f"KLEAN_EMBEDDING_SHA256 is {sha256 or 'not set'}, but the file {path} has {found}; name the digest of the "
            "file that you trust."
        )
    return found, model


def kept_pictures() -> Iterator[tuple[int, StoredFile]]:
    """What can be looked for: references in force, and under negative numbers the pictures of removed listings."""
    official = ReferenceImage.objects.filter(retired_at=None, file__isnull=False).select_related("file")
    removed = ListingPicture.objects.filter(
        listing__state=Listing.State.REMOVED, replaced_at=None, file__isnull=False
    ).select_related("file")
    for sign, rows in ((1, official), (-1, removed)):
        for row in rows.iterator(2000):
            if row.file:
                yield sign * row.pk, row.file


def load_look(_: object) -> tuple[Look | None]:
    """The second look over every kept picture that has its embedding."""
    tools = embedder()
    if tools is None:
        return (None,)
    method, embed = tools
    vectors = dict(
        PictureEmbedding.objects.filter(method=method)
        .exclude(vector=b"")
        .values_list("file_id", "vector")
        .iterator(2000)
    )
    known = {pk: file for pk, file in kept_pictures() if file.pk in vectors}
    if not known:
        return (None,)
    paths = {pk: path_of(file) for pk, file in known.items()}
    rows = np.stack([np.frombuffer(vectors[file.pk], np.float16) for file in known.values()])
    second_look, verifier = (
        import_string(f"{IMAGES}.second_look.{name}") for name in ("SecondLook", "Verifier")
    )
    look: Look = second_look(
        embed,
        verifier.load(),
        np.array(list(known)),
        rows.astype(np.float32),
        lambda pk: paths[pk].read_bytes(),
    )
    return (look,)
