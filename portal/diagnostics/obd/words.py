"""What the stable names in a recording are called, in the language of the moment."""

from portal.kit.text import _


def reason_text(reason: str) -> str:
    """Why a row was left out, in the language of the moment."""
    texts = {
        "too_few_cells": _("too few cells"),
        "too_many_cells": _("too many cells"),
        "not_a_number": _("a cell that is no number"),
        "no_time": _("no readable time"),
        "time_runs_back": _("time runs backwards"),
        "line_too_long": _("line too long"),
        "unbalanced_quote": _("a quotation mark without its partner"),
        "empty_line": _("empty line"),
        "not_understood": _("not understood"),
        "breaks_off": _("the file breaks off here"),
        "too_many_lines": _("too many lines: the rest was not read"),
    }
    return texts.get(reason, reason)


def status_text(status: str) -> str:
    texts = {
        "stored": _("stored"),
        "pending": _("pending"),
        "permanent": _("permanent"),
        "intermittent": _("intermittent"),
    }
    return texts[status]


def monitor_text(monitor: str) -> str:
    """A readiness monitor in the language of the moment."""
    texts = {
        "misfire": _("Misfire"),
        "fuel_system": _("Fuel system"),
        "components": _("Comprehensive components"),
        "catalyst": _("Catalyst"),
        "heated_catalyst": _("Heated catalyst"),
        "evaporative_system": _("Evaporative system"),
        "secondary_air": _("Secondary air"),
        "air_conditioning": _("Air conditioning"),
        "oxygen_sensor": _("Oxygen sensors"),
        "oxygen_sensor_heater": _("Oxygen sensor heaters"),
        "egr_vvt": _("Exhaust gas recirculation/valve timing"),
        "nmhc_catalyst": _("Oxidation catalyst (NMHC)"),
        "nox_scr": _("NOx aftertreatment (SCR)"),
        "boost_pressure": _("Boost pressure"),
        "exhaust_gas_sensor": _("Exhaust gas sensor"),
        "particulate_filter": _("Particulate filter"),
    }
    return texts[monitor]


def finding_state_text(state: str) -> str:
    """One of the five states of a finding."""
    texts = {
        "ok": _("unremarkable"),
        "borderline": _("borderline"),
        "abnormal": _("conspicuous"),
        "not_assessable": _("cannot be judged"),
        "pid_missing": _("value missing"),
    }
    return texts[state]
