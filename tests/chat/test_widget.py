"""What the widget may do, and what it may not."""

import time
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from portal.ai.models import AiCall
from portal.chat.models import Conversation
from portal.chat.widget_api import MOST_TABS
from portal.tenants.boundary import inside
from tests.conftest import SECRET
from tests.makers.chat import Script, a_guest, begin, scripted
from tests.makers.shops import found_shop


async def test_the_config_shows_what_the_workshop_shows_to_everybody(client, shop):
    answer = await client.get(f"/widget/v1/config?site_key={shop.site_key}&locale=de")
    shown = answer.json()
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in answer.headers
    assert shown["name"].startswith("Werkstatt")
    assert shown["consent"]["version"] == "1"
    assert {"color", "greeting", "languages", "locale", "ai_notice", "privacy_url", "phone"} <= set(
        shown
    )
    assert set(shown["open"]) == {"is_open", "text"}


async def test_an_unknown_site_key_is_not_found(client):
    answer = await client.get("/widget/v1/config?site_key=nobody")
    assert (answer.status_code, answer.json()["code"]) == (404, "WORKSHOP_NOT_FOUND")


async def test_the_config_speaks_the_visitors_language(client, shop):
    german = await client.get(f"/widget/v1/config?site_key={shop.site_key}&locale=de")
    english = await client.get(f"/widget/v1/config?site_key={shop.site_key}&locale=en")
    other = await client.get(f"/widget/v1/config?site_key={shop.site_key}&locale=fr")
    assert english.json()["locale"] == "en"
    assert english.json()["ai_notice"].startswith("An AI assistant")
    assert other.json()["locale"] == german.json()["locale"] == "de"


async def test_a_conversation_begins_with_a_greeting_and_a_token(client, shop, parts):
    guest = await a_guest(client, shop, page_url="https://x.example/preise?name=Huber#kontakt")
    assert guest.started["state"] == "bot"
    assert [m["author"] for m in guest.started["messages"]] == ["bot"]
    async with inside(parts, shop.id) as db:
        stored = (await db.scalars(select(Conversation))).one()
    assert (stored.consent_version, stored.consent_at is not None) == ("1", True)
    assert stored.page_url == "https://x.example/preise"


async def test_an_outdated_consent_is_refused(client, shop):
    answer = await begin(client, shop, consent_version="0")
    assert (answer.status_code, answer.json()["code"]) == (409, "CONSENT_OUTDATED")


@pytest.mark.parametrize("origin", ["https://thief.example", "null", None])
async def test_a_foreign_website_may_not_begin(client, shop, origin):
    answer = await begin(client, shop, origin=origin)
    assert (answer.status_code, answer.json()["code"]) == (403, "ORIGIN_NOT_ALLOWED")


async def test_a_token_does_not_work_from_another_website(client, shop):
    guest = await a_guest(client, shop)
    guest.origin = "https://thief.example"
    assert (await guest.get("messages")).json()["code"] == "ORIGIN_NOT_ALLOWED"


async def test_an_expired_token_opens_nothing(client, shop, monkeypatch):
    guest = await a_guest(client, shop)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda now=time.time: now() + 13 * 3600)
    answer = await guest.get("messages")
    assert (answer.status_code, answer.json()["code"]) == (401, "TOKEN_INVALID")


async def test_a_forged_token_opens_nothing(client, shop):
    guest = await a_guest(client, shop)
    claims = [shop.id.hex, guest.conversation_id.hex, shop.origin]
    guest.token = URLSafeTimedSerializer("guessed" * 8, salt="carbot.visitor").dumps(claims)
    assert (await guest.get("messages")).status_code == 401


async def test_a_token_of_one_workshop_shows_nothing_of_another(client, shop, other_shop):
    guest = await a_guest(client, shop)
    claims = [other_shop.id.hex, guest.conversation_id.hex, shop.origin]
    guest.token = URLSafeTimedSerializer(SECRET, salt="carbot.visitor").dumps(claims)
    for path in ("messages", "events"):
        assert (await guest.get(path)).status_code == 401
    assert (await guest.post("handover", {})).status_code == 401
    assert (await guest.post("messages", {"client_id": str(uuid4()), "text": "x"})).status_code == (
        401
    )


