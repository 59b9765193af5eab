"""Tasks: what somebody has to do for a customer who asked, from new to done.

A state changes under a lock of the row; the database refuses what `TASK_MOVES` does not know.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import and_, case, or_, select, update

from portal.chat import announcing
from portal.chat.models_inbox import (
    TASK_MOVES,
    ConciergeTask,
    TaskKind,
    TaskPriority,
    TaskState,
)
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, FieldError, Invalid, NotFound, Problem
from portal.kit.text import _
from portal.tenants import audit
from portal.tenants.boundary import tell
from portal.tenants.models import Staff

TOPIC = "tasks"
LONGEST_TITLE, LONGEST_TEXT = 160, 4000
SETTLED_SHOWN = timedelta(days=14)
"""How long what is done stays on the board."""
MOST_SHOWN = 200


class TaskNotFound(NotFound):
    code, title = "TASK_NOT_FOUND", N_("We could not find this task.")


class TaskMoveNotAllowed(Problem):
    status, code = 409, "TASK_STATE_CONFLICT"
    title = N_("The task is in another state by now.")


class TaskInvalid(Invalid):
    code, title = "TASK_INVALID", N_("Please say what is to be done.")


class Draft(msgspec.Struct, kw_only=True):
    """What is to be done. `consent_at`: when the customer agreed to be called back."""

    title: str
    kind: TaskKind = TaskKind.OTHER
    priority: TaskPriority = TaskPriority.MEDIUM
    description: str = ""
    phone: str = ""
    due_at: datetime | None = None
    conversation_id: UUID | None = None
    customer_id: UUID | None = None
    vehicle_id: UUID | None = None
    created_by: str = ""
    consent_at: datetime | None = None


class Happened(msgspec.Struct):
    """What open boards are told."""

    id: UUID


async def create(db: Db, draft: Draft, *, person: Staff | None = None) -> ConciergeTask:
    """Raises `TaskInvalid`. With a person it is theirs at once."""
    title = " ".join(draft.title.replace("\0", "").split())
    if not title:
        said = _("Please say what is to be done.")
        raise TaskInvalid(errors=[FieldError("title", "REQUIRED", said)])
    task = ConciergeTask(
        id=new_id(),
        kind=draft.kind,
        priority=draft.priority,
        state=TaskState.ASSIGNED if person else TaskState.NEW,
        title=title[:LONGEST_TITLE],
        description=draft.description.replace("\0", "").strip()[:LONGEST_TEXT],
        phone=draft.phone.strip()[:40],
        due_at=draft.due_at,
        conversation_id=draft.conversation_id,
        customer_id=draft.customer_id,
        vehicle_id=draft.vehicle_id,
        assigned_to=person.id if person else None,
        assigned_name=person.name if person else "",
        created_by=draft.created_by,
        resolution="",
        consent_at=draft.consent_at,
    )
    db.add(task)
    await db.flush()
    audit.note(db, "task.created", str(task.id), kind=task.kind)
    await _tell(db, task, "task.created")
    return task


async def get(db: Db, task_id: UUID) -> ConciergeTask:
    """Raises `TaskNotFound`."""
    return await _one(db, task_id, for_update=False)


async def move(
    db: Db, task_id: UUID, to: TaskState, *, person: Staff | None = None, resolution: str = ""
) -> ConciergeTask:
    """Onwards or back. `person` is who has it now; a finished task says how it was resolved.

    Raises `TaskMoveNotAllowed`. Where it is already it stays, without a word.
    """
    task = await _one(db, task_id, for_update=True)
    if to == task.state and (person is None or person.id == task.assigned_to):
        return task
    if to != task.state and to not in TASK_MOVES[TaskState(task.state)]:
        raise TaskMoveNotAllowed
    before, task.state, task.changed_at = task.state, to, clock.now()
    if to == TaskState.NEW:
        task.assigned_to, task.assigned_name = None, ""
    elif person is not None:
        task.assigned_to, task.assigned_name = person.id, person.name
    task.resolved_at = clock.now() if task.is_over else None
    task.resolution = resolution.replace("\0", "").strip()[:LONGEST_TEXT] if task.is_over else ""
    await db.flush()
    audit.note(db, "task.moved", str(task.id), before=before, to=to)
    await _tell(db, task, "task.moved")
    return task


async def board(db: Db) -> Sequence[ConciergeTask]:
    """All open tasks and those of the last days that are over, the most urgent first."""
    over = ConciergeTask.state.in_((TaskState.COMPLETED, TaskState.CANCELLED))
    recent = ConciergeTask.changed_at >= clock.now() - SETTLED_SHOWN
    query = (
        select(ConciergeTask)
        .where(or_(ConciergeTask.state.in_(OPEN), and_(over, recent)))
        .order_by(_URGENCY, ConciergeTask.due_at.nulls_last(), ConciergeTask.created_at)
        .limit(MOST_SHOWN)
    )
    return (await db.scalars(query)).all()


async def listed(
    db: Db, *, state: TaskState | None = None, after: UUID | None = None, limit: int = 100
) -> Sequence[ConciergeTask]:
    """In the order in which they came up; `after` is the last id of the page before."""
    query = select(ConciergeTask).order_by(ConciergeTask.id).limit(limit)
    if state is not None:
        query = query.where(ConciergeTask.state == state)
    if after is not None:
        query = query.where(ConciergeTask.id > after)
    return (await db.scalars(query)).all()


async def of_conversation(db: Db, conversation_id: UUID) -> Sequence[ConciergeTask]:
    query = select(ConciergeTask).where(ConciergeTask.conversation_id == conversation_id)
    return (await db.scalars(query.order_by(ConciergeTask.created_at.desc()).limit(20))).all()


async def open_callback(db: Db, conversation_id: UUID) -> ConciergeTask | None:
    """The call that this visitor is promised already."""
    query = select(ConciergeTask).where(
        ConciergeTask.conversation_id == conversation_id,
        ConciergeTask.kind == TaskKind.CALLBACK,
        ConciergeTask.state.in_(OPEN),
    )
    found: ConciergeTask | None = await db.scalar(query.limit(1))
    return found


async def forget_person(db: Db, conversation_id: UUID) -> None:
    """The visitor erases the conversation: what was noted from it goes as well."""
    theirs = update(ConciergeTask).where(ConciergeTask.conversation_id == conversation_id)
    await db.execute(
        theirs.values(
            title=_("Erased at the visitor's request"), description="", phone="", resolution=""
        )
    )


async def _one(db: Db, task_id: UUID, *, for_update: bool) -> ConciergeTask:
    query = select(ConciergeTask).where(ConciergeTask.id == task_id)
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    found: ConciergeTask | None = await db.scalar(query)
    if found is None:
        raise TaskNotFound
    return found


async def _tell(db: Db, task: ConciergeTask, event: str) -> None:
    tell(db, TOPIC, msgspec.json.encode(Happened(task.id)))
    await announcing.task(db, event, task)


OPEN = (TaskState.NEW, TaskState.ASSIGNED, TaskState.IN_PROGRESS)
_ORDER = {
    TaskPriority.URGENT: 0,
    TaskPriority.HIGH: 1,
    TaskPriority.MEDIUM: 2,
    TaskPriority.LOW: 3,
}
_URGENCY = case(_ORDER, value=ConciergeTask.priority)
