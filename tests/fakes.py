"""Other people's machines, small: the register of IP rights and the tax office, each speaking its own protocol."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

Reply = tuple[int, bytes]


class FakeServer:
    """Answers with ``answer(path, query, body)``; the next replies may be set to go wrong, one each."""

    def __init__(self, answer: Callable[[str, dict[str, str], bytes], Reply]) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.faults: deque[str] = deque()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = urlsplit(self.path)
                query = dict(parse_qsl(parts.query))
                fake.asked.append((parts.path, query, body))
                fault = fake.faults.popleft() if fake.faults else ""
                if fault == "silent":
                    self.close_connection = True
                    return
                if fault == "slow":
                    time.sleep(1.5)
                status, reply = {
                    "error": (503, b"busy"),
                    "garbage": (200, b"<html>oops"),
                    "empty": (200, b""),
                    "huge": (200, b"x" * 2_000_000),
                }.get(fault) or answer(parts.path, query, body)
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(reply)))
                    self.end_headers()
                    self.wfile.write(reply)
                except OSError:
                    self.close_connection = True  # whoever asked has gone

            do_POST = do_GET  # noqa: N815  the name is the library's

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "FakeServer":
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def register_of(items: list[dict[str, str]], *, key: str = "secret") -> Callable[..., Reply]:
    """KIPRIS Plus with these items: finds by the numbers that a search gives, refuses a wrong key in a 200."""

    def answer(path: str, query: dict[str, str], body: bytes) -> Reply:
        if query.get("ServiceKey") != key:
            return 200, _xml("30", "SERVICE KEY IS NOT REGISTERED ERROR", None)
        by = {name: value for name, value in query.items() if name.endswith("Number")}
        found = [item for item in items if any(item.get(name) == value for name, value in by.items())]
        return 200, _xml("00", "NORMAL SERVICE.", found)

    return answer


def _xml(code: str, words: str, items: list[dict[str, str]] | None) -> bytes:
    def tags(item: dict[str, str]) -> str:
        return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in item.items())

    inside = "".join(f"<item>{tags(item)}</item>" for item in items or [])
    body = "" if items is None else f"<body><items>{inside}</items></body>"
    header = f"<header><successYN>{'Y' if code == '00' else 'N'}</successYN><resultCode>{code}</resultCode><resultMsg>{words}</resultMsg></header>"
    return f'<?xml version="1.0" encoding="UTF-8"?><response>{header}{body}</response>'.encode()


def tax_office_of(
    status: dict[str, str], people: dict[str, tuple[str, str]] | None = None
) -> Callable[..., Reply]:
    """The National Tax Service with these codes by number, and for ``validate`` the opening day and name of each."""

    def answer(path: str, query: dict[str, str], body: bytes) -> Reply:
        asked = json.loads(body)
        if path.endswith("/status"):
            numbers = asked["b_no"]
            rows = [{"b_no": number, "b_stt_cd": status[number]} for number in numbers if number in status]
        else:
            numbers = [each["b_no"] for each in asked["businesses"]]
            rows = [
                {"b_no": each["b_no"], "valid": "01" if _same(each, people or {}) else "02"}
                for each in asked["businesses"]
            ]
        if len(numbers) > 100:
            return 413, b'{"status_code": "TOO_LARGE_REQUEST"}'
        return 200, json.dumps({"status_code": "OK", "request_cnt": len(numbers), "data": rows}).encode()

    return answer


def _same(business: dict[str, str], people: dict[str, tuple[str, str]]) -> bool:
    return people.get(business["b_no"]) == (business["start_dt"], business["p_nm"])
