"""A workshop full of rows that nobody else may see, each marked with a canary."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import httpx
from sqlalchemy import select
from sqlalchemy import text as sql

from portal.ai.models import AiAllowance, AiMeter
from portal.bookings import waitlist
from portal.bookings.hours import close
from portal.bookings.models import WaitlistInvitation, WaitlistOffer, Withdrawal
from portal.bookings.waitlist import WaitDraft
from portal.campaigns.due_list import Due, month_of
from portal.chat import canned_replies, conversations, open_questions, tasks
from portal.chat.models import Author, Message
from portal.chat.models_inbox import ConversationNote, InboxSettings
from portal.chat.resume_models import ResumeLink
from portal.content import syncing
from portal.content.models import FaqEntry
from portal.demo import recordings
from portal.diagnostics import live, photos, scans
from portal.diagnostics.models import DiagnosticsSettings
from portal.imports import runs, vin_lists
from portal.kit import clock
from portal.kit.db import Base, Db, new_id
from portal.kit.outbox import later
from portal.kit.parts import Parts
from portal.tenants.audit import note
from portal.tenants.boundary import inside
from portal.tenants.owned import Owned
from portal.vehicles import history
from portal.vehicles.models import Customer, HistoryKind
from portal.webhooks import announcements, endpoints
from portal.webhooks.forms import EndpointDraft
from portal.worker import work_off
from tests.makers.bookings import a_calendar, a_service, an_absence, an_appointment
from tests.makers.campaigns import a_campaign, agreed
from tests.makers.cases import a_case, a_photo
from tests.makers.chat import a_guest
from tests.makers.shops import Shop, found_shop
from tests.makers.vehicles import a_customer, a_vehicle, any_vin

CANARY = "Kanarienvogel"


@dataclass
class Victim:
    shop: Shop
    ids: dict[str, UUID]
    """One row of each table by the table's name."""


def owned_tables() -> list[str]:
    return sorted(
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Owned)
    )


async def fill_victim(parts: Parts, client: httpx.AsyncClient) -> Victim:
    shop = await found_shop(parts, name=f"Werkstatt {CANARY}", about=CANARY, greeting=CANARY)
    vin = any_vin()
    async with inside(parts, shop.id) as db:
        customer = await a_customer(db, name=f"Erika {CANARY}", email=f"{CANARY}@example.de")
        due = str(month_of(Due.NEXT))
        vehicle = await a_vehicle(db, vin=vin, model=CANARY, keeper=customer, hu_due=due)
        await agreed(db, customer)
        await a_campaign(db, shop, vehicles=[vehicle])
        await history.record(
            db,
            vehicle,
            kind=HistoryKind.SERVICE,
            happened_on=date(2026, 3, 1),
            title=f"Inspektion {CANARY}",
        )
        made = recordings.adapter_scan(
            vin=vin, started_at=datetime(2026, 3, 1, tzinfo=UTC), seed=3, stored=["P0171"]
        )
        upload = scans.Upload(made.data, f"{CANARY}.txt", CANARY)
        await scans.receive(db, parts.blobs, upload, limit=10**7)
        opening = live.Opening(recording=new_id(), started_at=clock.now(), device=CANARY)
        await live.open_line(db, opening, by=CANARY)
        case = await a_case(db, vehicle, symptoms=CANARY, notes=CANARY)
        await photos.take(db, parts.blobs, case, a_photo(), by=CANARY, caption=CANARY)
        note(db, "tests.note", CANARY)
        file = f"Nachname;Telefon\n{CANARY};030 7654321\n".encode()
        await runs.receive(db, parts.blobs, file, f"{CANARY}.csv", by=CANARY, limit=10**6)
        await vin_lists.receive(db, parts.blobs, vin.encode(), f"{CANARY}.csv", by=CANARY)
        await _fill_bookings(db, customer)
        await endpoints.create(
            db,
            EndpointDraft(
                url=f"http://127.0.0.1:9/{CANARY}", description=CANARY, events=["booking.created"]
            ),
        )
        db.add(FaqEntry(question=CANARY, answer=CANARY))
        await syncing.record_problem(db, "directus", CANARY)
        await announcements.announce(db, "booking.created", {"note": CANARY})
        db.add(AiAllowance(daily_micros=1_000_000))
        db.add(AiMeter(scope="day", key="2026-03-01", tokens=1))
    guest = await a_guest(client, shop)
    await _fill_inbox(parts, shop, guest.conversation_id)
    asked = await guest.post("verifications", {"vin": vin})
    assert asked.status_code == 202
    await guest.post("verifications/confirm", {"code": "000000"})
    await guest.say(f"Was kostet ein {CANARY}?")
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        talk = await conversations.get(db, guest.conversation_id)
        said = await db.scalar(select(Message.id).where(Message.author == Author.VISITOR))
        await open_questions.note(db, talk, said)
        db.add(
            ResumeLink(
                conversation_id=guest.conversation_id,
                customer_id=customer.id,
                code_hash=CANARY.encode(),
                expires_at=datetime(2100, 1, 1, tzinfo=UTC),
            )
        )
        later(db, "tests.sleeping", run_at=datetime(2100, 1, 1, tzinfo=UTC), note=CANARY)
    return Victim(shop, await _one_of_each(parts, shop))


