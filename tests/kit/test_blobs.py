import pytest

from portal.kit.blobs import BlobMissing, LocalBlobs
from portal.kit.db import new_id


async def test_bytes_come_back_as_they_went_in(tmp_path):
    blobs = LocalBlobs(tmp_path)
    data = bytes(range(256)) * 1000
    assert await blobs.get(await blobs.put(new_id(), data)) == data


async def test_what_is_stored_lies_in_its_owners_folder_and_is_small(tmp_path):
    owner = new_id()
    key = await LocalBlobs(tmp_path).put(owner, b"0" * 100_000)
    assert key.startswith(f"{owner}/")
    assert (tmp_path / key).stat().st_size < 1000
    assert not list(tmp_path.rglob("*.part"))


async def test_what_was_deleted_is_missing(tmp_path):
    blobs = LocalBlobs(tmp_path)
    key = await blobs.put(new_id(), b"data")
    await blobs.delete(key)
    await blobs.delete(key)
    with pytest.raises(BlobMissing):
        await blobs.get(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/b", "../x/y.zst", f"{new_id()}/../../x"])
async def test_a_key_never_leaves_the_folder(tmp_path, key):
    (tmp_path / "x").write_bytes(b"secret")
    with pytest.raises((ValueError, BlobMissing)):
        await LocalBlobs(tmp_path / "files").get(key)
