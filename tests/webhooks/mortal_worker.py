"""A worker process for the test that kills it: its leases are short, so that little time passes."""

from datetime import timedelta

from portal import worker
from portal.kit import outbox
from portal.kit.settings import Settings

outbox.LEASE = timedelta(seconds=0.6)
outbox.RENEW_EVERY_S = 0.2
worker.run(Settings())
