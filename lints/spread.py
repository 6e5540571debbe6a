"""What a call is given where its arguments are spread: ``update(**changes)``, ``defaults=written(row)``."""

import ast
from collections.abc import Iterable, Iterator

from lints.project import Module
from lints.syntax import is_text, targets_of

DEFAULTS = {"create_defaults", "defaults"}


def keys_given(call: ast.Call, module: Module) -> set[str]:
    """The names a call sets, those of spread dictionaries and of ``defaults=`` with them, as far as its module tells."""
    named = {keyword.arg for keyword in call.keywords if keyword.arg}
    spread = [word.value for word in call.keywords if word.arg is None or word.arg in DEFAULTS]
    nodes = [node for value in spread for node in _reached(value, module)]
    return named | {key for node in nodes for key in _keys(node)}


def texts_within(node: ast.AST, module: Module) -> set[str]:
    """The strings that an expression is made of, those behind the names it uses with them."""
    return {str(found.value) for found in _reached(node, module) if is_text(found)}


def _keys(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Dict):
        return [str(key.value) for key in node.keys if is_text(key)]
    if isinstance(node, ast.Call):
        return [keyword.arg for keyword in node.keywords if keyword.arg]
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and is_text(node.slice):
        return [str(node.slice.value)]
    return []


def _reached(node: ast.AST, module: Module) -> Iterator[ast.AST]:
    """The nodes of an expression, and of what its names stand for in its function and its module."""
    function = module.function_around(node)
    scopes: list[Iterable[ast.AST]] = [module.tree.body]
    scopes += [] if function is None else [list(ast.walk(function))]
    todo, seen = [node], {id(node)}
    while todo:
        for part in ast.walk(todo.pop()):
            yield part
            if isinstance(part, ast.Name):
                found = [defined for scope in scopes for defined in scope if part.id in _defines(defined)]
                todo += [defined for defined in found if id(defined) not in seen]
                seen |= {id(defined) for defined in found}


def _defines(node: ast.AST) -> set[str]:
    """The names that a statement gives a value, or changes by a key."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return {node.name}
    targets = targets_of(node)
    owners = [target.value if isinstance(target, ast.Subscript) else target for target in targets]
    return {owner.id for owner in owners if isinstance(owner, ast.Name)}
