"""Bytes to text: byte order marks, UTF-16, UTF-8, else the Windows code page; one line ending."""

import re
from typing import NamedTuple

from portal.diagnostics.obd.not_a_recording import NotARecording, looks_like

MAX_BYTES = 64 * 1024 * 1024
_SAMPLE = 65536
_CONTROL = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"
_ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")
_MOJIBAKE = re.compile("[ÂÃâÎÐ]")


class Text(NamedTuple):
    """UTF-8 bytes with bare line feeds, and how the file had written them."""

    data: bytes
    encoding: str
    newline: str


def read_text(data: bytes) -> Text:
    """Raises NotARecording for empty, oversized and binary files."""
    if len(data) > MAX_BYTES:
        raise NotARecording("too_large")
    if kind := looks_like(data):
        raise NotARecording(kind)
    utf8, encoding = _as_utf8(data)
    if not utf8.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotARecording("empty")
    _refuse_binary(utf8)
    bare = utf8.replace(b"\x00", b"") if b"\x00" in utf8 else utf8  # no database keeps them
    return Text(_with_line_feeds(bare), encoding, _newline(utf8))


def repair(cell: str) -> str:
    """`Â°C` back to `°C`: UTF-8 that somebody once read as cp1252."""
    if not _MOJIBAKE.search(cell):
        return cell
    try:
        return cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return cell.replace("Â°", "°")


def _as_utf8(data: bytes) -> tuple[bytes, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _from_utf16(data, "utf-16")
    if guess := _utf16_without_mark(data):
        return _from_utf16(data, guess)
    if data.startswith(b"\xef\xbb\xbf") and _is_utf8(data):
        return data[3:], "utf-8-sig"
    if _is_utf8(data):
        return data, "utf-8"
    return data.decode("cp1252", errors="replace").encode(), _western(data)


def _western(data: bytes) -> str:
    """The two code pages differ in 80 to 9F alone: without those, Windows' line ends tell."""
    return "cp1252" if _ONLY_WINDOWS.search(data) or b"\r\n" in data else "iso-8859-1"


def _from_utf16(data: bytes, codec: str) -> tuple[bytes, str]:
    text = data.decode(codec, errors="replace")
    if text.count("\ufffd") > len(text) // 100 + 1 or _exotic(text):
        raise NotARecording("binary")
    return text.encode(errors="replace"), codec


def _exotic(text: str) -> bool:
    """Random pairs of bytes land in scripts that no recording program writes."""
    sample = text[:4096]
    return sum(ord(char) > 0x24FF for char in sample) > len(sample) // 3


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 8:
        return None
    for codec, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.7 * len(zeros) and sample.count(0) < 0.6 * len(sample):
            return codec
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off in the middle of a character is still UTF-8.
        return error.end == len(data) and error.start >= len(data) - 3 and error.start > 0
    return True


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    odd = len(sample) - len(sample.translate(None, _CONTROL))
    if sample.count(0) > 8 or odd > len(sample) // 50 + 2:
        raise NotARecording("binary")


def _newline(data: bytes) -> str:
    both = data.count(b"\r\n")
    feeds, returns = data.count(b"\n") - both, data.count(b"\r") - both
    kinds = [name for name, n in (("CRLF", both), ("LF", feeds), ("CR", returns)) if n]
    return kinds[0] if len(kinds) == 1 else "mixed" if kinds else "none"


def _with_line_feeds(data: bytes) -> bytes:
    if b"\r" not in data:
        return data
    return data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
