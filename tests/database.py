"""A database for each run and worker alone, copied from a template on which migrations have run once."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path

import psycopg2
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg2 import extensions

from klean.launch.kept import kept_postgres

TEMPLATE = "test_klean_template_"
UNFINISHED = "test_klean_unfinished"
RUN = "test_klean_run_"


@contextmanager
def own_database() -> Iterator[None]:
    """For the length of a run, Django's connection goes to a migrated, empty database of nobody else."""
    server = nullcontext() if os.environ.get("DATABASE_URL") else kept_postgres(settings.KEPT_STATE)
    connection = connections[DEFAULT_DB_ALIAS]
    ours = RUN + secrets.token_hex(4)
    with server, ExitStack() as stack:
        # Its locks say which databases are in use; PostgreSQL frees them however we end.
        maintenance = psycopg2.connect(**{**connection.get_connection_params(), "dbname": "postgres"})
        cursor = stack.enter_context(closing(maintenance)).cursor()
        maintenance.autocommit = True
        with _alone(cursor):
            _drop_what_killed_runs_left(cursor)
            template = _template(cursor)
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [ours])
            cursor.execute(f"CREATE DATABASE {ours} TEMPLATE {template} STRATEGY file_copy")
        connection.settings_dict["NAME"] = ours
        yield
        connection.close()
        with _alone(cursor):
            _drop(cursor, ours)


@contextmanager
def _alone(cursor: extensions.cursor) -> Iterator[None]:
    """Runs prepare and remove their databases one after another."""
    cursor.execute("SELECT pg_advisory_lock(hashtext('test_klean'))")
    yield
    cursor.execute("SELECT pg_advisory_unlock(hashtext('test_klean'))")


def _template(cursor: extensions.cursor) -> str:
    """Its name, when it is there as these migrations make it; those that others made are dropped."""
    name = TEMPLATE + _digest_of_migrations()
    found = _databases(cursor, TEMPLATE)
    for stale in found - {name}:
        _drop(cursor, stale)
    if name not in found:
        _drop(cursor, UNFINISHED)
        cursor.execute(f"CREATE DATABASE {UNFINISHED}")
        connection = connections[DEFAULT_DB_ALIAS]
        connection.settings_dict["NAME"] = UNFINISHED
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        connection.close()
        cursor.execute(f"ALTER DATABASE {UNFINISHED} RENAME TO {name}")
    return name


def _digest_of_migrations() -> str:
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _drop_what_killed_runs_left(cursor: extensions.cursor) -> None:
    for name in _databases(cursor, RUN):
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        if cursor.fetchone() == (True,):
            _drop(cursor, name)
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _databases(cursor: extensions.cursor, prefix: str) -> set[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return {name for (name,) in cursor.fetchall()}


def _drop(cursor: extensions.cursor, name: str) -> None:
    cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
