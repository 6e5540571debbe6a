from datetime import timedelta

import pytest
from django.utils import timezone

from klean.core.events.actors import person as actor
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.rows.refusals import Refused
from reports.actions.answers import reopen_notices
from reports.actions.notices import Notifier
from reports.actions.reporters import impose_measure, lift_measure, review_reporters
from reports.models.notices import Notice, NoticeItem
from reports.models.reporters import MisuseMeasure, ReporterTier
from reports.queries.reporters import figures_of, live_rung, tier_of
from reports.rules.accuracy import Figures, tier_after
from reports.rules.policy import Reports
from tests import make
from tests.fixtures import NOON, TESTER
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


def test_good_faith_comes_and_goes_with_the_record(recorded):
    key = make.answered_reports(20, upheld=True)
    assert tier_of(key) == "STANDARD"
    assert review_reporters(at=NOON, actor=TESTER) == 1
    assert tier_of(key) == "CANDIDATE"
    review_reporters(at=NOON + DAY, actor=TESTER)
    assert tier_of(key) == "ADMITTED"
    assert review_reporters(at=NOON + DAY, actor=TESTER) == 0
    make.answered_reports(5, upheld=False, start=20)
    review_reporters(at=NOON + 2 * DAY, actor=TESTER)
    assert tier_of(key) == "LOCKED"
    assert ReporterTier.objects.get().locked_until == NOON + 92 * DAY
    review_reporters(at=NOON + 91 * DAY, actor=TESTER)
    assert tier_of(key) == "LOCKED"
    review_reporters(at=NOON + 92 * DAY, actor=TESTER)
    assert tier_of(key) == "STANDARD"
    assert recorded().count("reports.reporter_tier.changed") == 4


def test_a_decision_that_falls_is_counted_by_its_new_outcome():
    key = make.answered_reports(1, upheld=True)
    assert figures_of([key], at=NOON)[key] == Figures(upheld=1)
    reopen_notices(make.offer("r-0"), at=NOON, actor=TESTER)
    assert figures_of([key], at=NOON)[key] == Figures(dismissed=1)


def test_whoever_is_mostly_wrong_is_warned_once_and_told(recorded):
    key = make.answered_reports(10, upheld=False)
    assert review_reporters(at=NOON, actor=TESTER) == 1
    assert review_reporters(at=NOON, actor=TESTER) == 0
    assert live_rung(key, at=NOON) == "WARNING"
    assert Mail.objects.get(template="mail/reports/misuse_imposed.txt").to == "jiwoo@test.klean"


def test_no_step_is_skipped_and_each_has_its_effect(person, recorded):
    key, senior = make.answered_reports(10, upheld=False), actor(person("senior").pk)
    with pytest.raises(Refused, match="go in order"):
        impose_measure(key, "SUSPENSION", "Spite.", at=NOON, actor=senior)
    review_reporters(at=NOON, actor=TESTER)
    impose_measure(key, "RESTRICTION", "Spite.", at=NOON, actor=senior)
    with pytest.raises(Refused, match="up to 5 listings a day"):
        make.notice(make.offer("r-90"), by=Notifier.consumer(make.consumer()), at=NOON + timedelta(hours=1))
    later = NOON + 2 * DAY
    make.notice(make.offer("r-91"), by=Notifier.consumer(make.consumer()), at=later)
    suspended = impose_measure(key, "SUSPENSION", "Spite.", at=later, actor=senior)
    filed = Notice.objects.count()
    with pytest.raises(Refused, match="cannot report"):
        make.notice(make.offer("r-92"), by=Notifier.consumer(make.consumer()), at=later)
    assert Notice.objects.count() == filed
    lift_measure(suspended, "They were another buyer's.", at=later, actor=senior)
    make.notice(make.offer("r-92"), by=Notifier.consumer(make.consumer()), at=later)
    assert recorded().count("reports.misuse_measure.imposed") == 3
    assert recorded().count("reports.misuse_measure.lifted") == 1


def test_a_lifted_warning_is_not_given_again_the_next_night(person, recorded):
    key, senior = make.answered_reports(10, upheld=False), actor(person("senior").pk)
    review_reporters(at=NOON, actor=TESTER)
    warning = MisuseMeasure.objects.get()
    for reasons, by in (("", senior), ("A mix-up.", TESTER)):
        with pytest.raises(Refused, match="Give reasons"):
            lift_measure(warning, reasons, at=NOON, actor=by)
    assert live_rung(key, at=NOON) == "WARNING"
    lift_measure(warning, "A mix-up.", at=NOON, actor=senior)
    lift_measure(warning, "Again.", at=NOON, actor=senior)
    assert review_reporters(at=NOON + DAY, actor=TESTER) == 0
    assert (live_rung(key, at=NOON + DAY), warning.lifted_by) == ("", str(senior))
    assert recorded().count("reports.misuse_measure.imposed") == 1
    assert recorded().count("reports.misuse_measure.lifted") == 1
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
    key = make.answered_reports(10, upheld=False)
    review_reporters(at=NOON, actor=TESTER)
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
