"""What an owner's report says, and the sentences about driving on, which nobody may soften."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from portal.kit.errors import N_, Invalid
from portal.kit.text import _

Step = Literal["stop", "workshop_soon", "drive_on", ""]
STEPS: tuple[Step, ...] = ("stop", "workshop_soon", "", "drive_on")
"""The strictest first. An empty step says that nothing can be said."""
LONGEST_LINE, LONGEST_TEXT, MOST_SENTENCES = 200, 4000, 40

_PROMISE = re.compile(
    r"(?:könn\w*|kann\w*|dürf\w*|darf|ohne\s+weiteres|problemlos|unbesorgt|beruhigt|ruhig)"
    r"\b[^.!?]{0,60}?(?:weiter\w*|fahr\w+|benutz\w+|nutz\w+)"
    r"|\b(?:weiter)?(?:fahren|nutzen|benutzen)\s+(?:könn\w*|kann|dürf\w*|darf)\b"
    r"|\b(?:unbedenklich|gefahrlos|verkehrssicher|fahrtüchtig|fahrbereit)\b"
    r"|weiterfahrt[^.!?]{0,30}(?:möglich|erlaubt|in ordnung)"
    r"|\bsafe to drive\b|\b(?:can|may)\b[^.!?]{0,40}\b(?:drive|driven)\b|\bkeep driving\b",
    re.IGNORECASE,
)
_COMFORT = re.compile(
    r"\b(?:nichts|keine?\s+(?:bedenken|gefahr)|nothing)\b[^.!?]{0,40}?(?:fahr\w+|nutz\w+|driv\w+)"
    r"|(?:fahr\w+|nutz\w+|driv\w+)[^.!?]{0,40}?\b(?:kein\s+problem|keine\s+gefahr|no problem)\b",
    re.IGNORECASE,
)
"""These allow it by a denial of their own."""
_DENIAL = re.compile(
    r"\b(?:nicht(?!\s+(?:nur|allein|bloß))|nie|niemals|niemand\w*|keinesfalls|keineswegs|"
    r"kein\w*\s+(?:fall|umständen|meter\w*|kilometer\w*|weise)|erst(?!\s+(?:ein)?mal)|"
    r"not(?!\s+only)|never|only after)\b",
    re.IGNORECASE,
)
_DENIED_BEFORE = re.compile(rf"{_DENIAL.pattern}\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:–—()]| - |\b(?:und|oder|aber|sondern|and|but|or)\b", re.IGNORECASE)


class PromiseUnsafe(Invalid):
    code = "PROMISE_UNSAFE"
    title = N_("This sentence allows driving on. The findings of this scan do not.")


class UrgencyLowered(Invalid):
    code = "URGENCY_LOWERED"
    title = N_("The advice about driving on may be stricter than the findings, never milder.")


class Sentence(msgspec.Struct, frozen=True):
    """`source` ties it to `code:P0171`, `finding:lean_mixture`, `check:P0171` or `person`; several
    are parted by blanks.
    """

    text: str
    source: str = "person"


class ReportContent(msgspec.Struct, frozen=True, kw_only=True):
    """`step` is what the report advises, `least_step` the strictest that the findings demand.

    `unread` is what the scan cannot say; it goes into every edition as it stands.
    """

    headline: str
    found: list[Sentence] = []
    advice: list[Sentence] = []
    step: Step = ""
    least_step: Step = ""
    unread: list[str] = []
    vehicle: str = ""
    plate: str = ""
    scanned_on: str = ""
    odometer_km: int | None = None

    @property
    def driving(self) -> str:
        return driving_text(self.step)


def content_of(stored: Mapping[str, Any]) -> ReportContent:
    return msgspec.convert(stored, ReportContent)


def stored(content: ReportContent) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(content)
    return made


def driving_title(step: str) -> str:
    return {
        "stop": _("Please do not drive on"),
        "workshop_soon": _("Please have it repaired soon"),
        "drive_on": _("It can wait until your next appointment"),
        "": _("No statement about driving on"),
    }[step]


def driving_text(step: str) -> str:
    """The sentence of the report about driving; it always ends with the red lamp."""
    lamp = _(
        "If a red warning lamp lights up, or if the car brakes, steers or sounds different from "
        "usual, stop at a safe place and call us."
    )
    first = {
        "stop": _("Leave the car where it is and talk to us before you drive again."),
        "workshop_soon": _("Please make an appointment soon: waiting can cause further damage."),
        "drive_on": _("Nothing in this scan is urgent."),
        "": _("This scan does not tell whether anything speaks against driving on."),
    }[step]
    return f"{first} {lamp}"


def closing_text() -> str:
    return _(
        "The on-board diagnosis does not test brakes, steering, tyres and chassis. This report "
        "says what the electronics told on that day; it is no guarantee and no inspection."
    )


def checked(content: ReportContent) -> ReportContent:
    """Raises `UrgencyLowered`, `PromiseUnsafe`."""
    if STEPS.index(content.step) > STEPS.index(content.least_step):
        raise UrgencyLowered
    if content.step != "drive_on":
        for sentence in _sentences(
            [content.headline, *texts(content.found), *texts(content.advice)]
        ):
            if promises(sentence):
                raise PromiseUnsafe(_("“%(sentence)s”", sentence=sentence))
    return content


def promises(sentence: str) -> bool:
    """Whether a sentence allows to drive on.

    A denial counts only beside the permission and in its clause: „Nicht schlimm, Sie können
    weiterfahren“ allows it. In doubt it is a promise.
    """
    if _COMFORT.search(sentence):
        return True
    return any(not _is_denied(sentence, found) for found in _PROMISE.finditer(sentence))


def _is_denied(sentence: str, found: re.Match[str]) -> bool:
    inside = _DENIAL.search(found[0]) is not None and not _CLAUSES.search(found[0])
    return inside or _DENIED_BEFORE.search(sentence[: found.start()]) is not None


def texts(sentences: Sequence[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


def paragraphs(typed: str, known: Sequence[Sentence]) -> list[Sentence]:
    """What was typed, one paragraph a line; unchanged ones keep their source."""
    sources = {sentence.text: sentence.source for sentence in known}
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    return [Sentence(line, sources.get(line, "person")) for line in lines if line]


def _sentences(paragraphs_: Sequence[str]) -> list[str]:
    return [part for text in paragraphs_ for part in re.split(r"(?<=[.!?])\s+", text) if part]
