"""Pictures to compare listings with, in batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import connection, transaction
from django.utils.translation import gettext as _
from PIL import Image

from brands.facts import ReferenceAdded, ReferenceRetired
from brands.models import Brand, ReferenceImage
from klean.core.events.actors import Actor
from klean.core.events.record import record, record_all
from klean.core.files.store import PICTURES, checked_type, keep_files
from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused

MAX_SCANS = 100  # a progressive JPEG of thousands of scans costs minutes to decode


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes that ``picture_of`` found to be a whole picture within the limits."""

    data: bytes


@dataclass(frozen=True, kw_only=True)
class NewReference:
    brand: Brand
    kind: ReferenceImage.Kind
    picture: Picture
    label: str = ""


def picture_of(data: bytes) -> Picture:
    """The bytes as a picture; refused with the reason when they are none, too large, cut off or a bomb."""
    checked_type(data, PICTURES)
    if data.count(b"\xff\xda") > MAX_SCANS:
        raise Refused(
            _("The picture is packed in too many layers. Save it again as a plain JPEG."), code="file_type"
        )
    try:
        with Image.open(BytesIO(data)) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise Refused(
            _("The picture is cut off or damaged. Send the whole file."), code="file_damaged"
        ) from error
    return Picture(data)


@transaction.atomic
def add_references(rows: Sequence[NewReference], *, at: datetime, actor: Actor) -> list[ReferenceImage]:
    """Keep the pictures and answer those that are new in use; one that the brand uses already changes nothing."""
    files = keep_files([row.picture.data for row in rows], at=at)
    lock_name("brands.references")
    wanted = {
        (row.brand.pk, str(row.kind), file.sha256): ReferenceImage(
            brand=row.brand, kind=row.kind, label=row.label[:300], file=file, sha256=file.sha256
        )
        for row, file in zip(rows, files, strict=True)
    }
    alike = ReferenceImage.objects.filter(sha256__in=[file.sha256 for file in files]).select_related("brand")
    known = {(old.brand_id, old.kind, old.sha256): old for old in alike}
    back = [known[key] for key in wanted if key in known and known[key].retired_at]
    ReferenceImage.objects.filter(pk__in=[old.pk for old in back]).update(retired_at=None)
    new = ReferenceImage.objects.bulk_create(row for key, row in wanted.items() if key not in known)
    record_all([(_added(row), row) for row in [*new, *back]], at=at, actor=actor)
    return [*new, *back]


def _added(row: ReferenceImage) -> ReferenceAdded:
    return ReferenceAdded(brand=row.brand.name, brand_id=row.brand_id, reference_id=row.pk, kind=row.kind)


def record_reference_hashes(
    rows: Iterable[tuple[int, bytes, int, int, int]], *, at: datetime, actor: Actor
) -> int:
    """Note ``(id, hash, quality, width, height)`` of many references; answers how many there were."""
    values = list(rows)
    if not values:
        return 0
    ids, hashes, qualities, widths, heights = (list(column) for column in zip(*values, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE brands_referenceimage SET hash = new.hash, quality = new.quality, width = new.width, height = new.height"
            " FROM unnest(%s::bigint[], %s::bytea[], %s::int[], %s::int[], %s::int[])"
            " AS new (id, hash, quality, width, height) WHERE brands_referenceimage.id = new.id",
            [ids, hashes, qualities, widths, heights],
        )
        return int(cursor.rowcount)


@transaction.atomic
def retire_reference(reference: ReferenceImage, *, at: datetime, actor: Actor) -> None:
    """Stop comparing with this picture; retiring it again says nothing."""
    if ReferenceImage.objects.filter(pk=reference.pk, retired_at=None).update(retired_at=at):
        fact = ReferenceRetired(
            brand=reference.brand.name, brand_id=reference.brand_id, reference_id=reference.pk
        )
        record(fact, about=reference, at=at, actor=actor)
