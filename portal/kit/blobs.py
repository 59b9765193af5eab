"""Stored files: bytes under a key. The local folder here; an object store behind the same shape."""

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

import zstandard

from portal.kit.db import new_id


class BlobMissing(Exception):
    """No bytes are stored under this key."""


class Blobs(Protocol):
    async def put(self, owner: UUID, data: bytes) -> str:
        """Store bytes for an owner and return their key."""

    async def get(self, key: str) -> bytes:
        """The bytes as they came. Raises `BlobMissing`."""

    async def delete(self, key: str) -> None:
        """Forget the bytes; a key that is gone already is no error."""

    async def older_than(self, owner: UUID, moment: datetime) -> list[str]:
        """Keys of an owner whose bytes were stored before that moment, also half-written ones."""


class LocalBlobs:
    """Files in a folder per owner, compressed with zstd, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, owner: UUID, data: bytes) -> str:
        key = f"{owner}/{new_id()}.zst"
        await asyncio.to_thread(self._write, key, data)
        return key

    async def get(self, key: str) -> bytes:
        try:
            return await asyncio.to_thread(self._read, key)
        except FileNotFoundError as error:
            raise BlobMissing(key) from error

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def older_than(self, owner: UUID, moment: datetime) -> list[str]:
        return await asyncio.to_thread(self._older, owner, moment.timestamp())

    def _older(self, owner: UUID, moment: float) -> list[str]:
        folder = self._folder / str(owner)
        if not folder.is_dir():
            return []
        with os.scandir(folder) as found:
            old = [one.name for one in found if one.stat().st_mtime < moment]
        return sorted(f"{owner}/{name}" for name in old)

    def _path(self, key: str) -> Path:
        owner, name = key.split("/")
        return self._folder / str(UUID(owner)) / name.replace("..", "")

    def _write(self, key: str, data: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            file.write(zstandard.compress(data, 3))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)

    def _read(self, key: str) -> bytes:
        return zstandard.decompress(self._path(key).read_bytes())
