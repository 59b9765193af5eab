"""What a rule may look at: the recording, its drive, and what the workshop knows about the car."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from portal.diagnostics.obd.recording import Recording
from portal.diagnostics.rules.drive import Drive, Mask
from portal.diagnostics.rules.verdicts import Limits

Calibration = tuple[tuple[str, ...], tuple[str, ...]]
"""Calibration ids and their check numbers (CVN) of one control unit."""


class Visit(NamedTuple):
    """An earlier scan of the same car; `codes` are those that were stored, pending, permanent or
    intermittent, `shown_by` the control units that told each, `read` those that told all of theirs.

    A missing code was gone only if those who told it were read: `recurrence.was_read`.
    """

    at: datetime
    codes: frozenset[str] = frozenset()
    codes_complete: bool = False
    odometer_km: float | None = None
    calibrations: Mapping[str, Calibration] = MappingProxyType({})
    scan_id: UUID | None = None
    shown_by: Mapping[str, frozenset[str]] = MappingProxyType({})
    read: frozenset[str] = frozenset()


class Background(NamedTuple):
    """What is known beside the recording; `visits` oldest first, `odometer_km` as typed today."""

    visits: Sequence[Visit] = ()
    displacement_l: float | None = None
    first_registration: date | None = None
    odometer_km: float | None = None


class Case(NamedTuple):
    drive: Drive
    background: Background
    limits: Limits

    @property
    def recording(self) -> Recording:
        return self.drive.recording

    def confidence(
        self, keys: tuple[str, ...], mask: Mask, *, need_s: float, hertz: float
    ) -> float:
        """The least of: seconds seen (twice the need is plenty), readings a second, provenance."""
        coverage = self.drive.seconds(mask) / (2 * need_s)
        adequacy = min(self.drive.hertz(key) for key in keys) / hertz
        return min(1.0, coverage, adequacy, self.drive.provenance(keys, mask))
