"""The whole installation on a state of its own, with real processes and real signals."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from klean.launch.state import PROJECT

TIMEOUT_SECONDS = 150


class Installation:
    """`python -m klean.launch` on one state folder, run as a person would run it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.output = folder, folder.parent / "output.txt"
        outer = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in outer}
        self.env = {**kept, "KLEAN_STATE": str(folder), "PORT": str(self.port)}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "klean.launch", "--empty"],
                cwd=PROJECT,
                env=self.env,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        await_that(
            lambda: "Klean is ready" in self.output_text() or self.process.poll() is not None,
            self.output_text,
        )
        assert self.process.poll() is None, self.output_text()

    def output_text(self) -> str:
        return self.output.read_text()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=PROJECT, env=self.env, capture_output=True, text=True, timeout=TIMEOUT_SECONDS
        )

    def child(self, part: str) -> psutil.Process | None:
        """The living child whose command line has this part."""
        for child in psutil.Process(self.process.pid).children():
            try:
                if part in " ".join(child.cmdline()):
                    return child
            except (psutil.ZombieProcess, psutil.NoSuchProcess):
                continue
        return None

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.HTTPError):
            return False


def await_that(holds: Callable[[], bool], explain: Callable[[], str] = str) -> None:
    until = time.monotonic() + TIMEOUT_SECONDS
    while not holds():
        assert time.monotonic() < until, explain()
        time.sleep(0.1)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("launch") / "state")
    try:
        installation.start()
        yield installation
    finally:
        installation.process.kill()
        installation.process.wait()


def test_it_answers_and_keeps_its_secrets_private(installation):
    assert installation.is_ready()
    assert (installation.folder / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert installation.folder.stat().st_mode & 0o077 in {0, 0o011}


def test_a_second_start_on_the_same_state_is_refused_by_name(installation):
    second = installation.run("-m", "klean.launch", "--empty")

    assert second.returncode == 1
    assert f"in use by another run: process {installation.process.pid}" in second.stderr
    assert installation.is_ready()


def test_a_command_uses_the_servers_that_already_run(installation):
    before = installation.child("postgres").pid

    walked = installation.run("manage.py", "verify_events")

    assert walked.returncode == 0, walked.stderr
    assert installation.child("postgres").pid == before


@pytest.mark.parametrize("part", ["postgres", "valkey-server", "worker", "gunicorn"])
def test_a_part_that_is_killed_is_started_again(installation, part):
    dead = installation.child(part)
    dead.kill()

    await_that(lambda: installation.child(part) not in {None, dead}, installation.output_text)
    await_that(installation.is_ready, installation.output_text)


def test_killing_the_supervisor_ends_everything_and_keeps_the_data(installation):
    family = psutil.Process(installation.process.pid).children(recursive=True)
    assert len(family) > 8

    installation.process.send_signal(signal.SIGKILL)
    installation.process.wait()

    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    walked = installation.run("manage.py", "shell", "--no-imports", "-c", COUNT)
    assert json.loads(walked.stdout.splitlines()[-1]) == {"events": 1}, walked.stderr
    assert not any(
        str(installation.folder) in " ".join(p.info["cmdline"] or [])
        for p in psutil.process_iter(["cmdline"])
    )


def test_a_signal_stops_it_in_order_and_a_second_one_changes_nothing(installation):
    installation.start()

    installation.process.send_signal(signal.SIGINT)
    installation.process.send_signal(signal.SIGTERM)

    assert installation.process.wait(60) == 0
    stopped = [line for line in installation.output_text().splitlines() if line.endswith(" stopped")]
    assert stopped == [f"{name} stopped" for name in ("web", "beat", "worker", "Valkey", "PostgreSQL")]


COUNT = "import json; from klean.core.events.models import Event; print(json.dumps({'events': Event.objects.count()}))"
