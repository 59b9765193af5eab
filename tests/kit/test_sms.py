"""Text messages: which numbers get any, and a gateway that answers in every way it may."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from portal.kit import sms
from portal.kit.parts import make_parts
from portal.kit.settings import Settings
from portal.kit.sms import (
    FolderSms,
    NoSms,
    SevenSms,
    Sms,
    SmsDelayed,
    SmsRefused,
    mobile_number,
)

NUMBER, TEXT = "+4915112345678", "Ihr Fahrzeug ist fertig."
MESSAGE = Sms(to=NUMBER, text=TEXT, key="notice-1")


class Gateway:
    """A real HTTP server; `answer` is the status and the body of everything."""

    def __init__(self):
        self.answer = (200, b'{"success":"100","messages":[{"success":true,"error":null}]}')
        self.asked = []
        self.wait_s = 0.0

    async def serve(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1])
            for line in head.splitlines()
            if line.lower().startswith("content-length")
        )
        self.asked.append((head, json.loads(await reader.readexactly(length))))
        await asyncio.sleep(self.wait_s)
        status, body = self.answer
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def gateway():
    made = Gateway()
    async with await asyncio.start_server(made.serve, "127.0.0.1", 0) as server:
        made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/sms"
        yield made


async def test_a_message_goes_out_with_key_sender_and_a_mark_that_stays_the_same():
    async with gateway() as there:
        await SevenSms(there.url, "secret-key", sender="KFZBrandt").send(MESSAGE)
    ((head, body),) = there.asked
    assert "x-api-key: secret-key" in head.lower()
    assert body == {"to": NUMBER, "text": TEXT, "foreign_id": "notice-1", "from": "KFZBrandt"}


@pytest.mark.parametrize("body", [b"100", b'"100"', b'{"success":"100"}', b'{"success":"402"}'])
async def test_all_shapes_of_success_count_and_so_does_the_lock_against_repetition(body):
    async with gateway() as there:
        there.answer = (200, body)
        await SevenSms(there.url, "k").send(MESSAGE)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, b""),
        (500, b"oops"),
        (503, b"{}"),
        (200, b"<html>maintenance</html>"),
        (200, b""),
        (200, b"[]"),
        (200, b'{"success":null}'),
        (200, b'{"success":"500"}'),
        (200, b'{"success":"600"}'),
        (200, b"11"),
        (200, b'{"success":"101","messages":[{"error":"600"}]}'),
    ],
)
async def test_what_may_go_better_later_is_tried_again(status, body):
    async with gateway() as there:
        there.answer = (status, body)
        with pytest.raises(SmsDelayed) as raised:
            await SevenSms(there.url, "k").send(MESSAGE)
    assert NUMBER not in str(raised.value)
    assert TEXT not in str(raised.value)


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, b'{"success":"900"}', "key not valid"),
        (401, b"", "key not valid"),
        (200, b'{"success":"202"}', "number not valid"),
        (200, b'{"success":"101","messages":[{"error":"202"}]}', "number not valid"),
        (200, b'{"success":"777"}', "code 777"),
        (404, b"", "HTTP 404"),
        (302, b"", "HTTP 302"),
    ],
)
async def test_what_will_never_work_is_final_and_says_why(status, body, why):
    async with gateway() as there:
        there.answer = (status, body)
        with pytest.raises(SmsRefused, match=why):
            await SevenSms(there.url, "k").send(MESSAGE)


async def test_a_gateway_that_is_silent_or_away_is_tried_again(monkeypatch):
    monkeypatch.setattr(sms, "TIMEOUT_S", 0.1)
    async with gateway() as there:
        there.wait_s = 0.5
        with pytest.raises(SmsDelayed, match="ReadTimeout"):
            await SevenSms(there.url, "k").send(MESSAGE)
    with pytest.raises(SmsDelayed, match="ConnectError"):
        await SevenSms("http://127.0.0.1:9/", "k").send(MESSAGE)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0151 12345678", "+4915112345678"),
        ("+49 (0)171 / 123 45 67", "+491711234567"),
        ("0043 664 1234567", "+436641234567"),
        ("030 1234567", None),
        ("0221 98765432", None),
        ("112", None),
        ("kein Telefon", None),
        ("", None),
        ("0151 12", None),
    ],
)
def test_only_mobile_numbers_get_text_messages(typed, number):
    assert mobile_number(typed) == number


async def test_in_the_demo_messages_lie_in_a_folder(tmp_path):
    await FolderSms(tmp_path).send(MESSAGE)
    (file,) = tmp_path.glob("*.sms.json")
    assert json.loads(file.read_text())["text"] == TEXT


def test_neither_number_nor_text_is_printed():
    assert repr(MESSAGE) == "Sms(key='notice-1')"


async def test_without_a_gateway_production_says_so_instead_of_pretending():
    with pytest.raises(SmsRefused, match="not set up"):
        await NoSms().send(MESSAGE)


@pytest.mark.parametrize(
    ("mode", "token", "kind"),
    [("production", None, NoSms), ("demo", None, FolderSms), ("production", "k", SevenSms)],
)
async def test_the_sender_follows_from_the_settings(mode, token, kind):
    made = make_parts(
        Settings(
            database_url="postgresql://nobody@127.0.0.1:9/none",
            redis_url="redis://127.0.0.1:9",
            portal_secret="x" * 40,
            portal_mode=mode,
            sms_token=token,
        )
    )
    assert isinstance(made.sms, kind)
    await made.redis.aclose()
    await made.engine.dispose()
