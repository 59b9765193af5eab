"""One furnished workshop of each kind for all tests of the assistant: they only read."""

import pytest

from tests.makers.content import furnished


@pytest.fixture(scope="session")
async def brandt(parts):
    return await furnished(parts, "kfz-brandt")


@pytest.fixture(scope="session")
async def yilmaz(parts):
    return await furnished(parts, "autodienst-yilmaz")
