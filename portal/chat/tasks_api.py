"""Tasks, notes and assignment for programs: `/api/v1/tasks`, `/api/v1/conversations/{id}/…`."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from portal.chat import assignments, conversations, notes, tasks
from portal.chat.forms import AssignmentBody, ReplyForm
from portal.chat.live import NoteShown
from portal.chat.models_inbox import ConciergeTask, TaskState
from portal.chat.task_forms import MoveBody, TaskBody
from portal.kit import clock
from portal.kit.db import Db
from portal.tenants.boundary import DoorDb, device_db, member_of
from portal.tenants.permissions import Permission, needs
from portal.vehicles import customers, vehicles

READ = needs(Permission.CONVERSATIONS_READ)
REPLY = needs(Permission.CONVERSATIONS_REPLY)

Limit = Annotated[int, QueryParameter(ge=1, le=500)]


class TaskShown(msgspec.Struct):
    """Times are RFC 3339 in UTC."""

    id: UUID
    kind: str
    priority: str
    state: str
    title: str
    description: str
    phone: str
    due_at: str | None
    conversation_id: UUID | None
    customer_id: UUID | None
    vehicle_id: UUID | None
    assigned_to: UUID | None
    assigned_name: str
    resolution: str
    resolved_at: str | None
    created_at: str


class TaskPage(msgspec.Struct):
    """`next` is the `after` of the next page."""

    items: list[TaskShown]
    next: UUID | None


class NotePage(msgspec.Struct):
    items: list[NoteShown]


class Assigned(msgspec.Struct):
    id: UUID
    state: str
    assigned_to: UUID | None
    assigned_name: str


@get("/tasks", opt=READ)
async def index(
    db: DoorDb,
    in_state: Annotated[TaskState | None, QueryParameter(name="state")] = None,
    after: FromQuery[UUID | None] = None,
    limit: Limit = 100,
) -> TaskPage:
    found = await tasks.listed(db, state=in_state, after=after, limit=limit + 1)
    items = [_shown(one) for one in found[:limit]]
    return TaskPage(items, items[-1].id if len(found) > limit else None)


@post("/tasks", opt=REPLY)
async def create(db: DoorDb, data: JSONBody[TaskBody]) -> TaskShown:
    await _must_be_ours(db, data)
    draft = tasks.Draft(
        title=data.title,
        kind=data.kind,
        priority=data.priority,
        description=data.description,
        phone=data.phone,
        due_at=data.due_at,
        conversation_id=data.conversation_id,
        customer_id=data.customer_id,
        vehicle_id=data.vehicle_id,
        created_by=member_of(db).name,
    )
    person = await assignments.one_who_answers(db, data.assigned_to) if data.assigned_to else None
    return _shown(await tasks.create(db, draft, person=person))


@get("/tasks/{task_id:uuid}", opt=READ)
async def detail(db: DoorDb, task_id: FromPath[UUID]) -> TaskShown:
    return _shown(await tasks.get(db, task_id))


@post("/tasks/{task_id:uuid}/moves", opt=REPLY, status_code=200)
async def move(db: DoorDb, task_id: FromPath[UUID], data: JSONBody[MoveBody]) -> TaskShown:
    await tasks.get(db, task_id)
    person = await assignments.one_who_answers(db, data.assigned_to) if data.assigned_to else None
    task = await tasks.move(db, task_id, data.state, person=person, resolution=data.resolution)
    return _shown(task)


@post("/conversations/{conversation_id:uuid}/assignment", opt=REPLY, status_code=200)
async def assign(
    db: DoorDb, conversation_id: FromPath[UUID], data: JSONBody[AssignmentBody]
) -> Assigned:
    """To a person of the team, or with null to nobody in particular."""
    one = await assignments.assign(db, conversation_id, data.staff_id)
    return Assigned(one.id, one.state, one.assigned_to, one.assigned_name)


@get("/conversations/{conversation_id:uuid}/notes", opt=READ)
async def list_notes(db: DoorDb, conversation_id: FromPath[UUID]) -> NotePage:
    await conversations.get(db, conversation_id)
    found = await notes.of_conversation(db, conversation_id)
    return NotePage([notes.note_shown(one) for one in found])


@post("/conversations/{conversation_id:uuid}/notes", opt=REPLY)
async def add_note(
    db: DoorDb, conversation_id: FromPath[UUID], data: JSONBody[ReplyForm]
) -> NoteShown:
    _, note = await notes.add(db, conversation_id, member_of(db), data.text)
    return note


async def _must_be_ours(db: Db, data: TaskBody) -> None:
    """What another workshop has is not there: 404, before a foreign key says it."""
    if data.conversation_id is not None:
        await conversations.get(db, data.conversation_id)
    if data.customer_id is not None:
        await customers.get(db, data.customer_id)
    if data.vehicle_id is not None:
        await vehicles.get(db, data.vehicle_id)


def _shown(task: ConciergeTask) -> TaskShown:
    return TaskShown(
        id=task.id,
        kind=task.kind,
        priority=task.priority,
        state=task.state,
        title=task.title,
        description=task.description,
        phone=task.phone,
        due_at=_time(task.due_at),
        conversation_id=task.conversation_id,
        customer_id=task.customer_id,
        vehicle_id=task.vehicle_id,
        assigned_to=task.assigned_to,
        assigned_name=task.assigned_name,
        resolution=task.resolution,
        resolved_at=_time(task.resolved_at),
        created_at=clock.rfc3339(task.created_at),
    )


def _time(moment: datetime | None) -> str | None:
    return clock.rfc3339(moment) if moment else None


ROUTERS: list[Any] = [
    Router(
        "/api/v1",
        dependencies={"db": Provide(device_db)},
        route_handlers=[index, create, detail, move, assign, list_notes, add_note],
    )
]
