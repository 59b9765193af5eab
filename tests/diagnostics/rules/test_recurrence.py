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


def test_a_control_unit_that_was_read_proves_its_code_gone_though_others_were_silent():
    def visit(day, *codes, read):
        shown = dict.fromkeys(codes, frozenset({"01"}))
        moment = datetime(2026, 1, day, tzinfo=UTC)
        return Visit(moment, frozenset(codes), shown_by=shown, read=frozenset({read}))

    there, again = visit(1, "P1072", read="01"), visit(3, "P1072", read="01")
    (back,) = histories([there, visit(2, read="01"), again])
    assert back.is_back
    (unsure,) = histories([there, visit(2, read="09"), again])
    assert unsure.sights[1] == "unknown"
