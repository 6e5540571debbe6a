"""States step, by compare-and-set."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _

from klean.core.rows.refusals import Conflict, IllegalStep


class Stepped(models.Model):
    """A row with a ``state`` whose allowed steps stand in ``STEPS``; only ``step()`` writes a state."""

    STEPS: ClassVar[dict[Any, frozenset[Any]]]
    state: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def may_step(self, to: str) -> bool:
        return to in self.STEPS[self.state]

    def step(self, to: str, **also: Any) -> Self:
        """Take one allowed step, or refuse; two racers cannot both win."""
        came_from = self.state
        if not self.may_step(to):
            raise IllegalStep(
                _("%(thing)s cannot go from %(before)s to %(after)s.")
                % {"thing": self._meta.verbose_name.capitalize(), "before": came_from, "after": to}  # type: ignore[union-attr]
            )
        here = type(self)._default_manager.filter(pk=self.pk, state=came_from)
        if not here.update(state=to, **also):
            raise Conflict(_("Someone else has just changed this. Look again before you decide."))
        self.refresh_from_db(fields=["state", *also])
        return self

    @classmethod
    def step_all(cls, rows: Collection[Self], to: str) -> None:
        """One step for many rows that the caller holds, in one statement; refused when any of them may not take it."""
        before = [state for state, after in cls.STEPS.items() if to in after]
        here = cls._default_manager.filter(pk__in=[row.pk for row in rows], state__in=before)
        if here.update(state=to) != len(rows):
            raise Conflict(_("Someone else has just changed this. Look again before you decide."))
