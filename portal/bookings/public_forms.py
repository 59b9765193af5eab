"""What customers' forms send: all of it text, so that the verbs judge it and nothing is lost."""

import msgspec


class TimeForm(msgspec.Struct, kw_only=True):
    """`time` is a moment as RFC 3339; `from_day` the page that it stood on."""

    time: str = ""
    from_day: str = ""


class CancelForm(msgspec.Struct, kw_only=True):
    why: str = ""


class OrderForm(msgspec.Struct, kw_only=True):
    """The last step of a booking. `homepage` is the trap for programs and stays empty.

    `services` are ids parted by commas; `c` is a campaign's reference.
    """

    services: str = ""
    slot: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    plate: str = ""
    model: str = ""
    wishes: str = ""
    waits: str = ""
    loaner: str = ""
    begin_early: str = ""
    c: str = ""
    homepage: str = ""


class WaitForm(msgspec.Struct, kw_only=True):
    """`days` are weekdays as digits, Monday is 0; `part` is a part of the day.

    `services` are ids parted by commas, `services_chosen` the ticks of staff. One tick alone
    comes as a word, several come as a list.
    """

    services: str = ""
    services_chosen: list[str] | str = []
    name: str = ""
    email: str = ""
    phone: str = ""
    plate: str = ""
    wishes: str = ""
    from_day: str = ""
    to_day: str = ""
    days: list[str] | str = []
    part: str = ""
    homepage: str = ""

    def __post_init__(self) -> None:
        self.days = _listed(self.days)
        self.services_chosen = _listed(self.services_chosen)


class WithdrawalForm(msgspec.Struct, kw_only=True):
    name: str = ""
    reference: str = ""
    email: str = ""
    homepage: str = ""


def _listed(ticks: list[str] | str) -> list[str]:
    if isinstance(ticks, list):
        return ticks
    return [ticks] if ticks else []
