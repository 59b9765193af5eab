"""War weg, ist wieder da: over all visits of one car."""

from datetime import UTC, datetime

from portal.diagnostics.rules.case import Visit
from portal.diagnostics.rules.recurrence import histories


def visits(*told):
    """`"P0171 P0300"`, `""` for a clean visit, None for one whose codes were not read."""
    days = enumerate(told, 1)
    return [
        Visit(datetime(2026, 1, day, tzinfo=UTC), frozenset((codes or "").split()), codes is not None)
        for day, codes in days
    ]  # fmt: skip


def only(*told):
    (found,) = histories(visits(*told))
    return found


def test_a_code_that_was_gone_and_came_back_recurs():
    found = only("P1072", "", "P1072")
    assert found.sights == ["present", "absent", "present"]
    assert (found.returns, found.is_back, found.first, found.last) == (1, True, 0, 2)


def test_a_code_that_was_never_gone_does_not_recur():
    assert not only("", "P1072", "P1072").is_recurring


def test_a_visit_without_a_complete_reading_proves_nothing():
    found = only("P1072", None, "P1072")
    assert found.sights == ["present", "unknown", "present"]
    assert not found.is_recurring


def test_a_clean_visit_counts_also_behind_one_that_proves_nothing():
    assert only("P1072", "", None, "P1072").returns == 1


def test_a_code_that_is_gone_again_is_recurring_and_not_there():
    found = only("P1072", "", "P1072", "")
    assert found.is_recurring
    assert not found.is_there
    assert not found.is_back
    assert found.last == 2


def test_what_is_back_comes_first_then_what_is_there():
    found = histories(visits("P0001 P0002", "", "P0002 P0003"))
    assert [one.code for one in found] == ["P0002", "P0003", "P0001"]


def of_units(*told, complete=()):
    """One visit each: a dict of codes by control unit that told all of its codes."""
    found = []
    for day, units in enumerate(told, 1):
        shown = {
            code: {unit for unit in units if code in units[unit]}
            for unit in units
            for code in units[unit]
        }
        found.append(
            Visit(
                datetime(2026, 1, day, tzinfo=UTC),
                frozenset(shown),
                codes_complete=day in complete,
                shown_by={code: frozenset(by) for code, by in shown.items()},
                read=frozenset(units),
            )
        )
    return found


def test_a_control_unit_that_was_read_proves_its_code_gone_though_others_were_silent():
    there = {"01": ["P1072"]}
    (back,) = histories(of_units(there, {"01": []}, there))
    assert back.is_back
    (unsure,) = histories(of_units(there, {"09": []}, there))
    assert unsure.sights[1] == "unknown"
    assert not unsure.is_recurring


def test_a_visit_at_which_only_others_showed_themselves_proves_nothing_however_complete():
    there = {"7E9": ["P0741"]}
    (found,) = histories(of_units(there, {"7E8": []}, there, complete={1, 2, 3}))
    assert found.sights == ["present", "unknown", "present"]


def test_a_code_of_nameless_control_units_is_gone_after_a_complete_visit():
    there, clean = {"unknown": ["P0171"]}, {"unknown": []}
    (found,) = histories(of_units(there, clean, there, complete={1, 2, 3}))
    assert found.is_back
    (unsure,) = histories(of_units(there, clean, there, complete={1, 3}))
    assert unsure.sights[1] == "unknown"


def test_a_code_that_later_comes_from_another_control_unit_too_was_gone_from_the_first():
    there = {"7E8": ["U0100"]}
    (found,) = histories(of_units(there, {"7E8": []}, {"7E8": ["U0100"], "7E9": ["U0100"]}))
    assert found.sights == ["present", "absent", "present"]
    (both,) = histories(of_units({"7E8": ["U0100"], "7E9": ["U0100"]}, {"7E8": []}))
    assert both.sights == ["present", "unknown"]


def test_before_it_first_came_a_code_was_absent_where_its_control_unit_was_read():
    (found,) = histories(of_units({"01": []}, {"09": []}, {"01": ["P1072"]}))
    assert found.sights == ["absent", "unknown", "present"]
