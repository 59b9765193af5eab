"""Believable recordings of invented cars: a drive in two CSV formats, a scan of an adapter.

The same arguments give the same bytes. A drive obeys simple physics (speed, gear, engine speed,
load, warm-up), so that a healthy car looks healthy and a leaking one looks lean.
"""

import random
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

ENGINE, GEARBOX = "7E8", "7E9"
_GEARS_KMH_PER_1000 = (7.5, 14.0, 21.5, 29.0, 37.0, 45.0)
_AMBIENT_KPA = 101.0
_BERLIN = ZoneInfo("Europe/Berlin")
_MONITOR_BITS = {
    "catalyst": 0x01,
    "evaporative_system": 0x04,
    "oxygen_sensor": 0x20,
    "oxygen_sensor_heater": 0x40,
    "egr_vvt": 0x80,
}


class File(NamedTuple):
    name: str
    data: bytes


class Moment(NamedTuple):
    """One instant of a drive, in the units of the signals."""

    speed: float
    rpm: float
    load: float
    coolant: float
    intake: float
    manifold_kpa: float
    air_gs: float
    throttle: float
    pedal: float
    short_trim: float
    long_trim: float
    voltage: float
    advance: float


def drive(
    seed: int,
    *,
    duration_s: float,
    step_s: float,
    start_coolant: float = 14.0,
    lean: bool = False,
    litres: float = 1.6,
) -> Iterator[Moment]:
    """A trip through a town with a stretch of country road; ends at the kerb with engine idling."""
    chance = random.Random(seed)
    speed, coolant, trim = 0.0, start_coolant, 18.0 if lean else 1.5
    target, until = 0.0, 15.0
    for step in range(int(duration_s / step_s)):
        now = step * step_s
        if now >= until:
            target = chance.choice((0.0, 30.0, 50.0, 50.0, 50.0, 70.0, 95.0))
            until = now + chance.uniform(12, 45)
        if now > duration_s - 60:
            target = 0.0
        pull = max(-2.2, min(1.6, (target - speed) * 0.12))
        speed = max(0.0, speed + pull * 3.6 * step_s * 0.5)
        coolant = _warm(coolant, speed, step_s)
        yield _moment(chance, speed, pull if speed > 1 else 0.0, coolant, trim, litres)


def torque_drive(
    *,
    vin: str,
    started_at: datetime,
    duration_s: float,
    seed: int,
    lean: bool = False,
    litres: float = 1.6,
) -> File:
    """Torque Pro: one row a second, with columns that never had data, and a GPS block."""
    header = (
        "GPS Time, Device Time, Longitude, Latitude,GPS Speed (Meters/second), G(x),"
        "Engine Coolant Temperature(°C),Engine RPM(rpm),Speed (OBD)(km/h),Engine Load(%),"
        "Intake Manifold Pressure(kPa),Mass Air Flow Rate(g/s),Intake Air Temperature(°C),"
        "Fuel Trim Bank 1 Short Term(%),Fuel Trim Bank 1 Long Term(%),Timing Advance(°),"
        "Voltage (Control Module)(V),Turbo Boost & Vacuum Gauge(bar),Ambient air temp(°C), "
    )
    rows = [header]
    chance = random.Random(f"{vin}{seed}")
    begin = _in_berlin(started_at)
    moments = drive(
        chance.randrange(2**31), duration_s=duration_s, step_s=1.0, lean=lean, litres=litres
    )
    for second, at in enumerate(moments):
        now = begin + timedelta(seconds=second, milliseconds=chance.randrange(3) if second else 0)
        cells = [
            f"{now:%a %b %d %H:%M:%S} GMT{now.isoformat()[-6:]} {now:%Y}",
            f"{now:%d-%b-%Y %H:%M:%S}.{now.microsecond // 1000:03d}",
            f"{8.4 + second * 1e-5:.8f}",
            f"{49.0 + second * 2e-5:.8f}",
            f"{at.speed / 3.6:.3f}",
            f"{chance.gauss(0, 0.4):.8f}",
            *(f"{value:.2f}" for value in (at.coolant, at.rpm, at.speed, at.load)),
            *(f"{value:.2f}" for value in (at.manifold_kpa, at.air_gs, at.intake)),
            *(f"{value:.2f}" for value in (at.short_trim, at.long_trim, at.advance, at.voltage)),
            f"{(at.manifold_kpa - _AMBIENT_KPA) / 100:.3f}",
            "-",
        ]
        rows.append(",".join(cells) + ",")
    name = f"trackLog-{begin:%Y-%b-%d_%H-%M-%S}.csv"
    return File(name, "\n".join(rows).encode() + b"\n")


