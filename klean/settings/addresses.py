"""From the URL of a server to what each client of it wants to be told."""

import os
from typing import Any

import dj_database_url


def database(url: str) -> dict[str, Any]:
    """Django's entry for a PostgreSQL; a socket's folder stands percent-encoded in place of the host."""
    found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    timeout = os.environ.get("KLEAN_STATEMENT_TIMEOUT_MS", "0")
    options = {"connect_timeout": 3, "options": f"-c statement_timeout={timeout}"}
    return {**found, "OPTIONS": {**found.get("OPTIONS", {}), **options}}


def broker(url: str) -> str:
    """Celery's name for a Redis that redis-py calls `unix://…?db=…`."""
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


def cache(url: str) -> dict[str, Any]:
    """Django's entry for a cache in Redis."""
    options = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5}
    return {"BACKEND": "klean.cache.ForgivingRedisCache", "LOCATION": url, "OPTIONS": options}
