import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from governance.models import ActionItem, Agreement, ExternalFeed, ExternalRecord, Meeting, Stakeholder
from klean.core.events.models import Event
from tests.make.brands import picture

pytestmark = pytest.mark.usefixtures("policy")
HEAD = "number,date,brand,goods,country,quantity\n"


@pytest.fixture
def governor(person, browser_of):
    return browser_of(person("governance"))


@pytest.fixture
def customs(governor):
    governor.post(
        reverse("governance:stakeholders"),
        {"name": "관세청", "kind": "CUSTOMS", "contact": "desk@customs.example"},
    )
    return Stakeholder.objects.get()


def test_a_stakeholder_is_entered_once_and_its_contact_is_masked(governor, customs):
    again = governor.post(reverse("governance:stakeholders"), {"name": "관세청", "kind": "CUSTOMS"})
    page = governor.get(reverse("governance:stakeholders"))

    assert (again.status_code, Stakeholder.objects.count()) == (409, 1)
    assert "desk@" not in page.text
    assert Event.objects.filter(name="governance.stakeholder.registered").count() == 1


def test_an_agreement_keeps_its_paper_and_does_not_end_before_it_begins(
    governor, customs, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    address = reverse("governance:stakeholder", args=[customs.pk])
    agreement_form = {"title": "Exchange of seizures", "signed_on": "2026-03-02"}
    bad = governor.post(address, {**agreement_form, "ends_on": "2026-03-01"})
    paper = SimpleUploadedFile("paper.png", picture("navy"))
    wrong = governor.post(address, {**agreement_form, "document": SimpleUploadedFile("x.pdf", b"no paper")})
    assert (bad.status_code, wrong.status_code, Agreement.objects.count()) == (422, 409, 0)

    governor.post(address, {**agreement_form, "ends_on": "2027-03-01", "document": paper})
    agreement = Agreement.objects.get()
    document = governor.get(reverse("governance:agreement_document", args=[agreement.pk]))
    assert (agreement.ends_on, document.status_code) == (date(2027, 3, 1), 200)
    document.close()


def test_a_meeting_leads_to_promises_with_a_day_and_the_most_urgent_stands_first(governor, customs, person):
    governor.post(
        reverse("governance:meetings"),
        {"title": "Spring", "held_on": "2026-03-02", "minutes": "We talked.", "stakeholders": [customs.pk]},
    )
    meeting, owner, today = Meeting.objects.get(), person("governance"), timezone.localdate()
    for task, days in (("later", 9), ("late", -1)):
        governor.post(
            reverse("governance:items"),
            {"task": task, "owner": owner.pk, "due_on": today + timedelta(days=days), "meeting": meeting.pk},
        )
    page = governor.get(reverse("governance:items"))
    assert [item.task for item in page.context["page"].rows] == ["late", "later"]
    assert "late" in governor.get(reverse("governance:overview")).text

    done = reverse("governance:completions", args=[ActionItem.objects.get(task="late").pk])
    governor.post(done)
    governor.post(done)
    assert Event.objects.filter(name="governance.action_item.completed").count() == 1
    assert governor.get(reverse("governance:meetings")).status_code == 200


@pytest.fixture
def take_in(tmp_path, capsys):
    def command(text, day="2026-03-02", name="seizures.csv"):
        path = Path(tmp_path, name)
        path.write_text(HEAD + text)
        out = io.StringIO()
        call_command("import_external", path, kind="seizures", source="관세청", date=day, stdout=out)
        return out.getvalue().strip(), capsys.readouterr().err

    return command


def test_a_list_comes_in_with_source_and_date_and_again_changes_nothing(take_in):
    first = take_in("S-1,2026-02-01,Haneul,bags,CN,120\nS-2,,Miraero,shoes,,\nS-3,when?,X,x,,\nS-2,,,,,\n")
    events = Event.objects.count()
    again = take_in("S-1,2026-02-01,Haneul,bags,CN,120\nS-2,,Miraero,shoes,,\nS-3,when?,X,x,,\nS-2,,,,,\n")

    assert "2 rows" in first[0]
    assert "line 4: date is 'when?'" in first[1]
    assert "line 5" in first[1]
    assert "taken in before" in again[0]
    assert Event.objects.count() == events
    feed = ExternalFeed.objects.get()
    assert (feed.source, feed.dated_on, feed.rows, feed.faults) == ("관세청", date(2026, 3, 2), 2, 2)
    assert ExternalRecord.objects.get(number="S-1").quantity == 120


def test_a_later_list_of_the_source_renews_its_rows_and_keeps_the_others(take_in):
    take_in("S-1,2026-02-01,Haneul,bags,CN,120\nS-2,,Miraero,shoes,,\n")
    take_in("S-1,2026-02-01,Haneul,bags,CN,150\n", day="2026-04-02")

    assert ExternalRecord.objects.count() == 2
    row = ExternalRecord.objects.get(number="S-1")
    assert (row.quantity, row.feed.dated_on) == (150, date(2026, 4, 2))


def test_a_file_that_is_no_list_is_refused_and_nothing_is_written(take_in, governor):
    with pytest.raises(CommandError):
        take_in("", name="seizures.exe")
    feed_form = {"kind": "HAZARDS", "source": "KATS", "dated_on": "2026-03-02"}
    address = reverse("governance:feeds")
    shape = governor.post(address, {**feed_form, "file": SimpleUploadedFile("a.exe", b"MZ")})
    columns = governor.post(address, {**feed_form, "file": SimpleUploadedFile("a.csv", b"x,y\n1,2\n")})
    assert (shape.status_code, columns.status_code) == (422, 409)
    assert not ExternalFeed.objects.exists()


def test_a_list_is_taken_in_by_the_page_which_tells_what_was_left_out(governor):
    feed_form = {"kind": "HAZARDS", "source": "KATS", "dated_on": "2026-03-02"}
    file = SimpleUploadedFile(
        "a.csv", (HEAD + "H-1,2026-01-01,X,lamp,KR,5\nH-2,2026-01-01,X,lamp,KR,-5\n").encode()
    )
    page = governor.post(reverse("governance:feeds"), {**feed_form, "file": file})
    feed = ExternalFeed.objects.get()
    assert "quantity" in page.text
    assert (feed.rows, feed.faults) == (1, 1)
    assert "lamp" in governor.get(reverse("governance:feed", args=[feed.pk])).text
