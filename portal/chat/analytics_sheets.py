"""Each figure of the chat as a table: below its chart, and as a file for a spreadsheet."""

from collections.abc import Callable
from decimal import Decimal

from portal.chat import analytics_words as words
from portal.chat.analytics_figures import Answers, ChatNumbers
from portal.kit.errors import NotFound
from portal.kit.sheets import Cell, Share, Sheet, Table
from portal.kit.text import _


class ChatSheet(Sheet, frozen=True):
    @property
    def title(self) -> str:
        return _(words.TITLES[self.name])

    @property
    def formula(self) -> str:
        return _(words.FORMULAS[self.name])


def sheet_of(numbers: ChatNumbers, name: str) -> ChatSheet:
    """Raises `NotFound` for a name that no figure has."""
    if name not in _SHEETS:
        raise NotFound
    columns, rows = _SHEETS[name](numbers)
    return ChatSheet(name, tuple(columns), tuple(rows))


def every_sheet(numbers: ChatNumbers) -> dict[str, ChatSheet]:
    return {name: sheet_of(numbers, name) for name in _SHEETS}


def _conversations(numbers: ChatNumbers) -> Table:
    columns = [
        *(_("Week from"), _("Conversations"), _("By the assistant"), _("With the team")),
        *(_("Resolved by the assistant, %"), _("Bookings")),
    ]
    rows = [
        (
            *(week.monday, week.talks, week.talks - week.with_person, week.with_person),
            Share((week.talks - week.with_person) / week.talks) if week.talks else None,
            week.bookings,
        )
        for week in numbers.weeks
    ]
    return columns, rows


def _cost(numbers: ChatNumbers) -> Table:
    columns = [_("Week from"), _("Chat, €"), _("Everything else, €"), _("Sum, €")]
    rows: list[tuple[Cell, ...]] = [
        (monday, _cents(chats), _cents(others), _cents(chats + others))
        for monday, chats, others in numbers.costs
    ]
    return columns, rows


def _topics(numbers: ChatNumbers) -> Table:
    columns = [_("Kind"), _("Topic"), _("Conversations"), _("Before")]
    rows: list[tuple[Cell, ...]] = [
        (words.kind_label(topic.kind), topic.label, topic.talks, topic.before)
        for topic in numbers.topics
    ]
    return columns, rows


def _ratings(numbers: ChatNumbers) -> Table:
    columns = [_("Stars"), _("Ratings"), _("Before")]
    pairs = zip(range(5, 0, -1), numbers.now.stars[::-1], numbers.before.stars[::-1], strict=True)
    return columns, [(str(stars), now, before) for stars, now, before in pairs]


def _answers(numbers: ChatNumbers) -> Table:
    columns = [_("Who"), _("Period"), _("Answers"), _("Median in seconds"), _("Slow in seconds")]
    names = {"assistant": _("Assistant"), "person": _("Team")}
    rows = [
        (name, _("This period") if is_now else _("Before"), *_seconds(numbers, who, is_now=is_now))
        for who, name in names.items()
        for is_now in (True, False)
    ]
    return columns, rows


def _seconds(numbers: ChatNumbers, who: str, *, is_now: bool) -> tuple[Cell, ...]:
    found: Answers | None = numbers.answered(who, is_now=is_now)
    if found is None:
        return 0, None, None
    return found.answers, round(found.median_s), round(found.slow_s)


def _providers(numbers: ChatNumbers) -> Table:
    columns = [
        *(_("Provider"), _("Calls"), _("Failed"), _("Tokens in"), _("Tokens out")),
        *(_("Cached tokens"), _("Cost")),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            *(
                words.provider_name(line.provider),
                line.calls,
                line.failed,
                line.tokens_in,
                line.tokens_out,
            ),
            *(line.tokens_cached, _cents(line.cost)),
        )
        for line in numbers.providers
    ]
    return columns, rows


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


_SHEETS: dict[str, Callable[[ChatNumbers], Table]] = {
    "conversations": _conversations,
    "cost": _cost,
    "topics": _topics,
    "ratings": _ratings,
    "answers": _answers,
    "providers": _providers,
}
NAMES = tuple(_SHEETS)
