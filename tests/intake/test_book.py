"""From files to a book: the four systems agree, the real exports reconcile to the last row."""

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from earnest.demo import sample
from earnest.intake import book, reading
from earnest.intake.book import Intake, NoDeals
from earnest.intake.figures import Reconciled
from earnest.intake.mapping import Mapping
from tests.intake import exports, made

LONG_AFTER = date(2026, 7, 1)


@pytest.mark.parametrize(
    "export", [exports.salesforce_report, exports.hubspot_export, exports.pipedrive_export, exports.odoo_export]
)
def test_the_same_deals_make_the_same_book_whoever_exported_them(export: object) -> None:
    happened = exports.facts()
    intake = made.intake(export(happened))  # type: ignore[operator]
    found = zip(
        made.column(intake, "title"),
        made.column(intake, "account"),
        made.column(intake, "owner"),
        made.column(intake, "outcome"),
        made.days(intake, "opened_on"),
        made.days(intake, "closed_on"),
        made.column(intake, "amount"),
        made.column(intake, "currency"),
        strict=True,
    )
    assert list(found) == [
        (
            fact.title,
            fact.account,
            fact.owner,
            fact.outcome,
            fact.opened_on,
            fact.closed_on,
            fact.amount * 100,
            fact.currency,
        )
        for fact in happened
    ]
    expected = [fact.close_on if fact.outcome == "open" else None for fact in happened]
    assert made.days(intake, "seller_close_on") == expected


def test_what_no_file_tells_is_no_column() -> None:
    intake = made.intake(exports.pipedrive_export(exports.facts()))
    present = intake.book.tables["deals"].present
    assert present.isdisjoint({"next_step", "probability", "buyer_by_when_on", "list_amount", "team"})
    assert "activities" not in intake.book.tables
    assert "changes" not in intake.book.tables


def test_a_header_with_nothing_under_it_is_a_blank_column() -> None:
    table = exports.table("report.csv", ["Opportunity Name", "Stage", "Next Step"], [["One", "Prospecting", ""]])
    assert made.column(made.intake(table), "next_step") == [None]


def test_files_without_deals_are_refused() -> None:
    table = exports.table("products.csv", ["product", "sales_price"], [["A", "1"]])
    with pytest.raises(NoDeals) as caught:
        made.intake(table)
    assert caught.value.what == "None of these files holds deals: products.csv (products)."


def test_a_default_currency_fills_what_is_blank() -> None:
    table = exports.table(
        "report.csv",
        ["Opportunity Name", "Stage", "Amount", "Currency"],
        [["One", "x", "5", ""], ["Two", "x", "5", "USD"]],
    )
    assert made.column(made.intake(table, mapping=Mapping(currency="JPY")), "currency") == ["JPY", "USD"]
    assert made.column(made.intake(table, mapping=Mapping(currency="JPY")), "amount") == [5, 500]


def test_every_used_header_is_explained_with_an_example() -> None:
    table = exports.table(
        "report.csv",
        ["Opportunity Name", "Stage", "Amount", "Close Date", "Probability (%)", "Shoe Size"],
        [["One", "Prospecting", "$1,250.50", "2026-03-09", "75", "42"]],
    )
    lines = [
        (one.header, one.table, one.column, one.example, one.certainty) for one in made.intake(table).mapped_columns
    ]
    assert lines == [
        ("Opportunity Name", "deals", "title", "One", "known"),
        ("Stage", "deals", "stage", "Prospecting", "known"),
        ("Amount", "deals", "amount", "$1,250.50 → 1,250.50", "known"),
        ("Close Date", "deals", "close_on", "2026-03-09 → 9 Mar 2026", "known"),
        ("Probability (%)", "deals", "probability", "75 → 75 %", "known"),
        ("Shoe Size", "", "", "42", "unused"),
    ]


def test_the_sample_export_reconciles_and_joins(tmp_path: Path) -> None:
    intake = book.build(reading.read_files(sample.write_sample(tmp_path)), today=date(2026, 5, 15))
    assert intake.reconciled == Reconciled(1_412, 1_400, 0, 12, 0, 0)
    assert [(file.role, file.system) for file in intake.files] == [
        ("deals", "salesforce"),
        ("accounts", "salesforce"),
        ("owners", "csv"),
        ("changes", "salesforce"),
    ]
    assert made.dirt(intake, "unmatched_changes") is None
    assert made.dirt(intake, "opened_in_the_future") is None
    rows = made.frame(intake)
    assert [rows[name].null_count() for name in ("segment", "sector", "team", "stage_changed_on")] == [0, 0, 0, 0]
    places = rows.filter(pl.col("outcome") == "open").group_by("stage_position", "stage").len().sort("stage_position")
    assert places.select("stage_position", "stage").rows() == [
        (1, "Qualification"),
        (2, "Needs Analysis"),
        (3, "Proposal/Price Quote"),
        (4, "Negotiation/Review"),
    ]


