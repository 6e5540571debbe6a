"""What a fact looks like."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lints.project import Finding, Module, Project
from lints.syntax import last_name, subclasses_of, targets_of, written_text

# Texts and what tells who somebody is; an id, a code or a digest stands for them.
PERSONAL = {
    "address",
    "birthday",
    "buyer",
    "comment",
    "contact",
    "description",
    "email",
    "explanation",
    "ip",
    "message",
    "name",
    "note",
    "person",
    "phone",
    "reasons",
    "recipient",
    "text",
    "title",
    "words",
}
STANDS_FOR = {"code", "digest", "id", "ids", "sha256"}
IRREGULAR = {
    "begun",
    "done",
    "drawn",
    "fell",
    "found",
    "given",
    "held",
    "let",
    "made",
    "paid",
    "rung",
    "sent",
    "set",
    "shut",
    "upheld",
    "withdrawn",
    "written",
}


@dataclass(frozen=True)
class FoundFact:
    """A fact as it stands in the code; ``wire_name`` is empty for the base of several."""

    module: Module
    node: ast.ClassDef
    wire_name: str

    def finding(self, instead: str) -> Finding:
        return self.module.finding(self.node, f"{self.node.name}: {instead}")

    @property
    def own_names(self) -> set[str]:
        """What its own body defines."""
        targets = [target for statement in self.node.body for target in targets_of(statement)]
        return {last_name(target) for target in targets} | {
            item.name for item in self.node.body if isinstance(item, ast.FunctionDef)
        }

    @property
    def fields(self) -> list[str]:
        annotated = [item for item in self.node.body if isinstance(item, ast.AnnAssign)]
        return [
            last_name(item.target) for item in annotated if "ClassVar" not in ast.unparse(item.annotation)
        ]


def a_fact_has_one_name_under_its_app(project: Project) -> Iterator[Finding]:
    """A fact's wire name is ``<app>.<noun>.<past>``, its own, and of the app that records it."""
    by_name = defaultdict(list)
    for fact in _facts(project):
        by_name[fact.wire_name].append(fact)
        if not re.fullmatch(rf"{fact.module.app}\.[a-z][a-z_]*\.[a-z][a-z_]*", fact.wire_name):
            yield fact.finding(f"name it {fact.module.app}.<noun>.<past>, not {fact.wire_name!r}")
        elif not _is_past(fact.wire_name.rpartition(".")[2]):
            yield fact.finding(f"say it in the past tense: {fact.wire_name!r}")
    for name, same in by_name.items():
        for fact in same[1:]:
            yield fact.finding(f"another fact is named {name!r}")


def a_fact_is_frozen_and_explains_itself(project: Project) -> Iterator[Finding]:
    """A fact is a frozen dataclass in a drawer of facts, with a docstring and a sentence of its own for timelines."""
    for fact in _facts(project):
        if fact.module.drawer != "facts":
            yield fact.finding("define it among its room's facts")
        if "frozen=True" not in "".join(ast.unparse(found) for found in fact.node.decorator_list):
            yield fact.finding("decorate it with @dataclass(frozen=True, kw_only=True)")
        if not ast.get_docstring(fact.node):
            yield fact.finding("say in a docstring what happened")
        if "sentence" not in fact.own_names:
            yield fact.finding("give it the sentence that timelines show")


def a_fact_carries_no_personal_data(project: Project) -> Iterator[Finding]:
    """Facts carry ids, codes and digests; whoever may read a text fetches it by its id."""
    for fact in _facts_and_bases(project):
        for field in fact.fields:
            parts = set(field.split("_"))
            if parts & PERSONAL and not parts & STANDS_FOR:
                yield fact.finding(f"carry the id of what holds {field!r}, or its digest")


def _facts(project: Project) -> list[FoundFact]:
    return [fact for fact in _facts_and_bases(project) if fact.wire_name]


def _facts_and_bases(project: Project) -> list[FoundFact]:
    return [
        FoundFact(module, node, _wire_name(node)) for module, node in subclasses_of("Fact", project.modules)
    ]


def _wire_name(node: ast.ClassDef) -> str:
    for item in node.body:
        if isinstance(item, ast.Assign | ast.AnnAssign) and "name" in map(last_name, targets_of(item)):
            return written_text(item.value) if item.value else ""
    return ""


def _is_past(verb: str) -> bool:
    return any(word.endswith("ed") or word in IRREGULAR for word in verb.split("_"))
