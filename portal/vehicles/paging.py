"""Lists by cursor: a page begins after (or ends before) a row's place in the order."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from portal.kit.db import Db
from portal.kit.errors import Invalid

Row = TypeVar("Row")
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`next` and `previous` are cursors, None where the list ends."""

    items: Sequence[Row]
    next: str | None = None
    previous: str | None = None


async def page_of(
    db: Db,
    query: Select[*tuple[Any, ...]],
    *order: Column,
    after: str | None = None,
    before: str | None = None,
    limit: int,
    descending: bool = False,
) -> Page[Any]:
    """A page of rows whose first element is the ordered entity. Raises `Invalid` (cursor)."""
    backwards = before is not None
    cursor = before if backwards else after
    falling = descending != backwards
    if cursor is not None:
        here = tuple_(*order)
        there = tuple_(
            *(literal(v, c.type) for v, c in zip(_place(cursor, order), order, strict=True))
        )
        query = query.where(here < there if falling else here > there)
    query = query.order_by(*(column.desc() if falling else column for column in order))
    found = list((await db.execute(query.limit(limit + 1))).all())
    more = len(found) > limit
    shown = found[:limit][:: -1 if backwards else 1]
    follows, precedes = (bool(shown), more) if backwards else (more, after is not None)
    return Page(
        items=shown,
        next=_cursor(shown[-1], order) if follows and shown else None,
        previous=_cursor(shown[0], order) if precedes and shown else None,
    )


def _cursor(row: Any, order: Sequence[Column]) -> str:
    values = [getattr(row[0], column.key) for column in order]
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def _place(cursor: str, order: Sequence[Column]) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=list[str])
        return [_typed(value, column) for value, column in zip(values, order, strict=True)]
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise Invalid from error


def _typed(value: str, column: Column) -> UUID | date | str:
    kind = column.type.python_type
    if kind is UUID:
        return UUID(value)
    if kind is date:
        return date.fromisoformat(value)
    if "\x00" in value:
        raise ValueError(value)
    return value
