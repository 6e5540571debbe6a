"""Stored signals are read back whatever version wrote them."""

import pytest

from screening.stored import read_signals, read_stored
from screening.words import in_words

MENTION = {
    "kind": "brand_mention",
    "brand": "Nike",
    "value": 0.93,
    "evidence": {
        "field": "title",
        "start": 3,
        "end": 9,
        "text": "ㄴㅏ이키",
        "reads_as": "나이키",
        "how": ["jamo"],
        "use": "trade",
    },
}


def changed(**evidence):
    return MENTION | {"evidence": {k: v for k, v in (MENTION["evidence"] | evidence).items() if v is not ...}}


def test_a_sound_signal_says_what_was_found() -> None:
    (signal,) = read_stored([MENTION])
    assert in_words(signal.label) == "Brand named"
    assert in_words(signal.sentence) == "“ㄴㅏ이키” reads as 나이키 (letters taken apart)."
    assert signal.is_reason


@pytest.mark.parametrize(
    ("row", "label", "words"),
    [
        (
            {"kind": "logo", "brand": "Nike", "value": 0.9, "evidence": {"box": [0, 1], "score": None}},
            "logo",
            "box: [0, 1], score: –",
        ),
        (
            changed(how=...),
            "Brand named",
            "field: title, start: 3, end: 9, text: ㄴㅏ이키, reads_as: 나이키, use: trade",
        ),
        (changed(how="jamo", start=...), "Brand named", "how: jamo"),
        (changed(field="footer"), "Brand named", "field: footer"),
        (changed(start=-5), "Brand named", "start: -5"),
        (MENTION | {"evidence": None}, "Brand named", "–"),
        (MENTION | {"evidence": [1]}, "Brand named", "[1]"),
        ({}, "–", "–"),
        ("a text", "–", "a text"),
        (None, "–", "–"),
    ],
)
def test_what_cannot_be_read_is_its_own_name_and_values_and_no_reason(row, label, words) -> None:
    (signal,) = read_stored([row])
    assert in_words(signal.label) == label
    assert words in in_words(signal.sentence)
    assert signal.evidence is None
    assert not signal.is_reason


@pytest.mark.parametrize(
    ("value", "strength"), [(None, 0), ("high", 0), (True, 0), (7, 1), (-1, 0), (0.4, 0.4)]
)
def test_a_strength_lies_between_nothing_and_all(value, strength) -> None:
    (signal,) = read_stored([MENTION | {"value": value}])
    assert signal.value == strength


@pytest.mark.parametrize("rows", [None, {}, "text", 7])
def test_what_is_no_list_holds_no_signals(rows) -> None:
    assert read_stored(rows) == []
    assert read_signals(rows) == []


def test_only_what_has_a_kind_and_a_strength_is_weighed_again() -> None:
    rows = [MENTION, MENTION | {"value": "high"}, {"kind": "logo", "value": 0.5}, {"value": 1}, "text", None]
    assert [(one.kind, one.value, one.brand) for one in read_signals(rows)] == [
        ("brand_mention", 0.93, "Nike"),
        ("logo", 0.5, ""),
    ]
