"""Signing in and out: e-mail and password, a session kept on the server."""

from datetime import timedelta
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from sqlalchemy import delete, select, update

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Problem
from portal.kit.limits import Limits, Rate
from portal.tenants import passwords
from portal.tenants.callers import COOKIE, hash_of, new_token
from portal.tenants.models import Account, Seat, SignIn, Workshop

LIFETIME = timedelta(days=14)
PER_ACCOUNT = Rate("sign-in-account", per_minute=6, burst=10)
PER_ADDRESS = Rate("sign-in-address", per_minute=30, burst=60)


class WrongCredentials(Problem):
    status, code, title = 401, "WRONG_CREDENTIALS", N_("E-mail address or password is wrong.")


async def throttle(limits: Limits, email: str, address: str) -> None:
    """Guessing is slow: per address, then per account. Raises `RateLimited`."""
    await limits.spend(PER_ADDRESS, address)
    await limits.spend(PER_ACCOUNT, normalised(email))


async def sign_in(db: Db, email: str, password: str) -> tuple[Account, str]:
    """The account and a fresh session token. Raises `WrongCredentials`, in constant time."""
    account = await db.scalar(select(Account).where(Account.email == normalised(email)))
    right = await passwords.matches(password, account.password_hash if account else None)
    if account is None or not right or not account.is_active:
        raise WrongCredentials
    token = new_token()
    now = clock.now()
    db.add(SignIn(token_hash=hash_of(token), account_id=account.id, expires_at=now + LIFETIME))
    await db.execute(update(Account).where(Account.id == account.id).values(last_login_at=now))
    return account, token


async def sign_out(db: Db, request: Request[Any, Any, Any]) -> None:
    token = request.cookies.get(COOKIE, "")
    await db.execute(delete(SignIn).where(SignIn.token_hash == hash_of(token)))


async def sign_out_everywhere(db: Db, account: Account) -> None:
    await db.execute(delete(SignIn).where(SignIn.account_id == account.id))


async def home_of(db: Db, account: Account) -> str:
    """Where an account lands: its first workshop, or the platform."""
    query = select(Workshop.slug).join(Seat, Seat.workshop_id == Workshop.id)
    mine = query.where(Seat.account_id == account.id).order_by(Workshop.slug).limit(1)
    slug = await db.scalar(mine)
    if slug is not None:
        return f"/w/{slug}/"
    return "/admin" if account.is_platform_staff else "/signin"


def cookie(token: str, *, secure: bool) -> Cookie:
    return Cookie(
        key=COOKIE,
        value=token,
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=secure,
        path="/",
    )


def normalised(email: str) -> str:
    return email.strip().lower()
