"""What the calendar's pages are filled with: at most four statements beside the door's two."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.bookings import affected, diary, occupancy, planner_board, planner_lists, planner_words
from portal.bookings.capacity import Interval, Occupancy
from portal.bookings.diary import DiaryEntry
from portal.bookings.models import Appointment, ResourceKind
from portal.bookings.models.kinds import AT_WORK
from portal.bookings.planner_cards import Card, cards_of
from portal.bookings.planner_lists import RUNNING
from portal.bookings.planner_view import COLUMNS, Look, View, day_title, full_day_title, today
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.text import _
from portal.tenants.boundary import member_of


async def calendar(db: Db, view: View) -> dict[str, Any]:
    """The shown days with everything on them."""
    there = await occupancy.load(db, view.first, view.last)
    cards = cards_of(await diary.between(db, view.first, view.last))
    counts = await planner_lists.counts(db, there.week)
    kinds = [kind for kind in COLUMNS if there.of(kind)] or [ResourceKind.LIFT]
    if view.by not in kinds:
        view = view.with_columns(kinds[0])
    loads = planner_board.loads(there, cards.values(), view.days, text.locale.get())
    return {
        **frame(db),
        "view": view,
        "kinds": kinds,
        "counts": counts,
        "loads": loads,
        "agendas": [(load, planner_board.agenda(cards.values(), load.day)) for load in loads],
        "over": planner_board.over(cards.values(), view.day) if view.look is Look.DAY else [],
        **_look(view, there, cards),
    }


async def lists(db: Db) -> dict[str, Any]:
    """What the head of each list needs: who looks, and how much there is."""
    day = today()
    there = await occupancy.load(db, day, day)
    return {**frame(db), "counts": await planner_lists.counts(db, there.week), "there": there}


async def stuck(db: Db) -> dict[str, Any]:
    """Visits in which nothing happens any more."""
    known = await lists(db)
    query = select(Appointment.id).where(Appointment.state.in_(RUNNING))
    longest = query.where(planner_lists.may_be_stuck()).order_by(Appointment.state_since)
    ids = (await db.scalars(longest.limit(planner_lists.MOST))).all()
    entries = await diary.those(db, ids)
    return {**known, "cases_found": planner_lists.stuck(entries, known["there"].week)}


async def affected_ones(db: Db) -> list[affected.Affected]:
    return await affected.affected(db, since=clock.now())


def on_paper(entries: Sequence[DiaryEntry], day: date) -> list[tuple[DiaryEntry, Interval]]:
    """What is worked on that day, and from when to when, in the order of the clock."""
    known = {entry.appointment.id: entry for entry in entries}
    cards = planner_board.agenda(cards_of(entries).values(), day)
    return [(known[card.id], planner_board.part_of(card, day)) for card in cards]


def frame(db: Db) -> dict[str, Any]:
    """What all templates of the calendar know."""
    member = member_of(db)
    return {
        "home": f"/w/{member.slug}/bookings",
        "words": planner_words,
        "today": today(),
        "day_title": day_title,
        "full_day_title": full_day_title,
        "local_time": planner_board.local_time,
        "part_of": planner_board.part_of,
        "Look": Look,
        "at_work": AT_WORK,
        "texts": texts(),
        "seen": clock.now().isoformat(),
    }


def texts() -> dict[str, str]:
    """What the script says."""
    return {
        "copy": _("Copy"),
        "moved": _("Moved"),
        "failed": _("That did not work. Please try again."),
    }


def _look(view: View, there: Occupancy, cards: dict[Any, Card]) -> dict[str, Any]:
    if view.look is Look.DAY:
        columns = planner_board.day_columns(there, cards, view.by, view.day)
        first, last = planner_board.hours_of(there, columns, view.day)
        planner_board.cut(columns, view.day, first, last)
        return {"columns": columns, "first_hour": first, "last_hour": last, "now": _now(view)}
    if view.look is Look.WEEK:
        return {"rows": planner_board.week_rows(there, cards, view.by, view.days)}
    return {}


def _now(view: View) -> planner_board.Place | None:
    moment = clock.local(clock.now())
    if view.day != moment.date():
        return None
    return planner_board.Place(moment.hour, moment.minute // 5 * 5, 0, 0)
