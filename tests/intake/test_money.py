"""Amounts without a currency of their own take that of their deal; lines and links of other files."""

import polars as pl

from earnest.intake import money
from tests.intake import exports, made


def test_amounts_read_with_cents_fit_their_currency() -> None:
    rows = pl.DataFrame({"amount": [36_741_900, 500, 500, 700], "currency": ["JPY", "EUR", "KWD", None]})
    assert money.fitted(rows, ["amount"])["amount"].to_list() == [367_419, 500, 5_000, 700]


def test_without_other_currencies_nothing_changes() -> None:
    rows = pl.DataFrame({"amount": [500], "currency": ["EUR"]})
    assert money.fitted(rows, ["amount"]) is rows


DEALS = exports.table(
    "opportunity.csv",
    ["Id", "Name", "StageName", "CloseDate", "Amount", "CurrencyIsoCode"],
    [
        ["1", "One", "Prospecting", "", "", "JPY"],
        ["2", "Two", "Prospecting", "", "90", "EUR"],
        ["3", "Three", "Prospecting", "", "", "EUR"],
    ],
)


def test_history_without_a_currency_takes_that_of_the_deal() -> None:
    history = exports.table(
        "OpportunityHistory.csv",
        ["OpportunityId", "StageName", "Amount", "CreatedDate"],
        [["1", "Prospecting", "367419", "2026-01-05 10:00:00"], ["2", "Prospecting", "90", "2026-01-05 10:00:00"]],
    )
    rows = made.frame(made.intake(DEALS, history), "changes")
    assert rows.filter(pl.col("field") == "amount")["to_amount"].to_list() == [367_419, 9_000]


def test_lines_of_another_file_fill_amounts_that_are_blank_and_never_multiply_deals() -> None:
    lines = exports.table(
        "opportunity_line_item.csv",
        ["OpportunityId", "Quantity", "UnitPrice", "TotalPrice", "ListPrice", "Name"],
        [
            ["1", "2", "10", "20", "12", "A"],
            ["1", "1", "5", "5", "5", "B"],
            ["2", "1", "80", "80", "", "A"],
            ["9", "1", "80", "80", "80", "A"],
        ],
    )
    intake = made.intake(DEALS, lines)
    assert made.column(intake, "amount") == [25, 9_000, None]
    assert made.column(intake, "list_amount") == [29, None, None]
    assert made.column(intake, "product") == ["several products", "A", None]


def test_a_list_price_in_another_currency_is_no_price() -> None:
    deals = exports.table(
        "deals.csv",
        ["deal_id", "stage", "amount", "currency", "product"],
        [["1", "Open", "5", "EUR", "A"], ["2", "Open", "5", "USD", "A"]],
    )
    products = exports.table("products.csv", ["product", "list_price", "currency"], [["A", "10", "EUR"]])
    assert made.column(made.intake(deals, products), "list_amount") == [1_000, None]


def test_links_name_the_account_of_a_deal() -> None:
    deals = exports.table("deal_data.csv", ["deal_id", "property_dealname"], [["1", "One"], ["2", "Two"]])
    links = exports.table("deal_company_data.csv", ["deal_id", "company_id"], [["1", "77"]])
    companies = exports.table(
        "company_data.csv",
        ["id", "property_name", "property_industry", "property_createdate"],
        [["77", "Acme", "Toys", "2020-01-01"]],
    )
    intake = made.intake(deals, links, companies)
    assert made.column(intake, "account") == ["Acme", None]
    assert made.column(intake, "sector") == ["Toys", None]


def test_contacts_listed_in_a_cell_are_counted() -> None:
    deals = exports.table(
        "deals.csv",
        ["Record ID", "Deal Name", "Deal Stage", "Associated Contact IDs"],
        [["1", "One", "Demo", "7;8;9"], ["2", "Two", "Demo", ""]],
    )
    assert made.column(made.intake(deals), "contact_count") == [3, 0]
