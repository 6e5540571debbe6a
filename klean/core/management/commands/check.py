from typing import Any

from django.core.management.commands import check
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections


class Command(check.Command):
    help = "Checks the project and, where the database answers, the policies in it."

    def handle(self, *app_labels: Any, **options: Any) -> None:
        databases = options["databases"] or self._databases()
        super().handle(*app_labels, **{**options, "databases": databases})

    def _databases(self) -> list[str]:
        try:
            connections[DEFAULT_DB_ALIAS].ensure_connection()
        except DatabaseError:
            self.stderr.write("The database does not answer: its policies are not checked.")
            return []
        return [DEFAULT_DB_ALIAS]
