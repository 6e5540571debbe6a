"""Repeating a batch until nothing is due."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.utils import timezone


class Batch(Protocol):
    def __call__(self, *, at: datetime) -> int: ...


def until_quiet(batch: Batch, *, now: Callable[[], datetime] = timezone.now) -> int:
    """Do batches until one finds nothing; answers how many rows were taken."""
    total = 0
    while taken := batch(at=now()):
        total += taken
    return total
