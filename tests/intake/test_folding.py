"""Several rows of one deal: copies, contradictions, lines; and rows that are refused or left out."""

import pytest

from earnest.intake.figures import Reconciled
from earnest.intake.mapping import Mapping
from tests.intake import exports, made

HEADERS = ["Opportunity ID", "Opportunity Name", "Stage", "Product Name", "Total Price", "Amount", "Currency"]
LINES = [
    ["1", "One", "Prospecting", "A", "100", "300", "EUR"],
    ["1", "One", "Prospecting", "B", "200", "300", "EUR"],
    ["2", "Two", "Prospecting", "A", "50", "50", "USD"],
]


def _report(rows: list[list[str]], headers: list[str] = HEADERS) -> exports.RawTable:
    return exports.table("report.csv", headers, rows)


def test_lines_never_multiply_deals_and_a_repeated_total_stays() -> None:
    intake = made.intake(_report(LINES))
    assert made.column(intake, "amount") == [30_000, 5_000]
    assert made.column(intake, "product") == ["several products", "A"]
    assert intake.reconciled == Reconciled(3, 2, 1, 0, 0, 0)


def test_amounts_that_differ_from_line_to_line_are_added_up() -> None:
    headers = [name for name in HEADERS if name != "Amount"]
    rows = [[cell for place, cell in enumerate(row) if place != 5] for row in LINES]
    intake = made.intake(_report(rows, headers))
    assert made.column(intake, "amount") == [30_000, 5_000]


def test_an_amount_column_that_varies_is_an_amount_of_lines() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage", "Product Name", "Amount"]
    rows = [
        ["1", "One", "Prospecting", "A", "100"],
        ["1", "One", "Prospecting", "B", "200"],
        ["2", "Two", "Prospecting", "A", ""],
    ]
    intake = made.intake(_report(rows, headers))
    assert made.column(intake, "amount") == [30_000, None]


def test_lines_in_several_currencies_leave_the_amount_blank_and_are_reported() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage", "Total Price Currency", "Total Price"]
    rows = [
        ["1", "One", "Prospecting", "EUR", "100"],
        ["1", "One", "Prospecting", "JPY", "200"],
        ["2", "Two", "Prospecting", "EUR", "7"],
    ]
    intake = made.intake(_report(rows, headers))
    assert made.column(intake, "amount") == [None, 700]
    assert made.column(intake, "currency") == [None, "EUR"]
    found = made.dirt(intake, "several_currencies_in_a_deal")
    assert found is not None
    assert (found.count, found.examples) == (1, ("1",))


def test_amounts_of_currencies_without_cents_are_whole() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage", "Currency", "Amount"]
    rows = [
        ["1", "One", "Prospecting", "JPY", "367419"],
        ["2", "Two", "Prospecting", "EUR", "367419"],
        ["3", "Three", "Prospecting", "KWD", "1"],
    ]
    assert made.column(made.intake(_report(rows, headers)), "amount") == [367_419, 36_741_900, 1_000]


def test_exact_copies_count_once() -> None:
    intake = made.intake(_report([LINES[2], LINES[2], LINES[2]]))
    assert intake.reconciled == Reconciled(3, 1, 0, 2, 0, 0)
    found = made.dirt(intake, "duplicate_rows")
    assert found is not None
    assert (found.count, found.examples) == (2, ("line 3", "line 4"))


def test_two_rows_that_contradict_each_other_are_one_deal_the_newest() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage", "Last Modified Date"]
    rows = [["1", "One", "Closed Won", "2026-03-01 10:00:00"], ["1", "One", "Prospecting", "2026-01-01 10:00:00"]]
    intake = made.intake(_report(rows, headers))
    assert made.column(intake, "stage") == ["Closed Won"]
    assert intake.reconciled == Reconciled(2, 1, 0, 1, 0, 0)
    found = made.dirt(intake, "same_id_twice")
    assert found is not None
    assert (found.count, found.examples) == (1, ("line 3",))


def test_without_a_change_date_the_last_row_of_a_deal_counts() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage"]
    intake = made.intake(_report([["1", "One", "Prospecting"], ["1", "One", "Qualification"]], headers))
    assert made.column(intake, "stage") == ["Qualification"]


def test_the_same_deal_in_two_files_counts_once() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage"]
    first = exports.table("open.csv", headers, [["1", "One", "Prospecting"], ["2", "Two", "Prospecting"]])
    second = exports.table("all.csv", headers, [["1", "One", "Prospecting"], ["3", "Three", "Prospecting"]])
    intake = made.intake(first, second)
    assert made.column(intake, "external_id") == ["1", "2", "3"]
    assert intake.reconciled == Reconciled(4, 3, 0, 1, 0, 0)


def test_a_row_that_names_no_deal_is_refused_with_its_text() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage"]
    intake = made.intake(_report([["1", "One", "Prospecting"], ["", "", "Prospecting"]], headers))
    assert intake.reconciled == Reconciled(2, 1, 0, 0, 1, 0)
    found = made.dirt(intake, "nameless_rows")
    assert found is not None
    assert (found.count, found.examples, found.refused) == (1, ("line 3",), True)
    assert intake.refused.rows() == [
        (
            "report.csv",
            3,
            "row",
            "",
            "The row names no deal: it has no id, no name and no account.",
            '{"Opportunity ID":null,"Opportunity Name":null,"Stage":"Prospecting"}',
        )
    ]


