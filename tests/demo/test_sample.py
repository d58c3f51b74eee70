"""The sample export: the same bytes from the same seed, and all the dirt that it promises."""

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from earnest.demo import company, sample

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return sample.write_sample(tmp_path_factory.mktemp("sample"))


def rows_of(path: Path, encoding: str, delimiter: str = ",") -> Rows:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.fixture(scope="module")
def report(files: list[Path]) -> Rows:
    return [row for row in rows_of(files[0], "utf-8-sig") if row["Stage"]]


@pytest.fixture(scope="module")
def deals(report: Rows) -> Rows:
    return list({row["Opportunity ID"]: row for row in report}.values())


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  # a date without a time has no zone


def test_the_same_seed_writes_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    again = sample.write_sample(tmp_path / "again")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files]


def test_another_seed_writes_another_company_year(files: list[Path], tmp_path: Path) -> None:
    other = sample.write_sample(tmp_path / "other", seed=8)
    assert other[0].read_bytes() != files[0].read_bytes()


def test_files_are_named_opportunities_first(files: list[Path]) -> None:
    assert [path.name for path in files] == [
        "pellworth_opportunities.csv",
        "pellworth_accounts.csv",
        "pellworth_sales_team.csv",
        "OpportunityHistory.csv",
    ]


def test_report_counts_1400_deals_twelve_of_them_twice(report: Rows) -> None:
    ids = Counter(row["Opportunity ID"] for row in report)
    assert (len(report), len(ids)) == (1_412, 1_400)
    assert sum(count - 1 for count in ids.values()) == sample.DUPLICATE_COUNT


def test_report_ends_with_a_footer(files: list[Path]) -> None:
    lines = files[0].read_text(encoding="utf-8-sig").splitlines()
    assert lines[-5:] == [
        "",
        '"Grand Totals (1,412 records)"',
        "",
        "Confidential Information - Do Not Distribute",
        '"Copyright © 2000-2026 salesforce.com, inc. All rights reserved."',
    ]


def test_157_deals_are_open_and_38_of_them_are_older_than_every_win(deals: Rows) -> None:
    ages = [(company.AS_OF - day(row["Created Date"])).days for row in deals if row["Closed"] == "false"]
    wins = [(day(row["Close Date"]) - day(row["Created Date"])).days for row in deals if row["Won"] == "true"]
    assert (len(ages), len(wins), max(wins)) == (157, 278, 407)
    assert sum(age > max(wins) for age in ages) == 38


def test_four_in_a_hundred_ended_deals_were_entered_after_their_end(deals: Rows) -> None:
    ended = [row for row in deals if row["Closed"] == "true"]
    backwards = [row for row in ended if day(row["Close Date"]) < day(row["Created Date"])]
    assert len(ended) == 1_243
    assert len(backwards) == pytest.approx(0.04 * 1_243, abs=10)


def test_close_dates_heap_at_month_ends(deals: Rows) -> None:
    ended = [day(row["Close Date"]) for row in deals if row["Closed"] == "true"]
    # Six days of thirty-one would hold a fifth of them if nothing pulled.
    assert sum(when.day >= 26 for when in ended) == pytest.approx(0.55 * len(ended), abs=40)


def test_picklists_are_unset_in_three_ways(deals: Rows) -> None:
    sources = Counter(row["Lead Source"] for row in deals)
    unset = [sources.pop(look) for look in ("Select", "--None--", "")]
    assert set(sources) == set(company.SOURCES)
    assert sum(unset) == pytest.approx(0.14 * 1_400, abs=40)


def test_open_deals_have_vague_clear_and_no_next_steps(deals: Rows) -> None:
    steps = Counter(row["Next Step"] for row in deals if row["Closed"] == "false")
    kinds = (steps[""], *(sum(steps[step] for step in kind) for kind in (company.VAGUE_STEPS, company.CLEAR_STEPS)))
    assert kinds == (33, 45, 79)


def test_reasons_of_no_decision_and_of_declining_stand_among_the_losses(deals: Rows) -> None:
    reasons = Counter(row["Loss Reason"] for row in deals if row["Stage"] == "Closed Lost")
    assert set(reasons) == {
        *company.LOST_REASONS,
        *company.NO_DECISION_REASONS,
        company.DECLINED_REASON,
        "Select",
        "--None--",
        "",
    }


def test_two_currencies_and_seven_owners(report: Rows) -> None:
    assert {row["Amount Currency"] for row in report} == {"EUR", "GBP"}
    assert {row["Opportunity Owner"].strip() for row in report} == set(company.OWNERS)


def test_a_probability_above_a_hundred_and_wins_without_revenue(deals: Rows) -> None:
    assert any(row["Probability (%)"] == "750" for row in deals)
    assert any(row["Won"] == "true" and row["Amount"] == "0.00" for row in deals)


def test_some_account_names_need_repair(report: Rows, files: list[Path]) -> None:
    known = {row["Account Name"] for row in rows_of(files[1], "cp1252", ";")}
    strange = {row["Account Name"] for row in report} - known
    assert len(strange) == pytest.approx(0.02 * 1_400, abs=12)
    assert {name.replace(" ", "") for name in strange} <= {name.replace(" ", "") for name in known}


def test_accounts_are_cp1252_with_semicolons(files: list[Path]) -> None:
    assert files[1].read_bytes().startswith(b"Account Name;Industry;Segment;Billing Country\r\n")
    with pytest.raises(UnicodeDecodeError):
        files[1].read_text(encoding="utf-8")


def test_history_tells_every_push_of_an_open_deal(files: list[Path], deals: Rows) -> None:
    history = rows_of(files[3], "utf-8")
    moments = [row["CreatedDate"] for row in history]
    assert moments == sorted(moments)
    assert moments[-1][:10] <= company.AS_OF.isoformat()
    closes: dict[str, list[str]] = {}
    for row in history:
        closes.setdefault(row["OpportunityId"], []).append(row["CloseDate"])
    open_deals = [sample.api_id(row["Opportunity ID"]) for row in deals if row["Closed"] == "false"]
    assert sum(len(set(closes[deal])) > 3 for deal in open_deals) == 26


def test_nothing_but_expected_closes_is_later_than_the_sample_day(report: Rows) -> None:
    stated = [day(row[name]) for row in report for name in ("Created Date", "Last Activity") if row[name]]
    ended = [day(row["Close Date"]) for row in report if row["Closed"] == "true"]
    assert max(stated) == company.AS_OF
    assert max(ended) <= company.AS_OF


def test_api_id_adds_the_case_of_the_fifteen() -> None:
    # The pair is the example that the CRM's own help pages use for this conversion.
    assert sample.api_id("001A0000006Vm9r") == "001A0000006Vm9rIAC"
