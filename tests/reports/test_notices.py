import threading

import pytest
from django.db import connection
from django.utils import timezone

from klean.core.events.actors import person
from klean.core.events.models import Event
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.rows.refusals import IllegalStep, Refused
from reports.actions.answers import (
    admit_notice,
    close_notices,
    refuse_notice,
    reopen_notices,
    withdraw_notice,
)
from reports.actions.notices import Notifier
from reports.models.notices import Notice, NoticeItem
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")


def mails():
    return [mail.key for mail in Mail.objects.order_by("pk")]


def holder(**also):
    user = make.holder_person(**also)
    return Notifier.of(make.organisation_of(user), user=user, language="en")


FORMAL = {
    "right_kind": "TRADEMARK",
    "explanation": "The mark on the buckle is a plain copy of ours.",
    "good_faith": True,
}


def test_a_report_is_acknowledged_in_the_same_breath(recorded):
    notice = make.notice(by=make.anonymous("minsu@example.kr"))

    assert notice.state == Notice.State.ACKNOWLEDGED
    assert recorded() == ["reports.notice.filed"]
    assert mails() == [f"notice:{notice.pk}:acknowledged"]
    subject, body = render_mail(Mail.objects.get())
    assert notice.reference in subject
    assert f"http://testserver/report/{notice.reference}" in body


def test_a_report_without_an_address_is_followed_by_its_number_alone():
    make.notice()
    assert mails() == []


def test_a_fact_says_nothing_of_who_reported():
    user = make.consumer()
    notice = make.notice(by=Notifier.consumer(user), explanation="Call me: 010-1234-5678")

    data = Event.objects.get(name="reports.notice.filed").data
    assert data == {
        "notice_id": notice.pk,
        "notifier_type": "CONSUMER",
        "reason": "COUNTERFEIT",
        "listings": ["1005"],
        "listing_ids": [notice.items.get().listing_id],
    }
    assert notice.reference not in str(data)


