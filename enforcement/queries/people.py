"""Who did something, as people read it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from klean.core.actors import Actor, actor_named
from klean.core.models import ApiKey, User

REPORTER = "notice-"


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """For each actor as rows and events keep it: the person's name, the machine's owner, or that it was a clock."""
    told = {text: actor_named(text) for text in actors if text}
    users = User.objects.in_bulk([pk for actor in told.values() if (pk := actor.person_id)])
    prefixes = [actor.id for actor in told.values() if actor.kind == "machine"]
    keys = ApiKey.objects.filter(prefix__in=prefixes).values_list("prefix", "organisation__name")
    owners = dict(keys) if prefixes else {}
    return {text: _name(actor, users, owners) for text, actor in told.items()}


def _name(actor: Actor, users: dict[int, User], owners: dict[str, str]) -> str:
    if actor.person_id:
        return str(users[actor.person_id]) if actor.person_id in users else actor.id
    if actor.kind == "machine":
        return owners.get(actor.id, actor.id)
    return _("the reporter") if actor.id.startswith(REPORTER) else _("Klean, by itself")
