"""Tasks: their moves, their board, and what programs may do with them."""

import asyncio

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.chat import tasks
from portal.chat.models_inbox import TASK_MOVES, ConciergeTask, TaskKind, TaskState
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry, Staff
from portal.tenants.permissions import Role
from tests.makers.chat import a_guest
from tests.makers.patience import PATIENCE_S

OVER = {TaskState.COMPLETED, TaskState.CANCELLED}


async def a_task(parts, shop, **facts):
    async with inside(parts, shop.id) as db:
        return await tasks.create(db, tasks.Draft(title="Frau Öz anrufen", **facts))


async def put(parts, shop, task_id, state):
    async with inside(parts, shop.id) as db:
        row = update(ConciergeTask).where(ConciergeTask.id == task_id)
        over = clock.now() if state in OVER else None
        await db.execute(row.values(state=state, resolved_at=over))


@pytest.mark.parametrize("here", list(TaskState))
@pytest.mark.parametrize("to", list(TaskState))
async def test_verbs_and_database_know_the_same_moves(parts, shop, here, to):
    task = await a_task(parts, shop)
    for step in {
        TaskState.ASSIGNED: [TaskState.ASSIGNED],
        TaskState.IN_PROGRESS: [TaskState.IN_PROGRESS],
        TaskState.COMPLETED: [TaskState.COMPLETED],
        TaskState.CANCELLED: [TaskState.CANCELLED],
    }.get(here, []):
        await put(parts, shop, task.id, step)

    async def move():
        async with inside(parts, shop.id) as db:
            await tasks.move(db, task.id, to)

    if to == here or to in TASK_MOVES[here]:
        await move()
    else:
        with pytest.raises(tasks.TaskMoveNotAllowed):
            await move()
        with pytest.raises(IntegrityError, match="no task goes"):
            await put(parts, shop, task.id, to)


async def test_what_is_done_says_how_and_when(parts, shop):
    task = await a_task(parts, shop)
    async with inside(parts, shop.id) as db:
        done = await tasks.move(db, task.id, TaskState.COMPLETED, resolution=" Erreicht. ")
        assert (done.resolution, done.resolved_at is not None) == ("Erreicht.", True)
        again = await tasks.move(db, task.id, TaskState.IN_PROGRESS)
        assert (again.resolution, again.resolved_at) == ("", None)
        in_order = select(AuditEntry.action).order_by(AuditEntry.happened_at)
        audited = (await db.scalars(in_order)).all()
    assert audited == ["task.created", "task.moved", "task.moved"]


async def test_two_who_take_the_same_task_are_one_after_the_other(parts, shop):
    task = await a_task(parts, shop)

    async def take(role):
        async with inside(parts, shop.id) as db:
            await tasks.move(db, task.id, TaskState.ASSIGNED, person=shop.people[role])

    await asyncio.gather(take(Role.OWNER), take(Role.ADVISOR))
    async with inside(parts, shop.id) as db:
        found = await tasks.get(db, task.id)
    assert found.state == "assigned"
    assert found.assigned_name in {shop.people[Role.OWNER].name, shop.people[Role.ADVISOR].name}


async def test_a_conversation_becomes_a_task_with_its_facts(signed_in, shop, client, parts):
    guest = await a_guest(client, shop)
    await guest.post("handover", {"contact": {"name": "Frau Öz", "phone": "0171 5550001"}})
    browser = await signed_in(shop, Role.ADVISOR)
    home = f"{shop.home}/inbox"
    form = await browser.get(f"{home}/{guest.conversation_id}/tasks/new?kind=callback")
    assert "Rückruf: Frau Öz" in form.text
    assert "0171 5550001" in form.text
    made = await browser.post(
        f"{home}/tasks",
        data={
            "title": "Rückruf: Frau Öz",
            "kind": "callback",
            "priority": "urgent",
            "phone": "0171 5550001",
            "day": "2099-03-02",
            "person": str(shop.people[Role.OWNER].id),
            "conversation": str(guest.conversation_id),
        },
        headers={"hx-request": "true"},
    )
    assert made.status_code == 200
    assert "close-dialog" in made.headers["hx-trigger"]
    async with inside(parts, shop.id) as db:
        found = await tasks.of_conversation(db, guest.conversation_id)
    assert {(one.title, one.state) for one in found} >= {("Rückruf: Frau Öz", "assigned")}
    board = (await browser.get(f"{home}/tasks")).text
    assert "Rückruf: Frau Öz" in board
    assert shop.people[Role.OWNER].name in board