def test_the_address_of_a_reporter_is_kept_encrypted():
    notice = make.notice(by=make.anonymous("minsu@example.kr"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_email FROM reports_notice")
        assert "minsu" not in cursor.fetchone()[0]
    assert Notice.objects.get(pk=notice.pk).contact_email == "minsu@example.kr"


def test_the_same_person_reports_a_listing_once_while_it_is_open(recorded):
    listing = make.offer()
    first = make.filed(listing)
    again = make.filed(listing)

    assert (again.notice, again.is_new, again.already_open) == (first.notice, False, [listing])
    assert recorded() == ["reports.notice.filed"]


def test_another_person_reports_the_same_listing_for_themselves():
    listing = make.offer()
    make.filed(listing)
    assert make.filed(listing, by=make.anonymous(secret="another")).is_new


def test_of_a_notice_only_what_is_not_open_yet_is_filed_anew():
    by = holder()
    old, new = make.offer("1"), make.offer("2")
    make.filed(old, by=by, **FORMAL)
    second = make.filed(old, new, by=by, **FORMAL)

    assert second.is_new
    assert [item.listing for item in second.notice.items.all()] == [new]
    assert second.already_open == [old]


def test_after_the_answer_a_listing_may_be_reported_again():
    listing = make.offer()
    make.notice(listing)
    close_notices(listing, upheld=False, at=NOON, actor=TESTER)
    assert make.filed(listing).is_new


@pytest.mark.parametrize(
    "lacks",
    [{"right_kind": ""}, {"explanation": "Fake."}, {"good_faith": False}, {"reason": "ENVY"}],
    ids=str,
)
def test_an_incomplete_notice_leaves_nothing_behind(lacks, recorded):
    with pytest.raises(Refused, match="incomplete"):
        make.filed(make.offer(), by=holder(), **FORMAL | lacks)

    assert not Notice.objects.exists()
    assert recorded() == []


def test_three_hundred_listings_are_one_notice_and_not_one_more():
    by = holder()
    listings = make.offers(301)
    with pytest.raises(Refused):
        make.filed(*listings, by=by, **FORMAL)
    assert not NoticeItem.objects.exists()

    filed = make.filed(*listings[:300], by=by, **FORMAL)
    assert filed.notice.items.count() == 300


def test_filing_costs_the_same_for_one_listing_and_for_many(django_assert_max_num_queries):
    by = holder()
    listings = make.offers(300)
    with django_assert_max_num_queries(25):
        make.filed(*listings, by=by, **FORMAL)


def test_everybody_who_reported_is_answered_once(recorded):
    listing = make.offer()
    mine = make.notice(listing, by=make.anonymous("a@example.kr", "a"))
    yours = make.notice(listing, by=make.anonymous("b@example.kr", "b"))
    assert close_notices(listing, upheld=True, at=NOON, actor=TESTER) == 2
    assert close_notices(listing, upheld=True, at=NOON, actor=TESTER) == 0

    assert recorded().count("reports.notice.answered") == 2
    assert [key for key in mails() if "decided" in key] == [f"notice:{n.pk}:decided" for n in (mine, yours)]
    assert {notice.state for notice in Notice.objects.all()} == {Notice.State.DECIDED}
    _subject, body = render_mail(Mail.objects.get(key=f"notice:{mine.pk}:decided"))
    assert "1005 Haneul bag, as new: confirmed" in body


def test_many_reports_are_answered_in_a_handful_of_statements(django_assert_max_num_queries):
    listing = make.offer()
    for n in range(40):
        make.notice(listing, by=make.anonymous(f"n{n}@example.kr", f"browser {n}"))
    with django_assert_max_num_queries(12):
        assert close_notices(listing, upheld=True, at=NOON, actor=TESTER) == 40
    assert len([key for key in mails() if "decided" in key]) == 40


def test_a_notice_on_many_listings_is_told_when_the_last_is_answered():
    first, last = make.offer("1"), make.offer("2")
    notice = make.notice(first, last, by=holder(), **FORMAL)
    close_notices(first, upheld=True, at=NOON, actor=TESTER)
    assert not [key for key in mails() if "decided" in key]

    close_notices(last, upheld=False, at=NOON, actor=TESTER)
    notice.refresh_from_db()
    assert notice.state == Notice.State.DECIDED
    _subject, body = render_mail(Mail.objects.get(key__contains="decided"))
    assert "1 Haneul bag, as new: confirmed" in body
    assert "2 Haneul bag, as new: not confirmed" in body


def test_an_overturned_decision_is_told_once_more(recorded):
    listing = make.offer()
    notice = make.notice(listing, by=make.anonymous("a@example.kr"))
    close_notices(listing, upheld=True, at=NOON, actor=TESTER)
    assert reopen_notices(listing, at=NOON, actor=TESTER) == 1
    assert reopen_notices(listing, at=NOON, actor=TESTER) == 0

    item = notice.items.get()
    assert (item.outcome, item.corrected_at) == ("DISMISSED", NOON)
    assert recorded()[-1] == "reports.notice.answer_corrected"
    assert len([key for key in mails() if "corrected" in key]) == 1


def test_what_was_dismissed_stays_dismissed_when_another_decision_falls():
    listing = make.offer()
    make.notice(listing)
    close_notices(listing, upheld=False, at=NOON, actor=TESTER)
    assert reopen_notices(listing, at=NOON, actor=TESTER) == 0


def test_a_notice_that_cannot_be_taken_up_says_why(recorded):
    notice = make.notice(by=make.anonymous("a@example.kr"))
    with pytest.raises(Refused, match="Give the reason"):
        refuse_notice(notice, "  ", at=NOON, actor=TESTER)
    refuse_notice(notice, "The link leads to another marketplace.", at=NOON, actor=TESTER)

    _subject, body = render_mail(Mail.objects.get(key__contains="refused"))
    assert "another marketplace" in body
    assert close_notices(notice.items.get().listing, upheld=True, at=NOON, actor=TESTER) == 0


def test_a_withdrawn_notice_is_not_answered(recorded):
    notice = make.notice()
    withdraw_notice(notice, at=NOON, actor=TESTER)

    assert close_notices(notice.items.get().listing, upheld=True, at=NOON, actor=TESTER) == 0
    with pytest.raises(IllegalStep):
        withdraw_notice(notice, at=NOON, actor=TESTER)
    assert recorded() == ["reports.notice.filed", "reports.notice.withdrawn"]


def test_admitting_twice_says_nothing_twice(recorded):
    notice = make.notice()
    admit_notice(notice, at=timezone.now(), actor=TESTER)
    admit_notice(notice, at=timezone.now(), actor=TESTER)
    assert recorded().count("reports.notice.admitted") == 1


def test_no_mail_or_fact_towards_others_holds_the_reporters_name():
    user = make.holder_person()
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    listing = make.offer()
    notice = make.notice(listing, by=by, actor=person(user.pk), **FORMAL)
    close_notices(listing, upheld=True, at=NOON, actor=TESTER)

    for event in Event.objects.filter(name__startswith="reports."):
        text = str(event.data)
        assert all(secret not in text for secret in (user.email, user.name, "Haneul Mills", notice.reference))
    assert {mail.to for mail in Mail.objects.all()} == {user.email}


@pytest.mark.django_db(transaction=True)
def test_a_double_submit_is_one_notice(policy):
    listing = make.offer()
    results = []

    def submit():
        results.append(make.filed(listing))
        connection.close()

    threads = [threading.Thread(target=submit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({filed.notice.pk for filed in results}) == 1
    assert sum(filed.is_new for filed in results) == 1
    assert Event.objects.filter(name="reports.notice.filed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_decisions_side_by_side_on_one_notice_conclude_it(policy):
    listings = [make.offer(f"side-{n}") for n in range(4)]
    notice = make.notice(*listings, by=holder(), **FORMAL)

    def decide(listing):
        close_notices(listing, upheld=True, at=NOON, actor=TESTER)
        connection.close()

    threads = [threading.Thread(target=decide, args=(listing,)) for listing in listings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    notice.refresh_from_db()
    assert notice.state == Notice.State.DECIDED
    assert Mail.objects.filter(key__contains="decided").count() == 1
