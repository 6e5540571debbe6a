"""Published policies: each once, never changed, and read by later releases as far as they can."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils.translation import override
from pydantic import BaseModel, PositiveInt

from enforcement.sanctions.rules.policy import Ladder
from governance.rules.policy import CLASSES, Governance, Retention
from klean.core.events.models import Event
from klean.core.management.policy_checks import check_policies
from klean.core.policy.actions.publishing import publish_policy, publish_policy_text
from klean.core.policy.faults import PolicyFault, UnusablePolicy
from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import policy_at, unreadable_policies, words_of_code
from klean.core.policy.rules import sections as registry
from klean.core.policy.rules.sections import read_stored, register_section, sections
from klean.core.policy.texts import additions
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import in_language
from refunds.rules.policy import Refunds
from reports.rules.policy import Reports
from sellers.rules.policy import Payouts
from tests.fixtures import NOON, TESTER
from tests.make.policies import FILE, policy_text

LATER = policy_text(("2026-01-01T00", "2026-05-01T00"), ("cooling_hours = 72", "cooling_hours = 24"))


def test_a_file_that_a_release_changed_is_left_alone_unless_it_is_named(policy, settings, tmp_path, capsys):
    settings.BASE_DIR = tmp_path
    changed = tmp_path / "policy" / FILE.name
    changed.parent.mkdir()
    changed.write_text(policy_text(("cooling_hours = 72", "cooling_hours = 24")))

    call_command("publish_policy")

    assert FILE.stem in capsys.readouterr().err
    with pytest.raises(CommandError, match=FILE.stem):
        call_command("publish_policy", changed)
    assert PolicyVersion.objects.get()[Payouts].cooling_hours == 72


def test_a_policy_file_that_is_wrong_stops_the_command(db, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "policy").mkdir()
    wrong = policy_text(("cooling_hours = 72", "cooling_hours = -1"))
    (tmp_path / "policy" / FILE.name).write_text(wrong)

    with pytest.raises(CommandError, match="cooling_hours"):
        call_command("publish_policy")

    assert not PolicyVersion.objects.exists()


def test_the_same_file_is_published_once(db):
    for _time in range(2):
        publish_policy(FILE, at=NOON, actor=TESTER)

    assert PolicyVersion.objects.get()[Payouts].cooling_hours == 72
    assert Event.objects.filter(name="core.policy.published").count() == 1


def test_a_published_name_cannot_be_published_with_other_numbers(policy):
    text = policy_text(("cooling_hours = 72", "cooling_hours = 24"))
    with pytest.raises(Refused, match="under a new name"):
        publish_policy_text(policy.name, text.encode(), at=NOON, actor=TESTER)
    assert PolicyVersion.objects.get()[Payouts].cooling_hours == 72


def test_a_published_policy_cannot_be_changed(policy):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PolicyVersion.objects.filter(pk=policy.pk).update(body={})


def test_the_policy_in_force_is_the_latest_that_has_begun(policy):
    may = publish_policy_text("2026-05", LATER.encode(), at=NOON, actor=TESTER)

    assert policy_at(NOON) == policy
    assert policy_at(NOON)[Payouts].cooling_hours == 72
    assert policy_at(NOON + timedelta(days=90)) == may
    assert policy_at(NOON + timedelta(days=90))[Payouts].cooling_hours == 24


def test_a_section_reads_as_the_file_says_it(policy):
    assert policy[Refunds].returns.address["ko"].startswith("Klean 반품 담당")
    assert policy[Ladder].tracks["general"].steps[-1].rung == "CLOSURE"
    assert policy[Reports].reasons[0].notifiers >= {"CONSUMER", "AUTHORITY"}


class Exports(BaseModel, frozen=True, extra="forbid"):
    """What a later release adds."""

    keep_days: PositiveInt


@pytest.fixture
def next_release(settings, tmp_path, monkeypatch):
    """A release with one section more; what it adds to old policies stands in a file of this folder."""
    monkeypatch.setattr(registry, "_models", dict(sections()))
    register_section("exports", Exports)
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "policy" / "additions"
    folder.mkdir(parents=True)
    additions.cache_clear()
    yield folder
    additions.cache_clear()


def test_an_old_policy_reads_what_a_release_added_as_the_release_says(policy, next_release):
    (next_release / "0.3.0.toml").write_text("[exports]\nkeep_days = 7\n[payouts]\ncooling_hours = 1\n")

    assert policy[Exports].keep_days == 7
    assert policy[Payouts].cooling_hours == 72
    assert unreadable_policies(at=NOON) == []


def test_a_policy_published_since_has_to_say_it_itself(db, next_release):
    (next_release / "0.3.0.toml").write_text("[exports]\nkeep_days = 7\n")

    with pytest.raises(PolicyFault, match="missing sections: exports"):
        publish_policy_text("2026-05", LATER.encode(), at=NOON, actor=TESTER)
    publish_policy_text("2026-05", f"{LATER}\n[exports]\nkeep_days = 30\n".encode(), at=NOON, actor=TESTER)
    assert policy_at(NOON + timedelta(days=90))[Exports].keep_days == 30


JAPANESE = """
[refunds.returns.address]
ja = "返品先は返送ラベルをご覧ください"
[[refunds.reasons]]
code = "LOOKS_FAKE"
words.ja = "偽物に見える"
[[refunds.reasons]]
code = "GONE"
words.ja = "もうない理由"
[[screening.rules]]
name = "business_lapsed"
words.ja = "営業していない事業者"
[payouts]
cooling_hours = 1
"""


@pytest.fixture
def third_language(settings, next_release):
    """A release that speaks one language more; the words of old policies in it stand in a file."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("ja", "日本語")]
    (next_release / "ja.toml").write_text(JAPANESE)
    registry._models.pop("exports")


