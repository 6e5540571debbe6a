"""The wire shape of every fact is a public contract: it is frozen here."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from klean.core.events.facts import SentenceByCode
from klean.core.events.models import Event
from klean.core.events.registry import facts_of_apps, wire_shape
from klean.core.management.fact_pages import fact_page

SNAPSHOT = Path(__file__).with_name("facts.snapshot.json")
ADVICE = """
The wire shape of facts is not that of tests/core/facts.snapshot.json:

{differences}

Outsiders rely on it: a field may be added, with a default, never renamed or taken away. When the change is meant, write it
into CHANGELOG.md and run

    python manage.py list_facts --json > tests/core/facts.snapshot.json
    python manage.py list_facts > docs/events.md
"""
FACTS = list(facts_of_apps())
SAMPLES = {"string": "x", "integer": 1, "number": 0.5, "boolean": True, "null": None}


def differences(frozen, now):
    for name in sorted({*frozen, *now}):
        if frozen.get(name) != now.get(name):
            yield f"  {name}: was {frozen.get(name, 'no fact')}, is {now.get(name, 'no fact')}"


def sample(shape):
    """A payload of this shape."""
    return {
        field: [SAMPLES[kind.removeprefix("array of ")]]
        if kind.startswith("array of ")
        else SAMPLES[kind.partition(" or ")[0]]
        for field, kind in shape.items()
    }


def sentences(fact):
    """The payloads in which the fact says each of its sentences."""
    payload = sample(wire_shape(fact))
    if isinstance(fact.sentence, SentenceByCode):
        for code in [*fact.sentence.sentences, "some other code"]:
            yield payload | {fact.sentence.field: code}
    else:
        yield payload


def test_the_wire_shape_of_every_fact_is_frozen():
    now = {fact.name: wire_shape(fact) for fact in FACTS}
    changed = "\n".join(differences(json.loads(SNAPSHOT.read_text()), now))
    assert not changed, ADVICE.format(differences=changed)


def test_the_page_about_events_is_current():
    page = Path(settings.BASE_DIR, "docs", "events.md").read_text()
    assert page == fact_page(), "run: python manage.py list_facts > docs/events.md"


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_is_read_back_as_it_was_written(fact):
    written = fact.from_payload(sample(wire_shape(fact)))
    assert fact.from_payload(json.loads(json.dumps(written.payload()))) == written


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_sentence_of_a_fact_can_be_said(fact, language):
    with translation.override(language):
        shown = [Event(name=fact.name, data=payload).sentence for payload in sentences(fact)]
    assert fact.name not in shown
    assert not any("%(" in sentence for sentence in shown)
