"""The text of a policy: read whole, or refused with every fault and its line, in the reader's language."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import ValidationError

from klean.core.policy.faults import PolicyFault, faults_of, missing_sections, where_toml_ends
from klean.core.policy.rules.sections import S, filled, name_of, read_section, read_whole, to_json
from klean.core.rows.texts import language_codes


@dataclass(frozen=True, slots=True)
class CheckedPolicy:
    """A text that could be published; ``body`` is what is stored."""

    in_force_from: datetime
    body: dict[str, Any]


def checked_policy(name: str, text: bytes) -> CheckedPolicy:
    """What a policy file says, when all of its sections can be worked with; else refused with all that is wrong."""
    words = _decoded(name, text)
    content = _parsed(name, words)
    try:
        whole = read_whole(_in_every_language(content), languages=language_codes())
    except ValidationError as error:
        raise PolicyFault(_report(name, faults_of(error, words))) from error
    del content["in_force_from"]
    return CheckedPolicy(whole.in_force_from, json.loads(to_json(content)))


@cache
def additions() -> list[dict[str, Any]]:
    """What releases added to the policy since; a version that was published before reads as if it said so."""
    folder = Path(settings.BASE_DIR, "policy", "additions")
    return [tomllib.loads(path.read_text()) for path in sorted(folder.glob("*.toml"))]


def _in_every_language(content: dict[str, Any]) -> dict[str, Any]:
    """With the words that releases added for languages which the file does not speak."""
    for added in additions():
        content = filled(content, added, only=language_codes())
    return content


def checked_section(section: type[S], text: str) -> S:
    """One section of a draft, which may lack all others."""
    table, name = name_of(section), _("The draft")
    content = _parsed(name, text)
    if table not in content:
        raise PolicyFault(_report(name, [missing_sections([table])]))
    try:
        return read_section(section, content[table])
    except ValidationError as error:
        raise PolicyFault(_report(name, faults_of(error, text, below=(table,)))) from error


def _decoded(name: str, text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise PolicyFault(f"{name}: {_('The text is not UTF-8.')}") from error


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyFault(_report(name, [where_toml_ends(str(error), text)])) from error


def _report(name: str, faults: Iterable[str]) -> str:
    return "\n".join([_("%(name)s cannot be published:") % {"name": name}, *faults])
