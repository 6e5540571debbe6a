"""Policies for people: settings in words, what differs between two, and the text from which a draft begins."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from governance.models import PolicyDraft
from klean.core.policy.models import PolicyVersion
from klean.core.policy.titles import BETWEEN, Setting, settings_of, title_of_section


@dataclass(frozen=True, slots=True)
class Difference:
    """``before`` is None where the setting was not, ``after`` where it is no longer."""

    key: str
    title: str
    before: Setting | None
    after: Setting | None

    @property
    def kind(self) -> str:
        return "added" if not self.before else "removed" if not self.after else "changed"


def sections_of(body: Mapping[str, Any]) -> list[tuple[str, list[Setting]]]:
    """Each section by its title, with its settings."""
    return [(title_of_section(name), settings_of(name, content)) for name, content in sorted(body.items())]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every setting whose value differs, in the order of the keys."""
    old, new = _by_key(before), _by_key(after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        was, becomes = old.get(key), new.get(key)
        shown = becomes or was
        if shown and (was is None or becomes is None or was.value != becomes.value):
            section = title_of_section(key.partition(".")[0])
            found.append(Difference(key, f"{section}{BETWEEN}{shown.title}", was, becomes))
    return found


def _by_key(body: Mapping[str, Any]) -> dict[str, Setting]:
    return {
        f"{name}.{one.key}".rstrip("."): one
        for name, content in body.items()
        for one in settings_of(name, content)
    }


def text_of_policy(version: PolicyVersion) -> str:
    """The text that was published: the draft's, or that of the project's file when it is the same; else ``""``."""
    draft = PolicyDraft.objects.filter(version=version).first()
    if draft:
        return draft.text
    path = Path(settings.BASE_DIR, "policy", f"{version.name}.toml")
    text = path.read_bytes() if path.is_file() else b""
    return text.decode() if hashlib.sha256(text).hexdigest() == version.sha256 else ""