def test_a_report_without_ids_gets_a_natural_key_and_says_which() -> None:
    headers = ["Opportunity Name", "Account Name", "Stage", "Created Date"]
    rows = [["One", "Acme", "Prospecting", "2026-01-01"], ["One", "Acme", "Prospecting", "2026-02-01"]]
    intake = made.intake(_report(rows, headers))
    assert made.frame(intake).height == 2
    assert "external_id" not in made.frame(intake).columns
    found = made.dirt(intake, "rows_without_id")
    assert found is not None
    assert found.title == "The file has no id column"
    assert found.done.startswith("Each is identified by its name + account + created date;")


def test_without_ids_lines_of_one_name_are_one_deal_and_contradictions_are_two() -> None:
    headers = ["Opportunity Name", "Account Name", "Stage", "Product Name", "Total Price"]
    rows = [
        ["One", "Acme", "Prospecting", "A", "5"],
        ["One", "Acme", "Prospecting", "B", "6"],
        ["Two", "Acme", "Prospecting", "A", "7"],
        ["Two", "Acme", "Qualification", "A", "8"],
    ]
    intake = made.intake(_report(rows, headers))
    assert made.column(intake, "amount") == [1_100, 700, 800]
    assert intake.reconciled == Reconciled(4, 3, 1, 0, 0, 0)


def test_without_ids_and_names_only_exact_copies_are_one_deal() -> None:
    headers = ["account", "stage", "amount", "product", "Ref"]
    rows = [
        ["Acme", "Demo", "5", "A", "x"],
        ["Acme", "Demo", "5", "B", "y"],
        ["Acme", "Demo", "5", "A", "z"],
        ["Acme", "Demo", "5", "A", "x"],
    ]
    intake = made.intake(_report(rows, headers))
    assert intake.reconciled == Reconciled(4, 3, 0, 1, 0, 0)
    found = made.dirt(intake, "rows_without_id")
    assert found is not None
    assert found.done.startswith("Each is identified by its whole row;")


def test_single_rows_without_an_id_among_others_keep_their_own() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage"]
    intake = made.intake(_report([["1", "One", "Prospecting"], ["", "Two", "Prospecting"]], headers))
    assert made.column(intake, "external_id") == ["1", None]
    found = made.dirt(intake, "rows_without_id")
    assert found is not None
    assert (found.title, found.count) == ("Rows without an id", 1)


def test_deleted_merged_and_superseded_rows_are_left_out_and_counted() -> None:
    deals = exports.table(
        "deal_data.csv",
        ["deal_id", "property_dealname", "is_deleted", "property_createdate"],
        [["1", "a", "false", "2026-01-01"], ["2", "b", "true", "2026-01-01"], ["3", "c", "false", "2026-01-01"]],
    )
    merges = exports.table("merged_deal_data.csv", ["deal_id", "merged_deal_id"], [["1", "3"], ["1", "99"]])
    intake = made.intake(deals, merges)
    assert made.column(intake, "external_id") == ["1"]
    assert intake.reconciled == Reconciled(3, 1, 0, 0, 0, 2)
    assert [made.dirt(intake, code).count for code in ("deleted_rows", "merged_rows")] == [1, 1]  # type: ignore[union-attr]


def test_merged_ids_in_a_column_leave_those_rows_out_too() -> None:
    deals = exports.table(
        "deals.csv",
        ["Record ID", "Deal Name", "Deal Stage", "Merged object IDs"],
        [["1", "a", "Demo", "2;77"], ["2", "b", "Demo", ""], ["3", "c", "Demo", ""]],
    )
    assert made.column(made.intake(deals), "external_id") == ["1", "3"]


def test_deleted_rows_can_be_kept() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage", "Is Deleted"]
    rows = [["1", "One", "Prospecting", "true"], ["2", "Two", "Prospecting", "false"]]
    intake = made.intake(_report(rows, headers), mapping=Mapping(deleted="keep"))
    assert made.column(intake, "external_id") == ["1", "2"]


def test_where_every_row_is_deleted_the_mark_is_not_believed() -> None:
    headers = ["Opportunity ID", "Opportunity Name", "Stage", "Is Deleted"]
    intake = made.intake(_report([["1", "One", "Prospecting", "true"]], headers))
    assert intake.reconciled == Reconciled(1, 1, 0, 0, 0, 0)
    assert made.dirt(intake, "all_rows_deleted") is not None


@pytest.mark.parametrize("seed", range(5))
def test_every_row_is_accounted_for(seed: int) -> None:
    base = exports.salesforce_report(exports.facts(40, seed=seed))
    rows = [list(row) for row in base.rows.rows()]
    rows += [rows[3], rows[4], [*rows[5][:3], "Prospecting", *rows[5][4:]], [""] * len(base.headers)]
    intake = made.intake(exports.table("report.csv", base.headers, rows))
    went = intake.reconciled
    assert went.rows_read == 44
    assert went.deals == made.frame(intake).height == 40
    assert went.deals + went.further_lines + went.duplicates + went.refused + went.left_out == went.rows_read