async def test_the_board_moves_cards_and_says_no_without_right(signed_in, shop, parts):
    task = await a_task(parts, shop, kind=TaskKind.PARTS)
    advisor, mechanic = await signed_in(shop, Role.ADVISOR), await signed_in(shop, Role.MECHANIC)
    moves = f"{shop.home}/inbox/tasks/{task.id}/moves"
    assert (await mechanic.post(moves, data={"state": "completed"})).status_code == 403
    assert "Neue Aufgabe" not in (await mechanic.get(f"{shop.home}/inbox/tasks")).text
    begun = await advisor.post(moves, data={"state": "in_progress"}, headers={"hx-request": "true"})
    assert shop.people[Role.ADVISOR].name in begun.text, "whoever begins has it"
    await advisor.post(moves, data={"state": "completed", "resolution": "Bestellt."})
    refused = await advisor.post(moves, data={"state": "cancelled"}, headers={"hx-request": "true"})
    assert (refused.status_code, refused.json()["code"]) == (409, "TASK_STATE_CONFLICT")
    assert "Bestellt." in (await advisor.get(f"{shop.home}/inbox/tasks")).text


async def test_a_board_takes_six_statements_at_most(signed_in, shop, parts):
    from sqlalchemy import event

    for _ in range(5):
        await a_task(parts, shop)
    browser = await signed_in(shop)
    seen = []
    engine = parts.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    for path in ("tasks", "settings"):
        seen.clear()
        assert (await browser.get(f"{shop.home}/inbox/{path}")).status_code == 200
        assert 0 < len(seen) <= 6, seen


async def until_event(lines):
    async for line in lines:
        yield line
        if line.startswith("event: "):
            return


async def test_a_board_hears_of_changes(signed_in, shop, parts):
    browser = await signed_in(shop)
    seen = clock.now().isoformat()
    path = f"{shop.home}/inbox/tasks/events"
    async with browser.stream("GET", path, params={"seen": seen}) as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        await a_task(parts, shop)
        async with asyncio.timeout(PATIENCE_S):
            told = [line async for line in until_event(lines)]
    assert told[-1:] == ["event: changed"]


async def test_a_task_goes_only_to_who_answers_customers(device, parts, shop):
    gone, books = shop.people[Role.ADVISOR], shop.people[Role.BOOKKEEPER]
    async with inside(parts, shop.id) as db:
        await db.execute(update(Staff).where(Staff.id == gone.id).values(is_active=False))
    async with device(shop) as program:
        for person in (gone, books):
            body = {"title": "Rückruf", "assigned_to": str(person.id)}
            answer = await program.post("/api/v1/tasks", json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, "CANNOT_ANSWER")


async def test_programs_make_move_and_list_tasks(device, shop, other_shop, client):
    guest = await a_guest(client, shop)
    async with device(shop) as program, device(other_shop) as foreign:
        body = {"title": "Teile bestellen", "kind": "parts", "priority": "high"}
        made = await program.post("/api/v1/tasks", json=body)
        assert (made.status_code, made.json()["state"]) == (201, "new")
        path = f"/api/v1/tasks/{made.json()['id']}"
        person = str(shop.people[Role.ADVISOR].id)
        moved = await program.post(
            f"{path}/moves", json={"state": "assigned", "assigned_to": person}
        )
        assert (moved.status_code, moved.json()["assigned_to"]) == (200, person)
        wrong = await program.post(f"{path}/moves", json={"state": "gone"})
        assert wrong.status_code == 422
        second = await program.post("/api/v1/tasks", json={"title": "Zweite"})
        first_page = (await program.get("/api/v1/tasks?limit=1")).json()
        rest = (await program.get(f"/api/v1/tasks?after={first_page['next']}")).json()
        assert [one["id"] for one in rest["items"]] == [second.json()["id"]]
        assert (await program.get("/api/v1/tasks?state=assigned")).json()["items"][0]["id"] == (
            made.json()["id"]
        )
        for answer in (
            await foreign.get(path),
            await foreign.post(f"{path}/moves", json={"state": "completed"}),
            await foreign.post(
                "/api/v1/tasks", json={"title": "x", "conversation_id": str(guest.conversation_id)}
            ),
        ):
            assert answer.status_code == 404
        talk = f"/api/v1/conversations/{guest.conversation_id}"
        given = await program.post(f"{talk}/assignment", json={"staff_id": person})
        assert (given.json()["state"], given.json()["assigned_to"]) == ("waiting", person)
        freed = await program.post(f"{talk}/assignment", json={"staff_id": None})
        assert freed.json()["assigned_to"] is None
        noted = await program.post(f"{talk}/notes", json={"text": "Aus dem Programm"})
        assert noted.status_code == 201
        assert (await foreign.get(f"{talk}/notes")).status_code == 404
