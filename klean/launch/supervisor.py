"""`make demo`: start everything in order, keep it alive, stop it in the opposite order."""

import argparse
import os
import signal
import sys
import time
from types import FrameType

from klean.launch.market import market_port
from klean.launch.processes import CannotStart, Child, Server
from klean.launch.programs import (
    Web,
    demo_accounts,
    programs,
    require_free_port,
    run_command,
    use_addresses,
)
from klean.launch.servers import embedded
from klean.launch.state import State

PREPARATION = ["migrate --verbosity 0", "publish_policy"]
DEMO = ["load_demo"]
FIRST_PAUSE, LONGEST_PAUSE, SETTLED_AFTER = 0.5, 15.0, 30.0
GIVES_UP_AFTER = 6
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """A person or the system asked us to stop."""


class Kept:
    """A child that is started again when it dies, after a pause that grows while it keeps dying."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.deaths = 0
        self.started_at = time.monotonic()
        self.due_at: float | None = None

    def restart_when_due(self, now: float) -> None:
        """Notice a death, or start again when the pause is over."""
        if self.due_at is not None:
            if now >= self.due_at:
                self._start_again(now)
        elif not self.child.is_alive:
            self._notice_death(now)

    def _notice_death(self, now: float) -> None:
        self.deaths = 1 if now - self.started_at > SETTLED_AFTER else self.deaths + 1
        if self.deaths > GIVES_UP_AFTER:
            raise CannotStart(
                f"{self.child.name} keeps dying. The end of {self.child.log}:\n{self.child.tail()}"
            )
        pause = min(FIRST_PAUSE * 2 ** (self.deaths - 1), LONGEST_PAUSE)
        code = self.child.process.returncode if self.child.process else None
        announce(f"{self.child.name} ended with code {code}; starting it again in {pause:g} s")
        self.child.clear_remains()
        self.due_at = now + pause

    def _start_again(self, now: float) -> None:
        self.due_at, self.started_at = None, now
        try:
            self.child.start()
        except CannotStart as refusal:
            announce(str(refusal))
        else:
            announce(f"{self.child.name} runs again")


def announce(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    """Run the installation until it is told to stop; 0 when that is how it ended."""
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    parser = argparse.ArgumentParser(
        "klean.launch", description="Run the whole installation on this machine."
    )
    parser.add_argument("--empty", action="store_true", help="load no demo marketplace")
    is_demo = not parser.parse_args().empty
    state = State.from_environment()
    try:
        web = Web(state, _port())
        with state.owned():
            for port in (web.port, market_port(web.port)) if is_demo else (web.port,):
                require_free_port(port)
            _run(state, web, is_demo=is_demo)
    except Stopped:
        return 0
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def _run(state: State, web: Web, *, is_demo: bool) -> None:
    servers = embedded(state)
    started: list[Child] = []
    try:
        for server in servers:
            _start(server, started)
        use_addresses(servers, web)
        for command in [*PREPARATION, *DEMO] if is_demo else PREPARATION:
            run_command(command)
        for child in programs(state, web, has_market=is_demo):
            _start(child, started)
        _await_readiness(web)
        announce(
            f"\nKlean is ready: {web.url}\n{demo_accounts(state)}\nLogs: {state.logs}\nCtrl-C stops everything.\n"
        )
        kept = [Kept(child) for child in started]
        while True:
            time.sleep(0.2)
            for each in kept:
                each.restart_when_due(time.monotonic())
    finally:
        _stop_all(started)


def _start(child: Child, started: list[Child]) -> None:
    announce(f"Starting {child.name} ...")
    started.append(child)
    child.start()


def _await_readiness(web: Web, timeout: float = 120) -> None:
    until = time.monotonic() + timeout
    while not web.answers():
        if not web.is_alive:
            raise CannotStart(f"web did not start. The end of {web.log}:\n{web.tail()}")
        if time.monotonic() > until:
            raise CannotStart(f"{web.url}/readyz is still not ready: {web.missing}")
        time.sleep(0.1)


def _stop_all(started: list[Child]) -> None:
    """Those who use the servers first."""
    for child in reversed(started):
        if not isinstance(child, Server):
            child.ask_to_end()
    for child in reversed(started):
        child.stop()
        announce(f"{child.name} stopped")


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def _stop(number: int, frame: FrameType | None) -> None:
    """Once: a second signal would interrupt the stopping."""
    for each in STOP_SIGNALS:
        signal.signal(each, lambda *_: None)
    raise Stopped
