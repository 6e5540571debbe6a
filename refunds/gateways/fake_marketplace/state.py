"""What the marketplace knows: its orders, the refunds it paid, what it was asked to tell buyers, what webhooks brought."""

import json
import threading
from collections import deque
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Body = dict[str, Any]
SEOUL = ZoneInfo("Asia/Seoul")
PAGE_SIZE = 100
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


class Marketplace:
    """Orders and refunds in memory and, when ``state`` is given, in that file; what webhooks bring, in ``hooks``."""

    def __init__(
        self,
        *,
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
            saved = json.loads(state.read_text())
            self.orders, self.refunds = saved["orders"], saved["refunds"]
        if hooks and hooks.exists():
            self.events = {event["id"]: event for event in map(json.loads, hooks.read_text().splitlines())}

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
            self._save()

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
            day = f"{datetime.now(SEOUL):%Y-%m-%d}"
            self.refunds[key] = {**body, "refund": number, "state": "done", "key": key, "day": day}
            self._save()
            return 201, self.refunds[key]

    def refunds_of(self, day: str, after: str) -> Body:
        """The refunds of a day in pages, each after the number of the last one."""
        with self._lock:
            later = [one for one in self.refunds.values() if one["day"] == day and one["refund"] > after]
        page = sorted(later, key=lambda one: one["refund"])[:PAGE_SIZE]
        return {"refunds": page, "next": page[-1]["refund"] if len(later) > PAGE_SIZE else None}

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

    def _save(self) -> None:
        if self.state:
            part = self.state.with_suffix(".part")
            part.write_text(json.dumps({"orders": self.orders, "refunds": self.refunds}, indent=1))
            part.replace(self.state)
