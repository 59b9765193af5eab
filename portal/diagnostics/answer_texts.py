"""What control units, services and refusals are called on the screen."""

from portal.kit.errors import N_
from portal.kit.text import _

_ECUS = {
    "7E8": N_("Engine"),
    "7E9": N_("Gearbox"),
    "18DAF110": N_("Engine"),
    "18DAF118": N_("Gearbox"),
    "10": N_("Engine"),
    "18": N_("Gearbox"),
}
"""Responders that ISO 15765-4 and ISO 14230-4 fix; all others are known by their number only."""

_SERVICES = {
    "01": N_("Live data"),
    "02": N_("Freeze frame"),
    "03": N_("Stored codes"),
    "06": N_("Monitor results"),
    "07": N_("Pending codes"),
    "09": N_("Vehicle information"),
    "0A": N_("Permanent codes"),
    "19": N_("Trouble codes (UDS)"),
    "22": N_("Data (UDS)"),
}

_REFUSALS = {
    "10": N_("refused without a reason"),
    "11": N_("does not know this service"),
    "12": N_("does not know this value"),
    "13": N_("question of the wrong length"),
    "21": N_("busy, ask again"),
    "22": N_("not under these conditions"),
    "31": N_("does not have this value"),
    "33": N_("locked"),
    "78": N_("needed more time"),
    "7E": N_("not in this session"),
    "7F": N_("service not in this session"),
}
"""Negative response codes of ISO 14229-1."""

_MODULE_STATES = {
    "ok": N_("in order"),
    "malfunction": N_("fault stored"),
    "sporadic communication error": N_("answers now and then"),
    "communication error": N_("does not answer"),
    "cannot be reached": N_("does not answer"),
    "not registered": N_("not coded in the gateway"),
    "not reachable": N_("does not answer"),
}
"""What VCDS prints of a control unit in the list of the gateway."""


def module_state_text(printed: str) -> str:
    """`Malfunction 0010` → "fault stored (0010)"; words that nobody knows stay as printed."""
    words, _blank, number = printed.rpartition(" ")
    if not (words and number.isdigit()):
        words, number = printed, ""
    known = _MODULE_STATES.get(words.lower())
    if known is None:
        return printed
    return f"{_(known)} ({number})" if number else _(known)


def ecu_text(ecu: str, name: str | None = None) -> str:
    """`7E8` → "Engine (7E8)"; the name that the ECU itself told goes first."""
    if ecu == "unknown":
        return name or _("not named")
    shown = name or (_(_ECUS[ecu]) if ecu in _ECUS else "")
    return f"{shown} ({ecu})" if shown else ecu


def service_text(service: str) -> str:
    return _(_SERVICES[service]) if service in _SERVICES else service


def refusal_text(code: str) -> str:
    return _(_REFUSALS[code]) if code in _REFUSALS else code
