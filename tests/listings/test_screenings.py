"""The queue is worked off in batches; each run is stored once, for the revision that it read."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from klean.core.events.models import Event
from klean.core.operations.due_work import take_due
from listings.actions.outcomes import Run, store_runs
from listings.actions.prices import recompute_prices
from listings.actions.screenings import (
    hold_overdue_listings,
    rescreen_listings,
    screen_due_listings,
)
from listings.actions.stops import remove_listing
from listings.judging.items import item_of
from listings.judging.judge import judge
from listings.judging.screener import screener_at
from listings.models import Listing, Screening, ScreeningModel
from screening.model.score import SHIPPED
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
LEASE = timedelta(minutes=10)
REPLICA = "HANEUL STUDIO 토트백 미러급 정품급"


def names() -> list[str]:
    return list(
        Event.objects.filter(name__startswith="listings.").order_by("id").values_list("name", flat=True)
    )


def taken() -> list[Run]:
    make.known()
    return [
        Run(run, Listing.objects.select_related("seller").get(pk=run.listing_id))
        for run in take_due(Screening, at=NOON, until=NOON + LEASE, limit=100)
    ]


def judged(runs: list[Run]) -> list[Run]:
    items = [item_of(run.listing, []) for run in runs]
    for run, verdict in zip(runs, judge(items, screener_at(NOON), at=NOON), strict=True):
        run.judged = verdict
    return runs


def test_an_honest_offer_goes_live_without_a_word() -> None:
    listing = make.listing()

    assert (listing.state, listing.verdict, listing.judged_revision) == ("LIVE", "clear", 1)
    assert Screening.objects.get().state == "CLEAR"
    assert names() == []


def test_a_doubted_new_offer_is_held_and_told_of_once() -> None:
    make.brand("Haneul", protection="GATED")
    listing = make.listing(title="HANEUL STUDIO 토트백")
    rescreen_listings([listing.pk], at=NOON, actor=TESTER)
    make.screened()

    listing.refresh_from_db()
    assert (listing.state, listing.state_reason, listing.verdict, listing.trades_on) == (
        "HELD",
        "flagged",
        "review",
        "Haneul",
    )
    assert names() == ["listings.listing.flagged"]
    fact = Event.objects.get(name="listings.listing.flagged").data
    assert (fact["listing"], fact["verdict"], fact["brand"], fact["state"]) == (
        "L-1",
        "review",
        "Haneul",
        "HELD",
    )
    assert "authorisation" in fact["signal_kinds"]


def test_an_authorised_seller_may_sell_a_gated_brand() -> None:
    brand, shop = make.brand("Haneul", protection="GATED"), make.seller()
    make.authorisation(shop, brand)

    assert make.listing(by=shop, title="HANEUL STUDIO 토트백").state == "LIVE"


def test_two_kinds_of_strong_evidence_block() -> None:
    make.brand("Haneul", protection="GATED")
    listing = make.listing(title=REPLICA)

    assert (listing.state, listing.verdict) == ("BLOCKED", "block")
    assert listing.score is not None
    assert listing.score > 0.9


def test_a_live_listing_that_comes_to_name_a_gated_brand_is_held_and_flagged() -> None:
    make.brand("Haneul", protection="GATED")
    make.listing()
    listing = make.listing(title="HANEUL STUDIO 토트백")

    assert (listing.state, listing.verdict, listing.revision) == ("HELD", "review", 2)
    assert names() == ["listings.listing.flagged"]


def test_a_listing_that_was_held_and_is_mended_goes_live_and_is_told_of() -> None:
    make.brand("Haneul", protection="GATED")
    make.listing(title="HANEUL STUDIO 토트백")
    listing = make.listing(title="Canvas tote bag")

    assert listing.state == "LIVE"
    assert names() == ["listings.listing.flagged", "listings.listing.cleared"]


def test_an_edit_during_a_run_leaves_the_run_without_effect() -> None:
    make.brand("Haneul", protection="GATED")
    make.upserted(make.listing_row(title=REPLICA))
    runs = judged(taken())
    make.upserted(make.listing_row())

    store_runs(runs, screener_at(NOON).policy, at=NOON, actor=TESTER)

    listing = Listing.objects.get()
    assert (listing.state, listing.verdict, listing.revision) == ("SUBMITTED", "", 2)
    assert list(Screening.objects.order_by("pk").values_list("state", flat=True)) == ["SUPERSEDED", "QUEUED"]
    assert names() == []
    make.screened()
    assert Listing.objects.get().state == "LIVE"


def test_a_run_that_two_workers_did_counts_once() -> None:
    make.brand("Haneul", protection="GATED")
    make.upserted(make.listing_row(title=REPLICA))
    runs = judged(taken())
    store_runs(runs, screener_at(NOON).policy, at=NOON, actor=TESTER)
    store_runs(runs, screener_at(NOON).policy, at=NOON, actor=TESTER)

    assert Listing.objects.get().state == "BLOCKED"
    assert names() == ["listings.listing.flagged"]


def test_a_removed_listing_stays_removed_whatever_a_late_run_says() -> None:
    make.upserted(make.listing_row())
    runs = judged(taken())
    remove_listing(Listing.objects.get(), reason="counterfeit", at=NOON, actor=TESTER)

    store_runs(runs, screener_at(NOON).policy, at=NOON, actor=TESTER)

    assert Listing.objects.get().state == "REMOVED"
    assert Screening.objects.get().state == "CLEAR"


def test_a_worker_that_died_loses_its_lease_and_another_judges() -> None:
    make.upserted(make.listing_row())
    taken()
    assert screen_due_listings(at=NOON + timedelta(minutes=1)) == 0

    assert screen_due_listings(at=NOON + LEASE) == 1
    assert Listing.objects.get().state == "LIVE"


def test_a_run_that_keeps_failing_ends_with_its_listing_held() -> None:
    broken = json.loads(SHIPPED.read_text()) | {"curve": [[], []]}
    text = json.dumps(broken)
    ScreeningModel.objects.create(
        sha256=hashlib.sha256(text.encode()).hexdigest(), artefact=text, trained_at=NOON, promoted_at=NOON
    )
    make.upserted(make.listing_row())
    make.known()
    for hour in range(5):
        screen_due_listings(at=NOON + timedelta(hours=hour))

    listing = Listing.objects.get()
    assert (listing.state, listing.state_reason, listing.verdict) == ("HELD", "failed", "")
    assert Screening.objects.get().state == "FAILED"
    assert names() == ["listings.listing.held_for_review"]


def test_an_edit_that_nobody_judges_in_time_takes_the_listing_off() -> None:
    make.listing()
    make.upserted(make.listing_row(title="Quite another bag"))
    assert hold_overdue_listings(at=NOON + timedelta(minutes=9)) == 0
    assert Listing.objects.get().state == "LIVE"

    assert hold_overdue_listings(at=NOON + timedelta(minutes=11)) == 1
    assert (Listing.objects.get().state, Listing.objects.get().state_reason) == ("HELD", "overdue")
    assert hold_overdue_listings(at=NOON + timedelta(minutes=12)) == 0
    make.screened()
    assert Listing.objects.get().state == "LIVE"


def test_the_database_itself_refuses_a_live_listing_that_nobody_judged() -> None:
    make.upserted(make.listing_row())
    with pytest.raises(IntegrityError, match="live_only_when_judged"), transaction.atomic():
        Listing.objects.update(state="LIVE")
    assert Listing.objects.get().state == "SUBMITTED"


def test_the_database_itself_refuses_a_second_waiting_run() -> None:
    make.upserted(make.listing_row())
    waiting = Screening.objects.values("listing_id", "revision", "queued_at", "due_at").get()
    with pytest.raises(IntegrityError, match="one_queued_screening"), transaction.atomic():
        Screening.objects.create(**waiting)
    assert Screening.objects.count() == 1


def test_a_new_brand_takes_effect_in_a_process_that_has_loaded_before(deliver_events) -> None:
    assert make.listing(title="HANEUL STUDIO 토트백").verdict == "clear"
    make.brand("Haneul", protection="GATED")
    deliver_events()
    rescreen_listings([Listing.objects.get().pk], at=NOON, actor=TESTER)
    screen_due_listings(at=NOON)

    assert Listing.objects.get().verdict == "review"


def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(django_assert_max_num_queries) -> None:
    shop = make.seller()
    make.upserted(*[make.listing_row(f"L-{n}", by=shop) for n in range(300)])
    make.known()
    with django_assert_max_num_queries(37):
        screen_due_listings(at=NOON)
    assert Listing.objects.filter(state="LIVE").count() == 300


def test_a_shop_with_stored_underpriced_offers_is_known_by_them() -> None:
    make.brand("Haneul", protection="OPEN")
    shops = [make.seller(f"s-{number}", f"Shop {number}") for number in range(3)]
    for number in range(30):
        row = make.listing_row(
            f"H-{number}", by=shops[number % 2], title="HANEUL tote", price=1_900_000 + number * 7_000
        )
        make.upserted(row)
    make.screened()
    recompute_prices(at=NOON, actor=TESTER)
    cheap = [
        make.listing_row(f"C-{number}", by=shops[2], title="HANEUL tote", price=300_000)
        for number in range(3)
    ]
    make.upserted(*cheap)
    make.screened()
    assert Listing.objects.filter(is_underpriced=True).count() == 3

    last = make.listing("later", by=shops[2], title="HANEUL scarf", price=1_900_000)
    (history,) = [one for one in last.current_screening.signals if one["kind"] == "seller_history"]
    assert (history["evidence"]["branded_offers"], history["evidence"]["underpriced_offers"]) == (4, 3)
