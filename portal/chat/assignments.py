"""Whose conversation it is: taken over, given to a colleague, or nobody's.

Two who take over at once both lock the row: the second is told who was faster.
"""

from datetime import datetime
from uuid import UUID

from portal.chat import conversations, live, threads
from portal.chat.languages import addressed
from portal.chat.models import Author, Conversation, State
from portal.chat.moves import MoveNotAllowed, move
from portal.kit import text
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, Problem
from portal.kit.text import _
from portal.tenants import audit, staff
from portal.tenants.callers import Member
from portal.tenants.models import Staff
from portal.tenants.permissions import ROLES, Permission, Role


class TakenAlready(Problem):
    status, code = 409, "TAKEN_ALREADY"
    title = N_("A colleague is answering this conversation already.")


class CannotAnswer(Invalid):
    code, title = "CANNOT_ANSWER", N_("This person does not answer conversations.")


async def take_over(
    db: Db, conversation_id: UUID, member: Member, *, at: datetime | None = None
) -> Conversation:
    """From here on this person answers, and the assistant is silent. Raises `TakenAlready`."""
    conversation = await conversations.locked(db, conversation_id)
    if conversation.state == State.HUMAN and conversation.assigned_name:
        if (conversation.assigned_to, conversation.assigned_name) == _named(member):
            return conversation
        if conversation.assigned_to is not None:
            raise TakenAlready(_("%(name)s is answering already.", name=conversation.assigned_name))
    await answer_as(db, conversation, member, at=at)
    return conversation


async def answer_as(
    db: Db, conversation: Conversation, member: Member, *, at: datetime | None = None
) -> None:
    """The same for a row that is locked: this person has the word, and the visitor is told."""
    if conversation.state != State.HUMAN:
        move(conversation, State.HUMAN, at=at)
    conversation.assigned_to, conversation.assigned_name = _named(member)
    conversation.unread = 0
    with text.speaking(addressed(conversation.locale)):
        said = _("%(name)s from our team is answering you now.", name=member.name)
    await threads.append(db, conversation, Author.SYSTEM, said, at=at)
    live.tell_state(db, conversation)


async def assign(db: Db, conversation_id: UUID, staff_id: UUID | None) -> Conversation:
    """Give it to a colleague, or to nobody in particular. The visitor hears who answers.

    A talk with the assistant waits for that person from then on. Raises `CannotAnswer` and
    `MoveNotAllowed`.
    """
    conversation = await conversations.locked(db, conversation_id)
    if conversation.state == State.CLOSED:
        raise MoveNotAllowed
    person = await one_who_answers(db, staff_id) if staff_id is not None else None
    if conversation.assigned_to == staff_id and (staff_id or not conversation.assigned_name):
        return conversation
    audit.note(db, "conversation.assigned", str(conversation.id), to=str(staff_id or ""))
    if conversation.state == State.HUMAN and person is None:
        move(conversation, State.WAITING)
    elif conversation.state == State.BOT:
        await conversations.wait_for_person(db, conversation, "staff")
    conversation.assigned_to = staff_id
    conversation.assigned_name = person.name if person else ""
    if conversation.state == State.HUMAN and person is not None:
        with text.speaking(addressed(conversation.locale)):
            said = _("%(name)s from our team is answering you now.", name=person.name)
        await threads.append(db, conversation, Author.SYSTEM, said)
    live.tell_state(db, conversation)
    return conversation


async def hand_back(db: Db, conversation_id: UUID, *, at: datetime | None = None) -> Conversation:
    """The assistant answers again, and says that it is one. Raises `MoveNotAllowed` when closed."""
    conversation = await conversations.locked(db, conversation_id)
    if conversation.state == State.CLOSED:
        raise MoveNotAllowed
    if conversation.needs_person:
        move(conversation, State.BOT, at=at)
        conversation.assigned_to, conversation.assigned_name = None, ""
        conversation.unread = 0
        await conversations.say_that_ai_answers(db, conversation, at=at)
        live.tell_state(db, conversation)
    return conversation


async def who_answer(db: Db) -> list[Staff]:
    """The people to whom a conversation or a task can be given."""
    return [one for one in await staff.everybody(db) if one.is_active and _answers(one)]


async def one_who_answers(db: Db, staff_id: UUID) -> Staff:
    """One of them. Raises `CannotAnswer`."""
    person = await staff.get(db, staff_id)
    if not person.is_active or not _answers(person):
        raise CannotAnswer
    return person


def _named(member: Member) -> tuple[UUID | None, str]:
    return threads.staff_id_of(member), member.name


def _answers(person: Staff) -> bool:
    return Permission.CONVERSATIONS_REPLY in ROLES[Role(person.role)]
