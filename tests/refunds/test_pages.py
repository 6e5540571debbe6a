import pytest
from django.utils import timezone

from refunds.actions.payments import pay_due_refunds
from refunds.actions.settlement import check_due_claims
from refunds.models.claims import RefundClaim, RefundPayment
from tests import make

pytestmark = pytest.mark.usefixtures("policy")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def buyer(browser_of):
    client = browser_of(make.consumer())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def desk(browser_of, person):
    client = browser_of(person("moderator"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def ask(client, **also):
    return client.post("/refunds", {"order": "O-1001", "listing": "1005", "reason": "LOOKS_FAKE"} | also)


def test_a_buyer_asks_and_follows_the_money(buyer, market, work):
    make.order(market)
    make.offer()
    address = ask(buyer)["Location"]
    assert "We are checking your order with the marketplace" in buyer.get(address).text
    assert 'hx-trigger="every 3s"' in buyer.get(address).text

    check_due_claims(at=timezone.now())
    assert "Your refund is on its way" in buyer.get(address).text
    pay_due_refunds(at=timezone.now())
    page = buyer.get(address).text
    assert "The marketplace has refunded ₩129,000" in page
    assert "What to do with the item" in page
    assert "hx-trigger" not in page
    assert "O-1001" in buyer.get("/refunds").text


def test_the_order_number_alone_names_its_one_item(buyer, market):
    make.order(market)
    make.offer()
    assert ask(buyer, listing="").status_code == 302
    assert RefundClaim.objects.get().listing.external_id == "1005"


def test_of_several_items_the_buyer_chooses(buyer, market):
    lines = [{"listing": name, "amount": 50_000, "refunded": 0} for name in ("1005", "1006")]
    make.order(market, lines=lines)
    make.offer("1005")
    make.offer("1006")
    page = ask(buyer, listing="")
    assert page.status_code == 422
    assert page.text.count('type="radio" name="listing"') == 2
    assert not RefundClaim.objects.exists()


@pytest.mark.parametrize("case", ["a stranger's order", "no such order", "silent marketplace"])
def test_an_order_number_tells_nobody_but_its_buyer_what_was_bought(buyer, market, case):
    make.offer(title="A secret present")
    if case == "a stranger's order":
        make.order(market, buyer="somebody@else.example")
    if case == "silent marketplace":
        market.misbehave("orders", "error")
    page = ask(buyer, listing="")
    assert page.status_code == 422
    assert "We could not find the item" in page.text
    assert "secret" not in page.text
    assert not RefundClaim.objects.exists()


def test_a_buyer_who_is_asked_for_the_parcel_reads_where_to_send_it(buyer, market, work):
    make.order(market)
    make.offer()
    address = ask(buyer)["Location"]
    work()
    assert "the address is on the return label" in buyer.get(address).text


def test_the_part_that_asks_again_is_the_part_of_the_page(buyer, market):
    make.offer()
    address = ask(buyer)["Location"]
    part = buyer.get(address, headers={"HX-Request": "true"}).text
    assert part.startswith('<div class="stack-l" id="claim"')
    assert "<html" not in part


def test_when_the_marketplace_is_down_the_page_says_so(buyer, market):
    market.misbehave("orders", "error")
    make.offer()
    address = ask(buyer)["Location"]
    check_due_claims(at=timezone.now())
    assert "not responding right now" in buyer.get(address).text


def test_without_a_gateway_the_page_says_what_the_operator_must_do(buyer, settings):
    settings.KLEAN_ORDERS_URL = ""
    make.offer()
    assert "set KLEAN_ORDERS_URL" in buyer.get(ask(buyer)["Location"]).text


def test_when_the_payment_takes_long_the_page_says_so(buyer, market):
    make.order(market)
    make.offer()
    address = ask(buyer)["Location"]
    market.misbehave("payments", "error")
    check_due_claims(at=timezone.now())
    pay_due_refunds(at=timezone.now())
    assert "is taking longer than usual" in buyer.get(address).text


def test_what_is_not_covered_is_said_with_a_way_on(buyer, market, work):
    make.order(market, region="JP")
    make.offer()
    address = ask(buyer)["Location"]
    work()
    page = buyer.get(address).text
    assert "not offered in the country of the order" in page
    assert "What to do with the item" not in page


def test_asking_twice_leads_to_the_same_claim(buyer, market):
    make.offer()
    first, again = ask(buyer)["Location"], ask(buyer)["Location"]
    assert again == f"{first}?again"
    assert RefundClaim.objects.count() == 1


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"order": ""}, "order"),
        ({"order": "a b<"}, "order"),
        ({"order": "9" * 65}, "order"),
        ({"order": "O-1\x00"}, "order"),
        ({"listing": "unknown"}, "listing"),
        ({"reason": "ENVY"}, "reason"),
        ({"explanation": "900101-1234567"}, "explanation"),
    ],
    ids=str,
)
def test_a_bad_field_is_named_and_nothing_is_opened(buyer, also, field):
    make.offer()
    answer = ask(buyer, **also)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not RefundClaim.objects.exists()


