"""HTTP to addresses that a stranger may have chosen: public hosts only, no redirects, bounded in size and time."""

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection

CHUNK_BYTES = 64 * 1024


class Unreachable(Exception):
    """The address could not or must not be asked."""


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def _connect(host: str, port: int, timeout: Any) -> socket.socket:
    """Resolve once and connect to just that address, so that a name cannot change between check and use."""
    trusted = f"{host}:{port}" in settings.KLEAN_TRUSTED_HOSTS
    error: Exception = OSError("no address")
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        ip = ipaddress.ip_address(address[0])
        if not trusted and not (ip.is_global and not ip.is_multicast):
            raise Unreachable(f"{host} is a private address")
        try:
            return socket.create_connection((str(ip), port), timeout)
        except OSError as failure:
            error = failure
    raise error


class _PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self.host, self.port or 80, self.timeout)


class _PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self.host, self.port or 443, self.timeout)


class _HTTPPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _HTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = 10 * 1024 * 1024,
    timeout_seconds: float = 10,
) -> Response:
    """Ask a public http(s) URL once. Raises ``Unreachable`` with the reason; never follows a redirect."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Unreachable("only http and https addresses are asked")
    pool_class = _HTTPSPool if parts.scheme == "https" else _HTTPPool
    target = parts.path + (f"?{parts.query}" if parts.query else "") or "/"
    end = time.monotonic() + timeout_seconds
    try:
        with pool_class(parts.hostname, parts.port, timeout=urllib3.Timeout(total=timeout_seconds)) as pool:
            response = pool.urlopen(
                method,
                target,
                body=body,
                headers=dict(headers or {}),
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
            )
            try:
                return Response(response.status, _read(response, max_bytes, end), dict(response.headers))
            finally:
                response.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Unreachable(f"{parts.hostname} did not answer: {type(error).__name__}") from error


def _read(response: urllib3.BaseHTTPResponse, max_bytes: int, end: float) -> bytes:
    read = bytearray()
    for chunk in response.stream(CHUNK_BYTES):
        read += chunk
        if len(read) > max_bytes:
            raise Unreachable(f"the answer is larger than {max_bytes:,} bytes")
        if time.monotonic() > end:
            raise Unreachable("the answer took too long")
    return bytes(read)
