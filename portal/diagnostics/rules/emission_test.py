"""Whether a car may be presented for the AU, as far as its control units can tell.

Only the OBD part is foreseen: what a measurement at the tailpipe says, nobody can know from here.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from portal.diagnostics.obd.recording import Readiness, WarningLamp
from portal.diagnostics.obd.words import monitor_text
from portal.diagnostics.rules.readiness import counted_warm_ups, incomplete_monitors
from portal.kit.text import _, number

Outlook = Literal["ready", "not_ready", "unknown"]
FEW_KILOMETRES, FEW_WARM_UPS = 200, 10


class EmissionStatus(NamedTuple):
    """What a scan said. `silent`: control units that did not tell their status."""

    readiness: Sequence[Readiness]
    lamps: Sequence[WarningLamp]
    stored_codes: Sequence[str] = ()
    codes_complete: bool = False
    silent: Sequence[str] = ()
    kilometres_since_cleared: float | None = None
    warm_ups_since_cleared: float | None = None


class Reason(NamedTuple):
    """`kind`: lamp_on, codes_stored, monitors_open, recently_cleared, readiness_not_read,
    lamp_not_read, codes_not_read, ecus_silent, all_complete. `details` are names or figures.
    """

    kind: str
    details: Mapping[str, str | float]


class Forecast(NamedTuple):
    outlook: Outlook
    reasons: Sequence[Reason]


def forecast(status: EmissionStatus) -> Forecast:
    """`not_ready` needs one proven obstacle, `ready` a complete reading without any."""
    obstacles, doubts = _obstacles(status), _doubts(status)
    hints = _cleared(status)
    if obstacles:
        return Forecast("not_ready", [*obstacles, *hints, *doubts])
    if doubts:
        return Forecast("unknown", [*doubts, *hints])
    return Forecast("ready", [Reason("all_complete", {}), *hints])


def title_of(outlook: Outlook) -> str:
    texts = {
        "ready": _("OBD part of the AU: nothing speaks against it"),
        "not_ready": _("OBD part of the AU: not ready yet"),
        "unknown": _("OBD part of the AU: cannot be foreseen"),
    }
    return texts[outlook]


def reason_text(reason: Reason) -> str:
    """A sentence for a mechanic."""
    texts = {
        "lamp_on": _("The engine warning lamp is switched on (%(ecus)s)."),
        "codes_stored": _("Trouble codes are stored: %(codes)s."),
        "monitors_open": _("Not complete: %(monitors)s. Drive a cycle first, then read again."),
        "recently_cleared": _(
            "The trouble codes were cleared recently (%(km)s km, %(warm_ups)s warm-ups ago). "
            "Faults may come back."
        ),
        "readiness_not_read": _("Readiness was not read."),
        "lamp_not_read": _("The state of the engine warning lamp was not read."),
        "codes_not_read": _("The trouble codes were not read completely."),
        "ecus_silent": _("Control units without an answer: %(ecus)s."),
        "all_complete": _("All supported monitors are complete and the warning lamp is off."),
    }
    return texts[reason.kind] % reason.details


def caution() -> str:
    """Belongs under every forecast."""
    return _(
        "An estimate from the OBD reading, no test result. The testing body decides; a measurement "
        "at the tailpipe may be added. Clearing codes or disconnecting the battery resets "
        "readiness."
    )


def _obstacles(status: EmissionStatus) -> list[Reason]:
    found = []
    if lit := [lamp.ecu for lamp in status.lamps if lamp.on]:
        found.append(Reason("lamp_on", {"ecus": ", ".join(lit)}))
    if status.stored_codes:
        codes = ", ".join(sorted(set(status.stored_codes)))
        found.append(Reason("codes_stored", {"codes": codes}))
    if waiting := incomplete_monitors(status.readiness):
        names = ", ".join(monitor_text(name) for name in waiting)
        found.append(Reason("monitors_open", {"monitors": names, "count": len(waiting)}))
    return found


def _doubts(status: EmissionStatus) -> list[Reason]:
    found = []
    if not any(one.supported for one in status.readiness):
        found.append(Reason("readiness_not_read", {}))
    if not status.lamps:
        found.append(Reason("lamp_not_read", {}))
    if not status.codes_complete:
        found.append(Reason("codes_not_read", {}))
    if status.silent:
        found.append(Reason("ecus_silent", {"ecus": ", ".join(status.silent)}))
    return found


def _cleared(status: EmissionStatus) -> list[Reason]:
    kilometres = status.kilometres_since_cleared
    warm_ups = counted_warm_ups(kilometres, status.warm_ups_since_cleared)
    few = kilometres is not None and kilometres < FEW_KILOMETRES
    cold = warm_ups is not None and warm_ups < FEW_WARM_UPS
    if not (few or cold):
        return []
    return [Reason("recently_cleared", {"km": number(kilometres), "warm_ups": number(warm_ups)})]
