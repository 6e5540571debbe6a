"""The record of personal data in words: what each kind of record holds, for how long, and what a place is called."""

from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.rules.policy import CLASSES, Retention
from klean.core.privacy.queries import inventory
from klean.core.rows.personal import Personal


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of record with personal data; ``personal`` says what happens to its fields, which are named here."""

    name: str
    kept_as: str
    days: int
    since: str
    erased: list[str]
    lawful: list[str]
    mentions: list[str]
    personal: Personal


def holdings(days: Retention) -> list[Holding]:
    return [
        Holding(
            name=_name(model),
            kept_as=_(CLASSES[personal.kept_as]),
            days=days.days_of(personal.kept_as),
            since=_field(model, personal.since) if personal.since else "",
            erased=[_field(model, name) for name in personal.fields],
            lawful=[_field(model, name) for name in personal.lawful],
            mentions=[_field(model, name) for name in personal.mentions],
            personal=personal,
        )
        for model, personal in inventory()
    ]


def name_of_records(label: str) -> str:
    """``core.Mail`` is “E-mail sent”; the label of a model that is gone stays as it is."""
    try:
        return _name(apps.get_model(label))
    except LookupError:
        return label


def name_of_field(subject: str, field: str) -> str:
    """The field of what stands behind a subject; most are ways to reach somebody, which a model may compute."""
    try:
        return capfirst(_field(apps.get_model(subject.partition(":")[0]), field))
    except (LookupError, FieldDoesNotExist):
        return capfirst(_("contact"))


def name_of_place(place: str) -> str:
    """``core_user.name`` is “Account: name”; a table without a model stays as it is."""
    table, _dot, column = place.partition(".")
    for model in apps.get_models():
        if model._meta.db_table == table:
            names = {field.column: str(field.verbose_name) for field in model._meta.local_fields}
            return f"{_name(model)}: {names.get(column, column)}"
    return place


def _name(model: type[Model]) -> str:
    return capfirst(str(model._meta.verbose_name))


def _field(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
