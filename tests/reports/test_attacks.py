"""What somebody will try, and what comes of it."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from klean.core.access.references import ALPHABET, new_reference
from klean.core.events.models import Event
from klean.core.mail.deliveries import render_mail, send_due_mails
from klean.core.mail.models import Mail
from refunds.actions.claims import Claimant, open_claim
from refunds.models.claims import RefundClaim
from reports.actions.counters import answer_counter
from reports.actions.notices import Notifier, file_notice
from reports.actions.reporters import review_reporters
from reports.models.counters import CounterNotice
from reports.models.notices import Notice, NoticeItem
from reports.models.reporters import ReporterTier
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"


def test_tracking_numbers_cannot_be_enumerated(client):
    """A hundred random bits each, and a number that never was is answered like a wrong one."""
    drawn = {new_reference() for _ in range(2000)}
    assert len(drawn) == 2000
    assert len(ALPHABET) ** 20 > 2**98
    places = zip(*(one.replace("-", "") for one in drawn), strict=True)
    assert all(len(set(place)) > 25 for place in places)
    notice = make.notice()
    near = notice.reference[:-1] + ("2" if notice.reference[-1] != "2" else "3")
    answers = [client.get(f"/report/{guess}") for guess in (near, "AAAAA-AAAAA-AAAAA-AAAAA", "1", notice.pk)]
    assert {one.status_code for one in answers} == {404}
    assert notice.reference not in "".join(one.text for one in answers)


PAGES = {
    "/report/{notice}": "holder",
    "/rights/notices/{notice}": "holder",
    "/rights/watchlist/": "holder",
    "/rights/counter-notices/{counter}": "holder",
    "/seller/notices/": "shop",
    "/seller/notices/{counter}": "shop",
    "/desk/notices/{pk}": "desk",
    "/desk/counter-notices/{counter}": "desk",
    "/desk/cases/{case}": "desk",
    "/desk/claims/": "desk",
    "/desk/claims/{claim}": "desk",
    "/refunds/{claim}": "buyer",
}


@pytest.fixture
def hostile(deliver_events):
    """Every word that strangers can write is an attack: title, explanation, answer, claim, refusal."""
    user, shop, buyer = make.holder_person(), make.shopkeeper(), make.consumer()
    make.brand("Haneul", holder=make.rights_holder())
    listing = make.live_listing("1005", by=make.seller("s-100"))
    listing.title = HOSTILE
    listing.save(update_fields=["title"])
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    filed = file_notice(
        [listing],
        by,
        reason="COUNTERFEIT",
        explanation=HOSTILE + " copied on every picture of it",
        right=by.organisation.rights_holder.ip_rights.get(),
        good_faith=True,
        at=NOON,
        actor=TESTER,
    )
    make.flag(listing)
    deliver_events()
    counter = CounterNotice.objects.get()
    answer_counter(counter, ground="MISTAKE", statement=HOSTILE, documents={}, by=shop, at=NOON, actor=TESTER)
    claim, _is_new = open_claim(
        "O-1001", listing, Claimant.buyer(buyer), reason="OTHER", explanation=HOSTILE, at=NOON, actor=TESTER
    )
    RefundClaim.objects.update(state="ABUSE_HOLD", amount=129_000, decision_reasons={"en": HOSTILE})
    known = {
        "notice": filed.notice.reference,
        "pk": filed.notice.pk,
        "counter": counter.pk,
        "case": listing.cases.get().pk,
        "claim": claim.reference,
    }
    return {"holder": user, "shop": shop, "buyer": buyer}, known


@pytest.mark.parametrize(("path", "reader"), PAGES.items())
def test_hostile_titles_and_words_stay_words_on_every_page(path, reader, hostile, browser_of, person):
    people, known = hostile
    page = browser_of(people.get(reader) or person("moderator")).get(path.format(**known))
    assert page.status_code == 200
    assert "alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_hostile_words_that_come_back_from_a_form_stay_words(client):
    answer = client.post("/report", {"listing": HOSTILE, "reason": HOSTILE, "explanation": HOSTILE})
    assert answer.status_code == 422
    assert "alert(1)" in answer.text
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


def test_a_mail_is_plain_text_whatever_its_words(hostile):
    letters = [render_mail(one) for one in Mail.objects.all()]
    assert any("<script>" in letter[1] for letter in letters)
    assert all("\n" not in letter[0] for letter in letters)
    send_due_mails(at=timezone.now())
    assert len(mail.outbox) == len(letters)
    assert {sent.message().get_content_type() for sent in mail.outbox} == {"text/plain"}


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "|x", " =1+1", "%x"])
def test_no_cell_of_an_export_is_a_formula(title, browser_of):
    user = make.holder_person()
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    file_notice(
        [make.offer(title=title)],
        by,
        reason="COUNTERFEIT",
        explanation="The monogram is copied on each picture.",
        right=by.organisation.rights_holder.ip_rights.get(),
        good_faith=True,
        at=NOON,
        actor=TESTER,
    )
    answer = browser_of(user).get("/rights/notices/export.csv")
    text = b"".join(answer.streaming_content).decode()
    assert not re.search(r'(^|,)"?\s*[=+\-@|%]', text, re.MULTILINE)


def stranger(n):
    return Notifier.anonymous(f"browser {n}", email="", language="ko")


def thousand_reports(listing):
    """A thousand accounts of today report one listing; the last one through the door."""
    notices = Notice.objects.bulk_create(
        Notice(
            notifier_type="CONSUMER",
            language="ko",
            reason="COUNTERFEIT",
            state="ACKNOWLEDGED",
            filed_at=NOON,
            answer_by=NOON,
        )
        for _ in range(999)
    )
    NoticeItem.objects.bulk_create(
        NoticeItem(notice=notice, listing=listing, reporter_key=stranger(n).key)
        for n, notice in enumerate(notices)
    )
    make.notice(listing, by=stranger(999))
    assert NoticeItem.objects.filter(listing=listing).count() == 1000


def vouch_for(key, *, tier):
    """A record of twenty confirmed reports, and the tier that goes with it."""
    for n in range(20):
        listing = make.offer(f"{key}-{n}")
        notice = Notice.objects.create(
            notifier_type="CONSUMER", language="ko", reason="COUNTERFEIT", filed_at=NOON, answer_by=NOON
        )
        NoticeItem.objects.create(
            notice=notice, listing=listing, reporter_key=key, outcome="UPHELD", answered_at=NOON
        )
    ReporterTier.objects.create(reporter_key=key, state=tier, since=NOON)


def stops():
    return Event.objects.filter(name="listings.listing.quarantined").count()


def test_a_thousand_fresh_accounts_stop_no_honest_shop(deliver_events):
    listing = make.live_listing("1005")
    thousand_reports(listing)
    deliver_events()
    listing.refresh_from_db()
    assert (listing.state, stops()) == ("LIVE", 0)


@pytest.mark.parametrize(("tier", "stopped"), [("ADMITTED", True), ("CANDIDATE", False)])
def test_the_same_reports_stop_it_once_two_of_them_have_a_record_and_one_is_of_good_faith(
    tier, stopped, deliver_events
):
    listing = make.live_listing("1005")
    vouch_for(stranger(998).key, tier="CANDIDATE")
    vouch_for(stranger(999).key, tier=tier)
    thousand_reports(listing)
    deliver_events()
    listing.refresh_from_db()
    assert (listing.state == "QUARANTINED", stops()) == (stopped, int(stopped))


def test_a_thousand_fresh_accounts_are_one_case(deliver_events):
    listing = make.listing("1005")
    for n in range(12):
        make.notice(listing, by=stranger(n))
    deliver_events()
    assert listing.cases.count() == 1


def test_one_account_that_reports_a_whole_shop_falsely_is_warned():
    user = make.consumer()
    for n in range(12):
        listing = make.offer(f"r-{n}")
        make.notice(listing, by=Notifier.consumer(user))
    NoticeItem.objects.update(outcome="DISMISSED", answered_at=NOON)
    assert review_reporters(at=NOON, actor=TESTER) == 1


def test_one_address_cannot_flood_the_public_form():
    cache.clear()
    make.offers(30)
    statuses = []
    for n in range(25):
        sent = {"listing": f"b-{n}", "reason": "COUNTERFEIT"}
        statuses.append(Client(REMOTE_ADDR="203.0.113.9").post("/report", sent).status_code)
    assert (statuses.count(302), statuses.count(429)) == (20, 5)
    cache.clear()
