"""The adapter: opened and asked by python-OBD, its lines taken as they came.

The only module that may import `obd` (GPL-2.0-only): import-linter holds the others to it. What it
does with answers (it cuts VINs, mis-reads freeze frames, ignores refusals) is never used; this
listens to what goes over the line.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

TCP_BAUDRATE = 38400
"""python-OBD wants one even where there is none; without it, it tries speeds on the socket."""
TIMEOUT_S = 2.0

Heard = Callable[[str, Sequence[str]], None]
"""Told every request and the lines of its answer, also those that open the connection."""


class AdapterMissing(Exception):
    """python-OBD is not installed: the recorder is an optional extra."""


class NotConnected(Exception):
    """No adapter answers, or no car behind it; the text says which."""


class Port(NamedTuple):
    """A serial device (`/dev/ttyUSB0`, `/dev/rfcomm0`, `COM3`) or `socket://host:port`."""

    name: str
    baudrate: int | None = None

    @classmethod
    def serial(cls, device: str, baudrate: int | None = None) -> "Port":
        return cls(device, baudrate)

    @classmethod
    def tcp(cls, address: str) -> "Port":
        return cls(f"socket://{address}", TCP_BAUDRATE)


class Adapter:
    """One open connection to a car. python-OBD's fast mode is never used: clones choke on it."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    @property
    def protocol(self) -> str:
        return str(self._driver.protocol_name())

    def ask(self, request: str) -> list[str]:
        """The lines of the answer, headers on. Raises `NotConnected` when the adapter is gone."""
        self._driver.send_and_parse(request.encode("ascii"))
        if self._driver.status() == "Not Connected":
            raise NotConnected("adapter")
        return list(self._driver.last_lines)

    def close(self) -> None:
        self._driver.close()


def connect(port: Port, heard: Heard) -> Adapter:
    """Open the adapter and find the car's protocol. Raises `AdapterMissing`, `NotConnected`."""
    try:
        from obd.elm327 import ELM327
    except ImportError as error:
        raise AdapterMissing from error
    logging.getLogger("obd").setLevel(logging.CRITICAL + 1)  # we tell people ourselves
    driver = _listening(ELM327, heard)(port.name, port.baudrate, None, TIMEOUT_S, False)
    if driver.status() != "Car Connected":
        status = driver.status()
        driver.close()
        raise NotConnected("car" if status in {"ELM Connected", "OBD Connected"} else "adapter")
    return Adapter(driver)


def _listening(base: Any, heard: Heard) -> Any:
    """The driver with an ear at its two private ends, where raw bytes come and go."""

    class Listening(base):  # type: ignore[misc]  # python-OBD ships no types
        last_request = ""
        last_lines: Sequence[str] = ()

        def _ELM327__write(self, cmd: bytes) -> None:  # noqa: N802  # python-OBD's private name
            self.last_request = cmd.decode("ascii", "replace")
            super()._ELM327__write(cmd)

        def _ELM327__read(self, *args: Any, **options: Any) -> list[str]:  # noqa: N802  # as above
            lines: list[str] = super()._ELM327__read(*args, **options)
            self.last_lines = [line for line in lines if line and line != self.last_request]
            heard(self.last_request, self.last_lines)
            return lines

    return Listening
