"""The calendar's facts in words: states, lengths, conflicts, notices."""

from collections.abc import Mapping
from datetime import datetime

from portal.bookings import resource_labels as labels
from portal.bookings.conflicts import Conflict, Obstacle
from portal.bookings.diary import DiaryEntry
from portal.bookings.models import (
    Channel,
    Delivery,
    NoticeKind,
    Origin,
    ResourceKind,
    State,
)
from portal.bookings.planner_lists import Why
from portal.kit import clock, text
from portal.kit.errors import N_
from portal.kit.text import _

STATES: Mapping[str, str] = {
    State.REQUESTED: N_("Requested"),
    State.CONFIRMED: N_("Confirmed"),
    State.ARRIVED: N_("Vehicle is here"),
    State.IN_WORK: N_("In work"),
    State.READY: N_("Ready"),
    State.COLLECTED: N_("Collected"),
    State.CANCELLED: N_("Cancelled"),
    State.NO_SHOW: N_("Did not come"),
}
TONES: Mapping[str, str] = {
    State.REQUESTED: "warning",
    State.CONFIRMED: "info",
    State.ARRIVED: "accent",
    State.IN_WORK: "accent",
    State.READY: "success",
    State.COLLECTED: "neutral",
    State.CANCELLED: "neutral",
    State.NO_SHOW: "danger",
}
DEEDS: Mapping[tuple[str, str], str] = {
    (State.REQUESTED, State.CONFIRMED): N_("Confirm"),
    (State.CONFIRMED, State.ARRIVED): N_("Has arrived"),
    (State.ARRIVED, State.IN_WORK): N_("Start work"),
    (State.IN_WORK, State.READY): N_("Ready"),
    (State.READY, State.COLLECTED): N_("Collected"),
    (State.ARRIVED, State.CONFIRMED): N_("Not here after all"),
    (State.IN_WORK, State.ARRIVED): N_("Back to: not started"),
    (State.READY, State.IN_WORK): N_("Continue working"),
    (State.NO_SHOW, State.CONFIRMED): N_("Came after all"),
}
"""What a button is called that leads from one state to another."""

FORWARD = (State.CONFIRMED, State.ARRIVED, State.IN_WORK, State.READY, State.COLLECTED)

ORIGINS: Mapping[str, str] = {
    Origin.CHAT: N_("Chat"),
    Origin.FORM: N_("Booking form"),
    Origin.PHONE: N_("Phone"),
    Origin.WALK_IN: N_("At the counter"),
    Origin.API: N_("Interface"),
    Origin.LINK: N_("Link"),
    Origin.WAITLIST: N_("Waiting list"),
    Origin.CAMPAIGN: N_("Campaign"),
    Origin.IMPORT: N_("Import"),
}
COLUMNS: Mapping[str, str] = {
    ResourceKind.LIFT: N_("Lifts"),
    ResourceKind.PERSON: N_("People"),
    ResourceKind.LOANER: N_("Loaner cars"),
    ResourceKind.INSPECTOR: N_("Inspectors"),
    ResourceKind.SEAT: N_("Waiting seats"),
}
ONE_OF: Mapping[str, str] = {
    ResourceKind.LIFT: N_("Lift"),
    ResourceKind.PERSON: N_("Person"),
    ResourceKind.LOANER: N_("Loaner car"),
    ResourceKind.INSPECTOR: N_("Inspector"),
    ResourceKind.SEAT: N_("Waiting seat"),
}
WITHOUT: Mapping[str, str] = {
    ResourceKind.LIFT: N_("Without a lift"),
    ResourceKind.PERSON: N_("Without a person"),
    ResourceKind.LOANER: N_("Without a loaner car"),
    ResourceKind.INSPECTOR: N_("Without an inspector"),
}
NOTICES: Mapping[str, str] = {
    NoticeKind.RECEIVED: N_("Acknowledgement of the request"),
    NoticeKind.CONFIRMED: N_("Confirmation"),
    NoticeKind.MOVED: N_("Message about the new time"),
    NoticeKind.CANCELLED: N_("Cancellation"),
    NoticeKind.REMINDER: N_("Reminder"),
    NoticeKind.CHOICE: N_("Invitation to choose a time"),
    NoticeKind.READY: N_("Message that the car is ready"),
    NoticeKind.OFFER: N_("Offer to the waiting list"),
    NoticeKind.WITHDRAWN: N_("Receipt of the withdrawal"),
}
CHANNELS: Mapping[str, str] = {Channel.MAIL: N_("by mail"), Channel.SMS: N_("by text message")}
DELIVERIES: Mapping[str, tuple[str, str]] = {
    Delivery.QUEUED: (N_("on its way"), "neutral"),
    Delivery.SENT: (N_("delivered"), "success"),
    Delivery.FAILED: (N_("could not be delivered"), "danger"),
    Delivery.SKIPPED: (N_("not sent"), "neutral"),
}
REFUSALS: Mapping[str, str] = {
    Obstacle.OUTSIDE_HOURS: N_("The workshop is closed at this time of day."),
    Obstacle.OUTSIDE_SHIFT: N_("%(name)s does not work at this time."),
    Obstacle.ABSENT: N_("%(name)s is not available at this time."),
    Obstacle.TAKEN: N_("%(name)s is taken at this time."),
    Obstacle.UNSKILLED: N_("%(name)s is not trained for this work: %(detail)s."),
    Obstacle.TOO_HEAVY: N_("The vehicle is too heavy for %(name)s."),
    Obstacle.WRONG_LIFT: N_("%(name)s is the wrong kind of lift for this work."),
}
NOT_THERE: Mapping[str, str] = {
    ResourceKind.LIFT: N_("There is no lift for this work."),
    ResourceKind.PERSON: N_("There is nobody for this work."),
    ResourceKind.LOANER: N_("There is no loaner car."),
    ResourceKind.INSPECTOR: N_("There is no inspector."),
    ResourceKind.SEAT: N_("There is no seat for waiting."),
}
UNMOVABLE = frozenset({Obstacle.TAKEN, Obstacle.NONE_THERE})
"""What staff cannot decide against either."""

