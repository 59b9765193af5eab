"""The closed lists of the imports room."""

from enum import StrEnum

from portal.kit.errors import N_
from portal.kit.text import _


class Kind(StrEnum):
    """What the lines of a file are."""

    CUSTOMERS = "customers"
    VEHICLES = "vehicles"
    HISTORY = "history"
    BOOKINGS = "bookings"
    ABSENCES = "absences"


class RunState(StrEnum):
    """How far an import is; `stopped` was by hand, `failed` by something nobody foresaw."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"

    @property
    def is_busy(self) -> bool:
        return self in {RunState.RUNNING, RunState.UNDOING}

    @property
    def has_run(self) -> bool:
        return self is not RunState.READY


class OnDuplicate(StrEnum):
    """What becomes of a line whose customer or vehicle is known."""

    SKIP = "skip"
    UPDATE = "update"


class Deed(StrEnum):
    CREATED = "created"
    UPDATED = "updated"


class Kept(StrEnum):
    """Why undoing left something as it is."""

    CHANGED = "changed"
    IN_USE = "in_use"
    GONE = "gone"


class Weight(StrEnum):
    """An error keeps a line out; with a warning it went in without one value."""

    ERROR = "error"
    WARNING = "warning"


KIND_TEXTS = {
    Kind.CUSTOMERS: N_("Customers"),
    Kind.VEHICLES: N_("Vehicles"),
    Kind.HISTORY: N_("Service history"),
    Kind.BOOKINGS: N_("Appointments"),
    Kind.ABSENCES: N_("Absences"),
}

TABLE_TEXTS = {
    "customers": N_("Customers"),
    "vehicles": N_("Vehicles"),
    "ownerships": N_("Keepers"),
    "history_entries": N_("History entries"),
    "appointments": N_("Appointments"),
    "absences": N_("Absences"),
}

KEPT_TEXTS = {
    Kept.CHANGED: N_("changed since"),
    Kept.IN_USE: N_("used by something else"),
    Kept.GONE: N_("deleted already"),
}


def kind_text(kind: str) -> str:
    return _(KIND_TEXTS[Kind(kind)])


def table_text(table: str) -> str:
    return _(TABLE_TEXTS[table])


def kept_text(why: str) -> str:
    return _(KEPT_TEXTS[Kept(why)])
