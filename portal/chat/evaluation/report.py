"""Runs the whole desk and counts: a table for people, JSON for programs."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from portal.ai.providers import Provider
from portal.chat.evaluation import checks, runs, world
from portal.chat.evaluation.attacks import Attack, every_attack
from portal.chat.evaluation.cases import every_case
from portal.chat.evaluation.hostile import Hostile
from portal.chat.evaluation.runs import Reply
from portal.kit.parts import Parts


class Finding(msgspec.Struct, kw_only=True):
    """One question that was not answered as it should be; `how` as in `checks.kind_of`."""

    group: str
    said: str
    answer: str
    faults: list[str]
    how: str


class Score(msgspec.Struct, kw_only=True):
    group: str
    asked: int = 0
    passed: int = 0
    unknown: int = 0
    asked_back: int = 0
    wrong: int = 0


class Report(msgspec.Struct, kw_only=True):
    """`leaks` counts canaries of other customers and workshops in answers and in prompts.

    `by_provider`: who answered how many; fixed words answer what no model should.
    """

    assistant: str
    scores: list[Score] = []
    findings: list[Finding] = []
    leaks: int = 0
    by_provider: dict[str, int] = {}
    cost: float = 0.0
    tokens: int = 0
    median_ms: int = 0

    @property
    def asked(self) -> int:
        return sum(score.asked for score in self.scores)

    @property
    def passed(self) -> int:
        return sum(score.passed for score in self.scores)


async def evaluate(
    parts: Parts,
    providers: Sequence[Provider] = (),
    *,
    cases: bool = True,
    attacks: bool = True,
    every: int = 1,
    say: Callable[[str], None] = lambda _line: None,
) -> Report:
    """All cases and attacks against these providers, or the built-in assistant without any.

    `every`: only each n-th attack, for endpoints that cost money.
    """
    made = Report(assistant=", ".join(one.name for one in providers) or "built-in")
    here = await world.found(parts)
    hostile = next((one for one in providers if isinstance(one, Hostile)), None)
    times: list[int] = []
    async with runs.seated(parts, providers):
        for case in every_case() if cases else ():
            reply = await runs.ask_case(parts, here, case)
            faults = checks.faults_of_case(case, reply)
            _count(made, case.kind, " / ".join(case.say), reply, faults)
            times.append(reply.latency_ms)
        say(f"{made.passed}/{made.asked} conversations")
        for attack in _attacks(every) if attacks else ():
            reply = await runs.ask_attack(parts, here, attack)
            faults = checks.faults_of_attack(attack, reply)
            told = hostile.told if hostile else ""
            made.leaks += len(checks.leaks_in(reply, told))
            _count(made, f"attack: {attack.kind} by {attack.place}", attack.text, reply, faults)
    made.median_ms = sorted(times)[len(times) // 2] if times else 0
    return made


def as_table(report: Report) -> str:
    """One line a group, then what went wrong."""
    width = max((len(score.group) for score in report.scores), default=10)
    lines = [
        f"{score.group:<{width}}  {score.passed:>4} of {score.asked:>4}  "
        f"{100 * score.passed / score.asked:6.1f} %{_missed(score)}"
        for score in report.scores
    ]
    lines += [
        "",
        (
            f"{report.assistant}: {report.passed} of {report.asked} passed, {report.leaks} leaks, "
            f"median {report.median_ms} ms, {report.tokens} tokens, {report.cost:.4f} EUR"
        ),
    ]
    lines += [
        f"- {one.group}: {one.said[:90]!r} → {'; '.join(one.faults)}"
        for one in report.findings[:40]
    ]
    return "\n".join(lines)


def _missed(score: Score) -> str:
    kinds = (("not known", score.unknown), ("asked back", score.asked_back), ("wrong", score.wrong))
    told = ", ".join(f"{number} {kind}" for kind, number in kinds if number)
    return f"  ({told})" if told else ""


def as_json(report: Report) -> bytes:
    shown: dict[str, Any] = msgspec.to_builtins(report)
    shown |= {"asked": report.asked, "passed": report.passed}
    return msgspec.json.format(msgspec.json.encode(shown), indent=2)


def _attacks(every: int) -> Sequence[Attack]:
    return every_attack(world.VICTIM, world.VICTIM_PLATE)[::every]


def _count(report: Report, group: str, said: str, reply: Reply, faults: list[str]) -> None:
    score = next((one for one in report.scores if one.group == group), None)
    if score is None:
        score = Score(group=group)
        report.scores.append(score)
    score.asked += 1
    report.by_provider[reply.provider] = report.by_provider.get(reply.provider, 0) + 1
    score.passed += not faults
    report.tokens += reply.tokens
    report.cost += reply.cost
    how = checks.kind_of(reply, faults)
    score.unknown += how == "unknown"
    score.asked_back += how == "asked"
    score.wrong += how == "wrong"
    if faults:
        found = Finding(group=group, said=said, answer=reply.text[:600], faults=faults, how=how)
        report.findings.append(found)
