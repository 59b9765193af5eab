"""A real PostgreSQL, a real Redis and a real server for all tests of a run.

Nothing rolls back: each test founds its own workshops, and the boundary keeps them apart.
No workshop is active by default.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
import uvicorn
from hypothesis import HealthCheck
from hypothesis import settings as examples
from litestar import Litestar
from litestar.middleware.csrf import generate_csrf_token

from portal import migrate
from portal.app import create_app
from portal.kit.embedded import PostgresServer, RedisServer
from portal.kit.logs import set_up
from portal.kit.parts import Parts, running
from portal.kit.settings import Settings
from portal.tenants.callers import COOKIE
from portal.tenants.permissions import Role
from tests.makers.patience import PATIENCE_S
from tests.makers.shops import Shop, found_shop, session_of

SECRET = "tests only, and long enough to be accepted"

# Examples are the same in each run, and how busy the machine is decides nothing.
examples.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
examples.load_profile("house")

SignedIn = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings over servers that live as long as the test run."""
    set_up(level="CRITICAL", pretty=False)
    home = tmp_path_factory.mktemp("home")
    with (
        PostgresServer(home / "pg", durable=False) as database,
        RedisServer(home / "redis", durable=False) as redis,
    ):
        passwords = {"owner": "owner-of-tests", "app": "app-of-tests"}
        superuser = database.url("postgres")
        asyncio.run(migrate.prepare(superuser, database="carbot", **passwords))
        owner = database.url("carbot", user="carbot_owner", password=passwords["owner"])
        migrate.upgrade(owner)
        yield Settings(
            database_url=database.url("carbot", user="carbot_app", password=passwords["app"]),
            database_owner_url=owner,
            redis_url=redis.url(),
            portal_secret=SECRET,
            portal_home=home,
            portal_mode="test",
        )


@pytest.fixture(scope="session")
async def parts(settings: Settings) -> AsyncIterator[Parts]:
    async with running(settings) as made:
        yield made


@pytest.fixture(scope="session")
def app(settings: Settings, parts: Parts) -> Litestar:
    return create_app(settings, parts)


@pytest.fixture(scope="session")
async def address(app: Litestar) -> AsyncIterator[str]:
    """The portal on a real socket, so that streams are streams."""
    config = uvicorn.Config(app, port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    server.force_exit = True
    await serving


@pytest.fixture
async def client(address: str, parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    """Nobody in particular, who has not been here: all tests come from one address."""
    async for key in parts.redis.scan_iter("carbot:limit:public.*"):
        await parts.redis.delete(key)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE_S) as nobody:
        yield nobody


@pytest.fixture
async def shop(parts: Parts) -> Shop:
    return await found_shop(parts)


@pytest.fixture
async def other_shop(parts: Parts) -> Shop:
    return await found_shop(parts)


@pytest.fixture
async def signed_in(address: str, parts: Parts) -> AsyncIterator[SignedIn]:
    """Makes a browser for a person of a workshop, with session and CSRF token."""
    async with AsyncExitStack() as open_clients:

        async def sign_in(shop: Shop, role: Role = Role.OWNER) -> httpx.AsyncClient:
            csrf = generate_csrf_token(SECRET)
            browser = httpx.AsyncClient(
                base_url=address,
                timeout=PATIENCE_S,
                cookies={
                    COOKIE: await session_of(parts, shop.accounts[role]),
                    "carbot_csrf": csrf,
                },
                headers={"x-csrftoken": csrf, "origin": address},
            )
            return await open_clients.enter_async_context(browser)

        yield sign_in


@pytest.fixture
def device(address: str) -> Callable[[Shop], httpx.AsyncClient]:
    """A program with the workshop's API token."""

    def connect(shop: Shop) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {shop.token}"}
        return httpx.AsyncClient(base_url=address, timeout=PATIENCE_S, headers=headers)

    return connect


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Real recordings beside the project; tests that need them are skipped without."""
    folder = Path(__file__).parents[1] / "../shared/data/obd"
    if not folder.is_dir():
        pytest.skip("no recordings beside the project")
    return folder
