import pytest

from klean.core.files.store import keep_file
from klean.core.mail.models import Mail
from klean.core.rows.refusals import IllegalStep, Refused
from klean.core.webhooks.actions import enable_endpoint
from klean.core.webhooks.models import WebhookDelivery
from listings.actions.training import _decided
from listings.models import ListingPicture, Screening
from reports.actions.watchlist import (
    FlaggedListing,
    alert_holders,
    confirm_watched,
    take_back_watched,
    watch_listings,
    wave_off_watched,
)
from reports.models.notices import Notice
from reports.models.portal import WatchItem
from reports.queries.portal import holder_labels, impact_of
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
WORDS = "The monogram of our mark is copied on every picture of it."


@pytest.fixture
def holder():
    user = make.holder_person()
    make.brand("Haneul", holder=make.rights_holder())
    return user


def flagged(external_id="1005", brand="Haneul"):
    listing = make.offer(external_id)
    watch_listings([FlaggedListing(listing.pk, brand, 0.8)], at=NOON, actor=TESTER)
    return WatchItem.objects.filter(listing=listing).first()


def test_a_flag_comes_to_the_watchlist_of_the_brands_holder_once_a_revision(holder):
    assert flagged() == flagged()
    assert WatchItem.objects.count() == 1
    assert flagged("1006", brand="Nobody's") is None


def test_the_event_of_screening_brings_it(holder, deliver_events):
    make.flag(make.offer())
    deliver_events()
    assert WatchItem.objects.get().brand.name == "Haneul"


def test_the_webhook_of_a_holder_tells_of_its_own_watchlist_alone(holder, deliver_events):
    other = make.holder_person("Other Mills", "legal@other.example")
    make.brand("Other", holder=make.rights_holder("Other Mills"))
    for user in (holder, other):
        organisation = make.organisation_of(user)
        enable_endpoint(
            organisation, f"https://{organisation.pk}.example/hooks", ["*"], at=NOON, actor=TESTER
        )
    flagged("1005")
    flagged("1005")
    flagged("1006", brand="Other")
    deliver_events()
    payloads = {one.endpoint.organisation: one.event.data for one in WebhookDelivery.objects.all()}
    assert WebhookDelivery.objects.count() == 2
    assert {organisation.name: data["listing"] for organisation, data in payloads.items()} == {
        "Haneul Mills": "1005",
        "Other Mills": "1006",
    }
    assert {data["organisation_id"] for data in payloads.values()} == {one.pk for one in payloads}


def test_confirming_files_a_complete_notice_in_one_step(holder):
    filed = confirm_watched(flagged(), by=holder, at=NOON, actor=TESTER)
    assert (filed.notice.right.number, filed.notice.good_faith) == ("40-1234567", True)
    item = WatchItem.objects.get()
    assert (item.state, item.answered_by) == ("CONFIRMED", holder)
    with pytest.raises(IllegalStep):
        wave_off_watched(item, by=holder, at=NOON, actor=TESTER)


def test_a_confirmed_listing_is_reported_in_the_words_that_screening_found(holder, browser_of):
    item = flagged()
    found = [
        {
            "kind": "counterfeit_language",
            "brand": "",
            "value": 0.9,
            "evidence": {"field": "title", "text": "mirror", "start": 0, "end": 6},
        },
        {
            "kind": "price_outlier",
            "brand": "Haneul",
            "value": 0.8,
            "evidence": {"price": 129_000, "median": 300_000, "low": 200_000, "high": 400_000},
        },
        {
            "kind": "seller_history",
            "brand": "",
            "value": 0.7,
            "evidence": {"standing": "WARNED", "removed_listings": 7, "days_since_joined": 3},
        },
    ]
    Screening.objects.create(
        listing=item.listing, revision=1, state="FLAGGED", signals=found, queued_at=NOON, finished_at=NOON
    )
    filed = confirm_watched(item, by=holder, at=NOON, actor=TESTER)
    assert filed.notice.explanation == (
        "We have reviewed this listing and confirm that the goods offered are not genuine products of our brand."
        " “mirror” is used for counterfeits. ₩129,000, which is 43% of the usual ₩300,000."
    )


