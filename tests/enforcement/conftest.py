"""A senior, and a case that a buyer brought about."""

import pytest

from reports.actions.notices import Notifier, file_notice
from reports.models.notices import Notice
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import live_listing
from tests.make.sellers import seller


@pytest.fixture
def senior(person):
    return person("senior")


@pytest.fixture
def reported(deliver_events, person):
    """A case that a buyer's notice brought about the listing of a shop with an owner."""
    shop = seller(organisation="Moonlight Ltd")
    person("seller", name="owner", organisation=shop.organisation)
    listing = live_listing(by=shop)
    notifier = Notifier(
        type=Notice.NotifierType.CONSUMER, key="buyer", language="en", email="buyer@test.klean"
    )
    file_notice([listing], notifier, reason="COUNTERFEIT", explanation="A fake.", at=NOON, actor=TESTER)
    deliver_events()
    return listing.cases.get()
