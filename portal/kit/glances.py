"""The hottest reads, and what is only appended: over the driver alone, without a session around.

A session costs about a millisecond of computing a request; the few reads that programs ask for all
the time go without. Statements are still SQLAlchemy's, compiled once when a room is imported, and
connections still begin in the scope that the boundary sets.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portal.kit.db import WAIT_FOR_CONNECTION_S, Db
from portal.kit.errors import Problem

IDLE_S = 300.0
_DIALECT = PGDialect_asyncpg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


class Row(asyncpg.Record):  # type: ignore[misc]  # asyncpg ships no types
    """A row whose columns are attributes, as a session's rows are."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Sentence:
    """A statement, compiled. Its results are rows of the driver, read by name."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        compiled: Any = statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        self.sql = str(compiled)
        self._names: Sequence[str] = compiled.positiontup
        self._defaults: dict[str, Any] = compiled.params

    def arguments(self, given: dict[str, Any]) -> list[Any]:
        return [given.get(name, self._defaults[name]) for name in self._names]


class Glance:
    """One transaction of the driver. `info` tells who looks, as a session's does."""

    def __init__(self, connection: asyncpg.Connection, info: dict[str, Any]) -> None:
        self._connection = connection
        self.info = info

    async def one_or_none(self, sentence: Sentence, **given: Any) -> Any:
        return await self._connection.fetchrow(sentence.sql, *sentence.arguments(given))

    async def all(self, sentence: Sentence, **given: Any) -> list[Any]:
        rows: list[Any] = await self._connection.fetch(sentence.sql, *sentence.arguments(given))
        return rows

    async def run(self, sentence: Sentence, **given: Any) -> None:
        await self._connection.execute(sentence.sql, *sentence.arguments(given))


class Glances:
    """Connections apart from those of sessions: few, each held for a few statements."""

    def __init__(self, url: str, *, most: int) -> None:
        self._make: Callable[[], Any] = lambda: asyncpg.create_pool(
            url,
            min_size=0,
            max_size=most,
            max_inactive_connection_lifetime=IDLE_S,
            record_class=Row,
            init=_read_json,
            reset=_no_reset,
        )
        self._pool: asyncpg.Pool | None = None

    async def start(self) -> None:
        self._pool = await self._make()

    async def stop(self) -> None:
        if self._pool is not None:
            await self._pool.close()

    @asynccontextmanager
    async def one(self, opening: str, info: dict[str, Any]) -> AsyncIterator[Glance]:
        """A transaction that begins with `opening` in the same round trip.

        Raises `NoConnectionFree`.
        """
        assert self._pool is not None, "start comes first"  # noqa: S101
        try:
            connection = await self._pool.acquire(timeout=WAIT_FOR_CONNECTION_S)
        except TimeoutError:
            raise NoConnectionFree from None
        try:
            await connection.execute(f"BEGIN; {opening}")
            try:
                yield Glance(connection, info)
            except Problem:
                await connection.execute("ROLLBACK")
                raise
            await connection.execute("COMMIT")
        except Problem:
            raise  # a refusal is no accident: undone, and the connection serves the next
        except BaseException:
            # In the middle of whatever it was: a closed connection carries nothing to the next.
            connection.terminate()
            raise
        finally:
            await self._pool.release(connection)


async def rows_of(db: Db | Glance, sentence: Sentence, **given: Any) -> Sequence[Any]:
    """A statement that is asked in sessions and at a glance: rows with columns as attributes."""
    if isinstance(db, Glance):
        return await db.all(sentence, **given)
    return (await db.execute(sentence.statement, given)).all()


async def run_in(db: Db | Glance, sentence: Sentence, **given: Any) -> None:
    """The same for a statement whose rows nobody wants."""
    if isinstance(db, Glance):
        await db.run(sentence, **given)
    else:
        await db.execute(sentence.statement, given)


async def _read_json(connection: asyncpg.Connection) -> None:
    """Values of JSON columns are what they say, as in a session."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
    )


async def _no_reset(_connection: Any) -> None:
    """Every use is one whole transaction, and settings end with it: there is nothing to undo."""
