"""Recordings that come packed: one file in a gzip or ZIP, unpacked within limits. Pure.

A few kilobytes can unpack to terabytes, so nothing is unpacked further than a recording may be
long, and a packed file inside a packed file stays as it is.
"""

import zlib
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile, ZipInfo

from portal.diagnostics.obd.not_a_recording import NotARecording

MOST_BYTES = 64 * 1024 * 1024
MOST_ENTRIES = 200
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_CHUNK = 1 << 20


def unpacked(data: bytes, name: str) -> tuple[bytes, str]:
    """The recording and its own name; what is not packed comes back as it is.

    Raises `NotARecording` with `packed_too_large`, `packed_several`, `packed_locked`, `unreadable`,
    and `zip` for what is an office file.
    """
    if data.startswith(_GZIP):
        return _from_gzip(data), PurePath(name).stem if name.lower().endswith(".gz") else name
    if data.startswith(_ZIP):
        return _from_zip(data)
    return data, name


def _from_gzip(data: bytes) -> bytes:
    """All members, one after the other, as `gzip` itself reads them."""
    found, rest = bytearray(), data
    try:
        while rest.startswith(_GZIP):
            machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
            found += machine.decompress(rest, MOST_BYTES + 1 - len(found))
            if len(found) > MOST_BYTES:
                raise NotARecording("packed_too_large")
            if not machine.eof:
                raise NotARecording("unreadable")
            rest = machine.unused_data
    except zlib.error as error:
        raise NotARecording("unreadable") from error
    return bytes(found)


def _from_zip(data: bytes) -> tuple[bytes, str]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entry = _only_entry(archive)
            if entry.file_size > MOST_BYTES:
                raise NotARecording("packed_too_large")
            return _read(archive, entry), PurePath(entry.filename).name
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise NotARecording("unreadable") from error
    except RuntimeError as error:  # how the standard library says that a password is needed
        raise NotARecording("packed_locked") from error


def _only_entry(archive: ZipFile) -> ZipInfo:
    entries = archive.infolist()
    names = {entry.filename for entry in entries[:MOST_ENTRIES]}
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise NotARecording("zip")
    files = [
        entry
        for entry in entries[:MOST_ENTRIES]
        if not entry.is_dir()
        and not entry.filename.startswith("__MACOSX/")
        and not PurePath(entry.filename).name.startswith(".")
    ]
    if len(files) != 1 or len(entries) > MOST_ENTRIES:
        raise NotARecording("packed_several")
    return files[0]


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    """What the archive says about sizes may be a lie: count while reading."""
    found = bytearray()
    with archive.open(entry) as packed:
        while chunk := packed.read(_CHUNK):
            found += chunk
            if len(found) > MOST_BYTES:
                raise NotARecording("packed_too_large")
    return bytes(found)
