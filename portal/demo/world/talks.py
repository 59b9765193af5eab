"""Conversations with the verbs of the chat, at times that have passed."""

import uuid
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.ai.models import AiCall
from portal.chat import assignments, conversations, messages, open_questions, threads
from portal.chat.assistant.speech import Verified
from portal.chat.identity import answers, verifications
from portal.chat.models import Author, Conversation, Message, State
from portal.chat.verification_models import Step, Verification
from portal.chat.widget_config import greeting_of
from portal.demo.people import DemoShop
from portal.demo.world import plans
from portal.demo.world.rows import Say, Talk
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.tenants import workshops
from portal.tenants.boundary import workshop_id_of
from portal.tenants.callers import Member
from portal.tenants.models import Staff
from portal.tenants.permissions import ROLES, Role
from portal.vehicles import vehicles

DOES_NOT_KNOW = ("weiß ich leider nicht", "do not know")
"""How the assistant of these talks says that no text answers."""
NAMESPACE = UUID("0f0e1bd2-7d0b-4b4e-9d5c-6a2f4c0d9e11")


async def fill(db: Db, shop: DemoShop, now: datetime, site: str) -> None:
    profile = await workshops.get_profile(db)
    staff = {one.name: _member(db, shop, one) for one in await db.scalars(select(Staff))}
    talks = sorted(plans.of_shop(shop).talks, key=lambda talk: begun_at(shop, talk, now))
    for talk in talks:
        at = begun_at(shop, talk, now)
        conversation, _ = await conversations.begin(
            db,
            locale=talk.locale,
            consent_version=profile.consent_version,
            greeting=greeting_of(profile, talk.locale),
            page_url=f"{site}{talk.page}",
            visitor_name=talk.name,
            at=at,
        )
        await conversations.leave_contact(
            db, conversation.id, name=talk.name, email=talk.email, phone=talk.phone
        )
        await _Told(db, conversation, staff, f"{shop.slug} {talk.page} {talk.says[0].text}").tell(
            talk, at
        )
        conversation.rating, conversation.rating_comment = talk.rating, talk.comment
        if talk.is_read:
            conversation.unread = 0
    await db.flush()


def begun_at(shop: DemoShop, talk: Talk, now: datetime) -> datetime:
    if talk.minutes:
        return now - timedelta(minutes=talk.minutes)
    day: date = plans.of_shop(shop).workdays.back(now.astimezone(BERLIN).date(), talk.days)
    return datetime.combine(day, time.fromisoformat(talk.clock), BERLIN)


class _Told:
    """One conversation while it is told again."""

    def __init__(
        self, db: Db, conversation: Conversation, staff: dict[str, Member], name: str
    ) -> None:
        self._db, self._conversation, self._staff, self._name = db, conversation, staff, name
        self._asked: Message | None = None
        self._person: Member | None = None

    async def tell(self, talk: Talk, at: datetime) -> None:
        for number, say in enumerate(talk.says):
            at += timedelta(seconds=say.after)
            await self._one(say, at, number)

    async def _one(self, say: Say, at: datetime, number: int) -> None:
        db, conversation = self._db, self._conversation
        if say.who == "visitor":
            client_id = uuid.uuid5(NAMESPACE, f"{self._name} {number}")
            self._asked = await threads.append(
                db, conversation, Author.VISITOR, say.text, client_id=client_id, at=at
            )
            self._asked.translation = say.german
            if conversation.needs_person:
                await messages.expect_answer(db, conversation, say.text, at=at)
        elif say.who == "bot":
            await self._answer(say, at)
        elif say.who == "staff" and self._person is not None:
            await messages.reply(db, conversation.id, self._person, say.text, at=at)
        elif say.who == "waits":
            await conversations.wait_for_person(db, conversation, say.text, at=at)
        elif say.who == "takes":
            self._person = self._staff[say.text]
            await assignments.answer_as(db, conversation, self._person, at=at)
        elif say.who == "proves":
            await self._prove(say.text, at)
        elif say.who == "closes":
            await self._close(at)

    async def _answer(self, say: Say, at: datetime) -> None:
        sources = [{"kind": kind, "label": label} for kind, label in say.sources]
        asked = self._asked.id if self._asked is not None else None
        if asked is not None and any(words in say.text for words in DOES_NOT_KNOW):
            await open_questions.note(self._db, self._conversation, asked, at=at)
        answer = await threads.append(
            self._db,
            self._conversation,
            Author.BOT,
            say.text,
            reply_to=asked,
            sources=sources,
            at=at,
        )
        answer.translation = say.german
        self._db.add(
            AiCall(
                about_id=self._conversation.id,
                provider="built-in",
                total_ms=say.after * 90,
                outcome="answered",
                created_at=at,
            )
        )

    async def _prove(self, plate: str, at: datetime) -> None:
        """The visitor has said the code that went to the keeper of this car."""
        (vehicle, *_rest) = await vehicles.find_by_plate(self._db, plate)
        keeper = (await vehicles.get(self._db, vehicle.id)).keeper
        if keeper is None:
            return
        self._db.add(
            Verification(
                conversation_id=self._conversation.id,
                vehicle_id=vehicle.id,
                customer_id=keeper.id,
                asked_key=vehicle.id.bytes,
                token_hash=self._conversation.id.bytes,
                channel="email",
                step=Step.CONFIRMED,
                created_at=at,
                expires_at=at + verifications.VALID,
                sent_at=at,
                confirmed_at=at,
                valid_until=at + verifications.HOLDS,
            )
        )
        verified = Verified(vehicle_id=vehicle.id, customer_id=keeper.id)
        await answers.tell(self._db, self._conversation.id, verified, at=at)

    async def _close(self, at: datetime) -> None:
        if self._conversation.state != State.CLOSED:
            await conversations.close(self._db, self._conversation.id, at=at)


def _member(db: Db, shop: DemoShop, staff: Staff) -> Member:
    return Member(
        id=staff.id,
        account_id=staff.account_id,
        workshop_id=workshop_id_of(db),
        slug=shop.slug,
        name=staff.name,
        email="",
        role=staff.role,
        locale="de",
        permissions=ROLES[Role(staff.role)],
    )
