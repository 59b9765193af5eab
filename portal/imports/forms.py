"""What may come in: a file, and what its columns are."""

from typing import Any
from uuid import UUID

import msgspec
from litestar.datastructures import UploadFile

BODY_LIMIT = 40_000_000


class FileForm(msgspec.Struct, kw_only=True):
    file: UploadFile


class VinListForm(msgspec.Struct, kw_only=True):
    """A file or pasted lines; the file wins."""

    file: UploadFile | None = None
    vins: str = ""

    async def read(self) -> tuple[bytes, str]:
        """The bytes and the file's name, blank for pasted lines."""
        data = await self.file.read() if self.file is not None else b""
        if self.file is not None and data:
            return data, self.file.filename
        return self.vins.encode(), ""


class Choice(msgspec.Struct, kw_only=True):
    """Columns by field, `kind` when another one was chosen, and what becomes of duplicates."""

    mapping: dict[str, int]
    kind: str = ""
    on_duplicate: str = ""
    resource_id: UUID | None = None
    starts: bool = False


def choice_of(form: dict[str, Any]) -> Choice:
    """`column-3=plate` says what the fourth column is; the first of two wins."""
    mapping: dict[str, int] = {}
    for name, value in form.items():
        number = name.removeprefix("column-")
        if name.startswith("column-") and number.isdecimal() and len(number) < 5 and value:
            mapping.setdefault(str(value), int(number))
    try:
        resource_id = UUID(str(form.get("resource_id", "")))
    except ValueError:
        resource_id = None
    return Choice(
        mapping=mapping,
        kind=str(form.get("kind", "")),
        on_duplicate=str(form.get("on_duplicate", "")),
        resource_id=resource_id,
        starts=bool(form.get("start")),
    )
