"""The two questions that a load balancer asks."""

from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 only when every part answers; else 503 with the failing parts named."""
    parts: dict[str, Callable[[], object]] = {
        "database": _ask_database,
        "broker": _ask_broker,
        "screening": import_string(settings.KLEAN_SCREENING_PROBE),
    }
    failing = {name: fault for name, ask in parts.items() if (fault := _fault_of(ask))}
    return JsonResponse(
        {"status": "failing" if failing else "ready", "failing": failing}, status=503 if failing else 200
    )


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    with current_app.connection_for_write(connect_timeout=1) as broker:
        broker.ensure_connection(max_retries=0, timeout=1)


def _fault_of(ask: Callable[[], object]) -> str:
    try:
        ask()
    except Exception as error:  # noqa: BLE001  any fault is the answer
        return type(error).__name__
    return ""
