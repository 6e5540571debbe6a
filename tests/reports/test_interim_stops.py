from pathlib import Path

import pytest
from django.conf import settings

from enforcement.decisions.actions.approvals import withdraw_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from klean.core.events.models import Event
from klean.core.policy.actions.publishing import publish_policy_text
from listings.models import Listing
from reports.actions.answers import refuse_notice, withdraw_notice
from reports.actions.notices import Notifier
from reports.actions.reporters import review_reporters
from reports.models.notices import Notice
from reports.models.reporters import ReporterTier
from reports.queries.reporters import tier_of
from reports.rules.accuracy import IndependentReports, may_quarantine
from reports.rules.policy import Reports
from tests import make
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR
from tests.make.policies import section

pytestmark = pytest.mark.usefixtures("policy")


INTERIM = section(Reports).interim


@pytest.mark.parametrize(
    ("counts", "stops"),
    [
        ((1, 0, 0, 0, 0.99), False),
        ((1, 0, 1, 0, 0.0), False),
        ((1, 0, 1, 0, 0.6), True),
        ((1, 0, 1, 1, 0.0), True),
        ((1, 1, 0, 0, 0.6), True),
        ((0, 0, 0, 5, 0.9), False),
    ],
)
def test_a_listing_is_stopped_on_corroborated_answerable_words_alone(counts, stops):
    assert may_quarantine(reports_of(counts), INTERIM) == stops


def reports_of(counts):
    return IndependentReports(**dict(zip(IndependentReports.__slots__, counts, strict=True)))


@pytest.mark.parametrize(
    ("stops", "formal", "state"),
    [
        ("false", True, "LIVE"),
        ("true", True, "QUARANTINED"),
        ("true", False, "LIVE"),
    ],
)
def test_filing_alone_stops_nobody_unless_the_policy_says_so(stops, formal, state, deliver_events):
    text = (Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text()
    text = text.replace("stops_on_filing = false", f"stops_on_filing = {stops}").replace(
        "2026-01-01T", "2026-01-02T"
    )
    publish_policy_text("stops", text.encode(), at=NOON, actor=TESTER)
    user, listing = make.holder_person(), make.live_listing("d-1")
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    words = {"explanation": "The monogram is copied on every picture of it.", "good_faith": True}
    make.notice(
        listing, by=by if formal else None, right=by.organisation.rights_holder.ip_rights.get(), **words
    )
    deliver_events()
    assert state_of("d-1") == state


def test_a_policy_may_stop_on_filing_formal_notices_alone():
    terms = INTERIM.model_copy(update={"stops_on_filing": True})
    assert may_quarantine(reports_of((1, 0, 0, 0, 0.0)), terms)
    assert not may_quarantine(reports_of((0, 0, 0, 9, 0.9)), terms)


def test_good_faith_and_screening_together_stop_a_listing_while_it_is_examined(deliver_events):
    key = make.answered_reports(20, upheld=True)
    review_reporters(at=NOON, actor=TESTER)
    review_reporters(at=NOON, actor=TESTER)
    assert tier_of(key) == "ADMITTED"
    doubted, clear = make.live_listing("d-1"), make.live_listing("d-2")
    Listing.objects.filter(pk=doubted.pk).update(score=0.7)
    by = Notifier.consumer(make.consumer())
    make.notice(doubted, clear, by=by)
    assert state_of("d-1") == "LIVE"
    deliver_events()
    assert (state_of("d-1"), state_of("d-2")) == ("QUARANTINED", "LIVE")
    assert "listings.listing.quarantined" in names_of_events()


def names_of_events():
    return list(Event.objects.values_list("name", flat=True))


@pytest.fixture
def stopped(deliver_events):
    """A doubted listing that one reporter of good faith has reported."""
    key = make.answered_reports(20, upheld=True)
    ReporterTier.objects.create(reporter_key=key, state="ADMITTED", since=NOON)
    listing = make.live_listing("d-1")
    Listing.objects.update(score=0.7, judged_revision=1, cleared_revision=None)
    notice = make.notice(listing, by=Notifier.consumer(make.consumer()))
    deliver_events()
    assert state_of("d-1") == "QUARANTINED"
    return notice


def state_of(external_id):
    return Listing.objects.get(external_id=external_id).state


@pytest.mark.parametrize(
    "end",
    [
        lambda notice: withdraw_notice(notice, at=NOON, actor=TESTER),
        lambda notice: refuse_notice(notice, "Name the mark.", at=NOON, actor=TESTER),
    ],
)
def test_an_interim_stop_lasts_no_longer_than_the_word_that_it_rests_on(end, stopped, deliver_events):
    end(stopped)
    deliver_events()
    assert state_of("d-1") == "LIVE"
    assert Listing.objects.get(external_id="d-1").cleared_revision is None


def test_an_interim_stop_outlives_a_notice_while_another_good_word_stands(stopped, deliver_events):
    other = Notifier.consumer(make.consumer("other@test.klean"))
    ReporterTier.objects.create(reporter_key=other.key, state="ADMITTED", since=NOON)
    make.notice(stopped.items.get().listing, by=other)
    withdraw_notice(stopped, at=NOON, actor=TESTER)
    deliver_events()
    assert state_of("d-1") == "QUARANTINED"


@pytest.mark.parametrize("is_decision_first", [True, False])
def test_whoever_wants_a_listing_off_keeps_it_off_and_the_last_to_give_up_puts_it_back(
    is_decision_first, stopped, deliver_events
):
    ruling = Ruling(outcome="INFRINGING", reasons="The buckle.", severity="SERIOUS", ground="COUNTERFEIT")
    made = issue_decision(make.case(stopped.items.get().listing), ruling, at=NOON, actor=MODERATOR)
    assert made.state == "UNAPPROVED"

    def take_back():
        withdraw_decision(made, reasons="Another bag.", at=NOON, actor=MODERATOR)

    def take_notice_back():
        withdraw_notice(Notice.objects.get(pk=stopped.pk), at=NOON, actor=TESTER)

    first, last = (take_back, take_notice_back) if is_decision_first else (take_notice_back, take_back)
    first()
    deliver_events()
    assert state_of("d-1") == "QUARANTINED"
    last()
    deliver_events()
    assert state_of("d-1") == "LIVE"
