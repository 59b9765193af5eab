"""Runs the migrations as the role that owns the tables (`DATABASE_OWNER_URL`)."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from portal.kit.db import Base
from portal.tables import every_table

every_table()


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
    with context.begin_transaction():
        context.execute("SET lock_timeout = '5s'")
        context.run_migrations()


async def connect_and_run(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


def start() -> None:
    options: dict[str, Any] = context.config.attributes
    if "connection" in options:
        run(options["connection"])
    else:
        asyncio.run(connect_and_run(str(context.config.get_main_option("sqlalchemy.url"))))


start()
