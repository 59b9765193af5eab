"""The tenant boundary: the only place that turns "someone" into "a session of one workshop".

Every session carries at most one workshop. The first statement of each of its transactions sets
`app.workshop_id` for that transaction alone, together with BEGIN; the policies of every owned
table compare with it. Without it there are no rows to read and none can be inserted.

Doors, each a dependency that yields `db` and commits when the answer is ready and not yet sent:

- `staff_db`     session cookie and `/w/{slug}`: a member of staff
- `device_db`    API token, or the session of a member of staff: `/api/v1`
- `device_glance` the same for the reads that programs ask for all the time: no session
- `site_db`      widget token and origin: a visitor of the workshop's website
- `owner_db`     signed link: a car owner
- `recipient_db` signed link in advertising: whoever got it, to say stop
- `public_db`    a workshop's address: what it shows to everybody
- `feed_db`      a calendar's secret address: one person's appointments
- `platform_db`  platform staff: platform tables only, logged
- `lobby_db`     nobody yet: sign-in and look-ups of platform tables

and `inside(parts, workshop_id)` for jobs, webhooks and commands. Nothing else makes a session.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import structlog
from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, SessionTransaction

from portal.kit.db import Db
from portal.kit.glances import Glance
from portal.kit.parts import Parts
from portal.tenants import api_tokens, callers
from portal.tenants.callers import Feed, Member, Pass, Visitor
from portal.tenants.permissions import Permission

log = structlog.get_logger()

DoorDb = NamedDependency[Db]
"""How a handler names the session of its door: `db: DoorDb`."""
DoorGlance = NamedDependency[Glance]
"""The same where the door opens a glance."""


class _WorkshopSession(Session):
    """A session whose transactions always begin with its workshop set."""


@event.listens_for(_WorkshopSession, "after_begin")
def _enter_workshop(session: Session, _begun: SessionTransaction, connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.opening = _setting(session.info["workshop_id"])


def _setting(workshop_id: UUID | None) -> str:
    return f"SET LOCAL app.workshop_id = '{workshop_id or ''}'"


@asynccontextmanager
async def inside(parts: Parts, workshop_id: UUID | None) -> AsyncIterator[Db]:
    """One transaction inside one workshop (or in none): commits at the end, or nothing happened."""
    if workshop_id is not None and not isinstance(workshop_id, UUID):
        raise TypeError("A workshop is named by its UUID.")
    db = Db(parts.engine, sync_session_class=_WorkshopSession, expire_on_commit=False)
    db.info.update(_info(parts, workshop_id), unless_done=[])
    try:
        async with parts.shares.one_for(workshop_id or db), db:
            yield db
            if db.in_transaction():
                await db.commit()
        await _leave(parts, db.info)
    except BaseException:
        for give_up in db.info["unless_done"]:
            give_up()
        raise


@asynccontextmanager
async def glancing(parts: Parts, workshop_id: UUID) -> AsyncIterator[Glance]:
    """As `inside`, over the driver alone: the same setting, the same policies, no session."""
    info = _info(parts, workshop_id)
    async with parts.glances.one(_setting(workshop_id), info) as glance:
        yield glance
    await _leave(parts, info)


def _info(parts: Parts, workshop_id: UUID | None) -> dict[Any, Any]:
    return {
        "workshop_id": workshop_id,
        "parts": parts,
        "after_commit": [],
        "told": [],
    }


@asynccontextmanager
async def _looking_up(parts: Parts) -> AsyncIterator[Db]:
    """What doors ask the directory tables: one round trip a statement, inside no workshop."""
    async with Db(parts.lookups, expire_on_commit=False) as db:
        yield db


def after_commit(db: Db | Glance, act: Callable[[], Awaitable[Any]]) -> None:
    """Do this once the transaction is stored, and never when it is not: events, no work."""
    db.info["after_commit"].append(act)


async def undo(db: Db) -> None:
    """Nothing of this transaction has happened, and nobody is told of it; the session goes on."""
    await db.rollback()
    db.info["after_commit"].clear()
    db.info["told"].clear()


def unless_done(db: Db, give_up: Callable[[], Any]) -> None:
    """Do this when the transaction is not stored, or its request ends before all was told."""
    db.info["unless_done"].append(give_up)


def tell(db: Db | Glance, topic: str, event_body: bytes) -> None:
    """Publish a live event to readers of this workshop, after all else that follows the commit."""
    db.info["told"].append((channel(db.info["workshop_id"], topic), event_body))


def channel(workshop_id: UUID, topic: str) -> str:
    """The only maker of channel names and cache keys: the workshop comes first."""
    return f"{workshop_id}:{topic}"


async def staff_db(request: Request[Any, Any, Any], slug: FromPath[str]) -> AsyncIterator[Db]:
    parts = parts_of(request)
    async with _looking_up(parts) as lobby:
        seat = await callers.seat_of(lobby, request, slug)
    async with inside(parts, seat.workshop_id) as db:
        _welcome(request, db, await callers.staff_member(db, seat))
        yield db


async def device_db(request: Request[Any, Any, Any]) -> AsyncIterator[Db]:
    parts = parts_of(request)
    pass_ = await _device_pass(parts, request)
    async with inside(parts, pass_.workshop_id) as db:
        _welcome(request, db, await api_tokens.device_member(db, pass_))
        yield db


async def device_at_socket(parts: Parts, token: str, permission: Permission) -> Member:
    """A WebSocket has no request to each message: who sends is asked here, at first and again.

    Only a token opens it, so no other website can use a browser's session for it, and what was
    remembered of a token does not count. Raises `TokenInvalid`, `Forbidden`, `WorkshopSuspended`.
    """
    async with _looking_up(parts) as lobby:
        pass_ = await api_tokens.token_pass(lobby, token)
    async with inside(parts, pass_.workshop_id) as db:
        member = await api_tokens.device_member(db, pass_)
    member.must(permission)
    return member


async def device_glance(request: Request[Any, Any, Any]) -> AsyncIterator[Glance]:
    parts = parts_of(request)
    pass_ = await _device_pass(parts, request)
    member = None
    if pass_.seat is not None:
        async with inside(parts, pass_.workshop_id) as db:
            member = await callers.staff_member(db, pass_.seat)
    async with glancing(parts, pass_.workshop_id) as glance:
        _welcome(request, glance, member or await api_tokens.device_at_a_glance(glance, pass_))
        yield glance


async def site_db(request: Request[Any, Any, Any]) -> AsyncIterator[Db]:
    parts = parts_of(request)
    visitor = callers.visitor_of(request, parts.settings.secret)
    async with inside(parts, visitor.workshop_id) as db:
        db.info["visitor"] = visitor
        yield db


async def site_key_db(request: Request[Any, Any, Any]) -> AsyncIterator[Db]:
    """The widget's first steps: a site key opens what the workshop shows to everybody."""
    parts = parts_of(request)

    async def look_up() -> UUID:
        async with _looking_up(parts) as lobby:
            return (await callers.workshop_by_site_key(lobby, request)).id

    public = request.method == "GET"
    key = request.query_params.get("site_key", "")
    workshop_id = await (parts.site_keys.get(key, look_up) if public else look_up())
    async with inside(parts, workshop_id) as db:
        yield db


