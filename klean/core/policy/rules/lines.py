"""Where in a policy file each setting stands."""

import re
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]
# One piece of a TOML file: a text in quotes, a comment, what divides, or anything else that is no space.
PIECE = re.compile(
    r"""(?s:"{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5})|"(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
    r"""|(?P<comment>\#[^\n]*)|[\[\]{},=.\n]|[^\s\[\]{},=.\#"']+"""
)


def lines_of(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every table, setting and entry; the text must be TOML."""
    return _Reader(text).read()


def line_at(place: Path, lines: Mapping[Path, int]) -> int:
    """The line of a setting or, where it is missing, of the table that lacks it; 0 where there is none."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


class _Reader:
    """Goes over the pieces once and remembers on which line each path began."""

    def __init__(self, text: str) -> None:
        self.pieces = [
            (piece.group(), text.count("\n", 0, piece.start()) + 1)
            for piece in PIECE.finditer(text + "\n")
            if not piece.group("comment")
        ]
        self.lines: dict[Path, int] = {}
        self.last_entry: dict[Path, int] = {}
        self.pieces.reverse()

    def read(self) -> dict[Path, int]:
        table: Path = ()
        while self.pieces:
            if self._next() == "\n":
                self.pieces.pop()
            elif self._next() == "[":
                table = self._header()
            else:
                self._setting(table)
        return self.lines

    def _next(self) -> str:
        return self.pieces[-1][0]

    def _header(self) -> Path:
        """``[table]``, or ``[[table]]`` for one more entry of a list."""
        _bracket, line = self.pieces.pop()
        is_entry = self._next() == "["
        if is_entry:
            self.pieces.pop()
        place: Path = ()
        for name in self._names():
            place = (*self._entered(place), name)
            self._note(place, line)
        if is_entry:
            self.last_entry[place] = self.last_entry.get(place, -1) + 1
        place = self._entered(place)
        self._note(place, line)
        return place

    def _entered(self, place: Path) -> Path:
        """Below a list, names speak of its last entry."""
        return (*place, self.last_entry[place]) if place in self.last_entry else place

    def _names(self) -> list[str]:
        """A dotted name, with the sign that ends it."""
        names: list[str] = []
        while self._next() not in ("=", "]"):
            piece, _line = self.pieces.pop()
            if piece != ".":
                names.append(piece.strip("\"'"))
        while self.pieces and self._next() in ("=", "]"):
            self.pieces.pop()
        return names

    def _setting(self, table: Path) -> None:
        place, line = table, self.pieces[-1][1]
        for name in self._names():
            place = (*place, name)
            self._note(place, line)
        self._value(place)

    def _value(self, place: Path) -> None:
        opened, _line = self.pieces.pop()
        if opened == "[":
            for number in self._inside("]"):
                self._note((*place, number), self.pieces[-1][1])
                self._value((*place, number))
        elif opened == "{":
            for _number in self._inside("}"):
                self._setting(place)
        else:
            while self._next() not in (",", "]", "}", "\n"):
                self.pieces.pop()

    def _inside(self, end: str) -> Iterator[int]:
        """Once before each part of a list or an inline table, which the caller then takes."""
        number = 0
        while self._next() != end:
            if self._next() in (",", "\n"):
                self.pieces.pop()
            else:
                yield number
                number += 1
        self.pieces.pop()

    def _note(self, place: Path, line: int) -> None:
        self.lines.setdefault(place, line)
