"""The sections: each has its finding, its tables by name, its drawings where there is something to draw."""

import msgspec
import pytest

from earnest.pipeline.figures import AgeCount, OwnerLine
from earnest.surfaces.check.layout import Grid
from earnest.surfaces.check.sections import appendix, claimed, cycle, deals, dirt, ended, expect
from earnest.surfaces.check.sections import page as pages
from tests.surfaces.check import parts, reports
from tests.surfaces.check.parts import claimed_value, comparison, deal, group, rate, reason, usd


def texts(grid: Grid | None) -> list[list[str]]:
    """The words of a table, drawn cells left out."""
    assert grid is not None
    kept = [place for place, column in enumerate(grid.columns) if column.kind != "drawn"]
    return [["\n".join(row[place].lines) for place in kept] for row in grid.rows]


def heads(grid: Grid | None) -> list[str]:
    assert grid is not None
    return [column.head for column in grid.columns if column.kind != "drawn"]


@pytest.mark.duty("S1.9")
def test_reasons_show_has_and_only() -> None:
    figures = msgspec.structs.replace(
        parts.no_claims(),
        open_count=30,
        hard_count=10,
        values=(claimed_value("EUR", 346_500_000, 131_700_000, open_count=30),),
        reasons=(
            reason(
                "no_next_step", deal_count=7, value=(parts.Money(98_000_000, "EUR"),), only_reason_count=1,
                only_reason_value=(parts.Money(5_000_000, "EUR"),),
            ),
            reason("close_date_passed", clear_count=30),
            reason("past_every_win", unknown_count=30, absent_labels=("the day the deal was opened",)),
            reason("use_soon", unknown_count=30, absent_labels=("the day the deal was opened",) * 2),
        ),
    )  # fmt: skip
    told = claimed.section(figures)
    assert heads(told.reasons) == [
        "Reason",
        "Deals",
        "Value, EUR",
        "For this alone",
        "Value, EUR",
        "What would clear it",
    ]
    assert texts(told.reasons) == [
        ["no next step", "7", "980 k", "1", "50 k", "Agree one thing that both sides will do, with a person and a day."]
    ]
    assert told.quiet == "Looked for and not found: date passed."
    assert [(each.needs, each.titles) for each in told.unknowns] == [
        ("needs the day the deal was opened", ("past any win", "use soon"))
    ]
    assert told.splits[0].not_real == "EUR 1,317 k not real, 38 %"


def test_several_currencies_stand_in_lines_of_one_cell() -> None:
    told = claimed.section(reports.four_currencies().claimed)
    assert texts(told.reasons)[0][2] == "EUR 3.3 bn\nJPY 41.2 bn\nKWD 329.2 m\n17"
    assert [split.claimed for split in told.splits] == [
        "EUR 10.0 bn claimed",
        "JPY 123.5 bn claimed",
        "KWD 987.7 m claimed",
        "50 claimed",
    ]


def test_owners_are_alphabetical_and_open_only_while_few() -> None:
    owners = tuple(OwnerLine(name, 3, hard, (usd(100),), ()) for name, hard in (("Zoe", 3), ("amara", 0), ("Bo", 2)))
    told = claimed.section(msgspec.structs.replace(parts.no_claims(), open_count=9, owners=owners))
    assert [row[0] for row in texts(told.owners)] == ["amara", "Bo", "Zoe"]
    assert told.owners_open
    assert not claimed.section(reports.large().claimed).owners_open


@pytest.mark.duty("S4.10")
def test_belief_measured_and_naive_stand_in_one_table() -> None:
    large = reports.large(lines=0)
    told = cycle.section(large.cycle, large.past_every_win, 122)
    assert texts(told.compared) == [
        ["You said", "122", "—", "—"],
        ["Measured", "57", "90", "108"],
        ["Won deals alone (naive)", "57", "88", "106"],
    ]
    assert told.past[0] == "1,291 of 1,589 (81 %) open deals are older than the longest win ever, 138 days."
    assert told.beside_ages == told.past[1:]


def test_the_curve_marks_the_dates_and_the_belief() -> None:
    large = reports.large(lines=0)
    told = cycle.section(large.cycle, large.past_every_win, 122)
    assert told.curve is not None
    for words in ("half by day 57", "three in four by day 90", "nine in ten by day 108", "you said 122"):
        assert f">{words}</text>" in told.curve.drawing.text
    assert len(texts(told.curve.grid)) <= 13


def test_without_wins_there_is_no_curve_and_no_age_chart() -> None:
    told = cycle.section(parts.cycle(), parts.past(), None)
    assert (told.compared, told.curve, told.segments, told.ages, told.past) == (None, None, None, None, ())


def test_ages_past_the_date_are_drawn_apart() -> None:
    ages = (AgeCount(0, 99, 3), AgeCount(100, 199, 4), AgeCount(200, 299, 5))
    told = cycle.section(parts.cycle(days=(50, 70, 150)), parts.past(longest_win_days=180, ages=ages), None)
    assert told.ages is not None
    assert told.ages.drawing.text.count('class="column past"') == 1
    assert texts(told.ages.grid) == [["0–99", "3"], ["100–199", "4"], ["200–299", "5"]]


def test_at_most_three_chips_then_how_many_more() -> None:
    verdicts = tuple(parts.verdict(rule) for rule in parts.RULES)
    line = deals.section(parts.deals(deal(verdicts=verdicts))).lines[0]
    assert [chip.title for chip in line.chips] == ["past its date", "no next step", "date passed"]
    assert line.more == "+2"
    assert len(line.told) == 5


