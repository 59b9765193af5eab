"""What the calendar's forms and drags send."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

import msgspec

from portal.bookings.models import Origin, ResourceKind, State
from portal.bookings.planning import LONGEST_WORK
from portal.kit import clock
from portal.kit.errors import N_, Invalid

Text = Annotated[str, msgspec.Meta(max_length=4000)]
Line = Annotated[str, msgspec.Meta(max_length=200)]
MOST_SERVICES = 20


class TimeUnclear(Invalid):
    code, title = "TIME_UNCLEAR", N_("Please enter a day and a time.")


class MinutesUnclear(Invalid):
    code, title = "MINUTES_UNCLEAR", N_("Please enter how many minutes the work takes.")


class StateForm(msgspec.Struct):
    to: State
    why: Line = ""


class TextsForm(msgspec.Struct):
    title: Line = ""
    wishes: Text = ""
    note: Text = ""


class MinutesForm(msgspec.Struct):
    minutes: Line = ""


class MoveForm(msgspec.Struct, kw_only=True):
    """`date` and `time` are the workshop's wall clock; empty ones stay as they are."""

    date: Line = ""
    time: Line = ""
    minutes: Line = ""
    lift: Line = ""
    person: Line = ""
    loaner: Line = ""
    inspector: Line = ""
    force: Line = ""

    @property
    def wanted(self) -> dict[ResourceKind, UUID]:
        named = {
            ResourceKind.LIFT: self.lift,
            ResourceKind.PERSON: self.person,
            ResourceKind.LOANER: self.loaner,
            ResourceKind.INSPECTOR: self.inspector,
        }
        return {kind: found for kind, typed in named.items() if (found := read_id(typed))}

    def starts_at(self, present: datetime | None) -> datetime:
        """Raises `TimeUnclear`."""
        local = clock.local(present) if present else None
        return read_moment(
            self.date or (local.date().isoformat() if local else ""),
            self.time or (local.strftime("%H:%M") if local else ""),
        )

    @property
    def kept(self) -> dict[str, str]:
        """What a second try sends again."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value}


class NewForm(msgspec.Struct, kw_only=True):
    """`who` is `v:<vehicle>:<customer>`, `c:<customer>` or `new`; `at` is `slot:<id>`, `own`,
    `now` or `later`.
    """

    who: Line = ""
    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=40)] = ""
    email: Annotated[str, msgspec.Meta(max_length=254)] = ""
    plate: Annotated[str, msgspec.Meta(max_length=20)] = ""
    make: Annotated[str, msgspec.Meta(max_length=60)] = ""
    services: list[UUID] = []
    minutes: Line = ""
    wishes: Text = ""
    note: Text = ""
    origin: Origin = Origin.PHONE
    at: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    own_date: Line = ""
    own_time: Line = ""
    lift: Line = ""
    person: Line = ""
    loaner: Line = ""
    inspector: Line = ""
    waits: Line = ""
    wants_loaner: Line = ""
    force: Line = ""
    source: Line = ""

    @property
    def vehicle_id(self) -> UUID | None:
        kind, _colon, rest = self.who.partition(":")
        return read_id(rest.partition(":")[0]) if kind == "v" else None

    @property
    def customer_id(self) -> UUID | None:
        kind, _colon, rest = self.who.partition(":")
        if kind == "v":
            return read_id(rest.partition(":")[2])
        return read_id(rest) if kind == "c" else None

    @property
    def wanted(self) -> dict[ResourceKind, UUID]:
        return MoveForm(
            lift=self.lift, person=self.person, loaner=self.loaner, inspector=self.inspector
        ).wanted


def read_new(form: Any) -> NewForm:
    """From a form in which a service may be ticked once, often or never. Raises `Invalid`."""
    fields = {name: _first(form, name) for name in NewForm.__struct_fields__ if name in form}
    fields.pop("services", None)
    services = [str(one) for one in form.getall("services", [])][:MOST_SERVICES]
    if fields.get("origin") not in {Origin.PHONE, Origin.WALK_IN}:
        fields.pop("origin", None)
    try:
        return msgspec.convert({**fields, "services": services}, NewForm, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid from error


def read_minutes(typed: str) -> int | None:
    """Minutes, or `1:30`, or `1,5 h`; None when nothing was typed. Raises `MinutesUnclear`."""
    words = typed.strip().lower().removesuffix("min").strip()
    if not words:
        return None
    try:
        if ":" in words:
            hours, minutes = words.split(":")
            found = int(hours) * 60 + int(minutes)
        elif words.endswith("h") or "," in words:
            found = round(float(words.removesuffix("h").strip().replace(",", ".")) * 60)
        else:
            found = int(words)
    except (ValueError, OverflowError) as error:
        raise MinutesUnclear from error
    if not 0 < found <= LONGEST_WORK:
        raise MinutesUnclear
    return found


def read_moment(day: str, wall: str) -> datetime:
    """Raises `TimeUnclear`."""
    try:
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(wall), clock.BERLIN)
    except ValueError as error:
        raise TimeUnclear from error
    if not 2000 <= moment.year <= 2100:
        raise TimeUnclear
    return moment


def read_id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def read_ids(typed: Iterable[str]) -> list[UUID]:
    return [found for one in typed if (found := read_id(one))][:MOST_SERVICES]


def _first(form: Any, name: str) -> Any:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
