"""How each deal ended."""

import pytest

from earnest.intake import endings
from earnest.intake.mapping import Mapping, StageMeaning
from tests.intake import exports, made


def _deals(stages: list[str], reasons: list[str] | None = None) -> exports.RawTable:
    columns: dict[str, list[object]] = {
        "deal_id": list(range(len(stages))),
        "stage": list(stages),
        "close_date": ["2026-01-01"] * len(stages),
    }
    if reasons is not None:
        columns["lost_reason"] = list(reasons)
    return exports.from_columns("deals.csv", columns)


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        ("Closed Won", "won"),
        ("closedlost", "lost"),
        ("6. Closed Won", "won"),
        ("Won (renewal)", "won"),
        ("Gewonnen", "won"),
        ("Perdu", "lost"),
        ("Closed – No Decision", "no_decision"),
        ("Disqualified", "declined"),
        ("Negotiation", None),
        ("Won back", None),
    ],
)
def test_words_of_stages(stage: str, outcome: str | None) -> None:
    assert endings.of_stage(stage) == outcome


@pytest.mark.parametrize(
    "reason",
    [
        "No decision",
        "Went dark",
        "Timing",
        "Budget frozen",
        "Unresponsive",
        "no response from buyer",
        "Ghosted us",
        "Postponed to next year",
        "Project cancelled",
        "Keine Entscheidung",
    ],
)
def test_reasons_that_read_like_no_decision(reason: str) -> None:
    assert endings.NO_DECISION.search(reason)


@pytest.mark.parametrize("reason", ["Price", "Lost to competitor", "Missing feature", "Built in-house"])
def test_reasons_that_do_not(reason: str) -> None:
    assert not endings.NO_DECISION.search(reason)
    assert not endings.DECLINED.search(reason)


def test_a_flag_counts_more_than_the_word_of_the_stage() -> None:
    deals = exports.table(
        "opportunity.csv",
        ["Id", "Name", "StageName", "CloseDate", "IsClosed", "IsWon"],
        [
            ["1", "a", "Closed Won", "2026-01-01", "false", "false"],
            ["2", "b", "Xq7", "2026-01-01", "true", "true"],
            ["3", "c", "Xq8", "2026-01-01", "true", "false"],
        ],
    )
    intake = made.intake(deals)
    assert made.column(intake, "outcome") == ["open", "won", "lost"]
    assert made.proposal(intake, "stage_meanings") is None


def test_a_stage_word_is_applied_and_listed() -> None:
    intake = made.intake(_deals(["Won", "Lost", "Engaging", "Won"]))
    assert made.column(intake, "outcome") == ["won", "lost", "open", "won"]
    found = made.proposal(intake, "stage_meanings")
    assert found is not None
    assert found.detail == "«Won» means won (2 deals) and «Lost» means lost (1 deal); open: «Engaging» (1 deal)."
    assert (found.count, found.applied) == (3, True)
    assert found.how == (
        'Applied, from the words alone. To change one, write in the mapping file [stages."Won"] outcome = "open".'
    )


def test_what_a_person_said_of_a_stage_counts_and_is_not_asked_again() -> None:
    mapping = Mapping(stages={"Won": StageMeaning("open"), "Parked": StageMeaning("no_decision")})
    intake = made.intake(_deals(["Won", "Parked", "Lost"]), mapping=mapping)
    assert made.column(intake, "outcome") == ["open", "no_decision", "lost"]
    found = made.proposal(intake, "stage_meanings")
    assert found is not None
    assert found.detail == "«Lost» means lost (1 deal)."


def test_stages_without_an_end_are_asked_about() -> None:
    intake = made.intake(_deals(["Alpha", "Beta"]))
    assert made.column(intake, "outcome") == ["open", "open"]
    found = made.proposal(intake, "stage_meanings")
    assert found is not None
    assert found.title == "No stage is known to be an end"


