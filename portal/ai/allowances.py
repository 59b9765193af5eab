"""What the workshop allows its own AI to cost, and what was used of it so far."""

from decimal import Decimal

import msgspec
from sqlalchemy import select

from portal.ai.budgets import MICROS, Scope
from portal.ai.models import AiAllowance, AiMeter
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.settings import Settings
from portal.tenants.owned import keep_only


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Limits that hold and what is used or reserved, in euro. `own_…`: what the workshop set.

    `unpriced` are the providers whose calls count as free: no limit in euro ends them, only the
    tokens of a day do. `binds`: whether a limit in euro ends any call at all.
    """

    own_daily: Decimal | None
    own_monthly: Decimal | None
    daily: Decimal
    monthly: Decimal
    most_daily: Decimal
    used_today: Decimal
    used_month: Decimal
    tokens_today: int
    most_tokens: int
    unpriced: list[str]
    binds: bool

    @property
    def is_spent(self) -> bool:
        is_dear = self.used_today >= self.daily or self.used_month >= self.monthly
        return is_dear or self.tokens_today >= self.most_tokens


async def standing(db: Db, settings: Settings) -> Standing:
    own = await _find(db)
    used = await _used(db)
    most = Decimal(str(settings.portal_ai_daily_budget))
    own_daily = _euro(own.daily_micros) if own else None
    own_monthly = _euro(own.monthly_micros) if own else None
    usual = Decimal(str(settings.portal_ai_monthly_budget))
    return Standing(
        own_daily=own_daily,
        own_monthly=own_monthly,
        daily=most if own_daily is None else min(own_daily, most),
        monthly=usual if own_monthly is None else own_monthly,
        most_daily=most,
        used_today=used[Scope.DAY].euro,
        used_month=used[Scope.MONTH].euro,
        tokens_today=used[Scope.DAY].tokens,
        most_tokens=settings.portal_ai_daily_tokens,
        unpriced=unpriced_of(settings),
        binds=any(one.has_prices for one in settings.ai_providers),
    )


def unpriced_of(settings: Settings) -> list[str]:
    """Names of the providers whose calls count as free."""
    return [one.name for one in settings.ai_providers if not one.has_prices]


async def allow(db: Db, *, daily: Decimal | None, monthly: Decimal | None) -> None:
    """None: as the platform sets it. It holds from the next answer on."""
    allowed = {"daily_micros": _micros(daily), "monthly_micros": _micros(monthly)}
    await keep_only(db, AiAllowance, allowed, key=("workshop_id", "single"))


async def _find(db: Db) -> AiAllowance | None:
    found: AiAllowance | None = await db.scalar(select(AiAllowance))
    return found


class _Used(msgspec.Struct, frozen=True):
    tokens: int
    euro: Decimal


async def _used(db: Db) -> dict[Scope, _Used]:
    day = clock.local(clock.now()).date().isoformat()
    keys = {Scope.DAY: day, Scope.MONTH: day[:7]}
    query = select(AiMeter.scope, AiMeter.key, AiMeter.tokens, AiMeter.micros).where(
        AiMeter.scope.in_(keys), AiMeter.key.in_(keys.values())
    )
    rows = {(r.scope, r.key): (r.tokens, r.micros) for r in await db.execute(query)}
    used = {scope: rows.get((scope, key), (0, 0)) for scope, key in keys.items()}
    return {
        scope: _Used(tokens, Decimal(micros) / MICROS) for scope, (tokens, micros) in used.items()
    }


def _euro(micros: int | None) -> Decimal | None:
    return None if micros is None else Decimal(micros) / MICROS


def _micros(euro: Decimal | None) -> int | None:
    return None if euro is None else int(euro * MICROS)
