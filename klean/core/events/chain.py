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


@dataclass(frozen=True, slots=True)
class Head:
    """The last sealed event: whoever keeps it can tell later that nothing before it was rewritten."""

    position: int
    hash: str


def chain_head() -> Head:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, hash FROM core_event WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1"
        )
        return Head(*(cursor.fetchone() or (0, "")))


def walk_chain() -> Walk:
    """Recompute every hash and name the first row that does not fit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_event")
        (events,) = cursor.fetchone() or (0,)
        cursor.execute(FIRST_FAULT)
        bad = cursor.fetchone()
        cursor.execute("SELECT id FROM core_event WHERE position IS NULL ORDER BY id LIMIT 1")
        unsealed = cursor.fetchone()
    fault = f"event at position {bad[0]}: {bad[1]}" if bad else ""
    if not fault and unsealed:
        fault = f"event {unsealed[0]} was never sealed into the chain"
    return Walk(events, chain_head().hash, fault)


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An event as it was hashed: ``hash`` is the SHA-256 of ``text``, which holds the hash of the event before."""

    position: int
    text: str
    hash: str


def seal_events() -> None:
    """Seal what this transaction has recorded so far; the log is held to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS core_event_seal IMMEDIATE; SET CONSTRAINTS core_event_seal DEFERRED")


def sealed_events(subjects: list[str]) -> list[SealedEvent]:
    """The sealed events about these rows, in the order of the chain."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, core_event_text(core_event), hash FROM core_event "
            "WHERE subject = ANY(%s) AND position IS NOT NULL ORDER BY position",
            [subjects],
        )
        return [SealedEvent(*row) for row in cursor.fetchall()]
