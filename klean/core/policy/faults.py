"""What is wrong with a policy, in the reader's language: each fault with its setting and its line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from klean.core.policy.rules.lines import Path, line_at, lines_of
from klean.core.rows.refusals import Refused

TABLE = gettext_noop("a table is needed")
LIST = gettext_noop("a list in [ ] is needed")
DAY = gettext_noop("a day like 2026-01-31 is needed")
MOMENT = gettext_noop("a date and time with its zone is needed, like 2026-01-01T00:00:00+09:00")
# What pydantic found, in words of our own; with what it compared to.
WORDS = {
    "missing": gettext_noop("this setting is missing"),
    "int_type": gettext_noop("a whole number is needed"),
    "float_type": gettext_noop("a number is needed"),
    "bool_type": gettext_noop("true or false is needed, without quotes"),
    "string_type": gettext_noop("a text in quotes is needed"),
    "string_too_short": gettext_noop("the text is empty"),
    "string_pattern_mismatch": gettext_noop("capital letters, digits and _ alone are allowed"),
    "greater_than": gettext_noop("a number above %(gt)s is needed"),
    "greater_than_equal": gettext_noop("a number not below %(ge)s is needed"),
    "less_than": gettext_noop("a number below %(lt)s is needed"),
    "less_than_equal": gettext_noop("a number not above %(le)s is needed"),
    "literal_error": gettext_noop("one of %(choices)s is needed"),
    "too_short": gettext_noop("at least one entry is needed"),
    "zoneinfo_str": gettext_noop("a time zone such as Asia/Seoul is needed"),
    "dict_type": TABLE,
    "model_type": TABLE,
    "list_type": LIST,
    "tuple_type": LIST,
    "frozen_set_type": LIST,
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "timezone_aware": MOMENT,
}
UNREADABLE = gettext_noop("this value cannot be used")


class PolicyFault(Refused):
    """A text that is no policy; its words name each fault on a line of its own."""

    code = "policy_fault"


class UnusablePolicy(Exception):
    """No policy is in force, or this release cannot read it: nobody's request can be answered by its rules."""


def faults_of(error: ValidationError, text: str = "", *, below: Path = ()) -> list[str]:
    """Each fault with its setting and, of a text, its line, from the first line to the last."""
    found = [_Fault((*below, *_steps(one["loc"])), one) for one in error.errors(include_url=False)]
    sections = [fault.name for fault in found if fault.is_missing_section]
    places = [fault.place for fault in found]
    missing = [fault.place for fault in found if fault.kind == "missing"]
    lines = lines_of(text)
    located = [
        (line_at(fault.place, lines), f"{fault.name}: {fault.words(missing)}")
        for fault in found
        if not (fault.is_missing_section or fault.only_counts_others(places))
    ]
    return [
        *([missing_sections(sections)] if sections else []),
        *(_with_line(*one) for one in sorted(located)),
    ]


@dataclass(frozen=True, slots=True)
class _Fault:
    """What pydantic found at a setting."""

    place: Path
    error: ErrorDetails

    @property
    def kind(self) -> str:
        return self.error["type"]

    @property
    def name(self) -> str:
        """Like ``ladder.tracks.general.steps[1].rung``."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place)
        return "".join(steps).lstrip(".")

    @property
    def is_missing_section(self) -> bool:
        return self.kind == "missing" and len(self.place) == 1 and self.place != ("in_force_from",)

    def only_counts_others(self, places: Iterable[Path]) -> bool:
        """pydantic counts entries that have faults of their own as absent."""
        length = len(self.place)
        return self.kind == "too_short" and any(
            len(other) > length and other[:length] == self.place for other in places
        )

    def words(self, missing: Iterable[Path]) -> str:
        values = dict(self.error.get("ctx", {}))
        if self.kind == "fault":
            return _(str(values["message"])) % values
        if self.kind == "extra_forbidden":
            return _("unknown section") if len(self.place) == 1 else self._unknown(missing)
        if self.kind == "literal_error":
            values["choices"] = ", ".join(re.findall("'([^']*)'", values["expected"]))
        return _(WORDS.get(self.kind, UNREADABLE)) % values

    def _unknown(self, missing: Iterable[Path]) -> str:
        """A setting that is unknown here is often a misspelt one that is missing here."""
        here = [str(place[-1]) for place in missing if place[:-1] == self.place[:-1]]
        if near := get_close_matches(str(self.place[-1]), here, 1):
            return _("unknown setting; is %(name)s meant?") % {"name": near[0]}
        return _("unknown setting")


def _steps(place: Iterable[str | int]) -> Path:
    """Without what pydantic adds when the fault is in a key itself."""
    return tuple(step for step in place if step != "[key]")


def missing_sections(sections: Iterable[str]) -> str:
    return _("missing sections: %(names)s") % {"names": ", ".join(sections)}


def _with_line(line: int, fault: str) -> str:
    return _("line %(line)s: %(fault)s") % {"line": line, "fault": fault} if line else fault


def where_toml_ends(error: str, text: str) -> str:
    """The parser speaks English alone; what helps is where it stopped, and what it cannot have twice."""
    found = re.search(r"line (\d+), column (\d+)", error)
    line, column = (int(found.group(1)), int(found.group(2))) if found else (text.count("\n") + 1, 0)
    if re.search("overwrite|twice|Duplicate|mutate", error):
        return _with_line(line, _("a table or setting of this name is there already"))
    if not column:
        return _with_line(line, _("the text ends within a statement"))
    return _with_line(line, _("from column %(column)s on this is no TOML") % {"column": column})
