"""What a file holds and which column is what, from its names and, failing that, its values."""

import hashlib
import re
from collections.abc import Callable, Sequence

from portal.imports.fields import FIELDS, NEEDED, column_key, names_of
from portal.imports.kinds import Kind
from portal.vehicles.plate import candidates

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_SHORTEST_PREFIX = 4
_MOST = 0.7


def mapping_of(
    kind: Kind, columns: Sequence[str], samples: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The column of each field that one was found for."""
    known = names_of(kind)
    keys = [column_key(name) for name in columns]
    found: dict[str, int] = {}

    def take(field: str, at: int) -> None:
        if field not in found and at not in found.values():
            found[field] = at

    for at, key in enumerate(keys):
        for field in known.get(key, []):
            take(field, at)
    for at, key in enumerate(keys):
        for field in _nearly(key, known):
            take(field, at)
    for at in range(len(columns)):
        for field in _by_value(kind, [row[at] for row in samples if at < len(row) and row[at]]):
            take(field, at)
    return _settled(found)


def kind_of(columns: Sequence[str], samples: Sequence[Sequence[str]]) -> Kind:
    """The kind of file that these columns fit best."""
    fits = {kind: set(mapping_of(kind, columns, samples)) for kind in Kind}
    has_time = bool({"starts_time", "minutes", "state"} & fits[Kind.BOOKINGS])
    says_appointment = any(
        "termin" in column_key(name) or "booking" in name.lower() for name in columns
    )
    says_absence = any(
        word in column_key(name)
        for name in columns
        for word in ("urlaub", "abwesen", "mitarbeiter")
    )
    whose = bool({"plate", "vin", "customer_number", "phone", "email"} & fits[Kind.BOOKINGS])
    if (
        _is_whole(Kind.ABSENCES, fits)
        and "person" in fits[Kind.ABSENCES]
        and says_absence
        and not whose
    ):
        return Kind.ABSENCES
    if _is_whole(Kind.BOOKINGS, fits) and (has_time or says_appointment):
        return Kind.BOOKINGS
    if _is_whole(Kind.HISTORY, fits):
        return Kind.HISTORY
    if _is_whole(Kind.VEHICLES, fits):
        return Kind.VEHICLES
    return Kind.CUSTOMERS


def shape_of(columns: Sequence[str]) -> str:
    """A digest of the columns' names and order."""
    return hashlib.sha256("\n".join(column_key(name) for name in columns).encode()).hexdigest()


def has_month_first(values: Sequence[str]) -> bool:
    """American days: a second part beyond 12 is no month, so the first one is."""
    pairs = [re.match(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}", value) for value in values]
    numbers = [(int(match[1]), int(match[2])) for match in pairs if match]
    return any(second > 12 for _first, second in numbers) and all(
        first <= 12 for first, _second in numbers
    )


def _is_whole(kind: Kind, fits: dict[Kind, set[str]]) -> bool:
    return all(group & fits[kind] for group in NEEDED[kind])


def _nearly(key: str, known: dict[str, list[str]]) -> list[str]:
    """Fields whose name the column's begins or ends with: `telefonprivat2`, `kfzmarke`."""
    near = [
        (len(name), fields)
        for name, fields in known.items()
        if len(name) >= _SHORTEST_PREFIX and (key.startswith(name) or key.endswith(name))
    ]
    return max(near, default=(0, []), key=lambda one: one[0])[1]


def _by_value(kind: Kind, values: Sequence[str]) -> list[str]:
    offered = {field.key for field in FIELDS[kind]}
    looks: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("email", _EMAIL.fullmatch),
        ("vin", lambda value: _VIN.fullmatch(value.replace(" ", "").upper())),
        ("plate", _is_plate),
    )
    return [
        field
        for field, fits in looks
        if field in offered and values and sum(map(bool, map(fits, values))) >= _MOST * len(values)
    ]


def _is_plate(value: str) -> bool:
    return len(value) <= 14 and " " in value.replace("-", " ") and bool(candidates(value))


def _settled(found: dict[str, int]) -> dict[str, int]:
    """A column `Name` beside one with first names holds last names."""
    if "first_name" in found and "name" in found and "last_name" not in found:
        found["last_name"] = found.pop("name")
    return found
