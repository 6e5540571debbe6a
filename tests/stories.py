"""What a story needs around Klean: the marketplace's machines, a shop's pictures on the web, and the worker's work."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from enforcement.cases.actions.cases import rank_due_cases
from enforcement.decisions.actions.approvals import approve_decision
from enforcement.decisions.actions.clock import carry_out_due_decisions
from enforcement.decisions.models import Decision
from klean.core.access.models import Organisation
from klean.core.events.actors import person as acting
from klean.core.events.outbox import deliver_due_events
from klean.core.mail.deliveries import send_due_mails
from klean.core.operations.due_work import until_quiet
from klean.core.webhooks.actions import enable_endpoint
from klean.core.webhooks.deliveries import send_due_webhooks
from listings.actions.references import describe_references
from listings.actions.screenings import screen_due_listings
from refunds.actions.payments import pay_due_refunds
from refunds.actions.settlement import check_due_claims
from refunds.gateways.fake_marketplace.server import FakeMarketplace
from tests.fixtures import TESTER

BATCHES = (
    describe_references,
    screen_due_listings,
    deliver_due_events,
    check_due_claims,
    pay_due_refunds,
    rank_due_cases,
    send_due_webhooks,
    send_due_mails,
)


class Gallery(ThreadingHTTPServer):
    """The pictures of a shop, by name."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        super().__init__(("127.0.0.1", 0), _Shown)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def show(self, name: str, data: bytes) -> str:
        self.pictures[name] = data
        return f"http://{self.address}/{name}"


class _Shown(BaseHTTPRequestHandler):
    server: Gallery

    def do_GET(self) -> None:
        data = self.server.pictures.get(self.path.strip("/"), b"")
        self.send_response(200 if data else 404)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def running_gallery() -> Iterator[Gallery]:
    with Gallery() as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def gallery(settings) -> Iterator[Gallery]:
    with running_gallery() as running:
        settings.KLEAN_TRUSTED_HOSTS = [*settings.KLEAN_TRUSTED_HOSTS, running.address]
        yield running


@pytest.fixture
def market(settings, policy) -> Iterator[FakeMarketplace]:
    """The marketplace's orders, payments and ear for webhooks, which is told of everything."""
    with FakeMarketplace(token="open sesame") as running:
        settings.KLEAN_ORDERS_URL = settings.KLEAN_PAYMENTS_URL = running.url
        settings.KLEAN_GATEWAY_TOKEN = running.token
        settings.KLEAN_TRUSTED_HOSTS = [*settings.KLEAN_TRUSTED_HOSTS, running.address]
        organisation = Organisation.objects.get_or_create(
            name="Hanbit Market", kind=Organisation.Kind.MARKETPLACE
        )[0]
        endpoint = enable_endpoint(
            organisation, f"{running.url}/hooks", ["*"], at=timezone.now(), actor=TESTER
        )
        running.hook_secret = endpoint.secret
        yield running


@pytest.fixture
def work(policy) -> Callable[[], None]:
    """Everything that is due, by the worker's own batches, until nothing is."""

    def do() -> None:
        while sum(until_quiet(batch) for batch in BATCHES):
            pass

    return do


@pytest.fixture
def agree(work, person) -> Callable[[], None]:
    """The time to undo is over, and a penalty admin agrees to what waits for a second person."""

    def do() -> None:
        until_quiet(carry_out_due_decisions, now=lambda: timezone.now() + timedelta(minutes=1))
        second = acting(person("penalties").pk)
        for decision in Decision.objects.filter(state=Decision.State.UNAPPROVED):
            approve_decision(decision, at=timezone.now(), actor=second)

    return do
