"""The page about facts for whoever reads the event feed or receives webhooks, written from the facts themselves."""

from inspect import cleandoc
from itertools import groupby

from klean.core.events.facts import Fact
from klean.core.events.registry import facts_of_apps, wire_shape

INTRODUCTION = """
# Events

What Klean tells other machines: each event stands in the feed (`GET /api/v1/events`) and goes out by webhook, in the same
shape. This page is written by `python manage.py list_facts > docs/events.md`; a test compares it with the code.

```json
{"id": "evt_812", "type": "enforcement.decision.issued", "timestamp": "2026-01-15T09:00:00+09:00", "position": 812,
 "subject": "enforcement.case:7", "data": {"case_id": 7, "listing": "L-100", "seller": "S-5"}}
```

- `type` is `<app>.<noun>.<past participle>`. Types and fields are added, never renamed or taken away; read past what you
  do not know.
- `position` counts without gaps in the order of the commits: go on after the last one that you have stored.
- `data` holds ids, codes, digests and amounts in won, never personal data or texts. Fields named `listing`, `seller` and
  `order` are the marketplace's own ids; fields that end in `_id` are Klean's.
- The marketplace receives every event, any other organisation those that carry its `organisation_id`.
"""
HEADING = "| type | when | data |\n|---|---|---|"


def fact_page() -> str:
    sections = [INTRODUCTION.strip()]
    for app, facts in groupby(facts_of_apps(), key=lambda fact: fact.name.partition(".")[0]):
        rows = "\n".join(_row(fact) for fact in facts)
        sections.append(f"## {app}\n\n{HEADING}\n{rows}")
    return "\n\n".join(sections) + "\n"


def _row(fact: type[Fact]) -> str:
    when = " ".join(cleandoc(fact.__doc__ or "").split()).replace("``", "`").replace("|", "\\|")
    data = ", ".join(f"`{name}` {kind}" for name, kind in wire_shape(fact).items())
    return f"| `{fact.name}` | {when} | {data} |"
