"""The board of tasks: what is new, who has it, what is done. Dragged, tapped, and live."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Stream

from portal.chat import assignments, conversations, task_words, tasks, tasks_live, threads
from portal.chat.forms import id_in
from portal.chat.models_inbox import TaskKind, TaskState
from portal.chat.task_forms import MoveForm, TaskForm
from portal.kit.db import Db
from portal.kit.pages import fragment, page
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db, workshop_id_of
from portal.tenants.models import Staff
from portal.tenants.permissions import Permission, needs

READ = needs(Permission.CONVERSATIONS_READ)
REPLY = needs(Permission.CONVERSATIONS_REPLY)

Asked = Request[Any, Any, Any]
Form = Annotated[TaskForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Move = Annotated[MoveForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/inbox/tasks", opt=READ)
async def index(request: Asked, db: DoorDb) -> Response[str]:
    """The board; for a live change only its columns."""
    known = await _board(db)
    if request.headers.get("hx-target") == "board":
        return fragment(request, "chat/_board.html", **known)
    people = await assignments.who_answer(db)
    return page(request, "chat/tasks.html", **known, people=people, title="", task_kind="other")


@get("/inbox/tasks/events", opt=READ)
async def listen(request: Asked, db: DoorDb, seen: FromQuery[str] = "") -> Stream:
    known = request.headers.get("last-event-id") or seen
    return tasks_live.stream(parts_of(request), workshop_id_of(db), member_of(db), known)


@post("/inbox/tasks", opt=REPLY)
async def create(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    talk = id_in(data.conversation)
    conversation = await conversations.get(db, talk) if talk else None
    draft = tasks.Draft(
        title=data.title,
        kind=data.kind,
        priority=data.priority,
        description=data.description,
        phone=data.phone,
        due_at=data.due_at,
        conversation_id=conversation.id if conversation else None,
        customer_id=conversation.customer_id if conversation else None,
        vehicle_id=conversation.vehicle_id if conversation else None,
        created_by=member_of(db).name,
    )
    await tasks.create(db, draft, person=await _person(db, id_in(data.person)))
    if conversation is None or not request.headers.get("hx-request"):
        return await _board_again(request, db)
    return await _of_conversation(request, db, conversation.id, made=True)


@get("/inbox/{conversation_id:uuid}/tasks/new", opt=REPLY)
async def draft_one(
    request: Asked,
    db: DoorDb,
    conversation_id: FromPath[UUID],
    kind: FromQuery[TaskKind] = TaskKind.OTHER,
) -> Response[str]:
    """The form for the dialog, filled in with what the visitor said last."""
    conversation = await conversations.get(db, conversation_id)
    said = await threads.said_by_visitor(db, conversation_id, limit=1)
    member = member_of(db)
    return fragment(
        request,
        "chat/_task_form.html",
        tasks=f"/w/{member.slug}/inbox/tasks",
        words=task_words,
        people=await assignments.who_answer(db),
        member=member,
        conversation=conversation,
        kind=kind,
        title=task_words.title_for(conversation, kind, "".join(said)),
    )


@post("/inbox/tasks/{task_id:uuid}/moves", opt=REPLY)
async def move(request: Asked, db: DoorDb, task_id: FromPath[UUID], data: Move) -> Response[Any]:
    """Whoever begins a task that nobody has, has it."""
    person = await _person(db, id_in(data.person))
    task = await tasks.get(db, task_id)
    takes = {TaskState.ASSIGNED, TaskState.IN_PROGRESS}
    if person is None and data.state in takes and task.assigned_to is None:
        person = await _person(db, member_of(db).id)
    await tasks.move(db, task_id, data.state, person=person, resolution=data.resolution)
    return await _board_again(request, db)


async def _person(db: Db, staff_id: UUID | None) -> Staff | None:
    return await assignments.one_who_answers(db, staff_id) if staff_id is not None else None


async def _board(db: Db) -> dict[str, Any]:
    member = member_of(db)
    found = await tasks.board(db)
    return {
        "inbox": f"/w/{member.slug}/inbox",
        "columns": task_words.columns(found),
        "words": task_words,
        "newest": max((one.changed_at for one in found), default=None),
    }


async def _board_again(request: Asked, db: Db) -> Response[Any]:
    if not request.headers.get("hx-request"):
        return Redirect(f"/w/{member_of(db).slug}/inbox/tasks", status_code=303)
    return fragment(request, "chat/_board.html", status=200, **await _board(db))


async def _of_conversation(
    request: Asked, db: Db, conversation_id: UUID, *, made: bool = False
) -> Response[str]:
    member = member_of(db)
    return fragment(
        request,
        "chat/_tasks.html",
        status=200,
        headers={"HX-Trigger": '{"close-dialog": {}}'} if made else {},
        inbox=f"/w/{member.slug}/inbox",
        can=member.can,
        words=task_words,
        conversation_id=conversation_id,
        found=await tasks.of_conversation(db, conversation_id),
    )


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[index, listen, create, draft_one, move],
    )
]
