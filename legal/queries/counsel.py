import hashlib
from datetime import datetime

from django.db.models import QuerySet

from legal.models import CounselAccess, Matter


def accesses_of(matter: Matter) -> QuerySet[CounselAccess]:
    return CounselAccess.objects.filter(matter=matter)


def access_of(token: str, *, at: datetime) -> CounselAccess | None:
    """What this link opens, while it is open."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = CounselAccess.objects.select_related("matter").filter(token_sha256=digest).first()
    return found if found and found.is_open(at) else None
