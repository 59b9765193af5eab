"""What one answer has taken of its budgets so far.

An answer may need several calls to providers: for tools, after a failure, after a break. Each is
covered before it is made. What earlier ones left of the reservation counts, so most answers
ask the database once, when they begin.
"""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from portal.ai import budgets
from portal.ai.budgets import Amount, Reservation
from portal.ai.calls import Call
from portal.kit.parts import Parts
from portal.tenants.boundary import inside


class Tab:
    """Of one answer, or of one text for somebody who waits. Settle its `reservation`."""

    def __init__(self, parts: Parts, workshop_id: UUID, reservation: Reservation) -> None:
        self._parts, self._workshop_id = parts, workshop_id
        self._is_spent = False
        self.reservation = reservation

    async def covers(self, calls: Sequence[Call], most: Amount) -> bool:
        """Whether one more call may be made behind `calls`, which takes `most` at most.

        What is lacking is reserved first. False from the moment on when a budget has ended.
        """
        if self._is_spent:
            return False
        lacking = (budgets.cost_of(calls) + most).without(self.reservation.amount)
        if not lacking:
            return True
        extending = asyncio.create_task(self._extend(lacking), name="budget")
        try:
            return await asyncio.shield(extending)
        except asyncio.CancelledError:
            # Settling needs to know what has been taken.
            await asyncio.wait([extending])
            raise

    async def _extend(self, lacking: Amount) -> bool:
        async with inside(self._parts, self._workshop_id) as db:
            extended = await budgets.extend(db, self.reservation, lacking)
        self._is_spent = extended is None
        self.reservation = extended or self.reservation
        return extended is not None
