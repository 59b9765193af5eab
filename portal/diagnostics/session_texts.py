"""What kinds, states and fields of a diagnostic case are called on the screen."""

from portal.diagnostics.session_models import SessionKind, SessionState
from portal.kit.errors import N_
from portal.kit.text import _

KINDS = {
    SessionKind.OBD2: N_("OBD diagnosis"),
    SessionKind.VISUAL: N_("Visual check"),
    SessionKind.TEST_DRIVE: N_("Test drive"),
}
STATES = {
    SessionState.OPEN: N_("open"),
    SessionState.IN_WORK: N_("in work"),
    SessionState.DONE: N_("finished"),
}
TONES = {
    SessionState.OPEN: "warning",
    SessionState.IN_WORK: "info",
    SessionState.DONE: "success",
}
FIELDS = {
    "begun": N_("Case begun"),
    "state": N_("State"),
    "odometer_km": N_("Odometer"),
    "symptoms": N_("What the customer reports"),
    "notes": N_("What the workshop found"),
    "estimate": N_("Rough estimate"),
    "photo": N_("Photo"),
}


def kind_text(kind: str) -> str:
    return _(KINDS[SessionKind(kind)])


def state_text(state: str) -> str:
    return _(STATES[SessionState(state)])


def state_tone(state: str) -> str:
    return TONES[SessionState(state)]


def field_text(field: str) -> str:
    return _(FIELDS[field])


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, _(told)) for kind, told in KINDS.items()]


def states() -> list[tuple[str, str]]:
    return [(state.value, _(told)) for state, told in STATES.items()]
