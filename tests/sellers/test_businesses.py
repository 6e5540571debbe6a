"""What the tax office says of businesses; a lapsed one does not sell, and that is no penalty."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from klean.core.events.models import Event
from klean.core.mail.models import Mail
from klean.core.operations.due_work import until_quiet
from listings.actions.screenings import screen_due_listings
from sellers.actions.businesses import check_due_businesses
from sellers.actions.shops import NewSeller, register_sellers
from sellers.gateways import Identity, NationalTaxService, Silent
from sellers.models import Seller, TraderEntity
from tests import make
from tests.fakes import FakeServer, tax_office_of
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
NUMBER, OTHER = "1168200276", "1348672683"
STATUS = {NUMBER: "01", OTHER: "01"}


@pytest.fixture
def office(settings):
    with FakeServer(tax_office_of(STATUS, {NUMBER: ("20200102", "Kim Sora")})) as server:
        settings.KLEAN_TAX_OFFICE_URL = f"http://{server.address}/api/nts-businessman/v1"
        settings.KLEAN_TRUSTED_HOSTS = [server.address]
        yield server


def shop(**also):
    return make.seller(business_registration_number=NUMBER, **also)


def screened_now():
    make.known()
    until_quiet(screen_due_listings)


def trader():
    return TraderEntity.objects.get(business_registration_number=NUMBER)


def test_a_business_is_asked_about_and_the_answer_is_dated(office):
    shop(representative="Kim Sora", opened_on=date(2020, 1, 2))

    assert check_due_businesses(at=NOON) == 1

    found = trader()
    assert (found.business_status, found.authenticity, found.status_checked_at) == (
        "ACTIVE",
        "CONFIRMED",
        NOON,
    )
    assert found.due_at == NOON + timedelta(days=30)
    assert check_due_businesses(at=NOON + timedelta(days=29)) == 0
    assert check_due_businesses(at=NOON + timedelta(days=30)) == 1


def test_another_representative_is_told_apart(office):
    shop(representative="Park Minjun", opened_on=date(2020, 1, 2))
    check_due_businesses(at=NOON)

    assert (trader().business_status, trader().authenticity) == ("ACTIVE", "DIFFERENT")


@pytest.mark.parametrize(("code", "status"), [("02", "SUSPENDED"), ("03", "CLOSED"), ("", "NOT_FOUND")])
def test_a_lapsed_business_may_not_sell_until_the_tax_office_says_otherwise(
    office, monkeypatch, deliver_events, person, code, status
):
    seller = shop(organisation="Moonlight Ltd.")
    person("seller", organisation=seller.organisation)
    monkeypatch.setitem(STATUS, NUMBER, code)
    check_due_businesses(at=NOON)
    deliver_events()

    seller = Seller.objects.select_related("trader_entity").get()
    assert (trader().business_status, seller.may_list, seller.standing) == (status, False, "ACTIVE")
    assert Event.objects.get(name="sellers.business.lapsed").data["status"] == status
    assert Mail.objects.get().template == "mail/sellers/business_lapsed.txt"

    monkeypatch.setitem(STATUS, NUMBER, "01")
    check_due_businesses(at=NOON + timedelta(days=30))
    assert Seller.objects.get().may_list
    assert Event.objects.filter(name="sellers.business.restored").count() == 1


def test_listings_of_a_lapsed_business_are_held_and_come_back(office, monkeypatch, deliver_events):
    listing = make.listing(by=shop())
    made = listing.state
    monkeypatch.setitem(STATUS, NUMBER, "03")
    check_due_businesses(at=NOON)
    deliver_events()
    screened_now()
    listing.refresh_from_db()
    assert (made, listing.state) == ("LIVE", "HELD")

    monkeypatch.setitem(STATUS, NUMBER, "01")
    check_due_businesses(at=NOON + timedelta(days=30))
    deliver_events()
    screened_now()
    listing.refresh_from_db()
    assert listing.state == "LIVE"


@pytest.mark.parametrize("fault", ["silent", "error", "garbage", "empty", "huge"])
def test_silence_is_asked_three_times_and_then_changes_nothing(office, fault):
    shop()
    office.faults.extend([fault, fault])
    check_due_businesses(at=NOON)
    assert (trader().business_status, len(office.asked)) == ("ACTIVE", 3)

    office.faults.extend([fault] * 3)
    check_due_businesses(at=NOON + timedelta(days=30))
    found = trader()
    assert (found.business_status, found.status_checked_at) == ("ACTIVE", NOON)
    assert found.due_at > NOON + timedelta(days=30)
    assert found.last_error
    assert not Event.objects.filter(name__startswith="sellers.business.").exists()


def test_a_number_that_the_answer_leaves_out_is_silence(office, monkeypatch):
    shop()
    monkeypatch.delitem(STATUS, NUMBER)
    check_due_businesses(at=NOON)

    assert trader().business_status == "UNKNOWN"
    assert "said nothing about this number" in trader().last_error


def test_more_than_a_hundred_are_asked_in_several_calls(office, monkeypatch):
    numbers = [f"{NUMBER[:-5]}{n:05}" for n in range(1, 251)]
    for number in numbers:
        monkeypatch.setitem(STATUS, number, "01")
    rows = [
        NewSeller(external_id=f"s-{number}", name="Shop", business_registration_number=number)
        for number in numbers
    ]
    register_sellers(rows, at=NOON, actor=TESTER)

    assert until_quiet(check_due_businesses, now=lambda: NOON) == 250
    assert len(office.asked) == 3
    with pytest.raises(ValueError, match="at most 100"):
        NationalTaxService("http://x", "").ask([Identity(number) for number in numbers], on=NOON.date())


def test_an_unknown_code_is_silence(office, monkeypatch):
    monkeypatch.setitem(STATUS, NUMBER, "07")
    with pytest.raises(Silent, match="unknown code"):
        NationalTaxService(f"http://{office.address}", "").ask([Identity(NUMBER)], on=NOON.date())


def imported(tmp_path, *rows, taken_on="2026-03-01"):
    path = tmp_path / "businesses.csv"
    path.write_text("\n".join(["business_registration_number,status,opened_on,representative", *rows]))
    out = io.StringIO()
    call_command("import_businesses", path, taken_on=date.fromisoformat(taken_on), stdout=out)
    TraderEntity.objects.update(due_at=NOON)
    return out.getvalue()


def test_without_an_address_the_snapshot_answers_for_what_it_holds(tmp_path):
    shop(representative="Kim Sora", opened_on=date(2020, 1, 2))
    make.seller("s-200", "Starlight", business_registration_number=OTHER)
    printed = imported(
        tmp_path, "116-82-00276,active,2020-01-02,kim sora", "116-82-00277,active,,", "1168200276,open,,"
    )
    assert "1 businesses, 2 bad rows left out" in printed

    assert check_due_businesses(at=NOON) == 2

    assert (trader().business_status, trader().authenticity) == ("ACTIVE", "CONFIRMED")
    other = TraderEntity.objects.get(business_registration_number=OTHER)
    assert (other.business_status, other.last_error) == (
        "UNKNOWN",
        "the tax office said nothing about this number",
    )
    assert other.due_at > NOON


@pytest.mark.parametrize(
    ("row", "known", "found"),
    [
        ("1168200276,closed,,", {}, ("CLOSED", "UNKNOWN")),
        ("1168200276,not_found,,", {}, ("NOT_FOUND", "UNKNOWN")),
        ("1168200276,active,2020-01-02,Kim Sora", {}, ("ACTIVE", "UNKNOWN")),
        ("1168200276,active,2020-01-02,Park Min", {"representative": "Kim Sora"}, ("ACTIVE", "DIFFERENT")),
        ("1168200276,active,2021-01-02,Kim Sora", {"representative": "Kim Sora"}, ("ACTIVE", "DIFFERENT")),
        ("1168200276,active,,Kim Sora", {"representative": "Kim Sora"}, ("ACTIVE", "UNKNOWN")),
    ],
)
def test_a_snapshot_says_no_more_than_it_knows(tmp_path, row, known, found):
    shop(**({"opened_on": date(2020, 1, 2)} | known if known else {}))
    imported(tmp_path, row)
    check_due_businesses(at=NOON)

    assert (trader().business_status, trader().authenticity) == found


def test_an_old_snapshot_says_nothing_and_takes_no_newer_ones_place(tmp_path):
    shop()
    imported(tmp_path, "1168200276,closed,,", taken_on="2025-11-01")
    check_due_businesses(at=NOON)
    assert (trader().business_status, trader().status_checked_at) == ("UNKNOWN", None)

    imported(tmp_path, "1168200276,active,,")
    imported(tmp_path, "1168200276,closed,,", taken_on="2025-11-01")
    check_due_businesses(at=NOON)
    assert (trader().business_status, trader().status_checked_at) == ("ACTIVE", NOON)
    assert not Event.objects.filter(name__startswith="sellers.business.").exists()
