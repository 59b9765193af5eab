"""What the tenant boundary costs: one row by primary key, beside a twin table without it.

The twin has the same rows and key, no policy, and its session sets nothing. CPU is counted on
both sides: of this process, and of the database's process for the one connection in use.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple
from uuid import UUID

import asyncpg
import psutil
from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from portal.kit.db import Base, Db, make_engine
from portal.kit.parts import Parts
from portal.tenants.boundary import inside
from portal.tenants.models import Staff
from tests.bench.figures import Figure, most, paired
from tests.bench.rounds import alternated
from tests.bench.world import Bench

TWIN = "bench_staff"
BASELINE = "twin without policy"
DRIVER = "driver alone, with policy"
SHOPS = 50


class UnprotectedStaff(Base):
    """The same columns on the twin table, so that both sides load one mapped object."""

    __table__ = Staff.__table__.to_metadata(Base.metadata, name=TWIN)


class Cost(NamedTuple):
    """Microseconds of one unit of work."""

    client: float
    server: float
    wall: float

    @property
    def cpu(self) -> float:
        return self.client + self.server


Row = tuple[UUID, UUID]
Unit = Callable[[Row], Awaitable[object]]


async def run(bench: Bench) -> list[Figure]:
    rows = await _rows(bench)
    async with _one_connection(bench) as (parts, backend), _driver(bench) as driver:
        units: dict[str, Unit] = {
            BASELINE: _unit(lambda _: _unbound(parts), _by_twin_key),
            "same query": _unit(lambda row: inside(parts, row[0]), _by_key),
            "as rooms ask, by id alone": _unit(lambda row: inside(parts, row[0]), _by_id),
        }
        times = bench.much(400, 250)
        contestants = {name: _costs(unit, rows, backend, times) for name, unit in units.items()}
        contestants[DRIVER] = _costs(_by_driver(driver), rows, driver.get_server_pid(), times)
        for warm_up in contestants.values():
            await warm_up()
        # Rounds are short here, so there are more of them: the bound is a narrow one.
        costs = await alternated(bench.rounds * 3, contestants)
    names = [name for name in units if name != BASELINE]
    figures = [figure for name in names for figure in _figures(name, costs[name], costs[BASELINE])]
    return [*figures, _beside_driver(costs["as rooms ask, by id alone"], costs[DRIVER])]


def _unit(
    opened: Callable[[Row], AbstractAsyncContextManager[Db]],
    asked: Callable[[Row], Select[tuple[object]]],
) -> Unit:
    async def unit(row: Row) -> object:
        async with opened(row) as db:
            return (await db.scalars(asked(row))).one()

    return unit


@asynccontextmanager
async def _unbound(parts: Parts) -> AsyncIterator[Db]:
    """What `inside` would be without a workshop: the same session, commit and end."""
    async with Db(parts.engine, expire_on_commit=False) as db:
        yield db
        await db.commit()


def _by_twin_key(row: Row) -> Select[tuple[UnprotectedStaff]]:
    mine = UnprotectedStaff.workshop_id == row[0]  # type: ignore[attr-defined]  # of its table
    return select(UnprotectedStaff).where(mine, UnprotectedStaff.id == row[1])


def _by_key(row: Row) -> Select[tuple[Staff]]:
    return select(Staff).where(Staff.workshop_id == row[0], Staff.id == row[1])


def _by_id(row: Row) -> Select[tuple[Staff]]:
    return select(Staff).where(Staff.id == row[1])


async def _rows(bench: Bench) -> list[Row]:
    """The keys of all staff of 50 workshops, which the twin holds too."""
    await bench.shops(SHOPS)
    async with bench.admin() as admin:
        await admin.execute(
            f"""
            drop table if exists {TWIN};
            create table {TWIN} (like staff including all);
            insert into {TWIN} select * from staff;
            grant select on {TWIN} to carbot_app;
            """
        )
        for table in (TWIN, "staff"):
            await admin.execute(f"vacuum analyze {table}")
        return [tuple(row) for row in await admin.fetch(f"select workshop_id, id from {TWIN}")]


@asynccontextmanager
async def _one_connection(bench: Bench) -> AsyncIterator[tuple[Parts, int]]:
    """Parts over an engine of a single connection, and the process that serves it."""
    url = bench.settings.database_url.get_secret_value()
    engine: AsyncEngine = make_engine(url, pool_size=1)
    try:
        async with engine.connect() as connection:
            backend = int(await connection.scalar(text("select pg_backend_pid()")))
        yield replace(bench.parts, engine=engine), backend
    finally:
        await engine.dispose()


@asynccontextmanager
async def _driver(bench: Bench) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(bench.settings.database_url.get_secret_value())
    try:
        yield connection
    finally:
        await connection.close()


def _by_driver(connection: asyncpg.Connection) -> Unit:
    """The least that a protected read can cost: three trips of asyncpg, no session, no object."""
    columns = ", ".join(Staff.__table__.columns.keys())
    query = f"select {columns} from staff where id = $1"

    async def unit(row: Row) -> object:
        await connection.execute(f"BEGIN; SET LOCAL app.workshop_id = '{row[0]}'")
        found = await connection.fetchrow(query, row[1])
        await connection.execute("COMMIT")
        return found

    return unit


def _costs(unit: Unit, rows: list[Row], backend: int, times: int):
    async def measured() -> Cost:
        server, client, wall = _cpu_s(backend), process_time(), perf_counter()
        for number in range(times):
            await unit(rows[number % len(rows)])
        return Cost(
            (process_time() - client) / times * 1e6,
            (_cpu_s(backend) - server) / times * 1e6,
            (perf_counter() - wall) / times * 1e6,
        )

    return measured


def _cpu_s(pid: int) -> float:
    """To the nanosecond where the kernel keeps it, else in its ticks."""
    kept = Path(f"/proc/{pid}/schedstat")
    ran = int(kept.read_text().split()[0]) if kept.exists() else 0
    if ran:
        return ran / 1e9
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def _figures(name: str, costs: list[Cost], twins: list[Cost]) -> list[Figure]:
    figures = []
    for what, part in (
        ("CPU, both sides", lambda cost: cost.cpu),
        ("CPU of the application", lambda cost: cost.client),
        ("CPU of the database", lambda cost: cost.server),
        ("time", lambda cost: cost.wall),
    ):
        values, baselines = list(map(part, costs)), list(map(part, twins))
        bound = most(1.10, "ratio") if what == "CPU, both sides" else None
        figures.append(
            Figure(
                "tenancy",
                f"{name}: {what}",
                "µs",
                median(values),
                median(baselines),
                BASELINE,
                paired(values, baselines),
                bound,
            )
        )
    return figures


def _beside_driver(costs: list[Cost], driver: list[Cost]) -> Figure:
    """No target: what the ORM costs where a path is hot enough to go without."""
    values, baselines = [cost.cpu for cost in costs], [cost.cpu for cost in driver]
    ratio = paired(values, baselines)
    name = "by id alone: CPU, both sides"
    return Figure("tenancy", name, "µs", median(values), median(baselines), DRIVER, ratio)
