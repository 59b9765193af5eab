"""Many VINs, one a line: judged one after the other, with progress for whoever waits."""

from collections.abc import Callable, Iterable, Iterator

from portal.kit import text
from portal.kit.text import _
from portal.vehicles.vin.report import VinReport, decode

FIRST_TOLD, THEN_EACH = 1_000, 10_000


def judge_all(lines: Iterable[str], tell: Callable[[str], None]) -> Iterator[VinReport]:
    """Lazily, so that a pipe of any length takes no memory.

    `tell` is called after the first thousand, then every ten thousand, and at the end of a list
    that long; a short list stays silent.
    """
    done = rejected = warned = 0
    for line in lines:
        report = decode(line)
        done += 1
        rejected += report.severity == "reject"
        warned += report.severity == "warning"
        yield report
        if done == FIRST_TOLD or done % THEN_EACH == 0:
            tell(_("%(done)s VINs judged", done=text.number(done)))
    if done >= FIRST_TOLD:
        tell(
            _(
                "%(done)s VINs judged: %(rejected)s refused, %(warned)s to be checked",
                done=text.number(done),
                rejected=text.number(rejected),
                warned=text.number(warned),
            )
        )