def test_an_old_policy_speaks_a_new_language_where_its_words_were_added_and_ours_elsewhere(
    policy, third_language
):
    with override("ja"):
        assert in_language(policy[Refunds].returns.address) == "返品先は返送ラベルをご覧ください"
        assert words_of_code(policy[Refunds].reasons, "LOOKS_FAKE") == "偽物に見える"
        assert words_of_code(policy[Refunds].reasons, "OTHER") == "Something else"
    assert {"GONE"}.isdisjoint(entry.code for entry in policy[Refunds].reasons)
    assert policy[Payouts].cooling_hours == 72


def test_a_new_policy_speaks_every_language_by_itself_or_by_the_words_that_were_added(
    db, next_release, third_language
):
    with pytest.raises(PolicyFault) as fault:
        publish_policy_text("2026-05", LATER.encode(), at=NOON, actor=TESTER)
    missing = [line.partition(": ")[2] for line in str(fault.value).splitlines()[1:]]
    assert "refunds.reasons[3].words: the words in ja are missing" in missing
    assert not any("reasons[0].words" in line and "refunds" in line for line in missing)
    assert len(missing) == LATER.count("words.ko") - 2

    whole = re.sub(r"words\.ko = (.*)", r"\g<0>\nwords.ja = \1", LATER)
    assert publish_policy_text("2026-05", whole.encode(), at=NOON, actor=TESTER)


def test_what_was_published_stays_so_though_a_later_release_asks_for_more(policy, third_language):
    assert publish_policy(FILE, at=NOON, actor=TESTER) == policy


def test_what_a_release_no_longer_reads_is_passed_over_and_what_it_lacks_is_added_deep_down():
    stored = {"governance": {"consultation_days": 14, "notice_days": 30, "once_days": 3}}
    added = [{"governance": {"subject_request_days": 10, "notice_days": 1}}]

    assert read_stored(Governance, stored, added) == Governance(
        consultation_days=14, notice_days=30, subject_request_days=10
    )
    stored = {"retention": dict.fromkeys(CLASSES, 30) | {"FAX": 10}}
    assert read_stored(Retention, stored).days_of("MAIL") == 30


def test_a_policy_that_this_release_cannot_read_is_named_by_check_and_stops_only_what_needs_it(
    policy, next_release
):
    assert policy[Payouts].cooling_hours == 72
    with pytest.raises(UnusablePolicy, match="policy 2026-01"):
        policy[Exports]

    (warning,) = check_policies(databases=["default"])
    assert "2026-01" in warning.msg
    assert "exports" in warning.msg
    assert check_policies(databases=None) == []


def test_check_looks_at_the_database_by_itself(policy, capsys):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(registry, "_models", {**sections(), "exports": Exports})
        call_command("check")
    assert "This release cannot read the policy 2026-01" in capsys.readouterr().err


def test_without_a_policy_a_page_says_so_and_tells_staff_why(db, client, person, browser_of):
    assert client.get("/accuracy").status_code == 503
    page = browser_of(person("governance")).get("/governance/calendar")

    assert page.status_code == 503
    assert "publish_policy" in page.text
    assert "publish_policy" not in client.get("/accuracy").text
