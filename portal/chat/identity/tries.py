"""Wrong codes: five of them lock for an hour, also when they arrive at the same moment.

A try is taken before the code is looked at, in one statement that counts several subjects at
once: a hundred parallel guesses get five comparisons. A right code gives its try back.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, func, or_, update
from sqlalchemy.dialects.postgresql import insert

from portal.chat.verification_models import VerificationTry
from portal.kit import clock
from portal.kit.db import Db, new_id

MOST = 5
LOCK = timedelta(hours=1)
_HIGHEST = 1000


async def take(db: Db, subjects: Collection[bytes]) -> datetime | None:
    """Count one try for each subject; until when it is in vain, None while it is not."""
    now = clock.now()
    counted = insert(VerificationTry).values(
        [
            {"id": new_id(), "subject": subject, "wrong": 1, "since": now}
            for subject in sorted(set(subjects))
        ]
    )
    tries = counted.on_conflict_do_update(
        index_elements=["workshop_id", "subject"], set_=_one_more(now)
    ).returning(VerificationTry.wrong, VerificationTry.locked_until)
    rows = (await db.execute(tries)).all()
    locked = [row.locked_until for row in rows if row.wrong > MOST]
    return max(locked) if locked else None


async def give_back(db: Db, subjects: Collection[bytes]) -> None:
    """The code was right: this try does not count, and a lock that it caused is lifted."""
    fewer = VerificationTry.wrong - 1
    await db.execute(
        update(VerificationTry)
        .where(VerificationTry.subject.in_(subjects))
        .values(
            wrong=fewer,
            locked_until=case((fewer < MOST, None), else_=VerificationTry.locked_until),
        )
    )


async def forget(db: Db, before: datetime) -> None:
    """Those that began before this moment; no lock lasts so long."""
    await db.execute(delete(VerificationTry).where(VerificationTry.since < before))


def _one_more(now: datetime) -> dict[str, object]:
    """An hour after the first try, or after the lock, counting begins anew."""
    until = VerificationTry.locked_until
    is_over = or_(until <= now, and_(until.is_(None), VerificationTry.since <= now - LOCK))
    more = case((is_over, 1), else_=func.least(VerificationTry.wrong + 1, _HIGHEST))
    return {
        "wrong": more,
        "since": case((is_over, now), else_=VerificationTry.since),
        "locked_until": case((is_over, None), (more == MOST, now + LOCK), else_=until),
    }
