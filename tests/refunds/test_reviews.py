from datetime import timedelta

import pytest
from django.utils import timezone

from klean.core.events.actors import person as actor
from klean.core.mail.models import Mail
from klean.core.rows.refusals import IllegalStep, Refused
from refunds.actions.approvals import decline_claim
from refunds.actions.reviews import decide_review, request_review
from refunds.models.claims import RefundClaim
from refunds.models.ledger import Posting
from refunds.models.reviews import ClaimReview
from tests import make

pytestmark = pytest.mark.usefixtures("policy")
NOW = timezone.now


@pytest.fixture
def late_claim(market, work):
    """Refused because the order is 91 days old."""
    make.order(market, paid_at=NOW() - timedelta(days=91))
    make.claim()
    work()
    claim = RefundClaim.objects.get()
    assert claim.ineligible_because == "TOO_LATE"
    return claim


@pytest.fixture
def declined_claim(market, work, person):
    make.order(market, amount=900_000)
    make.claim()
    work()
    by = actor(person("moderator").pk)
    return decline_claim(RefundClaim.objects.get(), "Not ours.", at=NOW(), actor=by)


def appeal(claim):
    return request_review(claim, "I was in hospital.", at=NOW(), actor=actor(claim.claimant_id))


def overturn(of, by, overturned=True):
    return decide_review(of, overturned, "It was a hard case.", at=NOW(), actor=actor(by.pk))


def test_an_overturned_refusal_is_paid_like_any_other(late_claim, market, work, person, recorded):
    overturn(appeal(late_claim), person("senior"))
    work()
    late_claim.refresh_from_db()
    assert (late_claim.state, late_claim.ineligible_because, market.paid_out()) == ("REFUNDED", "", 129_000)
    assert recorded()[-6:-3] == [
        "refunds.claim_review.requested",
        "refunds.claim_review.decided",
        "refunds.claim.approved",
    ]


def test_an_overturned_decline_is_paid_by_another_person_only(declined_claim, market, work, person, recorded):
    filed = appeal(declined_claim)
    before = recorded()
    with pytest.raises(Refused, match="did not make the first decision"):
        overturn(filed, person("moderator"))
    assert recorded() == before
    overturn(filed, person("senior"))
    work()
    declined_claim.refresh_from_db()
    assert (declined_claim.state, market.paid_out()) == ("REFUNDED", 900_000)


def test_an_upheld_refusal_is_told_with_its_reasons_and_moves_no_money(late_claim, person):
    decided = overturn(appeal(late_claim), person("senior"), overturned=False)
    late_claim.refresh_from_db()
    assert (decided.state, late_claim.state) == ("UPHELD", "INELIGIBLE")
    mail = Mail.objects.get(key=f"claim:{late_claim.pk}:appeal_upheld")
    assert mail.context["reasons"] == "It was a hard case."
    assert not Posting.objects.exists()
    with pytest.raises(IllegalStep):
        overturn(decided, person("senior"))


def test_a_refusal_is_appealed_once_and_within_the_window(late_claim, recorded):
    appeal(late_claim)
    before = recorded()
    with pytest.raises(Refused):
        appeal(late_claim)
    assert recorded() == before


def test_after_the_window_no_appeal_is_taken(late_claim):
    with pytest.raises(Refused):
        request_review(
            late_claim, "Late.", at=NOW() + timedelta(days=181), actor=actor(late_claim.claimant_id)
        )
    assert not ClaimReview.objects.exists()


@pytest.mark.parametrize("mode", ["error", "silent"])
def test_without_the_marketplace_nothing_is_decided(late_claim, market, person, mode, recorded):
    filed = appeal(late_claim)
    before = recorded()
    market.misbehave("orders", mode)
    with pytest.raises(Refused, match="not responding"):
        overturn(filed, person("senior"))
    filed.refresh_from_db()
    assert (filed.state, recorded()) == ("SUBMITTED", before)


def test_what_the_marketplace_does_not_know_cannot_be_paid(market, work, person):
    make.claim("O-9999")
    work()
    filed = appeal(RefundClaim.objects.get())
    with pytest.raises(Refused, match="no paid item"):
        overturn(filed, person("senior"))
    assert not Posting.objects.exists()


def test_buyer_and_desk_do_it_on_their_pages(late_claim, browser_of, person):
    buyer, desk = browser_of(late_claim.claimant), browser_of(person("moderator"))
    assert b"Request another review" in buyer.get(f"/refunds/{late_claim.reference}").content
    assert buyer.post(f"/refunds/{late_claim.reference}/appeals", {"grounds": ""}).status_code == 422
    grounds = {"grounds": "<b>I was ill</b>"}
    assert buyer.post(f"/refunds/{late_claim.reference}/appeals", grounds).status_code == 302
    assert buyer.post(f"/refunds/{late_claim.reference}/appeals", grounds).status_code == 409
    assert late_claim.reference.encode() in desk.get("/desk/claims/").content
    page = desk.get(f"/desk/claims/{late_claim.reference}").content
    assert b"&lt;b&gt;I was ill" in page
    answer = {"outcome": "overturn", "reasons": "A hard case."}
    url = f"/desk/claims/{late_claim.reference}/appeals"
    assert buyer.post(url, answer).status_code == 403
    assert desk.post(url, answer).status_code == 302
    assert desk.post(url, answer).status_code == 409
