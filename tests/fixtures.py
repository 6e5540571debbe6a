"""What every test may ask for: a fixed noon, the published policy, people by role, and the work that is due."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from klean.core.access.actions import issue_key
from klean.core.access.models import Membership, Organisation, User
from klean.core.events.actors import Actor
from klean.core.events.outbox import deliver_due_events
from klean.core.operations.due_work import until_quiet
from klean.core.policy.actions.publishing import publish_policy
from klean.core.policy.models import PolicyVersion
from listings.judging import screener

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # a Monday, noon in Seoul
TESTER = Actor("system", "tests")


@pytest.fixture(autouse=True)
def _nothing_kept_from_the_test_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screening loads its banks anew: those that it keeps are of rows that are gone."""
    for cache in (
        screener._BRANDS,
        screener._REFERENCES,
        screener._PRICES,
        screener._MODEL,
        screener._SECONDARY_MATCH,
    ):
        monkeypatch.setattr(cache, "kept", None)
        monkeypatch.setattr(cache, "rests_until", 0.0)


@pytest.fixture
def policy(db: None) -> PolicyVersion:
    """The project's own policy file, published."""
    return publish_policy(Path(settings.BASE_DIR) / "policy" / "2026-01.toml", at=NOON, actor=TESTER)


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """``person("moderator")`` is the moderator of this test; ``organisation=`` says for whom they act."""

    def make(role: str, *, name: str = "", organisation: Organisation | None = None) -> User:
        name = name or role
        user = User.objects.filter(email=f"{name}@test.klean").first()
        user = user or User.objects.create_user(f"{name}@test.klean", "a long enough password", name=name)
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
        return user

    return make


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """A client who is logged in as that person."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def machine(db: None) -> Callable[..., APIClient]:
    """A marketplace's machine with these scopes: ``machine("listings:write")``."""

    def make(*scopes: str, organisation: Organisation | None = None) -> APIClient:
        organisation = (
            organisation
            or Organisation.objects.get_or_create(name="Hanbit Market", kind=Organisation.Kind.MARKETPLACE)[0]
        )
        _key, token = issue_key(organisation, "tests", list(scopes), at=NOON, actor=TESTER)
        return APIClient(headers={"Authorization": f"Bearer {token}"})

    return make


@pytest.fixture
def deliver_events(db: None) -> Callable[[], Any]:
    """Seal what was recorded and hand every due event to its handlers, as the worker would after commit."""

    def deliver() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return until_quiet(deliver_due_events)

    return deliver
