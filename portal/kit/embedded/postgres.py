"""An embedded PostgreSQL 18 with pgvector, pg_trgm, btree_gist, unaccent and citext."""

import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import psutil

from portal.kit.embedded.programs import postgres_programs
from portal.kit.embedded.server import HOST, Server, tethered

SUPERUSER = "postgres"
MAIN = ("max_connections=200", "timezone=UTC", "log_timezone=UTC", "unix_socket_directories=")
THROWAWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
)


@dataclass(frozen=True)
class PostgresAddress:
    """Where the superuser connects; `url` makes the address of any role."""

    port: int
    password: str = field(repr=False)
    user: str = SUPERUSER
    host: str = HOST

    def url(
        self,
        database: str = "postgres",
        *,
        user: str = "",
        password: str = "",
        scheme: str = "postgresql",
    ) -> str:
        who = f"{quote(user or self.user, safe='')}:{quote(password or self.password, safe='')}"
        return f"{scheme}://{who}@{self.host}:{self.port}/{database}"


class PostgresServer(Server[PostgresAddress]):
    """`with PostgresServer(root, durable=True) as database: database.url("carbot")`"""

    name = "PostgreSQL"
    end_signal: ClassVar[signal.Signals] = signal.SIGINT  # "fast": roll back, checkpoint, end

    def _prepare(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        self.password()
        # A folder that initdb did not finish never gets the name that counts.
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._initialise(draft)
        draft.rename(self.data)

    def _initialise(self, folder: Path) -> None:
        options = [
            f"--pgdata={folder}",
            f"--username={SUPERUSER}",
            f"--pwfile={self.home / 'password'}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            *([] if self.durable else ["--no-sync"]),
        ]
        programs = postgres_programs(self.account)
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            tethered([str(programs / "initdb"), *options], signal.SIGTERM, self.account),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.home,
            env=self._environment(),
        )
        if done.returncode:
            raise self._did_not_start(done.stdout.decode(errors="replace"))

    def _command(self, port: int) -> list[str]:
        settings = (*MAIN, *(() if self.durable else THROWAWAY))
        program = str(postgres_programs(self.account) / "postgres")
        where = ["-D", str(self.data), "-h", HOST, "-p", str(port)]
        return [program, *where, *(part for setting in settings for part in ("-c", setting))]

    def _is_ready(self, pid: int, port: int) -> bool:  # noqa: ARG002 - the file names both
        lines = self._lock_file()
        return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def _mend(self, said: str) -> bool:
        if "shared memory block" in said:
            return True  # backends of a killed server are about to notice and end
        if "postmaster.pid" in said and not self._lock_file_is_postgres():
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            return True
        return False

    def _lock_file_is_postgres(self) -> bool:
        """False when the process id in the lock file has gone to some other program."""
        try:
            return "postgres" in psutil.Process(int(self._lock_file()[0])).name()
        except (psutil.NoSuchProcess, ValueError, IndexError):
            return False

    def _lock_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _address(self, port: int) -> PostgresAddress:
        return PostgresAddress(port=port, password=self.password())
