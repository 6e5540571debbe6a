"""`make release-dump`: the demo marketplace as this release keeps it, for the test of the next one's migrations."""

import gzip
import socket
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from demo.load import load
from klean.launch.postgres import binary
from tests.database import own_database

DUMPS = Path(__file__).parent / "dumps"


def write() -> Path:
    """A dump of a new database with the demo in it, under the name of this version."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder, own_database():
        with override_settings(
            KLEAN_STATE=Path(folder),
            MEDIA_ROOT=Path(folder, "media"),
            KLEAN_ORDERS_URL=f"http://{address}",
            KLEAN_PAYMENTS_URL=f"http://{address}",
            KLEAN_GATEWAY_TOKEN="only-for-this",
            KLEAN_TRUSTED_HOSTS=[address],
        ):
            call_command("publish_policy", verbosity=0)
            load()
        sql = _dumped()
    DUMPS.mkdir(exist_ok=True)
    path = DUMPS / f"klean-{settings.KLEAN_VERSION}.sql.gz"
    path.write_bytes(gzip.compress(sql, mtime=0))
    return path


def _dumped() -> bytes:
    parameters = connection.get_connection_params()
    connection.close()
    command = [binary("pg_dump"), "--no-owner", "--no-privileges", "--host", parameters["host"]]
    command += ["--username", parameters["user"], parameters["dbname"]]
    return subprocess.run(command, capture_output=True, check=True).stdout
