"""Our own processes on one machine: web, worker, beat."""

import json
import os
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path

from klean.launch.market import market_command
from klean.launch.processes import CannotStart, Child, Server, spawn
from klean.launch.state import PROJECT, State

HOST = "127.0.0.1"


class Program(Child):
    """A process of ours that writes a log and is started with the project's Python."""

    def __init__(self, name: str, state: State, *command: str | Path) -> None:
        self.name, self.log, self.command = name, state.logs / f"{name}.log", command

    def start(self) -> None:
        self.process = spawn([sys.executable, "-m", *self.command], log=self.log)


class Web(Program):
    """The web server, which answers when every part behind it does."""

    def __init__(self, state: State, port: int) -> None:
        gthread = [
            "--worker-class",
            "gthread",
            "--workers",
            "2",
            "--threads",
            "8",
            "--graceful-timeout",
            "10",
        ]
        bind = ["--bind", f"{HOST}:{port}", "--access-logfile", "-", "--no-control-socket"]
        super().__init__("web", state, "gunicorn", "klean.wsgi", *gthread, *bind)
        self.port, self.url = port, f"http://{HOST}:{port}"
        self.missing = "no answer yet"

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):  # noqa: S310 our own address
                return True
        except urllib.error.HTTPError as error:
            self.missing = error.read(2000).decode(errors="replace")
        except OSError as error:
            self.missing = str(error)
        return False


def require_free_port(port: int) -> None:
    """Refuse before anything is started when somebody else has the port."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} is not free ({error.strerror}); choose another: make demo PORT=8010"
            ) from None


def programs(state: State, web: Web, *, has_market: bool) -> list[Child]:
    """In the order in which they start."""
    worker = ["celery", "-A", "klean", "worker", "--concurrency", "2", "--loglevel", "INFO"]
    beat = ["celery", "-A", "klean", "beat", "--loglevel", "INFO", "--pidfile", "", "--schedule"]
    return [
        *([Program("marketplace", state, *market_command(state, web.port))] if has_market else []),
        Program("worker", state, *worker, "--without-gossip", "--without-mingle"),
        Program("beat", state, *beat, state.folder / "beat-schedule"),
        web,
    ]


def run_command(name: str) -> None:
    """A command of ours before the programs start, its output and progress shown."""
    process = spawn([sys.executable, PROJECT / "manage.py", *name.split()])
    try:
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if code:
        raise CannotStart(f"`manage.py {name}` failed with code {code}; nothing was started.")


def demo_accounts(state: State) -> str:
    """What a person needs in order to log in."""
    kept = state.folder / "demo.json"
    if not kept.exists():
        return "No demo marketplace is loaded."
    demo = json.loads(kept.read_text())
    lines = [f"  {role:<14} {email}" for role, email in demo["accounts"].items()]
    return "\n".join([f"Accounts (password {demo['password']}):", *lines])


def use_addresses(servers: list[Server], web: Web) -> None:
    """Tell every process that we start where the others are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klean.settings.local")
    os.environ.update({"PORT": str(web.port), "PYTHONUNBUFFERED": "1"})
    for server in servers:
        os.environ[server.address_name] = server.url
