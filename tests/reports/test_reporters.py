from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from enforcement.decisions.actions.approvals import withdraw_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from klean.core.events.actors import person as actor
from klean.core.events.models import Event
from klean.core.mail.actions import render_mail
from klean.core.mail.models import Mail
from klean.core.policy.actions import publish_policy_text
from klean.core.rows.refusals import Refused
from listings.models import Listing
from reports.actions.answers import close_notices, refuse_notice, reopen_notices, withdraw_notice
from reports.actions.notices import Notifier
from reports.actions.reporters import impose_measure, lift_measure, review_reporters
from reports.models.notices import Notice, NoticeItem
from reports.models.reporters import MisuseMeasure, ReporterTier
from reports.queries.reporters import figures_of, live_rung, tier_of
from reports.rules.accuracy import Figures, Voices, may_quarantine, tier_after
from reports.rules.policy import Reports
from tests import make
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import MODERATOR
from tests.make.policies import section

pytestmark = pytest.mark.usefixtures("policy")
DAY = timedelta(days=1)
TERMS = section(Reports).tiers


@pytest.mark.parametrize(
    ("figures", "reliable"),
    [
        (Figures(upheld=18, dismissed=2, countered=1), True),
        (Figures(upheld=17, dismissed=3), False),
        (Figures(upheld=18, dismissed=2, countered=2), False),
        (Figures(upheld=19), False),
        (Figures(), False),
    ],
)
def test_good_faith_is_ninety_percent_confirmed_and_five_countered(figures, reliable):
    assert figures.is_reliable(TERMS) == reliable


def test_the_tier_is_earned_in_two_reviews_lost_in_one_and_then_locked():
    good, bad = Figures(upheld=20), Figures(upheld=10, dismissed=10)
    ways = {
        ("STANDARD", True): "CANDIDATE",
        ("STANDARD", False): "STANDARD",
        ("CANDIDATE", True): "ADMITTED",
        ("CANDIDATE", False): "STANDARD",
        ("ADMITTED", True): "ADMITTED",
        ("ADMITTED", False): "LOCKED",
        ("LOCKED", True): "LOCKED",
        ("LOCKED", False): "LOCKED",
    }
    for (state, is_good), after in ways.items():
        assert tier_after(state, good if is_good else bad, TERMS, lock_is_over=False) == after
    assert tier_after("LOCKED", good, TERMS, lock_is_over=True) == "STANDARD"


def reported(count, *, upheld, by=None, start=0, at=NOON):
    """So many listings reported by one person and answered."""
    by = by or Notifier.consumer(make.consumer())
    for n in range(start, start + count):
        listing = make.offer(f"r-{n}")
        make.notice(listing, by=by, at=at)
        close_notices(listing, upheld=upheld, at=at, actor=TESTER)
    return by.key


def test_good_faith_comes_and_goes_with_the_record(told):
    key = reported(20, upheld=True)
    assert tier_of(key) == "STANDARD"
    assert review_reporters(at=NOON) == 1
    assert tier_of(key) == "CANDIDATE"
    review_reporters(at=NOON + DAY)
    assert tier_of(key) == "ADMITTED"
    assert review_reporters(at=NOON + DAY) == 0
    reported(5, upheld=False, start=20)
    review_reporters(at=NOON + 2 * DAY)
    assert tier_of(key) == "LOCKED"
    assert ReporterTier.objects.get().locked_until == NOON + 92 * DAY
    review_reporters(at=NOON + 91 * DAY)
    assert tier_of(key) == "LOCKED"
    review_reporters(at=NOON + 92 * DAY)
    assert tier_of(key) == "STANDARD"
    assert told().count("reports.reporter_tier.changed") == 4


def test_a_decision_that_falls_is_counted_by_its_new_outcome():
    key = reported(1, upheld=True)
    assert figures_of([key], at=NOON)[key] == Figures(upheld=1)
    reopen_notices(make.offer("r-0"), at=NOON, actor=TESTER)
    assert figures_of([key], at=NOON)[key] == Figures(dismissed=1)


