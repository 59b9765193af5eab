"""Service 09: who an ECU is, how often its monitors ran, and what the car has consumed."""

from typing import NamedTuple

from portal.diagnostics.obd.j1979 import texts_of, vin_of
from portal.diagnostics.obd.pids import supported_pids
from portal.diagnostics.obd.recording import EcuIdentity, InUseRatio

VIN, CALIBRATION_ID, CALIBRATION_CHECK = 0x02, 0x04, 0x06
SPARK_RATIOS, ECU_NAME, DIESEL_RATIOS, CONSUMPTION = 0x08, 0x0A, 0x0B, 0x17
# Pairs of counters in the order of SAE J1979, behind the two common ones.
_SPARK = (
    "catalyst_bank_1", "catalyst_bank_2", "oxygen_sensor_bank_1", "oxygen_sensor_bank_2",
    "egr_vvt", "secondary_air", "evaporative_system", "secondary_oxygen_sensor_bank_1",
    "secondary_oxygen_sensor_bank_2", "air_fuel_ratio_bank_1", "air_fuel_ratio_bank_2",
    "particulate_filter_bank_1", "particulate_filter_bank_2",
)  # fmt: skip
_DIESEL = (
    "nmhc_catalyst", "nox_scr", "nox_adsorber", "particulate_filter", "exhaust_gas_sensor",
    "egr_vvt", "boost_pressure", "fuel_system",
)  # fmt: skip
_LITRES, _KILOMETRES = 0.01, 0.1
_PLAUSIBLE_L_PER_100_KM = (0.3, 80.0)


class Ratios(NamedTuple):
    monitoring_conditions: int | None
    ignition_cycles: int | None
    monitors: list[InUseRatio]


def identify(ecu: str, told: dict[int, bytes], supported: dict[str, list[str]]) -> EcuIdentity:
    """Everything that an ECU said about itself; `told` holds the data by information type."""
    names = texts_of(told.get(ECU_NAME, b""), 20)
    checks = told.get(CALIBRATION_CHECK, b"")
    ratios = in_use_ratios(told)
    counted = told.get(CONSUMPTION, b"")
    return EcuIdentity(
        ecu,
        names[0] if names else None,
        texts_of(told.get(CALIBRATION_ID, b""), 16),
        [checks[at : at + 4].hex().upper() for at in range(0, len(checks) - 3, 4)],
        vin_of(told.get(VIN, b"")),
        ratios.monitors,
        ratios.ignition_cycles,
        ratios.monitoring_conditions,
        consumption(counted),
        supported,
        counted.hex().upper() or None,
    )


def in_use_ratios(told: dict[int, bytes]) -> Ratios:
    """Counters of two bytes: conditions met, ignition cycles, then completions and conditions."""
    kind = SPARK_RATIOS if SPARK_RATIOS in told else DIESEL_RATIOS
    names = _SPARK if kind == SPARK_RATIOS else _DIESEL
    data = told.get(kind, b"")
    counts = [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data) - 1, 2)]
    if len(counts) < 2:
        return Ratios(None, None, [])
    pairs = zip(names, counts[2::2], counts[3::2], strict=False)
    return Ratios(counts[0], counts[1], [InUseRatio(*pair) for pair in pairs])


def consumption(data: bytes) -> dict[str, float]:
    """The counters that (EU) 2018/1832 asks of cars since 2021, in kilometres and litres.

    The regulation names the counters and their steps (0.1 km, 0.01 l), not the bytes: four numbers
    of 32 bits, recent before lifetime, are taken only if they make a possible consumption.
    """
    if len(data) != 16:
        return {}
    recent_km, km, recent_l, litres = (
        int.from_bytes(data[at : at + 4], "big") for at in range(0, 16, 4)
    )
    low, high = _PLAUSIBLE_L_PER_100_KM
    driven, burnt = km * _KILOMETRES, litres * _LITRES
    if not driven or not low <= burnt / driven * 100 <= high or recent_km > km or recent_l > litres:
        return {}
    return {
        "distance_recent_km": round(recent_km * _KILOMETRES, 1),
        "distance_lifetime_km": round(driven, 1),
        "fuel_recent_l": round(recent_l * _LITRES, 2),
        "fuel_lifetime_l": round(burnt, 2),
    }


def supported_types(bitmaps: dict[int, bytes]) -> list[str]:
    """Two hex digits each, out of the bitmaps 00, 20, 40 …; the bitmaps themselves left out."""
    found = {one for at, data in bitmaps.items() for one in supported_pids(at, data)}
    return [f"{one:02X}" for one in sorted(found) if one % 0x20]
