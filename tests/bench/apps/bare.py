"""The baseline of every HTTP figure: a Litestar application with one route and nothing around."""

from litestar import Litestar, get


@get("/")
async def bare() -> dict[str, str]:
    return {"status": "ok"}


app = Litestar([bare], openapi_config=None, logging_config=None)
