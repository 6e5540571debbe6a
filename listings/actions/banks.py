"""Telling every worker that what screening compares with has changed."""

from django.db import connection

BUMP = """
INSERT INTO listings_bank (name, version) VALUES (%s, 1)
ON CONFLICT (name) DO UPDATE SET version = listings_bank.version + 1
"""


def bump_bank(name: str) -> None:
    """Workers load the bank again before their next batch."""
    with connection.cursor() as cursor:
        cursor.execute(BUMP, [name])