def test_their_date_and_ours_are_apart_and_blank_is_a_dash() -> None:
    line = deals.section(parts.deals(deal(buyer_by_when_day=parts.TODAY))).lines[0]
    assert (line.theirs, line.ours, line.step, line.pushes) == ("31 Dec 2017", "30 Nov 2017", "—", "—")


def test_a_deal_without_flags_is_clear_or_unknown() -> None:
    clear = deal(verdicts=(), unknown_titles=())
    unknown = deal(verdicts=(), unknown_titles=("a", "b"))
    chips = [line.chips[0] for line in deals.section(parts.deals(clear, unknown)).lines]
    assert [(chip.tone, chip.title) for chip in chips] == [("clear", "clear"), ("unknown", "2 unknown")]


def test_an_age_is_drawn_against_its_date() -> None:
    late, fresh, undated = deals.section(
        parts.deals(
            deal(), deal(age_days=53, opened_day=parts.TODAY - 53, days_past=0, good_through_day=parts.TODAY + 53),
            deal(age_days=None, opened_day=None),
        )
    ).lines  # fmt: skip
    assert 'class="aged past"' in str(late.age_drawing)
    assert 'x="0%" width="25%" y="7" height="6" class="aged"/>' in str(fresh.age_drawing)
    assert undated.age_drawing is None


def test_the_unit_stands_in_the_head_of_one_currency_only() -> None:
    one = deals.section(parts.deals(deal()))
    several = deals.section(reports.four_currencies().deals)
    assert (one.unit, one.lines[0].amount) == ("USD", "4.8 k")
    assert (several.unit, several.lines[1].amount) == ("", "JPY 123.5 bn")


def test_people_stand_in_a_funnel_and_few_groups_in_a_table() -> None:
    owner = comparison("owner", "Owner", group("Zoe", 5, 9), group("Ada", 30, 40, differs=True))
    source = comparison("source", "Source", group("web", 5, 9), group("fair", 2, 3))
    told = ended.section(
        msgspec.structs.replace(parts.nothing_ended(), all_in=rate(9, 20), comparisons=(owner, source))
    )
    people, sources = told.comparisons
    assert people.drawing is not None
    assert ">Ada</text>" in people.drawing.text
    assert ">Zoe</text>" not in people.drawing.text
    assert texts(people.grid) == [["Ada", "30 of 40", "75 %", "60–86 %"], ["Zoe", "5 of 9", "56 %", "25–83 %"]]
    assert people.grid.rows[0][0].small == "differs from the rest"
    assert sources.drawing is None
    assert texts(sources.grid)[0] == ["fair", "2 of 3", "too few", "—"]


@pytest.mark.at("AT-06")
def test_rates_of_ends_only_where_no_decision_is_known() -> None:
    figures = msgspec.structs.replace(
        parts.nothing_ended(), all_in=rate(21, 78), competitive=rate(21, 50), decision=rate(50, 78),
        no_decision=rate(28, 78), no_decision_known=True,
    )  # fmt: skip
    assert texts(ended.section(figures).rates) == [
        ["Won, of all that ended", "21 of 78", "27 %", "18–37 %"],
        ["Won, of won and lost", "21 of 50", "42 %", "29–56 %"],
        ["Decided, for us or another", "50 of 78", "64 %", "53–74 %"],
        ["Ended in no decision", "28 of 78", "36 %", "26–47 %"],
    ]
    blurred = msgspec.structs.replace(figures, no_decision_known=False)
    assert len(texts(ended.section(blurred).rates)) == 1


def test_the_range_stands_above_what_others_claim() -> None:
    told = expect.section(reports.large(lines=0).forecast)
    assert texts(told.ranges[0].grid) == [
        ["Earnest expects", "710 k to 1,140 k"],
        ["Stage weights would claim", "2,075 k"],
    ]
    assert texts(told.checks[0])[0] == ["1 Jun 2017", "1,500", "1,900 k", "1,700 k", "3,800 k"]
    assert texts(told.bands)[-1] == ["139 and more", "0 of 912", "0.1 %", "792", "0.4"]


def test_too_few_says_so_and_draws_nothing() -> None:
    told = expect.section(parts.forecast(too_few="1 deal has ended."))
    assert (told.ranges, told.bands, told.checks, told.checked) == ((), None, (), "")
    assert told.too_few == "1 deal has ended."


def test_dirt_keeps_count_examples_what_was_done_and_what_to_do() -> None:
    large = reports.large(lines=0)
    told = dirt.section(large.dirt, large.proposals, large.reconciled)
    first = told.spots[0]
    assert (first.count, first.examples[0], first.refused) == ("500", "line 8302: UP409DSB", False)
    assert [spot.refused for spot in told.spots] == [False, False, True]
    assert [question.state for question in told.questions] == ["done, please check", "proposed, not done"]


def test_the_appendix_names_every_column() -> None:
    large = reports.large(lines=0)
    told = appendix.section(large.files, large.mapping)
    assert texts(told.mapping)[2:] == [
        ["sales_pipeline.csv", "engage_date", "deals: opened on", "2016-10-20", "guessed"],
        ["accounts.csv", "subsidiary_of", "—", "Acme Corporation", "not used"],
    ]


def test_the_contents_name_the_six_sections_in_order() -> None:
    told = pages.page(reports.large(lines=1))
    assert [entry.kicker for entry in told.contents] == [
        "Claimed against real",
        "Your cycle",
        "Each open deal",
        "What ended",
        "What to expect",
        "Dirt found in the file",
    ]
    assert told.contents[0].finding == told.claimed.finding


def test_a_replayed_report_says_so() -> None:
    assert pages.page(reports.report(replayed=True)).as_of == "Replayed as of 31 Dec 2017"
    assert pages.page(reports.report()).as_of == "As of 31 Dec 2017"
