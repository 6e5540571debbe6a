"""Who may open what: every page and every call of this app, by every role."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from klean.core.access.models import Role
from reports.models.notices import Notice
from tests import make

pytestmark = pytest.mark.usefixtures("policy")
NEVER = "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ"
STAFF = ["moderator", "senior"]
PAGES = [
    ("GET", "/rights/notices/", ["rights_holder"]),
    ("GET", "/rights/notices/new", ["rights_holder"]),
    ("POST", "/rights/notices/new", ["rights_holder"]),
    ("GET", "/rights/notices/export.csv", ["rights_holder"]),
    ("GET", f"/rights/notices/{NEVER}", ["rights_holder"]),
    ("POST", f"/rights/notices/{NEVER}/withdrawals", ["rights_holder"]),
    ("GET", "/desk/notices/0", STAFF),
    ("POST", "/desk/notices/0/refusals", STAFF),
    ("GET", "/desk/reporters/", STAFF),
    ("POST", "/desk/reporters/measures", ["senior"]),
    ("POST", "/desk/reporters/measures/0/liftings", ["senior"]),
    ("GET", "/desk/clocks/", [*STAFF, "governance"]),
]
CALLS = [
    ("POST", "/api/v1/notices", ["rights_holder"], "notices:write"),
    ("POST", "/api/v1/notices/batch", ["rights_holder"], "notices:write"),
    ("GET", f"/api/v1/notices/{NEVER}", ["rights_holder"], "notices:read"),
]
SCOPES = (
    "listings:write",
    "listings:read",
    "screenings:write",
    "notices:write",
    "notices:read",
    "claims:write",
    "claims:read",
    "cases:read",
    "decisions:write",
    "appeals:write",
    "sellers:read",
    "events:read",
    "custody:write",
)


@pytest.mark.parametrize(("method", "path", "roles"), PAGES, ids=str)
def test_a_page_opens_for_its_roles_alone(method, path, roles, person, browser_of):
    make.offer()
    for role in Role.values:
        answer = browser_of(person(role)).generic(method, path)
        assert (answer.status_code == 403) == (role not in roles), f"{role} got {answer.status_code}"
        assert answer.status_code < 500
    stranger = Client().generic(method, path)
    assert (stranger.status_code, stranger["Location"].partition("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize(("method", "path", "roles", "scope"), CALLS, ids=str)
def test_a_call_is_answered_for_its_roles_and_its_scope_alone(method, path, roles, scope, person, machine):
    for role in Role.values:
        api = APIClient()
        api.force_authenticate(person(role))
        status = api.generic(method, path, "{}", content_type="application/json").status_code
        assert (status == 403) == (role not in roles), f"{role} got {status}"
    for granted in SCOPES:
        status = machine(granted).generic(method, path, "{}", content_type="application/json").status_code
        assert (status == 403) == (granted != scope), f"{granted} got {status}"
        assert status < 500
    assert APIClient().generic(method, path).status_code == 401
    assert not Notice.objects.exists()