def test_lost_reasons_are_proposed_and_not_applied() -> None:
    intake = made.intake(
        _deals(["Lost", "Lost", "Lost", "Lost", "Won"], ["Went dark", "Went dark", "Price", "Disqualified by us", ""])
    )
    assert made.column(intake, "outcome") == ["lost", "lost", "lost", "lost", "won"]
    silent = made.proposal(intake, "lost_reason_no_decision")
    declined = made.proposal(intake, "lost_reason_declined")
    assert silent is not None
    assert declined is not None
    assert (silent.detail, silent.count, silent.applied) == ("«Went dark» (2 deals).", 2, False)
    assert (declined.detail, declined.count, declined.applied) == ("«Disqualified by us» (1 deal).", 1, False)


def test_an_accepted_lost_reason_is_applied_to_lost_deals_only() -> None:
    mapping = Mapping(lost_reasons={"Went dark": "no_decision"})
    intake = made.intake(_deals(["Lost", "Won", "Lost"], ["Went dark", "Went dark", "Price"]), mapping=mapping)
    assert made.column(intake, "outcome") == ["no_decision", "won", "lost"]
    assert made.proposal(intake, "lost_reason_no_decision") is None


def test_the_stage_table_tells_the_end_of_opaque_stages() -> None:
    deals = exports.table(
        "deal_data.csv",
        ["deal_id", "property_dealname", "deal_pipeline_stage_id", "property_createdate"],
        [["1", "a", "s1", "2026-01-01"], ["2", "b", "s2", "2026-01-01"], ["3", "c", "s3", "2026-01-01"]],
    )
    stages = exports.table(
        "deal_pipeline_stage_data.csv",
        ["stage_id", "label", "display_order", "closed_won", "is_closed", "pipeline_id"],
        [
            ["s1", "Demo", "0", "FALSE", "FALSE", "p"],
            ["s2", "Signed", "1", "TRUE", "TRUE", "p"],
            ["s3", "Gone", "2", "FALSE", "TRUE", "p"],
        ],
    )
    intake = made.intake(deals, stages)
    assert made.column(intake, "stage") == ["Demo", "Signed", "Gone"]
    assert made.column(intake, "outcome") == ["open", "won", "lost"]


def test_pipedrives_status_decides_and_deleted_deals_are_left_out() -> None:
    deals = exports.table(
        "deals.csv",
        ["Deal - ID", "Deal - Title", "Deal - Stage", "Deal - Status"],
        [
            ["1", "a", "Demo", "Open"],
            ["2", "b", "Demo", "Won"],
            ["3", "c", "Demo", "Lost"],
            ["4", "d", "Demo", "Deleted"],
        ],
    )
    intake = made.intake(deals)
    assert made.column(intake, "outcome") == ["open", "won", "lost"]
    assert intake.reconciled.left_out == 1


def test_odoo_loses_by_archiving() -> None:
    deals = exports.table(
        "crm.lead.csv",
        ["id", "name", "expected_revenue", "stage_id", "active", "probability"],
        [
            ["1", "a", "5", "New", "True", "10.0"],
            ["2", "b", "5", "Won", "True", "100.0"],
            ["3", "c", "5", "New", "False", "0.0"],
        ],
    )
    assert made.column(made.intake(deals), "outcome") == ["open", "won", "lost"]


def test_a_file_that_says_nothing_of_ends_has_open_deals_and_says_so() -> None:
    deals = exports.table(
        "deals.csv", ["Opportunity ID", "Opportunity Name", "Amount"], [["1", "a", "5"], ["2", "b", "6"]]
    )
    intake = made.intake(deals)
    assert made.column(intake, "outcome") == ["open", "open"]
    found = made.proposal(intake, "no_outcome")
    assert found is not None
    assert (found.count, found.applied) == (2, True)


def test_a_status_that_says_nothing_of_ends_leaves_it_to_the_stage() -> None:
    deals = exports.table(
        "deals.csv",
        ["deal_id", "stage", "status", "amount"],
        [["1", "Won", "active", "5"], ["2", "Lost", "inactive", "5"], ["3", "Demo", "active", "5"]],
    )
    assert made.column(made.intake(deals), "outcome") == ["won", "lost", "open"]
