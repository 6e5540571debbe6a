"""Files from strangers: bounded, typed by what they contain, kept once under their SHA-256."""

import hashlib
import os
import tempfile
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import filetype
from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from klean.core.files.models import StoredFile
from klean.core.rows.refusals import Refused

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
DOCUMENTS = PICTURES | {"application/pdf"}
VIDEOS = frozenset({"video/mp4", "video/x-m4v", "video/quicktime", "video/3gpp", "video/webm"})
MAX_PIXELS = 40_000_000


def media_type_of(data: bytes) -> str:
    """The type that the bytes themselves show, ``""`` when it is not known or a picture that cannot be opened."""
    kind = filetype.guess_mime(data) or ""
    return _picture_type(data) if kind in PICTURES else kind


def _picture_type(data: bytes) -> str:
    """``""`` when the picture cannot be opened or is too large."""
    try:
        with Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF"]) as picture:
            is_small = picture.width * picture.height <= MAX_PIXELS
            return Image.MIME[str(picture.format)] if is_small else ""
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return ""


def checked_type(data: bytes, allowed: frozenset[str] = DOCUMENTS) -> str:
    """The type of the bytes; refused with the reason when too large or of another type."""
    if len(data) > settings.KLEAN_MAX_FILE_BYTES:
        limit = settings.KLEAN_MAX_FILE_BYTES // 1024 // 1024
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": limit}, code="file_too_large")
    media_type = media_type_of(data)
    if media_type not in allowed:
        names = ", ".join(sorted(kind.rpartition("/")[2].removeprefix("x-").upper() for kind in allowed))
        raise Refused(
            _("The file is none of %(names)s, is damaged, or has more than 40 million pixels.")
            % {"names": names},
            code="file_type",
        )
    return media_type


def keep_file(data: bytes, *, at: datetime, allowed: frozenset[str] = DOCUMENTS) -> StoredFile:
    """Keep the bytes durably and answer their row; refused with the reason when too large or of another type."""
    checked_type(data, allowed)
    return keep_files([data], at=at)[0]


def keep_files(many: Sequence[bytes], *, at: datetime) -> list[StoredFile]:
    """``keep_file`` for many that passed ``checked_type``, in two statements."""
    new = []
    for data in many:
        digest = hashlib.sha256(data).hexdigest()
        new.append(StoredFile(sha256=digest, media_type=media_type_of(data), size=len(data), stored_at=at))
        _write(path_of(new[-1]), data)
    StoredFile.objects.bulk_create({file.sha256: file for file in new}.values(), ignore_conflicts=True)
    kept = {file.sha256: file for file in StoredFile.objects.filter(sha256__in=[file.sha256 for file in new])}
    return [kept[file.sha256] for file in new]


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing, on the disk before it returns."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(data)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(path)


def path_of(stored: StoredFile) -> Path:
    return Path(settings.MEDIA_ROOT) / stored.path


def read_file(stored: StoredFile) -> bytes:
    return path_of(stored).read_bytes()


def forget_files(pks: Collection[int]) -> None:
    """Delete those of the files that no row points to any more, their bytes after commit."""
    for stored in StoredFile.objects.filter(pk__in=pks):
        path = path_of(stored)
        try:
            with transaction.atomic():
                stored.delete()
        except ProtectedError:
            continue
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def serve_file(stored: StoredFile) -> FileResponse:
    """Answer with the file, for a door that has already decided that the person may see it."""
    response = FileResponse(path_of(stored).open("rb"), content_type=stored.media_type)
    is_picture = stored.media_type in PICTURES
    name = f"{stored.sha256[:12]}.{stored.media_type.rpartition('/')[2]}"
    response["Content-Disposition"] = "inline" if is_picture else f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, max-age=3600"
    return response