async def _fill_inbox(parts: Parts, shop: Shop, conversation_id: UUID) -> None:
    """What the team adds to a conversation."""
    async with inside(parts, shop.id) as db:
        person = next(iter(shop.people.values()))
        db.add(InboxSettings())
        db.add(DiagnosticsSettings(keep_months=7))
        db.add(
            ConversationNote(
                conversation_id=conversation_id,
                after_seq=1,
                staff_id=person.id,
                staff_name=CANARY,
                text=CANARY,
            )
        )
        await canned_replies.save(db, None, shortcut="hallo", title=CANARY, text=CANARY)
        draft = tasks.Draft(title=CANARY, phone=CANARY, conversation_id=conversation_id)
        await tasks.create(db, draft, person=person)


async def _fill_bookings(db: Db, customer: Customer) -> None:
    calendar = await a_calendar(db)
    service = await a_service(db, name=CANARY)
    calendar.lift.name = CANARY
    close(db, date(2099, 1, 5), date(2099, 1, 6), CANARY)
    await an_absence(db, calendar.lift, "2099-02-02 00:00", "2099-02-03 00:00", note=CANARY)
    await an_appointment(
        db, "2099-03-02 09:00", on=[calendar.lift], services=[service], title=CANARY
    )
    await _fill_waiting(db, customer)


async def _fill_waiting(db: Db, customer: Customer) -> None:
    """Somebody who waits and is asked about a time, and somebody who withdrew."""
    day = waitlist.today() + timedelta(days=30)
    entry = await waitlist.join(
        db,
        WaitDraft(customer_id=customer.id, from_day=day, to_day=day, title=CANARY, minutes=60),
    )
    offer = WaitlistOffer(
        starts_at=datetime(2099, 3, 3, 9, tzinfo=UTC),
        ends_at=datetime(2099, 3, 3, 10, tzinfo=UTC),
        hold_until=datetime(2099, 3, 2, 9, tzinfo=UTC),
    )
    db.add(offer)
    await db.flush()
    db.add(WaitlistInvitation(offer_id=offer.id, entry_id=entry.id))
    db.add(Withdrawal(name=CANARY, reference=CANARY, email=f"{CANARY}@example.de"))
    await db.flush()


async def fingerprint(parts: Parts, shop: Shop) -> str:
    """Changes with any change of any row of the workshop."""
    digest = hashlib.sha256()
    async with inside(parts, shop.id) as db:
        for table in [*owned_tables(), "outbox"]:
            rows = await db.scalars(sql(f"select t::text from {table} t order by 1"))
            digest.update("\n".join([table, *rows]).encode())
    return digest.hexdigest()


async def _one_of_each(parts: Parts, shop: Shop) -> dict[str, UUID]:
    found = {}
    async with inside(parts, shop.id) as db:
        for table in owned_tables():
            column = Base.metadata.tables[table].c.id
            one = await db.scalar(select(column).limit(1))
            if one is not None:
                found[table] = one
    return found


__all__ = ["CANARY", "Victim", "fill_victim", "fingerprint", "owned_tables"]
