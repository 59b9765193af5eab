"""Fills the demo: both workshops, their people, and two years of believable history.

Every step looks first whether it has been done, and is one transaction: a start that was broken
off is completed by the next one, and a complete world is left as it is.
"""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from portal.bookings.models import Appointment
from portal.campaigns.models import ContactNotice
from portal.chat.models import Conversation
from portal.demo.people import PLATFORM_EMAIL, DemoShop
from portal.demo.world import (
    bookings,
    cases,
    desk,
    founding,
    garage,
    owner_reports,
    past_talks,
    reminders,
    scans,
    talks,
    vin_lists,
)
from portal.diagnostics.models import Scan
from portal.diagnostics.session_models import DiagnosticSession
from portal.imports.models import VinList
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.kit.text import _
from portal.tenants.boundary import inside
from portal.tenants.models import Account, Staff, Workshop
from portal.vehicles.models import Customer
from portal.worker import work_off

Say = Callable[[str], None]


async def fill(parts: Parts, shops: Sequence[DemoShop], say: Say = print) -> None:
    """Whatever is missing; `say` gets a line before each step that takes a moment."""
    with text.speaking(text.DEFAULT):
        async with inside(parts, None) as db:
            query = select(Account.id).where(Account.email == PLATFORM_EMAIL)
            if await db.scalar(query) is None:
                await founding.employ_platform_staff(db)
            there = {row.slug: row.id for row in await db.scalars(select(Workshop))}
        for shop in shops:
            workshop_id = there.get(shop.slug) or await founding.found(parts, shop)
            await _complete(parts, shop, workshop_id, say)


async def _complete(parts: Parts, shop: DemoShop, workshop_id: UUID, say: Say) -> None:
    async with inside(parts, workshop_id) as db:
        await founding.follow_the_website(db, parts.settings, shop)
        missing = await _missing(db)
    if not missing:
        return
    today = clock.local(clock.now()).date()
    if Staff in missing:
        say(_("%(name)s: people, texts and prices …", name=shop.name))
        await founding.furnish(parts, shop, workshop_id)
    if Customer in missing:
        say(_("%(name)s: customers, vehicles and two years of history …", name=shop.name))
        async with inside(parts, workshop_id) as db:
            await garage.fill(db, shop, today)
    if Appointment in missing:
        say(_("%(name)s: two years of appointments and the coming weeks …", name=shop.name))
        async with inside(parts, workshop_id) as db:
            await bookings.fill(db, shop, clock.now())
    if ContactNotice in missing:
        async with inside(parts, workshop_id) as db:
            await reminders.fill(db, shop, today)
    if Conversation in missing:
        say(_("%(name)s: this week's conversations …", name=shop.name))
        async with inside(parts, workshop_id) as db:
            await desk.choose_pace(db, shop)
            await talks.fill(db, shop, clock.now(), founding.site_of(parts.settings))
            await past_talks.fill(db, shop, clock.now())
    if DiagnosticSession in missing:
        async with inside(parts, workshop_id) as db:
            await cases.fill(parts, db, shop, today)
            await desk.fill(db, shop, clock.now())
    if VinList in missing:
        async with inside(parts, workshop_id) as db:
            await vin_lists.receive(parts, db, shop)
        await work_off(parts)
    if Scan in missing:
        say(_("%(name)s: reading OBD-II recordings …", name=shop.name))
        await _diagnose(parts, shop, workshop_id, today)


async def _diagnose(parts: Parts, shop: DemoShop, workshop_id: UUID, today: date) -> None:
    """Recordings are read before their owners are told."""
    async with inside(parts, workshop_id) as db:
        await scans.receive(parts, db, shop, today)
    await work_off(parts)
    async with inside(parts, workshop_id) as db:
        await owner_reports.release(db, shop)
    await work_off(parts)


async def _missing(db: Db) -> set[type]:
    """What this workshop has not even one of."""
    tables = (
        Staff,
        Customer,
        Appointment,
        ContactNotice,
        Conversation,
        DiagnosticSession,
        Scan,
        VinList,
    )
    found = (await db.execute(select(*(exists(select(table)) for table in tables)))).one()
    return {table for table, is_there in zip(tables, found, strict=True) if not is_there}
