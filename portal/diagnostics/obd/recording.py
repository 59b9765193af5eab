"""What a decoded recording says. The JSON of `Recording` is the contract of `carbot obd decode`."""

from datetime import datetime
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Provenance = Literal["measured", "held", "calculated"]
TimeKnown = Literal["absolute", "relative", "none"]
CodeStatus = Literal["stored", "pending", "permanent", "intermittent"]
CodesRead = Literal["complete", "partial", "none"]
UNKNOWN_ECU = "unknown"


class Trace(NamedTuple):
    """The change points of one signal: seconds since the start, values in the signal's unit.

    A value holds until the next time. `value == raw * factor + offset`, where `raw` is what the
    recording printed; packing needs it to stay lossless.
    """

    times: Floats
    values: Floats
    factor: float = 1.0
    offset: float = 0.0


class QuarantinedRow(msgspec.Struct, frozen=True):
    """A row (from 1) that was left out, and a stable code that says why."""

    line: int
    reason: str


class Signal(msgspec.Struct, frozen=True):
    key: str
    pid: str | None
    source_name: str
    unit: str
    provenance: Provenance
    rows: int
    changes: int
    min: float
    max: float
    mean: float
    first: float
    last: float
    source_unit: str = ""
    ecu: str | None = None


class Gap(msgspec.Struct, frozen=True):
    from_s: float
    to_s: float


class TroubleCode(msgspec.Struct, frozen=True, omit_defaults=True):
    """One code of one ECU; `ecu` is the responder (`7E8`, `18DAF110`) or the address (`01`).

    `maker_code`: the maker's own number (`17480`). `failure_type`: the third byte of a UDS code as
    two hex digits (ISO 15031-6: `13` is an open circuit), or VW's three digits. `status_byte`: as
    UDS gave it, and `flags` the names of its bits. `printed`: the words of the tester's program.
    """

    code: str
    status: CodeStatus
    ecu: str
    origin: Literal["iso", "manufacturer"]
    text: str
    maker_code: str | None = None
    failure_type: str | None = None
    status_byte: str | None = None
    flags: list[str] = []
    printed: str | None = None


class FreezeFrame(msgspec.Struct, frozen=True):
    ecu: str
    frame: int
    code: str | None
    values: dict[str, float]


class Readiness(msgspec.Struct, frozen=True):
    ecu: str
    monitor: str
    supported: bool
    complete: bool


class WarningLamp(msgspec.Struct, frozen=True):
    """What an ECU says about its own warning lamp and its number of stored codes."""

    ecu: str
    on: bool
    stored_codes: int


class NegativeResponse(msgspec.Struct, frozen=True):
    ecu: str
    service: str
    code: str


class ServiceRead(msgspec.Struct, frozen=True):
    """Which ECUs answered a service; `silent` ones are known but did not answer (completely).

    `refused`: those of the silent ones that said no; `cut`: those whose answer broke off. A
    tester's list of modules counts as service 03.
    """

    service: str
    asked: bool
    ecus: list[str]
    silent: list[str]
    refused: list[str] = []
    cut: list[str] = []


class InUseRatio(msgspec.Struct, frozen=True):
    """How often a monitor ran (`completions`) of the times it should have (`opportunities`)."""

    monitor: str
    completions: int
    opportunities: int


class EcuIdentity(msgspec.Struct, frozen=True):
    """`supported`: what the ECU says it can answer, two hex digits by service (`01`: `04`, `05`…).

    `consumption`: the counters of EU vehicles (service 09, 17), by key; empty if not understood,
    while `consumption_bytes` keeps them as hex digits.
    """

    ecu: str
    name: str | None
    calibration_ids: list[str]
    calibration_checks: list[str]
    vin: str | None = None
    in_use: list[InUseRatio] = []
    ignition_cycles: int | None = None
    monitoring_conditions: int | None = None
    consumption: dict[str, float] = {}
    supported: dict[str, list[str]] = {}
    consumption_bytes: str | None = None


class MonitorResult(msgspec.Struct, frozen=True):
    """One test of service 06 with its limits. `monitor` and `test` are two hex digits (A2, 0B).

    `key` names what was tested (`misfire_cylinder_1`), the hex digits if the standard does not.
    """

    ecu: str
    monitor: str
    test: str
    key: str
    unit: str
    value: float
    min: float
    max: float
    passed: bool


class Module(msgspec.Struct, frozen=True):
    """One control unit of a tester's list. `faults` is None where it was not read.

    `is_ok` is None where the list gives no state; `state` is what the program printed.
    """

    address: str
    name: str
    state: str
    is_ok: bool | None
    faults: int | None
    part_number: str | None = None
    hardware_number: str | None = None
    component: str | None = None
    coding: str | None = None


class Finding(msgspec.Struct, frozen=True):
    rule: str
    state: Literal["ok", "borderline", "abnormal", "not_assessable", "pid_missing"]
    confidence: float
    text: str
    evidence: dict[str, Any]
    next_step: str


class Recording(msgspec.Struct, dict=True):
    """Fields up to `findings` are the contract; those below say how complete the reading is.

    `codes_read` is `complete` only if every ECU that showed itself told its stored codes (service
    03, or 19 of UDS): without that nobody may say "no faults". `traces` stay out of the JSON.
    `readiness` is since the codes were cleared, `readiness_this_drive` since the engine started.
    """

    format: str
    encoding: str
    newline: str
    vin: str | None
    odometer_km: float | None
    started_at: datetime | None
    time_known: TimeKnown
    duration_s: float
    rows: int
    quarantined: list[QuarantinedRow]
    signals: list[Signal]
    gaps: list[Gap]
    trouble_codes: list[TroubleCode]
    freeze_frames: list[FreezeFrame]
    readiness: list[Readiness]
    negative_responses: list[NegativeResponse]
    findings: list[Finding]
    partial: bool = False
    quarantined_count: int = 0
    codes_read: CodesRead = "none"
    services_read: list[ServiceRead] = []
    warning_lamps: list[WarningLamp] = []
    ecus: list[EcuIdentity] = []
    removed_for_privacy: list[str] = []
    monitor_results: list[MonitorResult] = []
    readiness_this_drive: list[Readiness] = []
    modules: list[Module] = []
    recorded_with: str | None = None

    @property
    def traces(self) -> dict[str, Trace]:
        """Change points by signal key (`engine_rpm`, or `engine_rpm@7E9` for a second ECU)."""
        found: dict[str, Trace] = self.__dict__.get("traces_by_key", {})
        return found

    def keep_traces(self, traces: dict[str, Trace]) -> None:
        self.__dict__["traces_by_key"] = traces
