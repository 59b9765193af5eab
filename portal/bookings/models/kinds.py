"""The closed lists of the bookings room: what exists, and what may follow what."""

from enum import StrEnum


class LiftKind(StrEnum):
    """What a service needs, and what a lift is; `any` and none are wishes only."""

    NONE = ""
    ANY = "any"
    TWO_POST = "two_post"
    FOUR_POST = "four_post"
    SCISSOR = "scissor"
    ALIGNMENT = "alignment"
    FLOOR = "floor"


class ResourceKind(StrEnum):
    """What an appointment can occupy. Every one is there once and taken by one at a time."""

    LIFT = "lift"
    PERSON = "person"
    LOANER = "loaner"
    INSPECTOR = "inspector"
    SEAT = "seat"


class SkillKind(StrEnum):
    """Work that only trained people may do; certificates expire."""

    HV_2S = "hv_2s"
    HV_3S = "hv_3s"
    AIR_CONDITIONING = "air_con"
    EMISSIONS_TEST = "au"
    BODYWORK = "bodywork"


class AbsenceKind(StrEnum):
    VACATION = "vacation"
    SICK = "sick"
    SCHOOL = "school"
    BROKEN = "broken"
    OTHER = "other"


class Answering(StrEnum):
    """Who confirms a request; `ask_first`: the customer describes, staff sets how long it takes,
    the customer picks a time.
    """

    BY_STAFF = "by_staff"
    AT_ONCE = "at_once"
    ASK_FIRST = "ask_first"


class Agreement(StrEnum):
    """What a booking is: a request that binds nobody, or a contract closed online."""

    REQUEST = "request"
    CONTRACT = "contract"


class State(StrEnum):
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_WORK = "in_work"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"

    @property
    def occupies(self) -> bool:
        """Whether lift and person are kept for it."""
        return self not in {State.CANCELLED, State.NO_SHOW}

    @property
    def is_over(self) -> bool:
        return self in {State.COLLECTED, State.CANCELLED, State.NO_SHOW}


MOVES: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset({State.CONFIRMED, State.CANCELLED}),
    State.CONFIRMED: frozenset({State.ARRIVED, State.NO_SHOW, State.CANCELLED}),
    State.ARRIVED: frozenset({State.IN_WORK, State.CONFIRMED, State.CANCELLED}),
    State.IN_WORK: frozenset({State.READY, State.ARRIVED}),
    State.READY: frozenset({State.COLLECTED, State.IN_WORK}),
    State.COLLECTED: frozenset(),
    State.CANCELLED: frozenset(),
    State.NO_SHOW: frozenset({State.CONFIRMED}),
}
"""The moves that there are; the database refuses all others (`check_appointment_move`)."""

AT_WORK = frozenset({State.ARRIVED, State.IN_WORK, State.READY})
"""What whoever works on the car may say of it."""


class Origin(StrEnum):
    """Where a booking came from."""

    CHAT = "chat"
    FORM = "form"
    PHONE = "phone"
    WALK_IN = "walk_in"
    API = "api"
    LINK = "link"
    WAITLIST = "waitlist"
    CAMPAIGN = "campaign"
    IMPORT = "import"


class NoticeKind(StrEnum):
    """What a customer is told about an appointment."""

    RECEIVED = "received"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    CHOICE = "choice"
    READY = "ready"
    OFFER = "offer"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    MAIL = "mail"
    SMS = "sms"


class Delivery(StrEnum):
    """How far a notice got; `skipped`: there was no address, or no need any more."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Waiting(StrEnum):
    """How a place on the waiting list stands."""

    WAITING = "waiting"
    SERVED = "served"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Offering(StrEnum):
    """How an offer of a freed time stands."""

    OPEN = "open"
    TAKEN = "taken"
    EXPIRED = "expired"
