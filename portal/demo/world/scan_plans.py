# ruff: noqa: E501  # a table: one row a line
"""Which recordings the mechanics uploaded lately, and what they show."""

from typing import Literal, NamedTuple

Kind = Literal["adapter", "torque", "auto_doctor"]


class ScanPlan(NamedTuple):
    """`days` working days ago at `clock`. `torn`: a part of the answer was lost on the way.

    `cleared_km`: so far the car went since its codes were cleared; `reported`: its owner was
    given a report.
    """

    plate: str
    kind: Kind
    days: int
    clock: str
    stored: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    permanent: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    duration_s: float = 0.0
    lean: bool = False
    torn: bool = False
    warm: bool = False
    cleared_km: int | None = None
    reported: bool = False


SCANS: dict[str, tuple[ScanPlan, ...]] = {
    "kfz-brandt": (
        ScanPlan("B-MS 6612", "auto_doctor", 13, "15:05", duration_s=420),
        ScanPlan("B-ME 1887", "torque", 10, "10:20", duration_s=900),
        ScanPlan("B-AP 4417", "adapter", 46, "10:35", ("P0302",), ("P0300",), duration_s=120, warm=True),
        ScanPlan("B-AP 4417", "adapter", 44, "15:10", incomplete=("catalyst", "oxygen_sensor"), duration_s=120, warm=True, cleared_km=9),
        ScanPlan("B-LN 9090", "adapter", 8, "08:40", duration_s=240, warm=True, cleared_km=8120, reported=True),
        ScanPlan("B-MT 8808", "adapter", 6, "11:15", ("P0401",), ("P0401",), incomplete=("egr_vvt",), duration_s=60),
        ScanPlan("B-FR 5521", "torque", 3, "09:10", duration_s=720, lean=True),
        ScanPlan("B-FR 5521", "adapter", 3, "09:45", ("P0171",), ("P0171",), duration_s=240, lean=True, warm=True, reported=True),
        ScanPlan("B-FR 5521", "adapter", 1, "08:20", incomplete=("catalyst",), duration_s=240, warm=True, cleared_km=46),
        ScanPlan("B-IR 5577", "adapter", 2, "13:30", ("P0133", "P0135", "P0420", "P0442"), torn=True),
        ScanPlan("B-AP 4417", "adapter", 1, "16:20", ("P0302",), ("P0300",), ("P0302",), ("catalyst",), 120, warm=True, cleared_km=1290),
    ),
    "autodienst-yilmaz": (
        ScanPlan("K-KO 1957", "auto_doctor", 12, "14:40", duration_s=360),
        ScanPlan("K-GN 606", "torque", 9, "11:05", duration_s=840),
        ScanPlan("K-MW 1848", "adapter", 8, "08:30", ("P0302",), ("P0300",), duration_s=120, warm=True, reported=True),
        ScanPlan("K-TF 640", "adapter", 6, "15:50", ("P0401",), incomplete=("egr_vvt",), duration_s=60),
        ScanPlan("K-MW 1848", "adapter", 5, "16:45", incomplete=("catalyst", "oxygen_sensor"), duration_s=120, warm=True, cleared_km=22),
        ScanPlan("K-EL 3118", "adapter", 4, "10:12", ("P0171",), ("P0171",), duration_s=240, lean=True, warm=True),
        ScanPlan("K-AS 37", "adapter", 2, "09:25", ("P0133", "P0135", "P0420", "P0442"), torn=True),
        ScanPlan("K-SM 2291", "adapter", 1, "12:05", duration_s=60),
    ),
}  # fmt: skip
