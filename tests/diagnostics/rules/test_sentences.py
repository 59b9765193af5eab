"""Every verdict has its words, in both languages, and numbers as the reader writes them."""

import re
from pathlib import Path

import pytest

from portal.diagnostics.rules import texts_de, texts_en
from portal.diagnostics.rules.sentences import as_finding, evidence_of, say
from portal.diagnostics.rules.table import BY_KEY, RULES
from portal.diagnostics.rules.verdicts import STATES, Evidence, Verdict
from portal.kit import text

SOURCES = Path(texts_de.__file__).parent
BOTH = [texts_de.TEXTS, texts_en.TEXTS]


def names(pattern):
    return sorted(set(re.findall(r"{(\w+)}", pattern)))


def test_the_table_has_the_thirty_five_rules_in_order():
    assert [rule.number for rule in RULES] == list(range(1, 36))
    assert len(BY_KEY) == 35


def test_both_languages_have_the_same_texts_with_the_same_figures():
    german, english = BOTH
    assert german.rules.keys() == english.rules.keys() == BY_KEY.keys()
    for key, one in german.rules.items():
        other = english.rules[key]
        assert one.variants.keys() == other.variants.keys()
        for mine, theirs in ((one.ok, other.ok), (one.found, other.found)):
            assert names(mine) == names(theirs), key
        for reason in one.variants:
            assert names(one.variants[reason]) == names(other.variants[reason])
    assert german.reasons.keys() == english.reasons.keys()
    assert german.sources.keys() == english.sources.keys()
    assert german.final == english.final <= german.reasons.keys()


def test_every_reason_of_a_rule_has_its_sentence_and_none_is_left_over():
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py"))
    used = set(re.findall(r"unknown\(\s*\"(\w+)\"", code))
    assert used == texts_de.TEXTS.reasons.keys()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("state", STATES)
def test_every_rule_says_something_in_every_state(state, language):
    reasons = {"not_assessable": ["window_too_short", "before_obfcm"]}.get(state, [""])
    with text.speaking(language):
        for rule in RULES:
            for reason in reasons:
                said = say(rule.key, state, Evidence(reason=reason, signals=["engine_rpm"]))
                assert said.title
                assert said.text.endswith((".", "!"))
                assert "{" not in said.text


def test_faults_have_a_next_step_and_what_is_right_has_none():
    for rule in RULES:
        assert say(rule.key, "abnormal", Evidence()).next_step
        assert say(rule.key, "ok", Evidence()).next_step == ""


def test_what_could_not_be_judged_says_how_to_record_it():
    said = say("rough_idle", "not_assessable", Evidence(reason="window_too_short"))
    assert said.next_step.startswith("Für ein Urteil neu aufzeichnen: drei Abschnitte")
    final = say("consumption_monitor", "not_assessable", Evidence(reason="before_obfcm"))
    assert final.next_step == ""


def test_numbers_are_written_as_the_reader_writes_them():
    evidence = Evidence(values={"trim": 24.26, "bank": 1, "long_trim": 1234.5})
    assert "24,3 %" in say("lean_mixture", "abnormal", evidence).text
    with text.speaking("en"):
        assert "24.3 %" in say("lean_mixture", "abnormal", evidence).text


def test_monitors_are_named_and_unknown_values_are_a_dash():
    evidence = Evidence(values={"count": 1, "monitors": "catalyst"})
    assert "Katalysator" in say("not_ready", "borderline", evidence).text
    assert "– %" in say("lean_mixture", "abnormal", Evidence()).text


def test_missing_signals_are_named():
    evidence = Evidence(signals=["engine_rpm", "readiness"], reason="pid_missing")
    assert say("not_ready", "pid_missing", evidence).text == (
        "Nicht in der Aufzeichnung: Motordrehzahl, die Prüfbereitschaft."
    )


def test_a_finding_has_the_shape_of_the_contract():
    found = as_finding(
        Verdict(8, "overheating", "abnormal", 0.9, Evidence(3.0, 20.0, {"highest": 118.0}))
    )
    assert found.evidence["from_s"] == 3.0
    assert found.text.startswith("Kühlmitteltemperatur: Das Kühlmittel wird 118 °C heiß.")


def test_evidence_of_an_older_version_is_read():
    assert evidence_of({"from_s": 1.0, "forgotten": 2}).from_s == 1.0
