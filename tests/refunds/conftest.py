import pytest
from django.utils import timezone

from klean.core.events.models import Event
from klean.core.operations.due_work import until_quiet
from refunds.actions.payments import pay_due_refunds
from refunds.actions.settlement import check_due_claims
from refunds.gateways.fake_marketplace.server import FakeMarketplace


@pytest.fixture
def market(settings):
    """A marketplace that answers, with its token; ``market.misbehave(…)`` makes it go wrong."""
    with FakeMarketplace(token="open sesame") as running:
        settings.KLEAN_ORDERS_URL = settings.KLEAN_PAYMENTS_URL = running.url
        settings.KLEAN_TRUSTED_HOSTS = [running.address]
        settings.KLEAN_GATEWAY_TOKEN = running.token
        yield running


@pytest.fixture
def work(policy):
    """Do what is due now, as the worker would: ask about orders, then pay."""

    def do(at=None):
        now = (lambda: at) if at else timezone.now
        return until_quiet(check_due_claims, now=now) + until_quiet(pay_due_refunds, now=now)

    return do


@pytest.fixture
def recorded(db):
    """The names of the facts recorded so far, of this app alone."""

    def names():
        return list(
            Event.objects.filter(name__startswith="refunds.").order_by("id").values_list("name", flat=True)
        )

    return names
