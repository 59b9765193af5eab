"""What can keep an embedded server from running. Messages are for the person at the terminal."""


class EmbeddedUnavailable(RuntimeError):
    """No wheel of the server fits this machine: set DATABASE_URL or REDIS_URL instead."""


class ServerDidNotStart(RuntimeError):
    """The program was found but did not come up; the message ends with its last log lines."""


class ServerInUse(RuntimeError):
    """The data may not be erased: a living process uses it, or the folder holds other things."""
