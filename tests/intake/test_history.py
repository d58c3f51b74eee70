"""History of deals in its three forms, as changes."""

from datetime import date

import pytest

from tests.intake import exports, made

DEALS = exports.table(
    "opportunity.csv",
    ["Id", "Name", "StageName", "Amount", "CloseDate", "CreatedDate", "IsClosed", "IsWon", "OwnerId"],
    [
        ["006Pw0000000001", "One", "Negotiation/Review", "300", "2026-08-31", "2026-01-05", "false", "false", "u1"],
        ["006Pw0000000002", "Two", "Closed Won", "500", "2026-03-20", "2026-01-06", "true", "true", "u1"],
        ["006Pw0000000003", "Three", "Qualification", "", "2026-06-30", "2026-02-01", "false", "false", "u2"],
    ],
)
HISTORY_HEADERS = ["Id", "OpportunityId", "StageName", "Amount", "Probability", "CloseDate", "CreatedDate"]


def _version(deal: int, stage: str, amount: str, close: str, at: str) -> list[str]:
    # The API writes 18 characters where the report has 15.
    return ["008", f"006Pw000000000{deal}IAA", stage, amount, "10", close, f"{at}T08:00:00.000+0000"]


HISTORY = exports.table(
    "OpportunityHistory.csv",
    HISTORY_HEADERS,
    [
        _version(1, "Negotiation/Review", "300", "2026-08-31", "2026-05-01"),
        _version(1, "Qualification", "200", "2026-03-31", "2026-01-05"),
        _version(1, "Qualification", "200", "2026-05-31", "2026-03-30"),
        _version(1, "Qualification", "200", "2026-06-15", "2026-04-03"),
        _version(2, "Qualification", "400", "2026-04-30", "2026-01-06"),
        _version(2, "Closed Won", "500", "2026-03-20", "2026-03-20"),
        _version(9, "Qualification", "1", "2026-04-30", "2026-01-06"),
    ],
)


def _changes(intake: made.Intake, field: str, side: str) -> list[tuple[int, object, object]]:
    rows = made.frame(intake, "changes")
    mine = rows.filter(rows["field"] == field)
    return list(mine.select("deal_id", f"from_{side}", f"to_{side}").iter_rows())


def _dates(intake: made.Intake) -> list[tuple[int, date | None, date | None]]:
    return [
        (deal, None if old is None else made.words.day_of(old), None if new is None else made.words.day_of(new))  # type: ignore[arg-type]
        for deal, old, new in _changes(intake, "seller_close_on", "on")
    ]


def test_whole_rows_become_changes_of_what_differs() -> None:
    intake = made.intake(DEALS, HISTORY)
    assert _changes(intake, "stage", "text") == [
        (1, None, "Qualification"),
        (1, "Qualification", "Negotiation/Review"),
        (2, None, "Qualification"),
        (2, "Qualification", "Closed Won"),
    ]
    assert _changes(intake, "amount", "amount") == [
        (1, None, 20_000),
        (1, 20_000, 30_000),
        (2, None, 40_000),
        (2, 40_000, 50_000),
    ]


@pytest.mark.duty("S0.2")
def test_close_dates_moved_within_a_week_are_one_change() -> None:
    assert _dates(made.intake(DEALS, HISTORY))[:3] == [
        (1, None, date(2026, 3, 31)),
        (1, date(2026, 3, 31), date(2026, 6, 15)),
        (1, date(2026, 6, 15), date(2026, 8, 31)),
    ]


def test_the_close_date_that_ending_brings_is_no_move() -> None:
    moves = [change for change in _dates(made.intake(DEALS, HISTORY)) if change[0] == 2]
    assert moves == [(2, None, date(2026, 4, 30))]


def test_a_date_that_goes_back_within_a_week_has_not_moved() -> None:
    there_and_back = exports.table(
        "OpportunityHistory.csv",
        HISTORY_HEADERS,
        [
            _version(1, "Qualification", "200", "2026-03-31", "2026-01-05"),
            _version(1, "Qualification", "200", "2026-05-31", "2026-03-30"),
            _version(1, "Qualification", "200", "2026-03-31", "2026-04-02"),
        ],
    )
    assert _dates(made.intake(DEALS, there_and_back)) == [(1, None, date(2026, 3, 31))]


