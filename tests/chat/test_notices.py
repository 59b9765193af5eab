"""The mail that calls the team: when, why and where, and nothing of who it is."""

from datetime import UTC, datetime

from portal.chat import conversations, notices
from portal.chat.models import Conversation
from portal.tenants.boundary import inside
from tests.makers.chat import Script, a_guest, scripted

SINCE = datetime(2026, 11, 28, 19, 36, tzinfo=UTC)
PERSONAL = ("Karla", "Geheim", "0171", "karla@", "B-KG", "Bremse")


async def mail_about(client, shop, parts, settings, reason):
    guest = await a_guest(client, shop)
    with scripted(Script()):
        await guest.say("Ich heiße Karla Geheim, mein B-KG 77 hat keine Bremse mehr")
    contact = {"name": "Karla Geheim", "email": "karla@example.org", "phone": "0171 5550199"}
    await guest.post("handover", {"contact": contact})
    async with inside(parts, shop.id) as db:
        talk: Conversation = await conversations.get(db, guest.conversation_id)
        talk.unanswered_since, talk.handover_reason = SINCE, reason
        talk.priority = 0
        return notices.somebody_waits(settings, talk, to="w@kfz.example", slug=shop.slug)


async def test_a_mail_says_when_why_and_where_and_nothing_of_the_visitor(
    client, shop, parts, settings
):
    mail = await mail_about(client, shop, parts, settings, "asked")
    text = mail.get_content()
    assert "Samstag, 28. November, 20:36 Uhr" in text, "read the next day it still says which day"
    assert "Wunsch nach einem Menschen" in text
    assert f"/w/{shop.slug}/inbox/" in text
    assert "Dringend" not in mail["Subject"]
    for word in PERSONAL:
        assert word not in mail.as_string()
        assert word not in text


async def test_a_mail_about_danger_is_called_urgent(client, shop, parts, settings):
    mail = await mail_about(client, shop, parts, settings, "safety")
    assert mail["Subject"].startswith("Dringend: ")
