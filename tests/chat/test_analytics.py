"""The figures of the chat: counted right, drawn, as files, for programs, and for one workshop."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from portal.ai import calls as call_book
from portal.ai import completing
from portal.ai.calls import Call, Purpose, Result
from portal.ai.models import AiCall
from portal.bookings.models import Origin
from portal.bookings.numbers_period import Reach, period_until, today
from portal.chat import analytics, analytics_charts, analytics_sheets, analytics_words
from portal.chat.models import Author, Conversation, Message, State
from portal.kit import clock
from portal.kit.db import new_id
from portal.kit.settings import AiProvider, Settings
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.bookings import an_appointment
from tests.makers.vehicles import counted_statements

AGO = timedelta(days=3)


async def a_talk(db, *lines, rating=None, ago=AGO, **changes):
    """Lines are author, seconds after the one before, and a source or None."""
    at = clock.now() - ago
    talk = Conversation(
        id=new_id(),
        state=State.BOT,
        locale="de",
        consent_version="1",
        consent_at=at,
        created_at=at,
        rating=rating,
        **changes,
    )
    db.add(talk)
    await db.flush()
    for seq, (author, after, source) in enumerate(lines, 1):
        at += timedelta(seconds=after)
        sources = [{"kind": "faq", "label": source}] if source else []
        db.add(
            Message(
                conversation_id=talk.id,
                seq=seq,
                author=author,
                text="Text",
                sources=sources,
                cards=[],
                created_at=at,
            )
        )
    await db.flush()
    return talk


V, B, S, Y = Author.VISITOR, Author.BOT, Author.STAFF, Author.SYSTEM


async def busy(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_talk(db, (V, 0, None), (B, 2, "Reifen"), rating=5)
        await a_talk(db, (V, 0, None), (B, 2, "Reifen"), (V, 10, None), (S, 300, None), rating=2)
        await a_talk(db, (V, 0, None), (B, 2, "Öl"), (Y, 5, None), (S, 120, None))
        await a_talk(db, (B, 0, None), rating=1)  # nobody wrote
        await a_talk(db, (V, 0, None), (B, 2, "Öl"), ago=timedelta(days=31))
        made = clock.now() - AGO
        await an_appointment(
            db, clock.now() + timedelta(days=3), origin=Origin.CHAT, created_at=made
        )
        for purpose, micros in (("chat", 300_000), ("translate", 100_000)):
            db.add(
                AiCall(
                    purpose=purpose,
                    provider="p1",
                    model="m",
                    tokens_in=100,
                    tokens_out=20,
                    micros=micros,
                    total_ms=1500,
                    outcome="answered",
                    created_at=made,
                )
            )


async def numbers(parts, shop, reach=Reach.FOUR_WEEKS):
    async with inside(parts, shop.id) as db:
        return await analytics.load(db, period_until(today(), reach))


async def test_conversations_are_counted_by_who_ended_them(parts, shop):
    await busy(parts, shop)
    found = await numbers(parts, shop)
    now = found.now
    assert (now.talks, now.by_bot, now.with_person, now.bookings) == (3, 1, 2, 1)
    assert now.resolved == pytest.approx(1 / 3)
    assert (found.before.talks, found.before.resolved) == (1, 1.0)
    assert (now.ratings, now.rating) == (2, 3.5)


async def test_cost_is_told_by_conversation_and_booking(parts, shop):
    await busy(parts, shop)
    now = (await numbers(parts, shop)).now
    assert str(now.cost) == "0.4"
    assert now.cost_per_talk == pytest.approx(now.cost / 3)
    assert now.cost_per_booking == now.cost


async def test_a_persons_answer_is_timed_from_the_first_unanswered_word(parts, shop):
    await busy(parts, shop)
    team = (await numbers(parts, shop)).answered("person")
    assert (team.answers, round(team.median_s), round(team.slow_s)) == (2, 210, 282)


async def test_topics_are_what_answers_were_based_on(parts, shop):
    await busy(parts, shop)
    found = await numbers(parts, shop)
    assert [(t.label, t.talks, t.before) for t in found.topics] == [("Reifen", 2, 0), ("Öl", 1, 1)]


async def test_another_workshop_counts_nothing_of_it(parts, shop, other_shop):
    await busy(parts, shop)
    found = await numbers(parts, other_shop)
    assert (found.now.talks, found.calls, found.topics, found.answers) == (0, [], [], [])


@pytest.mark.parametrize("reach", list(Reach))
async def test_the_page_draws_everything_in_six_statements(reach, parts, shop, signed_in):
    await busy(parts, shop)
    browser = await signed_in(shop, Role.ADVISOR)
    with counted_statements(parts) as sent:
        answer = await browser.get(f"{shop.home}/inbox/numbers?range={reach}")
    assert answer.status_code == 200
    assert len(sent) <= 6
    for name in analytics_sheets.NAMES:
        assert f'id="figure-{name}"' in answer.text
    assert " style=" not in answer.text.split("</head>")[1]


async def test_an_empty_chat_says_so(shop, signed_in):
    answer = await (await signed_in(shop)).get(f"{shop.home}/inbox/numbers")
    assert "Noch keine Gespräche" in answer.text or "Noch keine Unterhaltungen" in answer.text


@pytest.mark.parametrize("name", analytics_sheets.NAMES)
async def test_each_figure_is_a_file(name, parts, shop, signed_in):
    await busy(parts, shop)
    browser = await signed_in(shop)
    answer = await browser.get(f"{shop.home}/inbox/numbers.csv?figure={name}")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


async def test_an_unknown_figure_is_not_found(shop, signed_in):
    answer = await (await signed_in(shop)).get(f"{shop.home}/inbox/numbers.csv?figure=secrets")
    assert answer.status_code == 404


async def test_programs_read_the_same(parts, shop, device):
    await busy(parts, shop)
    async with device(shop) as program:
        body = (await program.get(f"/api/v1/workshops/{shop.slug}/analytics/chat")).json()
    assert (body["now"]["conversations"], body["now"]["cost"]) == (3, "0.40")
    assert sum(week["conversations"] for week in body["weeks"]) == 3
    assert {line["who"] for line in body["response_times"]} == {"assistant", "person"}


async def test_who_may_not_read_conversations_sees_no_figures(shop, signed_in):
    browser = await signed_in(shop, Role.BOOKKEEPER)
    assert (await browser.get(f"{shop.home}/inbox/numbers")).status_code == 403


async def test_columns_stay_inside_their_ground(parts, shop):
    await busy(parts, shop)
    found = await numbers(parts, shop)
    for drawn in (analytics_charts.talk_columns(found), analytics_charts.cost_columns(found)):
        for column in drawn.columns:
            assert all(part.y >= 0 and part.y + part.height <= 100.01 for part in column.parts)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, "–"),
        (0.84, "0,8 s"),
        (12, "12 s"),
        (240, "4 min"),
        (4800, "1 h 20 min"),
        (7200, "2 h"),
    ],
)
def test_durations_are_told_as_people_say_them(seconds, told):
    assert analytics_words.duration(seconds) == told


@pytest.mark.parametrize(
    ("amount", "told"), [(None, "–"), ("0.0064", "0,6 ct"), ("0", "0,00 €"), ("1.5", "1,50 €")]
)
def test_small_money_is_told_in_cents(amount, told):
    found = analytics_words.small_money(None if amount is None else Decimal(amount))
    assert found.replace("\xa0", " ") == told


async def test_the_owner_sets_a_budget_and_sees_what_is_used(parts, shop, signed_in):
    owner = await signed_in(shop)
    address = f"{shop.home}/inbox/budget"
    saved = await owner.post(address, data={"monthly": "25,50", "daily": ""})
    assert saved.status_code == 303
    shown = (await owner.get(address)).text
    assert 'value="25,50"' in shown
    refused = await owner.post(address, data={"monthly": "viel", "daily": "-3"})
    assert refused.status_code == 422
    assert 'value="viel"' in refused.text
    assert (await (await signed_in(shop, Role.ADVISOR)).get(address)).status_code == 403


FREE = AiProvider(name="eu", base_url="http://a", api_key="k", model="m")
PAID = structs.replace(FREE, name="spare", price_out=0.6)
STOPS_NOTHING = "Grenzen in Euro wirken zurzeit nicht"
NOT_WHOLE = "Für eu fehlen die Preise"


@pytest.mark.parametrize(
    ("providers", "told"),
    [([FREE], [STOPS_NOTHING]), ([FREE, PAID], [NOT_WHOLE]), ([PAID], [])],
)
async def test_a_budget_says_when_its_limits_stop_nothing(
    parts, shop, signed_in, monkeypatch, providers, told
):
    monkeypatch.setattr(Settings, "ai_providers", providers)
    monkeypatch.setattr(completing, "is_available", lambda _parts: True)
    owner = await signed_in(shop)
    shown = (await owner.get(f"{shop.home}/inbox/budget")).text
    assert [one for one in (STOPS_NOTHING, NOT_WHOLE) if one in shown] == told
    assert "von 400.000" in shown
    figures = (await owner.get(f"{shop.home}/inbox/numbers")).text
    assert ("unvollständig: Preise fehlen für eu" in figures) is bool(told)


async def test_a_call_is_on_the_bill_of_its_day(parts, shop):
    paid = [
        Call(provider="p", model="m", price_in=1, tokens_in=7, result=Result.ANSWERED)
        for _ in range(2)
    ]
    async with inside(parts, shop.id) as db:
        await call_book.note(db, paid, Purpose.CHAT)
    found = await numbers(parts, shop)
    assert found.calls == []  # today is not over yet