def test_whoever_is_mostly_wrong_is_warned_once_and_told(told):
    key = reported(10, upheld=False)
    assert review_reporters(at=NOON) == 1
    assert review_reporters(at=NOON) == 0
    assert live_rung(key, at=NOON) == "WARNING"
    assert Mail.objects.get(template="mail/reports/misuse_imposed.txt").to == "jiwoo@test.klean"


def test_no_step_is_skipped_and_each_has_its_effect(person, told):
    key, senior = reported(10, upheld=False), actor(person("senior").pk)
    with pytest.raises(Refused, match="warning comes first"):
        impose_measure(key, "SUSPENSION", "Spite.", at=NOON, actor=senior)
    review_reporters(at=NOON)
    impose_measure(key, "RESTRICTION", "Spite.", at=NOON, actor=senior)
    with pytest.raises(Refused, match="At most 5 listings a day"):
        make.notice(make.offer("r-90"), by=Notifier.consumer(make.consumer()), at=NOON + timedelta(hours=1))
    later = NOON + 2 * DAY
    make.notice(make.offer("r-91"), by=Notifier.consumer(make.consumer()), at=later)
    suspended = impose_measure(key, "SUSPENSION", "Spite.", at=later, actor=senior)
    filed = Notice.objects.count()
    with pytest.raises(Refused, match="may not report"):
        make.notice(make.offer("r-92"), by=Notifier.consumer(make.consumer()), at=later)
    assert Notice.objects.count() == filed
    lift_measure(suspended, "They were another buyer's.", at=later, actor=senior)
    make.notice(make.offer("r-92"), by=Notifier.consumer(make.consumer()), at=later)
    assert told().count("reports.misuse_measure.imposed") == 3
    assert told().count("reports.misuse_measure.lifted") == 1


def test_a_lifted_warning_is_not_given_again_the_next_night(person, told):
    key, senior = reported(10, upheld=False), actor(person("senior").pk)
    review_reporters(at=NOON)
    warning = MisuseMeasure.objects.get()
    for reasons, by in (("", senior), ("A mix-up.", TESTER)):
        with pytest.raises(Refused, match="says why"):
            lift_measure(warning, reasons, at=NOON, actor=by)
    assert live_rung(key, at=NOON) == "WARNING"
    lift_measure(warning, "A mix-up.", at=NOON, actor=senior)
    lift_measure(warning, "Again.", at=NOON, actor=senior)
    assert review_reporters(at=NOON + DAY) == 0
    assert (live_rung(key, at=NOON + DAY), warning.lifted_by) == ("", str(senior))
    assert told().count("reports.misuse_measure.imposed") == 1
    assert told().count("reports.misuse_measure.lifted") == 1
    letter = render_mail(Mail.objects.get(template="mail/reports/misuse_lifted.txt"))
    assert "withdrawn" in letter[0]
    assert "A mix-up." in letter[1]


def test_the_protection_team_lifts_a_measure_on_its_page(person, browser_of):
    make.offer()
    MisuseMeasure.objects.create(
        reporter_key="user:7",
        rung="RESTRICTION",
        reasons="Spite.",
        imposed_at=NOON,
        imposed_by="person:1",
        ends_at=timezone.now() + DAY,
    )
    measure = MisuseMeasure.objects.get()
    url = f"/desk/reporters/measures/{measure.pk}/liftings"
    senior = browser_of(person("senior"))
    assert url in senior.get("/desk/reporters/").text
    assert browser_of(person("moderator")).post(url, {"reasons": "A mix-up."}).status_code == 403
    assert senior.post(url, {"reasons": ""}).status_code == 422
    measure.refresh_from_db()
    assert measure.lifted_at is None
    assert senior.post(url, {"reasons": "A mix-up."}).status_code == 302
    measure.refresh_from_db()
    assert (measure.lifted_for, measure.lifted_at is None) == ("A mix-up.", False)
    assert url not in senior.get("/desk/reporters/").text


