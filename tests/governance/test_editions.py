import hashlib
import json
import subprocess
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from governance.actions.editions import publish_edition
from governance.models import Edition
from governance.queries.editions import fault_of_edition
from klean.core.documents.actions import change_signing_key
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from tests import make
from tests.fixtures import NOON

pytestmark = pytest.mark.usefixtures("policy")
SEOUL = ZoneInfo("Asia/Seoul")
LAST = NOON.astimezone(SEOUL).replace(day=1, hour=0)
AFTER = (LAST + timedelta(days=40)).replace(day=2)
GOVERNOR = Actor("system", "governor")


def sealed():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def month():
    """The month of a decided case, told in the log."""
    cache.clear()
    make.decision()
    sealed()
    return LAST


def publish(month, **also):
    edition = publish_edition(month, **{"at": AFTER, "actor": GOVERNOR} | also)
    sealed()
    return edition


def refused(month, code, **also):
    events = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        publish_edition(month, **{"at": AFTER, "actor": GOVERNOR} | also)
    assert refusal.value.code == code
    assert Event.objects.count() == events


def test_the_same_edition_counted_again_from_a_log_that_went_on_gives_the_same_bytes(month):
    edition = publish(month)
    make.decision(about=make.live_listing("l-200", by=make.seller("s-200")))
    sealed()

    assert Event.objects.filter(position__gt=edition.position).exists()
    assert fault_of_edition(edition) == ""
    assert json.loads(edition.body)["figures"]["decisions"] == {"INFRINGING": 1}
    with pytest.raises(SystemExit) as call:
        call_command("verify_editions")
    assert call.value.code == 0


def test_a_correction_is_a_new_edition_that_names_the_old_one(month, client):
    first = publish(month)
    refused(month, "reason_missing")
    second = publish(month, reason="Two decisions were recorded late.")

    assert (second.number, second.corrects_id, json.loads(second.body)["corrects"]) == (2, first.pk, 1)
    old = client.get(reverse("governance:edition", args=[1]))
    shown = client.get(reverse("governance:transparency"), {"month": f"{month:%Y-%m}"})
    assert "Two decisions were recorded late." in old.text
    assert shown.context["edition"] == second
    assert [fault_of_edition(edition) for edition in (first, second)] == ["", ""]


def test_a_month_that_is_not_over_is_not_published(month):
    refused(month, "month_running", at=AFTER - timedelta(days=30))
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    "change", ["UPDATE governance_edition SET body = '{}'", "DELETE FROM governance_edition"]
)
def test_a_published_edition_cannot_be_changed(month, change):
    edition = publish(month)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    edition.refresh_from_db()
    assert fault_of_edition(edition) == ""


def test_a_changed_byte_a_changed_figure_and_another_key_are_each_told(month):
    edition = publish(month)
    good = edition.body
    edition.body = good.replace('"INFRINGING":1', '"INFRINGING":0')
    assert "SHA-256" in fault_of_edition(edition)
    edition.sha256 = hashlib.sha256(edition.body.encode()).hexdigest()
    assert "signature" in fault_of_edition(edition)
    edition.signature = edition.key.sign(edition.body.encode())
    assert "log" in fault_of_edition(edition)


def test_anybody_can_check_the_signature_with_openssl(month, client, tmp_path):
    edition = publish(month)
    for suffix in ("json", "sig", "pem"):
        answer = client.get(reverse("governance:edition", args=[edition.number]) + f".{suffix}")
        (tmp_path / f"1.{suffix}").write_bytes(answer.content)
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "1.pem",
        "-rawin",
        "-in",
        "1.json",
        "-sigfile",
        "1.sig",
    ]

    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "1.json").write_bytes((tmp_path / "1.json").read_bytes() + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_an_edition_still_verifies_after_the_key_was_changed(month):
    old = publish(month)
    change_signing_key("a regular change", at=AFTER, actor=GOVERNOR)
    new = publish(month, reason="again")
    assert old.key != new.key
    assert [fault_of_edition(edition) for edition in (old, new)] == ["", ""]


def test_a_published_month_is_served_without_counting_the_log(month, client, django_assert_max_num_queries):
    publish(month)
    address = reverse("governance:edition", args=[1])
    client.get(address)
    with django_assert_max_num_queries(4) as asked:
        assert client.get(address).status_code == 200
    assert not any("core_event" in query["sql"] for query in asked.captured_queries)


def test_the_page_and_its_files_are_public_in_both_languages(month, client):
    edition = publish(month)
    for language in ("ko", "en"):
        assert (
            client.get(
                reverse("governance:edition", args=[1]), headers={"accept-language": language}
            ).status_code
            == 200
        )
    assert client.get(reverse("governance:edition_json", args=[1])).content == edition.body.encode()
    assert "sellers_suspended" in client.get(reverse("governance:edition_csv", args=[1])).text
    assert edition.sha256[:16] in client.get(reverse("governance:editions")).text
    assert client.get(reverse("governance:edition", args=[9])).status_code == 404


def test_governance_publishes_at_the_desk(month, person, browser_of):
    browser = browser_of(person("governance"))
    address = reverse("governance:publications")
    assert browser.post(address, {"month": "x"}).status_code == 422
    running = datetime.now(SEOUL).replace(day=1)
    assert browser.post(address, {"month": f"{running:%Y-%m}"}).status_code == 409
    assert not Edition.objects.exists()
    before = (running - timedelta(days=3)).replace(day=1)
    answer = browser.post(address, {"month": f"{before:%Y-%m}"})
    assert (answer.status_code, Edition.objects.get().month) == (302, before.date())
