"""A visitor proves to be the contact on file: asks for a code, and says it.

Nothing here answers whether a vehicle is known. Asking stores a row and queues a job, the same for
every plate; a wrong code, an old one and one that was never sent are refused alike. Wrong codes are
counted in the same transaction, so a refusal is returned and not raised: what is raised is undone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select, update

from portal.chat import conversations
from portal.chat.assistant.speech import Verified
from portal.chat.identity import tries
from portal.chat.identity.asked import Asked, key_of
from portal.chat.verification_models import Step, Verification
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, Invalid, RateLimited
from portal.kit.glances import Glance, Sentence, rows_of
from portal.kit.outbox import later
from portal.tenants.audit import note
from portal.tenants.boundary import workshop_id_of

VALID = timedelta(minutes=10)
HOLDS = timedelta(hours=12)
"""As long as a visitor's token."""
KEPT = timedelta(days=2)
"""Afterwards nothing says any more that somebody asked about a car."""
NO_CODE = bytes(32)


class CodeWrong(Invalid):
    code, title = "CODE_WRONG", N_("This code is wrong or has expired.")


class CodeLocked(RateLimited):
    code, title = "CODE_LOCKED", N_("That were too many wrong codes. Please call us.")


class Confirmed(msgspec.Struct, frozen=True):
    """What the proof opens, and for whom."""

    verified: Verified


async def ask(
    db: Db, conversation_id: UUID, token_hash: bytes, asked: Asked, channel: str
) -> Verification:
    """A code shall go to the contact on file of this vehicle. Only the newest request counts."""
    conversation = await conversations.locked(db, conversation_id)
    older = Verification.conversation_id == conversation.id
    unfinished = Verification.step.in_((Step.ASKED, Step.SENT, Step.SILENT))
    await db.execute(update(Verification).where(older, unfinished).values(step=Step.ENDED))
    verification = Verification(
        id=new_id(),
        conversation_id=conversation.id,
        asked_key=key_of(_secret(db), str(workshop_id_of(db)), asked.text),
        token_hash=token_hash,
        channel=channel,
        step=Step.ASKED,
        expires_at=clock.now() + VALID,
    )
    db.add(verification)
    later(
        db,
        "chat.send_code",
        verification_id=verification.id,
        vin=asked.vin,
        looks=list(asked.looks),
    )
    forget_at = clock.now() + KEPT
    later(db, "chat.forget_code", run_at=forget_at, verification_id=verification.id)
    await db.flush()
    return verification


async def confirm(
    db: Db, conversation_id: UUID, token_hash: bytes, code: str
) -> Confirmed | CodeWrong | CodeLocked:
    """One try. What it opens, or why not; the caller answers with the problem, committed."""
    conversation = await conversations.locked(db, conversation_id)
    newest = await _newest(db, conversation.id)
    subjects = _subjects(db, conversation.id, newest)
    locked_until = await tries.take(db, subjects)
    if locked_until is not None:
        return CodeLocked(headers={"Retry-After": str(_seconds_to(locked_until))})
    now = clock.now()
    is_right = compare_digest(code_hash(db, newest, code), _expected(newest, token_hash, now))
    if newest is None or not is_right:
        return CodeWrong()
    assert newest.vehicle_id is not None  # noqa: S101  # a code is sent about somebody's vehicle
    assert newest.customer_id is not None  # noqa: S101
    newest.step, newest.code_hash = Step.CONFIRMED, None
    newest.confirmed_at, newest.valid_until = now, now + HOLDS
    await tries.give_back(db, subjects)
    note(db, "visitor.verified", str(newest.vehicle_id), conversation=str(conversation.id))
    return Confirmed(Verified(vehicle_id=newest.vehicle_id, customer_id=newest.customer_id))


_VERIFIED = Sentence(
    select(Verification.vehicle_id, Verification.customer_id)
    .where(Verification.conversation_id == bindparam("conversation"))
    .where(Verification.step == Step.CONFIRMED, Verification.valid_until > bindparam("now"))
    .where(Verification.token_hash == bindparam("token"))
    .order_by(Verification.confirmed_at.desc())
    .limit(1)
)


async def find_verified(
    db: Db | Glance, conversation_id: UUID, token_hash: bytes
) -> Verified | None:
    """Whose history this visitor may hear; None for any other token of the conversation."""
    asked = {"conversation": conversation_id, "now": clock.now(), "token": token_hash}
    found = await rows_of(db, _VERIFIED, **asked)
    rows = [Verified(vehicle_id=row.vehicle_id, customer_id=row.customer_id) for row in found]
    return rows[0] if rows else None


async def proved_at(db: Db, conversation_id: UUID, token_hash: bytes) -> datetime | None:
    """Since when this visitor's newest proof holds; None for any other token."""
    query = (
        select(Verification.confirmed_at)
        .where(Verification.conversation_id == conversation_id)
        .where(Verification.step == Step.CONFIRMED, Verification.valid_until > clock.now())
        .where(Verification.token_hash == token_hash)
        .order_by(Verification.confirmed_at.desc())
        .limit(1)
    )
    found: datetime | None = await db.scalar(query)
    return found


async def end(db: Db, conversation_id: UUID) -> None:
    """The visitor leaves: proofs hold no longer, and open codes open nothing."""
    gone = update(Verification).where(Verification.conversation_id == conversation_id)
    await db.execute(gone.values(step=Step.ENDED, code_hash=None))


def code_of(secret: str, verification_id: UUID) -> str:
    """Six digits that nobody can foresee, and the same when a job sends them a second time."""
    drawn = int.from_bytes(key_of(secret, "verification code", verification_id.hex)[:16])
    return f"{drawn % 1_000_000:06}"


def code_hash(db: Db, verification: Verification | None, code: str) -> bytes:
    """Keyed and bound to its request: six digits alone could be tried out from a stolen table."""
    about = verification.id.hex if verification else ""
    return key_of(_secret(db), "verification hash", about, code)


async def _newest(db: Db, conversation_id: UUID) -> Verification | None:
    query = select(Verification).where(Verification.conversation_id == conversation_id)
    found: Verification | None = await db.scalar(
        query.order_by(Verification.created_at.desc(), Verification.id.desc()).limit(1)
    )
    return found


def _subjects(db: Db, conversation_id: UUID, newest: Verification | None) -> Sequence[bytes]:
    """The conversation, what was asked for, and the vehicle: it has a plate and a VIN to guess by.

    Without a vehicle the third is as made up as it has to be to take the same time.
    """
    secret = _secret(db)
    asked = newest.asked_key.hex() if newest else conversation_id.hex
    vehicle = newest.vehicle_id.hex if newest and newest.vehicle_id else asked
    return (
        key_of(secret, "tries of conversation", conversation_id.hex),
        key_of(secret, "tries of asked", asked),
        key_of(secret, "tries of vehicle", vehicle),
    )


def _expected(newest: Verification | None, token_hash: bytes, now: datetime) -> bytes:
    is_open = newest is not None and newest.step == Step.SENT and newest.expires_at > now
    if newest is None or not is_open or not compare_digest(newest.token_hash, token_hash):
        return NO_CODE
    return newest.code_hash or NO_CODE


def _seconds_to(moment: datetime) -> int:
    return max(1, int((moment - clock.now()).total_seconds()) + 1)


def _secret(db: Db) -> str:
    secret: str = db.info["parts"].settings.secret
    return secret
