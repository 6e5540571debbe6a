"""Facts that happen at an hour of March, which reports count."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from klean.core.access.models import Organisation
from klean.core.events.record import record
from tests.fixtures import TESTER
from tests.governance.march import MARCH


@pytest.fixture
def happen(db):
    """Record a fact so many hours after the first of March began."""
    subject = Organisation.objects.create(name="Log", kind="OPERATOR")

    def at(hours, fact):
        with time_machine.travel(MARCH + timedelta(hours=hours), tick=False), transaction.atomic():
            record(fact, about=subject, at=timezone.now(), actor=TESTER)
            with connection.cursor() as cursor:  # seals it, as a commit would
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    cache.clear()
    return at
