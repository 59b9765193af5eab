"""An embedded Valkey 9, which speaks the protocol of Redis."""

import os
import signal
import socket
from dataclasses import dataclass, field
from typing import ClassVar

from portal.kit.embedded.places import write_private
from portal.kit.embedded.programs import valkey_program
from portal.kit.embedded.server import HOST, Server


@dataclass(frozen=True)
class RedisAddress:
    port: int
    password: str = field(repr=False)
    host: str = HOST

    def url(self, db: int = 0) -> str:
        return f"redis://:{self.password}@{self.host}:{self.port}/{db}"


class RedisServer(Server[RedisAddress]):
    """`with RedisServer(root, durable=True) as redis: redis.url()`"""

    name = "Valkey"
    end_signal: ClassVar[signal.Signals] = signal.SIGTERM

    def _prepare(self) -> None:
        self.data.mkdir(exist_ok=True, mode=0o700)
        if self.account:
            os.chown(self.data, self.account.uid, self.account.gid)

    def _command(self, port: int) -> list[str]:
        # In a file, because every user of the machine can read a command line.
        file = self.home / "valkey.conf"
        write_private(file, self._configuration(port), self.account)
        return [str(valkey_program(self.account)), str(file)]

    def _configuration(self, port: int) -> str:
        # Each command is in the append-only file before its answer goes out: a killed server loses
        # nothing; a power cut may lose the last second.
        keep = ["appendonly yes", "appendfsync everysec"] if self.durable else ["appendonly no"]
        lines = [
            f"bind {HOST}",
            f"port {port}",
            "protected-mode yes",
            f"requirepass {self.password()}",
            f'dir "{self.data}"',
            'save ""',
            "maxmemory-policy noeviction",
            "daemonize no",
            *keep,
        ]
        return "\n".join(lines) + "\n"

    def _is_ready(self, pid: int, port: int) -> bool:  # noqa: ARG002 - the password tells it is ours
        hello = f"AUTH {self.password()}\r\nPING\r\n".encode()
        try:
            with socket.create_connection((HOST, port), timeout=1) as line:
                line.sendall(hello)
                answer = b""
                while answer.count(b"\r\n") < 2 and (more := line.recv(256)):
                    answer += more
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"

    def _address(self, port: int) -> RedisAddress:
        return RedisAddress(port=port, password=self.password())
