"""States step, by compare-and-set."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db import connection, models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klean.core.rows.refusals import Conflict, IllegalStep


def _fields(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    """By name, the key under "pk" too."""
    return {field.name: field for field in model._meta.concrete_fields} | {"pk": model._meta.pk}


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
            labels = dict(_fields(type(self))["state"].flatchoices)
            raise IllegalStep(
                _("%(thing)s cannot go from %(before)s to %(after)s.")
                % {
                    "thing": capfirst(self._meta.verbose_name),
                    "before": labels.get(came_from, came_from),
                    "after": labels.get(to, to),
                }
            )
        here = type(self)._default_manager.filter(pk=self.pk, state=came_from)
        if not here.update(state=to, **also):
            raise Conflict(_("Someone else has just changed this. Look again before you decide."))
        self.refresh_from_db(fields=["state", *also])
        return self

    @classmethod
    def bulk_step(cls, rows: models.QuerySet[Self], to: str, **also: Any) -> int:
        """Take one step for those of the rows that may take it, in one statement; answers how many did."""
        before = [state for state, after in cls.STEPS.items() if to in after]
        return rows.filter(state__in=before).update(state=to, **also)

    @classmethod
    def step_all(cls, rows: Collection[Self], to: str) -> None:
        """One step for many rows that the caller has locked; refused when any of them may not take it."""
        here = cls._default_manager.filter(pk__in=[row.pk for row in rows])
        if cls.bulk_step(here, to) != len(rows):
            raise Conflict(_("Someone else has just changed this. Look again before you decide."))

    @classmethod
    def bulk_step_each(
        cls, rows: Sequence[Mapping[str, Any]], *, may_stay: bool = False, **also: Any
    ) -> set[int]:
        """Give each row, by ``pk``, its own ``state`` and columns in one statement; answers the pks that took it.

        A row from whose state the step does not lead is left as it is; with ``may_stay`` one that keeps its state
        takes the columns. ``also`` are columns that are alike for all.
        """
        if not rows:
            return set()
        names = list(rows[0])
        fields = _fields(cls)
        steps = [f"{before} {after}" for before, afters in cls.STEPS.items() for after in afters]
        steps += [f"{state} {state}" for state in cls.STEPS] if may_stay else []
        quote = connection.ops.quote_name
        columns = {name: quote(str(field.column)) for name, field in fields.items()}
        sets = [f"{columns[name]} = new.{columns[name]}" for name in names if name != "pk"]
        sets += [f"{columns[name]} = %s" for name in also]
        arrays = ", ".join(f"%s::{fields[name].db_type(connection)}[]" for name in names)
        new = ", ".join(columns[name] for name in names)
        pk = columns["pk"]
        update = f"UPDATE {quote(cls._meta.db_table)} AS old SET {', '.join(sets)}"  # noqa: S608  its names come from the model
        source = f"FROM unnest({arrays}) AS new ({new}) WHERE old.{pk} = new.{pk}"
        allowed = f"AND old.state || ' ' || new.state = ANY(%s) RETURNING old.{pk}"
        values = [[fields[name].get_db_prep_value(row[name], connection) for row in rows] for name in names]
        with connection.cursor() as cursor:
            cursor.execute(f"{update} {source} {allowed}", [*(also.values()), *values, steps])
            return {pk for (pk,) in cursor.fetchall()}
