"""What an authorisation may grant, given the one that it rests on and the rights behind it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sellers.rules.territories import WORLD


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Both days are included; ``depth`` counts the letters from the rights holder's to this one, both included.

    Empty classes or channels set no limit; an empty grantor or grantee was not told. ``names`` are those under which the seller is registered, bare.
    """

    brand_id: int
    valid_from: date
    valid_until: date
    territory: Collection[str]
    nice_classes: Collection[int] = ()
    channels: Collection[str] = ()
    depth: int = 1
    seller_id: int = 0
    sellers_above: Collection[int] = ()
    grantee: str = ""
    grantor: str = ""
    names: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Who stands behind a chain, and with which rights; a trademark without classes is registered for all.

    ``grantors`` are the bare names of who may sign: the owner, or the seller that holds the letter above.
    """

    has_owner: bool = False
    is_verified: bool = False
    has_live_right: bool = False
    nice_classes: Collection[int] = field(default_factory=tuple)
    grantors: Collection[str] = ()


def covers(territory: Collection[str], country: str) -> bool:
    return WORLD in territory or country in territory


def within(inner: Collection[object], outer: Collection[object]) -> bool:
    """Whether the inner limits go no further than the outer ones, where an empty one is none."""
    return not outer or (bool(inner) and set(inner) <= set(outer))


def faults(grant: Grant, parent: Grant | None, *, on: date, max_depth: int) -> list[str]:
    """Codes of what forbids the grant, empty when nothing does."""
    found = {
        "dates_reversed": grant.valid_until < grant.valid_from,
        "already_over": grant.valid_until < on,
        "no_territory": not grant.territory,
        "too_deep": grant.depth > max_depth,
        "circular": grant.seller_id in grant.sellers_above,
        "grantee_other": bool(grant.grantee) and grant.grantee not in grant.names,
    }
    if parent:
        found |= {
            "other_brand": grant.brand_id != parent.brand_id,
            "dates_outside": grant.valid_from < parent.valid_from or grant.valid_until > parent.valid_until,
            "territory_outside": not all(covers(parent.territory, country) for country in grant.territory),
            "classes_outside": not within(grant.nice_classes, parent.nice_classes),
            "channels_outside": not within(grant.channels, parent.channels),
        }
    return [code for code, is_so in found.items() if is_so]


def ground_faults(grant: Grant, ground: Ground) -> list[str]:
    """Codes of what is wrong with what the whole chain stands on."""
    found = {
        "no_owner": not ground.has_owner,
        "owner_unverified": ground.has_owner and not ground.is_verified,
        "no_live_right": ground.has_owner and not ground.has_live_right,
        "grantor_other": ground.has_owner and bool(grant.grantor) and grant.grantor not in ground.grantors,
        # Classes that a letter does not name are those of the right.
        "classes_beyond_right": bool(grant.nice_classes)
        and not within(grant.nice_classes, ground.nice_classes),
    }
    return [code for code, is_so in found.items() if is_so]
