from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from portal.tenants import passwords
from portal.tenants.boundary import inside
from portal.tenants.models import Account
from tests.browser_launch import launch_async
from tests.makers.websites import Website, website

PASSWORD = "ein langes Passwort"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await launch_async(playwright)
        yield started
        await started.close()


@pytest.fixture
async def site() -> AsyncIterator[Website]:
    async with website() as served:
        yield served


@pytest.fixture
async def with_passwords(parts):
    """Gives everybody of a workshop a password that the sign-in page accepts."""

    async def give(shop):
        secret = await passwords.hashed(PASSWORD)
        async with inside(parts, None) as db:
            for account in shop.accounts.values():
                (await db.get_one(Account, account.id)).password_hash = secret

    return give
