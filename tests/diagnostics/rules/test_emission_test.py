"""The AU forecast: ready needs a complete reading, not ready one proven obstacle."""

import pytest

from portal.diagnostics.obd.recording import Readiness, WarningLamp
from portal.diagnostics.rules.emission_test import (
    EmissionStatus,
    caution,
    forecast,
    reason_text,
    title_of,
)

COMPLETE = [Readiness("7E8", "catalyst", True, True), Readiness("7E8", "misfire", True, True)]
OFF = [WarningLamp("7E8", False, 0)]
CLEAN = EmissionStatus(COMPLETE, OFF, codes_complete=True)


def kinds(status):
    return [reason.kind for reason in forecast(status).reasons]


def test_a_car_that_told_everything_and_has_nothing_is_ready():
    assert forecast(CLEAN).outlook == "ready"
    assert kinds(CLEAN) == ["all_complete"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"lamps": [WarningLamp("7E8", False, 0), WarningLamp("7E9", True, 1)]}, "lamp_on"),
        ({"stored_codes": ["P0420"]}, "codes_stored"),
        ({"readiness": [*COMPLETE, Readiness("7E9", "catalyst", True, False)]}, "monitors_open"),
    ],
)
def test_one_obstacle_of_any_control_unit_is_enough(change, kind):
    status = CLEAN._replace(**change)
    assert forecast(status).outlook == "not_ready"
    assert kinds(status) == [kind]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"readiness": []}, "readiness_not_read"),
        ({"readiness": [Readiness("7E8", "catalyst", False, True)]}, "readiness_not_read"),
        ({"lamps": []}, "lamp_not_read"),
        ({"codes_complete": False}, "codes_not_read"),
        ({"silent": ["7E9"]}, "ecus_silent"),
    ],
)
def test_what_was_not_read_is_never_called_ready(change, kind):
    status = CLEAN._replace(**change)
    assert forecast(status).outlook == "unknown"
    assert kinds(status) == [kind]


@pytest.mark.parametrize(
    "change", [{"kilometres_since_cleared": 199.0}, {"warm_ups_since_cleared": 9.0}]
)
def test_cleared_recently_is_said_and_does_not_decide(change):
    status = CLEAN._replace(**change)
    assert forecast(status).outlook == "ready"
    assert kinds(status) == ["all_complete", "recently_cleared"]
    assert "gelöscht" in reason_text(forecast(status).reasons[-1])


def test_cleared_long_ago_is_not_mentioned():
    status = CLEAN._replace(kilometres_since_cleared=200.0, warm_ups_since_cleared=10.0)
    assert kinds(status) == ["all_complete"]


def test_every_reason_has_its_sentence_and_the_caution_stands_below():
    worst = EmissionStatus(
        [Readiness("7E8", "catalyst", True, False)], [WarningLamp("7E8", True, 2)], ["P0420"]
    )
    told = [reason_text(one) for one in forecast(worst).reasons]
    assert told[0] == "Die Motorkontrollleuchte ist eingeschaltet (7E8)."
    assert "P0420" in told[1]
    assert "Katalysator" in told[2]
    empty = forecast(EmissionStatus([], [], silent=["7E9"]))
    assert all(reason_text(one) for one in empty.reasons)
    assert all(title_of(one) for one in ("ready", "not_ready", "unknown"))
    assert "kein Prüfergebnis" in caution()
