"""Questions about Python's syntax that several lints ask."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from lints.project import Module


def called_name(call: ast.Call) -> str:
    """The last part of what is called: ``create`` of ``Case.objects.create(…)``."""
    return last_name(call.func)


def last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_text(node: ast.AST | None) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def written_text(node: ast.AST) -> str:
    """A string as it stands in the code, ``{}`` where an f-string puts a value."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if is_text(part) else "{}" for part in node.values)
    return str(node.value) if is_text(node) else ""


def targets_of(node: ast.AST) -> list[ast.expr]:
    """What an assignment gives a value."""
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []


def docstrings(module: Module) -> set[int]:
    """The ids of the nodes that are docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = (node.body for node in module.nodes if isinstance(node, documented))
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def base_names(found: ast.ClassDef) -> set[str]:
    return {last_name(base) for base in found.bases}


def subclasses_of(name: str, modules: list[Module]) -> Iterator[tuple[Module, ast.ClassDef]]:
    """Every class that descends from the class of that name, followed by name through the whole project."""
    classes = [(module, found) for module in modules for found in module.classes]
    family = {name}
    while grown := {found.name for _, found in classes if base_names(found) & family} - family:
        family |= grown
    return ((module, found) for module, found in classes if base_names(found) & family)
