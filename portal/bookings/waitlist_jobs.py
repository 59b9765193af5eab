"""Background work of the waiting list."""

from datetime import datetime
from uuid import UUID

from portal.bookings import waitlist, waitlist_offers, withdrawals
from portal.kit.outbox import JobFunction, Work


async def offer_freed(work: Work, *, starts: str, ends: str) -> None:
    """A time became free: ask those who wait for it."""
    async with work.finishing() as db:
        await waitlist.forget_past(db)
        since, until = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
        await waitlist_offers.offer_freed(db, since, until)


async def offer_expired(work: Work, *, offer_id: str) -> None:
    """An offer was kept long enough: free the time and ask the next."""
    async with work.finishing() as db:
        await waitlist_offers.expire(db, UUID(offer_id))


JOBS: dict[str, JobFunction] = {
    "bookings.offer_freed": offer_freed,
    "bookings.offer_expired": offer_expired,
    "bookings.confirm_withdrawal": withdrawals.confirm,
}
