import polars as pl
import pytest

from portal.diagnostics.obd import tables
from portal.diagnostics.obd.lines import split_lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.tables import LINE, cut, find_header, numbers, read_table


def read(text, **options):
    lines = split_lines(text.encode())
    header = find_header(lines, lambda cells: cells[0] == "t")
    return read_table(lines, header, **options)


def reasons(table):
    return [(row.line, row.reason) for row in table.quarantined]


def test_broken_rows_are_set_aside_with_line_and_reason():
    table = read('t,a,b\n1,2,3\n1,2\n1,2,3,4,5\n\n"1,2,3\n4,5,6\n')
    assert table.rows == 6
    assert table.cells["a"].to_list() == ["2", "5"]
    assert table.cells[LINE].to_list() == [2, 7]
    assert reasons(table) == [
        (3, "too_few_cells"),
        (4, "too_many_cells"),
        (5, "empty_line"),
        (6, "unbalanced_quote"),
    ]


def test_a_trailing_delimiter_in_rows_only_is_no_fault():
    table = read("t,a\n1,2,\n3,4,\n")
    assert table.quarantined == []
    assert table.cells["a"].to_list() == ["2", "4"]


def test_rows_that_are_all_short_by_the_same_lack_the_last_columns():
    rows = "1,2\n" * 20
    table = read("t,a,b\n" + rows)
    assert table.quarantined == []
    assert table.cells.columns == ["t", "a", LINE]
    with pytest.raises(NotARecording):
        read("t,a,b\n" + rows, short_rows_allowed=False)


def test_rows_short_by_different_numbers_are_broken():
    table = read("t,a,b,c\n" + "1,2\n1,2,3\n" * 9 + "1,2,3,4\n")
    assert table.cells.height == 1
    assert len(table.quarantined) == 18


def test_a_header_in_the_middle_may_bring_other_columns():
    table = read("t,a,b\n1,2,3\nt,a,c\n4,5,6\n7,8,9\n")
    assert table.rows == 3
    assert table.cells["a"].to_list() == ["2", "5", "8"]
    assert table.cells["c"].to_list() == [None, "6", "9"]


def test_quoted_cells_may_hold_the_delimiter():
    table = read('t,a\n"0,5","1,25"\n"1,0","2,5"\n')
    assert table.cells["a"].to_list() == ["1,25", "2,5"]


def test_equal_and_empty_headings_stay_apart():
    table = read("t,a,a,\n1,2,3,\n")
    assert table.cells.columns[:3] == ["t", "a", "a\0002"]


def test_a_table_of_headers_holds_no_readings():
    with pytest.raises(NotARecording):
        read("t,a\n" * 10_002)


def test_a_line_beyond_the_limit_is_set_aside():
    table = read("t,a\n1,2\n3," + "9" * tables.MAX_LINE + "\n")
    assert reasons(table) == [(3, "line_too_long")]


def test_a_long_first_line_is_no_header():
    lines = split_lines(b"t," + b"x" * tables.MAX_LINE + b"\nt,a\n1,2\n")
    header = find_header(lines, lambda cells: cells[0] == "t")
    assert header.line == 1


def test_too_many_columns_are_refused():
    lines = split_lines(("t," * 600 + "x\n1\n").encode())
    with pytest.raises(NotARecording) as refused:
        find_header(lines, lambda cells: cells[0] == "t")
    assert refused.value.code == "too_wide"


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_CELLS", 5)
    with pytest.raises(NotARecording) as refused:
        read("t,a,b\n1,2,3\n1,2,3\n")
    assert refused.value.code == "too_large"


def test_quotes_in_the_middle_of_cells_are_cut_plainly(monkeypatch):
    parsed = []
    real = tables._parse

    def first_fails(block, delimiter):
        parsed.append(block)
        return pl.DataFrame() if len(parsed) == 1 else real(block, delimiter)

    monkeypatch.setattr(tables, "_parse", first_fails)
    assert read('t,a\n1,2"x"\n').cells["a"].to_list() == ["2x"]
    monkeypatch.setattr(tables, "_parse", lambda *_: pl.DataFrame())
    with pytest.raises(NotARecording) as refused:
        read("t,a\n1,2\n")
    assert refused.value.code == "unreadable"


def test_a_parser_that_gives_up_leaves_an_empty_table(monkeypatch):
    def give_up(*args, **options):
        raise pl.exceptions.ComputeError("no")

    monkeypatch.setattr(pl, "read_csv", give_up)
    assert tables._parse(b"1,2\n", ",").height == 0


def test_a_heading_no_reader_can_cut_is_cut_plainly(monkeypatch):
    assert cut("a,b\x00", ",")[0] == "a"
    assert cut("", ",") == []
    monkeypatch.setattr(tables.csv, "field_size_limit", lambda: None)
    assert len(cut("x" * 200_000 + ",b", ",")) == 2


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.5", " 2 ", "-"], [1.5, 2.0, None]),
        (["1,5", "1.234,5", "7"], [1.5, 1234.5, 7.0]),
        (["∞", "inf", "nan", None], [None, None, None, None]),
    ],
)
def test_numbers_in_every_spelling(cells, expected):
    values, odd = numbers(pl.Series(cells, dtype=pl.String))
    assert values.to_list() == expected
    assert not odd.any()


def test_words_among_numbers_are_pointed_out():
    values, odd = numbers(pl.Series(["1", "abc", "-"]))
    assert values.to_list() == [1.0, None, None]
    assert odd.tolist() == [False, True, False]
