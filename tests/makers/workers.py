"""Workers as processes of their own, for tests that kill them. None outlives its test."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import monotonic

from portal.kit.settings import Settings

PATIENCE_S = 120
"""A busy machine takes long to load a worker; one that does nothing by then stands still."""


@asynccontextmanager
async def worker_process(
    script: Path, settings: Settings, **told: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`script` run beside the tests, over their servers; `told` is added to its environment."""
    assert settings.database_url is not None
    assert settings.redis_url is not None
    environment = os.environ | {
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "REDIS_URL": settings.redis_url.get_secret_value(),
        "PORTAL_SECRET": settings.secret,
        "PORTAL_HOME": str(settings.portal_home),
        "PORTAL_MODE": "test",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        **told,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def until(is_so: Callable[[], Awaitable[bool]], worker: asyncio.subprocess.Process) -> None:
    """Wait for what that worker does. Raises AssertionError when it has died or stands still."""
    deadline = monotonic() + PATIENCE_S
    while not await is_so():
        assert worker.returncode is None, f"the worker ended with {worker.returncode}"
        assert monotonic() < deadline, "the worker stands still"
        await asyncio.sleep(0.01)
