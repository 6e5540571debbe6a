"""What an app above has put under its hand: whoever erases or destroys a row asks here first."""

from collections.abc import Callable, Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from klean.core.holding import hold_name
from klean.core.refusals import Refused

Keeper = Callable[[Model], Sequence[object]]
_keepers: list[Keeper] = []


def keep_from_erasure(keeper: Keeper) -> None:
    """``keeper`` answers what keeps a row, nothing when it may go; for an app's ``ready``."""
    _keepers.append(keeper)


def hold_keeping() -> None:
    """Whoever begins to keep and whoever destroys wait for each other, to the end of the transaction."""
    hold_name("keeping")


def refuse_if_kept(row: Model) -> None:
    """Say no while anything keeps this row."""
    hold_keeping()
    if any(keeper(row) for keeper in _keepers):
        raise Refused(
            _("A legal hold keeps this: it may be neither erased nor destroyed."), code="legal_hold"
        )