# --- real exports ----------------------------------------------------------------------------------------------


@cache
def _tables(folder: Path) -> list[exports.RawTable]:
    return reading.read_files(sorted(folder.glob("*.csv")))


def _real(folder: Path, *, as_of: date | None = None) -> Intake:
    return book.build(_tables(folder), today=LONG_AFTER, as_of=as_of)


def _counts(intake: Intake, column: str) -> dict[str, int]:
    return dict(made.frame(intake).group_by(column).len().iter_rows())


@pytest.mark.real_data
def test_maven_reconciles(real_data: Path) -> None:
    intake = _real(real_data / "maven_crm")
    assert intake.reconciled == Reconciled(8_800, 8_800, 0, 0, 0, 0)
    assert _counts(intake, "outcome") == {"won": 4_238, "lost": 2_473, "open": 2_089}
    still_open = made.frame(intake).filter(pl.col("outcome") == "open")
    assert dict(still_open.group_by("stage").len().iter_rows()) == {"Engaging": 1_589, "Prospecting": 500}
    assert still_open.filter(pl.col("stage") == "Prospecting")["opened_on"].null_count() == 500
    assert intake.as_of == date(2017, 12, 31)
    assert intake.as_of_reason == (
        "The newest date in the files is 31 Dec 2017, 3,104 days ago: judged as of that day."
    )


@pytest.mark.real_data
def test_maven_is_joined_with_a_reported_repair(real_data: Path) -> None:
    intake = _real(real_data / "maven_crm")
    found = made.proposal(intake, "product_respelled")
    assert found is not None
    assert (found.detail, found.count, found.applied) == ("«GTXPro» → «GTX Pro» (1,480 deals)", 1_480, True)
    rows = made.frame(intake)
    assert rows["list_amount"].null_count() == 0
    assert rows.filter(pl.col("outcome") == "open")["amount"].null_count() == 2_089
    assert (rows["team"].n_unique(), rows["region"].n_unique()) == (6, 3)
    absent = {"currency", "seller_close_on", "next_step", "stage_position", "probability"}
    assert intake.book.tables["deals"].present.isdisjoint(absent)


@pytest.mark.real_data
def test_maven_proposes_the_sector_nobody_can_spell(real_data: Path) -> None:
    found = made.proposal(_real(real_data / "maven_crm"), "sector_nearly_the_same")
    assert found is not None
    assert (found.detail, found.applied) == ("«technolgy» → «technology» (1,165 deals)", False)


@pytest.mark.real_data
def test_friofrio_reconciles_with_its_lines_and_three_currencies(real_data: Path) -> None:
    intake = _real(real_data / "friofrio")
    assert intake.reconciled == Reconciled(2_551, 1_567, 984, 0, 0, 0)
    assert _counts(intake, "currency") == {"EUR": 564, "USD": 865, "JPY": 138}
    rows = made.frame(intake)
    assert rows["latest_activity_on"].null_count() == 1_567
    first = rows.filter(pl.col("external_id") == "10689").row(0, named=True)
    assert (first["amount"], first["currency"]) == (36_741_900, "EUR")
    early = made.dirt(intake, "dates_before_creation")
    assert early is not None
    assert early.count == 52
    apart = made.dirt(intake, "two_currencies_in_a_row")
    assert apart is not None
    assert apart.count == 3


@pytest.mark.real_data
def test_olist_is_a_book_of_leads(real_data: Path) -> None:
    intake = _real(real_data / "olist_funnel")
    assert intake.reconciled == Reconciled(8_842, 8_000, 842, 0, 0, 0)
    assert _counts(intake, "outcome") == {"open": 7_158, "won": 842}
    assert intake.as_of == date(2018, 11, 14)
    assert "owner" not in intake.book.tables["deals"].present
    early = made.dirt(intake, "closed_before_opened")
    assert early is not None
    assert early.count == 1


@pytest.mark.real_data
def test_fivetran_hubspot_reconciles(real_data: Path) -> None:
    intake = _real(real_data / "fivetran_hubspot")
    assert intake.reconciled == Reconciled(44, 44, 0, 0, 0, 0)
    assert intake.book.tables["deals"].present >= {"amount", "stage"}
    lost = made.dirt(intake, "unmatched_changes")
    assert lost is not None
    assert lost.count == 114


@pytest.mark.real_data
def test_fivetran_salesforce_reconciles(real_data: Path) -> None:
    intake = _real(real_data / "fivetran_salesforce")
    assert intake.reconciled == Reconciled(10, 8, 0, 0, 0, 2)
    assert made.dirt(intake, "all_rows_deleted") is not None
    assert _counts(intake, "outcome") == {"won": 5, "lost": 3}
