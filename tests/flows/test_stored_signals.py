"""Signals that another version stored: whatever they are, every page that shows them opens, and says what it can."""

import pytest

from klean.core.events.models import Event
from klean.core.policy.facts import PolicyPublished
from legal.actions.bundles import make_bundle
from legal.actions.matters import open_matter
from legal.models import Matter
from listings.actions.training import _decided
from listings.judging.affected import BY_CAUSE
from listings.judging.evidence import evidence_of
from listings.models import Listing, Rescreening, Screening
from listings.queries.learning import rules_of
from reports.actions.watchlist import FlaggedListing, confirm_watched, watch_listings
from reports.models.portal import WatchItem
from screening.checks.registry import KINDS
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
KOREAN, ENGLISH = ({"Accept-Language": language} for language in ("ko", "en"))
NOT_A_NUMBER = dict.fromkeys(("start", "end", "price", "median", "picture", "removed_listings"), "one")
NOT_A_TEXT = dict.fromkeys(("field", "text", "method", "standing", "missing", "use", "protection"), 7)
WRONG_TYPES = NOT_A_NUMBER | NOT_A_TEXT | {"how": None, "region": [9], "distance": [], "reference_id": "x"}
# A kind that is gone; every kind without its evidence, with none of the right type, and with no object at all.
UNREADABLE_SIGNALS = [
    {"kind": "logo", "brand": "Haneul", "value": 0.91, "evidence": {"box": [0, 0, 1, 1], "score": 0.5}},
    *({"kind": kind, "brand": "Haneul", "value": 0.9, "evidence": {}} for kind in KINDS),
    *({"kind": kind, "brand": None, "value": "high", "evidence": WRONG_TYPES} for kind in KINDS),
    *({"kind": kind, "brand": "", "value": 0.3, "evidence": None} for kind in KINDS),
    {"value": 0.2},
    "a text",
    None,
]
LOGO = "box: [0, 0, 1, 1], score: 0.5"


@pytest.fixture
def listing() -> Listing:
    """A flagged listing whose run holds what nobody can read any more."""
    make.brand("Haneul", protection="GATED", holder=make.rights_holder())
    found = make.listing(by=make.seller(organisation="Moonlight"), title="HANEUL STUDIO 토트백")
    Screening.objects.filter(pk=found.current_screening_id).update(signals=UNREADABLE_SIGNALS)
    return Listing.objects.select_related("seller").get(pk=found.pk)


@pytest.mark.parametrize("headers", [KOREAN, ENGLISH])
def test_the_desk_opens_and_shows_a_kind_that_is_gone_as_its_name_and_values(
    listing, headers, person, browser_of
):
    case, desk = make.case(listing), browser_of(person("moderator"))
    for address in ("/desk/", f"/desk/cases/{case.pk}", f"/desk/listings/{listing.external_id}"):
        page = desk.get(address, headers=headers)
        assert page.status_code == 200, address
        assert "logo" in page.text
        assert LOGO in page.text
    assert desk.get("/desk/screening/", headers=headers).status_code == 200


def test_no_reason_is_suggested_that_cannot_be_read(listing):
    findings = evidence_of(UNREADABLE_SIGNALS, [])
    assert len(findings.notes) == len(UNREADABLE_SIGNALS)
    assert findings.reasons == []


def test_its_seller_learns_what_is_missing_and_where_to_ask(listing, person, browser_of):
    seller = browser_of(person("seller", organisation=listing.seller.organisation))
    page = seller.get(f"/seller/listings/{listing.external_id}", headers=ENGLISH)
    assert page.status_code == 200
    assert "You have no approved authorisation to sell Haneul." in page.text
    assert 'href="/seller/authorisations/new"' in page.text


def test_machines_read_the_signals_as_they_were_stored(listing, machine):
    client = machine("listings:read")
    assert client.get(f"/api/v1/listings/{listing.external_id}").json()["signals"] == UNREADABLE_SIGNALS
    runs = client.get(f"/api/v1/listings/{listing.external_id}/screenings").json()["results"]
    assert runs[0]["signals"] == UNREADABLE_SIGNALS


def test_its_holder_reads_the_watchlist_and_confirms(listing, person, browser_of):
    holder = make.holder_person()
    watch_listings([FlaggedListing(listing.pk, "Haneul", 0.8)], at=NOON, actor=TESTER)
    assert browser_of(holder).get("/rights/watchlist/", headers=ENGLISH).status_code == 200
    filed = confirm_watched(WatchItem.objects.get(), by=holder, at=NOON, actor=TESTER)
    assert "logo" not in filed.notice.explanation


def test_it_is_decided_stated_and_bundled(listing, person, browser_of, deliver_events):
    decision = make.decide(make.case(listing))
    deliver_events()
    seller = browser_of(person("seller", organisation=listing.seller.organisation))
    assert seller.get(f"/seller/decisions/{decision.pk}", headers=ENGLISH).status_code == 200
    matter = open_matter(Matter.Kind.CIVIL, "Haneul", case=decision.case, at=NOON, actor=TESTER)
    assert make_bundle(matter, at=NOON, actor=TESTER).file.size > 0
    assert (
        browser_of(person("senior")).get(f"/desk/cases/{decision.case_id}", headers=ENGLISH).status_code
        == 200
    )


def test_screening_learns_and_weighs_what_it_can(listing):
    make.decide(make.case(listing))
    assert len(_decided().rows) == 1
    assert rules_of(NOON)
    again = Rescreening(cause=Rescreening.Cause.POLICY, first=Event.objects.get(name=PolicyPublished.name))
    assert BY_CAUSE[Rescreening.Cause.POLICY](again, [listing]) == [listing.pk]
