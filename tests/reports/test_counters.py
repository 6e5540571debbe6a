from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klean.core.events.actors import person as actor
from klean.core.events.models import Event
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.rows.refusals import IllegalStep, Refused
from reports.actions.answers import close_notices, withdraw_notice
from reports.actions.counters import (
    accept_counter,
    answer_counter,
    forfeit_due_counters,
    reject_counter,
)
from reports.actions.notices import Notifier, file_notice
from reports.models.counters import CounterNotice
from reports.models.notices import NoticeItem
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
WORDS = "The monogram of our mark is copied on every picture of it."


def mail_to(address):
    [found] = [mail for mail in Mail.objects.all() if mail.to == address]
    return found


@pytest.fixture
def holder():
    return make.holder_person()


@pytest.fixture
def shopkeeper():
    return make.shopkeeper()


@pytest.fixture
def invited(holder, shopkeeper):
    """The counter-notice on the one listing of a rights holder's notice."""
    by = Notifier.of(make.organisation_of(holder), user=holder, language="en")
    right = by.organisation.rights_holder.ip_rights.get()
    file_notice(
        [make.offer()],
        by,
        reason="COUNTERFEIT",
        explanation=WORDS,
        right=right,
        good_faith=True,
        at=NOON,
        actor=TESTER,
    )
    return CounterNotice.objects.get()


def answered(counter, by, ground="GENUINE", **documents):
    return answer_counter(
        counter,
        ground=ground,
        statement="From the brand's own outlet.",
        by=by,
        documents=documents or {"INVOICE": b"%PDF-1.7 invoice"},
        at=NOON + timedelta(hours=1),
        actor=actor(by.pk),
    )


def test_the_seller_is_asked_at_once_with_three_business_days(invited, recorded):
    assert (invited.state, invited.answer_by.date().isoformat()) == ("AWAITING_SELLER", "2026-03-05")
    assert "reports.counter_notice.requested" in recorded()
    subject, body = render_mail(mail_to("minsu@shop.example"))
    assert subject == "1 of your listings was reported: please respond"
    assert "2026-03-05" in body
    assert make.offer().state != "QUARANTINED"


def test_nothing_that_reaches_the_seller_names_who_reported(invited, shopkeeper, browser_of, holder):
    notice = invited.item.notice
    mail = mail_to("minsu@shop.example")
    seller = browser_of(shopkeeper)
    seen = [
        str(mail.context),
        *render_mail(mail),
        seller.get("/seller/notices/").text,
        seller.get(f"/seller/notices/{invited.pk}").text,
        *(str(event.data) for event in Event.objects.filter(name__startswith="reports.")),
    ]
    secrets = ["Haneul Mills", holder.email, holder.name, notice.reference, "40-1234567", "legal@"]
    assert not [secret for secret in secrets for text in seen if secret in text]
    assert WORDS in seen[-1] or any(WORDS in text for text in seen)


def test_a_consumers_report_asks_no_seller(shopkeeper):
    make.notice()
    assert not CounterNotice.objects.exists()


def test_the_whole_round_ends_with_the_platforms_ruling(invited, shopkeeper, holder, recorded):
    counter = answered(invited, shopkeeper)
    assert (counter.state, counter.documents.get().kind) == ("AWAITING_RIGHTS_HOLDER", "INVOICE")
    assert Mail.objects.get(key=f"counter:{counter.pk}:answered").to == holder.email
    counter = reject_counter(counter, "The invoice is another model's.", at=NOON, actor=TESTER)
    assert (counter.state, counter.due_at) == ("RULING", None)
    close_notices(counter.item.listing, upheld=True, at=NOON, actor=TESTER)
    counter.refresh_from_db()
    assert counter.state == "RULED"
    assert [name for name in recorded() if "counter" in name] == [
        f"reports.counter_notice.{step}" for step in ("requested", "submitted", "rejected")
    ]


def test_an_accepted_answer_ends_the_notice_on_the_listing(invited, shopkeeper):
    accept_counter(answered(invited, shopkeeper), at=NOON, actor=TESTER)
    item = NoticeItem.objects.get()
    assert (item.outcome, item.notice.state, item.counter.state) == ("DISMISSED", "DECIDED", "ACCEPTED")


