"""The demo: everything on one machine, with two invented workshops.

The servers, the data, the files and the mail live under `PORTAL_HOME`; a second start keeps them.
The known passwords, keys and tokens exist here only: `demo_keys.refuse` keeps any other
installation from starting with them.

This module imports nothing heavy: a start is as quick as its slowest process.
"""

import os
import secrets
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from portal.demo import prepared
from portal.demo.child import Child
from portal.demo.processes import Process, first_taken_port
from portal.demo.processes import run as run_processes
from portal.demo.table import start_table
from portal.kit.embedded import (
    EmbeddedUnavailable,
    PostgresServer,
    RedisServer,
    ServerDidNotStart,
    ServerInUse,
    erase_home,
)
from portal.kit.settings import Settings
from portal.kit.text import _

SUPERUSER = "CARBOT_DEMO_SUPERUSER_URL"
Environment = dict[str, str]


def run(*, reset: bool = False) -> int:
    """Start, serve until Ctrl-C, stop everything. Returns the exit code.

    `reset` erases all that earlier starts have left and begins anew.
    """
    settings = Settings(portal_mode="demo")
    home = settings.portal_home.resolve()
    try:
        if reset:
            erase_home(home)
        if sentence := _taken_port(settings, home):
            return _fail(sentence)
        print(_("CarBot is starting …"), flush=True)
        home.mkdir(parents=True, exist_ok=True)
        with ExitStack() as servers:
            return _serve(settings, home, _environment(settings, home, servers))
    except (EmbeddedUnavailable, ServerDidNotStart, ServerInUse) as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 0


def _taken_port(settings: Settings, home: Path) -> str:
    """Before anything is started; what a killed start left behind does not count."""
    processes = _processes(settings, {})
    for process in processes:
        Child(process, home).end_leftover()
    return first_taken_port(processes)


def _environment(settings: Settings, home: Path, servers: ExitStack) -> Environment:
    """What the processes of the demo are told; settings of the caller come first."""
    environment = {
        "PORTAL_SECRET": os.environ.get("PORTAL_SECRET") or _kept(home / "secret.key"),
        "PORTAL_HOME": str(home),
        "PORTAL_MODE": "demo",
        **_bytecode(home),
    }
    if settings.database_url is None:
        environment |= _database(home, servers)
    if settings.redis_url is None:
        redis = servers.enter_context(RedisServer(home / "redis", durable=True))
        environment["REDIS_URL"] = redis.url()
    return environment


def _bytecode(home: Path) -> Environment:
    """Compiling costs most of a start: where nothing may lie beside the sources, it lies here."""
    if not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return {}
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "bytecode")}


def _database(home: Path, servers: ExitStack) -> Environment:
    address = servers.enter_context(PostgresServer(home / "postgres", durable=True))
    owner, app = _kept(home / "owner.key"), _kept(home / "app.key")
    return {
        SUPERUSER: address.url("postgres"),
        "DATABASE_URL": address.url(prepared.DATABASE, user="carbot_app", password=app),
        "DATABASE_OWNER_URL": address.url(prepared.DATABASE, user="carbot_owner", password=owner),
    }


def _serve(settings: Settings, home: Path, environment: Environment) -> int:
    told = {**os.environ, **environment}
    if not prepared.is_complete(settings, home, told["DATABASE_URL"]):
        command = [sys.executable, "-m", "portal.demo.preparing"]
        code = subprocess.run(command, env=told, check=False).returncode  # noqa: S603  # ours
        if code:
            return code
        prepared.note(settings, home)
    environment.pop(SUPERUSER, None)
    return run_processes(
        _processes(settings, environment), lambda: print(start_table(settings)), home=home
    )


def _processes(settings: Settings, environment: Environment) -> list[Process]:
    carbot = [sys.executable, "-m", "portal"]
    site = f"http://{settings.portal_host}:{settings.portal_site_port}/"
    ready = f"http://{settings.portal_host}:{settings.portal_port}/health/ready"
    return [
        Process("app", [*carbot, "serve"], environment, ready),
        Process("worker", [*carbot, "worker"], environment),
        Process("site", [sys.executable, "-m", "portal.demo.site"], environment, site),
    ]


def _kept(file: Path) -> str:
    """A random secret that outlives the start which made it."""
    if not file.exists():
        unfinished = file.with_suffix(".part")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(36))
        unfinished.rename(file)
    return file.read_text()


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


__all__ = ["run"]
