"""Pages by keyset: the next page begins after the last row seen, at the same cost at any depth."""

import base64
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import orjson
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, Expression, F, Field, Func, Model, QuerySet, Value

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """``next`` is the token of the page after this one, ``""`` on the last."""

    rows: list[Row]
    next: str
    is_first: bool

    def __iter__(self) -> Any:
        return iter(self.rows)


class _RowBeyond(Func):
    """``(a, b) > (x, y)``, or ``<``, as PostgreSQL's row comparison, which one index answers."""

    output_field = BooleanField()

    def __init__(self, keys: list[F | Expression], values: list[Any], sign: str) -> None:
        super().__init__(*keys, *(Value(value) for value in values))
        self.sign = sign

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        parts = [compiler.compile(source) for source in self.get_source_expressions()]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _params in side) for side in (parts[:half], parts[half:]))
        return f"({left}) {self.sign} ({right})", tuple(param for _sql, params in parts for param in params)


def _key(name: str) -> F | Expression:
    return cast(Expression, -F(name[1:])) if name.startswith("-") else F(name)


def page_of(rows: QuerySet[Row], *, order: tuple[str, ...], after: str = "", size: int = 50) -> Page[Row]:
    """One page in this ``order``, whose last key must be unique.

    Where every key begins with ``-`` the plain columns run downwards; in a mixed order ``-name`` stands for the
    negated number, so that one ascending index serves it.
    """
    is_downward = all(name.startswith("-") for name in order)
    order = tuple(name[1:] for name in order) if is_downward else order
    keys = [_key(name) for name in order]
    values = _decode_cursor(after, rows.model, order)
    if values is not None:
        rows = rows.filter(_RowBeyond(keys, values, "<" if is_downward else ">"))
    found = list(rows.order_by(*(key.desc() if is_downward else key.asc() for key in keys))[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, _encode_cursor(found[-1], order) if more else "", is_first=values is None)


def _encode_cursor(row: Model, order: tuple[str, ...]) -> str:
    values = [-getattr(row, name[1:]) if name.startswith("-") else getattr(row, name) for name in order]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _decode_cursor(token: str, model: type[Model], order: tuple[str, ...]) -> list[Any] | None:
    """The keys of a token; a token that is none of ours is the first page."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return [_key_value(model, name, value) for name, value in zip(order, values, strict=True)]
    except (ValueError, TypeError, ValidationError):
        return None


def _key_value(model: type[Model], name: str, value: Any) -> Any:
    """A value of the kind that the column holds; a key that is no column keeps what was written."""
    try:
        field = model._meta.get_field(name.removeprefix("-"))
    except FieldDoesNotExist:
        return value
    return field.to_python(value) if isinstance(field, Field) else value