def test_the_formula_and_ones_own_record_are_public_to_their_reader(browser_of, person, client):
    key = reported(10, upheld=False)
    review_reporters(at=NOON)
    stranger = client.get("/accuracy").text
    assert "confirmed + not confirmed" in stranger
    assert "Your record" not in stranger
    MisuseMeasure.objects.update(ends_at=NOON + 3000 * DAY)
    mine = browser_of(make.consumer()).get("/accuracy").text
    assert "Your record" in mine
    assert "were not confirmed" in mine
    NoticeItem.objects.update(answered_at=None, outcome="")
    MisuseMeasure.objects.update(ends_at=NOON)
    assert key not in browser_of(person("moderator")).get("/desk/reporters/").text


INTERIM = section(Reports).interim


@pytest.mark.parametrize(
    ("voices", "stops"),
    [
        ((1, 0, 0, 0, 0.99), False),
        ((1, 0, 1, 0, 0.0), False),
        ((1, 0, 1, 0, 0.6), True),
        ((1, 0, 1, 1, 0.0), True),
        ((1, 1, 0, 0, 0.6), True),
        ((0, 0, 0, 5, 0.9), False),
    ],
)
def test_a_listing_is_stopped_on_corroborated_answerable_words_alone(voices, stops):
    assert may_quarantine(voices_of(voices), INTERIM) == stops


def voices_of(counts):
    return Voices(**dict(zip(Voices.__slots__, counts, strict=True)))


@pytest.mark.parametrize(
    ("stops", "formal", "state"),
    [
        ("false", True, "LIVE"),
        ("true", True, "QUARANTINED"),
        ("true", False, "LIVE"),
    ],
)
def test_filing_alone_stops_nobody_unless_the_policy_says_so(stops, formal, state, hear):
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
    hear()
    assert state_of("d-1") == state


def test_a_policy_may_stop_on_filing_formal_notices_alone():
    terms = INTERIM.model_copy(update={"stops_on_filing": True})
    assert may_quarantine(voices_of((1, 0, 0, 0, 0.0)), terms)
    assert not may_quarantine(voices_of((0, 0, 0, 9, 0.9)), terms)


def test_good_faith_and_screening_together_stop_a_listing_while_it_is_examined(hear):
    key = reported(20, upheld=True)
    review_reporters(at=NOON)
    review_reporters(at=NOON)
    assert tier_of(key) == "ADMITTED"
    doubted, clear = make.live_listing("d-1"), make.live_listing("d-2")
    Listing.objects.filter(pk=doubted.pk).update(score=0.7)
    by = Notifier.consumer(make.consumer())
    make.notice(doubted, clear, by=by)
    assert state_of("d-1") == "LIVE"
    hear()
    assert (state_of("d-1"), state_of("d-2")) == ("QUARANTINED", "LIVE")
    assert "listings.listing.quarantined" in names_of_events()


def names_of_events():
    return list(Event.objects.values_list("name", flat=True))


@pytest.fixture
def stopped(hear):
    """A doubted listing that one reporter of good faith has reported."""
    key = reported(20, upheld=True)
    ReporterTier.objects.create(reporter_key=key, state="ADMITTED", since=NOON)
    listing = make.live_listing("d-1")
    Listing.objects.update(score=0.7, judged_revision=1, cleared_revision=None)
    notice = make.notice(listing, by=Notifier.consumer(make.consumer()))
    hear()
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
def test_an_interim_stop_lasts_no_longer_than_the_word_that_it_rests_on(end, stopped, hear):
    end(stopped)
    hear()
    assert state_of("d-1") == "LIVE"
    assert Listing.objects.get(external_id="d-1").cleared_revision is None


def test_an_interim_stop_outlives_a_notice_while_another_good_word_stands(stopped, hear):
    other = Notifier.consumer(make.consumer("other@test.klean"))
    ReporterTier.objects.create(reporter_key=other.key, state="ADMITTED", since=NOON)
    make.notice(stopped.items.get().listing, by=other)
    withdraw_notice(stopped, at=NOON, actor=TESTER)
    hear()
    assert state_of("d-1") == "QUARANTINED"


@pytest.mark.parametrize("is_decision_first", [True, False])
def test_whoever_wants_a_listing_off_keeps_it_off_and_the_last_to_give_up_puts_it_back(
    is_decision_first, stopped, hear
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
    hear()
    assert state_of("d-1") == "QUARANTINED"
    last()
    hear()
    assert state_of("d-1") == "LIVE"