def auto_doctor_drive(
    *,
    vin: str,
    started_at: datetime,
    duration_s: float,
    seed: int,
    german: bool = False,
    lean: bool = False,
) -> File:
    """OBD Auto Doctor: a row per reading, everything else held; German Windows when `german`."""
    names = _GERMAN if german else _ENGLISH
    chance = random.Random(f"{vin}{seed}")
    step = 0.09
    held = [""] * (len(names) - 1)
    rows = [(";" if german else ",").join(names)]
    moments = drive(chance.randrange(2**31), duration_s=duration_s, step_s=step, lean=lean)
    now = _in_berlin(started_at)
    for turn, at in enumerate(moments):
        values = (at.coolant, at.manifold_kpa, at.rpm, at.speed, at.intake, at.air_gs, at.throttle)
        decimals = (0, 1, 0, 1, 1, 2, 1)
        which = turn % len(values)
        held[which] = f"{values[which]:.{decimals[which]}f}"
        clock = f"{now:%H:%M:%S}.{now.microsecond // 1000:03d}"
        rows.append(_row([clock, *held], german=german))
        now += timedelta(milliseconds=round(step * 1000 + chance.uniform(-5, 5)))
    text = ("\r\n" if german else "\n").join([*rows, ""])
    name = f"{_in_berlin(started_at):%Y-%m-%d}_{vin[-6:]}.csv"
    return File(name, text.encode("cp1252" if german else "utf-8"))


def adapter_scan(
    *,
    vin: str,
    started_at: datetime,
    seed: int,
    stored: Sequence[str] = (),
    pending: Sequence[str] = (),
    permanent: Sequence[str] = (),
    gearbox_stored: Sequence[str] = (),
    incomplete: Sequence[str] = (),
    odometer_km: float | None = None,
    duration_s: float = 0.0,
    lean: bool = False,
    warm: bool = False,
    cleared_km: int | None = None,
    litres: float = 1.6,
) -> File:
    """An ELM327 session: two ECUs, VIN, codes, readiness, a freeze frame, then live values.

    `incomplete` names the readiness monitors that are still open (`catalyst`, …), `cleared_km` how
    far the car went since its codes were cleared.
    """
    chance = random.Random(f"{vin}{seed}")
    begin = _in_berlin(started_at)
    session = _Session(begin, chance)
    _set_up(session)
    session.ask("0100", {ENGINE: "41 00 BE 3F A8 13", GEARBOX: "41 00 80 00 00 01"})
    session.ask("0101", _status(stored, gearbox_stored, incomplete))
    session.ask("0902", {ENGINE: "49 02 01 " + vin.encode("ascii").hex(" ")})
    session.ask("03", {ENGINE: _codes(0x43, stored), GEARBOX: _codes(0x43, gearbox_stored)})
    session.ask("07", {ENGINE: _codes(0x47, pending), GEARBOX: _codes(0x47, ())})
    session.ask("0A", {ENGINE: _codes(0x4A, permanent), GEARBOX: _codes(0x4A, ())})
    _ask_for_self_tests(session, vin, [*stored, *pending])
    _ask_for_distances(session, cleared_km, odometer_km)
    moments = drive(
        chance.randrange(2**31),
        duration_s=duration_s + 60,
        step_s=1.0,
        start_coolant=84.0 if warm else 14.0,
        lean=lean,
        litres=litres,
    )
    if stored:
        _ask_for_freeze_frame(session, stored[0], next(islice(moments, 40, None)))
    session.ask("019F", {ENGINE: "7F 01 12"})
    for at in islice(moments, round(duration_s)):
        for request, answer in _live(at):
            session.ask(request, {ENGINE: answer})
    return File(f"scan-{vin}-{begin:%Y-%m-%d_%H-%M-%S}.txt", session.text())


def _set_up(session: "_Session") -> None:
    for command in ("ATZ", "ATE0", "ATH1", "ATS1", "ATSP6"):
        session.say(command, ["ELM327 v1.5" if command == "ATZ" else "OK"])


