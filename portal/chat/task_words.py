"""What templates say of tasks."""

from collections.abc import Sequence

import msgspec

from portal.chat.models import Conversation
from portal.chat.models_inbox import ConciergeTask, TaskKind, TaskPriority, TaskState
from portal.kit import clock
from portal.kit.text import _
from portal.tenants.models import Staff

ICONS = {
    TaskKind.CALLBACK: "phone",
    TaskKind.ESTIMATE: "euro",
    TaskKind.APPOINTMENT: "calendar",
    TaskKind.PARTS: "wrench",
    TaskKind.COMPLAINT: "flag",
    TaskKind.OTHER: "check",
}
TONES = {
    TaskPriority.URGENT: "danger",
    TaskPriority.HIGH: "warning",
    TaskPriority.MEDIUM: "neutral",
    TaskPriority.LOW: "neutral",
}


class Column(msgspec.Struct):
    """A column of the board; `state` is what a card gets that is dropped here."""

    state: TaskState
    label: str
    tasks: list[ConciergeTask]
    empty: str


def columns(found: Sequence[ConciergeTask]) -> list[Column]:
    """New, assigned, in progress, and what is over."""
    texts = {
        TaskState.NEW: (_("New"), _("Nothing new.")),
        TaskState.ASSIGNED: (_("Assigned"), _("Nobody has anything before them.")),
        TaskState.IN_PROGRESS: (_("In progress"), _("Nothing is being worked on.")),
        TaskState.COMPLETED: (_("Done"), _("Nothing done in the last 14 days.")),
    }
    made = {state: Column(state, label, [], empty) for state, (label, empty) in texts.items()}
    for task in found:
        made[TaskState.COMPLETED if task.is_over else TaskState(task.state)].tasks.append(task)
    made[TaskState.COMPLETED].tasks.sort(key=lambda task: task.changed_at, reverse=True)
    return list(made.values())


def kinds() -> list[tuple[str, str]]:
    return [
        (TaskKind.CALLBACK, _("Call back")),
        (TaskKind.ESTIMATE, _("Cost estimate")),
        (TaskKind.APPOINTMENT, _("Appointment")),
        (TaskKind.PARTS, _("Parts")),
        (TaskKind.COMPLAINT, _("Complaint")),
        (TaskKind.OTHER, _("Something else")),
    ]


def priorities() -> list[tuple[str, str]]:
    return [
        (TaskPriority.LOW, _("Low")),
        (TaskPriority.MEDIUM, _("Medium")),
        (TaskPriority.HIGH, _("High")),
        (TaskPriority.URGENT, _("Urgent")),
    ]


def choices(people: Sequence[Staff]) -> list[tuple[str, str]]:
    return [(str(person.id), person.name) for person in people]


def state_text(state: str) -> str:
    texts = {
        TaskState.NEW: _("New"),
        TaskState.ASSIGNED: _("Assigned"),
        TaskState.IN_PROGRESS: _("In progress"),
        TaskState.COMPLETED: _("Done"),
        TaskState.CANCELLED: _("Dropped"),
    }
    return texts[TaskState(state)]


def kind_text(kind: str) -> str:
    return dict(kinds())[TaskKind(kind)]


def priority_text(priority: str) -> str:
    return dict(priorities())[TaskPriority(priority)]


def icon(kind: str) -> str:
    return ICONS[TaskKind(kind)]


def tone(priority: str) -> str:
    return TONES[TaskPriority(priority)]


def is_late(task: ConciergeTask) -> bool:
    return not task.is_over and task.due_at is not None and task.due_at < clock.now()


def title_for(conversation: Conversation, kind: TaskKind, said: str) -> str:
    """What a task from this conversation is called to begin with; `said`: the visitor's wish."""
    who = conversation.visitor_name or conversation.phone or _("Visitor")
    if kind == TaskKind.CALLBACK:
        return _("Call back: %(name)s", name=who)
    wish = " ".join(said.split())
    return f"{who}: {wish}"[:160] if wish else who
