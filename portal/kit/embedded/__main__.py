"""`python -m portal.kit.embedded HOME` erases a portal's home, embedded servers included."""

import shutil
import sys
from pathlib import Path

from portal.kit.embedded import ServerInUse, erase
from portal.kit.text import _

SERVERS = ("postgres", "redis")


def main(home: Path) -> int:
    home = home.resolve()
    if any(kept.is_relative_to(home) for kept in (Path.cwd(), Path.home())):
        sys.stderr.write(_("%(home)s holds more than the portal's data.", home=home) + "\n")
        return 1
    try:
        for name in SERVERS:
            erase(home / name)
    except ServerInUse as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
