"""How a moment becomes a day."""

import ast
from collections.abc import Iterator

from lints.project import Finding, Module, Project
from lints.syntax import called_name, last_name

CALENDAR = ["klean", "core", "policy", "rules"]
ONE_FUNCTION = "day_of"
OF_THE_SERVER = {"localdate", "today"}
OF_THE_DATABASE = {"TruncDate", "TruncDay"}


def one_function_makes_days(project: Project) -> Iterator[Finding]:
    """A day is a day in the policy's zone; ``day_of`` in klean.core.policy.rules alone makes one of a moment."""
    for module in project.modules:
        for node in module.nodes:
            if isinstance(node, ast.Call) and _makes_a_day(node) and not _is_the_one(node, module):
                yield module.finding(node, "day_of(moment)")
            if isinstance(node, ast.keyword) and node.arg and "date" in node.arg.split("__")[1:]:
                yield module.finding(node.value, f"compare moments: {node.arg} asks for the server's day")


def _makes_a_day(call: ast.Call) -> bool:
    name = called_name(call)
    if name == "date" and isinstance(call.func, ast.Attribute):
        return not call.args and not _is_parsed(call.func.value)
    if name in OF_THE_DATABASE:
        return "tzinfo" not in {keyword.arg for keyword in call.keywords}
    return name in OF_THE_SERVER


def _is_parsed(owner: ast.expr) -> bool:
    """``strptime(…).date()`` reads a day that is written; no moment is behind it."""
    return isinstance(owner, ast.Call) and last_name(owner.func) == "strptime"


def _is_the_one(node: ast.AST, module: Module) -> bool:
    function = module.function_around(node)
    return module.names[:4] == CALENDAR and function is not None and function.name == ONE_FUNCTION
