"""Documents that two sellers have sent, or nearly."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from sellers.models import BrandAuthorisation, DocumentReading

# Of 64 bits; what a new scan, a crop of the margin or another name in the text changes.
MAX_BITS = 8


def copies_of(authorisation: BrandAuthorisation, *, limit: int = 10) -> list[BrandAuthorisation]:
    """The latest letters of other sellers with the same document or a near-copy of it."""
    if authorisation.document_id is None:
        return []
    alike = Q(document=authorisation.document_id) | Q(document__in=_near(authorisation.document_id))
    others = BrandAuthorisation.objects.exclude(seller=authorisation.seller_id).filter(alike)
    return list(others.select_related("seller", "brand").order_by("-pk")[:limit])


def _near(file_id: int) -> QuerySet[DocumentReading, Any]:
    near = (
        "SELECT other.file_id FROM sellers_documentreading other, sellers_documentreading own"
        " WHERE own.file_id = %s AND other.file_id <> own.file_id AND ("
        " bit_count((other.picture_print # own.picture_print)::bit(64)) <= %s"
        " OR bit_count((other.text_print # own.text_print)::bit(64)) <= %s)"
    )
    return DocumentReading.objects.filter(pk__in=RawSQL(near, [file_id, MAX_BITS, MAX_BITS])).values("pk")  # noqa: S611  no text of others
