"""Who may write a state."""

import ast
import re
from collections.abc import Iterator

from lints.project import Finding, Module, Project
from lints.spread import keys_given, texts_within
from lints.syntax import called_name, docstrings, is_text, last_name, subclasses_of, written_text

STATE = "state"
MAKES = {"create", "get_or_create", "update_or_create"}
CHANGES = {"update", "bulk_update", "bulk_create", "save"}
MAKES |= {f"a{name}" for name in MAKES}
CHANGES |= {f"a{name}" for name in CHANGES}
COLUMN = r'(?:\w+\.)?"?state"?'
SETS = re.compile(
    rf"\bset\b(?:(?!\bwhere\b)[^;])*?(?:{COLUMN}\s*=|\{{\}}\s*=)|\binsert\s+into\b[^()]*\([^)]*(?<![\w]){COLUMN}(?!\w)",
    re.IGNORECASE,
)


def only_a_step_writes_a_state(project: Project) -> Iterator[Finding]:
    """A state is written by ``step`` and ``bulk_step`` alone; a row begins in its default state."""
    stepped = {found.name for _, found in subclasses_of("Stepped", project.modules)}
    for module in project.modules:
        if any(found.name == "Stepped" for found in module.classes):
            continue
        writers = MAKES | stepped | CHANGES | _passing_on(module)
        prose = docstrings(module)
        own = {
            id(node) for found in module.classes if found.name not in stepped for node in _of_itself(found)
        }
        for node in module.nodes:
            if (_assigns(node) and id(node) not in own) or (
                isinstance(node, ast.Call) and _gives(node, module, writers)
            ):
                yield module.finding(node, "take a step: row.step(to), or Model.bulk_step(rows, to)")
            elif id(node) not in prose and SETS.search(written_text(node)):
                yield module.finding(node, "SQL writes no state: Model.bulk_step(rows, to)")


def _assigns(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == STATE and not isinstance(node.ctx, ast.Load)


def _of_itself(found: ast.ClassDef) -> Iterator[ast.AST]:
    """``self.state`` of an object that is no row."""
    for node in ast.walk(found):
        if isinstance(node, ast.Attribute) and last_name(node.value) == "self":
            yield node


def _passing_on(module: Module) -> set[str]:
    """The module's functions that write what they are given by keyword: ``def _change(row, **fields)``."""
    writers = MAKES | CHANGES
    return {
        function.name
        for function in module.functions
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and called_name(call) in writers and function.args.kwarg
        for keyword in call.keywords
        if keyword.arg is None and last_name(keyword.value) == function.args.kwarg.arg
    }


def _gives(call: ast.Call, module: Module, writers: set[str]) -> bool:
    """Whether a call names the state among what it writes."""
    name = called_name(call)
    if name in {"setattr", "__setattr__"}:
        return _may_set(call, module)
    if name not in writers:
        return False
    return STATE in keys_given(call, module) or _lists_state(call, module)


def _lists_state(call: ast.Call, module: Module) -> bool:
    """``save(update_fields=[…])``, ``bulk_create(rows, update_fields=[…])``, ``bulk_update(rows, […])``."""
    lists = [keyword.value for keyword in call.keywords if keyword.arg in {"fields", "update_fields"}]
    lists += call.args[1:2] if called_name(call).endswith("bulk_update") else []
    return any(STATE in texts_within(listed, module) for listed in lists)


def _may_set(call: ast.Call, module: Module) -> bool:
    """A computed name may be the state where its function, or what that reads, speaks of one."""
    name = call.args[-2] if len(call.args) > 1 else None
    if is_text(name):
        return name.value == STATE
    return STATE in texts_within(module.function_around(call) or module.tree, module)
