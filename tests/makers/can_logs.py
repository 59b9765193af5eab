"""One drive on the bus, written as every kind of CAN log that we read."""

import base64
import io

import can
from can.io.blf import BLFWriter
from can.io.mf4 import MF4Writer

BEGIN = 1_700_000_000.0
VIN = "WVWZZZ1KZ6W000001"
# (milliseconds, identifier, bytes); 280 is other traffic, 7E0 30 … the tester's flow control.
FRAMES = [
    (0, 0x7DF, "02 09 02 00 00 00 00 00"),
    (10, 0x7E8, "10 14 49 02 01 57 56 57"),
    (11, 0x280, "01 0D 00 00 00 00 00 00"),
    (13, 0x7E0, "30 00 00 00 00 00 00 00"),
    (16, 0x7E8, "21 5A 5A 5A 31 4B 5A 36"),
    (19, 0x7E8, "22 57 30 30 30 30 30 31"),
    (40, 0x7DF, "01 03 00 00 00 00 00 00"),
    (50, 0x7E8, "04 43 01 01 71 AA AA AA"),
    (52, 0x7E9, "02 43 00 AA AA AA AA AA"),
    (90, 0x7DF, "02 01 0C 00 00 00 00 00"),
    (100, 0x7E8, "04 41 0C 0E 5E AA AA AA"),
    (190, 0x7DF, "02 01 0C 00 00 00 00 00"),
    (200, 0x7E8, "04 41 0C 0F A0 AA AA AA"),
    (290, 0x7DF, "02 01 0C 00 00 00 00 00"),
    (300, 0x7E8, "04 41 0C 0E 5E AA AA AA"),
]
EXTENDED = [
    (0, 0x18DB33F1, "02 01 0D 00 00 00 00 00"),
    (10, 0x18DAF110, "03 41 0D 32 AA AA AA AA"),
    (20, 0x18DA10F1, "01 03 00 00 00 00 00 00"),
    (30, 0x18DAF110, "02 43 00 AA AA AA AA AA"),
]


def candump(frames=FRAMES):
    return "".join(
        f"({BEGIN + at / 1000:.6f}) can0 {name(one)}#{data.replace(' ', '')} R\n"
        for at, one, data in frames
    ).encode()


def candump_screen(frames=FRAMES):
    return "".join(
        f" ({at / 1000:010.6f})  can0  {name(one)}   [{len(data.split())}]  {data}\n"
        for at, one, data in frames
    ).encode()


def asc(frames=FRAMES, *, decimal=False, date="Sat Sep 30 15:06:13.191 2017", relative=False):
    base = "dec" if decimal else "hex"
    lines = [f"date {date}", f"base {base}  timestamps {'relative' if relative else 'absolute'}",
             "no internal events logged", "// version 9.0.0", f"Begin Triggerblock {date}",
             "   0.000000 Start of measurement"]  # fmt: skip
    before = 0
    for at, one, data in frames:
        moment, before = (at - before if relative else at) / 1000, at
        told = [str(int(byte, 16)) if decimal else byte for byte in data.split()]
        long = "x" if one > 0x7FF else ""
        shown = f"{one}{long}" if decimal else f"{one:X}{long}"
        lines.append(f"   {moment:.6f} 1  {shown:<15} Rx   d {len(told)} {' '.join(told)}")
    lines += [
        "   0.400000 1  ErrorFrame",
        "   0.400001 1  7DF             Rx   r",
        "End TriggerBlock",
    ]
    return "\n".join(lines).encode()


def asc_fd(frames=FRAMES):
    lines = ["date Son Mär 5 10:00:00 am 2023", "base hex  timestamps absolute"]
    lines += [
        f"   {at / 1000:.6f} CANFD   1 Rx        {one:X}  1 0 8 {len(data.split())} {data} 130000 130 0"
        for at, one, data in frames
    ]
    return "\n".join(lines).encode()


def trc(frames=FRAMES, version="2.1"):
    head = [f";$FILEVERSION={version}", ";$STARTTIME=45244.92590277778",
            ";$COLUMNS=N,O,T,B,I,d,R,L,D", ";---+-- ------+------ +- +- --+----- +- +- +--- +-"]  # fmt: skip
    if version == "1.0":
        head = [";---+-- ------+------ --+--- + -- -- -- -- -- -- -- --"]
    rows = []
    for count, (at, one, data) in enumerate(frames, 1):
        size, id_ = len(data.split()), f"{one:08X}" if one > 0x7FF else f"{one:04X}"
        rows.append({
            "1.0": f"{count:6d}) {at:10d} {id_} {size} {data}",
            "1.1": f"{count:6d}) {at:10.1f}  Rx   {id_}  {size}  {data} ",
            "1.2": f"{count:6d}) {at:10.3f} 1  Rx   {id_}  {size}  {data} ",
            "1.3": f"{count:6d}) {at:10.3f} 1  Rx   {id_} -  {size}    {data} ",
            "2.0": f"{count:7d} {at:13.3f} DT     {id_} Rx {size}  {data} ",
            "2.1": f"{count:7d} {at:13.3f} DT 1     {id_} Rx -  {size}    {data} ",
        }[version])  # fmt: skip
    return "\n".join([*head, *rows]).encode()


def can_csv(frames=FRAMES):
    lines = ["timestamp,arbitration_id,extended,remote,error,dlc,data"]
    lines += [
        f"{BEGIN + at / 1000},0x{one:x},{int(one > 0x7FF)},0,0,{len(data.split())},"
        + base64.b64encode(bytes.fromhex(data)).decode()
        for at, one, data in frames
    ]
    lines += [f"{BEGIN},0x7df,0,1,0,0,"]
    return "\r\n".join(lines).encode()


def gvret(frames=FRAMES):
    lines = ["Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8,"]
    lines += [
        f"{at * 1000},{one:08X},{'true' if one > 0x7FF else 'false'},Rx,0,8,{data.replace(' ', ',')},"
        for at, one, data in frames
    ]
    return "\n".join(lines).encode()


def blf(frames=FRAMES):
    return written(BLFWriter, frames)


def mf4(frames=FRAMES):
    return written(MF4Writer, frames)


def written(writer, frames):
    """What python-can's own writers make of the frames, with one error and one remote frame."""
    out = Kept()
    log = writer(out)
    for at, one, data in frames:
        log.on_message_received(message(at, one, bytes.fromhex(data)))
    if writer is BLFWriter:
        log.on_message_received(can.Message(timestamp=BEGIN + 1, is_error_frame=True))
        log.on_message_received(
            can.Message(timestamp=BEGIN + 1, arbitration_id=0x7DF, is_remote_frame=True)
        )
    log.stop()
    return out.whole


def message(at, one, data):
    return can.Message(timestamp=BEGIN + at / 1000, arbitration_id=one, data=data, is_extended_id=one > 0x7FF,
                       is_rx=True, channel=1)  # fmt: skip


class Kept(io.BytesIO):
    """A file in memory that can still be read when its writer has closed it."""

    whole = b""

    def close(self):
        self.whole = self.getvalue()
        super().close()


def name(identifier):
    return f"{identifier:08X}" if identifier > 0x7FF else f"{identifier:03X}"


TEXTS = {
    "candump": [candump, candump_screen],
    "asc": [asc, lambda: asc(decimal=True), lambda: asc(relative=True), asc_fd],
    "trc": [lambda version=version: trc(version=version) for version in ("1.0", "1.1", "1.2", "1.3", "2.0", "2.1")],
    "can_csv": [can_csv],
    "gvret": [gvret],
}  # fmt: skip
