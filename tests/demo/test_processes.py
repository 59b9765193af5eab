"""The demo's programs start, crash and end as one."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest

from portal.demo import child as children
from portal.demo.processes import Process, run
from tests.makers.patience import PATIENCE_S

CHECKOUT = Path(__file__).parents[2]

WEB = """
import os, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
print("listening", os.environ.get("GREETING"))
HTTPServer(("127.0.0.1", int(sys.argv[1])), SimpleHTTPRequestHandler).serve_forever()
"""
IDLE = "import time; print('idle'); time.sleep(60)"
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf")
time.sleep(60)
"""
PARENT = """
import sys
from pathlib import Path
from portal.demo.processes import Process, run
idle = Process("idle", [sys.executable, "-c", "import time; time.sleep(60)"])
ready = lambda: print((Path(sys.argv[1]) / "processes/idle/running.json").read_text(), flush=True)
sys.exit(run([idle], ready, home=Path(sys.argv[1])))
"""


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_all_are_ready_before_the_table_and_end_with_a_signal(tmp_path, port):
    seen = []

    def ready():
        seen.extend(processes_below_us())
        os.kill(os.getpid(), signal.SIGTERM)

    code = run([web(port), idle("worker")], ready, home=tmp_path)

    assert code == 0
    assert len(seen) == 2
    assert not any(process.is_running() for process in seen)
    assert "listening hello" in (tmp_path / "logs" / "web.log").read_text()
    assert (tmp_path / "logs" / "worker.log").read_text() == "idle\n"


def test_ctrl_c_ends_the_same_way(tmp_path):
    assert run([idle("worker")], lambda: os.kill(os.getpid(), signal.SIGINT), home=tmp_path) == 0
    assert processes_below_us() == []


def test_a_port_in_use_gets_one_line_and_starts_nothing(tmp_path, port, capsys):
    with socket.create_server(("127.0.0.1", port)):
        code = run([idle("worker"), web(port)], pytest.fail, home=tmp_path)

    assert code == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert str(port) in said
    assert not (tmp_path / "logs").exists()


def test_a_program_that_does_not_start_shows_its_last_lines(tmp_path, port, capsys):
    broken = Process("web", python("raise SystemExit('no table')"), {}, f"http://127.0.0.1:{port}/")

    assert run([broken], pytest.fail, home=tmp_path) == 1
    assert "web | no table" in capsys.readouterr().err


def test_a_crashed_worker_starts_again(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(children, "FIRST_PAUSE", 0.1)
    crashing = "import os, time; print('up'); time.sleep(0.3); os._exit(3)"
    log = tmp_path / "logs" / "worker.log"

    def ready():
        threading.Thread(target=end_once, args=(lambda: log.read_text().count("up") > 1,)).start()

    assert run([Process("worker", python(crashing))], ready, home=tmp_path) == 0
    assert "worker | up" in capsys.readouterr().err


def test_a_program_that_crashes_at_once_waits_longer_each_time(tmp_path, monkeypatch):
    worker = children.Child(Process("worker", python("raise SystemExit(1)")), tmp_path)
    monkeypatch.setattr(children, "FIRST_PAUSE", 0.01)
    pauses = []
    worker.start()
    while len(pauses) < 3:
        if worker.start_again_when_due():
            pauses.append(worker._pause)
        time.sleep(0.005)
    worker.end(within=5)

    assert pauses == [0.01, 0.02, 0.04]


def test_a_program_that_will_not_end_is_killed(tmp_path):
    deaf = children.Child(Process("deaf", python(DEAF)), tmp_path)
    deaf.start()
    wait_for(lambda: deaf.last_lines() == ["deaf"])

    deaf.end(within=0.2)

    assert deaf.has_ended


def test_nothing_outlives_a_killed_parent(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, tmp_path], stdout=subprocess.PIPE, cwd=CHECKOUT
    ) as parent:
        assert b"server" in parent.stdout.readline()
        [orphan] = processes_below(parent.pid)
        parent.kill()
    if sys.platform != "linux":
        children.Child(idle("idle"), tmp_path).end_leftover()

    wait_for(lambda: not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE)


def test_what_a_killed_parent_left_is_ended_by_the_next_start(tmp_path):
    first = children.Child(idle("worker"), tmp_path)
    first.start()
    children.Child(idle("worker"), tmp_path).end_leftover()
    assert not first.has_ended

    long_gone = children.Seen(os.getpid(), 1.0)
    left = children.Running.read(first.note)
    children.Running(left.server, long_gone, 0).write(first.note)
    children.Child(idle("worker"), tmp_path).end_leftover()

    wait_for(lambda: first.has_ended)


def web(port):
    return Process(
        "web", python(WEB, str(port)), {"GREETING": "hello"}, f"http://127.0.0.1:{port}/"
    )


def idle(name):
    return Process(name, python(IDLE))


def python(script, *arguments):
    return [sys.executable, "-u", "-c", textwrap.dedent(script), *arguments]


def processes_below_us():
    return processes_below(os.getpid())


def processes_below(pid):
    """Without the servers that the test run itself keeps."""
    found = psutil.Process(pid).children(recursive=True)
    return [process for process in found if "python" in process.name()]


def end_once(condition):
    try:
        wait_for(condition)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
