"""The tables of the bookings room."""

from portal.bookings.models.appointments import (
    Appointment,
    AppointmentMove,
    AppointmentService,
    Reservation,
)
from portal.bookings.models.catalogue import BookingRules, Closure, OpeningHours, Service
from portal.bookings.models.kinds import (
    MOVES,
    AbsenceKind,
    Agreement,
    Answering,
    Channel,
    Delivery,
    LiftKind,
    NoticeKind,
    Offering,
    Origin,
    ResourceKind,
    SkillKind,
    State,
    Waiting,
)
from portal.bookings.models.messages import (
    BookingNotice,
    WaitlistEntry,
    WaitlistInvitation,
    WaitlistOffer,
    Withdrawal,
)
from portal.bookings.models.resources import Absence, Resource, ResourceSkill, Shift

__all__ = [
    "MOVES",
    "Absence",
    "AbsenceKind",
    "Agreement",
    "Answering",
    "Appointment",
    "AppointmentMove",
    "AppointmentService",
    "BookingNotice",
    "BookingRules",
    "Channel",
    "Closure",
    "Delivery",
    "LiftKind",
    "NoticeKind",
    "Offering",
    "OpeningHours",
    "Origin",
    "Reservation",
    "Resource",
    "ResourceKind",
    "ResourceSkill",
    "Service",
    "Shift",
    "SkillKind",
    "State",
    "Waiting",
    "WaitlistEntry",
    "WaitlistInvitation",
    "WaitlistOffer",
    "Withdrawal",
]
