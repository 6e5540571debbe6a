"""A Redis cache whose loss costs a miss, never the request."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

log = logging.getLogger(__name__)

WHEN_LOST: dict[str, Any] = {
    "add": True,
    "get": None,
    "set": None,
    "touch": False,
    "delete": False,
    "get_many": {},
    "has_key": False,
    "incr": 1,
    "set_many": None,
    "delete_many": None,
    "clear": False,
}


class ForgivingClient(RedisCacheClient):
    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return _forgiving(name, found) if name in WHEN_LOST else found


def _forgiving(name: str, call: Any) -> Any:
    def attempt(*args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except _losses() as error:
            log.warning("the cache did not answer %s: %s", name, error)
            return args[1] if name == "get" and len(args) > 1 else WHEN_LOST[name]

    return attempt


def _losses() -> tuple[type[Exception], ...]:
    from redis import exceptions

    return exceptions.ConnectionError, exceptions.TimeoutError


class ForgivingRedisCache(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
