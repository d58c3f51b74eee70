"""Workbooks: each sheet with cells is a table of texts."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from earnest.intake import unreadable
from earnest.intake.limits import Limits
from tests.intake import files

MOMENT = datetime.fromisoformat("2024-03-01 10:30")
ODS_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def made(path: Path, *sheets: list[list[object]], hidden: tuple[int, ...] = ()) -> Path:
    book = xlsxwriter.Workbook(str(path))
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    clock = book.add_format({"num_format": "hh:mm"})
    formats = {datetime: moment, date: day, time: clock}
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet()
        if number in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if type(cell) in formats:
                    sheet.write_datetime(row, column, cell, formats[type(cell)])
                else:
                    sheet.write(row, column, cell)
    book.close()
    return path


def test_typed_cells_become_plain_texts(tmp_path: Path) -> None:
    source = made(
        tmp_path / "0.in",
        [
            ["Name", "Count", "Amount", "Large", "Small", "Day", "Moment", "Time", "Won", "Code"],
            [
                "Acme",
                5,
                0.1 + 0.2,
                1e20,
                2.5e-7,
                date(2024, 3, 1),
                MOMENT,
                time(9, 5),
                True,
                "007",
            ],
        ],
    )
    (found,) = files.tables(source, "book.xlsx")
    assert found.rows.rows() == [
        (
            "Acme", "5", "0.3", "100000000000000000000", "0.00000025", "2024-03-01", "2024-03-01 10:30:00", "09:05:00",
            "true", "007",
        )
    ]  # fmt: skip
    assert (found.name, found.encoding, found.delimiter, found.first_line) == ("book.xlsx", "xlsx", "", 2)


def test_a_moment_at_midnight_is_a_date(tmp_path: Path) -> None:
    source = made(tmp_path / "0.in", [["Name", "Moment"], ["A", datetime.fromisoformat("2024-03-01")]])
    assert files.tables(source)[0].rows.rows() == [("A", "2024-03-01")]


def test_every_sheet_with_cells_is_a_table_and_hidden_ones_are_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["a", "b"], [1, 2]]
    source = made(tmp_path / "0.in", rows, [], rows, rows, hidden=(3,))
    found = files.tables(source, "book.xlsx")
    assert [table.name for table in found] == ["book.xlsx [Sheet1]", "book.xlsx [Sheet3]"]
    assert [(dirt.code, dirt.examples) for dirt in found[0].dirt] == [("sheets_left_out", ("Sheet4",))]


def test_sheets_beyond_the_limit_are_left_out_and_told(tmp_path: Path) -> None:
    source = made(tmp_path / "0.in", *[[["a", "b"], [1, 2]]] * 4)
    found = files.tables(source, "book.xlsx", limits=Limits(sheet_count=2))
    assert [table.name for table in found] == ["book.xlsx [Sheet1]", "book.xlsx [Sheet2]"]
    assert found[0].dirt[0].count == 2


def test_title_rows_footers_and_blank_rows_are_no_rows(tmp_path: Path) -> None:
    source = made(
        tmp_path / "0.in",
        [
            ["Pipeline"],
            [],
            ["Name", "Amount", "Owner", "Stage"],
            ["A", 1, "X", "Won"],
            [],
            ["B", 2, "Y", "Lost"],
            ["Grand Totals (2 records)"],
            ["Confidential Information - Do Not Distribute"],
        ],
    )
    (found,) = files.tables(source)
    assert found.rows.rows() == [("A", "1", "X", "Won"), ("B", "2", "Y", "Lost")]
    assert (found.first_line, found.footer_row_count) == (4, 2)
    assert [(dirt.code, dirt.examples) for dirt in found.dirt] == [
        ("title_lines", ("Pipeline",)),
        ("blank_rows", ("line 5",)),
    ]
    assert [found.line_of(row) for row in range(2)] == [4, 6]


def test_a_sheet_longer_than_a_batch_is_read_whole(tmp_path: Path) -> None:
    source = made(tmp_path / "0.in", [["Number", "Text"], *[[number, "x"] for number in range(21_000)]])
    (found,) = files.tables(source)
    assert found.rows["Number"].to_list() == [str(number) for number in range(21_000)]


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    with pytest.raises(unreadable.FileEmpty) as caught:
        files.tables(made(tmp_path / "0.in", [], []), "book.xlsx")
    assert caught.value.what == "book.xlsx has no sheet with cells in it."


def test_a_sheet_with_a_header_only_is_told(tmp_path: Path) -> None:
    with pytest.raises(unreadable.HeaderOnly):
        files.tables(made(tmp_path / "0.in", [["Name", "Amount"]]))


def test_a_workbook_cut_short_is_told(tmp_path: Path) -> None:
    whole = made(tmp_path / "whole.xlsx", [["Name", "Amount"], ["A", 1]]).read_bytes()
    error = files.refusal(tmp_path, whole[: len(whole) // 2], "book.xlsx")
    assert (error.code, error.what) == (
        "truncated_file",
        "book.xlsx breaks off: it starts like an XLSX or ZIP file, but its table of contents cannot be read.",
    )


def test_a_workbook_whose_sheet_is_damaged_is_told(tmp_path: Path) -> None:
    files.workbook(tmp_path / "0.in", "<worksheet><sheetData><row><c r='A1'>")
    with pytest.raises(unreadable.Unreadable) as caught:
        files.tables(tmp_path / "0.in", "book.xlsx")
    assert caught.value.code in ("truncated_file", "file_empty")


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    cells = "".join(
        "<table:table-row>"
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
        "</table:table-row>"
        for name, kind, value in (
            ("Name", 'office:value-type="string"', "Amount"),
            ("Acme", 'office:value-type="float" office:value="2.5"', "2.5"),
        )
    )
    with zipfile.ZipFile(tmp_path / "0.in", "w") as archive:
        archive.writestr("mimetype", ODS_MIMETYPE)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest></manifest>')
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {ODS_SPACES}><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{cells}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    (found,) = files.tables(tmp_path / "0.in", "book.ods")
    assert (found.headers, found.rows.rows(), found.encoding) == (("Name", "Amount"), [("Acme", "2.5")], "ods")
