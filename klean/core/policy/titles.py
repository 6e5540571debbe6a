"""What a policy sets, in words, for those who do not read its file: each setting with a title and a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from django.conf.locale import LANG_INFO
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from pydantic import BaseModel, RootModel

from klean.core.policy.rules.sections import sections, words_of
from klean.core.rows.texts import in_language, in_order

BETWEEN = " › "
Codes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a policy: ``key`` is its place in the section's table of the file, the rest is for people.

    ``language`` is that of a value which is a text in one; ``is_code`` says that machines send the value.
    """

    key: str
    title: str
    value: str
    language: str = ""
    is_code: bool = False


def words_for(*choices: type[TextChoices]) -> dict[str, object]:
    """For ``register_section``: what people read for the codes of these choices."""
    return {code: words for one in choices for code, words in one.choices}


def title_of_section(name: str) -> str:
    return _title(sections().get(name)) or capfirst(_plain(name))


def settings_of(section: str, content: Any) -> list[Setting]:
    """The settings of one section, as a policy stores it or a file says it; what no release reads any more too."""
    return list(_below(_section(section), content))


def title_of(section: str, *steps: str) -> str:
    """The title of what stands there: “Penalty ladder › Severities › Serious”."""
    place = _section(section)
    for step in steps:
        place = place.at(step)
    return BETWEEN.join((title_of_section(section), *place.titles))


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a section: the type that reads it, what it is called, and the words for codes."""

    shape: Any
    words: Codes
    key: str = ""
    name: str = ""
    titles: tuple[str, ...] = ()
    catalogues: Mapping[str, Codes] = field(default_factory=dict)

    def at(self, name: str) -> "_Place":
        """The setting or the code of that name."""
        shape, title = _inside(self.shape, name)
        key = f"{self.key}.{name}" if self.key else name
        return replace(self, shape=shape, key=key, name=name, titles=(*self.titles, title or self.word(name)))

    def entry(self, part: Any, number: int) -> "_Place":
        """An entry of a list: told by its words, its name or its code, else by its number."""
        named = part if isinstance(part, Mapping) else {}
        name = str(named.get("name") or named.get("code") or number)
        title = in_language(named["words"]) if "words" in named else self.word(name)
        shape = next(iter(get_args(self.shape)), None)
        return replace(self, shape=shape, key=f"{self.key}[{name}]", titles=(*self.titles, title))

    @property
    def known(self) -> Codes:
        """Codes may be those of a catalogue beside this place, which has the same name."""
        return {**self.words, **self.catalogues.get(self.name, {})}

    def word(self, code: str) -> str:
        return capfirst(self.known.get(code) or _plain(code))

    def setting(self, value: Any) -> Setting:
        """A name and a code are what a file and machines call an entry; all else is said in words."""
        is_code = self.name in ("code", "name")
        words = str(value) if is_code else self._in_words(value)
        return Setting(self.key, BETWEEN.join(self.titles), words, is_code=is_code)

    def text(self, language: str, text: str) -> Setting:
        title = str(get_language_info(language)["name_translated"])
        key = f"{self.key}.{language}"
        return Setting(key, BETWEEN.join((*self.titles, title)), text, language)

    def _in_words(self, value: Any) -> str:
        if isinstance(value, bool):
            return capfirst(_("yes") if value else _("no"))
        if isinstance(value, list):
            return ", ".join(map(self._in_words, value)) or "–"
        if isinstance(value, int):
            return f"{value:,}"
        return capfirst(self.known.get(value, "")) or str(value) or "–"


def _section(name: str) -> _Place:
    """Words are translated when they are read: those of models are lazy, those of rules are marked alone."""
    return _Place(sections().get(name), {code: _(str(words)) for code, words in words_of(name).items()})


def _below(place: _Place, content: Any) -> Iterator[Setting]:
    if _is_in_languages(content):
        yield from (place.text(language, text) for language, text in in_order(content))
    elif isinstance(content, Mapping):
        catalogues = {name: codes for name, part in content.items() if (codes := _catalogue(part))}
        for name, part in content.items():
            yield from _below(replace(place.at(name), catalogues={**place.catalogues, **catalogues}), part)
    elif isinstance(content, list) and any(isinstance(part, Mapping) for part in content):
        for number, part in enumerate(content, 1):
            yield from _below(place.entry(part, number), part)
    else:
        yield place.setting(content)


def _is_in_languages(content: Any) -> bool:
    return isinstance(content, Mapping) and bool(content) and content.keys() <= LANG_INFO.keys()


def _catalogue(part: Any) -> Codes:
    entries = part if isinstance(part, list) else []
    return {
        entry["code"]: in_language(entry["words"])
        for entry in entries
        if isinstance(entry, Mapping) and entry.keys() >= {"code", "words"}
    }


def _inside(shape: Any, name: str) -> tuple[Any, str]:
    """The type that reads what is called so, and its title; "" for a code, and for what is not read any more."""
    if isinstance(shape, type) and issubclass(shape, RootModel):
        shape = shape.model_fields["root"].annotation
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        setting = shape.model_fields.get(name)
        inner = setting.annotation if setting else None
        return inner, _(setting.title) if setting and setting.title else _title(inner)
    return get_args(shape)[-1] if len(get_args(shape)) == 2 else None, ""


def _title(model: Any) -> str:
    title = getattr(model, "model_config", {}).get("title")
    return _(title) if title else ""


def _plain(code: str) -> str:
    return code.replace("_", " ")
