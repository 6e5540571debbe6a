"""What a process loads before it does anything."""

import json
import os
import subprocess
import sys
import tomllib

from klean.launch.state import PROJECT

START = """
import json, sys
import django
django.setup()
import klean.urls
print(json.dumps(sorted(sys.modules)))
"""
# Imported at the top of modules that a start must not load.
ALSO_HEAVY = ["cv2", "imagehash", "joblib", "onnxruntime", "pypdf", "skops"]


def test_a_start_loads_no_heavy_library():
    ruff = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    heavy = ruff["flake8-tidy-imports"]["banned-module-level-imports"] + ALSO_HEAVY
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "klean.settings.tests"}

    started = subprocess.run(
        [sys.executable, "-c", START], cwd=PROJECT, env=env, capture_output=True, text=True, timeout=60
    )

    assert started.returncode == 0, started.stderr
    assert [name for name in json.loads(started.stdout) if name in heavy] == []
