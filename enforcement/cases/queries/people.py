"""Who did something, as people read it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from klean.core.access.models import ApiKey, User
from klean.core.events.actors import Actor, actor_named

REPORTER = "notice-"


def person_behind(actor: Actor) -> User:
    """The person who acts; what only people do never has a machine as its actor."""
    return User.objects.get(pk=actor.id)


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """For each actor as rows and events keep it: the person's name, the machine's owner, or that it was a clock."""
    known = {text: actor_named(text) for text in actors if text}
    users = User.objects.in_bulk([pk for actor in known.values() if (pk := actor.person_id)])
    prefixes = [actor.id for actor in known.values() if actor.kind == "machine"]
    keys = ApiKey.objects.filter(prefix__in=prefixes).values_list("prefix", "organisation__name")
    owners = dict(keys) if prefixes else {}
    return {text: _name(actor, users, owners) for text, actor in known.items()}


def _name(actor: Actor, users: dict[int, User], owners: dict[str, str]) -> str:
    if actor.person_id:
        return str(users[actor.person_id]) if actor.person_id in users else actor.id
    if actor.kind == "machine":
        return owners.get(actor.id, actor.id)
    return _("the reporter") if actor.id.startswith(REPORTER) else _("Klean (automatic)")
