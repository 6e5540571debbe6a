"""A database of the last release is upgraded by this one: nothing of it is lost, and its log still fits."""

import gzip
import os
import re
import secrets
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from klean.launch.postgres import binary

DUMPS = sorted(
    (Path(__file__).parent / "dumps").glob("klean-*.sql.gz"),
    key=lambda path: [int(part) for part in re.findall(r"\d+", path.name)],
)


@pytest.fixture
def restored(db):
    """The address of a database that the last release made."""
    parameters = connection.get_connection_params()
    maintenance = psycopg2.connect(**{**parameters, "dbname": "postgres"})
    maintenance.autocommit = True
    name = f"klean_upgrade_{secrets.token_hex(4)}"
    with closing(maintenance), closing(maintenance.cursor()) as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            options = ["--quiet", "--set", "ON_ERROR_STOP=1", "--host", parameters["host"]]
            options += ["--username", parameters["user"], "--dbname", name]
            sql = gzip.decompress(DUMPS[-1].read_bytes())
            subprocess.run([binary("psql"), *options], input=sql, capture_output=True, check=True)
            yield f"postgresql://{parameters['user']}@{quote(str(parameters['host']), safe='')}/{name}"
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(address, *arguments):
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "klean.settings.tests"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def counts(address):
    """Rows by table."""
    with closing(psycopg2.connect(address)) as there, closing(there.cursor()) as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
        return found


def test_the_last_release_is_upgraded_without_loss(restored):
    before = counts(restored)

    migrated = run(restored, "migrate", "--verbosity", "0")

    assert migrated.returncode == 0, migrated.stderr
    verified = run(restored, "verify_events")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert before["core_event"] > 500
    after = counts(restored)
    for name in ("core_event", "listings_listing", "enforcement_decision", "refunds_refundclaim"):
        assert after[name] == before[name] > 0
    assert run(restored, "migrate", "--check").returncode == 0
