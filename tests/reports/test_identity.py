"""Who reported is never known to the seller: by no page, call, mail, export or webhook, nor by the work that is done."""

import re
import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions.requests import export_person, receive_request
from klean.core.access.actions import issue_key
from klean.core.access.models import Organisation
from klean.core.access.scopes import all_scopes
from klean.core.events.actors import person as actor
from klean.core.events.models import Event
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Refused
from klean.core.webhooks.actions import enable_endpoint
from klean.core.webhooks.models import WebhookDelivery
from reports.actions.notices import Notifier, file_notice
from reports.models.counters import CounterNotice
from reports.models.notices import Notice, NoticeItem
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
WORDS = "The monogram of our mark is copied on every picture of it."
PAGES = (
    "/seller/",
    "/seller/listings/",
    "/seller/listings/1005",
    "/seller/notices/",
    "/seller/decisions/",
    "/seller/notices/{counter}",
    "/seller/decisions/{decision}",
    "/seller/decisions/{decision}/statement.pdf",
)
CALLS = (
    "/api/v1/listings/1005",
    "/api/v1/sellers/s-100/standing",
    "/api/v1/cases",
    "/api/v1/events",
    "/api/v1/statements-of-reasons",
    "/api/v1/notices/{notice}",
)


@pytest.fixture
def shopkeeper():
    return make.shopkeeper()


@pytest.fixture
def reported(shopkeeper, deliver_events):
    """A listing that a rights holder, a buyer with an account and a stranger reported, and that was then decided on."""
    holder, buyer = make.holder_person(), make.consumer()
    listing = make.live_listing("1005", by=make.seller("s-100"))
    by = Notifier.of(make.organisation_of(holder), user=holder, language="en")
    file_notice(
        [listing],
        by,
        reason="COUNTERFEIT",
        explanation=WORDS,
        good_faith=True,
        right=by.organisation.rights_holder.ip_rights.get(),
        at=NOON,
        actor=TESTER,
    )
    make.notice(listing, by=Notifier.consumer(buyer), explanation="I bought it in Daegu", order="O-7788")
    make.notice(listing, by=make.anonymous("stranger@example.kr"), explanation="My aunt in Busan has one")
    deliver_events()
    decision = make.decide(listing.cases.get())
    deliver_events()
    return listing, decision


def secrets():
    """Whatever would tell a seller who reported, or let them follow the report."""
    known = {
        "Haneul Mills",
        "legal@haneul.example",
        "Park Sora",
        "40-1234567",
        "jiwoo@test.klean",
        "Kim Jiwoo",
        "Daegu",
        "O-7788",
        "stranger@example.kr",
        "Busan",
    }
    keys = set(NoticeItem.objects.values_list("reporter_key", flat=True))
    return known | keys | set(Notice.objects.values_list("reference", flat=True))


def leaked(text):
    return sorted(secret for secret in secrets() if secret in text)


def test_the_secrets_are_real(reported, browser_of, person):
    """What must not leak is there to be leaked: the protection team reads of it."""
    assert Notice.objects.count() == 3
    assert len(secrets()) == 16
    page = browser_of(make.holder_person()).get("/rights/notices/").text
    assert leaked(page)


def test_no_page_of_the_seller_tells_who_reported(reported, shopkeeper, browser_of):
    _listing, decision = reported
    known = {"counter": CounterNotice.objects.get().pk, "decision": decision.pk}
    browser = browser_of(shopkeeper)
    for page in PAGES:
        answer = browser.get(page.format(**known))
        assert (page, answer.status_code) == (page, 200)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (page, leaked(body.decode(errors="replace"))) == (page, [])


def test_a_sellers_machine_gets_no_key_and_a_person_of_the_shop_no_answer(reported, shopkeeper, browser_of):
    shop = make.organisation_of(shopkeeper)
    for scope in all_scopes():
        with pytest.raises(Refused):
            issue_key(shop, "till", [scope], at=NOON, actor=TESTER)
    references = list(Notice.objects.values_list("reference", flat=True))
    for call in CALLS:
        for reference in references if "{notice}" in call else [""]:
            answer = browser_of(shopkeeper).get(call.format(notice=reference))
            assert (call, leaked(answer.text)) == (call, [])
            assert answer.status_code in {200, 403, 404}