def _ask_for_freeze_frame(session: "_Session", code: str, frozen: Moment) -> None:
    session.ask("020200", {ENGINE: "42 02 00 " + _code_hex(code)})
    for request, answer in _live(frozen):
        session.ask(f"02{request[2:]}00", {ENGINE: f"42 {request[2:]} 00 {answer[6:]}"})


def _ask_for_distances(
    session: "_Session", cleared_km: int | None, odometer_km: float | None
) -> None:
    if cleared_km is not None:
        session.ask("0131", {ENGINE: "41 31 " + _hex(cleared_km, 2)})
        session.ask("0130", {ENGINE: "41 30 " + _byte(cleared_km / 12)})
    if odometer_km is not None:
        session.ask("01A6", {ENGINE: "41 A6 " + _hex(round(odometer_km * 10), 4)})


def _ask_for_self_tests(session: "_Session", vin: str, faults: Sequence[str]) -> None:
    """Software, how often monitors ran, and the misfires of four cylinders with their limits."""
    software = f"03L906018{vin[-2:]}".encode("ascii").ljust(16, b"\0").hex(" ")
    check = f"{zlib.crc32(vin[:11].encode()):08X}"
    ran = _hex(480, 2) + _hex(655, 2) + "".join(_hex(520 - 31 * at, 2) for at in range(14))
    session.ask("0904", {ENGINE: f"49 04 01 {software}"})
    session.ask("0906", {ENGINE: f"49 06 01 {check}"})
    session.ask("0908", {ENGINE: f"49 08 10 {ran}"})
    for cylinder in range(1, 5):
        count = _hex(96 if f"P030{cylinder}" in faults else 0, 2)
        monitor, limits = f"{0xA1 + cylinder:02X}", "00 00 FF FF"
        results = " ".join(f"{monitor} {test} 24 {count} {limits}" for test in ("0B", "0C"))
        session.ask(f"06{monitor}", {ENGINE: f"46 {results}"})


class _Session:
    def __init__(self, started_at: datetime, chance: random.Random) -> None:
        self._now, self._chance = started_at, chance
        self._lines: list[str] = []

    def say(self, request: str, answers: Sequence[str]) -> None:
        self._lines += [f"[{self._stamp()}] >{request}", *answers, ""]
        self._now += timedelta(milliseconds=self._chance.randrange(60, 130))

    def ask(self, request: str, answers: dict[str, str]) -> None:
        """Each ECU's answer cut into CAN frames; the frames of two ECUs come in turns."""
        cut = [_frames(ecu, bytes.fromhex(answer)) for ecu, answer in answers.items()]
        turns = max(len(frames) for frames in cut)
        lines = [frames[turn] for turn in range(turns) for frames in cut if turn < len(frames)]
        self.say(request, lines)

    def text(self) -> bytes:
        return "\r\n".join([*self._lines, ">"]).encode("ascii")

    def _stamp(self) -> str:
        return f"{self._now:%Y-%m-%d %H:%M:%S}.{self._now.microsecond // 1000:03d}"


_ENGLISH = [
    "Time",
    "Engine Coolant Temperature [°C]",
    "Intake Manifold Absolute Pressure [kPa]",
    "Engine RPM [RPM]",
    "Vehicle Speed Sensor [km/h]",
    "Intake Air Temperature [°C]",
    "Air Flow Rate from Mass Flow Sensor [g/s]",
    "Absolute Throttle Position [%]",
]
_GERMAN = [
    "Zeit",
    "Kühlmitteltemperatur [°C]",
    "Saugrohrdruck [kPa]",
    "Motordrehzahl [1/min]",
    "Geschwindigkeit [km/h]",
    "Ansauglufttemperatur [°C]",
    "Luftmasse [g/s]",
    "Drosselklappe absolut [%]",
]


def _in_berlin(moment: datetime) -> datetime:
    """A naive moment is Berlin's wall clock already."""
    return moment.astimezone(_BERLIN) if moment.tzinfo else moment.replace(tzinfo=_BERLIN)


def _warm(coolant: float, speed: float, step_s: float) -> float:
    """About ten minutes to 88 °C, faster on the road, then held by the thermostat."""
    gain = (0.09 + 0.0007 * speed) * step_s
    return min(88.0 + 0.5 * (speed < 5), coolant + gain)


