"""A receiver that is down for an hour loses nothing: what it missed is shown, told again, and found in the event feed."""

from datetime import timedelta

import pytest

from enforcement.decisions.actions.annulments import annul_decision
from enforcement.sanctions.actions.reconciliations import retry_effects
from enforcement.sanctions.actions.sanctions import settle_due_standings
from enforcement.sanctions.queries.effects import EFFECTS, listeners, unacknowledged
from klean.core.access.models import Organisation
from klean.core.events.models import Event
from klean.core.operations.due_work import until_quiet
from klean.core.webhooks.actions import enable_endpoint
from klean.core.webhooks.deliveries import send_due_webhooks
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint
from tests.core.test_webhooks import Receiver
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import SECOND, decision, live_listing
from tests.make.sellers import seller

pytestmark = pytest.mark.usefixtures("policy")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SCOPE = "events:read"


@pytest.fixture
def receiver(settings):
    server = Receiver()
    settings.KLEAN_TRUSTED_HOSTS = [f"127.0.0.1:{server.server_port}"]
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def market(receiver, db):
    found = Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")
    enable_endpoint(found, receiver.url, ["*"], at=NOON, actor=TESTER)
    return found


def send(at):
    return until_quiet(send_due_webhooks, now=lambda: at)


def a_bad_hour(deliver_events):
    """Listings removed and restored, shops suspended, closed, freed, funds frozen, all while nobody answers."""
    one, two = seller("s-1"), seller("s-2")
    decision("SERIOUS", about=live_listing("l-1", by=one), at=NOON)
    fallen = decision("EXTREME", about=live_listing("l-2", by=two), at=NOON)
    annul_decision(fallen, reasons="The goods are genuine.", at=NOON + 30 * MINUTE, actor=SECOND)
    settle_due_standings(at=NOON + DAY)
    deliver_events()
    last = max(Event.objects.values_list("at", flat=True))
    for minute in (0, 30, 59):
        send(last + minute * MINUTE)
    return last + 60 * MINUTE


def effects():
    return set(Event.objects.filter(name__in=EFFECTS).values_list("pk", flat=True))


def test_after_a_lost_hour_everything_unacknowledged_is_shown_and_told_again(
    market, receiver, deliver_events, person, browser_of
):
    receiver.status = 503
    at = a_bad_hour(deliver_events)
    missed = set(unacknowledged().values_list("event_id", flat=True))
    assert missed == effects()
    assert len(missed) >= 10
    page = browser_of(person("penalties")).get("/penalties/effects/").content.decode()
    assert "measure.ordered" in page or str(len(missed)) in page
    receiver.received.clear()
    receiver.status = 204

    assert retry_effects(at=at, actor=TESTER) == len(missed)
    send(at)

    assert {int(headers["webhook-id"].removeprefix("evt_")) for headers, _body in receiver.received} >= missed
    assert not unacknowledged().exists()


def test_without_a_retry_the_back_off_tells_everything_within_the_next_hours(
    market, receiver, deliver_events
):
    receiver.status = 503
    at = a_bad_hour(deliver_events)
    receiver.status = 204

    for hour in range(1, 4):
        send(at + hour * 60 * MINUTE)

    assert not unacknowledged().exists()


def test_the_event_feed_holds_every_effect_of_the_lost_hour_and_reconciles_it(
    market, receiver, deliver_events, machine
):
    receiver.status = 503
    a_bad_hour(deliver_events)
    client = machine(SCOPE, organisation=market)
    found, after = [], 0
    while page := client.get("/api/v1/events", {"after": after, "limit": 5}).json()["events"]:
        found += page
        after = page[-1]["position"]

    assert {int(row["id"].removeprefix("evt_")) for row in found if row["type"] in EFFECTS} == effects()
    assert [row["position"] for row in found] == sorted({row["position"] for row in found})
    assert (
        client.post("/api/v1/effects/reconciliations", {"position": after}, format="json").status_code == 200
    )
    assert not unacknowledged().exists()
    (listener,) = listeners()
    assert (listener.reconciled.position, listener.behind) == (after, 0)


def test_an_endpoint_that_said_gone_is_told_what_it_missed_once_it_is_enabled_again(
    market, receiver, deliver_events
):
    receiver.status = 410
    at = a_bad_hour(deliver_events)
    assert WebhookEndpoint.objects.get().disabled_at is not None
    decision("QUALITY", about=live_listing("l-9", by=seller("s-9")), at=NOON)
    deliver_events()
    missed = effects() - set(WebhookDelivery.objects.values_list("event_id", flat=True))
    assert missed
    receiver.received.clear()
    receiver.status = 204

    enable_endpoint(market, receiver.url, ["*"], at=at, actor=TESTER)
    send(at)

    delivered = [int(headers["webhook-id"].removeprefix("evt_")) for headers, _body in receiver.received]
    assert set(delivered) >= effects()
    assert len(delivered) == len(set(delivered))
    assert not unacknowledged().exists()
