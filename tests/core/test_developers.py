import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from klean.core.access.models import ApiKey, Organisation
from klean.core.webhooks.models import WebhookEndpoint


@pytest.fixture
def engineer(person, browser_of):
    market = Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")
    return browser_of(person("engineer", organisation=market))


def test_an_engineer_issues_a_key_that_works_and_is_shown_once(engineer):
    page = engineer.post(reverse("core:keys"), {"name": "till", "scopes": ["events:read"]})
    token = page.context["token"]

    assert page.status_code == 201
    assert token in page.text
    assert APIClient(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/events").status_code == 200
    assert token not in engineer.get(reverse("core:developers")).text


def test_an_engineer_revokes_a_key(engineer):
    engineer.post(reverse("core:keys"), {"name": "till", "scopes": ["events:read"]})
    engineer.post(reverse("core:key_revocations", args=[ApiKey.objects.get().pk]))

    assert not ApiKey.live().exists()


def test_an_unknown_scope_is_refused(engineer):
    assert engineer.post(reverse("core:keys"), {"name": "till", "scopes": ["everything"]}).status_code == 422
    assert not ApiKey.objects.exists()


def test_an_engineer_names_an_address_and_stops_it(engineer):
    engineer.post(
        reverse("core:endpoints"), {"url": "https://shop.example/hooks", "names": "enforcement.* listings.*"}
    )
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.names == ["enforcement.*", "listings.*"]

    engineer.post(reverse("core:endpoint_stops", args=[endpoint.pk]))
    endpoint.refresh_from_db()
    assert endpoint.disabled_at
    assert engineer.get(reverse("core:developers")).status_code == 200


def test_a_rights_holders_engineer_is_offered_its_own_business_alone(person, browser_of):
    holder = Organisation.objects.create(name="Haneul Mills", kind="RIGHTS_HOLDER")
    engineer = browser_of(person("engineer", organisation=holder))
    page = engineer.get(reverse("core:developers")).text

    assert 'value="notices:write"' in page
    assert "cases:read" not in page
    assert engineer.post(reverse("core:keys"), {"name": "till", "scopes": ["cases:read"]}).status_code == 422
    assert not ApiKey.objects.exists()


def test_another_marketplace_cannot_touch_the_key(engineer, person, browser_of):
    engineer.post(reverse("core:keys"), {"name": "till", "scopes": ["events:read"]})
    other = Organisation.objects.create(name="Other Market", kind="MARKETPLACE")
    stranger = browser_of(person("engineer", name="stranger", organisation=other))

    assert stranger.post(reverse("core:key_revocations", args=[ApiKey.objects.get().pk])).status_code == 404
    assert ApiKey.live().exists()


@pytest.mark.parametrize("role", ["moderator", "seller", "consumer", "governance", "penalties"])
def test_other_roles_are_kept_out(person, browser_of, role):
    client = browser_of(person(role))
    assert client.get(reverse("core:developers")).status_code == 403
    assert client.post(reverse("core:keys"), {"name": "till", "scopes": ["events:read"]}).status_code == 403
    assert not ApiKey.objects.exists()
