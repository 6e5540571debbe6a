import re
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from governance.actions.consultations import (
    answer_comment,
    comment_on,
    open_consultation,
    publish_draft,
    withdraw_draft,
)
from governance.models import Comment, PolicyDraft
from governance.queries.policies import differences
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import policy_at
from klean.core.rows.refusals import Refused
from tests import make
from tests.fixtures import NOON, TESTER

GOVERNOR = Actor("system", "governor")
FILE = (Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text()


def text(in_force_from):
    """The project's policy with more notice, in force from then."""
    later = re.sub(
        r"in_force_from = .*", f"in_force_from = {in_force_from.isoformat(timespec='seconds')}", FILE
    )
    return later.replace("notice_days = 30", "notice_days = 45")


@pytest.fixture
def draft(policy):
    return opened()


def opened(name="2026-07", *, days=90):
    return open_consultation(
        name, "Faster answers.", text(NOON + timedelta(days=days)), at=NOON, actor=GOVERNOR
    )


def refused(code, action):
    before = (Event.objects.count(), PolicyVersion.objects.count(), Comment.objects.count())
    with pytest.raises(Refused) as refusal:
        action()
    assert refusal.value.code == code
    assert (Event.objects.count(), PolicyVersion.objects.count(), Comment.objects.count()) == before


def test_a_policy_is_put_to_everybody_answered_and_published_byte_for_byte(draft, person):
    brand = make.holder_person()
    comment = comment_on(draft, "Ten days are short.", by=brand, at=NOON, actor=TESTER)
    over = draft.ends_at
    refused("consultation_running", lambda: publish_draft(draft, at=NOON, actor=GOVERNOR))
    refused("unanswered", lambda: publish_draft(draft, at=over, actor=GOVERNOR))
    answer_comment(comment, "They are what the law asks for.", at=over, actor=GOVERNOR)
    refused("answered", lambda: answer_comment(comment, "Or not.", at=over, actor=GOVERNOR))

    version = publish_draft(draft, at=over, actor=GOVERNOR)

    draft.refresh_from_db()
    assert (draft.state, draft.version, version.in_force_from) == ("PUBLISHED", version, draft.in_force_from)
    assert comment.organisation == make.organisation_of(brand)
    assert policy_at(over).name != "2026-07"
    assert policy_at(draft.in_force_from).name == "2026-07"


def test_a_policy_takes_force_only_after_its_notice(policy):
    refused("too_soon", lambda: opened(days=14 + 29))
    draft = opened(days=14 + 31)
    late = draft.ends_at + timedelta(days=3)
    refused("notice_too_short", lambda: publish_draft(draft, at=late, actor=GOVERNOR))


@pytest.mark.parametrize("bad", ["not = toml = at all", "[retention]\nMAIL = 0\n", "x = 1\n"])
def test_a_draft_that_could_not_be_published_is_refused(policy, bad):
    refused("policy_fault", lambda: open_consultation("x", "y", bad, at=NOON, actor=GOVERNOR))


def test_a_draft_without_a_section_of_the_policy_in_force_is_refused(policy):
    whole = text(NOON + timedelta(days=90))
    without = whole[: whole.index("[retention]")] + whole[whole.index("[authorisations]") :]
    refused("policy_fault", lambda: open_consultation("x", "y", without, at=NOON, actor=GOVERNOR))


def test_the_next_draft_begins_with_the_text_in_force(policy, person, browser_of):
    page = browser_of(person("governance")).get(reverse("governance:drafts"))
    assert page.context["form"]["text"].value() == FILE


def test_a_name_is_used_once(draft):
    refused("name_taken", lambda: opened())
    refused("name_taken", lambda: opened("2026-01"))


def test_nobody_comments_when_the_consultation_is_over_or_withdrawn(draft, person):
    refused(
        "consultation_over",
        lambda: comment_on(draft, "Late.", by=person("seller"), at=draft.ends_at, actor=TESTER),
    )
    withdraw_draft(draft, at=timezone.now(), actor=GOVERNOR)
    refused(
        "consultation_over", lambda: comment_on(draft, "Late.", by=person("seller"), at=NOON, actor=TESTER)
    )
    with pytest.raises(Refused):
        publish_draft(draft, at=draft.ends_at, actor=GOVERNOR)


def test_differences_are_told_key_by_key_and_lists_by_name():
    before = {"a": {"b": 1, "c": 2, "reasons": [{"code": "X", "note": "x"}], "regions": ["KR"]}}
    after = {
        "a": {
            "b": 1,
            "c": 3,
            "reasons": [{"code": "X", "note": "y"}, {"code": "Z", "note": "z"}],
            "regions": ["KR"],
        }
    }

    assert [
        (d.key, d.before and d.before.value, d.after and d.after.value) for d in differences(before, after)
    ] == [
        ("a.c", "2", "3"),
        ("a.reasons[X].note", "x", "y"),
        ("a.reasons[Z].code", None, "Z"),
        ("a.reasons[Z].note", None, "z"),
    ]
    assert [d.kind for d in differences({"a": {"a": 1, "b": 1}}, {"a": {"a": 2, "c": 1}})] == [
        "changed",
        "removed",
        "added",
    ]
    assert differences(before, before) == []


def test_differences_are_told_in_words(policy):
    later = deepcopy(policy.body)
    later["ladder"]["severities"]["SERIOUS"]["points"] = 2
    later["refunds"]["reasons"][0]["words"]["ko"] = "가짜 같아요"
    later["decisions"]["approval"]["rungs"] = ["CLOSURE"]

    assert [(d.title, d.before.value, d.after.value) for d in differences(policy.body, later)] == [
        (
            "Decisions › Approval of decisions › Sanctions that need approval",
            "Suspension, Closure",
            "Closure",
        ),
        ("Penalty ladder › Severities › Serious › Points", "1", "2"),
        (
            "Refunds › Reasons › It looks or feels fake › Wording › Korean",
            "가짜처럼 보이거나 느껴져요",
            "가짜 같아요",
        ),
    ]


def test_everybody_reads_who_is_logged_in_comments_and_governance_answers(policy, person, browser_of, client):
    name = "2027-01"
    body = text(timezone.now() + timedelta(days=90))
    governor, seller = browser_of(person("governance")), browser_of(person("seller"))
    bad = governor.post(reverse("governance:drafts"), {"name": name, "summary": "s", "text": "x = 1"})
    assert bad.status_code == 409
    governor.post(reverse("governance:drafts"), {"name": name, "summary": "Faster.", "text": body})
    draft = PolicyDraft.objects.get()
    page = reverse("governance:draft", args=[draft.pk])
    comments = reverse("governance:comments", args=[draft.pk])

    assert "Days of notice before a policy takes effect" in client.get(page).text
    assert client.post(comments, {"text": "Nobody."}).status_code == 302
    assert not Comment.objects.exists()
    assert seller.post(comments, {"text": ""}).status_code == 422
    assert seller.post(comments, {"text": "Too soon for small shops."}).status_code == 302
    comment = Comment.objects.get()
    answers = reverse("governance:answers", args=[comment.pk])
    assert seller.post(answers, {"answer": "No."}).status_code == 403
    governor.post(answers, {"answer": "We give three more months."})
    assert "We give three more months." in client.get(page).text
    governor.post(reverse("governance:draft_publications", args=[draft.pk]))
    assert not PolicyVersion.objects.filter(name=name).exists()
    assert client.get(reverse("governance:policies")).status_code == 200
    assert client.get(reverse("governance:policy", args=[policy.name])).status_code == 200
