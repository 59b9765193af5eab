# ruff: noqa: E501  # a table: one row a line
"""Codes that repeat from cylinder to cylinder, coil to coil, gear to gear."""

from collections.abc import Iterator

WORDS = """
intake_shutoff | Zylinderabschaltung/Einlassventil Zylinder {0} | Cylinder {0} deactivation/intake valve control
exhaust_shutoff | Auslassventilabschaltung Zylinder {0} | Cylinder {0} exhaust valve control
cylinder_shutoff | Zylinderabschaltung, Bank {0} | Cylinder deactivation, bank {0}
"""

_COILS = "ABCDEFGHIJKL"
# First code of each cylinder where numbers leave gaps.
_TIMING = [*range(0x20A, 0x210), *range(0x21A, 0x220)]
_GLOW_LEVELS = (0x66A, 0x66C, 0x66E, 0x67A, 0x67C, 0x67E, 0x68C, 0x68E, 0x69A, 0x69C)


def runs() -> Iterator[str]:
    """Lines of the same kind as in the tables."""
    for at in range(12):
        yield from _runs_of_cylinder(at, at + 1)
    for at, first in enumerate(_GLOW_LEVELS):
        yield f"P{first:04X} glow_plug:{at + 1} drive_low drive_high"
    for gear in range(1, 6):
        yield f"P073{gear} gear:{gear} wrong_ratio"
    yield "P3400 cylinder_shutoff:1 fault"
    yield "P3497 cylinder_shutoff:2 fault"


def _runs_of_cylinder(at: int, cylinder: int) -> Iterator[str]:
    yield f"P{201 + at:04d} injector:{cylinder} circuit_open"
    yield f"P{_TIMING[at]:04X} injection_timing_cylinder:{cylinder} fault"
    yield f"P{261 + 3 * at:04d} injector:{cylinder} low high"
    yield f"P{263 + 3 * at:04d} cylinder:{cylinder} contribution"
    yield f"P{301 + at:04d} cylinder:{cylinder} misfire"
    yield f"P{351 + at:04d} ignition_coil:{_COILS[at]} coil_circuit"
    yield f"P{671 + at:04d} glow_plug:{cylinder} circuit_open"
    yield f"P{2300 + 3 * at} ignition_coil:{_COILS[at]} primary_low primary_high secondary"
    yield f"P{2336 + at} cylinder:{cylinder} knocking"
    yield f"P{3401 + 8 * at} intake_shutoff:{cylinder} drive_open performance drive_low drive_high"
    yield f"P{3405 + 8 * at} exhaust_shutoff:{cylinder} drive_open performance drive_low drive_high"
