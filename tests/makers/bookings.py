"""Opening hours as tests write them."""

from datetime import date, datetime, time

from portal.bookings.calendar import Closed, Span, Week
from portal.kit.clock import BERLIN


def span(text: str) -> Span:
    """`07:30-17:30`"""
    opens, _, closes = text.partition("-")
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


def week(*, state: str = "BE", closures: tuple[Closed, ...] = (), **days: str) -> Week:
    """`week(mo="07:30-12:00 13:00-17:00", sa="09:00-13:00")`; without days Monday to Friday."""
    names = ("mo", "tu", "we", "th", "fr", "sa", "su")
    shown = days or dict.fromkeys(names[:5], "07:30-17:30")
    spans = {
        names.index(name): tuple(span(text) for text in spans.split())
        for name, spans in shown.items()
    }
    return Week(spans, closures, state)


def at(text: str) -> datetime:
    """`2026-11-21 10:00` in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def on(text: str) -> date:
    return date.fromisoformat(text)
