import json

import pytest
from django.utils import timezone

from klean.core.events.models import Event
from klean.core.privacy.models import Viewing
from klean.core.rows.refusals import Refused
from legal.actions.requests import (
    Asked,
    approve_request,
    disclose,
    log_request,
    receive_request,
    refuse_request,
    scope_request,
    verify_request,
)
from legal.models import Approval, AuthorityRequest
from reports.models.notices import Notice, NoticeItem
from tests import make
from tests.fixtures import NOON, TESTER

Side = Approval.Side
ASKED = Asked("서울경찰청", "2026-77", "김경위 02-000-0000", "통신비밀보호법 제13조의2")
REPORTER = "reporter@home.example"


@pytest.fixture
def request_(policy):
    case = make.decision().case
    notice = Notice.objects.create(
        notifier_type="CONSUMER",
        contact_email=REPORTER,
        language="ko",
        reason="COUNTERFEIT",
        filed_at=NOON,
        answer_by=NOON,
    )
    NoticeItem.objects.create(notice=notice, listing=case.listing, reporter_key="k")
    return receive_request(case, ASKED, at=NOON, actor=TESTER)


@pytest.fixture
def scoped(request_):
    verify_request(request_, "called back", at=timezone.now(), actor=TESTER)
    return scope_request(request_, ["SELLER", "REPORTERS"], "조사", at=timezone.now(), actor=TESTER)


@pytest.fixture
def approved(scoped):
    approve_request(scoped, Side.LEGAL, at=NOON, actor=TESTER)
    return approve_request(scoped, Side.PRIVACY, at=NOON, actor=make.other_hand())


def test_data_leaves_only_after_two_have_approved(scoped, person):
    giver = make.person(person("legal").pk)
    with pytest.raises(Refused):
        disclose(scoped, ["SELLER"], "", at=NOON, actor=giver)
    half = approve_request(scoped, Side.LEGAL, at=NOON, actor=TESTER)
    with pytest.raises(Refused):
        disclose(half, ["SELLER", "REPORTERS"], "", at=NOON, actor=giver)
    assert not Viewing.objects.exists()
    assert not Event.objects.filter(name="legal.data.disclosed").exists()


def test_the_two_approvals_are_of_two_sides_and_two_people(scoped):
    approve_request(scoped, Side.LEGAL, at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="another person"):
        approve_request(scoped, Side.PRIVACY, at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="approved already"):
        approve_request(scoped, Side.LEGAL, at=NOON, actor=make.other_hand())
    scoped.refresh_from_db()
    assert (scoped.state, scoped.approvals.count()) == ("SCOPED", 1)


def test_the_whole_scope_is_disclosed_and_logged(approved, person):
    giver = person("legal")
    data = json.loads(disclose(approved, ["REPORTERS", "SELLER"], "", at=NOON, actor=make.person(giver.pk)))
    approved.refresh_from_db()

    assert data["data"]["REPORTERS"][0]["contact"] == REPORTER
    assert (approved.state, approved.disclosed) == ("DISCLOSED", ["REPORTERS", "SELLER"])
    assert {seen.field for seen in Viewing.objects.filter(user=giver)} == {"REPORTERS", "SELLER"}
    event = Event.objects.get(name="legal.data.disclosed")
    assert (event.data["items"], event.data["sha256"]) == (["REPORTERS", "SELLER"], approved.sha256)
    assert REPORTER not in str(event.data)
    log_request(approved, at=timezone.now(), actor=TESTER)
    assert approved.state == "LOGGED"


def test_a_part_is_disclosed_with_the_reason_and_nothing_beyond_it(approved, person):
    giver = make.person(person("legal").pk)
    with pytest.raises(Refused, match="why the rest"):
        disclose(approved, ["SELLER"], "", at=NOON, actor=giver)
    with pytest.raises(Refused, match="no other"):
        disclose(approved, ["SELLER", "BUYERS"], "x", at=NOON, actor=giver)
    data = disclose(approved, ["SELLER"], "The reporter is not needed.", at=NOON, actor=giver)
    approved.refresh_from_db()
    assert approved.state == "PARTLY"
    assert REPORTER.encode() not in data


def test_what_is_refused_gives_out_nothing(request_):
    refuse_request(request_, "No legal basis.", at=NOON, actor=TESTER)
    with pytest.raises(Refused):
        disclose(request_, ["SELLER"], "", at=NOON, actor=TESTER)
    assert (request_.state, Viewing.objects.count()) == ("REFUSED", 0)


def test_a_request_goes_the_whole_way_by_the_pages(request_, person, browser_of):
    legal, privacy = browser_of(person("legal")), browser_of(person("governance"))
    base = f"/legal/requests/{request_.pk}"
    assert legal.post(f"{base}/disclosures", {"items": ["SELLER"]}).status_code == 422
    assert legal.post(f"{base}/verifications", {"how": "called back"}).status_code == 302
    assert legal.post(f"{base}/scopes", {"items": ["SELLER"], "purpose": "조사"}).status_code == 302
    assert legal.post(f"{base}/approvals/privacy").status_code == 403
    assert privacy.post(f"{base}/approvals/legal").status_code == 403
    assert legal.post(f"{base}/approvals/legal").status_code == 302
    assert privacy.post(f"{base}/approvals/privacy").status_code == 302
    assert privacy.post(f"{base}/disclosures", {"items": ["SELLER"]}).status_code == 403
    file = legal.post(f"{base}/disclosures", {"items": ["SELLER"]})
    assert (file.status_code, file["Content-Type"]) == (200, "application/json")
    assert legal.post(f"{base}/disclosures", {"items": ["SELLER"]}).status_code == 409
    assert legal.post(f"{base}/log-entries").status_code == 302
    assert legal.get("/legal/requests").status_code == legal.get(base).status_code == 200
    assert AuthorityRequest.objects.get().state == "LOGGED"


def test_a_new_request_is_recorded_by_the_page(policy, person, browser_of):
    client, case = browser_of(person("legal")), make.decision().case
    request_form = {
        "authority": "관세청",
        "file_number": "1",
        "officer": "박",
        "legal_basis": "관세법",
        "case": case.pk,
    }
    assert client.post("/legal/requests/new", {**request_form, "case": 10**6}).status_code == 422
    assert client.post("/legal/requests/new", request_form).status_code == 302
    assert AuthorityRequest.objects.get().state == "RECEIVED"
