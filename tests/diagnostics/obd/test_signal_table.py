"""Our table of PIDs against the public one of OBDb, bit by bit; it lies beside the repository."""

import json
import random
import re
from pathlib import Path

import pytest

from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.j1979 import readiness, warning_lamp
from portal.diagnostics.obd.pids import PIDS, decode_pid

FOLDER = Path(__file__).parents[3] / "../shared/data/obd/obdb"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="no signal table beside the repository")
MONITORS, CODE = {0x01, 0x41}, 0x02
UNITS = {"kilopascal": "kPa", "celsius": "°C", "percent": "%", "volts": "V", "seconds": "s",
         "kilometers": "km", "kilometersPerHour": "km/h", "degrees": "°", "minutes": "min",
         "gramsPerSecond": "g/s", "milliamps": "mA", "amps": "A"}  # fmt: skip
# Where the public table is wrong: the state of charging stands in byte B, and 1/8196 is 1/8192.
ELSEWHERE = {"HEV_MODE", "EHEV_MODE"}


def table():
    if not FOLDER.exists():
        return []
    told = json.loads((FOLDER / "SAEJ1979_v3_default.json").read_text(encoding="utf-8"))
    return [
        (int(command["cmd"]["01"], 16), signal)
        for command in told["commands"]
        for signal in command["signals"]
    ]


TABLE = table()


def theirs(form, data):
    bits, begin = int.from_bytes(data, "big"), form.get("bix", 0)
    raw = bits >> (8 * len(data) - begin - form["len"]) & ((1 << form["len"]) - 1)
    if form.get("sign") and raw >> form["len"] - 1:
        raw -= 1 << form["len"]
    # The addend comes before the factor where both are whole numbers of the raw scale.
    scaled, add = raw * form.get("mul", 1) / form.get("div", 1), form.get("add", 0)
    mul, div = form.get("mul", 1), form.get("div", 1)
    if add == -128 and mul == 100:
        return (raw + add) * mul / div
    if add == -38665:
        return raw / div - 210
    if add == -64:
        return raw / div + add
    if add == -128 and form.get("unit") == "milliamps":
        return scaled + add
    return scaled + add


def is_flag(signal):
    """A single bit that says whether a value or a sensor is there."""
    return signal["fmt"]["len"] == 1 and re.search(r"_SUP$|_EXISTS$", signal["id"]) is not None


def test_the_table_is_the_one_that_we_measured_against():
    assert len({pid for pid, _ in TABLE}) == 103
    assert len(TABLE) == 298
    assert {pid for pid, _ in TABLE} <= set(PIDS)


@pytest.mark.parametrize(
    ("pid", "signal"),
    [one for one in TABLE if one[0] not in MONITORS | {CODE} and not is_flag(one[1])],
    ids=lambda value: value if isinstance(value, int) else value["id"],
)
def test_every_value_of_the_public_table_is_one_of_ours(pid, signal):
    chance = random.Random(pid)
    form = signal["fmt"]
    if signal["id"] in ELSEWHERE:
        form = form | {"bix": 15 if form["len"] == 1 else 13}
    pascals = 1000 if form.get("sign") and form.get("unit") == "kilopascal" else 1
    size = max(PIDS[pid].longest, -(-(form.get("bix", 0) + form["len"]) // 8))
    for _ in range(50):
        data = bytes([0xFF, *(chance.randrange(256) for _ in range(size - 1))])
        if not any(field.flag is not None for field in PIDS[pid].fields):
            data = bytes([chance.randrange(255 if form["len"] != 3 else 8), *data[1:]])
        wanted = theirs(form, data) * pascals
        near = [one.value for one in decode_pid(pid, data)]
        assert any(value == pytest.approx(wanted, rel=1e-3, abs=2e-4) for value in near), (
            signal["id"],
            wanted,
            near,
        )


@pytest.mark.parametrize(
    ("pid", "signal"),
    [one for one in TABLE if one[0] not in MONITORS and is_flag(one[1]) and one[0] not in {0x13, 0x1D}],
    ids=lambda value: value if isinstance(value, int) else value["id"],
)  # fmt: skip
def test_every_flag_of_the_public_table_governs_a_value(pid, signal):
    bit = 7 - signal["fmt"].get("bix", 0)
    assert any(field.flag == bit for field in PIDS[pid].fields), signal


@pytest.mark.parametrize("pid", [0x13, 0x1D])
def test_the_sensors_that_are_there_are_one_value(pid):
    assert [one.raw for one in decode_pid(pid, b"\x03")] == [3]


@pytest.mark.parametrize("pid", sorted(MONITORS))
def test_monitors_are_told_as_the_public_table_has_them(pid):
    names = {"MIS": "misfire", "FUEL": "fuel_system", "CCM": "components", "CAT": "catalyst",
             "HCAT": "heated_catalyst", "EVAP": "evaporative_system", "AIR": "secondary_air",
             "ACRF": "air_conditioning", "O2S": "oxygen_sensor", "HTR": "oxygen_sensor_heater",
             "EGR": "egr_vvt"}  # fmt: skip
    signals = {signal["id"]: signal["fmt"] for at, signal in TABLE if at == pid}
    chance = random.Random(pid)
    for _ in range(100):
        data = bytes(chance.randrange(256) for _ in range(4))
        data = bytes([data[0], data[1] & ~0x08, *data[2:]])
        ours = {one.monitor: one for one in readiness("7E8", data)}
        for id_, form in signals.items():
            short = re.sub(r"_?(SUP|ENA|RDY|CMPL)$", "", id_)
            if short not in names:
                continue
            bit = int(theirs(form, data))
            mine = ours[names[short]]
            told = mine.supported if id_.endswith(("SUP", "ENA")) else not mine.complete
            assert told == bool(bit), id_
        if pid == 0x01:
            lamp = warning_lamp("7E8", data)
            assert lamp.on == bool(theirs(signals["MIL"], data))
            assert lamp.stored_codes == theirs(signals["DTC_CNT"], data)


def answers():
    """(answer as hex digits, expected values by OBDb's names) of the recorded Audis."""
    found = []
    for path in sorted(FOLDER.glob("Audi-A4/*/commands/7E0.01*.yaml")):
        blocks = re.split(r"(?m)^- expected_values:\n", path.read_text(encoding="utf-8"))[1:]
        for block in blocks:
            values = dict(re.findall(r"(?m)^    '?([\w/]+)'?: (.+)$", block))
            found.append((re.search(r"response: '?([0-9A-F]+)", block)[1], values))
    return found


def test_recorded_answers_have_the_expected_values():
    """Every numeric expectation of the recorded cars, through the whole decoder.

    The expectations of ratios end at 1.99 where the standard ends at 1.99997.
    """
    compared = 0
    for told, expected in answers():
        if told[3:9] and int(told[7:9], 16) in MONITORS:
            continue
        recording = decode(f">01\r{told[:3]} {told[3:]}\r>".encode(), "x.txt")
        ours = [value for trace in recording.traces.values() for value in trace.values]
        for name, text in expected.items():
            if told.endswith("FF") and name == "SHRTFT11":
                continue  # FF says that this sensor takes no part in the trim
            if re.fullmatch(r"-?[\d.]+(e-?\d+)?", text) and not name.endswith("_EXISTS"):
                compared += 1
                assert any(one == pytest.approx(float(text), rel=6e-3, abs=2e-4) for one in ours), (
                    told, name, text, ours)  # fmt: skip
    assert compared == 128  # every number of the two cars
