"""`opening_hours`: whether the workshop is open now, on a day, and in an ordinary week."""

from datetime import date, datetime

import msgspec

from portal.bookings.calendar import Week
from portal.bookings.opening_texts import day_sentence, state_sentence, week_lines
from portal.chat.assistant.tools.using import Using
from portal.kit.db import Db
from portal.kit.text import speaking

NAME = "opening_hours"
DESCRIPTION = "Opening hours: now, of the ordinary week, and of one day (holidays, closures)."


class Arguments(msgspec.Struct):
    """`day` as YYYY-MM-DD."""

    day: date | None = None


class Hours(msgspec.Struct, frozen=True):
    """Sentences in the visitor's language, as far as it is ours."""

    now: str
    week: tuple[str, ...]
    on_day: str = ""


def find(week: Week, now: datetime, day: date | None, language: str) -> Hours:
    with speaking(language):
        on_day = day_sentence(week, day, now) if day else ""
        return Hours(state_sentence(week, now), tuple(week_lines(week)), on_day)


async def use(_db: Db, using: Using, arguments: Arguments) -> Hours:
    facts = using.facts
    return find(facts.week, facts.now, arguments.day, using.reading.voice)
