"""A verdict on one row: its state, its sentence, and why it is unknown where it is."""

import pytest

from earnest.rulebook.rule import (
    Rule,
    Severity,
    State,
    Verdict,
    sentence,
    spoken,
    unknown_sentence,
    verdict_on_row,
    verdicts_on_row,
)
from earnest.rulebook.tables import Column, Kind
from earnest.rulebook.tree import Column as Read
from earnest.rulebook.tree import Expr

VOCABULARY = {
    column.name: column
    for column in (
        Column("age_days", Kind.NUMBER, "the age"),
        Column("limit_days", Kind.NUMBER, "the limit"),
        Column("due_on", Kind.DAY, "the day it is due"),
        Column("heard_at", Kind.MOMENT, "the latest contact"),
        Column("amount", Kind.MONEY, "the amount"),
        Column("kept_share", Kind.NUMBER, "the share kept"),
        Column("step", Kind.TEXT, "the next step"),
        Column("done", Kind.FLAG, "whether it has happened"),
        Column("calls_count", Kind.INTEGER, "the calls"),
    )
}
LATE = Read("age_days") > Read("limit_days")


def rule(flags: Expr = LATE, says: str = "It is late.") -> Rule:
    return Rule("late", "late", flags, says, "Wait.", "S1.9")


def said(says: str, flags: Expr = LATE, **row: object) -> str:
    return sentence(rule(flags, says), row, VOCABULARY)


# --- states ----------------------------------------------------------------------------------------------------


def test_a_true_condition_flags_with_a_sentence_and_the_evidence() -> None:
    late = rule(says="It is {age_days:day} old.")
    assert verdict_on_row(late, {"age_days": 5, "limit_days": 3, "step": "x"}, VOCABULARY) == Verdict(
        late, State.FLAGGED, "It is 5 days old.", (), (), {"age_days": 5, "limit_days": 3}
    )


def test_a_false_condition_is_clear_and_says_nothing() -> None:
    late = rule()
    assert verdict_on_row(late, {"age_days": 3, "limit_days": 3}, VOCABULARY) == Verdict(
        late, State.CLEAR, "", (), (), {"age_days": 3, "limit_days": 3}
    )


def test_an_unknown_condition_says_which_column_is_blank() -> None:
    late = rule()
    assert verdict_on_row(late, {"age_days": None, "limit_days": 3}, VOCABULARY) == Verdict(
        late,
        State.UNKNOWN,
        "Not known yet: the age is blank.",
        ("age_days",),
        (),
        {"age_days": None, "limit_days": 3},
    )


def test_two_columns_of_one_name_are_told_once() -> None:
    twice = {"a": Column("a", Kind.INTEGER, "the people"), "b": Column("b", Kind.INTEGER, "the people")}
    assert unknown_sentence(["a", "b"], [], twice) == "Not known: nothing here tells the people."


def test_an_unknown_condition_says_which_column_the_book_lacks() -> None:
    late = rule()
    assert verdict_on_row(late, {"limit_days": None}, VOCABULARY) == Verdict(
        late,
        State.UNKNOWN,
        "Not known: nothing here tells the age.",
        ("limit_days",),
        ("age_days",),
        {"age_days": None, "limit_days": None},
    )


def test_a_share_of_nothing_is_unknown_because_nothing_has_happened() -> None:
    share = rule(Read("calls_count") / Read("limit_days") < 1)
    verdict = verdict_on_row(share, {"calls_count": 0, "limit_days": 0}, VOCABULARY)
    assert (verdict.state, verdict.sentence) == (State.UNKNOWN, "Not known yet: there is nothing to count so far.")
    assert (verdict.blank, verdict.absent) == ((), ())


def test_what_is_only_asked_for_surely_is_not_a_reason() -> None:
    excused = rule(LATE & ~(Read("step") == "agreed").surely())
    verdict = verdict_on_row(excused, {"age_days": None, "limit_days": 3}, VOCABULARY)
    assert (verdict.blank, verdict.absent) == (("age_days",), ())
    assert sorted(verdict.values) == ["age_days", "limit_days", "step"]


def test_a_blank_that_changes_nothing_is_no_reason() -> None:
    either = rule(Read("age_days").or_else(Read("step")) > Read("limit_days"))
    verdict = verdict_on_row(either, {"age_days": None, "step": 5, "limit_days": None}, VOCABULARY)
    assert (verdict.sentence, verdict.blank) == ("Not known yet: the limit is blank.", ("limit_days",))
    assert verdict_on_row(either, {"age_days": None, "step": 5, "limit_days": 3}, VOCABULARY).blank == ()


def test_the_fast_path_gives_the_states_alone() -> None:
    rows = [{"age_days": 5, "limit_days": 3}, {"age_days": 2, "limit_days": 3}, {"limit_days": 3}]
    assert [verdicts_on_row([rule()], row) for row in rows] == [{"late": True}, {"late": False}, {"late": None}]


