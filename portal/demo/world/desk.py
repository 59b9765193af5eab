"""Prepared answers, notes, links and tasks beside the demo's conversations."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.chat import canned_replies, inbox_settings, tasks, waits
from portal.chat.models import Conversation, Message
from portal.chat.models_inbox import (
    ConciergeTask,
    ConversationNote,
    TaskKind,
    TaskPriority,
    TaskState,
)
from portal.demo.people import DemoShop
from portal.demo.world import plans
from portal.demo.world.desk_plans import DESKS, Task
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.tenants.models import Staff
from portal.vehicles import customers

STEPS = {
    "in_progress": (TaskState.IN_PROGRESS,),
    "completed": (TaskState.IN_PROGRESS, TaskState.COMPLETED),
    "cancelled": (TaskState.CANCELLED,),
}


async def choose_pace(db: Db, shop: DemoShop) -> None:
    """Before the conversations: their clocks run by it."""
    minutes = DESKS[shop.slug].answer_minutes
    await inbox_settings.change(db, answer_minutes=minutes, mail_after_minutes=5)


async def fill(db: Db, shop: DemoShop, now: datetime) -> None:
    desk = DESKS[shop.slug]
    for shortcut, title, text in desk.replies:
        await canned_replies.save(db, None, shortcut=shortcut, title=title, text=text)
    talks = {one.visitor_name: one for one in await db.scalars(select(Conversation))}
    staff = {one.name: one for one in await db.scalars(select(Staff))}
    for talk in talks.values():
        await _link(db, talk)
    for note in desk.notes:
        talk, person = talks[note.talk], staff[note.staff]
        db.add(
            ConversationNote(
                conversation_id=talk.id,
                after_seq=talk.last_seq,
                staff_id=person.id,
                staff_name=person.name,
                text=note.text,
                created_at=talk.last_message_at + timedelta(seconds=40),
            )
        )
    for task in desk.tasks:
        await _add(db, shop, task, talks, staff, now)
    for message in await db.scalars(select(Message).where(Message.text.in_(desk.german))):
        message.translation = desk.german[message.text]
    await db.flush()


async def _link(db: Db, talk: Conversation) -> None:
    """The team knows who writes where exactly one customer has this number or address."""
    if not (talk.assigned_name and talk.has_contact):
        return
    known = await customers.find_by_contact(db, email=talk.email, phone=talk.phone)
    if len(known) == 1:
        talk.customer_id = known[0].id
        if talk.unanswered_since is not None:
            await waits.begin(db, talk, talk.handover_reason, at=talk.unanswered_since)


async def _add(
    db: Db,
    shop: DemoShop,
    plan: Task,
    talks: dict[str, Conversation],
    staff: dict[str, Staff],
    now: datetime,
) -> None:
    talk, person = talks.get(plan.talk), staff.get(plan.staff)
    begun = (talk.last_message_at if talk else now - timedelta(hours=3)) + timedelta(minutes=2)
    draft = tasks.Draft(
        title=plan.title,
        kind=TaskKind(plan.kind),
        priority=TaskPriority(plan.priority),
        description=plan.description,
        phone=plan.phone,
        due_at=_due(shop, plan, now),
        conversation_id=talk.id if talk else None,
        customer_id=talk.customer_id if talk else None,
        created_by=person.name if person else "",
        consent_at=begun if plan.consent else None,
    )
    task = await tasks.create(db, draft, person=person)
    for state in STEPS.get(plan.state, ()):
        await tasks.move(db, task.id, state, resolution=plan.resolution)
    await _date_back(db, task.id, min(begun, now))


async def _date_back(db: Db, task_id: UUID, begun: datetime) -> None:
    task = (await db.scalars(select(ConciergeTask).where(ConciergeTask.id == task_id))).one()
    task.created_at = task.changed_at = begun
    if task.is_over:
        task.resolved_at = begun + timedelta(minutes=50)


def _due(shop: DemoShop, plan: Task, now: datetime) -> datetime | None:
    if plan.days is None:
        return None
    workdays = plans.of_shop(shop).workdays
    today = now.astimezone(BERLIN).date()
    day = workdays.back(today, -plan.days) if plan.days < 0 else workdays.on_or_after(today)
    for _further in range(plan.days):
        day = workdays.on_or_after(day + timedelta(days=1))
    return datetime.combine(day, time(16), BERLIN)