def test_no_mail_to_the_shop_tells_who_reported(reported, shopkeeper):
    letters = [render_mail(mail) for mail in Mail.objects.all() if mail.to == shopkeeper.email]
    assert len(letters) >= 2
    assert leaked(str(letters)) == []


def test_no_export_of_the_sellers_own_data_tells_who_reported(reported, shopkeeper, person):
    officer = actor(person("governance").pk)
    request = receive_request("EXPORT", shopkeeper.email, identity="DOCUMENT", at=NOON, actor=officer)
    packed = zipfile.ZipFile(BytesIO(export_person(request, at=NOON, actor=officer)))
    text = "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    assert shopkeeper.email in text
    assert leaked(text) == []


def test_no_webhook_tells_anybody_but_the_marketplace(reported, shopkeeper, deliver_events):
    kinds = [make.organisation_of(shopkeeper), make.organisation_of(make.holder_person())]
    for n, organisation in enumerate(kinds):
        enable_endpoint(organisation, f"https://hooks.example/{n}", ["*"], at=NOON, actor=TESTER)
    market = Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")
    enable_endpoint(market, "https://hooks.example/market", ["*"], at=NOON, actor=TESTER)
    make.notice(make.offer("1006"), by=make.anonymous("stranger@example.kr"))
    deliver_events()
    deliveries = WebhookDelivery.objects.select_related("event", "endpoint")
    assert {one.endpoint.organisation for one in deliveries} == {market}
    assert leaked("".join(str(one.event.data) for one in deliveries)) == []


def test_facts_carry_no_reporter(reported):
    """Whoever may read the feed, and whatever is published of it."""
    payloads = Event.objects.exclude(name__startswith="brands.").values_list("data", flat=True)
    assert len(payloads) > 5
    assert leaked("".join(str(data) for data in payloads)) == []


def statements_of(caught):
    """What was asked of the database, whenever it was."""
    return [re.sub(r"'20[^']*'|s\d+_x\d+", "?", one["sql"]) for one in caught.captured_queries]


@pytest.mark.parametrize(
    "page", ["/seller/", "/seller/listings/", "/seller/listings/1005", "/seller/notices/"]
)
def test_the_work_for_a_sellers_page_does_not_tell_that_buyers_reported(page, shopkeeper, browser_of):
    """Equal statements and equal bytes, so that no clock can tell an unreported listing from one of a hundred reports."""
    listing = make.live_listing("1005", by=make.seller("s-100"))
    browser = browser_of(shopkeeper)
    seen = []
    for strangers in (0, 1, 12):
        for n in range(strangers):
            make.notice(listing, by=make.anonymous(f"{n}@example.kr", secret=f"browser {n}"))
        browser.get(page)
        with CaptureQueriesContext(connection) as caught:
            body = browser.get(page).text
        seen.append((statements_of(caught), len(body)))
    assert NoticeItem.objects.count() == 12
    assert seen[0] == seen[1] == seen[2]


def test_the_work_for_a_tracking_number_does_not_tell_how_near_a_guess_is(client):
    """One look-up by a unique index whether the guess shares nothing or all but one character with a real number."""
    reference = make.notice().reference
    near = reference[:-1] + ("2" if reference[-1] != "2" else "3")
    work = []
    for guess in (near, "AAAAA-AAAAA-AAAAA-AAAAA", near[:12] + "AAAAA-AAAAA"):
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(f"/report/{guess}")
        statements = [one.replace(guess, "?") for one in statements_of(caught)]
        work.append((answer.status_code, statements, len(answer.content)))
    assert work[0][0] == 404
    assert work[0] == work[1] == work[2]
    assert len(work[0][1]) <= 2
