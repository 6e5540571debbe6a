import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from legal.actions.bundles import make_bundle
from legal.actions.counsel import let_counsel_in, shut_counsel_out
from legal.actions.letters import draft_letter, write_letter
from legal.actions.matters import open_matter
from legal.models import CounselAccess, Letter, Matter
from tests import make
from tests.fixtures import NOON, TESTER


@pytest.fixture(autouse=True)
def _files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def matter(policy):
    return open_matter(
        Matter.Kind.CIVIL, "Haneul against Gangnam Deals", case=make.decision().case, at=NOON, actor=TESTER
    )


@pytest.fixture
def bundle(matter, deliver_events):
    deliver_events()
    return make_bundle(matter, at=NOON, actor=TESTER)


def let_in(matter, *, days=7, bundles=True, letters=True):
    at = timezone.now()
    return let_counsel_in(
        matter,
        "Kim & Lee",
        "counsel@law.example",
        at + timedelta(days=days),
        shows_bundles=bundles,
        shows_letters=letters,
        at=at,
        actor=TESTER,
    )


def test_a_link_shows_one_matter_to_whoever_holds_it_and_every_fetch_is_logged(matter, bundle):
    _access, token = let_in(matter)
    page = Client().get(f"/legal/counsel/{token}")
    assert matter.title in page.text
    assert page["Referrer-Policy"] == "no-referrer"
    file = Client().get(f"/legal/counsel/{token}/bundles/{bundle.pk}")
    assert (file.status_code, file["Content-Type"]) == (200, "application/zip")
    assert b"".join(file.streaming_content)
    fetched = Event.objects.filter(name="legal.counsel_access.used").order_by("id")
    assert [event.data["sha256"] for event in fetched] == ["", bundle.file.sha256]


def test_a_link_opens_no_other_matter_and_nothing_outside_its_scope(matter, bundle):
    other = open_matter(Matter.Kind.CIVIL, "Another", case=None, at=NOON, actor=TESTER)
    elsewhere = make_bundle(other, at=NOON, actor=TESTER)
    letter = write_letter(matter, Letter.Kind.DEMAND, "제목\n\n본문", at=NOON, actor=TESTER)
    _access, token = let_in(matter, letters=False)
    for path in (f"bundles/{elsewhere.pk}", f"letters/{letter.pk}", "parties/1"):
        assert Client().get(f"/legal/counsel/{token}/{path}").status_code == 404
    assert Client().get(f"/legal/matters/{matter.pk}").status_code == 302


@pytest.mark.parametrize("ending", ["expired", "withdrawn", "guessed"])
def test_a_link_that_has_ended_shows_nothing(matter, bundle, ending):
    access, token = let_in(matter)
    if ending == "expired":
        CounselAccess.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif ending == "withdrawn":
        shut_counsel_out(access, at=timezone.now(), actor=TESTER)
    else:
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert Client().get(f"/legal/counsel/{token}").status_code == 404
    assert Client().get(f"/legal/counsel/{token}/bundles/{bundle.pk}").status_code == 404
    assert not Event.objects.filter(name="legal.counsel_access.used").exists()


def test_the_token_is_kept_nowhere(matter):
    access, token = let_in(matter)
    assert token not in str(vars(CounselAccess.objects.get()))
    assert token not in str([event.data for event in Event.objects.all()])
    assert access.token_sha256 != token


@pytest.mark.parametrize("days", [-1, 91])
def test_an_access_ends_within_90_days(matter, days):
    with pytest.raises(Refused, match="90 days"):
        let_in(matter, days=days)
    assert not CounselAccess.objects.exists()


def test_legal_staff_hand_over_and_withdraw_by_the_pages(matter, person, browser_of):
    client, base = browser_of(person("legal")), f"/legal/matters/{matter.pk}"
    access_form = {"name": "Kim", "email": "kim@law.example", "days": 3, "shows_bundles": "on"}
    page = client.post(f"{base}/counsel", access_form, follow=True)
    link = re.search(r"/legal/counsel/[\w-]+", page.text)[0]
    assert Client().get(link).status_code == 200
    assert client.post(f"{base}/counsel/{CounselAccess.objects.get().pk}/ends").status_code == 302
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("kind", list(Letter.Kind))
def test_every_letter_has_a_korean_template_that_knows_the_matter(matter, kind):
    draft = draft_letter(matter, kind, at=NOON)
    assert "Haneul leather bag, mirror grade" in draft
    assert "2026년 3월 2일" in draft
    letter = write_letter(matter, kind, draft, at=NOON, actor=TESTER)
    assert letter.file.media_type == "application/pdf"
    assert write_letter(matter, kind, draft, at=NOON, actor=TESTER).file == letter.file


def test_parties_deadlines_and_costs_are_kept_by_the_pages(matter, person, browser_of):
    client, base = browser_of(person("legal")), f"/legal/matters/{matter.pk}"
    assert client.post(f"{base}/parties", {"role": "RESPONDENT", "name": "홍길동"}).status_code == 302
    assert client.post(f"{base}/parties", {"role": "WITNESS", "name": "900101-1234567"}).status_code == 422
    assert (
        client.post(
            f"{base}/tasks", {"what": "항소장", "due_on": "2026-03-16", "is_deadline": "on"}
        ).status_code
        == 302
    )
    assert (
        client.post(
            f"{base}/costs", {"what": "인지대", "amount": 50_000, "spent_on": "2026-03-02"}
        ).status_code
        == 302
    )
    task = matter.tasks.get()
    assert "항소장" in client.get("/legal/").text
    assert client.post(f"{base}/tasks/{task.pk}/ends").status_code == 302
    assert client.get(f"{base}/letters/demand").status_code == 200
    assert client.post(f"{base}/letters/demand", {"text": "요구서\n\n본문"}).status_code == 302
    page = client.get(base).text
    assert all(words in page for words in ("홍길동", "항소장", "50,000"))
    assert matter.parties.count() == 1
    task.refresh_from_db()
    assert task.done_at
