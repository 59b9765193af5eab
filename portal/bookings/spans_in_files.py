"""Weekdays and times of day as files write them: `mo: [07:30-12:00, 13:00-17:00]`."""

from collections.abc import Iterable, Iterator
from datetime import time
from pathlib import Path

from portal.content.sources import ContentUnreadable

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


def weekday_of(name: str, path: Path) -> int:
    """0 is Monday. Raises `ContentUnreadable`."""
    if name not in WEEKDAYS:
        raise ContentUnreadable(f"{path.name}: {name} is none of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name)


def spans_of(texts: Iterable[str], path: Path) -> Iterator[tuple[time, time]]:
    """Begin and end of each span. Raises `ContentUnreadable`."""
    for text in texts:
        begins, _, ends = text.partition("-")
        try:
            span = time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip())
        except ValueError as error:
            message = f"{path.name}: {text} is no span such as 07:30-12:00"
            raise ContentUnreadable(message) from error
        if span[0] >= span[1]:
            raise ContentUnreadable(f"{path.name}: {text} ends before it begins")
        yield span
