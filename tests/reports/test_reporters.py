from datetime import timedelta

import pytest

from klean.core.actors import person as actor
from klean.core.models import Mail
from klean.core.refusals import Refused
from reports.actions import (
    Notifier,
    close_notices,
    impose_measure,
    lift_measure,
    reopen_notices,
    review_reporters,
)
from reports.models import MisuseMeasure, Notice, NoticeItem, ReporterTier
from reports.queries import figures_of, live_rung, tier_of
from reports.rules.accuracy import Figures, Voices, may_quarantine, tier_after
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
DAY = timedelta(days=1)
TERMS = {"least": 20, "upheld_percent": 90, "countered_percent": 5}


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
        ("STANDARD", True): "CANDIDATE", ("STANDARD", False): "STANDARD", ("CANDIDATE", True): "ADMITTED",
        ("CANDIDATE", False): "STANDARD", ("ADMITTED", True): "ADMITTED", ("ADMITTED", False): "LOCKED",
        ("LOCKED", True): "LOCKED", ("LOCKED", False): "LOCKED",
    }  # fmt: skip
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
    assert told().count("reports.tier.changed") == 4


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
    assert Mail.objects.get(template="mail/reports/misuse.txt").to == "jiwoo@test.klean"


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
    lift_measure(suspended, at=later, actor=senior)
    make.notice(make.offer("r-92"), by=Notifier.consumer(make.consumer()), at=later)
    assert told().count("reports.misuse.measured") == 4


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
    assert key not in browser_of(person("moderator")).get("/desk/reporters/").text


INTERIM = {"stops_on_filing": False, "voices": 2, "screening_from": 0.5}


@pytest.mark.parametrize(
    ("voices", "formal", "stops"),
    [
        ((0, 0, 0, 0.99), True, False),
        ((0, 1, 0, 0.0), True, False),
        ((0, 1, 0, 0.6), True, True),
        ((0, 1, 1, 0.0), True, True),
        ((1, 0, 0, 0.6), True, True),
        ((0, 0, 5, 0.9), False, False),
    ],
)
def test_a_listing_is_stopped_on_corroborated_answerable_words_alone(voices, formal, stops):
    spoken = Voices(
        **dict(zip(("authorities", "admitted", "reliable_others", "screening"), voices, strict=True))
    )
    assert may_quarantine(spoken, INTERIM, is_formal=formal) == stops


def test_a_policy_may_stop_on_filing_formal_notices_alone():
    nobody = Voices(authorities=0, admitted=0, reliable_others=0, screening=0.0)
    terms = INTERIM | {"stops_on_filing": True}
    assert may_quarantine(nobody, terms, is_formal=True)
    assert not may_quarantine(nobody, terms, is_formal=False)


def test_good_faith_and_screening_together_stop_a_listing_while_it_is_examined():
    key = reported(20, upheld=True)
    review_reporters(at=NOON)
    review_reporters(at=NOON)
    assert tier_of(key) == "ADMITTED"
    doubted, clear = make.offer("d-1"), make.offer("d-2")
    type(doubted).objects.filter(pk=doubted.pk).update(score=0.7)
    by = Notifier.consumer(make.consumer())
    make.notice(make.offer("d-1"), by=by)
    make.notice(clear, by=by)
    assert (make.offer("d-1").state, make.offer("d-2").state) == ("QUARANTINED", clear.state)
