"""The queue of record: a job is a row written in the same transaction as its cause.

`later(db, "room.verb", …)` writes the row. A worker takes rows under a lease, does the work and
deletes the row in the work's own transaction, so a job that was interrupted is taken again and a
job that was done is gone. Redis only wakes workers up: losing it delays jobs and loses none.

The row's `workshop_id` fills itself from the session that writes it, exactly as everywhere else;
nothing here knows what it means. `later_for_each` makes a job for many at once.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Index,
    Select,
    String,
    Text,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.kit import clock
from portal.kit.db import Base, Db, created_column, id_column, json_column, new_id

LEASE = timedelta(seconds=10)
"""A worker that dies frees its jobs after this; one that lives renews its leases meanwhile."""
RENEW_EVERY_S = 3.0
BACK_OFF = (5, 30, 120, 600, 1800, 7200)
"""Seconds before the next attempt; after the last one a job is dead and waits for a person."""


class Job(Base):
    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "run_at", postgresql_where=text("dead_at IS NULL")),)

    id: Mapped[UUID] = id_column()
    workshop_id: Mapped[UUID | None] = mapped_column(
        server_default=text("nullif(current_setting('app.workshop_id', true), '')::uuid")
    )
    name: Mapped[str] = mapped_column(String(80))
    arguments: Mapped[dict[str, Any]] = json_column()
    run_at: Mapped[datetime] = created_column()
    created_at: Mapped[datetime] = created_column()
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[UUID | None]
    leased_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_error: Mapped[str | None] = mapped_column(Text)
    dead_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class LeaseLost(Exception):
    """Another worker has taken the job meanwhile: this one's work must not be stored."""


OpenSession = Callable[[UUID | None], AbstractAsyncContextManager[Db]]
"""Opens a transaction inside a workshop (or in none); the boundary provides it."""


@dataclass(frozen=True)
class Work:
    """What a job function gets: the application's parts, and transactions inside its workshop."""

    parts: Any
    job_id: UUID
    lease: UUID
    workshop_id: UUID | None
    open_session: OpenSession

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Db]:
        """A transaction before an outside call. The job stays queued."""
        async with self.open_session(self.workshop_id) as db:
            yield db

    @asynccontextmanager
    async def finishing(self) -> AsyncIterator[Db]:
        """The transaction that stores the result and removes the job, both or neither."""
        async with self.open_session(self.workshop_id) as db:
            yield db
            await db.flush()
            done = await db.execute(
                delete(Job).where(Job.id == self.job_id, Job.lease == self.lease)
            )
            if done.rowcount != 1:  # type: ignore[attr-defined]  # a DELETE's result has it
                raise LeaseLost(self.job_id)


JobFunction = Callable[..., Awaitable[None]]


def later(db: Db, name: str, *, run_at: datetime | None = None, **arguments: Any) -> None:
    """Queue a job with the transaction of `db`; arguments are ids and plain values."""
    job = Job(name=name, arguments={key: _plain(value) for key, value in arguments.items()})
    if run_at is not None:
        job.run_at = run_at
    db.add(job)
    db.info["wake_worker"] = True


async def later_for_each(
    db: Db, name: str, whose: Select[Any], *, spread: timedelta = timedelta(0)
) -> None:
    """Queue a job for each workshop that the query names, in one statement.

    `db` is a session of no workshop. `spread`: each begins at a moment of its own within that time.
    Where the same job waits already, no later than this one would, there is no second one.
    """
    now, ids = clock.now(), whose.subquery()
    workshop_id = ids.c[0]
    waits = exists().where(
        Job.workshop_id == workshop_id,
        Job.name == name,
        Job.run_at <= now + spread,
        Job.leased_until.is_(None),
        Job.dead_at.is_(None),
    )
    wait_s = literal(spread.total_seconds()) * func.random()
    begins = literal(now) + func.make_interval(0, 0, 0, 0, 0, 0, wait_s)
    jobs = select(func.gen_random_uuid(), workshop_id, literal(name), begins, literal(0))
    columns = ["id", "workshop_id", "name", "run_at", "attempts"]
    await db.execute(insert(Job).from_select(columns, jobs.where(~waits)))
    db.info["wake_worker"] = True


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


async def claim(db: Db, *, limit: int = 10) -> list[Job]:
    """Take due jobs whose lease is free or has run out; the caller commits before working."""
    now = clock.now()
    due = (
        select(Job.id)
        .where(Job.run_at <= now, Job.dead_at.is_(None))
        .where(or_(Job.leased_until.is_(None), Job.leased_until < now))
        .order_by(Job.run_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = (await db.scalars(due)).all()
    taken = await db.scalars(
        update(Job)
        .where(Job.id.in_(ids))
        .values(lease=new_id(), leased_until=now + LEASE, attempts=Job.attempts + 1)
        .returning(Job)
    )
    return sorted(taken, key=lambda job: job.run_at)


async def renew(db: Db, job: Job) -> None:
    """Keep a job that takes long."""
    mine = (Job.id == job.id, Job.lease == job.lease)
    await db.execute(update(Job).where(*mine).values(leased_until=clock.now() + LEASE))


async def give_back(db: Db, job: Job, error: BaseException) -> None:
    """A failed attempt: again after a while, or dead and visible when attempts are used up."""
    used_up = job.attempts > len(BACK_OFF)
    wait = timedelta(seconds=0 if used_up else BACK_OFF[job.attempts - 1])
    await db.execute(
        update(Job)
        .where(Job.id == job.id, Job.lease == job.lease)
        .values(
            lease=None,
            leased_until=None,
            run_at=clock.now() + wait,
            last_error=f"{type(error).__name__}: {error}"[:2000],
            dead_at=clock.now() if used_up else None,
        )
    )


async def depth(db: Db) -> tuple[int, int]:
    """How many jobs wait, and how many are dead."""
    dead = func.count(Job.dead_at)
    waiting, buried = (await db.execute(select(func.count() - dead, dead).select_from(Job))).one()
    return waiting, buried
