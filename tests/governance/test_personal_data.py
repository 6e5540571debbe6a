import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.urls import reverse

from enforcement.cases.models import CaseNote
from governance.actions.erasure import erase_expired
from governance.actions.requests import erase_person, export_person, receive_request, refuse_request
from governance.models import SubjectRequest
from governance.queries.personal import places_naming
from governance.rules.policy import Retention
from governance.tasks import end_retention
from klean.core.access.models import Membership, User
from klean.core.events.actors import person as person_actor
from klean.core.events.chain import walk_chain
from klean.core.events.models import Event
from klean.core.files.models import StoredFile
from klean.core.files.store import keep_file, path_of
from klean.core.mail.deliveries import write_mail
from klean.core.mail.models import Mail
from klean.core.operations.due_work import until_quiet
from klean.core.privacy.models import Viewing
from klean.core.rows.refusals import Refused
from legal.actions.matters import open_matter, place_hold, release_hold
from legal.models import Matter
from reports.actions.answers import close_notices
from reports.actions.notices import Notifier
from reports.models.notices import Notice
from tests import make
from tests.fixtures import NOON, TESTER
from tests.make.brands import picture

pytestmark = pytest.mark.usefixtures("policy")
EMAIL, NAME = "jiwoo@test.klean", "Kim Jiwoo"


def sealed():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def governor(person):
    return person_actor(person("governance").pk)


@pytest.fixture
def story(settings, tmp_path):
    """A decided case on a listing that a buyer has reported with a picture, with the buyer named here and there."""
    settings.MEDIA_ROOT = tmp_path / "media"
    buyer = make.consumer(EMAIL)
    EmailAddress.objects.create(user=buyer, email=EMAIL, primary=True, verified=True)
    listing = make.live_listing()
    notice = make.notice(
        listing, by=Notifier.consumer(buyer), explanation=f"{NAME}: the seam is crooked", order="O-1001"
    )
    Notice.objects.update(picture=keep_file(picture("navy"), at=NOON))
    case = make.case(listing)
    CaseNote.objects.create(case=case, author=buyer, text=f"Wrote to {EMAIL.upper()}.", written_at=NOON)
    write_mail(key="told", to=EMAIL, language="en", template="x", context={"name": NAME}, at=NOON)
    close_notices(listing, upheld=True, at=NOON, actor=TESTER)
    make.decide(case)
    return notice, case


def asked(kind=SubjectRequest.Kind.ERASURE, address=EMAIL):
    return receive_request(kind, address, identity="ACCOUNT", at=NOON, actor=TESTER)


