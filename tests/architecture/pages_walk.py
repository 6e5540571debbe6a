"""Every page that somebody can reach by links, and the words on it."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.architecture.rights_walk import FOREIGN

# Words in an attribute are read as well as those between tags.
READ = ("title", "placeholder", "aria-label", "alt", "data-confirm")
# What is typed, compared or sent as it stands, and what people have typed into a field.
VERBATIM = ("script", "style", "code", "pre", "kbd", "textarea")


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    path: str
    texts: list[str]


def pages(client: Client, starts: Sequence[str], *, language: str, names: frozenset[str]) -> Iterator[Page]:
    """One page of each of these names, from these addresses along all links."""
    client.cookies["django_language"] = language
    seen: set[str] = set()
    wanted = set(names)
    waiting = deque(starts)
    while waiting:
        path = waiting.popleft()
        name = _name_of(path)
        if path in seen or name not in wanted:
            continue
        seen.add(path)
        response = client.get(path, headers={"accept-language": language})
        if response.streaming:
            response.getvalue()  # a file is closed when it has been read
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        wanted.discard(name)
        reader = _Reader(language)
        reader.feed(response.content.decode())
        yield Page(name, path, reader.read())
        waiting.extend(urljoin(path, link).partition("#")[0] for link in reader.links)


def _name_of(path: str) -> str | None:
    """What the address is called in the URL tree; None for one of another site or of a library."""
    parts = urlsplit(path)
    if (
        parts.netloc
        or not parts.path.startswith("/")
        or parts.path.startswith(tuple(f"/{one}" for one in FOREIGN))
    ):
        return None
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return None


class _Reader(HTMLParser):
    """Gathers the texts that people read in the page's own language, and the links."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.links: list[str] = []
        self._texts = [""]
        self._open: list[tuple[str, bool]] = []

    def read(self) -> list[str]:
        return [text for one in self._texts if (text := re.sub(r"\s+", " ", one).strip())]

    @property
    def _is_silent(self) -> bool:
        return any(silent for _tag, silent in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        silent = tag in VERBATIM or given.get("lang", self.language) != self.language
        if tag not in VOID:
            self._open.append((tag, silent))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if not (silent or self._is_silent):
            self._texts += [given[name] for name in READ if given.get(name)]
            if tag == "input" and given.get("type") in ("submit", "button"):
                self._texts.append(given.get("value", ""))
        self._texts.append("")

    def handle_endtag(self, tag: str) -> None:
        while any(tag == one for one, _silent in self._open) and self._open.pop()[0] != tag:
            pass
        self._texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._is_silent:
            self._texts[-1] += data


VOID = (
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "path",
)
