"""The output check as a sceptic reads it: lies put otherwise are refused, plain honest talk is not."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from portal.chat.assistant.gate import Gate
from portal.chat.assistant.guard import Guard

SAID = yaml.safe_load(Path(__file__).with_name("said.yaml").read_text(encoding="utf-8"))
PRICE = Decimal("89.00")


def guard(language):
    return Guard(frozenset({PRICE}), frozenset(), "030 23125 140", language)


def listed(kind):
    return [(language, said) for language, all_ in SAID[kind].items() for said in all_]


@pytest.mark.parametrize(("language", "said"), listed("lies"))
def test_a_lie_is_refused_however_it_is_put(language, said):
    assert guard(language).judge(said, "") is not None
    gate = Gate(guard(language))
    left = "".join(gate.push(piece) for piece in (said[:9], said[9:], " ")) + gate.finish()
    assert gate.violation is not None
    assert said not in left


@pytest.mark.parametrize(("language", "said"), listed("honest"))
def test_an_honest_sentence_leaves_as_it_is(language, said):
    assert guard(language).judge(said, "") is None


def test_there_are_enough_of_both_in_each_language():
    for kind, least in (("lies", 20), ("honest", 30)):
        assert len(SAID[kind]) == 7
        assert all(len(set(said)) >= least for said in SAID[kind].values())
