"""The template is copied and its one line added: the listing is screened by it, and its desk page says so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_a_copy_of_the_template_and_one_line_add_a_check(tmp_path: Path) -> None:
    engine = tmp_path / "screening"
    shutil.copytree(ROOT / "screening", engine, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(engine / "checks" / "_template", engine / "checks" / "loud_title")
    registry = engine / "checks" / "registry.py"
    text, added = re.subn(r"(?ms)^(NAMES = \(.*?)^\)", r'\1    "loud_title",\n)', registry.read_text())
    assert added == 1
    registry.write_text(text)

    # The copy comes first: nothing may put the project's own folder in front of it, and Celery puts the current one there.
    options = ["-c", ROOT / "pyproject.toml", "-o", "pythonpath=", "-o", "django_find_project=false"]
    run = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "pytest",
            "-q",
            *options,
            ROOT / "tests" / "screening" / "added_check.py",
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "REDIS_URL": settings.REDIS_URL},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
