"""What the desk finds is learnt from, tried in shadow, and promoted by a person."""

import hashlib
from datetime import timedelta

import pytest

from enforcement.decisions.actions.annulments import annul_decision
from klean.core.events.models import Event
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused
from listings.actions.screenings import rescreen_listings
from listings.actions.training import promote_model, train_model
from listings.judging.screener import screener_at
from listings.models import Listing, RuleHit, ScreeningLabel, ScreeningModel, ShadowScore, SignalCount
from listings.queries.learning import drift_at, rules_of, shadow_counts
from screening.model.features import NAMES
from screening.model.score import SHIPPED, ScoreModel, WrongArtefact
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
WORDS = {
    "kind": "counterfeit_language",
    "brand": "",
    "value": 0.9,
    "evidence": {"field": "title", "start": 0, "end": 3},
}
PAST = {"kind": "seller_history", "brand": "", "value": 0.2, "evidence": {}}
TITLE = "HANEUL STUDIO 토트백 미러급"


def labelled(count: int) -> None:
    """As many fakes, most of which say so, as harmless listings, most of which do not."""
    shop = make.seller()
    make.upserted(*[make.listing_row(f"L-{n}", by=shop) for n in range(2 * count)])
    ScreeningLabel.objects.bulk_create(
        ScreeningLabel(
            listing=listing,
            revision=1,
            is_counterfeit=n % 2 == 0,
            labelled_at=NOON,
            signals=[WORDS] if (n % 2 == 0) != (n % 11 == 0) else [PAST],
        )
        for n, listing in enumerate(Listing.objects.order_by("pk"))
    )


def test_a_decision_is_a_label_until_it_falls() -> None:
    make.brand("Haneul", protection="GATED")
    listing = make.listing(title=TITLE)
    made = make.decide(make.case(listing))

    label = ScreeningLabel.objects.get()
    assert (label.listing, label.is_counterfeit) == (listing, True)
    assert "counterfeit_language" in [signal["kind"] for signal in label.signals]
    assert not any(
        "report" in key for signal in label.signals for key in (signal["kind"], *signal["evidence"])
    )

    annul_decision(made, reasons="The papers were genuine.", at=NOON, actor=TESTER)
    assert not ScreeningLabel.objects.exists()


def test_what_the_desk_finds_genuine_is_a_label_too() -> None:
    make.decide(make.case(make.listing()), outcome="NOT_INFRINGING")

    assert ScreeningLabel.objects.get().is_counterfeit is False


def test_too_few_labels_make_no_model() -> None:
    labelled(20)
    with pytest.raises(Refused, match="too few listings"):
        train_model(from_code=False, at=NOON, actor=TESTER)
    assert not ScreeningModel.objects.exists()
    assert not Event.objects.filter(name="listings.model.trained").exists()


def test_a_challenger_is_compared_on_labels_that_were_held_back_and_judges_in_shadow(
    person, browser_of
) -> None:
    labelled(100)
    model = train_model(from_code=False, at=NOON, actor=TESTER)
    now, new = model.comparison["now"], model.comparison["new"]
    assert now["checked_rows"] == new["checked_rows"] > 20
    assert new["brier"] < now["brier"]
    assert [name for name, _now, _new in model.comparison["weights"]][:1] == ["mention"]

    page = browser_of(person("engineer")).get("/desk/screening/").content.decode()
    for words in ("Area under precision and recall", "Weight of mention", "Calibration in shadow"):
        assert words in page

    listing = make.listing("new", title="Bag 미러급")
    shadow = ShadowScore.objects.get(screening=listing.current_screening)
    assert listing.current_screening.model_version != model.sha256
    assert shadow.score != listing.score
    assert sum(row["runs"] for row in shadow_counts(model)) == ShadowScore.objects.count()

    promote_model(model, at=NOON, actor=TESTER)
    make.listing("newest", title="Bag 미러급")
    assert Listing.objects.get(external_id="newest").current_screening.model_version == model.sha256
    assert ShadowScore.objects.filter(screening__listing__external_id="newest").count() == 0


def test_a_model_that_was_never_in_shadow_is_not_promoted() -> None:
    first = train_model(from_code=True, at=NOON, actor=TESTER)
    ScreeningModel.objects.update(shadow_since=None)
    with pytest.raises(Refused, match="in shadow"):
        promote_model(first, at=NOON, actor=TESTER)
    assert ScreeningModel.objects.get().promoted_at is None
    assert not Event.objects.filter(name="listings.model.promoted").exists()


