"""Which expressions write a row."""

import ast
from collections.abc import Iterator

from lints.syntax import called_name, is_text, written_text

WRITES = {
    "bulk_create",
    "bulk_step",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "save_base",
    "step",
    "step_all",
    "update",
    "update_or_create",
}
WRITES |= {f"a{name}" for name in WRITES}
# Given a positional argument, these are a dictionary's or a hash's update(other) and a cache's delete(key).
OF_NO_ROW = {"delete", "update"}
RELATION = {"add", "clear", "remove", "set"}
SQL = {"execute", "executemany", "raw"}


def written(nodes: list[ast.AST]) -> Iterator[ast.AST]:
    """The nodes that write a row, or hand over a method that does."""
    for call in nodes:
        if isinstance(call, ast.Call):
            if _writes(call):
                yield call
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            yield from (value for value in given if isinstance(value, ast.Attribute) and value.attr in WRITES)


def _writes(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and not _is_of_no_row(call)
    return named or _names_a_write(call) or _changes_relation(call) or _runs_sql(call)


def _is_of_no_row(call: ast.Call) -> bool:
    return called_name(call) in OF_NO_ROW and bool(call.args)


def _names_a_write(call: ast.Call) -> bool:
    """``getattr(row, "save")`` and ``methodcaller("save")``."""
    names = {str(argument.value) for argument in call.args if is_text(argument)}
    return called_name(call) in {"getattr", "methodcaller"} and bool(WRITES & names)


def _changes_relation(call: ast.Call) -> bool:
    """``user.groups.add(group)``; a set that a function or an object has to itself is no relation."""
    method = call.func
    if not isinstance(method, ast.Attribute) or method.attr not in RELATION:
        return False
    owner = method.value
    return isinstance(owner, ast.Attribute) and getattr(owner.value, "id", "") != "self"


def _runs_sql(call: ast.Call) -> bool:
    reads = bool(call.args) and written_text(call.args[0]).lstrip().upper().startswith("SELECT")
    return called_name(call) in SQL and isinstance(call.func, ast.Attribute) and not reads
