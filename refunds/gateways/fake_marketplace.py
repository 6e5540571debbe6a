"""A small marketplace that speaks both protocols of docs/gateways.md, for demo and tests; it can misbehave on demand.

It also receives webhooks at ``/hooks``, signed after the Standard Webhooks specification, each event once.

``python -m refunds.gateways.fake_marketplace --port 8090 --state orders.json``
"""

import argparse
import json
import threading
import time
from collections import deque
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

Body = dict[str, Any]
SEOUL = ZoneInfo("Asia/Seoul")
PAGE = 100
SIDES = ("orders", "payments")
MODES = (
    "error",
    "garbage",
    "huge",
    "silent",
    "slow",
    "pending",
    "refuse",
    "conflict",
    "wrong_amount",
    "forbidden",
)
REFUND_FIELDS = {"order", "listing", "amount", "currency"}


class FakeMarketplace:
    """Orders and refunds in memory and, when ``state`` is given, in that file; what webhooks bring, in ``hooks``."""

    def __init__(
        self,
        *,
        port: int = 0,
        state: Path | None = None,
        token: str = "",
        hook_secret: str = "",
        hooks: Path | None = None,
    ) -> None:
        self.state, self.token, self.slow_seconds = state, token, 8.0
        self.hook_secret, self.hooks = hook_secret, hooks
        self.events: dict[str, Body] = {}
        self.orders: dict[str, Body] = {}
        self.refunds: dict[str, Body] = {}
        self.warnings: dict[str, Body] = {}
        self.requests: list[str] = []
        self._lock = threading.RLock()
        self._modes: dict[str, deque[str]] = {side: deque() for side in SIDES}
        if state and state.exists():
            kept = json.loads(state.read_text())
            self.orders, self.refunds = kept["orders"], kept["refunds"]
        if hooks and hooks.exists():
            self.events = {event["id"]: event for event in map(json.loads, hooks.read_text().splitlines())}
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

    def misbehave(self, side: str, *modes: str) -> None:
        """The next requests to this side go wrong in these ways, one each; then all is well again."""
        if side not in SIDES or not set(modes) <= set(MODES):
            raise ValueError(f"sides are {SIDES}, modes {MODES}")
        with self._lock:
            self._modes[side].extend(modes)

    def next_mode(self, side: str) -> str:
        with self._lock:
            return self._modes[side].popleft() if self._modes[side] else ""

    def put_order(self, number: str, order: Body) -> None:
        with self._lock:
            self.orders[number] = {"order": number, **order}
            self._keep()

    def refund(self, key: str, body: Body) -> tuple[int, Body]:
        """Pay once a key, and never more on an item than it cost."""
        with self._lock:
            if key in self.refunds:
                done = self.refunds[key]
                same = all(done[field] == body[field] for field in REFUND_FIELDS)
                return (200, done) if same else (422, {"code": "key_reused"})
            line = self._line(body["order"], body["listing"])
            if line is None:
                return 404, {"code": "unknown_item"}
            if line["refunded"]:
                return 409, {"code": "already_refunded"}
            if body["currency"] != "KRW" or not 0 < body["amount"] <= line["amount"]:
                return 422, {"code": "amount"}
            line["refunded"] = body["amount"]
            number = f"R{len(self.refunds) + 1:06}"
            day = datetime.now(SEOUL).date().isoformat()
            self.refunds[key] = {**body, "refund": number, "state": "done", "key": key, "day": day}
            self._keep()
            return 201, self.refunds[key]

    def refunds_of(self, day: str, after: str) -> Body:
        """The refunds of a day in pages, each after the number of the last one."""
        with self._lock:
            later = [one for one in self.refunds.values() if one["day"] == day and one["refund"] > after]
        page = sorted(later, key=lambda one: one["refund"])[:PAGE]
        return {"refunds": page, "next": page[-1]["refund"] if len(later) > PAGE else None}

    def warn(self, key: str, body: Body) -> Body:
        """Tell every buyer of a listing, once a key."""
        with self._lock:
            self.warnings[key] = body
            bought = [
                o for o in self.orders.values() if any(x["listing"] == body["listing"] for x in o["lines"])
            ]
            return {"buyers": len({order["buyer"]["id"] for order in bought})}

    def receive_event(self, event: Body) -> None:
        """An event that comes again is known by its id."""
        with self._lock:
            if event["id"] not in self.events and self.hooks:
                with self.hooks.open("a") as file:
                    file.write(json.dumps(event, ensure_ascii=False) + "\n")
            self.events[event["id"]] = event

    def paid_out(self) -> int:
        with self._lock:
            return sum(refund["amount"] for refund in self.refunds.values())

    def _line(self, order: str, listing: str) -> Body | None:
        lines = self.orders.get(order, {}).get("lines", [])
        return next((line for line in lines if line["listing"] == listing), None)

    def _keep(self) -> None:
        if self.state:
            part = self.state.with_suffix(".part")
            part.write_text(json.dumps({"orders": self.orders, "refunds": self.refunds}, indent=1))
            part.replace(self.state)


class _Handler(BaseHTTPRequestHandler):
    market: FakeMarketplace

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


def main() -> None:
    parser = argparse.ArgumentParser(description="A marketplace for demo and tests.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--state", type=Path)
    parser.add_argument(
        "--hooks", type=Path, help="where to write down what webhooks bring, one event a line"
    )
    parser.add_argument("--secrets", type=Path, help='a JSON file: {"token": …, "hook_secret": …}')
    given = parser.parse_args()
    secrets = json.loads(given.secrets.read_text()) if given.secrets else {}
    market = FakeMarketplace(port=given.port, state=given.state, hooks=given.hooks, **secrets)
    try:
        market.server.serve_forever()
    except KeyboardInterrupt:
        market.server.server_close()


if __name__ == "__main__":
    main()
