"""How policy is read."""

import ast
from collections.abc import Iterator

from lints.project import Finding, Project
from lints.syntax import called_name, is_text, last_name

VERSIONS = ("policy", "version")


def policy_is_read_by_attribute(project: Project) -> Iterator[Finding]:
    """Policy is read as ``policy_at(at)[Refunds].claim_within_days``; no section is asked for by a string."""
    for module in project.modules:
        for node in module.nodes:
            if _asks_for_a_section(node) or _opens_the_body(node):
                yield module.finding(node, "policy_at(at)[Section].setting")


def _asks_for_a_section(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called_name(node) == "section" and any(map(is_text, node.args))


def _opens_the_body(node: ast.AST) -> bool:
    """``policy.body["refunds"]``"""
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Attribute):
        return False
    return (
        node.value.attr == "body" and last_name(node.value.value).endswith(VERSIONS) and is_text(node.slice)
    )
