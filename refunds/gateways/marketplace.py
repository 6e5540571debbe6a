"""Asking the marketplace's machines: one attempt, bounded, and everything that is no answer is ``GatewayDown``."""

from typing import Any

import orjson
from django.conf import settings

from klean.core.outside.fetch import Unreachable, fetch

TIMEOUT_SECONDS = 5
MAX_BYTES = 256 * 1024
TRY_LATER = frozenset({401, 403, 408, 425, 429})


class GatewayDown(Exception):
    """No usable answer: nothing is known, so nothing may be decided. ``str()`` says why, for staff."""


class NotConfigured(GatewayDown):
    """The operator has not named the address."""


def ask(
    setting: str, path: str, *, method: str = "GET", body: dict[str, Any] | None = None, key: str = ""
) -> tuple[int, dict[str, Any]]:
    """The status and the JSON object answered at ``path`` under the address in ``setting``."""
    base = getattr(settings, setting)
    if not base:
        raise NotConfigured(f"{setting} is not set")
    headers = {"accept": "application/json", "content-type": "application/json"}
    if settings.KLEAN_GATEWAY_TOKEN:
        headers["authorization"] = f"Bearer {settings.KLEAN_GATEWAY_TOKEN}"
    if key:
        headers["idempotency-key"] = key
    data = orjson.dumps(body) if body is not None else None
    try:
        answer = fetch(
            base.rstrip("/") + path,
            method=method,
            body=data,
            headers=headers,
            max_bytes=MAX_BYTES,
            timeout_seconds=TIMEOUT_SECONDS,
        )
    except Unreachable as failure:
        raise GatewayDown(str(failure)) from failure
    if not 200 <= answer.status < 300 and (not 400 <= answer.status < 500 or answer.status in TRY_LATER):
        raise GatewayDown(f"answered {answer.status}")
    return answer.status, _object(answer.body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise GatewayDown("answered something that is not JSON") from error
    if not isinstance(found, dict):
        raise GatewayDown("answered JSON that is not an object")
    return found