async def owner_db(request: Request[Any, Any, Any], link: FromPath[str]) -> AsyncIterator[Db]:
    parts = parts_of(request)
    visitor = callers.owner_of(link, parts.settings.secret)
    async with inside(parts, visitor.workshop_id) as db:
        db.info["visitor"] = visitor
        yield db


async def public_db(request: Request[Any, Any, Any], slug: FromPath[str]) -> AsyncIterator[Db]:
    """What a workshop shows to everybody; a suspended one shows nothing, as if it did not exist."""
    parts = parts_of(request)
    async with _looking_up(parts) as lobby:
        workshop_id = await callers.open_workshop(lobby, slug)
    async with inside(parts, workshop_id) as db:
        yield db


async def feed_db(request: Request[Any, Any, Any], feed: FromPath[str]) -> AsyncIterator[Db]:
    parts = parts_of(request)
    claim = callers.feed_of(feed.removesuffix(".ics"), parts.settings.secret)
    async with inside(parts, claim.workshop_id) as db:
        db.info["feed"] = claim
        yield db


async def recipient_db(request: Request[Any, Any, Any], link: FromPath[str]) -> AsyncIterator[Db]:
    parts = parts_of(request)
    visitor = callers.recipient_of(link, parts.settings.secret)
    async with inside(parts, visitor.workshop_id) as db:
        db.info["visitor"] = visitor
        yield db


async def platform_db(request: Request[Any, Any, Any]) -> AsyncIterator[Db]:
    async with inside(parts_of(request), None) as db:
        _welcome(request, db, await callers.platform_member(db, request))
        log.info("platform staff", account=str(member_of(db).account_id), path=request.url.path)
        yield db


async def lobby_db(request: Request[Any, Any, Any]) -> AsyncIterator[Db]:
    async with inside(parts_of(request), None) as db:
        yield db


DOORS = (
    staff_db,
    device_db,
    device_glance,
    site_db,
    site_key_db,
    owner_db,
    recipient_db,
    public_db,
    feed_db,
    platform_db,
    lobby_db,
)


def parts_of(request: Request[Any, Any, Any]) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def member_of(db: Db | Glance) -> Member:
    member: Member = db.info["member"]
    return member


def visitor_of(db: Db) -> Visitor:
    visitor: Visitor = db.info["visitor"]
    return visitor


def feed_of(db: Db) -> Feed:
    feed: Feed = db.info["feed"]
    return feed


def workshop_id_of(db: Db | Glance) -> UUID:
    """For names of files, channels and tokens; queries never need it."""
    workshop_id: UUID = db.info["workshop_id"]
    return workshop_id


async def _device_pass(parts: Parts, request: Request[Any, Any, Any]) -> Pass:
    token = callers.bearer(request)
    if token is None:
        async with _looking_up(parts) as lobby:
            return await callers.seat_pass(lobby, request)

    async def look_up() -> Pass:
        async with _looking_up(parts) as lobby:
            return await api_tokens.token_pass(lobby, token)

    pass_: Pass = await parts.token_doors.get(callers.hash_of(token).hex(), look_up)
    if request.path_params.get("slug", pass_.slug) != pass_.slug:
        raise callers.WorkshopNotFound
    return pass_


def _welcome(request: Request[Any, Any, Any], db: Db | Glance, member: Member) -> None:
    """The one guard: the route names a permission, the member has it or is turned away."""
    db.info["member"] = member
    request.scope.setdefault("state", {})["member"] = member
    member.must(request.route_handler.opt["permission"])
    structlog.contextvars.bind_contextvars(workshop=member.slug)


async def _leave(parts: Parts, info: dict[Any, Any]) -> None:
    if info.get("wake_worker"):
        await _wake_worker(parts)
    for act in info["after_commit"]:
        await act()
    if info["told"]:
        await parts.hub.publish(info["told"])


async def _wake_worker(parts: Parts) -> None:
    """Redis may be away: the worker looks for itself every second."""
    try:
        await parts.queue.enqueue("work_off", key="work_off", retries=1, ttl=1)
    except Exception as error:  # noqa: BLE001  # whatever SAQ and Redis raise, the job is stored
        log.warning("worker not woken", error=str(error))
