"""A database that this release cannot read is refused with what to do, before anything in it is changed."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from klean.launch import servers
from klean.launch.processes import CannotStart


@pytest.fixture
def of_0_1_0(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE reports_refundclaim (id bigint PRIMARY KEY)")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'refunds'")


def applied():
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return cursor.fetchall()


@pytest.mark.usefixtures("of_0_1_0")
def test_a_database_of_0_1_0_is_not_migrated():
    before = applied()

    with pytest.raises(SystemCheckError, match=r"made by Klean 0\.1\.0[\s\S]*docs/upgrading\.md"):
        call_command("migrate", skip_checks=False, verbosity=0)

    assert applied() == before


@pytest.mark.usefixtures("of_0_1_0")
def test_the_embedded_servers_of_0_1_0_are_not_started_on():
    before = applied()

    with pytest.raises(CannotStart, match=r"made by Klean 0\.1\.0[\s\S]*KLEAN_STATE"):
        servers._migrate()

    assert applied() == before


def test_a_database_of_this_release_passes(db):
    call_command("check", databases=["default"])
