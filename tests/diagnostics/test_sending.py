"""`carbot obd upload`: one key for every try, a sentence for every refusal."""

import json

import anyio.to_thread
import httpx
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal import cli
from portal.diagnostics import sending
from portal.diagnostics.models import Scan
from portal.tenants.boundary import inside
from tests.diagnostics.test_scans import VIN, transcript

FILE_OF_THIS_TEST = __file__


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / "golf.txt", tmp_path / "polo.txt"]
    for path in made:
        path.write_bytes(transcript() + path.name.encode())
    return made


@pytest.fixture
def carbot(address, shop, monkeypatch):
    async def run(*arguments, token=None):
        monkeypatch.setenv("LANG", "de_DE.UTF-8")
        given = ["obd", "upload", "--url", address, "--token", token or shop.token, *arguments]
        call = lambda: CliRunner().invoke(cli.main, [str(part) for part in given])  # noqa: E731
        return await anyio.to_thread.run_sync(call)

    return run


async def scans(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(Scan).order_by(Scan.file_name))).all()


async def test_files_are_sent_with_what_is_said_about_them(carbot, parts, shop, files):
    answer = await carbot(*files, "--vin", VIN, "--odometer", "88000", "--json")
    assert answer.exit_code == 0
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    stored = await scans(parts, shop)
    assert [line["id"] for line in told] == [str(scan.id) for scan in stored]
    assert {(scan.stated_vin, scan.stated_odometer_km) for scan in stored} == {(VIN, 88000)}


async def test_the_same_file_again_is_the_same_scan(carbot, parts, shop, files):
    for _ in range(2):
        assert (await carbot(files[0])).exit_code == 0
    assert len(await scans(parts, shop)) == 1


async def test_a_refused_file_is_named_and_the_others_are_sent(
    carbot, parts, shop, files, tmp_path
):
    empty = tmp_path / "leer.csv"
    empty.touch()
    answer = await carbot(empty, *files)
    assert answer.exit_code == 1
    assert "leer.csv" in answer.stderr
    assert "leer" in answer.stderr
    assert len(await scans(parts, shop)) == 2


async def test_a_wrong_token_gets_a_sentence(carbot, files):
    answer = await carbot(files[0], token="wrong")
    assert answer.exit_code == 1
    assert "abgelaufen oder ungültig" in answer.stderr or "gültig" in answer.stderr


def flaky(answers, seen):
    """A portal that answers as it is told, an exception being a broken line."""

    def handle(request):
        seen.append(request.headers["idempotency-key"])
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return httpx.Client(base_url="http://portal", transport=httpx.MockTransport(handle))


STORED = httpx.Response(202, json={"id": "1", "status": "received"})
BUSY = httpx.Response(429, headers={"Retry-After": "30"}, json={"title": "langsam"})


def test_a_broken_line_is_tried_again_with_the_same_key(files):
    seen, slept = [], []
    answers = [httpx.ConnectError("weg"), httpx.Response(502), BUSY, STORED]
    found = sending.send(flaky(answers, seen), files[0], sleep=slept.append)
    assert found["id"] == "1"
    assert seen == [sending.key_of(files[0].read_bytes())] * 4
    assert slept == [1.0, 3.0, 30.0]


def test_a_proxy_that_names_a_date_is_tried_again(files):
    slept = []
    closed = httpx.Response(503, headers={"Retry-After": "Sat, 28 Nov 2026 18:00:00 GMT"})
    assert sending.send(flaky([closed, STORED], []), files[0], sleep=slept.append)["id"] == "1"
    assert slept == [1.0]


def test_tries_end(files):
    slept = []
    answers = [httpx.ConnectError("weg")] * 6
    with pytest.raises(sending.NotSent, match="weg"):
        sending.send(flaky(answers, []), files[0], sleep=slept.append)
    assert len(slept) == 5


def test_a_refusal_is_not_tried_again(files):
    seen = []
    answers = [httpx.Response(413, json={"title": "zu groß"}), STORED]
    with pytest.raises(sending.NotSent, match="zu groß"):
        sending.send(flaky(answers, seen), files[0], sleep=lambda _s: None)
    assert len(seen) == 1


def test_progress_reaches_the_end(files):
    told = []
    sending.send(
        flaky([STORED], []), files[0], progress=lambda *both: told.append(both), sleep=print
    )
    assert told[-1][0] == told[-1][1] == files[0].stat().st_size


async def test_wrong_calls_are_told_in_german(carbot, tmp_path):
    missing = await carbot(tmp_path / "nirgends.txt")
    assert missing.exit_code == 2
    assert "gibt es nicht" in missing.stderr
    assert "Aufruf: " in missing.stderr
    nowhere = await carbot(FILE_OF_THIS_TEST, "--url", "kfz-brandt")
    assert nowhere.exit_code == 1
    assert "Das ist keine Adresse eines Portals" in nowhere.stderr


def test_who_waits_for_a_portal_is_told_why_and_how_long(tmp_path):
    file = tmp_path / "golf.txt"
    file.write_bytes(transcript())
    told, slept = [], []

    def refuse(_request):
        raise httpx.ConnectError("Connection refused")

    with (
        httpx.Client(transport=httpx.MockTransport(refuse), base_url="http://portal") as client,
        pytest.raises(sending.NotSent),
    ):
        sending.send(client, file, waiting=told.append, sleep=slept.append)
    assert slept == list(sending.WAITS_S)
    assert "Nächster Versuch in 20 s." in told[3]
