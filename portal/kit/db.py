"""The database: base class of all tables, the engine, and connections that begin in a scope.

A transaction and the setting that row-level security reads are opened in one round trip: whoever
owns the session puts the statement into `opening`, and BEGIN carries it along. Read the gate
`portal/tenants/boundary.py` for what that statement is.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from advanced_alchemy.base import CommonTableAttributes, create_registry
from sqlalchemy import DateTime, event, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from uuid_utils.compat import uuid7

WAIT_FOR_CONNECTION_S = 20
"""Whoever waits longer for a free connection is asked to come back: 503 with Retry-After."""

Db = AsyncSession
"""What every verb takes first: one session, one transaction, at most one workshop."""


class Base(CommonTableAttributes, DeclarativeBase):
    registry = create_registry()


def new_id() -> UUID:
    """A UUIDv7: sorts by time of creation."""
    return uuid7()


def id_column() -> MappedColumn[UUID]:
    return mapped_column(primary_key=True, default=new_id, insert_sentinel=True, sort_order=-10)


def created_column() -> MappedColumn[datetime]:
    return mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


def json_column(*, default: str = "{}") -> MappedColumn[Any]:
    return mapped_column(JSONB, server_default=default)


class ScopedConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A connection whose BEGIN also carries the statement in `opening`."""

    opening: str = ""

    async def execute(self, query: str, *args: Any, **options: Any) -> str:
        if self.opening and not args and query.startswith("BEGIN"):
            query = f"{query} {self.opening}"
        result: str = await super().execute(query, *args, **options)
        return result


def make_engine(url: str, *, pool_size: int, **options: Any) -> AsyncEngine:
    """An engine over `postgresql://…`; each pooled connection is handed out without a scope."""
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=WAIT_FOR_CONNECTION_S,
        pool_reset_on_return="rollback",
        hide_parameters=True,  # what people typed never stands in a log
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
        connect_args={"connection_class": ScopedConnection, "statement_cache_size": 0},
        **options,
    )

    @event.listens_for(engine.sync_engine, "checkin")
    def forget_scope(dbapi_connection: Any, _record: Any) -> None:
        if dbapi_connection is not None:
            dbapi_connection.driver_connection.opening = ""

    return engine