async def test_an_answer_streams_and_is_stored(client, shop, parts):
    guest = await a_guest(client, shop)
    with scripted(Script()) as script:
        events = await guest.say("Haben Sie offen?")
    assert [e.name for e in events] == ["accepted", "delta", "delta", "done"]
    assert events[-1].data["state"] == "bot"
    assert events[-1].data["sources"] == [{"kind": "hours", "label": "Öffnungszeiten"}]
    history = await guest.history()
    assert [(m["author"], m["text"]) for m in history[1:]] == [
        ("visitor", "Haben Sie offen?"),
        ("bot", "Guten Tag! Wir haben geöffnet."),
    ]
    assert [turn.author for turn in script.asked[0].turns] == ["assistant"]
    async with inside(parts, shop.id) as db:
        usage = (await db.scalars(select(AiCall))).one()
    assert (usage.outcome, usage.tokens_in, usage.tokens_out) == ("answered", 10, 5)


async def test_a_message_that_is_too_long_is_told_so(client, shop):
    guest = await a_guest(client, shop)
    long = await guest.post("messages", {"client_id": str(uuid4()), "text": "ä" * 4001})
    empty = await guest.post("messages", {"client_id": str(uuid4()), "text": " \0 "})
    assert (long.status_code, long.json()["code"]) == (422, "MESSAGE_TOO_LONG")
    assert empty.json()["code"] == "MESSAGE_EMPTY"
    with scripted(Script()):
        assert (await guest.say("ä" * 4000))[-1].name == "done"


async def test_a_flood_of_messages_is_slowed_down(client, shop):
    guest = await a_guest(client, shop)
    answers = []
    with scripted(Script()):
        for _ in range(14):
            body = {"client_id": str(uuid4()), "text": "Hallo"}
            answers.append(await guest.post("messages", body))
    assert answers[-1].status_code == 429
    assert answers[-1].json()["code"] == "RATE_LIMITED"
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_a_flood_of_conversations_is_slowed_down(client, parts, monkeypatch):
    shop = await found_shop(parts)
    monkeypatch.setattr("portal.chat.widget_api.BEGIN_PER_SITE", _narrow("chat-begin-site-test"))
    answers = [(await begin(client, shop)).status_code for _ in range(4)]
    assert answers == [201, 201, 429, 429]


async def test_a_rating_is_kept_and_judged(client, shop, parts):
    guest = await a_guest(client, shop)
    assert "is_rated" not in (await guest.get("messages")).json()
    assert (await guest.post("ratings", {"stars": 5, "comment": "Toll"})).status_code == 204
    assert (await guest.post("ratings", {"stars": 6})).status_code == 422
    assert (await guest.get("messages")).json()["is_rated"]
    async with inside(parts, shop.id) as db:
        stored = (await db.scalars(select(Conversation))).one()
    assert (stored.rating, stored.rating_comment) == (5, "Toll")


async def test_an_erased_conversation_is_gone(client, shop, parts):
    guest = await a_guest(client, shop)
    with scripted(Script()):
        await guest.say("Mein Name ist Huber")
    assert (await guest.delete("conversations/current")).status_code == 204
    assert (await guest.get("messages")).status_code == 401
    async with inside(parts, shop.id) as db:
        stored = (await db.scalars(select(Conversation))).one()
        assert (stored.preview, stored.state, stored.erased_at is not None) == ("", "closed", True)


def _narrow(name):
    from portal.kit.limits import Rate

    return Rate(name, per_minute=1, burst=2)


async def test_one_conversation_cannot_fill_the_house_with_streams(client, shop):
    guest = await a_guest(client, shop)
    async with AsyncExitStack() as tabs:
        for _ in range(MOST_TABS):
            await tabs.enter_async_context(guest.listening())
        refused = await guest.get("events")
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "60"
