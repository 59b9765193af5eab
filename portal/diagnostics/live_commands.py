"""`carbot obd record` and `carbot obd live`: one recording with everything around it."""

import platform
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import click
import httpx

from portal.diagnostics import sending
from portal.diagnostics.live_values import Value
from portal.diagnostics.recorder import adapter
from portal.diagnostics.recorder.pace import Pace
from portal.diagnostics.recorder.recording import Ended, Recording
from portal.diagnostics.recorder.streaming import Hello, Stream
from portal.diagnostics.recorder.transcripts import Entry, Transcript, Unsent
from portal.kit import clock, text
from portal.kit.db import new_id
from portal.kit.text import _

CATCH_UP_S = 60.0
"""How long the end of a recording waits for the portal to have everything."""


class Wish(NamedTuple):
    """What the command was asked for. `url` and `token` empty: nothing leaves this machine."""

    port: adapter.Port
    folder: Path
    per_second: float
    url: str = ""
    token: str = ""
    vin: str = ""
    seconds: float = 0.0


OnValues = Callable[[float, Sequence[Value]], None]


def record(wish: Wish, *, on_values: OnValues, say: Callable[[str], None]) -> int:
    """Record until Ctrl-C; the exit status."""
    started = clock.now()
    begun = clock.local(started).replace(tzinfo=None)
    path = wish.folder / f"carbot-{begun:%Y-%m-%d_%H-%M-%S}-{new_id().hex[-6:]}.txt"
    transcript, unsent = Transcript(path, begun), Unsent()
    recording_id = new_id()
    stream: list[Stream] = []

    def on_entry(entry: Entry) -> None:
        if wish.url:
            unsent.add(entry)
        for line in stream:
            line.added()

    pace = Pace(wish.per_second)
    recording = Recording(transcript, pace=pace, on_entry=on_entry, on_values=on_values)
    try:
        car = adapter.connect(wish.port, recording.heard)
    except adapter.AdapterMissing:
        say(_("The recorder needs python-OBD: pip install 'carbot[recorder]'"))
        return _closed(transcript, 3)
    except adapter.NotConnected as missing:
        say(_not_connected(str(missing)))
        return _closed(transcript, 4)
    if wish.url:
        hello = Hello(recording_id, clock.rfc3339(started), platform.node(), car.protocol)
        stream.append(Stream(wish.url, wish.token, hello, unsent, _told(say)))
        stream[0].start()
    say(_("Recording into %(path)s. Ctrl-C ends it.", path=path))
    with _until_told(wish.seconds) as stop:
        ended = recording.run(car, stop)
    car.close()
    transcript.close()
    say(_why(ended))
    sent = not stream or _finish(wish, stream[0], ended, path, recording_id, say)
    return 0 if ended.reason == "asked" and sent else 1


def _finish(
    wish: Wish,
    stream: Stream,
    ended: Ended,
    path: Path,
    recording_id: UUID,
    say: Callable[[str], None],
) -> bool:
    """The rest of the stream, then the transcript as a scan of its own."""
    if not stream.finish(ended.detail or ended.reason, CATCH_UP_S):
        say(_("The portal has not received every live value; the file holds them all."))
    headers = {"Authorization": f"Bearer {wish.token}", "Accept-Language": text.locale.get()}
    with httpx.Client(base_url=wish.url, headers=headers, timeout=120) as client:
        try:
            found = sending.send(client, path, vin=wish.vin, recording_id=str(recording_id))
        except sending.NotSent as refused:
            say(_("not sent: %(why)s", why=refused))
            say(_("The recording is safe in %(path)s. Send it with: carbot obd upload", path=path))
            return False
    say(_("sent as %(id)s", id=found["id"]))
    return True


@contextmanager
def _until_told(seconds: float) -> Iterator[threading.Event]:
    """Set by Ctrl-C, by a request to end, or when the time is over."""
    stop = threading.Event()

    def end(_number: int, _frame: Any) -> None:
        stop.set()

    timer = threading.Timer(seconds, stop.set) if seconds else None
    if timer is not None:
        timer.daemon = True
        timer.start()
    in_main = threading.current_thread() is threading.main_thread()
    former = {n: signal.signal(n, end) for n in (signal.SIGINT, signal.SIGTERM)} if in_main else {}
    try:
        yield stop
    finally:
        if timer is not None:
            timer.cancel()
        for number, handler in former.items():
            signal.signal(number, handler)


def _told(say: Callable[[str], None]) -> Callable[[str, str], None]:
    def told(what: str, detail: str) -> None:
        texts = {
            "connected": _("Connected to the portal."),
            "broken": _("No connection to the portal; what is recorded is sent later."),
            "refused": _("The portal refuses the live values: %(why)s", why=detail),
        }
        say(texts.get(what, detail))

    return told


def _why(ended: Ended) -> str:
    texts = {
        "asked": _("Ended."),
        "trouble": _(
            "Stopped at once: the car's bus is in trouble (%(what)s). Please leave the car alone "
            "for a minute, then check its warning lamps.",
            what=ended.detail,
        ),
        "silent": _("Ended: the car does not answer any more. Is the ignition off?"),
        "unplugged": _("Ended: the adapter is gone."),
    }
    return texts[ended.reason]


def _not_connected(what: str) -> str:
    if what == "car":
        return _("The adapter answers, the car does not. Is the ignition on?")
    return _("No adapter answers there. Is it plugged in, paired and not in use elsewhere?")


def _closed(transcript: Transcript, status: int) -> int:
    transcript.close()
    return status


def quiet(_at_s: float, _values: Sequence[Value]) -> None:
    """For those who only record."""


def to_stderr(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.stderr.flush()
