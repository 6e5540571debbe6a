"""The lists of words in ``docs/glossary.md``, the one place where they stand."""

import re
from dataclasses import dataclass
from pathlib import Path

GLOSSARY = Path("docs/glossary.md")
IN_CODE = "| do not write | write | unless |"
IN_KOREAN = "| do not write (한국어) | write | because |"


@dataclass(frozen=True)
class Word:
    """A word that is not written, what is written in its place, and the names that may hold it all the same."""

    token: str
    instead: str
    unless: tuple[str, ...] = ()


def words_in_code(root: Path) -> list[Word]:
    return [
        Word(token, row[1].replace("`", ""), tuple(_tokens(row[2])))
        for row in _rows(root, IN_CODE)
        for token in _tokens(row[0])
    ]


def words_in_korean(root: Path) -> list[Word]:
    return [Word(row[0], row[1]) for row in _rows(root, IN_KOREAN)]


def _rows(root: Path, heading: str) -> list[list[str]]:
    """The cells of the one table that has this heading."""
    _, found, rest = (root / GLOSSARY).read_text().partition(f"\n{heading}\n")
    if not found:
        raise ValueError(f"{GLOSSARY} has no table headed {heading}")
    table = rest.split("\n\n", 1)[0].splitlines()[1:]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table]


def _tokens(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)
