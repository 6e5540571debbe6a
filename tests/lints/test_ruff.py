"""What ruff keeps for the project, as it is set in ``pyproject.toml``."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = [
    ("PLC0415", "def rate():\n    import json\n\n    return json\n"),
    ("PGH003", "rate: int = 1.5  # type: ignore\n"),
    ("PGH004", "rate = 1.5  # noqa\n"),
    ("DTZ005", "import datetime\n\nnow = datetime.datetime.now()\n"),
    ("ERA001", "# rate = 1.5\n"),
    ("BLE001", "try:\n    rate = 1.5\nexcept Exception:\n    rate = 0\n"),
]


def faults(code: str) -> str:
    """The rules that a module of an app breaks when this stands in it."""
    ruff = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--output-format",
        "concise",
        "--stdin-filename",
        "brands/planted.py",
        "-",
    ]
    return subprocess.run(ruff, input=code, cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize(("rule", "code"), FORBIDDEN)
def test_a_planted_fault_is_caught(rule, code):
    assert rule in faults(code)


def test_heavy_libraries_alone_are_imported_where_they_are_used():
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    for library in ruff["flake8-tidy-imports"]["banned-module-level-imports"]:
        assert "TID253" in faults(f"import {library}\n\nprint({library})\n")
        assert "PLC0415" not in faults(f"def fit():\n    import {library}\n\n    return {library}\n")