# --- why it is unknown -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("absent", "blank", "told"),
    [
        (["due_on"], [], "Not known: nothing here tells the day it is due."),
        (["due_on", "step"], ["amount"], "Not known: nothing here tells the day it is due and the next step."),
        ([], ["amount"], "Not known yet: the amount is blank."),
        ([], ["amount", "step"], "Not known yet: the amount and the next step are blank."),
        ([], ["age_days", "amount", "step"], "Not known yet: the age, the amount and the next step are blank."),
        ([], ["strange_name"], "Not known yet: strange name is blank."),
    ],
)
def test_an_unknown_is_told_in_the_words_of_its_columns(absent: list[str], blank: list[str], told: str) -> None:
    assert unknown_sentence(absent, blank, VOCABULARY) == told


# --- sentences -------------------------------------------------------------------------------------------------


def test_columns_are_said_by_their_kind() -> None:
    row = {"due_on": 20_440, "heard_at": 20_361 * 86_400 + 50_000, "amount": 7_100_000, "currency": "EUR"}
    row |= {"step": "follow up", "done": True, "calls_count": 1_291, "limit_days": 12.5}
    assert said("due {due_on}", **row) == "due 18 Dec 2025"
    assert said("heard {heard_at}", **row) == "heard 30 Sep 2025"
    assert said("at {amount}", **row) == "at EUR 71 k"
    assert said("«{step}», {done}, {calls_count}, {limit_days}", **row) == "«follow up», yes, 1,291, 12.5"


def test_money_without_a_currency_is_a_bare_amount() -> None:
    assert said("{amount}", amount=7_100_000) == said("{amount}", amount=7_100_000, currency=None) == "71 k"


def test_a_share_is_a_percentage() -> None:
    assert said("{kept_share}", kept_share=0.604) == "60 %"
    assert said("{our_share}", (Read("a") / Read("b")).named("our_share") > 0, a=1, b=250) == "0.4 %"


def test_named_days_are_whole_days_that_have_passed() -> None:
    gap = (Read("due_at") / 86_400).named("gap_days") > 0
    assert said("{gap_days:day}", gap, due_at=86_400 * 2 - 1) == "1 day"
    assert said("{gap_days:day}", gap, due_at=86_400 * 2) == "2 days"
    assert said("{gap_days}", gap, due_at=86_400 * 2.9) == "2"


def test_a_column_of_days_is_not_cut() -> None:
    assert said("{age_days:day}", age_days=2.4) == "2.4 days"


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 days, 0 times"), (1, "1 day, once"), (2, "2 days, twice"), (3, "3 days, 3 times")]
)
def test_one_and_many_are_told_apart(number: int, told: str) -> None:
    assert said("{calls_count:day}, {calls_count:time}", calls_count=number) == told


def test_what_has_no_value_is_said_to_be_unknown() -> None:
    assert said("due {due_on}, {age_days:day}") == "due unknown, unknown"


def test_braces_and_percent_in_a_value_are_left_alone() -> None:
    assert said("«{step}»", step="{age_days} 100 % {0}") == "«{age_days} 100 % {0}»"


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (True, Kind.FLAG, "yes"),
        (False, None, "no"),
        (20_440, Kind.DAY, "18 Dec 2025"),
        (-1, Kind.MOMENT, "31 Dec 1969"),
        (95_000, Kind.MONEY, "USD 950"),
        (0.25, None, "0.2"),
        ("as it is", None, "as it is"),
    ],
)
def test_a_value_is_said_as_people_say_it(value: object, kind: Kind | None, told: str) -> None:
    assert spoken(value, kind, "USD") == told


# --- what a rule knows of itself -------------------------------------------------------------------------------


def test_a_rule_knows_what_it_reads_and_says() -> None:
    gap = rule((Read("a") - Read("b")).named("gap_days") > Read("limit_days"), "{gap_days:day}, {limit_days}, {a}.")
    assert gap.reads == {"a", "b", "limit_days"}
    assert gap.needs == {"a", "b", "limit_days"}
    assert gap.placeholders == ("gap_days", "limit_days", "a")
    assert gap.values["gap_days"]({"a": 5, "b": 3}) == 2
    assert gap.evaluate({"a": 5, "b": 3, "limit_days": 1}) is True


def test_a_rule_is_soft_and_asks_nothing_unless_it_says_so() -> None:
    assert (rule().severity, rule().asks) == (Severity.SOFT, "")


def test_states_and_severities_are_the_words_of_the_report() -> None:
    assert [str(each) for each in State] == ["flagged", "clear", "unknown"]
    assert [str(each) for each in Severity] == ["hard", "soft", "watch", "note"]
