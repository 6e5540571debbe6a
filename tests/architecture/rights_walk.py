"""Every address of the project, and whether somebody passes its door."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from klean.core.access.models import Role

ROLES = [str(role) for role in Role.values]
# Libraries of others and pages that every site has; their rights are theirs.
FOREIGN = ("accounts/", "admin/", "i18n/", "static/", "design/")
NOWHERE = ("none", "999999999", "0" * 32)


def every_url() -> Iterator[tuple[str, str]]:
    """The name and a path of each address, its arguments filled with what does not exist."""
    for name, path, converters in every_pattern():
        yield name, _filled(path, converters)


def every_pattern() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The name of each address, its path with the arguments still in it, and their converters."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: Any, prefix: str, namespace: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for one in patterns:
        path = prefix + str(one.pattern)
        if path.startswith(FOREIGN):
            continue
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, path, inner)
        elif isinstance(one, URLPattern):
            yield f"{namespace}{one.name}", "/" + path, one.pattern.converters


def _filled(path: str, converters: dict[str, Any]) -> str:
    """A number where digits match, else a word that names nothing."""
    for name, converter in converters.items():
        nowhere = next((text for text in NOWHERE if re.fullmatch(converter.regex, text)), NOWHERE[-1])
        path = re.sub(rf"<(\w+:)?{name}>", nowhere, path)
    return path


def passes(client: Client, path: str) -> bool:
    """Whether the door lets them in by any method; what lies behind it may still not exist."""
    answers = [client.get(path), client.post(path)]
    return any(not _is_turned_away(answer) for answer in answers)


def _is_turned_away(answer: Any) -> bool:
    to_log_in = answer.status_code == 302 and "/accounts/" in answer["Location"]
    return to_log_in or answer.status_code in (401, 403, 405)
