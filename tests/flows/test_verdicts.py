"""What a verdict does beyond its own app: held refunds are paid, and screening learns."""

from datetime import timedelta

import pytest

from listings.actions.training import _decided
from listings.models import Listing
from mystery_shop.models import CustodyEvent, Verdict
from mystery_shop.queries.labels import verdict_labels
from refunds.models.claims import RefundClaim
from tests import make

Finding, State = Verdict.Finding, RefundClaim.State


@pytest.fixture(autouse=True)
def _files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shopper(person, policy):
    return person("inspector", name="sol", organisation=make.body().organisation)


@pytest.mark.parametrize(
    ("finding", "broken_at", "state", "paid"),
    [
        (Finding.COUNTERFEIT, None, State.REFUNDED, 500_001),
        (Finding.COUNTERFEIT, CustodyEvent.Kind.ARRIVED, State.ABUSE_HOLD, 0),
        (Finding.GENUINE, None, State.ABUSE_HOLD, 0),
        (Finding.NOT_AS_DESCRIBED, None, State.ABUSE_HOLD, 0),
        (Finding.INCONCLUSIVE, None, State.ABUSE_HOLD, 0),
    ],
)
def test_a_refund_that_was_held_is_paid_when_a_usable_verdict_proves_the_fake(
    market, work, shopper, finding, broken_at, state, paid
):
    listing = make.live_listing("1005")
    make.order(market, amount=500_001)
    claim = make.claim(about=listing)
    work()
    claim.refresh_from_db()
    assert claim.state == State.ABUSE_HOLD

    make.judged(make.opened_purchase(listing, shopper=shopper, broken_at=broken_at), finding)
    work()

    claim.refresh_from_db()
    assert (claim.state, market.paid_out()) == (state, paid)
    assert ("시험구매" in claim.decision_reasons.get("ko", "")) == bool(paid)


def labels_for_screening(listing):
    fakes, genuine = verdict_labels()
    return [sign for sign, rows in (("fake", fakes), ("genuine", genuine)) if listing in rows]


@pytest.mark.parametrize(
    ("finding", "broken_at", "label"),
    [
        (Finding.COUNTERFEIT, None, ["fake"]),
        (Finding.GENUINE, None, ["genuine"]),
        (Finding.NOT_AS_DESCRIBED, None, []),
        (Finding.INCONCLUSIVE, None, []),
        (Finding.COUNTERFEIT, CustodyEvent.Kind.SEALED, []),
        (Finding.GENUINE, CustodyEvent.Kind.SEALED, []),
    ],
)
def test_a_usable_verdict_is_a_label_for_screening(shopper, finding, broken_at, label):
    listing = make.live_listing()
    before = _decided().fakes
    make.judged(make.opened_purchase(listing, shopper=shopper, broken_at=broken_at), finding)

    after = _decided().fakes
    assert labels_for_screening(listing) == label
    assert (len(after) - len(before), int(after.sum() - before.sum())) == (len(label), label.count("fake"))


def test_an_offer_that_was_edited_since_it_was_bought_teaches_nothing(shopper):
    listing = make.live_listing()
    make.judged(make.opened_purchase(listing, shopper=shopper), Finding.GENUINE)
    Listing.objects.filter(pk=listing.pk).update(changed_at=make.LATER + timedelta(days=1))
    assert labels_for_screening(listing) == []


def test_what_the_desk_decides_stands_above_the_verdict(shopper):
    listing = make.live_listing()
    make.judged(make.opened_purchase(listing, shopper=shopper), Finding.GENUINE)
    make.decide(make.case(listing))
    assert _decided().fakes.tolist() == [True]