def test_stages_have_their_place_and_ends_have_none() -> None:
    rows = made.frame(made.intake(DEALS, HISTORY), "changes")
    stages = rows.filter(rows["field"] == "stage")
    assert list(stages.select("from_position", "to_position").iter_rows()) == [(None, 1), (1, 2), (None, 1), (1, None)]


def test_imported_history_says_where_it_comes_from() -> None:
    assert set(made.column(made.intake(DEALS, HISTORY), "origin", "changes")) == {"import"}


def test_history_of_unknown_deals_is_counted() -> None:
    found = made.dirt(made.intake(DEALS, HISTORY), "unmatched_changes")
    assert found is not None
    assert found.count == 1


def test_the_day_of_the_latest_stage_comes_from_history() -> None:
    assert made.days(made.intake(DEALS, HISTORY), "stage_changed_on") == [date(2026, 5, 1), date(2026, 3, 20), None]


def test_a_fields_old_and_new_value_are_a_change_as_they_are() -> None:
    table = exports.table(
        "OpportunityFieldHistory.csv",
        ["OpportunityId", "Field", "OldValue", "NewValue", "CreatedById", "CreatedDate"],
        [
            ["006Pw0000000001IAA", "CloseDate", "2026-03-31", "2026-06-30", "u7", "2026-03-01T10:00:00.000+0000"],
            ["006Pw0000000001IAA", "Amount", "", "300", "u7", "2026-03-02T10:00:00.000+0000"],
            ["006Pw0000000001IAA", "NextStep", "call", "visit", "u7", "2026-03-03T10:00:00.000+0000"],
            ["006Pw0000000001IAA", "Colour", "red", "blue", "u7", "2026-03-03T10:00:00.000+0000"],
        ],
    )
    intake = made.intake(DEALS, table)
    assert _dates(intake) == [(1, date(2026, 3, 31), date(2026, 6, 30))]
    assert _changes(intake, "amount", "amount") == [(1, None, 30_000)]
    assert _changes(intake, "next_step", "text") == [(1, "call", "visit")]
    assert set(made.column(intake, "changed_by", "changes")) == {"u7"}


def test_pipedrives_changelog_is_read() -> None:
    deals = exports.table(
        "deals.csv",
        ["Deal - ID", "Deal - Title", "Deal - Stage", "Deal - Status", "Deal - Expected close date"],
        [["1", "One", "Demo", "Open", "2026-08-01"]],
    )
    log = exports.table(
        "changelog.csv",
        ["deal_id", "field_key", "old_value", "new_value", "actor_user_id", "time"],
        [["1", "expected_close_date", "2026-06-01", "2026-08-01", "9", "2026-04-01 10:00:00"]],
    )
    assert _dates(made.intake(deals, log)) == [(1, date(2026, 6, 1), date(2026, 8, 1))]


