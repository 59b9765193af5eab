"""A worker process that is killed at the worst moment: the mail is out, the row is not written."""

import os
import signal
from datetime import timedelta

from portal import worker
from portal.bookings import deliveries
from portal.kit import outbox
from portal.kit.settings import Settings

hand_over = deliveries._hand_over


async def hand_over_and_die(parts, parcel):
    await hand_over(parts, parcel)
    os.kill(os.getpid(), signal.SIGKILL)


outbox.LEASE = timedelta(seconds=0.5)
outbox.RENEW_EVERY_S = 0.2
deliveries._hand_over = hand_over_and_die
worker.run(Settings())
