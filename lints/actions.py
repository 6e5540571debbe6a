"""How actions take their time and their author."""

import ast
from collections.abc import Iterator

from lints.project import Finding, Function, Module, Project
from lints.syntax import called_name
from lints.writing import written

RECORDS = {"record", "record_all"}
LAST = ["at", "actor"]


def actions_name_their_time_and_actor(project: Project) -> Iterator[Finding]:
    """A public action that records or writes takes ``at`` and ``actor`` by keyword, last, without defaults."""
    for module in project.modules:
        if module.drawer == "actions":
            changing = _changing(module)
            for function in module.tree.body:
                if isinstance(function, Function) and function.name in changing - _signed(module):
                    yield module.finding(function, f"{function.name}(…, *, …, at: datetime, actor: Actor)")


def _signed(module: Module) -> set[str]:
    """The functions that end as they should, and the private ones."""
    functions = [node for node in module.tree.body if isinstance(node, Function)]
    return {function.name for function in functions if function.name.startswith("_") or _ends_well(function)}


def _ends_well(function: Function) -> bool:
    arguments = function.args
    names = [argument.arg for argument in arguments.kwonlyargs]
    return names[-2:] == LAST and arguments.kw_defaults[-2:] == [None, None] and arguments.kwarg is None


def _changing(module: Module) -> set[str]:
    """The module's functions that record or write, themselves or through another function of the module."""
    functions = [node for node in module.tree.body if isinstance(node, Function)]
    calls = {function.name: _called(function) for function in functions}
    changing = {function.name for function in functions if any(written(list(ast.walk(function))))}
    changing |= {name for name, called in calls.items() if called & RECORDS}
    while more := {name for name, called in calls.items() if called & changing} - changing:
        changing |= more
    return changing


def _called(function: Function) -> set[str]:
    return {called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
