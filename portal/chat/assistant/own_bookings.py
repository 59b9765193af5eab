"""What was booked in this conversation, and what may truthfully be said about it."""

import re
from collections.abc import Sequence
from datetime import datetime

import msgspec

from portal.kit.clock import BERLIN

_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))(?!\.?\d)|\b(\d{1,2}) ?(?:uhr|o'clock|am|pm)\b")
_DAY_OF_MONTH = re.compile(r"\b(\d{1,2})\.(?: ?(\d{1,2})\.)?(?!\d)")
_WEEKDAYS = (
    ("montag", "monday"),
    ("dienstag", "tuesday"),
    ("mittwoch", "wednesday"),
    ("donnerstag", "thursday"),
    ("freitag", "friday"),
    ("samstag", "sonnabend", "saturday"),
    ("sonntag", "sunday"),
)
_FIRM = re.compile(r"bestatig|confirm|verbindlich|\bfest\b|\bfix")
_WAITS_FOR_CONFIRMATION = re.compile(r"noch nicht bestatig|not (?:yet )?confirm|bestatigen .*noch")


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment that the booking tool made in this conversation."""

    code: str
    state: str
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def is_firm(self) -> bool:
        return self.state not in {"requested", "cancelled", "no_show"}


def is_true_of_any(sentence: str, owned: Sequence[Own]) -> bool:
    """Whether a claim (as `sight.seen` spells it) names an appointment by its code and says
    nothing about it that is not so.
    """
    return any(_is_true(sentence, own) for own in owned)


def _is_true(sentence: str, own: Own) -> bool:
    if own.code.lower() not in sentence or own.state in {"cancelled", "no_show"}:
        return False
    if not own.is_firm and _FIRM.search(_WAITS_FOR_CONFIRMATION.sub(" ", sentence)):
        return False
    return _names_its_times(sentence.replace(own.code.lower(), " "), own)


def _names_its_times(sentence: str, own: Own) -> bool:
    moments = [m.astimezone(BERLIN) for m in (own.starts_at, own.ends_at) if m is not None]
    clocks = {(m.hour, m.minute) for m in moments}
    said = {(int(h or full), int(m or 0)) for h, m, full in _CLOCK.findall(sentence)}
    days = {(m.day, m.month) for m in moments}
    numbers = {day for day, _month in days}
    dates = _DAY_OF_MONTH.findall(_CLOCK.sub(" ", sentence))
    weekdays = {
        place
        for place, names in enumerate(_WEEKDAYS)
        if any(re.search(rf"\b{name}", sentence) for name in names)
    }
    return (
        said <= clocks
        and all(
            (int(day), int(month)) in days if month else int(day) in numbers for day, month in dates
        )
        and weekdays <= {m.weekday() for m in moments}
    )
