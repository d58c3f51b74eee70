"""Separated text of every kind, clean and broken."""

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnest.intake.limits import Limits
from tests.intake import files

ROWS = [("Acme", "1"), ("Müller", "2")]
NO_SEPARATOR = "export.csv is text, not a table: no separator divides its lines into columns. Line 1 is «"
TEXT = "Name,Amount\nAcme,1\nMüller,2\n"


@pytest.mark.case("A55")
@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8 with BOM"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le with BOM"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be with BOM"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le with BOM"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (TEXT.replace("1\n", "1\r\n").encode(), "utf-8"),
    ],
)
def test_an_encoding_and_its_line_ends_are_told_by_the_bytes(tmp_path: Path, content: bytes, encoding: str) -> None:
    found = files.table(tmp_path, content)
    assert (found.headers, found.rows.rows(), found.encoding) == (("Name", "Amount"), ROWS, encoding)


def test_a_salesforce_report_in_utf_16_with_tabs_is_read_whatever_its_ending(tmp_path: Path) -> None:
    found = files.table(tmp_path, codecs.BOM_UTF16_LE + TEXT.replace(",", "\t").encode("utf-16-le"), "report.xls")
    assert (found.rows.rows(), found.delimiter) == (ROWS, "\t")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "`"])
def test_every_delimiter_of_a_bulk_export_is_found(tmp_path: Path, delimiter: str) -> None:
    found = files.table(tmp_path, TEXT.replace(",", delimiter))
    assert (found.rows.rows(), found.delimiter) == (ROWS, delimiter)


def test_decimal_commas_do_not_make_a_comma_the_delimiter(tmp_path: Path) -> None:
    found = files.table(tmp_path, "Name;Amount;Share\nA;1,5;0,3\nB;2,5;0,1\n")
    assert found.rows.rows() == [("A", "1,5", "0,3"), ("B", "2,5", "0,1")]


def test_a_guessed_encoding_is_told_with_words_to_check(tmp_path: Path) -> None:
    (dirt,) = files.table(tmp_path, "Name,City\nMüller,Köln\n".encode("cp1252")).dirt
    assert (dirt.code, dirt.examples, dirt.refused) == ("guessed_encoding", ("Müller", "Köln"), False)


@pytest.mark.parametrize("codec", ["cp1251", "shift_jis", "gbk", "iso-8859-7"])
def test_other_scripts_in_eight_bits_are_refused_and_not_read_as_garbage(tmp_path: Path, codec: str) -> None:
    word = {"cp1251": "Сумма", "shift_jis": "金額金額", "gbk": "金额金额", "iso-8859-7": "Ποσότητα"}[codec]
    assert files.refusal(tmp_path, f"Name,{word}\nA,{word}\n".encode(codec)).code == "unknown_encoding"


def test_a_few_damaged_bytes_in_utf_8_are_counted_and_the_rest_stays_right(tmp_path: Path) -> None:
    found = files.table(tmp_path, ("Name,Amount\n" + "Müller,1\n" * 30).encode() + b"Caf\xe9,2\n")
    assert found.rows.rows()[-2:] == [("Müller", "1"), ("Caf\ufffd", "2")]
    assert [(dirt.code, dirt.count) for dirt in found.dirt] == [("lost_characters", 1)]


def test_quotes_hold_delimiters_line_ends_and_quotes(tmp_path: Path) -> None:
    found = files.table(tmp_path, 'Name,"Pricing, Delivery",Note\n"A ""big"" one","x,y","two\nlines"\nB,,\n')
    assert found.headers == ("Name", "Pricing, Delivery", "Note")
    assert found.rows.rows() == [('A "big" one', "x,y", "two\nlines"), ("B", None, None)]
    assert [found.line_of(row) for row in range(2)] == [2, 4]


def test_stray_quotes_are_taken_as_they_stand(tmp_path: Path) -> None:
    found = files.table(tmp_path, 'Item,Size,Price\npipe,6" long,3\nrod,8" wide,4\nbar,1,5\n')
    assert found.rows["Size"].to_list() == ['6" long', '8" wide', "1"]


def test_title_and_blank_lines_above_the_header_are_passed_over_and_told(tmp_path: Path) -> None:
    found = files.table(tmp_path, "Pipeline report\n\nAs of 1 Mar\nName,Amount,Owner\nA,1,X\nB,2,Y\n")
    assert (found.headers, found.first_line) == (("Name", "Amount", "Owner"), 5)
    assert [(dirt.code, dirt.examples) for dirt in found.dirt] == [("title_lines", ("Pipeline report", "As of 1 Mar"))]


def test_a_line_for_excel_states_the_delimiter(tmp_path: Path) -> None:
    found = files.table(tmp_path, "sep=;\nName;Amount\nA;1,5\n")
    assert (found.delimiter, found.first_line, found.rows.rows()) == (";", 3, [("A", "1,5")])


