"""One message on its way: read, hand over outside of any transaction, store how it went.

A worker that dies after handing over does it again: the same Message-ID lets the mailbox tell, and
the gateway of text messages has a lock of its own. There is never a second row.
"""

import re
from email.message import EmailMessage
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.bookings import parcels
from portal.bookings.models import BookingNotice, Delivery
from portal.bookings.recipients import for_staff
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_
from portal.kit.mail import MailDelayed, MailRefused
from portal.kit.outbox import BACK_OFF, Work
from portal.kit.parts import Parts
from portal.kit.sms import Sms, SmsDelayed, SmsRefused
from portal.tenants.boundary import tell

TRIES = len(BACK_OFF) + 1
_DELAYED = N_("could not be handed over, we keep trying")
_GIVEN_UP = N_("could not be handed over")
_MAIL_REFUSED = N_("the mail server refuses this address")
_SMS_REFUSED = N_("the text message was refused")
_REPLY_CODE = re.compile(r"\b[45]\d\d\b")


class NoticeDelayed(Exception):
    """Worth another try. It names no address: errors of jobs are logged."""


class Outcome(msgspec.Struct, frozen=True):
    """`detail` holds no address: of a server's reply only its number."""

    state: Delivery
    why: str = ""
    detail: str = ""
    worth_another_try: bool = False

    def problem(self, why: str = "") -> str:
        """For staff, in its language."""
        words = for_staff(why or self.why) if self.why else ""
        return f"{words} ({self.detail})" if self.detail else words


async def deliver(work: Work, notice_id: UUID, *, stands_at: str = "") -> None:
    """Raises `NoticeDelayed` when the outbox should come back to it."""
    parcel: EmailMessage | Sms | None = None
    outcome: Outcome | None = None
    async with work.reading() as db:
        notice = await _get(db, notice_id)
        is_done = notice is None or notice.state != Delivery.QUEUED
        if notice is not None and not is_done:
            notice.attempts += 1
            attempts = notice.attempts
            try:
                settings = work.parts.settings
                parcel = await parcels.packed(db, settings, notice, stands_at=stands_at)
            except parcels.NotWanted as why:
                outcome = Outcome(Delivery.SKIPPED, str(why))
    if parcel is not None:
        outcome = await _hand_over(work.parts, parcel)
        if outcome.worth_another_try and attempts < TRIES:
            await _say_delayed(work, notice_id, outcome)
    async with work.finishing() as db:
        notice = await _get(db, notice_id)
        if notice is not None and outcome is not None:
            _store(db, notice, outcome)


async def _hand_over(parts: Parts, parcel: EmailMessage | Sms) -> Outcome:
    try:
        if isinstance(parcel, Sms):
            await parts.sms.send(parcel)
        else:
            await parts.mailer.send(parcel)
    except (MailDelayed, SmsDelayed) as delayed:
        code = _reply_code(delayed)
        return Outcome(Delivery.FAILED, _GIVEN_UP, code, worth_another_try=True)
    except MailRefused as refused:
        return Outcome(Delivery.FAILED, _MAIL_REFUSED, _reply_code(refused))
    except SmsRefused as refused:
        return Outcome(Delivery.FAILED, _SMS_REFUSED, str(refused))
    return Outcome(Delivery.SENT)


async def _say_delayed(work: Work, notice_id: UUID, outcome: Outcome) -> None:
    """Raises `NoticeDelayed`."""
    async with work.reading() as db:
        notice = await _get(db, notice_id)
        if notice is not None:
            notice.problem = outcome.problem(_DELAYED)
            _tell(db, notice)
    raise NoticeDelayed(outcome.detail or "not handed over")


def _store(db: Db, notice: BookingNotice, outcome: Outcome) -> None:
    notice.state, notice.problem = outcome.state, outcome.problem()[:300]
    if outcome.state == Delivery.SENT:
        notice.sent_at = clock.now()
    _tell(db, notice)


def _tell(db: Db, notice: BookingNotice) -> None:
    if notice.appointment_id is not None:
        body = {"id": notice.appointment_id, "what": "notice", "state": notice.state}
        tell(db, "calendar", msgspec.json.encode(body))


async def _get(db: Db, notice_id: UUID) -> BookingNotice | None:
    found: BookingNotice | None = await db.scalar(
        select(BookingNotice).where(BookingNotice.id == notice_id)
    )
    return found


def _reply_code(error: Exception) -> str:
    found = _REPLY_CODE.search(str(error))
    return found.group() if found else ""
