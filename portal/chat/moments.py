"""Times as a person says them to another: with the weekday, on the workshop's clock."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from portal.kit import clock, text


def when(moment: datetime) -> str:
    """Dienstag, 24. November, 09:00 Uhr"""
    pattern = "EEEE, d. MMMM, HH:mm 'Uhr'" if text.locale.get() == "de" else "EEEE, d MMMM, HH:mm"
    return format_datetime(clock.local(moment), pattern, locale=text.locale.get())


def soon(moment: datetime) -> str:
    """`14:30` today, `Mo. 14:30` within a week, `12.12. 14:30` beyond."""
    shown, today = clock.local(moment), clock.local(clock.now())
    distance = abs((shown.date() - today.date()).days)
    pattern = "HH:mm" if distance == 0 else "EEE HH:mm" if distance < 7 else "dd.MM. HH:mm"
    return format_datetime(shown, pattern, locale=text.locale.get())


def on_day(day: date) -> str:
    """Dienstag, 24. November"""
    pattern = "EEEE, d. MMMM" if text.locale.get() == "de" else "EEEE, d MMMM"
    return format_date(day, pattern, locale=text.locale.get())
