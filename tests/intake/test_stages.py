"""The place of a stage: told, never made up."""

import polars as pl
import pytest

from earnest.intake import stages
from earnest.intake.mapping import Mapping, StageMeaning
from tests.intake import exports, made

NO_TABLE = pl.DataFrame()
NO_MOVES = pl.DataFrame(schema={"from_text": pl.String, "to_text": pl.String})


def _deals(*names: str, ended: tuple[str, ...] = ()) -> pl.DataFrame:
    every = [*names, *ended]
    return pl.DataFrame({"stage": every, "outcome": ["won" if name in ended else "open" for name in every]})


def _moves(*pairs: tuple[str, str, int]) -> pl.DataFrame:
    rows = [(first, then) for first, then, count in pairs for _ in range(count)]
    return pl.DataFrame(rows, schema=["from_text", "to_text"], orient="row")


def test_the_shipped_stages_are_counted_among_those_in_use() -> None:
    deals = _deals("Negotiation/Review", "Qualification", "Proposal/Price Quote", ended=("Closed Won",))
    assert stages.places(deals, NO_MOVES, NO_TABLE, Mapping()) == {
        "Qualification": 1,
        "Proposal/Price Quote": 2,
        "Negotiation/Review": 3,
    }


def test_one_stage_that_nobody_ships_leaves_the_order_unknown() -> None:
    assert stages.places(_deals("Prospecting", "Engaging"), NO_MOVES, NO_TABLE, Mapping()) == {}


def test_the_stage_table_orders_by_what_it_says() -> None:
    table = pl.DataFrame({"stage": ["Offer", "Demo", "Signed"], stages.STAGE_ORDER: [7, 2, 9]})
    found = stages.places(_deals("Demo", "Offer", ended=("Signed",)), NO_MOVES, table, Mapping())
    assert found == {"Demo": 1, "Offer": 2}


def test_a_person_says_more_than_any_table() -> None:
    given = Mapping(stages={"Demo": StageMeaning("open", 2), "Offer": StageMeaning("open", 1)})
    table = pl.DataFrame({"stage": ["Offer", "Demo"], stages.STAGE_ORDER: [7, 2]})
    assert stages.places(_deals("Demo", "Offer"), NO_MOVES, table, given) == {"Demo": 2, "Offer": 1}


def test_enough_moves_in_one_direction_tell_the_order() -> None:
    moves = _moves(("Alpha", "Beta", 20), ("Beta", "Gamma", 15), ("Alpha", "Gamma", 3), ("Gamma", "Beta", 2))
    found = stages.places(_deals("Gamma", "Beta", "Alpha"), moves, NO_TABLE, Mapping())
    assert found == {"Alpha": 1, "Beta": 2, "Gamma": 3}


def test_too_few_moves_tell_nothing() -> None:
    moves = _moves(("Alpha", "Beta", 10), ("Beta", "Gamma", 9))
    assert stages.places(_deals("Gamma", "Beta", "Alpha"), moves, NO_TABLE, Mapping()) == {}


def test_moves_in_a_circle_tell_nothing() -> None:
    moves = _moves(("Alpha", "Beta", 10), ("Beta", "Gamma", 10), ("Gamma", "Alpha", 10))
    assert stages.places(_deals("Gamma", "Beta", "Alpha"), moves, NO_TABLE, Mapping()) == {}


def test_moves_to_and_fro_tell_nothing() -> None:
    moves = _moves(("Alpha", "Beta", 20), ("Beta", "Alpha", 18))
    assert stages.places(_deals("Beta", "Alpha"), moves, NO_TABLE, Mapping()) == {}


STAGES = exports.table(
    "stages.csv",
    ["stage_id", "label", "displayOrder", "metadata.isClosed", "metadata.probability", "pipeline_id"],
    [
        ["s1", "Demo", "0", "false", "0.2", "p"],
        ["s2", "Signed", "1", "true", "1.0", "p"],
        ["s3", "Gone", "2", "true", "0.0", "p"],
    ],
)


@pytest.mark.parametrize("written", [["s1", "s2", "s3"], ["Demo", "Signed", "Gone"]])
def test_the_stage_table_is_found_by_id_and_by_name_and_a_closed_stage_at_1_is_won(written: list[str]) -> None:
    rows = [[str(number), f"deal {number}", stage] for number, stage in enumerate(written)]
    intake = made.intake(exports.table("deals.csv", ["Record ID", "Deal Name", "Deal Stage"], rows), STAGES)
    assert made.column(intake, "stage") == ["Demo", "Signed", "Gone"]
    assert made.column(intake, "outcome") == ["open", "won", "lost"]
    assert made.column(intake, "stage_position") == [1, None, None]


def test_pipedrives_stages_give_the_order_only() -> None:
    deals = exports.table(
        "deals.csv",
        ["id", "title", "stage_id", "status", "add_time"],
        [["1", "One", "7", "open", "2026-01-01 10:00:00"], ["2", "Two", "6", "open", "2026-01-01 10:00:00"]],
    )
    table = exports.table(
        "stages.csv", ["id", "name", "order_nr", "pipeline_id"], [["6", "Lead in", "0", "1"], ["7", "Demo", "1", "1"]]
    )
    intake = made.intake(deals, table)
    assert made.column(intake, "stage") == ["Demo", "Lead in"]
    assert made.column(intake, "stage_position") == [2, 1]
