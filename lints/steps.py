"""Whether the states of each model are all accounted for; asks Django for the models."""

import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.apps import apps

from lints.project import Finding, Project


def the_steps_of_a_model_are_complete(project: Project) -> Iterator[Finding]:
    """``STEPS`` of a model names each state once, with the states that may follow it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klean.settings.tests")
    django.setup()
    for model in apps.get_models():
        steps = getattr(model, "STEPS", None)
        if steps is not None:
            for fault in faults_of(set(getattr(model, "State", ())), steps):
                yield Finding(*_place(model, project.root), f"{model.__name__}: {fault}")


def faults_of(states: set[Any], steps: dict[Any, frozenset[Any]]) -> Iterator[str]:
    """What is wrong with the steps of a model that has these states."""
    reached = set().union(*steps.values()) if steps else set()
    for state in sorted(states - set(steps), key=str):
        yield f"say what may follow {state}"
    for state in sorted((set(steps) | reached) - states, key=str):
        yield f"{state} is no state of it"


def _place(model: type[Any], root: Path) -> tuple[str, int]:
    path = Path(inspect.getsourcefile(model) or "").resolve()
    return str(path.relative_to(root.resolve())), inspect.getsourcelines(model)[1]