def test_cells_of_nothing_but_spaces_are_blank_and_blank_rows_go(tmp_path: Path) -> None:
    found = files.table(tmp_path, "a,b,c\n1,  ,\u00a0\n\n,,\n \t,,\n2,x,y\n")
    assert found.rows.rows() == [("1", None, None), ("2", "x", "y")]
    assert [(dirt.code, dirt.count, dirt.examples) for dirt in found.dirt] == [
        ("blank_rows", 3, ("line 3", "line 4", "line 5"))
    ]
    assert [found.line_of(row) for row in range(2)] == [2, 6]


def test_columns_without_a_name_and_a_value_go_and_others_are_named_by_their_place(tmp_path: Path) -> None:
    found = files.table(tmp_path, "a,,b,\n1,x,2,\n3,,4,\n")
    assert found.headers == ("a", "column 2", "b")
    assert [(dirt.code, dirt.examples) for dirt in found.dirt] == [("empty_headers", ("column 2",))]


def test_six_hundred_columns_are_read(tmp_path: Path) -> None:
    names = [f'Date entered "Stage {number}"' for number in range(617)]
    content = io.StringIO()
    csv.writer(content, quoting=csv.QUOTE_ALL).writerows([names, ["x"] * 617])
    found = files.table(tmp_path, content.getvalue())
    assert (found.headers, found.rows.rows()) == (tuple(names), [("x",) * 617])


class TestBrokenRows:
    def test_rows_that_are_too_short_or_too_long_are_left_out_and_told(self, tmp_path: Path) -> None:
        found = files.table(tmp_path, "a,b,c\n1,2,3\n4,5\n6,,\n7,8,9,10\n1,1,1\n")
        assert found.rows.rows() == [("1", "2", "3"), ("6", None, None), ("1", "1", "1")]
        assert [(dirt.code, dirt.count, dirt.examples, dirt.refused) for dirt in found.dirt] == [
            ("too_few_fields", 1, ("line 3: 4,5",), True),
            ("too_many_fields", 1, ("line 5: 7,8,9,10",), True),
        ]
        assert [found.line_of(row) for row in range(3)] == [2, 4, 6]

    def test_a_short_row_is_found_among_rows_whose_last_field_is_blank(self, tmp_path: Path) -> None:
        found = files.table(tmp_path, 'a,b,c\n1,"x,y",\n"4,5",6\n7,"a,b",\n')
        assert found.rows.rows() == [("1", "x,y", None), ("7", "a,b", None)]
        assert [(dirt.code, dirt.examples) for dirt in found.dirt] == [("too_few_fields", ('line 3: "4,5",6',))]

    def test_empty_fields_too_many_are_cut_off_and_told(self, tmp_path: Path) -> None:
        found = files.table(tmp_path, "a,b\n1,2\n3,4,,\n5,6\n")
        assert found.rows.rows() == [("1", "2"), ("3", "4"), ("5", "6")]
        assert [(dirt.code, dirt.count, dirt.refused) for dirt in found.dirt] == [("uneven_rows", 1, False)]

    def test_where_short_rows_are_the_habit_they_are_filled_up_and_told(self, tmp_path: Path) -> None:
        found = files.table(tmp_path, "a,b,c\n" + "1,2,3\n" * 12 + "4,5\n" * 6)
        assert found.rows.rows()[-1] == ("4", "5", None)
        assert [(dirt.code, dirt.count, dirt.refused) for dirt in found.dirt] == [("uneven_rows", 6, False)]

    def test_an_unclosed_quote_costs_its_own_line_only(self, tmp_path: Path) -> None:
        found = files.table(tmp_path, 'a,b,c\n1,"2,3\n4,5,6\n7,"x\ny",9\n8,8,8\n')
        assert found.rows.rows() == [("4", "5", "6"), ("7", "x\ny", "9"), ("8", "8", "8")]
        assert [(dirt.code, dirt.examples) for dirt in found.dirt] == [("unclosed_quote", ('line 2: 1,"2,3',))]
        assert [found.line_of(row) for row in range(3)] == [3, 4, 6]

    def test_quotes_inside_of_quotes_are_read_as_they_stand_and_told(self, tmp_path: Path) -> None:
        found = files.table(tmp_path, 'a,b\n1,"the "big" one"\n2,x\n')
        assert found.rows["b"].to_list() == ['the big" one"', "x"]
        assert [(dirt.code, dirt.examples, dirt.refused) for dirt in found.dirt] == [
            ("loose_quotes", ('line 2: 1,"the "big" one"',), False)
        ]

    @pytest.mark.parametrize("end", ["10,1", '10,"1', '10,1,"x', '"'])
    def test_a_last_row_that_breaks_off_is_told(self, tmp_path: Path, end: str) -> None:
        found = files.table(tmp_path, f"a,b,c\n1,2,3\n4,5,6\n7,8,9\n{end}")
        assert found.row_count == 3
        assert [(dirt.code, dirt.examples) for dirt in found.dirt] == [("broken_off", (f"line 5: {end}",))]

    def test_more_refused_rows_than_kept_ones_are_no_table(self, tmp_path: Path) -> None:
        content = "a,b,c\n" + "1,2,3\n" * 500 + "x,y,z,w,v\n" * 600
        assert files.refusal(tmp_path, content).what == (
            "export.csv cannot be read as a table: 600 rows do not fit its columns and 500 do; rows with more fields "
            "than there are columns, for example line 502: x,y,z,w,v."
        )


