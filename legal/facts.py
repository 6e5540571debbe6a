from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MatterOpened(Fact):
    """The legal staff took something up."""

    name: ClassVar[str] = "legal.matter.opened"
    matter_id: int
    kind: str
    case_id: int | None


@dataclass(frozen=True, kw_only=True)
class MatterMoved(Fact):
    """A matter went one step on."""

    name: ClassVar[str] = "legal.matter.moved"
    matter_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Fact):
    """What belongs to a matter may be neither erased nor destroyed."""

    name: ClassVar[str] = "legal.hold.placed"
    hold_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class HoldReleased(Fact):
    """The hold is over; retention runs again."""

    name: ClassVar[str] = "legal.hold.released"
    hold_id: int
    matter_id: int


@dataclass(frozen=True, kw_only=True)
class BundleMade(Fact):
    """Evidence was packed; ``sha256`` is of the whole file."""

    name: ClassVar[str] = "legal.bundle.made"
    bundle_id: int
    matter_id: int
    sha256: str
