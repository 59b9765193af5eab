"""Withdrawals from contracts closed online (§ 356a BGB, since 19 June 2026).

Whatever a consumer declares is kept and confirmed at once, also when it names no contract of ours.
Only a declaration that clearly fits cancels an appointment by itself; staff judges the others.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

from sqlalchemy import Row, select

from portal.bookings import appointments
from portal.bookings.models import Appointment, State, Withdrawal
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, NotFound
from portal.kit.mail import MailRefused, compose
from portal.kit.outbox import Work, later
from portal.kit.text import _, day, speaking, time
from portal.tenants.audit import note
from portal.tenants.models import Profile
from portal.vehicles.models import Customer
from portal.vehicles.search_keys import name_key
from portal.vehicles.typed import Reading

PERIOD = timedelta(days=15)
"""Fourteen days, and the day of the contract itself, which does not count (§ 187 BGB)."""
BY_CUSTOMER = N_("Customer")
_CODE = re.compile(r"(?<![A-Z0-9])[A-Z0-9]{6}(?![A-Z0-9])")
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")


class WithdrawalInvalid(Invalid):
    code, title = "INVALID_WITHDRAWAL", N_("Some entries are missing or not valid.")


class WithdrawalNotFound(NotFound):
    code, title = "WITHDRAWAL_NOT_FOUND", N_("We do not know this declaration.")


def read(name: str, reference: str, email: str) -> tuple[str, str, str]:
    """What the law lets us ask for, tidied. Raises `WithdrawalInvalid`."""
    reading = Reading(WithdrawalInvalid)
    tidy = (
        reading.line("name", name, 120),
        reading.line("reference", reference, 200),
        reading.line("email", email, 254),
    )
    if not tidy[0]:
        reading.refuse("name", "NAME_MISSING", _("Please tell us your name."))
    if not tidy[1]:
        message = _("Please tell us which contract you mean: its code, or day and vehicle.")
        reading.refuse("reference", "REFERENCE_MISSING", message)
    if not _EMAIL.fullmatch(tidy[2]):
        reading.refuse("email", "NOT_AN_EMAIL", _("Please check this e-mail address."))
    reading.end()
    return tidy


async def declare(db: Db, name: str, reference: str, email: str) -> Withdrawal:
    """Keep the declaration and confirm it by mail. Raises `WithdrawalInvalid`."""
    name, reference, email = read(name, reference, email)
    meant = await _meant(db, reference)
    declared = Withdrawal(
        name=name,
        reference=reference,
        email=email,
        appointment_id=meant.id if meant else None,
        was_effective=False,
    )
    db.add(declared)
    await db.flush()
    if meant is not None and await _clearly_fits(db, meant, declared):
        await _withdraw(db, meant, declared)
    note(db, "withdrawal.received", str(declared.id), effective=declared.was_effective)
    later(db, "bookings.confirm_withdrawal", withdrawal_id=declared.id)
    await db.flush()
    await db.refresh(declared)
    return declared


async def list_all(db: Db, *, limit: int = 100) -> Sequence[Row[Withdrawal, Appointment]]:
    """The newest first, unhandled ones before the others: rows of (withdrawal, appointment)."""
    query = (
        select(Withdrawal, Appointment)
        .outerjoin(Appointment, Appointment.id == Withdrawal.appointment_id)
        .order_by(Withdrawal.handled_at.is_not(None), Withdrawal.received_at.desc())
    )
    return (await db.execute(query.limit(limit))).all()


async def handle(db: Db, withdrawal_id: UUID, *, by: str) -> None:
    """Staff has seen to it. Raises `WithdrawalNotFound`."""
    found = await db.scalar(select(Withdrawal).where(Withdrawal.id == withdrawal_id))
    if found is None:
        raise WithdrawalNotFound
    if found.handled_at is None:
        found.handled_at, found.handled_by = clock.now(), by
        await db.flush()


async def confirm(work: Work, *, withdrawal_id: str) -> None:
    """The receipt on a durable medium: what was declared, with day and time; and word to staff."""
    async with work.reading() as db:
        query = select(Withdrawal).where(Withdrawal.id == UUID(withdrawal_id))
        declared = await db.scalar(query)
        profile = (await db.scalars(select(Profile))).one()
    if declared is not None:
        with speaking("de"):
            letters = _letters(declared, profile, work.parts.settings.portal_mail_from)
        for letter in letters:
            with suppress(MailRefused):  # it stands in the list of staff all the same
                await work.parts.mailer.send(letter)
    async with work.finishing():
        pass


def _letters(declared: Withdrawal, profile: Profile, sender: str) -> list[EmailMessage]:
    receipt = compose(
        sender=sender,
        to=declared.email,
        subject=_("Receipt of your withdrawal – %(workshop)s", workshop=profile.name),
        text=_receipt(declared, profile),
        key=f"withdrawal-{declared.id}",
        reply_to=profile.email,
    )
    if not profile.email:
        return [receipt]
    to_staff = compose(
        sender=sender,
        to=profile.email,
        subject=_("A withdrawal has come in: %(reference)s", reference=declared.reference),
        text=_("Please look into the list of withdrawals.") + "\n\n" + _content(declared),
        key=f"withdrawal-{declared.id}-staff",
        reply_to=declared.email,
    )
    return [receipt, to_staff]


def _receipt(declared: Withdrawal, profile: Profile) -> str:
    """Says nothing about whether there is such a contract: anybody may have typed it."""
    place = f"{profile.street}\n{profile.postcode} {profile.city}".strip()
    return "\n".join(
        [
            _("Good day %(name)s,", name=declared.name),
            "",
            _(
                "your declaration of withdrawal reached us on %(day)s at %(time)s.",
                day=day(declared.received_at),
                time=time(declared.received_at),
            ),
            "",
            _("What you declared: I withdraw from the contract named below."),
            _content(declared),
            "",
            _("We look after it and get in touch if anything is unclear."),
            "",
            profile.name,
            place,
            profile.phone,
        ]
    )


def _content(declared: Withdrawal) -> str:
    return "\n".join(
        [
            _("Name: %(name)s", name=declared.name),
            _("Contract: %(reference)s", reference=declared.reference),
            _("E-mail: %(email)s", email=declared.email),
        ]
    )


async def _meant(db: Db, reference: str) -> Appointment | None:
    for code in _CODE.findall(reference.upper())[:8]:
        found = await appointments.find_by_code(db, code)
        if found is not None:
            return found
    return None


async def _clearly_fits(db: Db, meant: Appointment, declared: Withdrawal) -> bool:
    """A contract, in time, declared by its own customer, on which nobody works yet."""
    in_time = clock.now() - meant.created_at <= PERIOD
    if not (meant.is_contract and in_time and State.CANCELLED in meant.may_become):
        return False
    if meant.customer_id is None or meant.state == State.ARRIVED:
        return False
    customer = await db.scalar(select(Customer).where(Customer.id == meant.customer_id))
    if customer is None:
        return False
    names = set(name_key(f"{customer.name} {customer.company}").split())
    same_name = bool(names & set(name_key(declared.name).split()))
    return same_name or customer.email_key == declared.email.lower()


async def _withdraw(db: Db, meant: Appointment, declared: Withdrawal) -> None:
    """Where somebody was faster, the declaration is kept all the same and staff judges it."""
    why = _("Contract withdrawn")
    with suppress(appointments.MoveImpossible):
        await appointments.change_state(db, meant, State.CANCELLED, why=why, by=_(BY_CUSTOMER))
        meant.withdrawn_at = clock.now()
        declared.was_effective = True
