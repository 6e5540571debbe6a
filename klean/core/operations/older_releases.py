"""A database of a release before 0.2.0 is recognised and refused: its tables lie in other apps."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

TABLE_OF_0_1_0 = "reports_refundclaim"


def check_release(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for each database that 0.1.0 made; for ``check`` and ``migrate``."""
    return [
        Error(
            "This database was made by Klean 0.1.0, which 0.2.0 cannot upgrade. Nothing in it was changed.",
            hint="Point DATABASE_URL (for `make demo`: KLEAN_STATE) at an empty one; docs/upgrading.md says what to "
            "bring over and how.",
            obj=alias,
            id="klean.E001",
        )
        for alias in databases or []
        if TABLE_OF_0_1_0 in connections[alias].introspection.table_names()
    ]
