"""Legal holds forbid erasure: whoever erases or destroys a row asks here first."""

from collections.abc import Callable, Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused

Keeper = Callable[[Model], Sequence[object]]
_keepers: list[Keeper] = []


def register_legal_hold_check(keeper: Keeper) -> None:
    """``keeper`` answers what keeps a row, nothing when it may go; for an app's ``ready``."""
    _keepers.append(keeper)


def lock_legal_holds() -> None:
    """Whoever begins to keep and whoever destroys wait for each other, to the end of the transaction."""
    lock_name("keeping")


def refuse_if_on_legal_hold(row: Model) -> None:
    """Say no while anything keeps this row."""
    lock_legal_holds()
    if any(keeper(row) for keeper in _keepers):
        raise Refused(
            _("A legal hold keeps this: it may be neither erased nor destroyed."), code="legal_hold"
        )
