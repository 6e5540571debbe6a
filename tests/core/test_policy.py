"""A policy is published whole or refused, with every fault, its line and words in the reader's language."""

import re
import tomllib
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from django.utils.translation import override
from pydantic import BaseModel

from klean.core.events.models import Event
from klean.core.policy.actions.publishing import publish_policy_text
from klean.core.policy.faults import PolicyFault
from klean.core.policy.models import PolicyVersion
from klean.core.policy.rules.lines import lines_of
from klean.core.policy.rules.sections import sections
from tests.fixtures import NOON, TESTER
from tests.make.policies import FILE, faults, line_with, policy_text


def refused(text: str) -> str:
    with pytest.raises(PolicyFault) as fault:
        publish_policy_text("2026-05", text.encode(), at=NOON, actor=TESTER)
    assert not PolicyVersion.objects.filter(name="2026-05").exists()
    assert not Event.objects.filter(name="core.policy.published").exists()
    return str(fault.value)


def test_a_file_with_its_date_alone_is_refused_and_names_every_section(db):
    words = refused("in_force_from = 2026-05-01T00:00:00+09:00\n")

    assert set(re.findall(r"\w+", words.partition("missing sections: ")[2])) == set(sections())


def test_the_file_that_comes_with_klean_is_whole():
    assert faults(FILE.read_text()) == []
    assert set(tomllib.loads(FILE.read_text())) == {"in_force_from", *sections()}


@pytest.mark.parametrize(
    ("before", "after", "line", "fault"),
    [
        ("cooling_hours = 72", 'cooling_hours = "two days"', "cooling_hours", "a whole number is needed"),
        ("cooling_hours = 72", "cooling_hours = 72.0", "cooling_hours", "a whole number is needed"),
        ("cooling_hours = 72", "cooling_hours = true", "cooling_hours", "a whole number is needed"),
        ("cooling_hours = 72", "cooling_hours = 0", "cooling_hours", "a number above 0 is needed"),
        ("cooling_hours = 72", "", "[payouts]", "this setting is missing"),
        (
            "cooling_hours = 72",
            "coolng_hours = 72",
            "coolng_hours",
            "payouts.coolng_hours: unknown setting; is cooling_hours meant?",
        ),
        ("cooling_hours = 72", "cooling_hours = 72\nice = 1", "ice = 1", "payouts.ice: unknown setting"),
        ("[payouts]", "[payout]", "[payout]", "payout: unknown section"),
        ('kind = "permit"', 'kind = "permmit"', "permmit", "no check finds the kind permmit"),
        ("2026-01-01T00:00:00+09:00", "2026-01-01", "in_force_from", "a date and time with its zone"),
        (
            'zone = "Asia/Seoul"\nopens',
            'zone = "Mars"\nopens',
            'zone = "Mars"',
            "calendar.zone: a time zone such as",
        ),
        ('"2026-01-01", ', '"1 January", ', "1 January", "calendar.holidays[0]: a day like 2026-01-31"),
        ("closes = 18", "closes = 9", "closes = 9", "9 is not after 9, when the day opens"),
        ("MAIL = 90", "MAIL = 0", "MAIL = 0", "retention.MAIL: a number above 0"),
        ("max_depth = 3", "max_depth = [3]", "max_depth", "authorisations.max_depth: a whole number"),
        ("warn_days = [30, 7, 1]", "warn_days = 30", "warn_days", "authorisations.warn_days: a list"),
    ],
)
def test_what_nobody_could_work_with_is_refused_with_its_line(db, before, after, line, fault):
    text = policy_text((before, after))

    words = refused(text)

    assert any(
        one.startswith(f"line {line_with(line, text)}: ") and fault in one for one in words.splitlines()
    ), words


def test_all_faults_of_a_file_are_named_at_once_from_top_to_bottom():
    text = policy_text(
        ("overdue = 40", "overdue = 4"),
        ('rung = "RESTRICTION", days = 3', 'rung = "BAN", days = 3'),
        ("[links]", "[likns]"),
        ("claim_within_days = 90", "claim_within_days = 9.5"),
        ('kind = "permit"', 'kind = "permmit"'),
    )

    found = faults(text)

    assert [fault.partition(": ")[0] for fault in found] == [
        "missing sections",
        *(
            f"line {line_with(part, text)}"
            for part in ("overdue = 4", "BAN", "[likns]", "claim_within_days", "permmit")
        ),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("not = toml = at all", "line 1: from column 7 on this is no TOML"),
        ("a = 1\nb = 2\na = 3\n[c]\n", "there already"),
        ("[a]\n[a]\n", "line 2: a table or setting of this name is there already"),
        ('a = "no end', "line 1: the text ends within a statement"),
    ],
)
def test_what_is_no_toml_is_refused_where_it_stops(text, fault):
    assert fault in faults(text)[0]


def test_a_text_in_another_encoding_is_refused(db):
    with pytest.raises(PolicyFault, match="UTF-8"):
        publish_policy_text("x", FILE.read_text().encode("cp949"), at=NOON, actor=TESTER)


def test_a_korean_reader_reads_korean_alone_besides_names_and_values():
    text = policy_text(
        ("cooling_hours = 72", 'coolng_hours = "x"'),
        ("overdue = 40", "overdue = 4"),
        ("closes = 18", "closes = 9"),
        ('rung = "RESTRICTION", days = 3', 'rung = "BAN", days = 3'),
        ("[links]", "[likns]"),
        ("emergencies = false", 'emergencies = "no"'),
        ('words.ko = "가짜처럼 보이거나 느껴져요"\n', ""),
        ('kind = "permit"', 'kind = "permmit"'),
    )
    with override("ko"):
        found = faults(text)

    known = {*re.findall(r"\w+", FILE.read_text() + text)}
    strange = {word for fault in found for word in re.findall(r"[A-Za-z_]+", fault)} - known - {"TOML"}
    assert len(found) == 10
    assert not strange


def test_the_lines_of_a_file_are_those_of_its_settings():
    def places(value: Any, place: tuple[str | int, ...] = ()) -> Any:
        if place:
            yield place
        parts = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for name, part in parts:
            yield from places(part, (*place, name))

    text = (
        FILE.read_text()
        + 'b.c."d e" = [{ f = "#=]" }, [1.5, 2026-01-01 10:00:00Z]]\n[[b.l]]\n[b.l.m]\n[[b.l]]\n'
    )
    text = 'a = """\n[no]\n"""\n' + text.replace("\n[", "\n# [no = 1]\n\n[")
    lines = lines_of(text)

    assert set(lines) == set(places(tomllib.loads(text)))
    for place, line in lines.items():
        if isinstance(place[-1], str) and place != ("a",):
            assert place[-1] in text.splitlines()[line - 1]


def models_below(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        own = {annotation}
        return own.union(*(models_below(field.annotation) for field in annotation.model_fields.values()))
    return (
        set().union(*(models_below(part) for part in get_args(annotation))) if get_args(annotation) else set()
    )


def test_every_section_is_frozen_and_takes_nothing_that_it_does_not_name():
    for model in set().union(*(models_below(section) for section in sections().values())):
        assert model.model_config.get("frozen"), model
        assert model.__pydantic_root_model__ or model.model_config.get("extra") == "forbid", model
        for name, field in model.model_fields.items():
            is_optional = get_origin(field.annotation) in (Union, UnionType)
            assert (
                field.is_required() or is_optional or field.default in ((), "", False, "points", "live", {})
            ), (
                model,
                name,
            )
