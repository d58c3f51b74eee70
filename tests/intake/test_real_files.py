"""The real exports: every row arrives, and what is odd about them is told."""

import csv
from pathlib import Path

import pytest

from earnest.intake import values
from tests.intake import files

pytestmark = pytest.mark.real_data


def linked(folder: Path, source: Path) -> Path:
    target = folder / "0.in"
    target.unlink(missing_ok=True)
    target.symlink_to(source)
    return target


def plainly(source: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows as the standard library reads them."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return header, [row for row in rows if any(cell.strip() for cell in row)]


FOLDERS = ("maven_crm", "olist_funnel", "friofrio", "fivetran_salesforce", "fivetran_hubspot", "atomic_crm_contacts")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_row_and_cell_arrives(folder: str, real_data: Path, tmp_path: Path) -> None:
    sources = sorted((real_data / folder).glob("*.csv"))
    assert sources
    for source in sources:
        header, rows = plainly(source)
        if not rows or len(header) < 2:
            continue
        (found,) = files.tables(linked(tmp_path, source), source.name)
        refused = sum(dirt.count for dirt in found.dirt if dirt.refused)
        assert found.row_count + refused == len(rows), source.name
        if not refused:
            expected = [tuple(cell if cell.strip() else None for cell in row) for row in rows]
            assert found.rows.rows() == expected, source.name


def test_a_comma_inside_a_header_and_three_currencies(real_data: Path, tmp_path: Path) -> None:
    source = real_data / "friofrio" / "Test_TP2_Datos_2020-2C.csv"
    (found,) = files.tables(linked(tmp_path, source), source.name)
    assert found.headers[3] == "Pricing, Delivery_Terms_Quote_Appr"
    assert (found.row_count, len(found.headers), found.encoding) == (2_551, 51, "utf-8 with BOM")
    blanked, counts = values.blank_tokens(found.rows["Planned_Delivery_End_Date"])
    assert counts.keys() <= {"NaT"}
    form = values.sniff_dates(blanked, found.rows["Opportunity_Created_Date"])
    assert (form.kind, form.order, form.ambiguous) == ("numeric", "mdy", False)


def test_every_probability_of_1000_is_refused(real_data: Path, tmp_path: Path) -> None:
    source = real_data / "fivetran_salesforce" / "sf_opportunity_data.csv"
    (found,) = files.tables(linked(tmp_path, source), source.name)
    shares = values.parse_shares(found.rows["probability"])
    assert found.rows["probability"].filter(shares.unreadable).unique().to_list() == ["1000"]


def test_dates_and_money_of_the_maven_deals_are_all_read(real_data: Path, tmp_path: Path) -> None:
    (found,) = files.tables(linked(tmp_path, real_data / "maven_crm" / "sales_pipeline.csv"))
    assert found.row_count == 8_800
    opened = values.parse_days(found.rows["engage_date"])
    assert (opened.unreadable.sum(), opened.days.null_count()) == (0, 500)
    amounts = values.parse_amounts(found.rows["close_value"], "USD")
    assert (amounts.unreadable.sum(), amounts.ambiguous.sum(), amounts.minor.sum()) == (0, 0, 1_000_553_400)
