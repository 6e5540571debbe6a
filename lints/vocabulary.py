"""Which names the project's own dialect may not come back to."""

import ast
import re
from collections.abc import Iterator

from lints.glossary import Word, words_in_code
from lints.project import Finding, Function, Module, Project

PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def names_are_plain_words(project: Project) -> Iterator[Finding]:
    """No name holds a word that docs/glossary.md lists as not to be written."""
    words = words_in_code(project.root)
    known: dict[tuple[str, bool], Word | None] = {}
    for module in project.all_modules:
        for name, line, called in _defined(module):
            if (name, called) not in known:
                known[name, called] = _unplain(name, words, called=called)
            if word := known[name, called]:
                yield module.finding(line, f"{name}: for {word.token!r} write {word.instead}")


def _unplain(name: str, words: list[Word], *, called: bool) -> Word | None:
    """The first word that the name should not hold; the names of tests are sentences."""
    if name.startswith("test_"):
        return None
    return next((word for word in words if _holds(name, word, called=called)), None)


def _defined(module: Module) -> Iterator[tuple[str, int, bool]]:
    """Each name that the module gives to something, its line, and whether it is called."""
    yield module.names[-1], 1, False
    for node in module.nodes:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno, isinstance(node, Function)
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno, False
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr, node.lineno, False
            case ast.arg():
                yield node.arg, node.lineno, False
            case ast.alias(asname=str()):
                yield str(node.asname), node.lineno, False


def _holds(name: str, word: Word, *, called: bool) -> bool:
    """A ``word`` is a part of any name, a ``WORD`` of a constant; ``word=`` and ``word()`` are whole names, ``word_*`` a beginning."""
    bare = name.lstrip("_")
    if word.token.endswith("()"):
        return called and bare == word.token[:-2]
    if word.token.endswith("="):
        return bare == word.token[:-1]
    if word.token.endswith("*"):
        return bare.lower().startswith(word.token[:-1])
    if word.token.isupper():
        return bare.isupper() and word.token in _parts(bare, word)
    return word.token in [part.lower() for part in _parts(bare, word)]


def _parts(name: str, word: Word) -> list[str]:
    """The words of a name, those left out that make up an exception."""
    plain = "_".join(PART.findall(name))
    for exception in word.unless:
        plain = re.sub(rf"(?<![a-z]){exception}(?![a-z])", "", plain, flags=re.IGNORECASE)
    return plain.split("_")