def test_an_artefact_that_is_not_the_one_its_digest_names_never_scores() -> None:
    text = SHIPPED.read_text()
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert ScoreModel.read(text, digest).version == digest
    with pytest.raises(WrongArtefact, match="SHA-256"):
        ScoreModel.read(text.replace("-8.4", "-7.4", 1), digest)
    other = text.replace('"history"', '"reporter"')
    with pytest.raises(WrongArtefact, match="other features"):
        ScoreModel.read(other, hashlib.sha256(other.encode()).hexdigest())

    model = train_model(from_code=True, at=NOON, actor=TESTER)
    promote_model(model, at=NOON, actor=TESTER)
    ScreeningModel.objects.update(artefact=text)
    with pytest.raises(WrongArtefact):
        screener_at(NOON)


def test_no_feature_tells_who_reported_or_whether_anybody_did() -> None:
    make.listing(title="Tote 미러급")
    before = Listing.objects.get().score
    make.case(Listing.objects.select_related("seller").get())
    rescreen_listings([Listing.objects.get().pk], at=NOON, actor=TESTER)
    make.screened()
    assert Listing.objects.get().score == before
    assert not {name for name in NAMES if "report" in name or "notice" in name or "claim" in name}


def with_rule(state: str) -> None:
    policy = PolicyVersion.objects.get()
    body = policy.body
    needs = [{"kind": "counterfeit_language", "at_least": 0.5}]
    body["screening"]["rules"].append(
        {"name": "new_rule", "verdict": "block", "alone": True, "state": state, "needs": needs}
    )
    body["screening"]["rules"] = body["screening"]["rules"][-1:]
    policy.pk, policy.name, policy.in_force_from = None, "2026-02", NOON - timedelta(days=1)
    policy.sha256 = "0" * 64
    policy.save(force_insert=True)


@pytest.mark.parametrize(
    ("state", "verdict", "hits"), [("live", "block", 1), ("shadow", None, 1), ("draft", None, 0)]
)
def test_only_a_live_rule_acts_and_one_in_shadow_is_counted(state, verdict, hits) -> None:
    with_rule(state)
    listing = make.listing(title="Tote 미러급")

    assert (listing.verdict == "block") is (verdict == "block")
    assert RuleHit.objects.filter(rule="new_rule").count() == hits
    make.decide(make.case(listing))
    (row,) = rules_of(NOON)
    assert (row.rule.name, row.rule.state, row.listings, row.decided, row.precision) == (
        "new_rule",
        state,
        1,
        1,
        100,
    )


def test_a_week_unlike_the_weeks_before_is_shown_as_drift() -> None:
    monday = (NOON - timedelta(days=NOON.weekday())).date()
    for weeks, seen in ((2, 20), (1, 22), (0, 400)):
        week = monday - timedelta(weeks=weeks)
        SignalCount.objects.create(week_on=week, kind="", band=0, runs=1000)
        SignalCount.objects.create(week_on=week, kind="price_outlier", band=2, runs=seen)
        SignalCount.objects.create(week_on=week, kind="image_match", band=3, runs=50)

    same, drifted = drift_at(NOON)
    assert (same.index, same.is_large, same.shares) == (0.0, False, [5.0, 5.0, 5.0])
    assert drifted.is_large
    assert drifted.shares == [2.0, 2.2, 40.0]


def test_every_stored_run_is_counted_once() -> None:
    make.listing("L-1")
    make.listing("L-2", title="Tote 미러급")

    counts = {(row.kind, row.band): row.runs for row in SignalCount.objects.all()}
    assert counts["", 0] == 2
    assert sum(runs for (kind, _band), runs in counts.items() if kind == "counterfeit_language") == 1


def test_a_senior_promotes_on_the_page_and_a_moderator_does_not(person, browser_of) -> None:
    model = train_model(from_code=True, at=NOON, actor=TESTER)
    make.listing()
    page = browser_of(person("moderator")).get("/desk/screening/")
    assert page.status_code == 200
    assert model.sha256[:12] in page.content.decode()

    asked = {"model": model.sha256}
    assert browser_of(person("moderator")).post("/desk/screening/promotions", asked).status_code == 403
    assert ScreeningModel.objects.get().promoted_at is None
    assert browser_of(person("senior")).post("/desk/screening/promotions", asked).status_code == 302
    assert ScreeningModel.objects.get().promoted_at is not None
