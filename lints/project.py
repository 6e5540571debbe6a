"""What the lints read: the project's modules, each with its place among apps, rooms and drawers."""

import ast
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Beside the apps, what is held to the habits of every module.
ALSO_OURS = ("bench", "lints", "tests")
DOORS = {"admin", "api", "handlers", "views"}
DRAWERS = DOORS | {"actions", "facts", "forms", "gateways", "judging", "models", "queries", "rules", "tasks"}
# What holds no drawer of its own: a folder below one of these is no room.
NO_ROOM = DRAWERS | {"management", "migrations", "templatetags"}


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule, and what to do instead."""

    path: str
    line: int
    instead: str


class Module:
    """One file of Python; ``path`` is relative to the project's root."""

    def __init__(self, root: Path, path: Path) -> None:
        self.path = str(path)
        self.text = (root / path).read_text()
        self.names = [part.removesuffix(".py") for part in path.parts]
        place = next(
            (place for place, name in enumerate(self.names) if place and name in NO_ROOM), len(self.names)
        )
        self.room = ".".join(self.names[:place])
        self.drawer = (
            self.names[place] if self.names[place : place + 1] and self.names[place] in DRAWERS else ""
        )

    @property
    def app(self) -> str:
        """The label by which facts are named: ``core`` for what lies in ``klean.core``."""
        return self.names[1] if self.names[0] == "klean" else self.names[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in self.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        return [node for node in self.nodes if isinstance(node, ast.ClassDef)]

    @cached_property
    def _functions_around(self) -> dict[int, Function]:
        return {id(node): function for function in self.functions for node in ast.walk(function)}

    def function_around(self, node: ast.AST) -> Function | None:
        """The innermost function in which a node stands."""
        return self._functions_around.get(id(node))

    def finding(self, node: ast.AST | int, instead: str) -> Finding:
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        return Finding(self.path, line, instead)


class Project:
    """The tree under ``root``; its apps and rooms are those of the import contracts in ``pyproject.toml``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        settings = tomllib.loads((root / "pyproject.toml").read_text())
        self.contracts: dict[str, Any] = settings["tool"]["importlinter"]
        self.apps: list[str] = self.contracts["root_packages"]

    @cached_property
    def rooms(self) -> set[str]:
        """The dotted paths under whose contract drawers stand: apps, and rooms within them."""
        return {room for contract in self.contracts["contracts"] for room in contract.get("containers", [])}

    @cached_property
    def modules(self) -> list[Module]:
        """What runs in production, migrations left out."""
        return list(self._modules_of(self.apps))

    @cached_property
    def all_modules(self) -> list[Module]:
        """``modules``, and with them benches, lints and tests."""
        return [*self.modules, *self._modules_of(ALSO_OURS)]

    def _modules_of(self, folders: Iterable[str]) -> Iterator[Module]:
        for folder in folders:
            for path in sorted((self.root / folder).rglob("*.py")):
                if "migrations" not in path.parts:
                    yield Module(self.root, path.relative_to(self.root))


Lint = Callable[[Project], Iterator[Finding]]
