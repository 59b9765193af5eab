"""Events wait for their reader in their order; a slow one loses the oldest, never the newest."""

import asyncio

from portal.kit.channels import BACKLOG, Ear
from tests.makers.patience import PATIENCE_S


async def test_what_was_told_before_somebody_listens_is_there_at_once():
    ear = Ear()
    ear.hear(b"one")
    ear.hear(b"two")
    assert await ear.within(PATIENCE_S) == [b"one", b"two"]
    assert ear.take() == []


async def test_whoever_waits_hears_what_comes():
    ear = Ear()
    waiting = asyncio.create_task(ear.within(PATIENCE_S))
    await asyncio.sleep(0)
    ear.hear(b"one")
    ear.hear(b"two")
    assert await waiting == [b"one", b"two"]


async def test_silence_is_told_as_nothing():
    assert await Ear().within(0.01) == []


async def test_who_gives_up_waiting_may_wait_again():
    ear = Ear()
    waiting = asyncio.create_task(ear.within(PATIENCE_S))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    ear.hear(b"one")
    assert await ear.within(PATIENCE_S) == [b"one"]


async def test_a_slow_reader_loses_the_oldest():
    ear = Ear()
    for number in range(BACKLOG + 2):
        ear.hear(b"%d" % number)
    heard = ear.take()
    assert (len(heard), heard[0], heard[-1]) == (BACKLOG, b"2", b"%d" % (BACKLOG + 1))
