"""The import contracts of ``pyproject.toml`` catch what they are there for.

They are tried on a skeleton: the project's modules without what they hold, so that the planted imports are the only ones.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = ROOT / "pyproject.toml"
# Who imports what, though no contract lets them.
PLANTED = [
    ("sellers.models", "enforcement.models"),  # an upper app
    ("klean.core.access.models", "brands.models"),  # the floor, an app
    ("klean.core.events.models", "klean.core.web.views"),  # an upper room of the floor
    ("enforcement.cases.rules", "enforcement.decisions.rules"),  # an upper room of an app
    ("brands.queries", "brands.actions"),  # an upper drawer
    ("klean.core.policy.models", "klean.core.policy.actions.publishing"),
    ("enforcement.decisions.queries", "enforcement.decisions.actions"),
    ("reports.models", "refunds.models"),  # rooms that know nothing of each other
    ("refunds.actions", "mystery_shop.models"),
    ("governance.views", "demo.load"),  # what everything is below
    ("legal.actions", "klean.settings.base"),
    ("screening.batch", "django.db"),  # pure by contract
    ("screening.batch", "listings.models"),
    ("enforcement.sanctions.rules", "django.utils.timezone"),
    ("brands.rules", "numpy"),
    ("sellers.rules", "klean.core.access.models"),
]


def skeleton(to: Path) -> None:
    settings = PYPROJECT.read_text()
    for package in tomllib.loads(settings)["tool"]["importlinter"]["root_packages"]:
        for file in (ROOT / package).rglob("*.py"):
            copy = to / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
    # Imports that a contract excepts by name are not there.
    tolerant = re.sub(
        r'^type = "\w+"$', r'\g<0>\nunmatched_ignore_imports_alerting = "none"', settings, flags=re.MULTILINE
    )
    (to / "pyproject.toml").write_text(tolerant)


def plant(root: Path, module: str, imported: str) -> None:
    path = root.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    assert file.exists(), f"{module} is no module any more"
    with file.open("a") as planted:
        planted.write(f"import {imported}\n")


def lint_imports(root: Path) -> str:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", "pyproject.toml"]
    wide = os.environ | {"COLUMNS": "200"}
    return subprocess.run(command, cwd=root, env=wide, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a skeleton with every planted import."""
    root = tmp_path_factory.mktemp("planted")
    skeleton(root)
    for module, imported in PLANTED:
        plant(root, module, imported)
    return lint_imports(root)


@pytest.mark.parametrize(("module", "imported"), PLANTED)
def test_a_planted_import_is_caught(report, module, imported):
    external = imported.partition(".")[0]

    assert re.search(rf"{re.escape(module)} -> ({re.escape(imported)}|{external}) \(l", report)


def test_a_drawer_of_no_name_is_caught_and_the_skeleton_alone_keeps_every_contract(tmp_path):
    skeleton(tmp_path)
    assert " 0 broken" in lint_imports(tmp_path)

    (tmp_path / "brands" / "utils.py").touch()
    assert " 1 broken" in lint_imports(tmp_path)
