import json
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from django.utils import timezone
from rest_framework.test import APIClient
from standardwebhooks.webhooks import Webhook

from klean.core.access.actions import issue_key
from klean.core.access.facts import ApiKeyRevoked
from klean.core.access.models import ApiKey, Organisation
from klean.core.events.facts import Fact
from klean.core.events.models import Event
from klean.core.events.record import record
from klean.core.operations.due_work import until_quiet
from klean.core.rows.refusals import Refused
from klean.core.webhooks.actions import enable_endpoint
from klean.core.webhooks.deliveries import DEAD_AFTER, send_due_webhooks
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint
from tests.fixtures import NOON, TESTER


class Receiver(HTTPServer):
    """A partner's server: keeps what it was told and answers with ``status``."""

    status = 204

    def __init__(self):
        self.received = []
        super().__init__(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server_port}/hooks"
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def receiver(settings):
    server = Receiver()
    settings.KLEAN_TRUSTED_HOSTS = [f"127.0.0.1:{server.server_port}"]
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def market(db):
    return Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")


def publish(market, deliver_events):
    event = record(ApiKeyRevoked(key_id=7), about=market, at=timezone.now(), actor=TESTER)
    deliver_events()
    return event


def send(at):
    return until_quiet(send_due_webhooks, now=lambda: at)


def later(days):
    return max(Event.objects.values_list("at", flat=True)) + timedelta(days=days)


def test_a_partner_is_told_with_a_signature_that_the_standard_library_of_the_field_verifies(
    market, receiver, deliver_events
):
    endpoint = enable_endpoint(market, receiver.url, ["core.api_key.*"], at=NOON, actor=TESTER)
    event = publish(market, deliver_events)
    send(later(0))

    ((headers, body),) = receiver.received
    lower = {name.lower(): value for name, value in headers.items()}
    assert lower["webhook-id"] == f"evt_{event.pk}"
    assert json.loads(body)["data"] == {"key_id": 7}
    signature = Webhook(endpoint.secret).sign(
        lower["webhook-id"], later(0).replace(microsecond=0), body.decode()
    )
    assert lower["webhook-signature"] == signature


def test_a_partner_hears_only_what_it_asked_for(market, receiver, deliver_events):
    enable_endpoint(market, receiver.url, ["enforcement.*"], at=NOON, actor=TESTER)
    publish(market, deliver_events)
    send(later(0))

    assert receiver.received == []


@dataclass(frozen=True, kw_only=True)
class LetterPosted(Fact):
    """A fact of these tests, addressed to one organisation."""

    name: ClassVar[str] = "tests.letter.posted"
    organisation_id: int


def test_whoever_is_not_the_marketplace_hears_only_what_is_addressed_to_it(market, receiver, deliver_events):
    holders = [Organisation.objects.create(name=name, kind="RIGHTS_HOLDER") for name in ("Haneul", "Baram")]
    for organisation in (market, *holders):
        enable_endpoint(organisation, receiver.url, ["*"], at=NOON, actor=TESTER)
    deliver_events()
    WebhookDelivery.objects.all().delete()
    publish(market, deliver_events)
    record(LetterPosted(organisation_id=holders[0].pk), about=holders[0], at=timezone.now(), actor=TESTER)
    deliver_events()

    received = WebhookDelivery.objects.values_list("endpoint__organisation__name", "event__name")
    assert sorted(received) == [
        ("Hanbit Market", "core.api_key.revoked"),
        ("Hanbit Market", "tests.letter.posted"),
        ("Haneul", "tests.letter.posted"),
    ]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("MARKETPLACE", 200), ("OPERATOR", 200), ("RIGHTS_HOLDER", 403), ("SELLER", 403), ("AUTHORITY", 403)],
)
def test_the_feed_tells_of_everybody_and_so_is_the_marketplaces_own(kind, status, market, person):
    organisation = Organisation.objects.create(name="Some of them", kind=kind)
    api = APIClient()
    api.force_authenticate(person("engineer", organisation=organisation))
    assert api.get("/api/v1/events").status_code == status


@pytest.mark.parametrize(
    ("kind", "scope", "is_open"),
    [
        ("MARKETPLACE", "cases:read", True),
        ("RIGHTS_HOLDER", "notices:write", True),
        ("SELLER", "notices:write", False),
        ("RIGHTS_HOLDER", "cases:read", False),
        ("AUTHORITY", "events:read", False),
        ("INSPECTION_BODY", "custody:write", True),
        ("INSPECTION_BODY", "claims:read", False),
        ("COUNSEL", "cases:read", False),
    ],
)
def test_a_key_opens_no_more_than_is_its_owners_business(kind, scope, is_open, db):
    organisation = Organisation.objects.create(name="Some of them", kind=kind)
    if is_open:
        issue_key(organisation, "till", [scope], at=NOON, actor=TESTER)
    else:
        with pytest.raises(Refused):
            issue_key(organisation, "till", [scope], at=NOON, actor=TESTER)
    assert ApiKey.objects.exists() == is_open


def test_a_delivery_that_failed_is_tried_again_until_it_is_taken(market, receiver, deliver_events):
    enable_endpoint(market, receiver.url, ["core.api_key.revoked"], at=NOON, actor=TESTER)
    receiver.status = 503
    publish(market, deliver_events)
    send(later(0))
    failed = WebhookDelivery.objects.get()
    assert (failed.delivered_at, failed.last_status, failed.tries) == (None, 503, 1)

    receiver.status = 200
    send(failed.due_at)
    failed.refresh_from_db()
    assert failed.delivered_at == failed.delivered_at
    assert failed.due_at is None
    assert len(receiver.received) == 2
    assert WebhookEndpoint.objects.get().failing_since is None


def test_an_endpoint_that_fails_for_five_days_is_switched_off_and_a_later_enabling_tells_what_it_missed(
    market, receiver, deliver_events
):
    enable_endpoint(market, receiver.url, ["core.api_key.revoked"], at=NOON, actor=TESTER)
    receiver.status = 500
    publish(market, deliver_events)
    send(later(0))
    send(later(DEAD_AFTER.days + 1))

    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.disabled_at
    assert Event.objects.filter(name="core.webhook_endpoint.disabled").count() == 1

    received_so_far, receiver.status = len(receiver.received), 200
    send(later(20))
    send(later(40))
    assert len(receiver.received) == received_so_far

    enable_endpoint(market, receiver.url, ["core.api_key.revoked"], at=later(41), actor=TESTER)
    send(later(41))
    assert len(receiver.received) == received_so_far + 1


def test_an_endpoint_that_says_gone_is_switched_off_at_once(market, receiver, deliver_events):
    enable_endpoint(market, receiver.url, ["core.api_key.revoked"], at=NOON, actor=TESTER)
    receiver.status = 410
    publish(market, deliver_events)
    send(later(0))

    assert WebhookEndpoint.objects.get().disabled_at


def test_a_private_address_is_never_told(market, receiver, deliver_events, settings):
    settings.KLEAN_TRUSTED_HOSTS = []
    enable_endpoint(market, receiver.url, ["core.api_key.revoked"], at=NOON, actor=TESTER)
    publish(market, deliver_events)
    send(later(0))

    assert receiver.received == []
    assert "private address" in WebhookDelivery.objects.get().last_error