@pytest.mark.case("A55")
@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "file_empty", "export.csv is empty."),
        (codecs.BOM_UTF8, "file_empty", "export.csv holds no text."),
        (b" \n\r\n\n", "file_empty", "export.csv holds no text."),
        (b"a,b\n", "header_only", "export.csv has column names and no row below them."),
        (b"a,b\n1,2\n3,\x004\n", "holds_nuls", "export.csv holds bytes of zero where text should be: line 3, byte 3."),
        (b"1,2\n3,4\n", "not_a_table", "export.csv has no line with column names: its first row is «1,2»."),
        (b"email\na@b.c\n", "not_a_table", NO_SEPARATOR + "email»."),
        (
            b"Dear all,\nplease find, as agreed, the list.\nBest wishes\nJo\n",
            "not_a_table",
            NO_SEPARATOR + "Dear all,».",
        ),
        (bytes(range(256)) * 40, "not_a_table", "export.csv is binary data, not a table."),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "not_a_table", "export.csv is a web page, not a table."),
        (b"%PDF-1.7\n1,2\n", "not_a_table", "export.csv is a PDF document, not a table."),
        (b'[{"name": "A"}]', "not_a_table", "export.csv is JSON, not a table."),
    ],
)
def test_what_is_no_table_is_refused_with_what_and_where(tmp_path: Path, content: bytes, code: str, says: str) -> None:
    error = files.refusal(tmp_path, content)
    assert (error.code, error.what, error.exit_code) == (code, says, 2)
    assert error.why
    assert error.fix


@pytest.mark.case("A55")
@pytest.mark.parametrize("line", [2, 300_000, 599_999])
def test_a_hole_of_zeros_is_found_wherever_it_is(tmp_path: Path, line: int) -> None:
    lines = [b"1,x,2\n"] * 600_000
    lines[line - 2] = b"1,\0\0\0,2\n"
    error = files.refusal(tmp_path, b"a,b,c\n" + b"".join(lines))
    assert (error.code, error.data["line"], error.data["byte"]) == ("holds_nuls", line, 3)


def test_a_million_columns_and_six_thousand_are_too_many(tmp_path: Path) -> None:
    wide = ",".join(f"c{number}" for number in range(1_000_000))
    assert files.refusal(tmp_path, wide + "\n").what == "export.csv has 1,000,000 columns; up to 5,000 can be read."
    less = ",".join(f"c{number}" for number in range(6_000))
    assert files.refusal(tmp_path, f"{less}\n{less}\n").code == "too_many_columns"


def test_a_line_beyond_the_limit_is_refused_with_its_number(tmp_path: Path) -> None:
    limits = Limits(line_bytes=1 << 20)
    error = files.refusal(tmp_path, b"a,b\n1,2\n3," + b"x" * (1 << 20) + b"\n", limits=limits)
    assert (error.code, error.data["line"]) == ("line_too_long", 3)
    fits = files.table(tmp_path, b"a,b\n1,2\n3," + b"x" * ((1 << 20) - 3) + b"\n", limits=limits)
    assert fits.row_count == 2


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;|\n\t'), max_size=8
).map(str.strip)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_is_written_is_read_again(
    tmp_path: Path, rows: list[list[str]], delimiter: str, quoting: int, line_end: str
) -> None:
    # A number in front keeps a row from reading like a footer, or from being blank.
    kept = [[f"id {number}", *row] for number, row in enumerate(rows)]
    content = io.StringIO()
    writer = csv.writer(content, delimiter=delimiter, quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]
    writer.writerows([["Id", "First", "Second", "Third"], *kept])
    found = files.table(tmp_path, content.getvalue())
    assert found.rows.rows() == [tuple(cell or None for cell in row) for row in kept]
    assert found.dirt == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.lists(st.integers(1, 5), min_size=20, max_size=60))
def test_every_line_is_a_row_or_told(tmp_path: Path, fields: list[int]) -> None:
    lines = [",".join(["x"] * count) for count in fields]
    # Enough good rows, so that the file as a whole is a table.
    content = "a,b,c\n" + "1,2,3\n" * 400 + "\n".join(lines) + "\n"
    found = files.table(tmp_path, content)
    refused = sum(dirt.count for dirt in found.dirt if dirt.refused)
    assert found.row_count == 400 + fields.count(3)
    assert found.row_count + refused == 400 + len(fields)
