"""Telling every worker that what screening compares with has changed."""

from datetime import datetime

from django.db import connection

from klean.core.events.actors import Actor

# By the clock, so that a version which was rolled back or lost with a restored backup is never given again.
BUMP = """
INSERT INTO listings_bank AS bank (name, version) VALUES (%s, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
ON CONFLICT (name) DO UPDATE SET version = greatest(bank.version + 1, excluded.version)
"""


def bump_bank(name: str, *, at: datetime, actor: Actor) -> None:
    """Workers load the bank again before their next batch."""
    with connection.cursor() as cursor:
        cursor.execute(BUMP, [name])
