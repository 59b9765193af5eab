"""Reads a binary CAN log in a process of its own: BLF by python-can, MF4 by asammdf.

Both are large (a second and 100 MB to import) and were not written for hostile files: the child
has little processor time and memory, and takes both with it when it ends. Bytes in on standard
input; out come four arrays (times in seconds, identifiers, lengths, data of 64 bytes a frame).
"""

import io
import resource
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from asammdf import MDF
from can.io.blf import BLFReader
from numpy.typing import NDArray

MOST_FRAMES = 6_000_000
WIDTH = 64
MEMORY = 3 << 30
_FRAME = np.dtype([("t", "<f8"), ("id", "<u4"), ("n", "u1"), ("d", "u1", WIDTH)])
_CHUNK = 65536


class Frames(NamedTuple):
    """`cut` says that the file broke off behind these frames."""

    times: NDArray[np.float64]
    ids: NDArray[np.uint32]
    lengths: NDArray[np.uint8]
    data: NDArray[np.uint8]
    cut: bool


def frames_of(log: bytes) -> Frames:
    """Raises whatever the libraries raise where not a single frame can be read."""
    return _from_mdf(log) if log.startswith(b"MDF") else _from_blf(log)


def packed(frames: Frames) -> bytes:
    out = io.BytesIO()
    for part in (*frames[:4], np.asarray([frames.cut])):
        np.save(out, part, allow_pickle=False)
    return out.getvalue()


def main() -> None:  # pragma: no cover  # runs in the child
    log = sys.stdin.buffer.read()
    seconds = 3 + len(log) // 250_000
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.stdout.buffer.write(packed(frames_of(log)))


def _from_blf(log: bytes) -> Frames:
    blocks: list[NDArray[np.void]] = []
    cut = False
    rows: list[tuple[float, int, int, bytes]] = []
    try:
        for row in _blf_rows(log):
            rows.append(row)
            if len(rows) >= _CHUNK:
                blocks.append(_block(rows))
                rows.clear()
                if len(blocks) * _CHUNK >= MOST_FRAMES:
                    cut = True
                    break
    except Exception:  # what was read before the damage counts
        if not rows and not blocks:
            raise
        cut = True
    blocks.append(_block(rows))
    whole = np.concatenate(blocks)
    return Frames(whole["t"], whole["id"], whole["n"], whole["d"], cut)


def _blf_rows(log: bytes) -> Iterator[tuple[float, int, int, bytes]]:
    for message in BLFReader(io.BytesIO(log)):
        if not message.is_error_frame and not message.is_remote_frame:
            data = bytes(message.data[:WIDTH])
            yield message.timestamp, message.arbitration_id, len(data), data


def _block(rows: list[tuple[float, int, int, bytes]]) -> NDArray[np.void]:
    block = np.zeros(len(rows), dtype=_FRAME)
    block["t"] = [row[0] for row in rows]
    block["id"] = [row[1] for row in rows]
    block["n"] = [row[2] for row in rows]
    joined = b"".join(row[3].ljust(WIDTH, b"\0") for row in rows)
    block["d"] = np.frombuffer(joined, dtype=np.uint8).reshape(-1, WIDTH)
    return block


def _from_mdf(log: bytes) -> Frames:
    opened: Any = MDF(io.BytesIO(log))
    with opened as mdf:
        begin = mdf.header.start_time.timestamp()
        groups = [
            _mdf_group(mdf, at, begin)
            for at, group in enumerate(mdf.groups)
            if any(channel.name == "CAN_DataFrame.ID" for channel in group.channels)
        ]
    filled = [group for group in groups if len(group.times)]
    if not filled:
        raise ValueError("no CAN frames")
    times = np.concatenate([group.times for group in filled])
    order = np.argsort(times, kind="stable")[:MOST_FRAMES]
    return Frames(
        times[order],
        np.concatenate([group.ids for group in filled])[order],
        np.concatenate([group.lengths for group in filled])[order],
        np.concatenate([group.data for group in filled])[order],
        cut=len(times) > MOST_FRAMES,
    )


def _mdf_group(mdf: Any, at: int, begin: float) -> Frames:
    def get(name: str) -> NDArray[Any]:
        samples: NDArray[Any] = mdf.get(f"CAN_DataFrame.{name}", group=at, raw=True).samples
        return samples

    times = mdf.get("CAN_DataFrame.ID", group=at, raw=True).timestamps + begin
    found = get("DataBytes").reshape(len(times), -1)[:, :WIDTH]
    data = np.zeros((len(times), WIDTH), dtype=np.uint8)
    data[:, : found.shape[1]] = found
    lengths = np.minimum(get("DataLength"), found.shape[1]).astype(np.uint8)
    ids = (get("ID").astype(np.uint32) & np.uint32(0x1FFFFFFF)).astype(np.uint32)
    return Frames(times, ids, lengths, data, cut=False)


if __name__ == "__main__":  # pragma: no cover  # runs in the child
    main()
