"""What an authorisation may grant, given the one that it rests on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sellers.rules.territories import WORLD


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Both days are included; ``depth`` counts the letters from the rights holder's to this one, both included."""

    brand_id: int
    valid_from: date
    valid_until: date
    territory: Collection[str]
    depth: int = 1


def covers(territory: Collection[str], country: str) -> bool:
    return WORLD in territory or country in territory


def faults(grant: Grant, parent: Grant | None, *, on: date, max_depth: int) -> list[str]:
    """Codes of what forbids the grant, empty when nothing does."""
    found = {
        "dates_reversed": grant.valid_until < grant.valid_from,
        "already_over": grant.valid_until < on,
        "no_territory": not grant.territory,
        "too_deep": grant.depth > max_depth,
    }
    if parent:
        found |= {
            "other_brand": grant.brand_id != parent.brand_id,
            "dates_outside": grant.valid_from < parent.valid_from or grant.valid_until > parent.valid_until,
            "territory_outside": not all(covers(parent.territory, country) for country in grant.territory),
        }
    return [code for code, is_so in found.items() if is_so]
