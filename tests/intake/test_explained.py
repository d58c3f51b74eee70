"""A mapping as a person reads it."""

from earnest.intake import explained, mapping
from tests.intake import exports, made


def test_it_can_be_explained_before_anything_is_built() -> None:
    table = exports.salesforce_report(exports.facts(3))
    lines = explained.explain(mapping.guess([table]), [table])
    assert lines == made.intake(table).mapped_columns
    assert len(lines) == len(table.headers)


def test_a_wide_file_is_explained_header_by_header() -> None:
    headers = ["Record ID", "Deal Name", "Deal Stage", *(f"Custom property {number}" for number in range(614))]
    table = exports.table("hubspot.csv", headers, [["1", "One", "Demo", *[""] * 614]])
    lines = made.intake(table).mapped_columns
    assert len(lines) == 617
    assert [line.column for line in lines if line.column] == ["external_id", "title", "stage"]


def test_files_without_a_use_are_not_explained() -> None:
    deals = exports.table("deals.csv", ["Deal Name", "Deal Stage"], [["One", "Demo"]])
    words = exports.table("data_dictionary.csv", ["Table", "Field", "Description"], [["a", "b", "c"]])
    intake = made.intake(deals, words)
    assert {line.file for line in intake.mapped_columns} == {"deals.csv"}
    assert [(file.name, file.role) for file in intake.files] == [
        ("deals.csv", "deals"),
        ("data_dictionary.csv", "unused"),
    ]
