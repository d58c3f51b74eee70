"""The cycle in sentences: belief beside measurement, at least, too few, what outlives its date."""

import pytest

from earnest.measures.figures import SegmentCycle
from earnest.surfaces.check.wording import cycle
from tests.surfaces.check import parts
from tests.surfaces.check.parts import past, rate

MEASURED = parts.cycle(
    win_count=21,
    ended_count=84,
    open_count=30,
    days=(196, 236, 289),
    won_share=0.2623,
    naive_days=(187.0, 233.3, 279.2),
    longest_win_days=341,
    history_days=700,
    outlived=rate(1, 8),
)


def changed(**changes):
    return parts.cycle(**{name: getattr(MEASURED, name) for name in MEASURED.__struct_fields__} | changes)


@pytest.mark.duty("S4.10")
@pytest.mark.at("AT-01")
def test_belief_stands_beside_measurement() -> None:
    assert cycle.finding(MEASURED, 122) == (
        "You said 4 months; half of what you win is won within 196 days, nine in ten within 289"
    )


def test_without_a_belief_only_the_measurement_is_said() -> None:
    assert cycle.finding(MEASURED, None) == "Half of what you win is won within 196 days, nine in ten within 289"


def test_short_history_says_at_least() -> None:
    short = changed(at_least=True, history_days=365)
    assert cycle.finding(short, None) == (
        "Half of what you win is won within at least 196 days, nine in ten within at least 289"
    )
    assert cycle.at_least(short).startswith("The history of 365 days is short against these figures")
    assert cycle.at_least(MEASURED) == ""


@pytest.mark.parametrize(
    ("wins", "said"),
    [
        (0, "No deal with dates was won here, so no cycle can be measured"),
        (1, "1 win with dates: too few to measure a cycle"),
        (4, "4 wins with dates: too few to measure a cycle"),
    ],
)
def test_too_few_wins(wins: int, said: str) -> None:
    few = parts.cycle(win_count=wins, naive_days=(9.0, 9.0, 9.0))
    assert cycle.finding(few, 122) == said
    assert cycle.naive(few) == ""
    assert cycle.what_is_needed(few).startswith("A cycle needs won deals with the day they were opened")
    assert cycle.what_is_needed(MEASURED) == ""


def test_the_counts_behind_the_figures() -> None:
    assert (
        cycle.rests_on(MEASURED) == "From 21 wins, 84 ended deals in all and 30 still open, over 700 days of history."
    )
    assert cycle.rests_on(changed(undated_count=1)).endswith("1 deal without an opening date is left out.")
    assert cycle.rests_on(changed(undated_count=500)).endswith("500 deals without an opening date are left out.")


@pytest.mark.at("AT-03")
def test_the_naive_figure_is_named_and_explained() -> None:
    assert cycle.naive(MEASURED).startswith(
        "From won deals alone it would be 187 and 279.2 days. That leaves out every"
    )


def test_a_naive_figure_that_is_longer_is_not_called_short() -> None:
    longer = changed(naive_days=(200.0, 240.0, 289.0))
    assert cycle.naive(longer) == (
        "From won deals alone it would be 200 and 289 days. That leaves out the deals that are still open and those "
        "that ended otherwise at the same age, so it can be off either way; here it is not shorter."
    )


@pytest.mark.at("AT-04")
def test_few_not_none() -> None:
    assert cycle.outlived(MEASURED) == (
        "Of 8 ended deals that outlived 289 days, 1 was won, 12 % (1–45 %): few, not none."
    )


@pytest.mark.parametrize(
    ("rate_", "said"),
    [
        (rate(0, 0), "No deal has yet ended after 289 days."),
        (
            rate(0, 8),
            "Of 8 ended deals that outlived 289 days, none was won, 0 % (0–26 %): none so far, which is not never.",
        ),
        (rate(0, 3), "Of 3 ended deals that outlived 289 days, none was won: none so far, which is not never."),
        (
            rate(4, 8),
            (
                "Of 8 ended deals that outlived 289 days, 4 were won, 50 % (20–80 %): not so few, "
                "so take the date as a question and not as an end."
            ),
        ),
    ],
)
def test_what_outlived_the_date(rate_, said: str) -> None:
    assert cycle.outlived(changed(outlived=rate_)) == said


def test_nothing_outlives_a_date_that_is_not_there() -> None:
    assert cycle.outlived(parts.cycle()) == ""


def test_open_deals_past_the_longest_win() -> None:
    old = past(longest_win_days=138, past_longest=rate(1_291, 1_589), won_p95_days=116.0, past_p95=rate(1_393, 1_589))
    assert cycle.past_longest(old) == "1,291 of 1,589 (81 %) open deals are older than the longest win ever, 138 days."
    assert cycle.past_p95(old) == "1,393 of 1,589 (88 %) are older than nineteen in twenty wins, 116 days."


def test_one_or_none_past_the_longest_win() -> None:
    one = past(longest_win_days=138, past_longest=rate(1, 9))
    none = past(longest_win_days=138, past_longest=rate(0, 9))
    assert cycle.past_longest(one) == "1 of 9 (11 %) open deals is older than the longest win ever, 138 days."
    assert cycle.past_longest(none) == "None of 9 open deals is older than the longest win, 138 days."
    assert cycle.past_longest(past()) == cycle.past_p95(past()) == ""


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, ""),
        (1, "1 open deal has no opening date, so no age: unknown, not young."),
        (500, "500 open deals have no opening date, so no age: unknown, not young."),
    ],
)
def test_undated_is_unknown(count: int, said: str) -> None:
    assert cycle.undated(past(undated_count=count)) == said


def test_a_segment_says_how_much_is_its_own() -> None:
    mid = SegmentCycle("mid", 14, 53, 20, (171.0, 196.0, 232.0), (182, 212, 255), 181.0, 0.583)
    few = SegmentCycle("new", 2, 3, 9, (None, None, None), (None, None, None), None, 0.17)
    assert (cycle.segment_note(mid), cycle.segment_note(few)) == ("58 % its own", "too few")


def test_the_curve_says_how_much_is_won_in_the_end() -> None:
    assert cycle.curve_finding(MEASURED) == "26 % are won in the end, nine in ten of these within 289 days"
    assert cycle.curve_finding(changed(at_least=True)).endswith("within at least 289 days")
    assert cycle.curve_finding(parts.cycle()) == "How much was won by which day"
