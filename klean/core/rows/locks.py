"""Lock before you read what you will decide on."""

import hashlib
from typing import TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def lock_row(model: type[Row], pk: int) -> Row:
    """The row, kept from everybody else until the transaction ends."""
    return model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)


def lock_name(name: str) -> None:
    """Hold something that has no row yet, by its name."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
