"""The shapes of the tables that describe the invented workshops."""

from typing import NamedTuple

BERLIN, COLOGNE = "Berlin", "Köln"


class Person(NamedTuple):
    """A customer. `phone` is complete; numbers come from the ranges reserved for fiction."""

    key: str
    salutation: str
    name: str
    phone: str
    street: str
    postcode: str
    city: str
    email: str = ""
    company: str = ""
    locale: str = "de"
    note: str = ""


class Model(NamedTuple):
    """`vin`: `.` is the model year's letter, `*` the check digit, `#` a figure of the number."""

    make: str
    name: str
    vin: str
    fuel: str
    kw: int
    ccm: int | None
    hsn: str
    tsn: str
    tyres: str


class Car(NamedTuple):
    """A vehicle. `age` counts months since the first registration, `km` what it has run until now.

    `hu`: months until the HU is due (negative: overdue); None follows from the registration.
    `known`: months since its first visit. `before`: the former keeper, until `changed` months ago.
    """

    keeper: str
    model: str
    plate: str
    age: int
    km: int
    color: str
    hu: int | None = None
    known: int = 40
    has_vin: bool = True
    before: str = ""
    changed: int = 0
    note: str = ""
    all_season: bool = False


class Say(NamedTuple):
    """One message. `who`: `visitor`, `bot`, `staff` or a deed: `waits`, `takes`, `closes`,
    `back`, `proves`.

    `after`: seconds since the message before. `text` of a deed is its reason, person or
    plate. `german` is what the team reads below a foreign message.
    """

    who: str
    text: str = ""
    after: int = 20
    sources: tuple[tuple[str, str], ...] = ()
    german: str = ""


class Talk(NamedTuple):
    """A conversation. It began `days` working days ago at `clock`, or `minutes` before now."""

    name: str
    says: tuple[Say, ...]
    minutes: int = 0
    days: int = 0
    clock: str = ""
    locale: str = "de"
    email: str = ""
    phone: str = ""
    page: str = ""
    rating: int | None = None
    comment: str = ""
    is_read: bool = False
