"""The events that other programs can ask for."""

from portal.kit.errors import N_
from portal.kit.text import _

TEST = "webhook.test"
"""Sent by hand to whoever sets up a receiver; nobody has to ask for it."""

EVENTS: dict[str, str] = {
    "booking.created": N_("Booking received"),
    "booking.confirmed": N_("Booking confirmed"),
    "booking.moved": N_("Booking moved"),
    "booking.cancelled": N_("Booking cancelled"),
    "booking.arrived": N_("Vehicle dropped off"),
    "booking.in_work": N_("Work begun"),
    "booking.ready": N_("Vehicle ready"),
    "booking.collected": N_("Vehicle collected"),
    "booking.no_show": N_("Customer did not come"),
    "conversation.handed_over": N_("A visitor waits for a person"),
    "conversation.closed": N_("Conversation ended"),
    "task.created": N_("Task created"),
    "task.moved": N_("Task moved on"),
}


def event_text(event: str) -> str:
    if event == TEST:
        return _("Test message")
    return _(EVENTS[event]) if event in EVENTS else event
