"""The habits of docs/map.md, kept by a machine."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from klean.core.events.facts import FACTS
from klean.core.rows.states import Stepped

ROOT = Path(settings.BASE_DIR)
APPS = ["brands", "sellers", "listings", "reports", "refunds", "mystery_shop", "enforcement", "legal", "governance"]
DOORS = {"views", "api", "handlers", "tasks", "admin"}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "step",
    "get_or_create",
    "update_or_create",
}
MOST_LINES = 300
OURS = [*APPS, "klean", "demo"]


def modules():
    found = [path for app in OURS for path in sorted((ROOT / app).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def short(path):
    return str(path.relative_to(ROOT))


def is_door(path):
    parts = [part.removesuffix(".py") for part in path.relative_to(ROOT).parts]
    return parts[0] in APPS and parts[1] in DOORS


def calls(path):
    tree = ast.parse(path.read_text())
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and not (
            isinstance(node.func.value, ast.Name) and node.func.value.id in {"forms", "context", "kwargs"}
        )
    }


MODULES = modules()


@pytest.mark.parametrize("path", [path for path in MODULES if is_door(path)], ids=short)
def test_doors_never_write(path):
    assert not calls(path) & WRITES


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_stays_under_three_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_no_drawer_is_called_by_a_name_that_says_nothing(path):
    assert path.stem not in {"utils", "helpers", "services", "signals", "managers", "misc", "common"}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "apps.py"], ids=short)
def test_nothing_is_imported_inside_a_function(path):
    inside = [
        node.lineno
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside


@pytest.mark.parametrize("path", [path for path in MODULES if "actions" in path.parts], ids=short)
def test_every_public_action_names_its_actor_last_and_without_default(path):
    for function in ast.parse(path.read_text()).body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        names = [argument.arg for argument in function.args.kwonlyargs]
        if "actor" in [*names, *(argument.arg for argument in function.args.args)]:
            assert names[-1] == "actor", f"{function.name} takes its actor as the last keyword"
            assert function.args.kw_defaults[-1] is None, f"{function.name} never assumes an actor"


@pytest.mark.parametrize(
    "fact", sorted(FACTS.values(), key=lambda fact: fact.name), ids=lambda fact: fact.name
)
def test_a_fact_is_named_under_its_app_and_explained(fact):
    app = fact.__module__.removeprefix("klean.").partition(".")[0]
    assert re.fullmatch(rf"{app}\.[a-z_]+\.[a-z_]+", fact.name) or app.startswith("test")
    assert fact.__doc__


@pytest.mark.parametrize(
    "fact", sorted(FACTS.values(), key=lambda fact: fact.name), ids=lambda fact: fact.name
)
def test_a_fact_carries_no_personal_data(fact):
    personal = {"name", "email", "phone", "address", "contact", "text", "words", "reasons", "explanation"}
    assert not personal & {field.name for field in fields(fact)}


STEPPED = [model for model in apps.get_models() if issubclass(model, Stepped)]


@pytest.mark.parametrize("model", STEPPED, ids=lambda model: model.__name__)
def test_the_steps_of_a_model_are_complete(model):
    states = set(model.State)
    assert set(model.STEPS) == states
    assert set().union(*model.STEPS.values()) <= states


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_only_step_writes_a_state(path):
    if path == ROOT / "klean" / "core" / "rows" / "states.py":
        return
    written = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert not written


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=short)
def test_a_template_runs_no_script_and_has_no_style_of_its_own(path):
    text = path.read_text()
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style|(?<!help_text)\|safe\b|autoescape off", text
    )
