"""Whether every part answers: core asks the database and the broker, each app registers what it rests on."""

from collections.abc import Callable

from django.db import connection

BROKER_TIMEOUT_SECONDS = 1

Probe = Callable[[], object]


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_broker() -> None:
    from klean.celery import app

    with app.connection_for_write(connect_timeout=BROKER_TIMEOUT_SECONDS) as broker:
        broker.ensure_connection(max_retries=0, timeout=BROKER_TIMEOUT_SECONDS)


_probes: dict[str, Probe] = {"database": ask_database, "broker": ask_broker}


def register_probe(part: str, probe: Probe) -> None:
    """For an app's ``ready``; ``probe`` raises when the part cannot work."""
    _probes[part] = probe


def failing_parts() -> dict[str, str]:
    """The parts that do not answer, each with the name of its error."""
    return {part: fault for part, probe in _probes.items() if (fault := _fault_of(probe))}


def _fault_of(probe: Probe) -> str:
    try:
        probe()
    except Exception as error:  # noqa: BLE001  any fault is the answer
        return type(error).__name__
    return ""
