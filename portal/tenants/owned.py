"""What every table of a workshop has in common.

The primary key is `(workshop_id, id)` and every reference carries both columns: PostgreSQL checks
foreign keys without row-level security, so a key of `id` alone would accept another workshop's row.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit.db import Base, Db, id_column

THIS_WORKSHOP = text("nullif(current_setting('app.workshop_id', true), '')::uuid")
"""The column fills itself from the session's workshop; without one the insert fails."""


class Owned(Base):
    __abstract__ = True

    workshop_id: Mapped[UUID] = mapped_column(
        primary_key=True, server_default=THIS_WORKSHOP, sort_order=-20
    )
    id: Mapped[UUID] = id_column()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return cls.rules()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        """Foreign keys, unique and check constraints and indexes of the table."""
        return ()


def belongs_to(table: str, column: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference to a row of the same workshop: `belongs_to("vehicles", "vehicle_id")`.

    `ondelete="SET NULL"` clears the id and leaves the workshop alone.
    """
    return ForeignKeyConstraint(
        ["workshop_id", column],
        [f"{table}.workshop_id", f"{table}.id"],
        ondelete=f"SET NULL ({column})" if ondelete == "SET NULL" else ondelete,
    )


T = TypeVar("T", bound=Owned)


async def keep_only(
    db: Db, table: type[T], changed: dict[str, Any], *, key: Sequence[str] = ("workshop_id",)
) -> T:
    """The one row that a workshop has of this table, with these columns changed, and locked.

    It is made with the first change. Whoever comes at the same moment waits and changes it, too.
    """
    row = insert(table).values(**changed)
    await db.execute(row.on_conflict_do_update(index_elements=key, set_=changed))
    kept: T = (await db.scalars(select(table).execution_options(populate_existing=True))).one()
    return kept
