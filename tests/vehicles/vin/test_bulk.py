"""Long lists say how far they are, and one bad line never stops them."""

from itertools import islice, repeat

from portal.kit import text
from portal.vehicles.vin import bulk


def test_a_long_list_tells_its_progress_and_what_needs_a_look():
    told = []
    lines = ["WVWZZZ1KZ6W612305"] * 9_998 + ["KURZ", "1C4RJFAG1FC000123", "WVWZZZ1KZ6W612305"]
    with text.speaking("de"):
        reports = list(bulk.judge_all(lines, told.append))
    assert len(reports) == 10_001
    assert told == [
        "1.000 FIN beurteilt",
        "10.000 FIN beurteilt",
        "10.001 FIN beurteilt: 1 abgelehnt, 1 zu prüfen",
    ]


def test_a_short_list_stays_silent():
    told = []
    assert [report.accept for report in bulk.judge_all(["WVWZZZ1KZ6W612305", ""], told.append)] == [
        True,
        False,
    ]
    assert told == []


def test_a_pipe_without_an_end_is_read_line_by_line():
    endless = bulk.judge_all(repeat("KURZ"), [].append)
    assert len(list(islice(endless, 2_500))) == 2_500
