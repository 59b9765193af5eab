"""Rule 34: whether the recording itself can be trusted."""

import numpy as np

from portal.diagnostics.obd.change_points import GAP_S
from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.drive import Drive, Stretch
from portal.diagnostics.rules.temperature import SPEED
from portal.diagnostics.rules.verdicts import Answer, Limits, Value, above, unknown

FROZEN_S, ENOUGH_SIGNALS = 10.0, 3
LOST = Limits(0, 0.1)
BROKEN = Limits(0.01, 0.2)


def recording_quality(case: Case) -> Answer:
    """34: gaps above 5 s (a tenth of the time is abnormal), frozen values, lost rows."""
    drive, recording = case.drive, case.recording
    if not len(drive.times):
        return unknown("no_drive")
    if frozen := _frozen(drive):
        seconds = (frozen[1] - frozen[0]) * drive.step
        window = drive.between(frozen)
        return Answer("abnormal", {"frozen": seconds}, window, (SPEED,), reason="frozen")
    gaps = [gap for gap in recording.gaps if gap.to_s - gap.from_s > GAP_S]
    if gaps:
        longest = max(gaps, key=lambda gap: gap.to_s - gap.from_s)
        lost = sum(gap.to_s - gap.from_s for gap in gaps) / max(drive.span, drive.step)
        seconds = longest.to_s - longest.from_s
        values: dict[str, Value] = {"gaps": len(gaps), "longest": seconds, "share": lost}
        return Answer(above(lost, LOST), values, (longest.from_s, longest.to_s))
    share = recording.quarantined_count / max(recording.rows, 1)
    broken: dict[str, Value] = {"broken": recording.quarantined_count, "rows": recording.rows}
    return Answer(above(share, BROKEN), broken, reason="broken_rows")


def _frozen(drive: Drive) -> Stretch | None:
    """The longest time above 10 s in which a driving car changes no value at all."""
    keys = drive.keys_like("")
    if not drive.has(SPEED) or len(keys) < ENOUGH_SIGNALS:
        return None
    changes = np.unique(np.concatenate([drive.changes(key) for key in keys]))
    edges = np.concatenate((changes, drive.times[-1:]))
    at = np.searchsorted(drive.times, edges)
    driven = np.concatenate(([0], np.cumsum(drive.values(SPEED) > 0)))
    begins, ends = at[:-1], at[1:]
    whole = (np.diff(edges) > FROZEN_S) & (driven[ends] - driven[begins] == ends - begins)
    if not whole.any():
        return None
    longest = int(np.argmax(np.where(whole, ends - begins, -1)))
    return int(begins[longest]), int(ends[longest])
