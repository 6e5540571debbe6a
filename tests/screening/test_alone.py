"""The engine judges in a process that has no Django, no database and no app of this project."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BARRED = """
import sys
class Barred:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "celery", "rest_framework", "psycopg2"}:
            raise ImportError(f"{name} is not to be had")
sys.meta_path.insert(0, Barred())
"""


def test_the_example_of_the_docs_runs_with_the_engine_alone(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "screening.md").read_text()
    example = page.partition("```python\n")[2].partition("```")[0]
    for name in ("screening", "policy"):
        (tmp_path / name).symlink_to(ROOT / name)
    run = subprocess.run(
        [sys.executable, "-c", f"{BARRED}\n{example}"],
        cwd=tmp_path,
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    verdict, *findings = run.stdout.splitlines()
    assert verdict.startswith("block ")
    assert "Brand named: “ㄴㅏ이키” reads as 나이키 (letters taken apart)." in findings
    assert "No authorisation: The seller has no approved authorisation for this brand." in findings
