"""Which next steps are vague (D7): a phrase that names no act, with fewer than four words of content after it."""

import re
import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.pipeline.rules import VAGUE, VAGUE_NEXT_STEP
from earnest.rulebook import engine, on_frames
from tests.rulebook.books import native

VAGUE_STEPS = (
    "follow up", "Follow-up", "followup", "FOLLOW UP.", "Follow-up w/ team", "follow up with Ines", "- follow up -",
    "follow up next week", "Follow up on proposal", "follow\u00a0up", "  follow up\n", "follow up: Ines, Tuesday",
    "check in", "check-in", "check in next week", "Checking in with the team again", "touch base",
    "touching base w/ Bob", "circle back", "Circle back w/ the team on this", "ping", "Ping!", "ping Ines", "chase",
    "chase: contract", "nudge Bob & Eve", "keep warm", "stay in touch", "call", "Call", "call back", "Call Ines",
    "call the CFO", "call\u00a0Ines", "call them back again next week", "call/email Ines", "email", "e-mail",
    "E-mail Ines", "mail",
    "email — again", "TBD", "tba", "TBC", "none", "n/a", "N/A.", "tbd with Ines on Friday",
    "", " ", "-", "?", "...", "–", " \u00a0 ",
)  # fmt: skip

NAMED_STEPS = (
    "Call Ines to agree the measure by Friday",
    "call the CFO about the pilot contract terms",
    "Call Ines: agree measure, sign Friday",
    "Email Ines the measure, the plan, the cause and the cost",
    "follow up on the four open points of legal",
    "ping Ines, Bob, Eve and Dana about the workshop",
    "stay in touch with Ines until spring 2026",
    "Thu with Ines and finance to agree the measure",  # T1
    "Meeting 18 Jan",
    "Ines sends the measure",
    "Decision of the board on 12 January",
    "demo",
    "Workshop with finance",
    "Send the contract, then call",
    "callback agreed",
    "caller list",
    "pinged",
    "Emailed contract",
    "mailing list agreed",
    "chaser",
    "calling Ines",
    "2. follow up",
    "tbdx",
    "電話",
    "Änderung besprechen",
    "объём",
)
EVERY = VAGUE_STEPS + NAMED_STEPS


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize("step", VAGUE_STEPS)
def test_a_step_without_an_act_is_vague(step: str) -> None:
    assert VAGUE_NEXT_STEP.evaluate({"next_step": step}) is True


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize("step", NAMED_STEPS)
def test_a_step_with_an_act_is_not_vague(step: str) -> None:
    assert VAGUE_NEXT_STEP.evaluate({"next_step": step}) is False


def on_an_engine(name: str, steps: list[str]) -> list[bool]:
    rows = pl.DataFrame({"deal_id": range(len(steps)), "next_step": steps}, schema_overrides={"next_step": pl.String})
    condition = on_frames.flag_column(VAGUE_NEXT_STEP.flags, frozenset(rows.columns))
    found = engine.collect(engine.lazy(native(name, rows)).with_columns(vague=condition))
    return found.sort("deal_id")["vague"].to_list()


@pytest.mark.parametrize("name", ["polars", "duckdb", "pandas"])
def test_every_engine_finds_the_same_steps_vague(name: str) -> None:
    assert on_an_engine(name, list(EVERY)) == [step in VAGUE_STEPS for step in EVERY]


PIECES = ("follow up", "Follow-", "up", "call", "check in", "email", "the", "with", "w/", "Ines", "measure", "18.01.",
          "—", " ", "\u00a0", "\t", "\n", ",", ".", "/", "-", "é", "!")  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), min_size=1, max_size=30))
def test_any_text_is_as_vague_on_polars_as_on_one_deal(steps: list[str]) -> None:
    assert on_an_engine("polars", steps) == [VAGUE_NEXT_STEP.evaluate({"next_step": step}) for step in steps]


@pytest.mark.parametrize(
    "step",
    [
        "call " + "the " * 20_000 + "q r s t",
        "call " + "." * 20_000 + " q r s t",
        "call " + "a-" * 20_000 + " q r s t",
        "call" + " " * 20_000 + "q" + " " * 20_000 + "r s t",
        "call " + "the a to x " * 3_000,
        "." * 50_000 + "x",
        " " * 50_000 + "x",
    ],
    ids=["small words", "marks", "hyphens", "blanks", "mixed", "only marks", "only blanks"],
)
def test_no_text_is_slow_to_match(step: str) -> None:
    started = time.process_time()
    assert re.search(VAGUE, step, re.IGNORECASE | re.ASCII) is None
    assert time.process_time() - started < 0.5
