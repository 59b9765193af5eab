"""Brings a database to the newest schema, and prepares the two roles on a server of our own."""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def configuration(owner_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("prepend_sys_path", str(MIGRATIONS.parent))
    url = owner_url.replace("postgresql://", "postgresql+asyncpg://", 1)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(owner_url: str) -> None:
    """Apply all open migrations; needs no event loop of its own running."""
    command.upgrade(configuration(owner_url), "head")


async def prepare(superuser_url: str, *, database: str, owner: str, app: str) -> None:
    """Make the owner role, the application's role and the database; `owner`, `app`: passwords.

    The application's role owns nothing and cannot bypass row-level security.
    """
    connection = await asyncpg.connect(superuser_url)
    try:
        for role, password in (("carbot_owner", owner), ("carbot_app", app)):
            await _role(connection, role, password)
        found = await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database)
        if not found:
            await connection.execute(f'CREATE DATABASE "{database}" OWNER carbot_owner')
    finally:
        await connection.close()


async def _role(connection: asyncpg.Connection, role: str, password: str) -> None:
    found = await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role)
    verb = "ALTER" if found else "CREATE"
    quoted = password.replace("'", "''")
    await connection.execute(
        f"{verb} ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD '{quoted}'"
    )
