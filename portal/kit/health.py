"""`/health/live`: the process answers. `/health/ready`: it can also do its work."""

import asyncio
from typing import Any

from litestar import Request, Response, get
from sqlalchemy import text

from portal.kit.parts import Parts


@get("/health/live", sync_to_thread=False)
def live() -> dict[str, str]:
    return {"status": "ok"}


@get("/health/ready")
async def ready(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    missing = await missing_parts(request.app.state.parts)
    status = {"status": "unavailable" if missing else "ok", "missing": missing}
    return Response(status, status_code=503 if missing else 200)


async def missing_parts(parts: Parts) -> list[str]:
    """The outside parts that do not answer within two seconds."""
    checks = {"database": _database(parts), "redis": _redis(parts)}
    answers = await asyncio.gather(
        *(asyncio.wait_for(check, 2) for check in checks.values()), return_exceptions=True
    )
    return [name for name, answer in zip(checks, answers, strict=True) if answer is not None]


async def _database(parts: Parts) -> None:
    async with parts.engine.connect() as connection:
        await connection.execute(text("SELECT 1"))


async def _redis(parts: Parts) -> None:
    await parts.redis.ping()