def found_anywhere(*texts):
    """A search of its own over every text and JSON column of every table, for the test alone."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
            "USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        )
        for table, column in cursor.fetchall():
            for text in texts:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE strpos(lower("{column}"::text), %s) > 0',
                    [text.lower()],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}")
    return found


def test_erasure_under_hold_is_refused_and_without_hold_complete_and_the_chain_still_fits(story, governor):
    _notice, case = story
    matter = open_matter(Matter.Kind.CIVIL, "Haneul", case=case, at=NOON, actor=TESTER)
    place_hold(matter, "court order", at=NOON, actor=TESTER)
    request = asked()
    events, before = Event.objects.count(), found_anywhere(EMAIL, NAME)
    assert {
        "core_user.email",
        "core_user.name",
        "reports_notice.explanation",
        "enforcement_casenote.text",
    } <= set(before)

    with pytest.raises(Refused) as refusal:
        erase_person(request, at=NOON, actor=governor)
    request.refresh_from_db()
    assert refusal.value.code == "held"
    assert (request.state, found_anywhere(EMAIL, NAME)) == ("RECEIVED", before)
    assert Event.objects.count() == events

    release_hold(matter, at=NOON, actor=TESTER)
    erase_person(request, at=NOON, actor=governor)
    sealed()

    assert found_anywhere(EMAIL, NAME) == []
    assert (request.refresh_from_db(), request.state, request.left) == (None, "DONE", {})
    assert walk_chain().fault == ""
    assert Event.objects.filter(name="governance.subject_data.erased").count() == 1
    assert not places_naming([EMAIL, NAME])


def test_an_erased_person_has_no_account_no_role_and_no_file_left(story, governor):
    notice, _case = story
    stored = StoredFile.objects.get(pk=Notice.objects.get(pk=notice.pk).picture_id)
    path = path_of(stored)
    assert path.exists()

    erase_person(asked(), at=NOON, actor=governor)

    user = User.objects.get(pk=notice.reporter_id)
    assert (user.email, user.name, user.is_active) == (f"erased-{user.pk}@erased.invalid", "", False)
    assert not user.check_password("a long enough password")
    assert not Membership.objects.filter(user=user).exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert Mail.objects.get(key="told").context == {}
    assert CaseNote.objects.get().text == "Wrote to [erased]."


def test_a_file_that_another_row_points_to_stays(story, governor):
    notice, _case = story
    file = Notice.objects.get(pk=notice.pk).picture
    make.notice(make.offer("2001", by="s-200"))
    Notice.objects.exclude(pk=notice.pk).update(picture=file)

    erase_person(asked(), at=NOON, actor=governor)

    assert path_of(file).exists()
    assert StoredFile.objects.filter(pk=file.pk).exists()


def test_erasure_waits_until_what_the_person_started_is_over(governor):
    notice = make.notice(by=Notifier.consumer(make.consumer(EMAIL)), explanation="crooked seam")

    with pytest.raises(Refused) as refusal:
        erase_person(asked(), at=NOON, actor=governor)

    notice.refresh_from_db()
    assert refusal.value.code == "still_needed"
    assert notice.explanation == "crooked seam"


def test_a_notifier_without_an_account_is_erased_by_address(governor):
    listing = make.offer()
    notice = make.notice(listing, by=make.anonymous("yuna@test.klean"), explanation="crooked seam")
    close_notices(listing, upheld=False, at=NOON, actor=TESTER)

    request = erase_person(asked(address="Yuna@test.klean"), at=NOON, actor=governor)

    notice.refresh_from_db()
    assert (notice.contact_email, notice.explanation, request.left) == ("", "", {})
    assert request.rows["reports.Notice"] == 1


def test_a_name_goes_out_of_every_text_and_where_it_may_be_anothers_it_is_listed(story, governor):
    _notice, case = story
    note = CaseNote.objects.create(
        case=case, author_id=governor.person_id, text=f"{NAME} called, not Kim Jiwoong.", written_at=NOON
    )
    namesake = make.consumer("other@test.klean")
    User.objects.filter(pk=namesake.pk).update(name=NAME)

    request = erase_person(asked(), at=NOON, actor=governor)

    note.refresh_from_db()
    assert note.text == "[erased] called, not Kim Jiwoong."
    assert request.left == {"core_user.name": 1}


def test_an_erasure_is_done_once(story, governor):
    request = erase_person(asked(), at=NOON, actor=governor)
    with pytest.raises(Refused):
        erase_person(request, at=NOON, actor=governor)
    with pytest.raises(Refused):
        refuse_request(request, "too late", at=NOON, actor=governor)


def test_the_days_of_a_class_end_for_what_is_over_and_not_held(story, policy):
    notice, case = story
    fresh = make.notice(make.offer("3001", by="s-300"), explanation="still open", at=NOON)
    days = policy[Retention].days_of("COMPLAINT")
    matter = open_matter(Matter.Kind.CIVIL, "Haneul", case=case, at=NOON, actor=TESTER)
    place_hold(matter, "court order", at=NOON, actor=TESTER)
    late = NOON + timedelta(days=days, hours=1)

    until_quiet(lambda *, at: erase_expired(limit=1, at=late, actor=TESTER))
    notice.refresh_from_db()
    assert notice.explanation != ""

    release_hold(matter, at=NOON, actor=TESTER)
    until_quiet(lambda *, at: erase_expired(limit=1, at=late, actor=TESTER))
    sealed()
    notice.refresh_from_db()
    fresh.refresh_from_db()
    assert (notice.explanation, notice.order, notice.picture) == ("", "", None)
    assert fresh.explanation == "still open"
    facts = Event.objects.filter(name="governance.expired_data.erased", data__model="reports.Notice")
    assert [fact.data["rows"] for fact in facts] == [1]
    assert erase_expired(at=late, actor=TESTER) == 0
    assert walk_chain().fault == ""


def test_a_day_before_its_days_are_over_nothing_goes(story, policy):
    notice, _case = story
    shortest = min(policy[Retention].root.values())
    assert erase_expired(at=NOON + timedelta(days=shortest - 1), actor=TESTER) == 0
    notice.refresh_from_db()
    assert notice.explanation != ""


def test_the_daily_task_ends_retention(story):
    notice, _case = story
    Notice.objects.update(filed_at=NOON - timedelta(days=5000))
    end_retention()
    notice.refresh_from_db()
    assert notice.explanation == ""


def test_everything_about_a_person_is_handed_over_and_that_is_written_down(story, governor):
    request = asked(SubjectRequest.Kind.EXPORT)
    packed = zipfile.ZipFile(io.BytesIO(export_person(request, at=NOON, actor=governor)))
    handed_over = json.loads(packed.read("person.json"))

    (notice,) = handed_over["held"]["reports.Notice"]
    assert notice["explanation"] == f"{NAME}: the seam is crooked"
    assert handed_over["held"]["core.User"][0]["email"] == EMAIL
    assert "password" not in handed_over["held"]["core.User"][0]
    assert handed_over["held"]["core.Mail"][0]["to"] == EMAIL
    assert handed_over["roles"] == [{"role": "consumer", "organisation__name": None}]
    assert len([name for name in packed.namelist() if name.startswith("files/")]) == 1
    seen = Viewing.objects.get()
    assert (seen.user_id, seen.subject) == (governor.person_id, f"governance.subjectrequest:{request.pk}")
    request.refresh_from_db()
    assert request.state == "DONE"


def test_an_address_is_masked_until_somebody_gives_a_reason(person, browser_of):
    notice = make.notice(by=make.anonymous("yuna@test.klean"))
    address = reverse("governance:unmask", args=["reports.Notice", notice.pk])
    moderator = browser_of(person("moderator"))

    shut = moderator.get(address)
    bare = moderator.post(address, {"reason": ""})
    assert "yuna@" not in shut.text + bare.text
    assert (bare.status_code, Viewing.objects.count()) == (422, 0)

    shown = moderator.post(address, {"reason": "The notifier asked us to call back."})
    assert "yuna@test.klean" in shown.text
    (seen,) = Viewing.objects.all()
    assert (seen.subject, seen.field) == (f"reports.notice:{notice.pk}", "address")
    log = browser_of(person("governance")).get(reverse("governance:viewings"), {"subject": seen.subject})
    assert "asked us to call back" in log.text


@pytest.mark.parametrize(
    "role", ["seller", "consumer", "rights_holder", "engineer", "inspector", "penalties"]
)
def test_others_unmask_nothing(person, browser_of, role):
    notice = make.notice(by=make.anonymous("yuna@test.klean"))
    address = reverse("governance:unmask", args=["reports.Notice", notice.pk])
    answer = browser_of(person(role)).post(address, {"reason": "I am curious."})
    assert (answer.status_code, Viewing.objects.count()) == (403, 0)


def test_only_declared_addresses_are_unmasked_and_only_by_whom_they_concern(person, browser_of):
    moderator = browser_of(person("moderator"))
    request = asked()
    assert moderator.get(reverse("governance:unmask", args=["core.User", 1])).status_code == 404
    closed = reverse("governance:unmask", args=["governance.SubjectRequest", request.pk])
    assert moderator.get(closed).status_code == 403
