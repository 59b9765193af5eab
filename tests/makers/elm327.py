"""An ELM327 adapter that is none: replays a transcript over TCP or a pseudo terminal, badly if told.

It splits what it says into single bytes, delays, garbles, falls silent or hangs up, so that what
reads it has to stand all of that.
"""

import os
import re
import select
import socket
import threading
import time
import tty
from collections import defaultdict
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_ASKED = re.compile(r"^\[[^\]]*\] >(\w+)$")
_OWN = {
    "ATZ": "ELM327 v1.5",
    "ATI": "ELM327 v1.5",
    "ATRV": "14.1V",
    "ATDPN": "A6",
    "ATDP": "AUTO, ISO 15765-4 (CAN 11/500)",
}


@dataclass
class Faults:
    """What goes wrong. Numbers count questions to the car, from 1."""

    split: bool = False
    delay_s: float = 0.0
    garble: frozenset[int] = frozenset()
    hang_up_at: int | None = None
    say: dict[int, str] = field(default_factory=dict)
    """Instead of the answer: `CAN ERROR`, `7E8 03 7F 01 21`, …"""
    silent_from: int | None = None


def answers_of(transcript):
    """Each request of a transcript with its answers in turn."""
    found, request = defaultdict(list), None
    for line in transcript.decode().splitlines():
        if asked := _ASKED.match(line):
            request = asked[1]
            found[request].append([])
        elif request and line.strip() and line != ">":
            found[request][-1].append(line)
    return dict(found)


class FakeAdapter:
    """One adapter in one car. `asked` is everything that anybody wanted from the car, with time."""

    def __init__(self, transcript, faults=None):
        self.answers, self.faults = answers_of(transcript), faults or Faults()
        self.asked = []
        self._turns = defaultdict(int)
        self._closed = threading.Event()

    def requests(self):
        return [request for _moment, request in self.asked]

    def _answer(self, command):
        if command.startswith(("AT", "ST")):
            return _OWN.get(command.replace(" ", ""), "OK")
        self.asked.append((time.monotonic(), command))
        number, faults = len(self.asked), self.faults
        if faults.hang_up_at == number:
            return None
        if faults.silent_from is not None and number >= faults.silent_from:
            return "NO DATA"
        if number in faults.say:
            return faults.say[number]
        turns = self.answers.get(command)
        if not turns:
            return "NO DATA"
        lines = turns[self._turns[command] % len(turns)]
        self._turns[command] += 1
        said = "\r".join(lines)
        return said[:-4] + "\xfe?!x" if number in faults.garble else said

    def _serve(self, read, write):
        """One conversation, until somebody hangs up."""
        heard = b""
        while not self._closed.is_set():
            piece = read()
            if piece is None:
                return
            heard += piece
            while b"\r" in heard:
                command, _end, heard = heard.partition(b"\r")
                said = self._answer(command.decode("latin-1").strip().upper())
                if said is None:
                    return
                self._say(write, f"{said}\r\r>".encode("latin-1"))

    def _say(self, write, data):
        if self.faults.delay_s:
            time.sleep(self.faults.delay_s)
        if not self.faults.split:
            write(data)
            return
        for at in range(len(data)):
            write(data[at : at + 1])

    @contextmanager
    def over_tcp(self):
        """Yields `host:port`."""
        listening = socket.create_server(("127.0.0.1", 0))
        listening.settimeout(0.2)
        thread = threading.Thread(target=self._accept, args=(listening,), daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            self._closed.set()
            listening.close()
            thread.join(2)

    def _accept(self, listening):
        while not self._closed.is_set():
            try:
                line, _address = listening.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            with line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line.settimeout(0.2)
                with suppress(OSError):  # whoever asked may hang up first
                    self._serve(lambda line=line: _received(line), line.sendall)

    @contextmanager
    def over_pty(self):
        """Yields the name of a device, as a Bluetooth adapter has one."""
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        read, write = (lambda: _read(ours)), (lambda data: os.write(ours, data))
        thread = threading.Thread(target=self._serve, args=(read, write), daemon=True)
        thread.start()
        try:
            yield os.ttyname(theirs)
        finally:
            self._closed.set()
            thread.join(2)
            os.close(ours)
            os.close(theirs)


def _received(line):
    try:
        return line.recv(256) or None
    except TimeoutError:
        return b""
    except OSError:
        return None


def _read(end):
    ready, _w, _x = select.select([end], [], [], 0.2)
    try:
        return os.read(end, 256) if ready else b""
    except OSError:
        return None
