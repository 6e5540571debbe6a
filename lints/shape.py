"""``python -m lints.shape [REVISION]``: figures of the code as it lies here, beside those of a revision."""

import ast
import io
import re
import statistics
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Counted apart: they do not run in production.
APART = {"bench", "docs", "lints", "tests"}
DOORS = {"admin", "api", "handlers", "tasks", "views"}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Files = Mapping[str, str]


def files_here() -> Files:
    """The texts of the working tree that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    paths = [name for name in sorted(set(names)) if _counts(name) and (ROOT / name).is_file()]
    return {name: (ROOT / name).read_text() for name in paths}


def files_at(revision: str) -> Files:
    """The texts of a revision."""
    command = ["git", "archive", revision]
    packed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    found = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for entry in archive:
            if _counts(entry.name) and (content := archive.extractfile(entry)):
                found[entry.name] = content.read().decode()
    return found


def _counts(name: str) -> bool:
    return name.endswith((".py", ".html"))


class Module:
    """One file of Python by its dotted name."""

    def __init__(self, path: str, text: str) -> None:
        parts = path.removesuffix(".py").split("/")
        self.is_package = parts[-1] == "__init__"
        self.parts = parts[:-1] if self.is_package else parts
        self.name, self.text = ".".join(self.parts), text
        self.app = ".".join(self.parts[: 2 if self.parts[0] == "klean" else 1])
        self.drawers = set(self.parts[1:])

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def statements(self) -> int:
        """What formatting does not change: statements that are no docstring."""
        return sum(isinstance(node, ast.stmt) and not _is_text(node) for node in ast.walk(self.tree))

    def without_docstring(self) -> Iterator[str]:
        """The module itself, and public functions and classes at its top."""
        if self.tree.body and ast.get_docstring(self.tree) is None:
            yield self.name
        for node in self.tree.body:
            if isinstance(node, Definition) and node.name[0] != "_" and ast.get_docstring(node) is None:
                yield f"{self.name}.{node.name}"

    def imports(self) -> Iterator[str]:
        """Dotted names, of which the last part may be no module but a name in one."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                yield from (f"{origin}.{alias.name}" for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = self.parts[: len(self.parts) - node.level + self.is_package]
        return ".".join([*above, *([node.module] if node.module else [])])


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


class Shape:
    """What can be said of one state of the code."""

    def __init__(self, files: Files) -> None:
        self.files = files
        modules = [
            Module(path, text) for path, text in files.items() if path.endswith(".py") and text.strip()
        ]
        self.migrations = [module for module in modules if "migrations" in module.parts]
        rest = [module for module in modules if "migrations" not in module.parts]
        self.apart = [module for module in rest if module.parts[0] in APART]
        self.modules = [module for module in rest if module.parts[0] not in APART]
        self.by_name = {module.name: module for module in self.modules}

    @cached_property
    def edges(self) -> dict[str, set[str]]:
        """Which module of the product imports which."""
        return {module.name: set(self._targets(module)) for module in self.modules}

    def _targets(self, module: Module) -> Iterator[str]:
        for name in module.imports():
            for target in (name, name.rpartition(".")[0]):
                if target in self.by_name:
                    if target != module.name:
                        yield target
                    break

    def longest_walk(self) -> list[str]:
        """The longest chain of imports inside one app that begins at a door and ends at a model."""
        known: dict[str, list[str]] = {}
        doors = [module.name for module in self.modules if module.drawers & DOORS]
        return max((self._walk(name, known, set()) for name in doors), key=len, default=[])

    def _walk(self, name: str, known: dict[str, list[str]], above: set[str]) -> list[str]:
        """From here to a model; empty where there is no way."""
        if name not in known:
            module = self.by_name[name]
            further: list[str] = []
            for target in sorted(self.edges[name] - above):
                if self.by_name[target].app == module.app:
                    further = max(further, self._walk(target, known, above | {name}), key=len)
            is_model = "models" in module.drawers
            known[name] = [name, *further] if further or is_model else []
        return known[name]

    def figures(self) -> dict[str, object]:
        """Each by its name, in the order to print."""
        lengths = sorted((module.lines, module.name) for module in self.modules)
        inside = Counter(
            self.by_name[target].app == self.by_name[name].app
            for name, targets in self.edges.items()
            for target in targets
        )
        lines = [length for length, _name in lengths]
        templates = [text for path, text in self.files.items() if path.endswith(".html")]
        skips = [re.findall(r"# fmt: *(?:skip|off)", module.text) for module in self.modules]
        return {
            "modules": len(lines),
            "lines": sum(lines),
            "statements": sum(module.statements for module in self.modules),
            "lines a module, median": round(statistics.median(lines)),
            "lines a module, 90 % below": round(statistics.quantiles(lines, n=10)[-1]),
            "lines a module, most": lengths[-1][0],
            "docstrings missing": sum(len(list(module.without_docstring())) for module in self.modules),
            "imports inside an app": inside[True],
            "imports across apps": inside[False],
            "imports inside a function": sum(map(_imports_in_functions, self.modules)),
            "longest walk, modules": len(self.longest_walk()),
            "formatter switched off": sum(map(len, skips)),
            "lines of templates": sum(len(text.splitlines()) for text in templates),
            "lines of tests": sum(module.lines for module in self.apart if module.parts[0] == "tests"),
            "lines of bench and lints": sum(
                module.lines for module in self.apart if module.parts[0] != "tests"
            ),
            "lines of migrations": sum(module.lines for module in self.migrations),
        }


def _imports_in_functions(module: Module) -> int:
    """Those of ``apps.py`` left out, where Django asks for them."""
    if module.parts[-1] == "apps":
        return 0
    functions = [
        node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    inner = {node for function in functions for node in ast.walk(function)}
    return sum(isinstance(node, ast.Import | ast.ImportFrom) for node in inner)


def main(revisions: list[str]) -> None:
    """Print a table, then the longest walks side by side."""
    shapes = {revision: Shape(files_at(revision)) for revision in revisions} | {"here": Shape(files_here())}
    figures = [shape.figures() for shape in shapes.values()]
    print(f"{'outside tests and migrations':30}", *(f"{name:>10}" for name in shapes))
    for name in figures[0]:
        print(f"{name:30}", *(f"{figure[name]:>10}" for figure in figures))
    print(
        "\nlongest walk: a chain of imports inside one app from a door (view, API, handler, task, admin) to a model"
    )
    walks = [[name, *shape.longest_walk()] for name, shape in shapes.items()]
    for steps in zip_longest(*walks, fillvalue=""):
        print("", *(f"{step:50}" for step in steps))


if __name__ == "__main__":
    main(sys.argv[1:])
