"""The table of codes is whole: counted against public lists, numbers only, and readable."""

from collections import Counter

import pytest

from portal.diagnostics.obd.codes import table
from portal.diagnostics.obd.codes.failures import FAILURES, PATTERNS
from portal.diagnostics.obd.codes.families import family_of
from portal.diagnostics.obd.codes.table import LATER, LISTED, TABLE, WORDS

# What the fullest public list holds of each range; counted, not copied.
IN_PUBLIC_LISTS = {"P0": 1481, "P2": 903, "P3": 98, "U0": 463, "B0": 359, "C0": 261, "U3": 17}


def test_as_many_codes_as_public_lists_hold():
    assert Counter(code[:2] for code in LISTED) == IN_PUBLIC_LISTS
    assert not LISTED.keys() & LATER.keys()
    assert len(TABLE) == len(LISTED) + len(LATER) > 3650


def test_no_number_of_the_list_that_is_at_hand_is_missing():
    codes = pytest.importorskip("obd.codes")
    assert len(codes.DTC) > 2000
    assert not codes.DTC.keys() - LISTED.keys()


def test_no_code_stands_in_the_table_twice():
    areas = (*table.AREAS, table.later_editions)
    runs = [run for area in areas for run in area.RUNS.strip().splitlines()]
    runs += table.per_cylinder.runs()
    found = Counter(code for run in runs for code in table._expand(run))
    assert [code for code, times in found.items() if times > 1] == []


def test_every_word_is_used_and_none_is_missing():
    told = [entry for entry in TABLE.values() if not entry.is_reserved]
    assert {entry.component for entry in told} == WORDS.keys()
    assert {entry.failure for entry in told} == FAILURES.keys()
    assert {word for line in PATTERNS.values() for word in line.split()} <= FAILURES.keys()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_code_has_a_whole_text(language):
    for code, entry in TABLE.items():
        text = entry.text(language)
        assert ": " in text, code
        assert not set("{}_|*") & set(text), code
        assert text[0].isupper() or text[0].isdigit(), code
        assert len(text) < 120, code


def test_few_codes_share_a_text():
    """J2012 gives the same fault two numbers in a few places (outside air, system voltage)."""
    texts = Counter(entry.text("de") for entry in TABLE.values() if not entry.is_reserved)
    assert sum(times - 1 for times in texts.values()) < 10


def test_every_code_of_the_table_has_a_family_of_its_own_kind():
    rest = [code for code in TABLE if family_of(code).key == "engine"]
    assert len(rest) < 10


def test_reserved_codes_say_so():
    reserved = [code for code, entry in TABLE.items() if entry.is_reserved]
    assert "P006E" in reserved
    assert "U0099" in reserved
    assert TABLE["P006E"].text("de") == "Reserviert: in öffentlichen Listen ohne Bedeutung"
    assert len(reserved) < 80
