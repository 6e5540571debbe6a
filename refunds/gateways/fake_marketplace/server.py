"""The marketplace over HTTP, on a thread of its own."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from refunds.gateways.fake_marketplace.state import REFUND_FIELDS, Body, Marketplace


class _Handler(BaseHTTPRequestHandler):
    market: Marketplace

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/refunds":
            query = dict(parse_qsl(asked.query))
            self._answer("", 200, self.market.refunds_of(query.get("day", ""), query.get("after", "")))
        else:
            self._get()

    def _get(self) -> None:
        side, _, rest = self.path.strip("/").partition("/")
        known = self.market.orders if side == "orders" else self.market.refunds if side == "refunds" else {}
        found = known.get(unquote(rest))
        mode_of = "orders" if side == "orders" else ""
        self._answer(mode_of, 200 if found else 404, found or {"code": "not_found"})

    def do_PUT(self) -> None:
        side, _, number = self.path.strip("/").partition("/")
        body = self._body()
        if side == "orders" and number and body is not None:
            self.market.put_order(unquote(number), body)
            self._answer("", 200, {"order": unquote(number)})
        else:
            self._answer("", 404, {"code": "not_found"})

    def do_POST(self) -> None:
        if self.path == "/hooks":
            self._receive_event()
        else:
            self._post()

    def _receive_event(self) -> None:
        body = self._raw()
        try:
            event = Webhook(self.market.hook_secret).verify(body, dict(self.headers))
        except (WebhookVerificationError, EmptyWebhookSecretError, ValueError):
            self._send(401, {"code": "signature"})
        else:
            self.market.receive_event(event)
            self._send(200, {})

    def _post(self) -> None:
        body, key = self._body(), self.headers.get("Idempotency-Key", "")
        if self.path == "/control" and body is not None:
            self.market.misbehave(body["side"], *body["modes"])
            self._answer("", 200, {})
        elif self.path == "/buyer-notices" and body is not None and key:
            self._answer("orders", 200, self.market.warn(key, body))
        elif self.path != "/refunds":
            self._answer("", 404, {"code": "not_found"})
        elif not self._is_known():
            self._send(401, {"code": "token"})
        elif body is None or not key or not body.keys() >= REFUND_FIELDS or type(body["amount"]) is not int:
            self._answer("", 422, {"code": "invalid"})
        else:
            self._refund(key, {field: body[field] for field in REFUND_FIELDS})

    def _refund(self, key: str, body: Body) -> None:
        mode = self.market.next_mode("payments")
        if mode == "pending":
            self._send(202, {"state": "pending"})
        elif mode == "refuse":
            self._send(422, {"code": "refused_by_bank"})
        elif mode in {"error", "garbage", "huge", "forbidden"}:
            self._misbehave(mode, 500, {})
        else:
            status, answer = self.market.refund(key, body)
            self._misbehave(mode, status, answer)

    def _answer(self, side: str, status: int, answer: Body) -> None:
        if self._is_known():
            self._misbehave(self.market.next_mode(side) if side else "", status, answer)
        else:
            self._send(401, {"code": "token"})

    def _is_known(self) -> bool:
        return not self.market.token or self.headers.get("Authorization") == f"Bearer {self.market.token}"

    def _misbehave(self, mode: str, status: int, answer: Body) -> None:
        """Silent and slow come after the work is done: the caller cannot know that it was."""
        if mode == "silent":
            self.close_connection = True
            return
        if mode == "slow":
            time.sleep(self.market.slow_seconds)
        bodies = {"garbage": b"<html>oops</html>", "huge": b'{"x": "' + b"x" * 1_000_000 + b'"}'}
        statuses = {"error": 500, "forbidden": 403, "conflict": 409}
        if mode == "conflict":
            answer = {"code": "already_done"}
        if mode == "wrong_amount":
            answer = {**answer, "amount": answer["amount"] + 1}
        self._send(statuses.get(mode, 200 if mode in bodies else status), answer, raw=bodies.get(mode))

    def _send(self, status: int, answer: Body, *, raw: bytes | None = None) -> None:
        body = raw if raw is not None else json.dumps(answer).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _raw(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _body(self) -> Body | None:
        try:
            found = json.loads(self._raw())
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def log_message(self, *args: object) -> None:
        self.market.requests.append(f"{self.command} {self.path}")


class FakeMarketplace(Marketplace):
    """The marketplace at ``url`` for as long as it is entered; port 0 takes a free one."""

    def __init__(self, *, port: int = 0, **known: Any) -> None:
        super().__init__(**known)
        handler = type("Bound", (_Handler,), {"market": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.server.daemon_threads = True

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
