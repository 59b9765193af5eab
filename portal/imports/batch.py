"""What the storing of one batch of lines has at hand."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from portal.imports import marks
from portal.imports.entries import Entry
from portal.imports.kinds import OnDuplicate
from portal.imports.known import Known
from portal.imports.models import ImportKey, ImportRun
from portal.kit.db import Db, new_id


class Outcome(StrEnum):
    """What became of a line."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Batch:
    db: Db
    run: ImportRun
    known: Known
    keys: dict[tuple[str, str], UUID] = field(default_factory=dict)
    waiting: tuple[list[Any], ...] = field(default_factory=lambda: ([], [], []))
    """Rows to be stored together: customers, then vehicles, then what refers to them."""

    @property
    def updates(self) -> bool:
        return self.run.on_duplicate == OnDuplicate.UPDATE

    def add(self, rank: int, *rows: Any) -> None:
        self.waiting[rank].extend(rows)

    async def settle(self) -> None:
        """Store what waits, a table at a time: before anything that refers to it or changes it."""
        for rows in self.waiting:
            if rows:
                self.db.add_all(rows)
                rows.clear()
                await self.db.flush()

    def made(self, entry: Entry, row: Any, label: str) -> None:
        marks.made(self.db, self.run.id, entry.line, row, label)

    async def changed(self, entry: Entry, row: Any, label: str, before: dict[str, Any]) -> None:
        await marks.changed(self.db, self.run.id, entry.line, row, label, before)

    def name(self, subject: str, key: str, row_id: UUID) -> None:
        """Remember what the other system calls a row."""
        if key and self.known.keys.get((subject, key)) != row_id:
            self.known.add_key(subject, key, row_id)
            self.keys[subject, key] = row_id

    async def finish(self) -> None:
        await self.settle()
        if not self.keys:
            return
        rows = [
            {"id": new_id(), "subject": subject, "key": key, "row_id": row_id}
            for (subject, key), row_id in self.keys.items()
        ]
        query = insert(ImportKey).values(rows)
        await self.db.execute(
            query.on_conflict_do_update(
                index_elements=["workshop_id", "subject", "key"],
                set_={"row_id": query.excluded.row_id},
            )
        )


def source_id(workshop_id: UUID, *parts: object) -> UUID:
    """The same record of the other system is the same id, however often it comes."""
    return uuid5(workshop_id, "\x1f".join(str(part) for part in parts))