def test_the_sellers_silence_forfeits_the_answer_and_the_notifiers_the_objection(invited, shopkeeper):
    assert forfeit_due_counters(at=invited.answer_by - timedelta(seconds=1)) == 0
    assert forfeit_due_counters(at=invited.answer_by) == 1
    invited.refresh_from_db()
    assert (invited.state, invited.item.outcome) == ("FORFEITED", "")
    with pytest.raises(IllegalStep):
        answered(invited, shopkeeper)


def test_the_notifiers_silence_is_an_acceptance(invited, shopkeeper):
    counter = answered(invited, shopkeeper)
    forfeit_due_counters(at=counter.answer_by)
    counter.refresh_from_db()
    assert (counter.state, counter.item.outcome) == ("ACCEPTED", "DISMISSED")
    assert forfeit_due_counters(at=counter.answer_by) == 0


@pytest.mark.parametrize("end", ["withdrawn", "decided"])
def test_what_ends_the_notice_ends_the_round(invited, end):
    if end == "withdrawn":
        withdraw_notice(invited.item.notice, at=NOON, actor=TESTER)
    else:
        close_notices(invited.item.listing, upheld=False, at=NOON, actor=TESTER)
    invited.refresh_from_db()
    assert (invited.state, invited.due_at) == ("RULED", None)
    assert forfeit_due_counters(at=NOON + timedelta(days=30)) == 0


def test_a_ground_needs_its_documents_and_a_rejection_its_reasons(invited, shopkeeper, recorded):
    before = recorded()
    with pytest.raises(Refused, match="Upload all documents"):
        answered(invited, shopkeeper, "PARALLEL_IMPORT", INVOICE=b"%PDF-1.7")
    with pytest.raises(Refused):
        answered(invited, shopkeeper, "MAGIC")
    with pytest.raises(Refused):
        reject_counter(invited, " ", at=NOON, actor=TESTER)
    invited.refresh_from_db()
    assert (invited.state, recorded()) == ("AWAITING_SELLER", before)


def test_both_sides_do_it_on_their_pages(invited, shopkeeper, holder, browser_of, person):
    seller, rights = browser_of(shopkeeper), browser_of(holder)
    url = f"/seller/notices/{invited.pk}"
    assert rights.get(f"/rights/counter-notices/{invited.pk}").status_code == 404
    sent = {"ground": "GENUINE", "statement": "From the outlet."}
    missing = seller.post(f"{url}/answers", sent)
    assert (missing.status_code, "This document is required for this reason." in missing.text) == (422, True)
    html = SimpleUploadedFile("invoice.pdf", b"<html>")
    assert seller.post(f"{url}/answers", {**sent, "INVOICE": html}).status_code == 422
    assert CounterNotice.objects.get().state == "AWAITING_SELLER"
    invoice = SimpleUploadedFile("invoice.pdf", b"%PDF-1.7 invoice")
    assert seller.post(f"{url}/answers", {**sent, "INVOICE": invoice}).status_code == 302
    again = SimpleUploadedFile("invoice.pdf", b"%PDF-1.7 invoice")
    assert seller.post(f"{url}/answers", {**sent, "INVOICE": again}).status_code == 409

    there = f"/rights/counter-notices/{invited.pk}"
    assert "From the outlet." in rights.get(there).text
    document = f"/counter-notices/{invited.pk}/documents/{invited.documents.get().pk}"
    for who in (seller, rights, browser_of(person("moderator"))):
        assert b"".join(who.get(document).streaming_content) == b"%PDF-1.7 invoice"
    other = browser_of(make.holder_person("Other Mills", "legal@other.example"))
    assert [other.get(path).status_code for path in (there, document)] == [404, 404]
    assert rights.post(f"{there}/replies", {"outcome": "reject", "reply": ""}).status_code == 422
    assert rights.post(f"{there}/replies", {"outcome": "reject", "reply": "No."}).status_code == 302
    assert rights.post(f"{there}/replies", {"outcome": "accept"}).status_code == 409
    invited.refresh_from_db()
    assert invited.state == "RULING"
    assert "No." in browser_of(person("moderator")).get(f"/desk/counter-notices/{invited.pk}").text


def test_another_shop_finds_nothing(invited, browser_of, person):
    stranger = browser_of(person("seller"))
    assert stranger.get(f"/seller/notices/{invited.pk}").status_code == 404
    assert stranger.post(f"/seller/notices/{invited.pk}/answers", {}).status_code == 404