def test_another_buyers_claim_is_not_there(buyer, browser_of, market):
    make.offer()
    address = ask(buyer)["Location"]
    other = browser_of(make.consumer("other@test.klean"))
    assert other.get(address).status_code == 404
    assert other.get(address, headers={"HX-Request": "true"}).status_code == 404


def claim_on_hold(market, work):
    make.order(market, amount=600_000)
    claim = make.claim(about=make.offer(title=f"Bag {HOSTILE}"))
    RefundClaim.objects.filter(pk=claim.pk).update(explanation=HOSTILE)
    work()
    return f"/desk/claims/{claim.reference}"


def test_a_moderator_sees_why_a_claim_is_held_and_pays_it(desk, market, work):
    address = claim_on_hold(market, work)
    assert address in desk.get("/desk/claims/").text
    page = desk.get(address).text
    assert "Amount of 600,000 won is above the limit of 500,000 won." in page
    assert "j***@test.klean" in page
    assert "jiwoo" not in page
    assert "<script>alert" not in page
    answer = desk.post(f"{address}/decisions", {"outcome": "approve", "reasons": "A regular buyer."})
    assert answer.status_code == 302
    work()
    assert market.paid_out() == 600_000


def test_a_decision_without_reasons_changes_nothing(desk, market, work):
    address = claim_on_hold(market, work)
    answer = desk.post(f"{address}/decisions", {"outcome": "decline", "reasons": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reasons"])
    assert RefundClaim.objects.get().state == "ABUSE_HOLD"


def test_a_second_decision_is_refused_in_words(desk, market, work):
    address = claim_on_hold(market, work)
    desk.post(f"{address}/decisions", {"outcome": "decline", "reasons": "Six orders."})
    answer = desk.post(f"{address}/decisions", {"outcome": "approve", "reasons": "After all."})
    assert answer.status_code == 409
    assert not RefundPayment.objects.exists()


def test_a_refused_payment_is_listed_and_sent_again(desk, market, work):
    make.order(market)
    market.misbehave("payments", "refuse")
    claim = make.claim()
    work()
    assert "refused_by_bank" in desk.get("/desk/claims/").text
    address = f"/desk/claims/{claim.reference}/payments"
    assert desk.post(address).status_code == 302
    work()
    assert RefundPayment.objects.get().state == "PAID"
    assert desk.post(address).status_code == 409


def test_sending_a_payment_again_that_there_is_none_of_is_not_found(desk):
    claim = make.claim()
    assert desk.post(f"/desk/claims/{claim.reference}/payments").status_code == 404


def test_the_queue_costs_the_same_for_one_claim_and_for_many(
    desk, market, work, django_assert_max_num_queries
):
    for n in range(6):
        make.order(market, f"O-{n:04}", buyer=f"b{n}@test.klean", amount=600_000)
        make.claim(f"O-{n:04}", by=make.consumer(f"b{n}@test.klean"))
    work()
    desk.get("/desk/claims/")
    with django_assert_max_num_queries(11):
        assert desk.get("/desk/claims/").text.count("<tr data-row>") == 6