def test_hubspots_values_over_time_are_read_with_names_for_ids() -> None:
    deals = exports.table(
        "deal_data.csv",
        ["deal_id", "property_dealname", "deal_pipeline_stage_id", "owner_id", "property_createdate"],
        [["1", "One", "s2", "11", "2026-01-01"]],
    )
    stages = exports.table(
        "deal_pipeline_stage_data.csv",
        ["stage_id", "label", "display_order", "closed_won", "is_closed", "pipeline_id"],
        [["s1", "Demo", "0", "FALSE", "FALSE", "p"], ["s2", "Offer", "1", "FALSE", "FALSE", "p"]],
    )
    owners = exports.table(
        "owner_data.csv", ["owner_id", "email", "first_name", "last_name"], [["11", "k@x", "Kathryn", "Janeway"]]
    )
    history = exports.table(
        "deal_property_history_data.csv",
        ["deal_id", "timestamp", "source", "name", "source_id", "value"],
        [
            ["1", "2026-02-01 10:00:00", "CRM_UI", "dealstage", "", "s2"],
            ["1", "2026-01-01 10:00:00", "CRM_UI", "dealstage", "", "s1"],
            ["1", "2026-01-01 10:00:00", "CRM_UI", "closedate", "", "2026-01-31"],
            ["1", "2026-01-20 10:00:00", "CRM_UI", "closedate", "", "2026-03-31"],
            ["1", "2026-01-20 10:00:00", "CRM_UI", "hubspot_owner_id", "", "11"],
            ["1", "2026-01-20 10:00:00", "CRM_UI", "colour", "", "red"],
        ],
    )
    intake = made.intake(deals, stages, owners, history)
    assert _changes(intake, "stage", "text") == [(1, None, "Demo"), (1, "Demo", "Offer")]
    assert _dates(intake) == [(1, None, date(2026, 1, 31)), (1, date(2026, 1, 31), date(2026, 3, 31))]
    assert _changes(intake, "owner", "text") == [(1, None, "Kathryn Janeway")]
    assert made.column(intake, "stage_position") == [2]


def test_hubspots_stage_columns_are_history() -> None:
    deals = exports.table(
        "deals.csv",
        ["Record ID", "Deal Name", "Deal Stage", 'Date entered "Demo (Sales)"', 'Date entered "Offer (Sales)"'],
        [["1", "One", "Offer", "2026-01-01 10:00", "2026-02-01 10:00"], ["2", "Two", "Demo", "2026-01-01 10:00", ""]],
    )
    assert _changes(made.intake(deals), "stage", "text") == [(1, None, "Demo"), (1, "Demo", "Offer"), (2, None, "Demo")]


def test_warehouse_versions_are_history() -> None:
    headers = [
        "_fivetran_active",
        "_fivetran_start",
        "_fivetran_end",
        "id",
        "stage_name",
        "amount",
        "close_date",
        "owner_id",
    ]
    versions = exports.table(
        "opportunity_history.csv",
        headers,
        [
            [
                "false",
                "2026-01-05 10:00:00",
                "2026-02-05 10:00:00",
                "006Pw0000000001",
                "Qualification",
                "9",
                "2026-03-31",
                "u0",
            ],
            [
                "true",
                "2026-02-05 10:00:00",
                "9999-12-31 23:59:59",
                "006Pw0000000001",
                "Qualification",
                "9",
                "2026-08-31",
                "u1",
            ],
        ],
    )
    intake = made.intake(DEALS, versions)
    assert _dates(intake) == [(1, None, date(2026, 3, 31)), (1, date(2026, 3, 31), date(2026, 8, 31))]
    assert _changes(intake, "owner", "text") == [(1, None, "u0"), (1, "u0", "u1")]


def test_what_no_change_tells_is_no_column() -> None:
    deals = exports.table("deals.csv", ["deal_id", "deal", "stage", "amount"], [["1", "One", "Demo", "5"]])
    log = exports.table(
        "changes.csv",
        ["deal_id", "field", "old_value", "new_value", "changed_at"],
        [["1", "stage", "Lead", "Demo", "2026-04-01 10:00:00"]],
    )
    assert made.intake(deals, log).book.tables["changes"].present == {
        "change_id",
        "deal_id",
        "at",
        "field",
        "from_text",
        "to_text",
        "origin",
    }


def test_history_of_a_merged_deal_belongs_to_the_one_that_is_left() -> None:
    deals = exports.table("deal_data.csv", ["deal_id", "property_dealname"], [["1", "One"]])
    merges = exports.table("merged_deal_data.csv", ["deal_id", "merged_deal_id"], [["1", "2"]])
    history = exports.table(
        "deal_property_history_data.csv",
        ["deal_id", "timestamp", "name", "value"],
        [["2", "2026-01-01 10:00:00", "dealstage", "s1"]],
    )
    assert _changes(made.intake(deals, merges, history), "stage", "text") == [(1, None, "s1")]