STUCK: Mapping[str, str] = {
    Why.UNANSWERED: N_("No answer for %(time)s"),
    Why.NOT_STARTED: N_("Vehicle is here, nothing begun for %(time)s"),
    Why.OVER_TIME: N_("Longer in work than planned: since %(time)s"),
    Why.PAST_ITS_END: N_("Should have been done %(time)s ago; others wait for lift and person"),
    Why.NOT_COLLECTED: N_("Ready for %(time)s and not collected"),
    Why.DID_NOT_COME: N_("Should have come, %(time)s ago"),
}


def state(of: str) -> str:
    return _(STATES.get(of, of))


def tone(of: str) -> str:
    return TONES.get(of, "neutral")


def deed(since: str, to: str) -> str:
    return _(DEEDS.get((since, to), STATES[to]))


def origin(of: str) -> str:
    return _(ORIGINS.get(of, of))


def columns(kind: str) -> str:
    return _(COLUMNS[kind])


def one_of(kind: str) -> str:
    return _(ONE_OF[kind])


def without(kind: str) -> str:
    return _(WITHOUT.get(kind, N_("Unassigned")))


def notice(kind: str) -> str:
    return _(NOTICES.get(kind, kind))


def channel(of: str) -> str:
    return _(CHANNELS.get(of, of))


def delivery(of: str) -> str:
    return _(DELIVERIES[of][0])


def delivery_tone(of: str) -> str:
    return DELIVERIES[of][1]


def refusal(one: Conflict) -> str:
    """Why a time does not work, as a sentence."""
    if one.what == Obstacle.CLOSED:
        if one.detail:
            return _("The workshop is closed: %(reason)s.", reason=one.detail)
        return _("The workshop is closed on this day.")
    if one.what == Obstacle.NONE_THERE:
        return _(NOT_THERE.get(one.kind or "", N_("This time is not free.")))
    detail = labels.of(labels.skills(), one.detail)
    return _(REFUSALS[one.what], name=one.name, detail=detail)


def stuck(why: Why, entry: DiaryEntry) -> str:
    begun = entry.appointment.state_since
    if why == Why.DID_NOT_COME:
        begun = entry.appointment.starts_at or begun
    if why == Why.PAST_ITS_END:
        begun = entry.appointment.ends_at or begun
    return _(STUCK[why], time=since(begun))


def length(minutes: int | None) -> str:
    """`1 h 30 min`"""
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, 60)
    shown = [_("%(count)s h", count=hours)] if hours else []
    if rest or not hours:
        shown.append(_("%(count)s min", count=rest))
    return " ".join(shown)


def hours(minutes: int) -> str:
    """`7,5 h`"""
    return _("%(count)s h", count=bare_hours(minutes))


def bare_hours(minutes: int) -> str:
    return text.number(minutes / 60, 0 if minutes % 60 == 0 else 1)


def since(moment: datetime) -> str:
    """How long ago, roughly: `45 min`, `3 h`, `2 days`."""
    minutes = max(0, int((clock.now() - moment).total_seconds() // 60))
    if minutes < 60:
        return _("%(count)s min", count=minutes)
    if minutes < 48 * 60:
        return _("%(count)s h", count=minutes // 60)
    return text.ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60))
