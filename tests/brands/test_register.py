"""What the register says of rights, and that its silence is never a yes."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from brands.actions.register import check_due_rights, judge_evidence, take_snapshot
from brands.actions.rights import apply_as_rights_holder, register_ip_right, verify_rights_holder
from brands.models import IPRight, RegisterRecord, RightsHolder
from brands.queries import unjudged
from brands.rules.owners import same_owner
from klean.core.access.models import Membership, Organisation, User
from klean.core.events.actors import Actor, person
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from tests import make
from tests.fakes import FakeServer, register_of
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
TODAY = date(2026, 3, 2)
MARK = {
    "registrationNumber": "4012345670000",
    "applicationNumber": "4020190001234",
    "applicantName": "하늘직물 주식회사",
    "regPrivilegeName": "하늘직물(주)",
    "applicationStatus": "등록",
    "classificationCode": "18|25",
    "title": "HANEUL",
    "registrationDate": "20200102",
}


@pytest.fixture
def asked(settings):
    """A register that speaks KIPRIS Plus and knows one mark."""
    with FakeServer(register_of([MARK])) as server:
        settings.KLEAN_REGISTER_URL = f"http://{server.address}/kipo-api/kipi"
        settings.KLEAN_REGISTER_KEY = "secret"
        settings.KLEAN_TRUSTED_HOSTS = [server.address]
        yield server


def checked(right, *, at=NOON):
    IPRight.objects.filter(pk=right.pk).update(due_at=at)
    check_due_rights(at=at)
    right.refresh_from_db()
    return right


def test_a_right_is_live_when_the_register_says_so_of_its_owner(asked):
    right = checked(make.ip_right(make.rights_holder("하늘직물 주식회사"), nice_classes=[3]))

    assert (right.standing, right.checked_at, right.is_live(TODAY)) == ("LIVE", NOON, True)
    assert (right.nice_classes, right.registered_on) == ([18, 25], date(2020, 1, 2))
    assert right.due_at == NOON + timedelta(days=30)
    path, query, _ = asked.asked[0]
    assert path == "/kipo-api/kipi/trademarkInfoSearchService/getAdvancedSearch"
    assert (query["registrationNumber"], query["ServiceKey"]) == ("4012345670000", "secret")
    assert Event.objects.filter(name="brands.ip_right.confirmed").count() == 1


@pytest.mark.parametrize(
    ("owner", "change", "standing"),
    [
        ("Somebody Else", {}, "OTHER_OWNER"),
        ("하늘직물", {"applicationStatus": "출원"}, "PENDING"),
        ("하늘직물", {"applicationStatus": "소멸"}, "LAPSED"),
        ("하늘직물", {"applicationStatus": "무효"}, "LAPSED"),
        ("하늘직물", {"registrationNumber": "4099999990000"}, "NOT_FOUND"),
    ],
)
def test_a_right_is_not_live_when_the_register_says_otherwise(asked, monkeypatch, owner, change, standing):
    for name, value in change.items():
        monkeypatch.setitem(MARK, name, value)
    right = checked(make.ip_right(make.rights_holder(owner)))

    assert (right.standing, right.is_live(TODAY)) == (standing, False)
    assert not Event.objects.filter(name="brands.ip_right.confirmed").exists()


@pytest.mark.parametrize("fault", ["silent", "error", "garbage", "empty", "huge"])
def test_silence_is_never_a_yes_and_changes_nothing_that_was_known(asked, fault):
    right = make.ip_right(make.rights_holder("하늘직물"))
    asked.faults.append(fault)
    checked(right)

    assert (right.standing, right.checked_at, right.is_live(TODAY)) == ("UNKNOWN", None, False)
    assert right.last_error
    assert right.due_at > NOON

    assert checked(right).standing == "LIVE"
    asked.faults.append(fault)
    assert checked(right).standing == "LIVE"


def test_a_refused_key_an_unknown_status_and_entities_are_silence(asked, settings, monkeypatch):
    right = make.ip_right(make.rights_holder("하늘직물"))
    settings.KLEAN_REGISTER_KEY = "wrong"
    assert "NOT REGISTERED" in checked(right).last_error

    settings.KLEAN_REGISTER_KEY = "secret"
    monkeypatch.setitem(MARK, "applicationStatus", "심판중")
    assert "unknown status" in checked(right).last_error
    assert right.standing == "UNKNOWN"


def test_a_right_that_falls_is_told(asked, monkeypatch):
    right = checked(make.ip_right(make.rights_holder("하늘직물")))
    monkeypatch.setitem(MARK, "applicationStatus", "취소")

    checked(right, at=NOON + timedelta(days=31))

    fell = Event.objects.get(name="brands.ip_right.ended")
    assert fell.data == {
        "ip_right_id": right.pk,
        "rights_holder_id": right.rights_holder_id,
        "standing": "LAPSED",
    }


def test_a_right_whose_last_day_passed_falls_even_when_the_register_is_silent(asked):
    right = checked(make.ip_right(make.rights_holder("하늘직물"), expires_on=date(2026, 3, 20)))
    assert right.due_at <= NOON + timedelta(days=18)

    asked.faults.append("silent")
    checked(right, at=NOON + timedelta(days=19))

    assert right.standing == "LAPSED"


def test_offline_the_snapshot_answers_while_it_is_fresh():
    holder = make.rights_holder()
    right = make.ip_right(holder, "40-7654321")
    assert "does not hold" in checked(right).last_error
    assert right.standing == "UNKNOWN"

    old = RegisterRecord(
        number="40-7654321", owner="Haneul Mills Co., Ltd.", status="LIVE", taken_on=date(2025, 1, 1)
    )
    take_snapshot([old], at=NOON, actor=TESTER)
    assert "2025-01-01" in checked(right).last_error
    assert right.standing == "UNKNOWN"

    old.taken_on = TODAY
    take_snapshot([old], at=NOON, actor=TESTER)
    assert checked(right).standing == "LIVE"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("하늘직물 주식회사", "(주)하늘직물", True),
        ("㈜ 하늘직물", "하늘직물", True),
        ("Haneul Mills Co., Ltd.", "HANEUL MILLS", True),
        ("Haneul Mills, Inc.", "Haneul Mills LLC", True),
        ("Haneul Mills", "Haneul Mill", False),
        ("주식회사", "(주)", False),
        ("Incheon Goods", "cheon Goods", False),
    ],
)
def test_owners_are_compared_without_the_form_of_the_company(one, other, same):
    assert same_owner(one, other) == same


def test_a_right_that_no_register_holds_is_live_when_somebody_accepts_its_evidence():
    holder = make.rights_holder()
    bare = make.ip_right(holder, "", kind=IPRight.Kind.UNREGISTERED, title="Bag with a moon")
    with pytest.raises(Refused, match="no evidence"):
        judge_evidence(bare, is_accepted=True, at=NOON, actor=TESTER)
    shown = register_ip_right(
        holder,
        IPRight.Kind.UNREGISTERED,
        title="Hat with a star",
        evidence=make.picture(),
        at=NOON,
        actor=TESTER,
    )
    assert not shown.is_live(TODAY)

    assert judge_evidence(shown, is_accepted=True, at=NOON, actor=TESTER).is_live(TODAY)
    assert not judge_evidence(shown, is_accepted=False, at=NOON, actor=TESTER).is_live(TODAY)
    with pytest.raises(Refused, match="register answers"):
        judge_evidence(make.ip_right(holder), is_accepted=True, at=NOON, actor=TESTER)


def test_an_agent_shows_a_power_of_attorney_and_somebody_else_verifies():
    organisation = Organisation.objects.create(name="Haneul", kind="RIGHTS_HOLDER")
    application = {
        "name": "Haneul",
        "country": "KR",
        "contact_email": "a@b.example",
        "representative": "Kim Sora",
    }
    with pytest.raises(Refused, match="power of attorney"):
        apply_as_rights_holder(organisation, **application, is_agent=True, at=NOON, actor=TESTER)
    assert not RightsHolder.objects.exists()

    holder = apply_as_rights_holder(
        organisation, **application, is_agent=True, power_of_attorney=make.LETTER, at=NOON, actor=TESTER
    )
    assert holder.verified_at is None
    own = User.objects.create_user("own@test.klean", "a long enough password")
    Membership.objects.create(user=own, organisation=organisation, role="rights_holder")
    with pytest.raises(Refused, match="outside"):
        verify_rights_holder(holder, at=NOON, actor=person(own.pk))

    verify_rights_holder(holder, at=NOON, actor=Actor("person", "999999"))
    assert RightsHolder.objects.get().verified_at == NOON
    with pytest.raises(Refused, match="applied already"):
        apply_as_rights_holder(organisation, **application, at=NOON, actor=TESTER)


def test_a_snapshot_is_brought_in_from_a_file_and_bad_rows_are_named(tmp_path, capsys):
    right = make.ip_right(make.rights_holder(), "40-7654321")
    file = tmp_path / "register.csv"
    file.write_text(
        "number,owner,status,nice_classes,expires_on\n40-7654321,(주)Haneul Mills,live,18|25,2029-01-01\n"
        "99-1,X,live,,\n40-1111111,X,maybe,,\n40-2222222,X,live,46,\n"
    )
    call_command("import_register", file, taken_on=TODAY)

    printed = capsys.readouterr()
    assert "1 entries, 3 bad rows" in printed.out
    assert all(words in printed.err for words in ("99-1", "maybe", "1 to 45"))
    assert checked(right).standing == "LIVE"


def pending_right(**also):
    holder = make.rights_holder()
    record = RegisterRecord(number="40-2026-0001234", owner=holder.name, status="PENDING", taken_on=TODAY)
    take_snapshot([record], at=NOON, actor=TESTER)
    right = make.ip_right(holder, "40-2026-0001234", **also)
    return record, checked(right)


def test_a_pending_right_counts_once_somebody_has_accepted_its_evidence_and_until_the_register_ends_it():
    record, right = pending_right(evidence=make.picture())
    assert (right.standing, right.is_live(TODAY), list(unjudged())) == ("PENDING", False, [right])

    right = judge_evidence(right, is_accepted=True, at=NOON, actor=TESTER)
    assert (right.standing, right.is_live(TODAY), list(unjudged())) == ("PENDING", True, [])
    assert checked(right).is_live(TODAY)
    record.status = "LAPSED"
    take_snapshot([record], at=NOON, actor=TESTER)
    assert not checked(right).is_live(TODAY)
    names = (
        Event.objects.filter(name__startswith="brands.ip_right.")
        .order_by("pk")
        .values_list("name", flat=True)
    )
    assert list(names)[1:] == ["brands.ip_right.confirmed", "brands.ip_right.ended"]


def test_a_pending_right_without_accepted_evidence_does_not_count():
    _record, right = pending_right()
    with pytest.raises(Refused, match="no evidence"):
        judge_evidence(right, is_accepted=True, at=NOON, actor=TESTER)
    right = judge_evidence(right, is_accepted=False, at=NOON, actor=TESTER)
    assert (right.standing, right.is_live(TODAY)) == ("PENDING", False)
    assert not Event.objects.filter(name="brands.ip_right.confirmed").exists()
