"""Finding a person: the rows about them, the holds on these, and every place that still names them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from governance.rules.policy import Retention
from klean.core.access.models import User
from klean.core.policy.models import PolicyVersion
from klean.core.privacy.queries import inventory
from klean.core.privacy.rules import patterns_of
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal
from legal.models import Hold, Matter
from legal.queries.records import records_of

Rows = QuerySet[Any]
Kept = dict[type[Model], set[Any]]


def rows_about(model: type[Model], personal: Personal, user: User | None, contacts: Iterable[str]) -> Rows:
    """The rows of a model that are about this person, known by account, by how they are reached, or both."""
    about = Q(pk__in=[])
    if user and personal.of:
        about |= Q(**{personal.of: user.pk})
    if user and personal.actor:
        about |= Q(**{personal.actor: f"person:{user.pk}"})
    if personal.address and (pattern := patterns_of(contacts)):
        about |= Q(pk__in=rows_naming(model._default_manager.all(), personal.address, pattern))
    return model._default_manager.filter(about)


def rows_naming(rows: Rows, field: str, pattern: str) -> dict[Any, str]:
    """Those of the rows in whose field somebody is named, with its text: what is encrypted must be read one by one."""
    rows = rows.order_by()
    if not isinstance(rows.model._meta.get_field(field), EncryptedTextField):
        readable = rows.annotate(as_text=Cast(F(field), TextField())).filter(as_text__iregex=pattern)
        return dict(readable.values_list("pk", "as_text"))
    encrypted = rows.exclude(**{field: ""}).values_list("pk", field)
    return {
        pk: text
        for pk, text in encrypted.iterator(chunk_size=2000)
        if text and re.search(pattern, text, re.IGNORECASE)
    }


def has_something(personal: Personal, *, is_asked_for: bool) -> Q:
    """The rows in which not all is blank yet."""
    if personal.deletes:
        return ~Q(pk=None)
    left = Q(pk__in=[])
    for name, blank in personal.blanks(is_asked_for=is_asked_for).items():
        if blank is None:
            left |= Q(**{f"{name}__isnull": False})
        elif not hasattr(blank, "resolve_expression"):
            left |= ~Q(**{name: blank})
    return left


def kept_by_holds() -> Kept:
    """Every row that a standing hold keeps, by model; whom such a row is about is kept as well."""
    kept: Kept = defaultdict(set)
    for standing in Hold.objects.filter(released_at=None).select_related("matter__case"):
        kept[Matter].add(standing.matter_id)
        for row in records_of(standing.matter).rows:
            kept[type(row)].add(row.pk)
    for model, personal in inventory():
        if personal.of and kept[model]:
            people = model._default_manager.filter(pk__in=kept[model]).exclude(**{personal.of: None})
            kept[User].update(people.values_list(personal.of, flat=True))
    return kept


def is_kept(model: type[Model], personal: Personal, kept: Kept) -> Q:
    kept_rows = Q(pk__in=kept[model])
    if personal.part_of:
        parent = model._meta.get_field(personal.part_of).related_model
        kept_rows |= Q(**{f"{personal.part_of}__in": kept[parent]})  # type: ignore[index]
    return kept_rows


def expired(model: type[Model], personal: Personal, policy: PolicyVersion, kept: Kept, at: datetime) -> Rows:
    """The rows whose days are over, that no hold keeps, and in which something is left."""
    days = policy[Retention].days_of(personal.kept_as)
    rows = model._default_manager.filter(
        personal.ended, **{f"{personal.since}__lt": at - timedelta(days=days)}
    )
    return rows.filter(has_something(personal, is_asked_for=False)).exclude(is_kept(model, personal, kept))


COLUMNS = """
    SELECT c.table_name, array_agg(c.column_name::text ORDER BY c.ordinal_position)
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
      AND c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY')
    GROUP BY 1 ORDER BY 1
"""


def mentioning(rows: Rows, personal: Personal, texts: Iterable[str]) -> set[Any]:
    """Those of the rows in whose free texts somebody is named."""
    pattern = patterns_of(texts)
    return {pk for name in personal.mentions for pk in rows_naming(rows, name, pattern)} if pattern else set()


def places_naming(texts: Iterable[str]) -> dict[str, int]:
    """Every ``table.column`` of the database that holds one of the texts, also encrypted, with its number of rows."""
    pattern = patterns_of(texts)
    if not pattern:
        return {}
    found = _plain_places(pattern)
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField) and (
                rows := rows_naming(model._default_manager.all(), field.name, pattern)
            ):
                found[f"{model._meta.db_table}.{field.column}"] = len(rows)
    return found


def _plain_places(pattern: str) -> dict[str, int]:
    """One walk over each table, counting for each of its columns of text."""
    quote = connection.ops.quote_name
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, columns in cursor.fetchall():
            counts = ", ".join(f"count(*) FILTER (WHERE {quote(c)}::text ~* %s)" for c in columns)
            # The names come from the catalogue and are quoted.
            cursor.execute(f"SELECT {counts} FROM {quote(table)}", [pattern] * len(columns))  # noqa: S608
            counted = zip(columns, cursor.fetchone() or (), strict=True)
            found |= {f"{table}.{column}": count for column, count in counted if count}
    return found


def records_about(user: User | None, contacts: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Everything that is held about a person, by model, in words that JSON can say."""
    records = {}
    for model, personal in inventory():
        names = ["pk", *([personal.since] if personal.since else []), *personal.fields, *personal.mentions]
        names = [name for name in dict.fromkeys(names) if name not in {"password", "due_at", "last_error"}]
        if rows := list(rows_about(model, personal, user, contacts).order_by("pk").values(*names)):
            records[model._meta.label] = rows
    return records


def files_of(records: dict[str, list[dict[str, Any]]]) -> set[int]:
    """The files that belong to these records."""
    pictures = {row.get("picture") for rows in records.values() for row in rows}
    return {pk for pk in pictures if pk}
