"""Imports: a file as it came, how its columns are read, what it made, and what it could not."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.imports.kinds import Deed, Kind, OnDuplicate, RunState, Weight
from portal.kit.db import created_column, json_column
from portal.tenants.owned import Owned, belongs_to


class ImportRun(Owned):
    """One file. `mapping` names the column (from 0) of each field; `position` counts lines done.

    `shape` is a digest of its column names: files of one shape are read alike. `resource_id` is
    whose absences a file holds when it does not say so itself.
    """

    __tablename__ = "import_runs"

    file_name: Mapped[str] = mapped_column(String(200))
    blob_key: Mapped[str] = mapped_column(String(160))
    size_bytes: Mapped[int]
    kind: Mapped[Kind] = mapped_column(String(12))
    state: Mapped[RunState] = mapped_column(
        String(10), default=RunState.READY, server_default=RunState.READY
    )
    encoding: Mapped[str] = mapped_column(String(20), default="", server_default="")
    delimiter: Mapped[str] = mapped_column(String(1), default="", server_default="")
    is_calendar: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    columns: Mapped[list[str]] = json_column(default="[]")
    shape: Mapped[str] = mapped_column(String(64), default="", server_default="")
    mapping: Mapped[dict[str, int]] = json_column()
    on_duplicate: Mapped[OnDuplicate] = mapped_column(
        String(8), default=OnDuplicate.SKIP, server_default=OnDuplicate.SKIP
    )
    resource_id: Mapped[UUID | None]
    locale: Mapped[str] = mapped_column(String(8), default="de", server_default="de")
    lines: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    updated: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    unchanged: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    refused: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    undone: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    created_at: Mapped[datetime] = created_column()
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("resources", "resource_id", ondelete="SET NULL"),
            CheckConstraint("position <= lines", name="is_not_beyond_its_end"),
        )


class ImportShape(Owned):
    """How files with these columns were read the last time."""

    __tablename__ = "import_shapes"

    kind: Mapped[Kind] = mapped_column(String(12))
    shape: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, int]] = json_column()
    on_duplicate: Mapped[OnDuplicate] = mapped_column(String(8), server_default=OnDuplicate.SKIP)
    used_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("workshop_id", "shape", "kind"),)


class ImportMark(Owned):
    """One row of another table that an import made or changed, as it was before and after.

    Undoing compares: what is still as `after` says may go, or become `before` again.
    """

    __tablename__ = "import_marks"

    run_id: Mapped[UUID]
    line: Mapped[int]
    subject: Mapped[str] = mapped_column(String(20))
    row_id: Mapped[UUID]
    deed: Mapped[Deed] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(200), default="", server_default="")
    before: Mapped[dict[str, Any]] = json_column()
    after: Mapped[dict[str, Any]] = json_column()
    kept: Mapped[str] = mapped_column(String(8), default="", server_default="")

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("import_runs", "run_id", ondelete="CASCADE"),
            Index("ix_import_marks_run", "workshop_id", "run_id", "subject", "id"),
            Index("ix_import_marks_row", "workshop_id", "row_id"),
        )


class ImportKey(Owned):
    """What another system calls a row of ours: its customer number, or the line that it was."""

    __tablename__ = "import_keys"

    subject: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120, collation="C"))
    row_id: Mapped[UUID]

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id", "subject", "key"),
            Index("ix_import_keys_row", "workshop_id", "row_id"),
        )


class ImportFault(Owned):
    """One value that could not be taken as it stands."""

    __tablename__ = "import_faults"

    run_id: Mapped[UUID]
    line: Mapped[int]
    column_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    value: Mapped[str] = mapped_column(String(300), default="", server_default="")
    reason: Mapped[str] = mapped_column(Text)
    weight: Mapped[Weight] = mapped_column(String(8), server_default=Weight.ERROR)

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("import_runs", "run_id", ondelete="CASCADE"),
            Index("ix_import_faults_line", "workshop_id", "run_id", "line", "id"),
        )


class VinList(Owned):
    """A list of VINs that somebody wants judged. `position` counts those that are.

    `entries_key` holds what was read from the file, `result_key` the same in the order of trouble.
    """

    __tablename__ = "vin_lists"

    file_name: Mapped[str] = mapped_column(String(200))
    entries_key: Mapped[str] = mapped_column(String(160))
    result_key: Mapped[str] = mapped_column(String(160), default="", server_default="")
    state: Mapped[RunState] = mapped_column(
        String(10), default=RunState.RUNNING, server_default=RunState.RUNNING
    )
    total: Mapped[int]
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    refused: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    doubtful: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    created_at: Mapped[datetime] = created_column()
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            CheckConstraint("position <= total", name="is_not_beyond_its_end"),
            Index("ix_vin_lists_created", "workshop_id", "created_at"),
        )
