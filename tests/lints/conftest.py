"""A small project of its own, into which a test plants what a lint forbids."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from lints.glossary import GLOSSARY
from lints.project import Project

CONTRACTS = """
[tool.importlinter]
root_packages = ["klean", "shops", "orders"]
contracts = [{ containers = ["shops", "orders", "klean.core.web"] }]
"""
Plant = Callable[[str, str], Project]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Writes a file into the small project, which holds it alone; the words are those of Klean's own glossary."""
    (tmp_path / "pyproject.toml").write_text(CONTRACTS)
    (tmp_path / GLOSSARY).parent.mkdir()
    (tmp_path / GLOSSARY).write_text((Path(__file__).parents[2] / GLOSSARY).read_text())

    def planted(path: str, text: str) -> Project:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text))
        return Project(tmp_path)

    return planted
