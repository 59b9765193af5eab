"""Sends a code: found inside the workshop, handed over outside of any transaction."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from sqlalchemy import delete, select

from portal.chat.identity import contacts, letters, tries
from portal.chat.identity.contacts import Contact
from portal.chat.identity.verifications import KEPT, code_hash, code_of
from portal.chat.verification_models import Step, Verification
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import RateLimited
from portal.kit.limits import Rate
from portal.kit.mail import MailDelayed, MailRefused
from portal.kit.outbox import JobFunction, Work
from portal.kit.parts import Parts
from portal.kit.sms import Sms, SmsDelayed, SmsRefused
from portal.tenants import workshops

TO_A_CONTACT = Rate("verify-contact", per_minute=0.1, burst=5)
"""Over all workshops: somebody may be a customer of several."""


class CodeDelayed(Exception):
    """Worth another try. It names no address: errors of jobs are logged."""


async def send_code(work: Work, *, verification_id: str, vin: str, looks: Sequence[str]) -> None:
    """To the contact on file, or to nobody. Raises `CodeDelayed` while the code is still good."""
    parcel, trouble = None, ""
    async with work.reading() as db:
        verification = await _get(db, UUID(verification_id))
        if verification is not None and _is_wanted(verification):
            contact = await contacts.find(db, vin, looks, verification.channel, but=verification.id)
            parcel = await _prepared(work.parts, db, verification, contact)
            expires_at = verification.expires_at
    if parcel is not None:
        trouble = await _hand_over(work.parts, parcel, expires_at)
    async with work.finishing() as db:
        stored = await _get(db, UUID(verification_id))
        if stored is not None and trouble:
            stored.step, stored.trouble, stored.code_hash = Step.SILENT, trouble, None


async def forget_code(work: Work, *, verification_id: str) -> None:
    """Proofs and wrong codes have had their time: neither opens or locks anything any more."""
    async with work.finishing() as db:
        await db.execute(delete(Verification).where(Verification.id == UUID(verification_id)))
        await tries.forget(db, clock.now() - KEPT)


async def _prepared(
    parts: Parts, db: Db, verification: Verification, contact: Contact | None
) -> EmailMessage | Sms | None:
    """What will be sent. The row knows of it before it leaves: the limit per contact counts it."""
    if contact is None:
        verification.step = Step.SILENT
        return None
    verification.vehicle_id, verification.customer_id = contact.vehicle.id, contact.customer.id
    trouble = contact.trouble
    if not trouble and verification.step == Step.ASKED:
        trouble = await _is_flooded(parts, contact)
    if trouble:
        verification.step, verification.trouble = Step.SILENT, trouble
        return None
    code = code_of(parts.settings.secret, verification.id)
    verification.code_hash = code_hash(db, verification, code)
    verification.step, verification.sent_at = Step.SENT, clock.now()
    profile = await workshops.get_profile(db)
    return letters.parcel(parts.settings, profile, contact, code, f"code-{verification.id}")


async def _is_flooded(parts: Parts, contact: Contact) -> str:
    try:
        await parts.limits.spend(TO_A_CONTACT, contact.mobile or contact.email.lower())
    except RateLimited:
        return "too_many"
    return ""


async def _hand_over(parts: Parts, parcel: EmailMessage | Sms, expires_at: datetime) -> str:
    """What went wrong for good, if anything did."""
    try:
        if isinstance(parcel, Sms):
            await parts.sms.send(parcel)
        else:
            await parts.mailer.send(parcel)
    except (MailRefused, SmsRefused):
        return "refused"
    except (MailDelayed, SmsDelayed) as delayed:
        if clock.now() < expires_at:
            raise CodeDelayed(type(delayed).__name__) from None
        return "refused"
    return ""


def _is_wanted(verification: Verification) -> bool:
    """Asked, or sent by an attempt that did not live to say so; and still of use."""
    is_open = verification.step in {Step.ASKED, Step.SENT}
    return is_open and verification.expires_at > clock.now()


async def _get(db: Db, verification_id: UUID) -> Verification | None:
    query = select(Verification).where(Verification.id == verification_id).with_for_update()
    found: Verification | None = await db.scalar(query)
    return found


JOBS: dict[str, JobFunction] = {"chat.send_code": send_code, "chat.forget_code": forget_code}
