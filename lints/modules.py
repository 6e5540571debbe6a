"""How long modules are, what they are called, and what no formatter may be told."""

import io
import tokenize
from collections.abc import Iterator

from lints.project import Finding, Project

MAX_LINES = 300
SAYING_NOTHING = {"common", "helpers", "managers", "misc", "services", "signals", "utils"}


def a_module_stays_short(project: Project) -> Iterator[Finding]:
    """No module has more than 300 lines."""
    for module in project.all_modules:
        if (lines := len(module.text.splitlines())) > MAX_LINES:
            yield module.finding(MAX_LINES + 1, f"{lines} lines: cut it by noun")


def a_module_is_named_for_what_it_holds(project: Project) -> Iterator[Finding]:
    """No file or folder is called by a name that says nothing, such as utils or helpers."""
    for module in project.all_modules:
        for name in sorted(SAYING_NOTHING.intersection(module.names)):
            yield module.finding(1, f"name {name!r} for the thing it holds")


def code_is_formatted_without_exceptions(project: Project) -> Iterator[Finding]:
    """No comment switches the formatter off."""
    switching = [module for module in project.all_modules if "fmt:" in module.text]
    for module in switching:
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
            if token.type == tokenize.COMMENT and token.string.replace(" ", "").startswith("#fmt:"):
                yield module.finding(token.start[0], "write it so that the formatter may have its way")
