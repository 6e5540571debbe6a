"""What production refuses, and that what it is deployed with is well formed."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet

from klean.launch.state import PROJECT

GIVEN = {
    "KLEAN_SECRET_KEY": secrets.token_urlsafe(50),
    "KLEAN_FIELD_KEYS": Fernet.generate_key().decode(),
    "KLEAN_URL": "https://klean.example",
    "KLEAN_HOSTS": "klean.example",
    "KLEAN_MEDIA": "/media/klean",
    "DATABASE_URL": "postgresql://klean:secret@postgres/klean",
    "REDIS_URL": "redis://redis:6379/0",
}


def manage(*arguments: str, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "klean.settings.production", **given}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_production_settings_pass_every_deployment_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", given=GIVEN)

    assert checked.returncode == 0, checked.stderr
    assert "(0 silenced)" in checked.stdout


@pytest.mark.parametrize("name", GIVEN)
def test_production_does_not_start_without(name):
    refused = manage("check", given={key: value for key, value in GIVEN.items() if key != name})

    assert refused.returncode != 0
    assert f"Set in the environment: {name} (" in refused.stderr


def test_the_compose_file_keeps_to_the_compose_specification():
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [checker, "--builtin-schema", "vendor.compose-spec", PROJECT / "docker-compose.yml"]

    checked = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert checked.returncode == 0, checked.stdout


def test_the_compose_file_gives_every_process_what_production_asks_for():
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]

    for name in ("web", "worker", "beat", "migrate"):
        assert set(services[name]["environment"]) >= set(GIVEN)


def test_no_requirement_names_a_registry_or_comes_without_its_hash():
    for path in PROJECT.glob("requirements*.txt"):
        text = path.read_text()
        assert "://" not in text
        packages = [part for part in text.replace("\\\n", " ").splitlines() if part.strip()]
        assert packages
        assert all("==" in line and "--hash=sha256:" in line for line in packages)