def test_an_answer_is_taken_back_with_the_notice_that_it_filed(holder, browser_of):
    item = flagged()
    mine = browser_of(holder)
    mine.post(f"/rights/watchlist/{item.pk}/answers", {"answer": "confirm"})
    page = mine.get(f"/rights/watchlist/?answered={item.pk}").text
    assert 'data-key="KeyZ"' in page
    other = browser_of(make.holder_person("Other Mills", "legal@other.example"))
    undo = f"/rights/watchlist/{item.pk}/withdrawals"
    assert other.post(undo).status_code == 404
    assert mine.post(undo).status_code == 302
    assert (WatchItem.objects.get().state, Notice.objects.get().state) == ("WAITING", "WITHDRAWN")
    assert 'data-key="KeyZ"' not in mine.get(f"/rights/watchlist/?answered={item.pk}").text
    mine.post(f"/rights/watchlist/{item.pk}/answers", {"answer": "wave"})
    assert mine.post(undo).status_code == 302
    assert WatchItem.objects.get().state == "WAITING"
    assert mine.post(undo).status_code == 409


def test_an_answer_that_was_decided_on_is_not_taken_back(holder):
    item = flagged()
    confirm_watched(item, by=holder, at=NOON, actor=TESTER)
    make.decide_on(item.listing)
    with pytest.raises(Refused, match="already been decided"):
        take_back_watched(WatchItem.objects.get(), at=NOON, actor=TESTER)
    assert (WatchItem.objects.get().state, Notice.objects.get().state) == ("CONFIRMED", "DECIDED")


def test_pictures_of_the_catalogue_are_for_holders(holder, browser_of):
    listing = make.offer()
    kept = keep_file(make.photo("bag"), at=NOON)
    shown = ListingPicture.objects.create(
        listing=listing, position=0, address="https://x.example/1", file=kept
    )
    watch_listings([FlaggedListing(listing.pk, "Haneul", 0.8)], at=NOON, actor=TESTER)
    address = f"/rights/pictures/{shown.pk}"
    assert address in browser_of(holder).get("/rights/watchlist/").text
    assert browser_of(holder).get(address).getvalue() == make.photo("bag")
    assert browser_of(make.consumer()).get(address).status_code == 403
    ListingPicture.objects.update(replaced_at=NOON)
    assert browser_of(holder).get(address).status_code == 404


def test_answers_are_labels_of_the_model_until_the_desk_decides(holder):
    rows = {}
    for name in ("1005", "1006"):
        listing = make.listing(name)
        watch_listings([FlaggedListing(listing.pk, "Haneul", 0.8)], at=NOON, actor=TESTER)
        rows[name] = WatchItem.objects.get(listing=listing)
    before = len(_decided().fakes)
    confirm_watched(rows["1005"], by=holder, at=NOON, actor=TESTER)
    wave_off_watched(rows["1006"], by=holder, at=NOON, actor=TESTER)
    fakes, harmless = holder_labels()
    assert [one.external_id for one in fakes] == ["1005"]
    assert [one.external_id for one in harmless] == ["1006"]
    labels = _decided().fakes
    assert (len(labels) - before, int(labels.sum())) == (2, 1)


def test_each_person_of_the_holder_is_written_to_once_about_what_is_new(holder):
    flagged("1005")
    flagged("1006")
    assert alert_holders(at=NOON, actor=TESTER) == 1
    assert alert_holders(at=NOON, actor=TESTER) == 0
    mail = Mail.objects.get(template="mail/reports/watch_alert.txt")
    assert (mail.to, mail.context["count"]) == (holder.email, 2)


def test_the_watchlist_is_answered_by_a_key_and_shows_no_other_holders(holder, browser_of):
    item = flagged()
    mine, other = browser_of(holder), browser_of(make.holder_person("Other Mills", "legal@other.example"))
    page = mine.get("/rights/watchlist/").text
    assert 'data-key="KeyF"' in page
    url = f"/rights/watchlist/{item.pk}/answers"
    assert other.post(url, {"answer": "confirm"}).status_code == 404
    assert "Haneul bag" not in other.get("/rights/watchlist/").text
    assert mine.post(url, {"answer": "perhaps"}).status_code == 422
    assert mine.post(url, {"answer": "wave"}).status_code == 302
    assert mine.post(url, {"answer": "confirm"}).status_code == 409
    assert not Notice.objects.exists()


def test_the_impact_page_counts_what_was_answered_and_what_came_before_any_notice(holder, browser_of):
    reported, proactive = make.listing("1005"), make.listing("1006")
    for listing in (reported, proactive):
        type(listing).objects.filter(pk=listing.pk).update(trades_on="Haneul")
    item = flagged("1005")
    confirm_watched(item, by=holder, at=NOON, actor=TESTER)
    from_now = make.decide_on(reported, proactive)
    found = impact_of(holder, at=from_now)
    assert (found["answered"], found["upheld"], found["removed"], found["proactive"]) == (1, 1, 2, 1)
    assert (found["proactive_percent"], found["hours"]) == (50.0, [24.0])
    assert browser_of(holder).get("/rights/impact").status_code == 200
