"""Which papers goods of a category need, and which of them a seller has not shown."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from pydantic import ConfigDict, RootModel

from screening.words import N_

Paper = Literal["KC", "PERMIT"]
Needed = tuple[str, str]  # category as the policy names it, paper
Shown = tuple[str, str]  # category that the paper was shown for, paper


class PermitsNeeded(RootModel[dict[str, tuple[Paper, ...]]]):
    """Papers that a shop needs for goods of a category, and of every category below it ("toys > dolls")."""

    model_config = ConfigDict(frozen=True, title=N_("Certificates and permits"))


def needed_for(category: str, permits: Mapping[str, Sequence[str]]) -> list[Needed]:
    """What goods of a category need, also when the policy names only one that holds it ("toys > dolls")."""
    path = _path(category)
    return [(name, paper) for name, papers in permits.items() if name.casefold() in path for paper in papers]


def lacking(needed: Sequence[Needed], shown: Collection[Shown]) -> list[Needed]:
    """Those that nothing shown answers."""
    covered = {(part, paper) for category, paper in shown for part in _path(category)}
    return [(name, paper) for name, paper in needed if (name.casefold(), paper) not in covered]


def _path(category: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"[>/]", category.casefold())]