def _moment(
    chance: random.Random, speed: float, pull: float, coolant: float, trim: float, litres: float
) -> Moment:
    gear = next((g for g in _GEARS_KMH_PER_1000 if speed / g < 2.4), _GEARS_KMH_PER_1000[-1])
    cold = max(0.0, (60.0 - coolant) * 6.0)
    idle = 780.0 + cold + chance.gauss(0, 3)
    rpm = max(idle, speed / gear * 1000.0 + chance.gauss(0, 6))
    work = max(0.0, min(1.0, 0.16 + 0.0022 * speed + 0.42 * max(pull, -0.3)))
    manifold = max(24.0, min(_AMBIENT_KPA, 32.0 + 66.0 * (work - 0.16)))
    air = rpm / 120.0 * litres * manifold / (0.287 * 308.0) * 0.82
    return Moment(
        speed=speed,
        rpm=rpm,
        load=work * 100.0,
        coolant=coolant,
        intake=22.0 + 0.1 * coolant - 0.04 * speed + chance.gauss(0, 0.2),
        manifold_kpa=manifold,
        air_gs=air,
        throttle=12.0 + 55.0 * (work - 0.16),
        pedal=14.0 + 60.0 * max(0.0, work - 0.16),
        short_trim=chance.gauss(trim * 0.25, 1.6),
        long_trim=trim + chance.gauss(0, 0.1),
        voltage=14.1 + chance.gauss(0, 0.05),
        advance=10.0 + 14.0 * min(1.0, rpm / 2500.0),
    )


def _row(cells: list[str], *, german: bool) -> str:
    if german:
        return ";".join(cell.replace(".", ",") for cell in cells)
    return ",".join(cells)


def _live(at: Moment) -> list[tuple[str, str]]:
    """What a reader asks for once a second, as J1979 bytes."""
    return [
        ("0103", "41 03 02 00"),
        ("0104", "41 04 " + _byte(at.load * 2.55)),
        ("0105", "41 05 " + _byte(at.coolant + 40)),
        ("0106", "41 06 " + _byte((at.short_trim + 100) * 1.28)),
        ("0107", "41 07 " + _byte((at.long_trim + 100) * 1.28)),
        ("010B", "41 0B " + _byte(at.manifold_kpa)),
        ("010C", "41 0C " + _hex(round(at.rpm * 4), 2)),
        ("010D", "41 0D " + _byte(at.speed)),
        ("010F", "41 0F " + _byte(at.intake + 40)),
        ("0110", "41 10 " + _hex(round(at.air_gs * 100), 2)),
        ("0142", "41 42 " + _hex(round(at.voltage * 1000), 2)),
    ]


def _status(
    stored: Sequence[str], gearbox: Sequence[str], incomplete: Sequence[str]
) -> dict[str, str]:
    """PID 01: lamp and count, then a spark engine's monitors (1 in D means not complete)."""
    supported = sum(_MONITOR_BITS.values())
    missing = sum(_MONITOR_BITS[monitor] for monitor in incomplete)
    lamp = (0x80 if stored else 0) | len(stored)
    return {
        ENGINE: f"41 01 {lamp:02X} 07 {supported:02X} {missing:02X}",
        GEARBOX: f"41 01 {len(gearbox):02X} 04 00 00",
    }


def _codes(answer: int, codes: Sequence[str]) -> str:
    return " ".join([f"{answer:02X} {len(codes):02X}", *(_code_hex(code) for code in codes)])


def _code_hex(code: str) -> str:
    system, first, rest = code[0], code[1], code[2:]
    return _hex("PCBU".index(system) << 14 | int(first) << 12 | int(rest, 16), 2)


def _frames(ecu: str, payload: bytes) -> list[str]:
    if len(payload) <= 7:
        return [f"{ecu} {len(payload):02X} {payload.hex(' ').upper()}"]
    first = bytes([0x10 | len(payload) >> 8, len(payload) & 0xFF]) + payload[:6]
    rest = [payload[at : at + 7] for at in range(6, len(payload), 7)]
    following = [
        f"{ecu} {0x20 | number & 0x0F:02X} {_padded(part)}"
        for number, part in enumerate(rest, start=1)
    ]
    return [f"{ecu} {first.hex(' ').upper()}", *following]


def _byte(value: float) -> str:
    return f"{max(0, min(255, round(value))):02X}"


def _hex(number: int, size: int) -> str:
    return max(0, number).to_bytes(size, "big").hex(" ").upper()


def _padded(part: bytes) -> str:
    return part.ljust(7, b"\xaa").hex(" ").upper()
