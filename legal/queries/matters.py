from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from legal.models import Matter, Task


def matters() -> QuerySet[Matter]:
    return Matter.objects.select_related("case__seller", "case__listing")


def matter_for(matter_id: int) -> Matter:
    return get_object_or_404(matters(), pk=matter_id)


def open_tasks(limit: int = 10) -> list[Task]:
    """What is due first, of all matters."""
    return list(Task.objects.filter(done_at=None).select_related("matter").order_by("due_on", "pk")[:limit])
