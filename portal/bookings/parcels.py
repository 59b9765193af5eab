"""What a job hands over: a mail or a text message, or the reason why it is no longer wanted."""

from email.message import EmailMessage
from email.utils import parseaddr

from sqlalchemy import exists, select

from portal.bookings import hours, opening_texts
from portal.bookings.calendar_files import NAME, Method, invitation
from portal.bookings.models import BookingNotice, Channel, Delivery, NoticeKind, State
from portal.bookings.notice_facts import Facts, facts_of
from portal.bookings.notice_texts import letter, plain, sms
from portal.bookings.recipients import is_mail_address, ways_to
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.errors import N_
from portal.kit.mail import Attachment, compose, sender_named
from portal.kit.pages import rendered
from portal.kit.settings import Settings
from portal.kit.sms import Sms
from portal.tenants import workshops
from portal.vehicles.models import Customer

FOLLOWING = frozenset(
    {NoticeKind.RECEIVED, NoticeKind.CONFIRMED, NoticeKind.MOVED, NoticeKind.CANCELLED}
)
"""Of these the newest says all that the others said."""
_OUTDATED = N_("no longer true when it was its turn")
_GONE = N_("what it was about is gone")
_BAD_ADDRESS = N_("the mail address is not valid")
_NO_ADDRESS = N_("no address – please call")


class NotWanted(Exception):
    """Nobody needs it any more, or nobody gets it; the text says why, to be translated."""


async def packed(
    db: Db, settings: Settings, notice: BookingNotice, *, stands_at: str = ""
) -> EmailMessage | Sms:
    """`stands_at` is the time that a reminder is about. Raises `NotWanted`."""
    facts = await facts_of(db, settings, notice)
    if facts is None:
        raise NotWanted(_GONE)
    kind = NoticeKind(notice.kind)
    if _is_outdated(kind, facts, stands_at) or await _is_superseded(db, notice):
        raise NotWanted(_OUTDATED)
    if kind == NoticeKind.REMINDER:
        _use_present_address(notice, facts)
    with text.speaking(facts.language):
        if notice.channel == Channel.SMS:
            return Sms(to=notice.recipient, text=sms(kind, facts), key=str(notice.id))
        return await _mail(db, settings, notice, facts)


def _is_outdated(kind: NoticeKind, facts: Facts, stands_at: str) -> bool:
    if kind == NoticeKind.OFFER:
        return not facts.is_offered or facts.hold_until is None or facts.hold_until <= clock.now()
    if kind == NoticeKind.REMINDER and stands_at:
        moved = facts.arrives_at is None or clock.rfc3339(facts.arrives_at) != stands_at
        return moved or facts.state != State.CONFIRMED or _is_past(facts)
    if kind in {NoticeKind.CONFIRMED, NoticeKind.MOVED, NoticeKind.REMINDER}:
        return facts.state not in {State.REQUESTED, State.CONFIRMED} or _is_past(facts)
    if kind == NoticeKind.CHOICE:
        return facts.state != State.REQUESTED or facts.arrives_at is not None
    if kind == NoticeKind.READY:
        return facts.state != State.READY
    return kind == NoticeKind.RECEIVED and facts.state == State.CANCELLED


def _is_past(facts: Facts) -> bool:
    return facts.arrives_at is not None and facts.arrives_at <= clock.now()


async def _is_superseded(db: Db, notice: BookingNotice) -> bool:
    kinds = FOLLOWING if notice.kind in FOLLOWING else {notice.kind}
    if notice.kind == NoticeKind.REMINDER or notice.appointment_id is None:
        return False
    newer = (
        exists()
        .where(BookingNotice.appointment_id == notice.appointment_id)
        .where(BookingNotice.channel == notice.channel, BookingNotice.kind.in_(kinds))
        .where(BookingNotice.state != Delivery.SKIPPED, BookingNotice.id > notice.id)
    )
    return bool(await db.scalar(select(newer)))


def _use_present_address(notice: BookingNotice, facts: Facts) -> None:
    """A reminder is planned long before. Raises `NotWanted`."""
    person = facts.person
    customer = Customer(email=person.email, phone=person.phone)
    for way in ways_to(customer, NoticeKind.REMINDER, by_sms=True):
        if way.channel == notice.channel and not way.problem:
            notice.recipient = way.to
            return
    raise NotWanted(_NO_ADDRESS)


async def _mail(db: Db, settings: Settings, notice: BookingNotice, facts: Facts) -> EmailMessage:
    """Raises `NotWanted` for what is no address."""
    if not is_mail_address(notice.recipient):
        raise NotWanted(_BAD_ADDRESS)
    kind = NoticeKind(notice.kind)
    hint = await _opening_hint(db) if kind == NoticeKind.READY else ""
    words = letter(kind, facts, hint=hint)
    notice.subject = words.subject[:200]
    place = facts.place
    return compose(
        sender=sender_named(place.name, settings.portal_mail_from),
        to=notice.recipient,
        subject=words.subject,
        text=plain(words),
        html=rendered(
            "kit/letter.html",
            letter=words,
            language=facts.language,
            accent=place.accent,
        ),
        key=str(notice.id),
        reply_to=place.email if is_mail_address(place.email) else "",
        attachments=await _files(db, settings, notice, facts),
    )


async def _files(
    db: Db, settings: Settings, notice: BookingNotice, facts: Facts
) -> list[Attachment]:
    """A calendar file for what is firm, and one that takes it back."""
    method = await _method(db, notice, facts)
    if method is None or facts.arrives_at is None:
        return []
    own = parseaddr(settings.portal_mail_from)[1]
    organizer = facts.place.email if is_mail_address(facts.place.email) else own
    content = invitation(facts, method, organizer=organizer)
    return [Attachment(NAME, content, f"text/calendar; charset=utf-8; method={method}")]


async def _method(db: Db, notice: BookingNotice, facts: Facts) -> Method | None:
    firm = {NoticeKind.CONFIRMED, NoticeKind.MOVED}
    if notice.kind in firm and facts.state == State.CONFIRMED:
        return Method.REQUEST
    if notice.kind != NoticeKind.CANCELLED:
        return None
    told = (
        exists()
        .where(BookingNotice.appointment_id == notice.appointment_id)
        .where(BookingNotice.channel == Channel.MAIL, BookingNotice.kind.in_(firm))
        .where(BookingNotice.state == Delivery.SENT)
    )
    return Method.CANCEL if await db.scalar(select(told)) else None


async def _opening_hint(db: Db) -> str:
    now = clock.now()
    profile = await workshops.get_profile(db)
    week = await hours.load_week(db, profile.federal_state, since=clock.local(now).date())
    return opening_texts.state_sentence(week, now) if week.spans else ""
