"""Files that no row names go; those that one names stay, whichever room it is in."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import String

from portal import leftovers
from portal.kit import clock
from portal.kit.blobs import BlobMissing
from portal.kit.db import Base
from portal.tables import every_table
from portal.worker import work_off
from tests.diagnostics.test_scans import transcript, upload

NO_FILES = {
    "appointments.slot_key",
    "customers.email_key",
    "customers.name_key",
    "customers.phone_key",
    "resources.feed_key",
    "scans.idempotency_key",
    "vehicles.plate_key",
    "vehicles.vin_key",
    "workshops.site_key",
}


async def aged(parts, shop):
    """Every file of the workshop is two days old."""
    folder = parts.blobs._folder / str(shop.id)
    then = (clock.now() - timedelta(days=2)).timestamp()
    for path in folder.iterdir():
        os.utime(path, (then, then))


async def swept(parts, shop, **how):
    found = await leftovers.sweep(parts, **how)
    return [key for left in found if left.workshop == shop.slug for key in left.keys]


async def test_a_file_of_an_upload_that_was_never_stored_goes_and_others_stay(parts, device, shop):
    await upload(device, shop, transcript(), "scan.txt")
    await work_off(parts)
    lost = await parts.blobs.put(shop.id, b"nobody names me")
    assert await swept(parts, shop) == [], "it may still belong to an open transaction"
    await aged(parts, shop)
    assert await swept(parts, shop, only_look=True) == [lost]
    assert await parts.blobs.get(lost)
    assert await swept(parts, shop) == [lost]
    with pytest.raises(BlobMissing):
        await parts.blobs.get(lost)
    assert await swept(parts, shop) == []


async def test_a_half_written_file_goes_too(parts, shop):
    await parts.blobs.put(shop.id, b"whole")
    (parts.blobs._folder / str(shop.id) / "torn.part").write_bytes(b"ha")
    await aged(parts, shop)
    assert f"{shop.id}/torn.part" in await swept(parts, shop)


def test_every_column_that_holds_the_key_of_a_file_is_known():
    every_table()
    keys = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_key") and isinstance(column.type, String)
    }
    named = {f"{one.class_.__tablename__}.{one.key}" for one in leftovers.NAMED_BY}
    assert named <= keys
    assert keys - named <= NO_FILES
