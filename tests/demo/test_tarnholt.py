"""What the story tells beyond the records: it adds up to the figures that later rooms will be held to."""

from statistics import median

from earnest.demo.tarnholt import company, deals, ended, evidence, figures, opened, told

OPEN = {deal.key: deal for deal in deals.every() if deal.outcome == "open"}


def test_the_history_by_segment_and_end() -> None:
    rows = [(row.segment, row.outcome, row.days) for row in ended.rows()]
    rows += [
        (deal.segment, deal.outcome, (deal.closed_on - deal.opened_on).days)
        for deal in told.deals()
        if deal.closed_on is not None and deal.key != "T5"
    ]
    days = {
        (segment, outcome): sorted(each for *kind, each in rows if kind == [segment, outcome])
        for segment, outcome, _ in rows
    }
    assert {kind: len(each) for kind, each in days.items()} == {
        ("mid", "won"): 14,
        ("ent", "won"): 7,
        ("mid", "lost"): 20,
        ("ent", "lost"): 9,
        ("mid", "no_decision"): 18,
        ("ent", "no_decision"): 10,
        ("mid", "declined"): 6,
    }
    assert days["mid", "won"] == [98, 117, 129, 138, 149, 156, 164, 171, 178, 187, 196, 210, 232, 268]
    assert days["ent", "won"] == [172, 201, 219, 236, 251, 289, 341]
    assert days["mid", "declined"] == [3, 6, 9, 12, 21, 37]
    assert [row.days for row in sorted(ended.rows(), key=lambda row: row.days) if row.to_a_favourite] == [
        14, 19, 22, 26, 31, 34, 41, 47,
    ]  # fmt: skip


def test_the_chances_of_the_quarter_add_up() -> None:
    chances = evidence.chances()
    assert {each.key for each in chances} == set(OPEN)
    assert round(sum(OPEN[each.key].value * each.first_quarter for each in chances), 1) == 743.2


def test_every_open_or_told_deal_has_its_levels() -> None:
    heard = {row.key: row.heard_on for row in opened.rows()}
    levels = evidence.levels(heard)
    assert {each.key for each in levels} == set(OPEN) | {"T5", "T6", "T7", "T8"}
    assert {len(each.levels) for each in levels} == {len(evidence.ELEMENTS)}
    assert {each.key: each.said_on for each in levels if each.key == "P16"} == {"P16": heard["P16"]}


def test_whoever_is_quoted_takes_part_in_the_deal() -> None:
    people = {(deal.key, person.name) for deal in deals.every() for person in deal.people}
    assert {(said.key, said.person) for said in evidence.said()} <= people
    assert [said.element for said in evidence.said() if said.key == "T1"] == list(evidence.ELEMENTS)


def test_dana_takes_eight_percent_off_at_the_median_and_fifteen_at_most() -> None:
    given = [deal.discount for deal in deals.every() if deal.rep == "DA" and deal.discount is not None]
    assert (len(given), round(median(given), 2), max(given)) == (3, 0.08, 0.15)


def test_the_channels_add_up() -> None:
    assert sum(channel.conversations for channel in figures.CHANNELS) == 524
    assert sum(channel.deals for channel in figures.CHANNELS) == 48


def test_the_quotas_add_up_to_more_than_the_plan() -> None:
    asked = sum(person.quota or 0 for person in company.PEOPLE)
    assert (asked, company.PLAN, round(asked / company.PLAN - 1, 3)) == (3_350, 2_800, 0.196)
