"""The line to the portal: sends what is new, and after a break what was recorded meanwhile.

It runs in a thread of its own and never holds the recording up. The portal acknowledges numbers;
what it has not acknowledged is sent again, and it knows what it has.
"""

import json
import random
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.sync.client import ClientConnection, connect

from portal.diagnostics.recorder.transcripts import Unsent
from portal.kit import text

ADDRESS = "/api/v1/integrations/obd/live"
BATCH = 200
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
ANSWER_WITHIN_S = 10.0
HERE_EVERY_S = 20.0
FINAL = frozenset({400, 401, 403, 404})
"""Reasons that no further try changes: the token, the right, the message itself."""

Told = Callable[[str, str], None]
"""(`connected`|`broken`|`refused`|`caught_up`, details)"""


class Refused(Exception):
    """The portal's last word on this line, in the language of the command."""

    def __init__(self, said: dict[str, Any]) -> None:
        super().__init__(said.get("title", ""))
        self.is_final = said.get("status") in FINAL


class Hello(NamedTuple):
    recording: UUID
    started_at: str
    device: str
    protocol: str


class Stream:
    """`added` after each new entry; `finish` waits until all is acknowledged, or gives up."""

    def __init__(self, url: str, token: str, hello: Hello, unsent: Unsent, told: Told) -> None:
        self._url, self._token, self._hello = _live_address(url), token, hello
        self._unsent, self._told = unsent, told
        self._news = threading.Condition()
        self._ending: str | None = None
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._run, name="stream", daemon=True)
        self.is_refused = False

    def start(self) -> None:
        self._thread.start()

    def added(self) -> None:
        with self._news:
            self._news.notify()

    def finish(self, reason: str, within_s: float) -> bool:
        """Whether the portal has everything."""
        with self._news:
            self._ending = reason
            self._news.notify()
        self._thread.join(within_s)
        self._gone.set()
        return not self._thread.is_alive() and not self.is_refused and not len(self._unsent)

    def _run(self) -> None:
        tries = 0
        while not self._gone.is_set():
            try:
                with closing(self._open()) as line:
                    tries = 0
                    if self._converse(line):
                        return
            except Refused as refused:
                if refused.is_final:
                    self._refuse(str(refused))
                    return
                self._told("broken", str(refused))
            except InvalidURI as error:
                self._refuse(str(error))
                return
            except (OSError, ConnectionClosed, InvalidHandshake, ValueError, KeyError) as error:
                self._told("broken", str(error))
            wait = BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)]
            tries += 1
            self._gone.wait(wait * random.uniform(0.7, 1.3))  # noqa: S311  # spreads, guards nothing

    def _refuse(self, why: str) -> None:
        self.is_refused = True
        self._told("refused", why)

    def _open(self) -> ClientConnection:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Accept-Language": text.locale.get(),
        }
        return connect(
            self._url,
            additional_headers=headers,
            open_timeout=ANSWER_WITHIN_S,
            close_timeout=2,
            proxy=None,
        )

    def _converse(self, line: ClientConnection) -> bool:
        """True when the recording has ended and the portal has all of it."""
        said = {**self._hello._asdict(), "recording": str(self._hello.recording)}
        line.send(json.dumps({"type": "hello", **said}))
        welcome = _answer(line, ANSWER_WITHIN_S)
        sent = int(welcome["acknowledged"])
        self._unsent.acknowledged(sent)
        self._told("connected", "")
        while True:
            entries = self._unsent.after(sent, BATCH)
            if entries:
                items = [[e.number, e.at_s, e.request, list(e.lines)] for e in entries]
                line.send(json.dumps({"type": "entries", "items": items}))
                sent = entries[-1].number
                self._hear(line, 0.0)
                continue
            if self._ending is not None:
                return self._end(line, sent)
            self._wait_for_news(line, sent)

    def _wait_for_news(self, line: ClientConnection, sent: int) -> None:
        """Until something is added; meanwhile acknowledgements are read and the line kept alive."""
        waited = 0.0
        while self._ending is None and not self._unsent.after(sent, 1):
            with self._news:
                if self._ending is None and not self._unsent.after(sent, 1):
                    self._news.wait(0.2)
            waited += 0.2
            self._hear(line, 0.0)
            if waited >= HERE_EVERY_S:
                line.send(json.dumps({"type": "here"}))
                waited = 0.0

    def _end(self, line: ClientConnection, sent: int) -> bool:
        line.send(json.dumps({"type": "end", "reason": self._ending or ""}))
        while True:
            said = _answer(line, ANSWER_WITHIN_S)
            if said["type"] == "acknowledged":
                self._unsent.acknowledged(int(said["number"]))
            if said["type"] == "ended":
                self._unsent.acknowledged(sent)
                return True

    def _hear(self, line: ClientConnection, within_s: float) -> None:
        with suppress(TimeoutError):
            while True:
                said = _answer(line, within_s)
                if said["type"] == "acknowledged":
                    self._unsent.acknowledged(int(said["number"]))


def _answer(line: ClientConnection, within_s: float) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(line.recv(timeout=within_s))
    if said.get("type") == "error":
        raise Refused(said)
    return said


def _live_address(url: str) -> str:
    """`https://portal.example` as `wss://portal.example/api/v1/integrations/obd/live`."""
    parts = urlsplit(url)
    scheme = {"http": "ws", "https": "wss"}.get(parts.scheme, parts.scheme)
    return urlunsplit((scheme, parts.netloc, parts.path.rstrip("/") + ADDRESS, "", ""))
