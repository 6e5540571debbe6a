"""The second match of pictures, where its packages (the extra ``pictures``) are installed."""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from brands.models import ReferenceImage
from klean.core.files.models import StoredFile
from klean.core.files.store import path_of
from listings.models import Listing, ListingPicture, PictureEmbedding
from screening.images.match import FindSightings

IMAGES = "screening.images"
LANDMARKS = "landmarks"
Describe = Callable[[bytes], bytes]


@cache
def model() -> tuple[str, Any] | None:
    """The digest of the copy-detection model that the settings name, and its Embedder."""
    if not settings.KLEAN_EMBEDDING_MODEL:
        return None
    method, weights = _model(Path(settings.KLEAN_EMBEDDING_MODEL), settings.KLEAN_EMBEDDING_SHA256)
    return method, import_string(f"{IMAGES}.embedding.Embedder")(weights)


def methods() -> dict[str, Describe]:
    """What is kept of a picture to find it again, by the method's name: nothing where OpenCV is not installed."""
    if find_spec("cv2") is None:
        return {}
    kept: dict[str, Describe] = {LANDMARKS: import_string(f"{IMAGES}.secondary_match.landmarks_of")}
    named = model()
    if named:
        kept[named[0]] = named[1].describe
    return kept


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


def load_secondary_match(_: object) -> tuple[FindSightings | None]:
    """The matcher over every kept picture that has been described."""
    found = {name: _described(name) for name in methods()}
    if not found.get(LANDMARKS):
        return (None,)
    files = {pk: file for pk, file in kept_pictures() if file.pk in found[LANDMARKS]}
    paths = {pk: path_of(file) for pk, file in files.items()}
    matcher, verifier, landmarks, embedded = (
        import_string(f"{IMAGES}.{name}")
        for name in (
            "secondary_match.SecondaryMatcher",
            "secondary_match.Verifier",
            "landmarks.Landmarks",
            "secondary_match.Embedded",
        )
    )
    marks = landmarks.build({pk: found[LANDMARKS][file.pk] for pk, file in files.items()})
    named, rows = model(), {}
    if named:
        rows = {pk: found[named[0]][file.pk] for pk, file in files.items() if file.pk in found[named[0]]}
    model_rows = None
    if named and rows:
        stacked = np.stack([np.frombuffer(row, np.float16) for row in rows.values()]).astype(np.float32)
        model_rows = embedded(named[1], np.array(list(rows)), stacked)
    return (matcher(verifier.load(), marks, lambda pk: paths[pk].read_bytes(), model_rows),)


def _described(method: str) -> dict[int, bytes]:
    """By the file, what the method kept of it."""
    kept = PictureEmbedding.objects.filter(method=method).exclude(vector=b"").values_list("file_id", "vector")
    return {pk: bytes(vector) for pk, vector in kept.iterator(2000)}
