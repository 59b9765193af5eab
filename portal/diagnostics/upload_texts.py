"""What the upload says about each file; the script fills in names in braces."""

from portal.kit.text import _


def says(limit_mb: int) -> dict[str, str]:
    return {
        "hashing": _("is being prepared …"),
        "waiting": _("waits for a connection"),
        "queued": _("waits its turn"),
        "sending": _("is being sent: {percent} %"),
        "sent": _("sent, is being read …"),
        "read": _("read: {codes}"),
        "no_codes": _("read: no trouble codes"),
        "codes_unread": _("read: trouble codes were not part of it"),
        "not_a_recording": _("kept, but not readable: {problem}"),
        "failed": _("kept, but reading it failed. We have been told."),
        "held": _("kept on this device: please sign in again, then it is sent"),
        "forbidden": _("kept on this device: {problem}"),
        "later": _("the server is busy: is sent again by itself"),
        "refused": "{problem}",
        "too_large": _("too large: up to %(limit)s MB are possible", limit=limit_mb),
        "empty": _("this file is empty"),
        "no_room": _("This device has no room left to keep the file. It is sent right now."),
        "strayed": _("The car's VIN is not that of the chosen vehicle: it was not assigned to it."),
        "foreign": _(
            "{count} files of a colleague wait on this device. They are sent when that "
            "person signs in again."
        ),
        "offline": _(
            "No connection. Files that you choose are kept on this device, also when you "
            "close the page."
        ),
        "unreachable": _("waits for a connection"),
    }
