"""Of several who write the first of something at the same moment nobody fails, and one row is."""

import asyncio
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text

from portal.ai import allowances
from portal.ai.models import AiAllowance
from portal.bookings import rules
from portal.bookings.models import BookingRules
from portal.campaigns import wordings
from portal.campaigns.models import CampaignRules, Wording
from portal.chat import inbox_settings
from portal.chat.models_inbox import InboxSettings
from portal.content import syncing
from portal.content.models import ContentSync, FaqEntry
from portal.content.sources import FaqText
from portal.diagnostics import live, retention
from portal.diagnostics.live_models import LiveRecording
from portal.diagnostics.models import DiagnosticsSettings
from portal.kit import clock
from portal.kit.db import new_id
from portal.tenants.boundary import inside

AT_ONCE = 4

RECORDING = new_id()
FAQ = {"de": [FaqText(id="q1", question="Haben Sie WLAN?", answer="Ja.", keywords=[])]}


def keep_for(db, number):
    return retention.change(db, keep_months=retention.CHOICES[number], keep_position=True)


def allow(db, number):
    return allowances.allow(db, daily=Decimal(number), monthly=None)


def sync(db, _number):
    return syncing.record(db, "directus", FAQ)


def fail_to_sync(db, number):
    return syncing.record_problem(db, "directus", f"problem {number}")


def answer_within(db, number):
    return inbox_settings.change(db, answer_minutes=10 + number, mail_after_minutes=5)


def take_bookings(db, number):
    return rules.change(db, lead_minutes=60 * number)


def word(db, number):
    return wordings.change(db, consent=f"Ich stimme zu ({number}).", notice="Hinweis", years="3")


def say_hello(db, _number):
    opening = live.Opening(recording=RECORDING, started_at=clock.now(), device="PC")
    return live.open_line(db, opening, by="Werkstatt")


@pytest.mark.parametrize(
    ("write", "tables"),
    [
        (keep_for, {DiagnosticsSettings: 1}),
        (allow, {AiAllowance: 1}),
        (sync, {ContentSync: 1, FaqEntry: 1}),
        (fail_to_sync, {ContentSync: 1}),
        (answer_within, {InboxSettings: 1}),
        (take_bookings, {BookingRules: 1}),
        (word, {CampaignRules: 1, Wording: AT_ONCE + 1}),
        (say_hello, {LiveRecording: 1}),
    ],
    ids=lambda given: given.__name__ if callable(given) else "",
)
async def test_the_first_of_its_kind_may_be_written_by_several_at_once(parts, shop, write, tables):
    together = asyncio.Barrier(AT_ONCE)

    async def one(number):
        async with inside(parts, shop.id) as db:
            await db.execute(text("select 1"))
            await together.wait()
            await write(db, number)

    await asyncio.wait_for(asyncio.gather(*map(one, range(AT_ONCE))), 20)
    async with inside(parts, shop.id) as db:
        stored = {
            table: await db.scalar(select(func.count()).select_from(table)) for table in tables
        }
    assert stored == tables
