"""The replay of a draft: array by array it says what the ladder says seller by seller."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.sanctions.models import Sanction
from enforcement.sanctions.queries.history import NEVER, RUNGS, History, replay
from enforcement.sanctions.rules.ladder import Past, ledger_of
from enforcement.sanctions.rules.policy import Ladder
from klean.core.events.models import Event
from klean.core.policy.texts import checked_section
from tests.fixtures import NOON
from tests.make.enforcement import decision, live_listing
from tests.make.sellers import seller

PRESETS = django_settings.BASE_DIR / "policy" / "presets"
START = datetime(2026, 1, 1, tzinfo=UTC)


def preset(name):
    return checked_section(Ladder, (PRESETS / f"{name}.toml").read_text())


@pytest.mark.parametrize("name", ["aliexpress-2026", "lazada", "tiktok-shop", "three-strikes"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_arrays_and_the_ladder_agree_on_every_violation(name, data):
    ladder = preset(name)
    names = sorted(ladder.severities)
    rows = data.draw(
        st.lists(
            st.tuples(st.integers(1, 4), st.integers(0, 60 * 24 * 500), st.integers(0, len(names) - 1)),
            max_size=40,
        )
    )
    rows.sort(key=lambda row: row[:2])
    columns = [np.array([row[place] for row in rows], np.int64) for place in range(3)]
    at = int(START.timestamp() * 1_000_000) + columns[1] * 60_000_000
    done = replay(History(columns[0], at, columns[2], names), ladder)

    for shop in {row[0] for row in rows}:
        places = [place for place, row in enumerate(rows) if row[0] == shop]
        pasts = [
            Past(place, names[rows[place][2]], START + timedelta(minutes=rows[place][1]), "draft")
            for place in places
        ]
        for entry in ledger_of(pasts, {"draft": ladder}):
            replayed = (done.counted[entry.id], done.total[entry.id], RUNGS[done.rung[entry.id]])
            assert replayed == (entry.counted, entry.total, entry.step.rung if entry.step else "")
            if entry.step and entry.step.days:
                ends = entry.at + timedelta(days=entry.step.days)
                assert done.ends[entry.id] == int(ends.timestamp()) * 1_000_000
            if entry.step and entry.step.rung == "CLOSURE":
                assert done.ends[entry.id] == NEVER


@pytest.mark.usefixtures("policy")
def test_the_page_shows_who_would_be_suspended_and_changes_nothing(person, browser_of):
    shop = seller()
    for day in (0, 10):
        decision("GENERAL", about=live_listing(f"l-{day}", by=shop), at=NOON + timedelta(days=day))
    before, sanctions = Event.objects.count(), Sanction.objects.count()
    desk = browser_of(person("penalties"))

    answer = desk.post(
        "/penalties/replays/", {"preset": "three-strikes"}, headers={"Accept-Language": "en"}
    ).content.decode()

    assert "Sellers tested: 1. Confirmed violations: 2." in answer
    assert "WARNING" not in answer
    assert (Event.objects.count(), Sanction.objects.count()) == (before, sanctions)


@pytest.mark.usefixtures("policy")
def test_what_the_draft_has_no_rule_for_counts_nothing_and_is_named(person, browser_of):
    decision("PROHIBITED")
    desk = browser_of(person("penalties"))

    answer = desk.post("/penalties/replays/", {"preset": "lazada"}, headers={"Accept-Language": "en"}).text

    assert "Sellers tested: 1. Confirmed violations: 1." in answer
    assert "The draft has no rule for these violations, so they do not count: prohibited goods." in answer


@pytest.mark.usefixtures("policy")
@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (b"[ladder", "line 1: the text ends within a statement"),
        (b"[cases]\n", "missing sections: ladder"),
        (
            (PRESETS / "lazada.toml").read_bytes().replace(b"reached = 24", b"reached = 12"),
            "line 23: ladder.tracks.points.steps[1].reached: 12 must be more than 12",
        ),
    ],
)
def test_a_draft_that_cannot_be_is_refused_with_its_line(draft, words, person, browser_of):
    desk = browser_of(person("senior"))
    answer = desk.post("/penalties/replays/", {"draft": SimpleUploadedFile("d.toml", draft)})

    assert answer.status_code == 409
    assert words in answer.content.decode()
