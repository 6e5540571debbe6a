"""What somebody will try, and what comes of it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from klean.core.mail import render_mail
from klean.core.models import Event, Mail
from reports.actions import Notifier, file_notice, review_reporters
from reports.models import ClaimWatch, Notice, NoticeItem, RefundClaim, new_reference
from reports.models.references import ALPHABET
from reports.queries import owed_by
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


def test_a_seller_never_learns_who_reported_not_even_from_the_events_or_by_the_number_of_queries(
    hear, machine, django_assert_num_queries
):
    user = make.holder_person()
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    listing = make.offer()
    file_notice(
        [listing], by, reason="COUNTERFEIT", explanation="The monogram is copied on every picture of it.",
        right=by.organisation.rights_holder.ip_rights.get(), good_faith=True, at=NOON, actor=TESTER,
    )  # fmt: skip
    make.notice(listing, by=make.anonymous("minsu@example.kr"), explanation="I bought it in Daegu")
    hear()
    feed = machine("events:read").get("/api/v1/events").content.decode()
    facts = feed + "".join(str(event.data) for event in Event.objects.all())
    secrets = ["Haneul Mills", user.email, user.name, "minsu@example.kr", "Daegu", *_references()]
    assert [secret for secret in secrets if secret in facts] == []
    letters = [render_mail(mail) for mail in Mail.objects.all() if mail.to.endswith("@shop.example")]
    assert not any(secret in str(letters) for secret in secrets)


def _references():
    return list(Notice.objects.values_list("reference", flat=True))


@pytest.mark.parametrize(
    "path", ["/report/{notice}", "/rights/notices/{notice}", "/rights/notices/", "/desk/clocks/"]
)
def test_hostile_titles_and_words_stay_words_on_every_page(path, browser_of, person):
    user = make.holder_person()
    listing = make.offer(title=HOSTILE)
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    filed = file_notice(
        [listing], by, reason="COUNTERFEIT", explanation=HOSTILE + " copied on every picture of it",
        right=by.organisation.rights_holder.ip_rights.get(), good_faith=True, at=NOON, actor=TESTER,
    )  # fmt: skip
    who = person("moderator") if path.startswith("/desk") else user
    page = browser_of(who).get(path.format(notice=filed.notice.reference))
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "|x", " =1+1", "%x"])
def test_no_cell_of_an_export_is_a_formula(title, browser_of):
    user = make.holder_person()
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    file_notice(
        [make.offer(title=title)], by, reason="COUNTERFEIT", explanation="The monogram is copied on each picture.",
        right=by.organisation.rights_holder.ip_rights.get(), good_faith=True, at=NOON, actor=TESTER,
    )  # fmt: skip
    answer = browser_of(user).get("/rights/notices/export.csv")
    text = b"".join(answer.streaming_content).decode()
    assert not re.search(r'(^|,)"?\s*[=+\-@|%]', text, re.MULTILINE)


def test_a_thousand_fresh_accounts_stop_no_honest_shop(told):
    """They open one matter, stop nothing, have no voice, and end up warned when they are wrong."""
    listing = make.listing("1005")
    assert listing.state == "LIVE"
    for n in range(1000):
        make.notice(listing, by=Notifier.anonymous(f"browser {n}", email="", language="ko"))
    listing.refresh_from_db()
    assert listing.state == "LIVE"
    assert "listings.listing.quarantined" not in told()
    assert NoticeItem.objects.filter(listing=listing).count() == 1000


def test_a_thousand_fresh_accounts_are_one_case(hear):
    listing = make.listing("1005")
    for n in range(30):
        make.notice(listing, by=Notifier.anonymous(f"browser {n}", email="", language="ko"))
    hear()
    assert listing.cases.count() == 1


def test_one_account_that_reports_a_whole_shop_falsely_is_warned():
    user = make.consumer()
    for n in range(12):
        listing = make.offer(f"r-{n}")
        make.notice(listing, by=Notifier.consumer(user))
    NoticeItem.objects.update(outcome="DISMISSED", answered_at=NOON)
    assert review_reporters(at=NOON) == 1


def test_one_address_cannot_flood_the_public_form():
    cache.clear()
    make.offers(30)
    statuses = []
    for n in range(25):
        sent = {"listing": f"b-{n}", "reason": "COUNTERFEIT"}
        statuses.append(Client(REMOTE_ADDR="203.0.113.9").post("/report", sent).status_code)
    assert (statuses.count(302), statuses.count(429)) == (20, 5)
    cache.clear()


def test_a_ring_of_young_buyers_on_one_honest_shop_is_held_after_a_few_and_raises_no_alarm(market, work):
    """The first few are paid from the fund, the rest wait for a person; the shop is not charged and no case opens."""
    listing = make.offer()
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
    assert all(watch.alarmed_at is None for watch in ClaimWatch.objects.all())
    listing.refresh_from_db()
    assert listing.state != "REMOVED"
    assert owed_by(listing.seller) == 0
