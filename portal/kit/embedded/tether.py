"""Become another program that ends when its parent ends.

Run as a script, with nothing but the standard library, between the parent and the program:

    python -I -S tether.py PARENT_PID SIGNAL UID:GID|- PROGRAM [ARGUMENT …]

It gives up root's rights when told to, asks Linux to send SIGNAL once the parent is gone, and
becomes PROGRAM: same process id, no process in between. A `preexec_fn` would do the same, but is
unsafe beside threads and warns from Python 3.12 on. The order matters: Linux forgets the wish when
the user changes.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, signal_number, account, *command = sys.argv[1:]
    if account != "-":
        become(*(int(part) for part in account.split(":")))
    if int(signal_number) and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal_number))
        if os.getppid() != int(parent):  # it died before Linux knew of the wish
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - the point of this file; no shell is wanted


def become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


if __name__ == "__main__":
    main()
