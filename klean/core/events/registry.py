"""Every fact of the installed apps, and its shape on the wire."""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from django.apps import apps

from klean.core.events.facts import FACTS, Fact

FACTS_OF_APPS_AND_ROOMS = ("facts.py", "facts/*.py", "*/facts.py", "*/facts/*.py")
JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def load_facts() -> None:
    """Import every drawer of facts, so that each process can read each event of this release."""
    for config in apps.get_app_configs():
        root = Path(config.path)
        for pattern in FACTS_OF_APPS_AND_ROOMS:
            for path in root.glob(pattern):
                parts = path.relative_to(root).with_suffix("").parts
                import_module(".".join([config.name, *(part for part in parts if part != "__init__")]))


def facts_of_apps() -> Iterator[type[Fact]]:
    """The facts that the installed apps may record, by name."""
    labels = {config.label for config in apps.get_app_configs()}
    for name in sorted(FACTS):
        if name.partition(".")[0] in labels:
            yield FACTS[name]


def wire_shape(fact: type[Fact]) -> dict[str, str]:
    """The JSON type of each field, in the order of the payload."""
    hints = get_type_hints(fact)
    return {field.name: _json_type(hints[field.name]) for field in fields(fact)}


def _json_type(hint: Any) -> str:
    if get_origin(hint) is list:
        return f"array of {_json_type(get_args(hint)[0])}"
    if get_origin(hint) is UnionType:
        return " or ".join(_json_type(part) for part in get_args(hint))
    return JSON_TYPES[hint]
