"""Where the data of an embedded server lies, and the account that may use it.

PostgreSQL refuses to run as root, so root hands its servers to an account without rights. That
account must reach the data, and a folder below root's home is closed to it. Opening the folders on
the way would loosen the machine, so such data moves to a folder of our own.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.kit.embedded.errors import EmbeddedUnavailable, ServerInUse
from portal.kit.embedded.running import Running
from portal.kit.text import _

FOR_ROOT = Path("/var/lib/carbot")


@dataclass(frozen=True)
class Account:
    """Ids of the account that a server runs as when we are root."""

    uid: int
    gid: int


def account_without_rights() -> Account | None:
    """None when we are not root: then servers simply run as we do."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedUnavailable(_("Neither the account postgres nor nobody exists on this machine."))


def prepare_home(root: Path) -> tuple[Path, Account | None]:
    """Make the private folder that really holds the data meant for `root`.

    Returns it and the account to run as. Data that another account began stays with that one.
    """
    root, account = root.absolute(), account_without_rights()
    root.parent.mkdir(parents=True, exist_ok=True)
    if account is None:
        root.mkdir(exist_ok=True, mode=0o700)
        return root, None
    home = root if reachable(root.parent, account) else _moved(root)
    if home != root:
        FOR_ROOT.mkdir(parents=True, exist_ok=True)
        FOR_ROOT.chmod(0o755)
        _sweep()
    home.mkdir(exist_ok=True, mode=0o700)
    owner = home.stat()
    if owner.st_uid != 0:
        account = Account(owner.st_uid, owner.st_gid)
    os.chown(home, account.uid, account.gid)
    home.chmod(0o700)
    return home, account


def erase(root: Path) -> None:
    """Delete the data of the server at `root`, wherever it lies. Raises ServerInUse."""
    for home in (root.absolute(), _moved(root.absolute())):
        running = Running.read(home)
        if running and running.is_in_use:
            raise ServerInUse(
                _(
                    "Process %(pid)s still uses %(root)s. Stop it first.",
                    pid=running.owner.pid,
                    root=root,
                )
            )
        if running:
            running.server.end()
        shutil.rmtree(home, ignore_errors=True)


def erase_home(home: Path) -> None:
    """Delete a portal's home with the servers `postgres` and `redis` in it. Raises ServerInUse."""
    home = home.resolve()
    if any(kept.is_relative_to(home) for kept in (Path.cwd(), Path.home(), Path(__file__))):
        raise ServerInUse(_("%(home)s holds more than the portal's data.", home=home))
    for name in ("postgres", "redis"):
        erase(home / name)
    shutil.rmtree(home, ignore_errors=True)


def mark_throwaway(home: Path) -> None:
    """Let a later start delete this home when its owner was killed before it could."""
    (home / "throwaway").touch()


def reachable(folder: Path, account: Account) -> bool:
    """Whether the folder and every folder above it let the account pass."""
    return all(_may_pass(step.stat(), account) for step in (folder, *folder.parents))


def write_private(path: Path, text: str, account: Account | None) -> None:
    """Write a file that only the server's account and root can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if account:
        os.chown(path, account.uid, account.gid)


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Two processes that start the same server take turns; the second finds it running."""
    import fcntl

    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _moved(root: Path) -> Path:
    return FOR_ROOT / hashlib.sha256(str(root).encode()).hexdigest()[:16]


def _sweep() -> None:
    for mark in FOR_ROOT.glob("*/throwaway"):
        running = Running.read(mark.parent)
        if running and not running.owner.is_alive:
            running.server.end()
            shutil.rmtree(mark.parent, ignore_errors=True)


def _may_pass(facts: os.stat_result, account: Account) -> bool:
    if facts.st_uid == account.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == account.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)
