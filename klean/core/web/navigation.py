"""The links of the navigation: each app registers the pages that it owns."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise

from klean.core.access.models import User

EVERYONE = "everyone"  # also people without an account, and those without a role


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page that people with one of ``roles`` find in the navigation; lower ``order`` stands first."""

    order: int
    href: str
    label: str | Promise
    icon: str
    roles: Collection[str]


_links: list[Link] = []


def register_links(*links: Link) -> None:
    """For an app's ``ready``."""
    _links.extend(links)


def links_for(user: User | AnonymousUser | None) -> list[Link]:
    """What this person's roles open; a superuser sees all of it."""
    roles = user.roles if isinstance(user, User) and user.roles else {EVERYONE}
    sees_all = bool(user and user.is_superuser)
    shown = [link for link in _links if sees_all or not roles.isdisjoint(link.roles)]
    return sorted(shown, key=lambda link: link.order)
