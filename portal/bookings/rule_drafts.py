"""The form of the booking rules."""

from decimal import Decimal
from typing import Any

from babel.units import format_unit

from portal.bookings.models import Agreement, Answering, BookingRules
from portal.bookings.settings_input import Answers, Typed
from portal.kit.text import _, locale

STEPS = (5, 10, 15, 20, 30, 60)
LEADS = (0, 60, 120, 240, 480, 1440, 2880, 4320, 10080)
HORIZONS = (14, 30, 60, 90, 180, 365)
HOLDS = (15, 30, 60, 120, 240, 1440)
SYSTEMS = (10, 12, 100)
LAST_REMINDER = 14 * 24
MOST_REMINDERS = 3
HIGHEST_RATE = Decimal(999_999)


def read(typed: Typed) -> dict[str, Any]:
    """Columns of the rules. Raises `Invalid` with every mistake beside its field."""
    answers = Answers(typed)
    columns: dict[str, Any] = {
        "step_minutes": answers.number("step_minutes", 5, 240, default=30),
        "lead_minutes": answers.number("lead_minutes", 0, 43200, default=240),
        "horizon_days": answers.number("horizon_days", 1, 400, default=60),
        "hold_minutes": answers.number("hold_minutes", 5, 1440, default=60),
        "answering": Answering(answers.choice("answering", tuple(Answering), Answering.BY_STAFF)),
        "agreement": Agreement(answers.choice("agreement", tuple(Agreement), Agreement.REQUEST)),
        "terms": answers.paragraphs("terms", 20_000),
        "withdrawal_policy": answers.paragraphs("withdrawal_policy", 20_000),
        "reminder_hours": _reminders(answers),
        "reminder_by_sms": answers.ticked("reminder_by_sms"),
        "units_per_hour": int(answers.choice("units_per_hour", [str(n) for n in SYSTEMS], "10")),
        "hourly_rate": answers.amount("hourly_rate", HIGHEST_RATE),
    }
    if columns["agreement"] == Agreement.CONTRACT and not columns["withdrawal_policy"]:
        message = _("A contract that is closed online needs an instruction on withdrawal.")
        answers.refuse("withdrawal_policy", "MISSING", message)
    answers.end()
    return columns


def typed_of(rules: BookingRules) -> dict[str, str]:
    names: tuple[str, ...] = ("step_minutes", "lead_minutes", "horizon_days", "hold_minutes")
    names += ("answering", "agreement", "terms", "withdrawal_policy", "units_per_hour")
    rate = rules.hourly_rate
    return {
        **{name: str(getattr(rules, name)) for name in names},
        "reminder_hours": ", ".join(str(hours) for hours in rules.reminder_hours),
        "reminder_by_sms": "true" if rules.reminder_by_sms else "",
        "hourly_rate": "" if rate is None else f"{rate:.2f}".replace(".", ","),
    }


def minutes_options(values: tuple[int, ...], now: str) -> list[tuple[str, str]]:
    """Spans of time to choose from, the present one among them."""
    chosen = {int(now)} if now.isdecimal() and len(now) < 6 else set()
    return [(str(minutes), _span(minutes)) for minutes in sorted({*values, *chosen})]


def days_options(values: tuple[int, ...], now: str) -> list[tuple[str, str]]:
    chosen = {int(now)} if now.isdecimal() and len(now) < 6 else set()
    return [(str(days), _span(days * 1440)) for days in sorted({*values, *chosen})]


def _span(minutes: int) -> str:
    """`30 Minuten`, `4 Stunden`, `2 Tage`: in the largest unit that leaves no rest."""
    if minutes == 0:
        return _("none")
    sizes = (("day", 1440), ("hour", 60), ("minute", 1))
    unit, size = next(one for one in sizes if minutes % one[1] == 0)
    return format_unit(minutes // size, unit, "long", locale=locale.get())


def _reminders(answers: Answers) -> list[int]:
    """`24, 2`: hours before the drop-off, the earliest reminder first."""
    typed = answers.words("reminder_hours", 60)
    found: set[int] = set()
    for part in typed.replace(";", ",").replace(" ", ",").split(","):
        if not part:
            continue
        if not part.isascii() or not part.isdecimal() or not 1 <= int(part) <= LAST_REMINDER:
            message = _("Please enter hours from 1 to %(most)s, like 24, 2.", most=LAST_REMINDER)
            answers.refuse("reminder_hours", "OUT_OF_RANGE", message)
            return []
        found.add(int(part))
    if len(found) > MOST_REMINDERS:
        answers.refuse("reminder_hours", "TOO_MANY", _("At most three reminders."))
    return sorted(found, reverse=True)
