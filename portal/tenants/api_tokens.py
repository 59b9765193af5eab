"""Programs and devices at the door: an API token, or the session of a member of staff."""

from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select, update

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.glances import Glance, Sentence
from portal.tenants.callers import (
    Member,
    Pass,
    TokenInvalid,
    WorkshopSuspended,
    hash_of,
    is_stale,
    staff_member,
)
from portal.tenants.models import ApiToken, TokenDoor, Workshop
from portal.tenants.permissions import Permission


async def token_pass(db: Db, token: str) -> Pass:
    """The workshop that an API token opens; whether it still may is asked inside."""
    row = (await db.execute(_TOKEN_DOOR, {"hash": hash_of(token)})).one_or_none()
    if row is None:
        raise TokenInvalid(headers={"WWW-Authenticate": "Bearer"})
    if row.suspended_at is not None:
        raise WorkshopSuspended
    return Pass(row.id, row.slug, token_hash=hash_of(token))


async def device_member(db: Db, pass_: Pass) -> Member:
    if pass_.seat is not None:
        return await staff_member(db, pass_.seat)
    row = _valid((await db.execute(_TOKEN, {"hash": pass_.token_hash})).one_or_none())
    if is_stale(row.last_used_at):
        await db.execute(_TOKEN_USED, {"token": row.id, "now": clock.now()})
    return _device(row, pass_)


async def device_at_a_glance(glance: Glance, pass_: Pass) -> Member:
    """As `device_member`, for who shows a token."""
    row = _valid(await glance.one_or_none(_TOKEN_AT_A_GLANCE, hash=pass_.token_hash))
    if is_stale(row.last_used_at):
        await glance.run(_TOKEN_USED_AT_A_GLANCE, token=row.id, now=clock.now())
    return _device(row, pass_)


def _valid(row: Any) -> Any:
    if row is None or row.revoked_at is not None:
        raise TokenInvalid(headers={"WWW-Authenticate": "Bearer"})
    return row


def _device(row: Any, pass_: Pass) -> Member:
    return Member(
        id=row.id,
        account_id=None,
        workshop_id=pass_.workshop_id,
        slug=pass_.slug,
        name=row.name,
        email="",
        role="device",
        locale="de",
        permissions=_scopes(tuple(row.scopes)),
    )


@lru_cache(256)
def _scopes(names: tuple[str, ...]) -> frozenset[Permission]:
    return frozenset(Permission(name) for name in names)


_TOKEN_DOOR = (
    select(Workshop.id, Workshop.slug, Workshop.suspended_at)
    .join(TokenDoor, TokenDoor.workshop_id == Workshop.id)
    .where(TokenDoor.token_hash == bindparam("hash"))
)
_TOKEN = select(
    ApiToken.id, ApiToken.name, ApiToken.scopes, ApiToken.last_used_at, ApiToken.revoked_at
).where(ApiToken.token_hash == bindparam("hash"))
_TOKEN_USED = (
    update(ApiToken)
    .where(ApiToken.id == bindparam("token"))
    .values(last_used_at=bindparam("now"))
    .execution_options(synchronize_session=False)
)
_TOKEN_AT_A_GLANCE, _TOKEN_USED_AT_A_GLANCE = Sentence(_TOKEN), Sentence(_TOKEN_USED)
