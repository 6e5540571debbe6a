"""What somebody will try, and what comes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enforcement.decisions.models import Decision
from refunds.models.claims import RefundClaim
from refunds.models.watches import ClaimWatch
from refunds.queries.books import owed_by
from tests import make

pytestmark = pytest.mark.usefixtures("policy")


def test_a_ring_of_young_buyers_on_one_honest_shop_is_held_after_a_few_and_raises_no_alarm(
    market, work, deliver_events
):
    """The first few are paid from the fund, the rest wait for a person, who sees one case without an alarm."""
    listing = make.offer()
    before = listing.state
    young = (timezone.now() - timedelta(days=10)).date().isoformat()
    for n in range(20):
        buyer = f"ring{n}@test.klean"
        lines = [{"listing": "1005", "amount": 60_000, "refunded": 0, "sold": 4000, "seller_sold": 90_000}]
        make.order(market, f"O-{n:04}", buyer=buyer, lines=lines)
        market.orders[f"O-{n:04}"]["buyer"]["account_opened_on"] = young
        make.claim(f"O-{n:04}", listing, by=make.consumer(buyer))
        work()
    states = list(RefundClaim.objects.values_list("state", flat=True))
    assert (states.count("REFUNDED"), states.count("ABUSE_HOLD")) == (5, 15)
    watches = list(ClaimWatch.objects.all())
    # The first begins the epoch and is not counted; fifteen are held and count only once a person has paid them.
    assert [(watch.claims, watch.alarmed_at) for watch in watches] == [(4, None), (4, None)]
    deliver_events()
    [evidence] = {one.score for one in listing.cases.get().evidence.all()}
    assert (evidence, Decision.objects.count()) == (0, 0)
    listing.refresh_from_db()
    assert listing.state == before
    assert owed_by(listing.seller) == 0


def test_the_same_five_claims_of_settled_buyers_on_a_little_sold_listing_do_raise_the_alarm(
    market, work, deliver_events
):
    listing = make.offer()
    for n in range(5):
        buyer = f"settled{n}@test.klean"
        lines = [{"listing": "1005", "amount": 60_000, "refunded": 0, "sold": 12, "seller_sold": 30}]
        make.claim(
            make.order(market, f"O-{n:04}", buyer=buyer, lines=lines), listing, by=make.consumer(buyer)
        )
    work()
    assert set(RefundClaim.objects.values_list("state", flat=True)) == {"REFUNDED"}
    assert all(watch.alarmed_at for watch in ClaimWatch.objects.all())
    deliver_events()
    assert 0.9 in {one.score for one in listing.cases.get().evidence.all()}
