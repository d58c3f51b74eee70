"""What ended, in sentences: the four ends, too few, the run of noes, and no difference where none can be shown."""

import msgspec
import pytest

from earnest.learn.figures import Ended, ValueRate
from earnest.surfaces.check.wording import ended
from tests.surfaces.check import parts
from tests.surfaces.check.parts import group, rate, usd


def figures(**changes) -> Ended:
    values = {
        "won_count": 21,
        "lost_count": 29,
        "no_decision_count": 28,
        "declined_count": 6,
        "all_in": rate(21, 78),
        "no_decision_known": True,
    }
    return msgspec.structs.replace(parts.nothing_ended(), **{**values, **changes})


@pytest.mark.duty("S4.61")
@pytest.mark.at("AT-06")
def test_the_rate_stands_with_its_interval_and_n() -> None:
    assert ended.finding(figures()) == "27 % of what ended was won (18–37 %, 21 of 78)"


@pytest.mark.parametrize(
    ("x", "n", "said"),
    [
        (0, 0, "No deal in this file has ended"),
        (1, 3, "1 of 3 was won: too few to say more"),
        (2, 3, "2 of 3 were won: too few to say more"),
    ],
)
def test_none_and_too_few(x: int, n: int, said: str) -> None:
    assert ended.finding(figures(won_count=x, all_in=rate(x, n))) == said


@pytest.mark.parametrize(("wins", "said"), [(1, "1 win and no loss is"), (842, "842 wins and no loss are")])
def test_wins_alone_give_no_share(wins: int, said: str) -> None:
    assert ended.finding(figures(won_count=wins, all_in=rate(0, 0))) == f"{said} recorded, so no share can be told"


@pytest.mark.duty("S4.62")
@pytest.mark.at("AT-08")
def test_four_ends_and_declined_in_no_rate() -> None:
    assert ended.ends(figures()) == (
        "21 won, 29 lost, 28 without a decision and 6 declined by us. Deals that we declined are in no rate."
    )
    assert ended.ends(figures(declined_count=0)) == "21 won, 29 lost and 28 without a decision."
    assert ended.ends(parts.nothing_ended()) == ""


def test_no_decision_is_not_said_to_be_none_where_it_is_unknown() -> None:
    unknown = figures(no_decision_known=False, no_decision_count=0)
    assert ended.ends(unknown) == "21 won, 29 lost and 6 declined by us. Deals that we declined are in no rate."
    assert ended.no_decision_known(unknown).startswith("This file does not tell a deal that went to somebody else")
    assert ended.no_decision_known(figures()) == ended.no_decision_known(parts.nothing_ended()) == ""


@pytest.mark.parametrize(
    ("noes", "run", "said"),
    [
        (None, None, ""),
        (1.0, None, "1 no for each yes."),
        (2.714, None, "2.7 noes for each yes."),
        (
            3.0,
            8,
            "3 noes for each yes. At this rate 8 in a row without a win is ordinary: it happens one time in ten.",
        ),
    ],
)
def test_noes_behind_each_yes(noes: float | None, run: int | None, said: str) -> None:
    assert ended.noes(figures(noes_per_yes=noes, dry_run=run)) == said


def test_by_value_says_what_it_rests_on() -> None:
    value = ValueRate("USD", usd(250_000), usd(1_000_000), 0.25, 0.1, 0.5, 3.6, one_deal_dominates=True)
    assert ended.by_value(value) == (
        "By value 25 % (10–50 %): USD 250 k of USD 1,000 k, as good as 4 deals of one size. "
        "One deal is more than a quarter of it, so one deal could turn it."
    )
    none = msgspec.structs.replace(value, share=None)
    assert ended.by_value(none) == "By value in USD: nothing to share."


def test_a_group_differs_or_nothing_is_said() -> None:
    assert ended.outcome(group("Ada", 9, 10, differs=True)) == "differs from the rest"
    assert ended.outcome(group("Ada", 9, 10)) == ""


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, ""), (1, "1 group with too few deals is left out."), (4, "4 groups with too few deals are left out.")],
)
def test_groups_left_out_are_counted(count: int, said: str) -> None:
    comparison = msgspec.structs.replace(parts.comparison("owner", "Owner", group("Ada", 9, 10)), left_out_count=count)
    assert ended.left_out(comparison) == said
