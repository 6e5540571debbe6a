"""What an API key may be allowed to do: each app registers the scopes of its own calls."""

from collections.abc import Collection

from klean.core.access.models import Organisation

# Their machines may hold every scope; those of others only what is not about third parties.
UNRESTRICTED_KINDS = (Organisation.Kind.MARKETPLACE, Organisation.Kind.OPERATOR)

_scopes: dict[str, frozenset[str]] = {}


def register_scopes(*names: str, open_to: Collection[str] = ()) -> None:
    """For an app's ``ready``; ``open_to`` are the kinds of organisation that may hold them beside the unrestricted."""
    _scopes.update(dict.fromkeys(names, frozenset(open_to)))


def all_scopes() -> list[str]:
    return sorted(_scopes)


def scopes_open_to(organisation: Organisation) -> list[str]:
    if organisation.kind in UNRESTRICTED_KINDS:
        return all_scopes()
    return [name for name in all_scopes() if organisation.kind in _scopes[name]]
