"""Walking the hash chain of the event log."""

from dataclasses import dataclass

from django.db import connection

FIRST_FAULT = """
    SELECT position, fault FROM (
        SELECT position, CASE
            WHEN position <> row_number() OVER walk THEN 'a row before it is missing'
            WHEN previous_hash <> coalesce(lag(hash) OVER walk, '') THEN 'it does not hold the hash of the row before'
            WHEN hash <> core_event_hash(core_event) THEN 'its content is not what was hashed'
        END AS fault
        FROM core_event WHERE position IS NOT NULL
        WINDOW walk AS (ORDER BY position)
    ) AS walked WHERE fault IS NOT NULL ORDER BY position LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Walk:
    """``fault`` is ``""`` when every one of ``events`` rows is sound; ``head`` is the last hash."""

    events: int
    head: str
    fault: str


def walk_chain() -> Walk:
    """Recompute every hash and name the first row that does not fit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), (SELECT hash FROM core_event WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1) FROM core_event"
        )
        events, head = cursor.fetchone() or (0, "")
        cursor.execute(FIRST_FAULT)
        bad = cursor.fetchone()
        cursor.execute("SELECT id FROM core_event WHERE position IS NULL ORDER BY id LIMIT 1")
        loose = cursor.fetchone()
    fault = f"event at position {bad[0]}: {bad[1]}" if bad else ""
    if not fault and loose:
        fault = f"event {loose[0]} was never sealed into the chain"
    return Walk(events, head or "", fault)
