"""What may come in about tasks, from pages and from programs."""

from datetime import datetime, time
from typing import Annotated
from uuid import UUID

import msgspec

from portal.chat.models_inbox import TaskKind, TaskPriority, TaskState
from portal.kit import clock
from portal.kit.clock import BERLIN

Title = Annotated[str, msgspec.Meta(max_length=160)]
Text = Annotated[str, msgspec.Meta(max_length=4000)]
MaybeId = Annotated[str, msgspec.Meta(max_length=36, pattern=r"^$|^[0-9a-fA-F-]{36}$")]
"""An id, or the empty choice of a list."""
Phone = Annotated[str, msgspec.Meta(max_length=40)]


class TaskForm(msgspec.Struct, kw_only=True):
    """A page's form: `day` is `YYYY-MM-DD` or empty, `person` an id or empty."""

    title: Title = ""
    kind: TaskKind = TaskKind.OTHER
    priority: TaskPriority = TaskPriority.MEDIUM
    description: Text = ""
    phone: Phone = ""
    day: Annotated[str, msgspec.Meta(max_length=10)] = ""
    person: MaybeId = ""
    conversation: MaybeId = ""

    @property
    def due_at(self) -> datetime | None:
        """The end of that day's work; a day that nobody can read is none."""
        try:
            day = clock.local(clock.now()).strptime(self.day, "%Y-%m-%d").date()
        except ValueError:
            return None
        if not 2000 <= day.year <= 2199:
            return None
        return datetime.combine(day, time(17), BERLIN)


class MoveForm(msgspec.Struct, kw_only=True):
    state: TaskState
    person: MaybeId = ""
    resolution: Text = ""


class TaskBody(msgspec.Struct, kw_only=True):
    """A program's task."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=160)]
    kind: TaskKind = TaskKind.OTHER
    priority: TaskPriority = TaskPriority.MEDIUM
    description: Text = ""
    phone: Phone = ""
    due_at: datetime | None = None
    conversation_id: UUID | None = None
    customer_id: UUID | None = None
    vehicle_id: UUID | None = None
    assigned_to: UUID | None = None


class MoveBody(msgspec.Struct, kw_only=True):
    state: TaskState
    assigned_to: UUID | None = None
    resolution: Text = ""
