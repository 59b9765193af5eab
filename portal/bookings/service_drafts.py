"""The form of a service: minutes or labour units, a price or one to start from, what it needs."""

from collections.abc import Mapping
from decimal import ROUND_UP, Decimal
from typing import Any

from portal.bookings import resource_labels as labels
from portal.bookings.models import BookingRules, LiftKind, Service
from portal.bookings.resource_drafts import HEAVIEST
from portal.bookings.settings_input import Answers, Typed
from portal.kit import money
from portal.kit.text import _

LONGEST = 5 * 24 * 60
DEAREST = Decimal("99999999.99")
MOST_UNITS = Decimal("99999.99")
PRICES = ("fixed", "from", "on_sight")


def read(typed: Typed, units_per_hour: int) -> dict[str, Any]:
    """The columns of a service. Raises `Invalid` with every mistake beside its field."""
    answers = Answers(typed)
    columns: dict[str, Any] = {
        "name": answers.words("name", 120, missing=_("Please enter a name.")),
        "name_en": answers.words("name_en", 120),
        "category": answers.words("category", 40),
        "description": answers.paragraphs("description"),
        "description_en": answers.paragraphs("description_en"),
        "keywords": _keywords(answers),
        "bookable_online": answers.ticked("bookable_online"),
        "can_wait": answers.ticked("can_wait"),
    }
    columns |= _times(answers, units_per_hour)
    columns |= _price(answers)
    columns |= _needs(answers)
    answers.end()
    return columns


def typed_of(service: Service) -> dict[str, str]:
    words = ("name", "name_en", "category", "description", "description_en", "lift", "skill")
    figures = ("duration_minutes", "min_lift_kg")
    ticks = ("bookable_online", "can_wait", "needs_inspector")
    price = "" if service.price is None else f"{money.rounded(service.price)}".replace(".", ",")
    return {
        **{name: getattr(service, name) for name in words},
        **{name: str(getattr(service, name) or "") for name in figures},
        **{name: "true" if getattr(service, name) else "" for name in ticks},
        "setup_minutes": str(service.setup_minutes),
        "buffer_minutes": str(service.buffer_minutes),
        "labour_units": plain(service.labour_units),
        "keywords": ", ".join(service.keywords),
        "price": price,
        "pricing": pricing_of(service),
    }


def fresh() -> dict[str, str]:
    """A new service's form."""
    return {"lift": LiftKind.ANY, "bookable_online": "true", "pricing": "fixed"}


def pricing_of(service: Service) -> str:
    if service.price is None:
        return "on_sight"
    return "from" if service.price_from else "fixed"


def minutes_of(units: Decimal, units_per_hour: int) -> int:
    """Whole minutes, rounded up: half a minute is planned as one."""
    return int((units * 60 / units_per_hour).to_integral_value(ROUND_UP))


def units_of(minutes: int, units_per_hour: int) -> Decimal:
    return (Decimal(minutes) * units_per_hour / 60).quantize(Decimal("0.01"))


def labour_price(service: Service, rules: BookingRules) -> Decimal | None:
    """What the work costs by the hourly rate; None without a rate."""
    if rules.hourly_rate is None:
        return None
    units = service.labour_units
    minutes = Decimal(service.duration_minutes)
    hours = units / rules.units_per_hour if units is not None else minutes / 60
    return money.rounded(hours * rules.hourly_rate)


def plain(units: Decimal | None) -> str:
    """`7,5`; nothing for None."""
    if units is None:
        return ""
    return f"{units.normalize():f}".replace(".", ",")


def _times(answers: Answers, units_per_hour: int) -> Mapping[str, Any]:
    minutes = answers.number("duration_minutes", 1, LONGEST)
    units = answers.amount("labour_units", MOST_UNITS)
    told = {error.field for error in answers.errors} & {"duration_minutes", "labour_units"}
    if minutes is None and units is not None and not told:
        minutes = minutes_of(units, units_per_hour) or None
        if minutes is not None and minutes > LONGEST:
            answers.refuse("labour_units", "OUT_OF_RANGE", _("This is more than five days."))
    if minutes is None and not told:
        message = _("Please enter minutes or labour units.")
        answers.refuse("duration_minutes", "MISSING", message)
    setup = answers.number("setup_minutes", 0, LONGEST, default=0) or 0
    if minutes is not None and setup > minutes:
        message = _("The set-up is part of the work and cannot be longer.")
        answers.refuse("setup_minutes", "TOO_LONG", message)
    buffer = answers.number("buffer_minutes", 0, 24 * 60, default=0) or 0
    return {
        "duration_minutes": minutes,
        "labour_units": units,
        "setup_minutes": setup,
        "buffer_minutes": buffer,
    }


def _price(answers: Answers) -> Mapping[str, Any]:
    pricing = answers.choice("pricing", PRICES, "fixed")
    if pricing == "on_sight":
        return {"price": None, "price_from": False}
    told = len(answers.errors)
    price = answers.amount("price", DEAREST)
    if price is None and len(answers.errors) == told:
        message = _("Please enter the price, or choose “after inspection”.")
        answers.refuse("price", "MISSING", message)
    return {"price": price, "price_from": pricing == "from"}


def _needs(answers: Answers) -> Mapping[str, Any]:
    skills = {value for value, _text in labels.skills()}
    typed_lift = answers.typed.get("lift", "")
    lifts = {value for value, _text in labels.lift_needs()}
    if typed_lift not in lifts:
        answers.refuse("lift", "UNKNOWN_CHOICE", _("Please choose one of the entries."))
    return {
        "lift": typed_lift,
        "min_lift_kg": answers.number("min_lift_kg", 1, HEAVIEST),
        "skill": answers.choice("skill", {"", *skills}),
        "needs_inspector": answers.ticked("needs_inspector"),
    }


def _keywords(answers: Answers) -> list[str]:
    parts = answers.words("keywords", 1500).split(",")
    found = [part.strip() for part in parts if part.strip()]
    if len(found) > 25 or any(len(word) > 60 for word in found):
        message = _("At most 25 keywords of 60 characters each.")
        answers.refuse("keywords", "TOO_MANY", message)
    return list(dict.fromkeys(found))
