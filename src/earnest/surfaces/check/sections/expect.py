"""Section 5, what to expect: the range beside what others would claim, the ages, and the method on earlier days."""

from dataclasses import dataclass

from earnest.charts import scales, strips
from earnest.charts.scales import Scale
from earnest.forecast.figures import AgeBand, Backcheck, Forecast, Range
from earnest.measures.figures import Money
from earnest.rulebook import words
from earnest.surfaces.check.layout import Cell, Column, Grid, cell, spoken
from earnest.surfaces.check.wording import expect as wording
from earnest.surfaces.check.wording import phrases


@dataclass(frozen=True)
class Expected:
    """One currency's range and the claims beside it, on one scale."""

    reading: str
    claims: str
    grid: Grid


@dataclass(frozen=True)
class Section:
    """Everything that section 5 shows."""

    finding: str
    too_few: str
    ranges: tuple[Expected, ...]
    shock: str
    bands: Grid | None
    bands_note: str
    checks: tuple[Grid, ...]
    checked: str
    method: str
    exact_method: str


def section(forecast: Forecast) -> Section:
    """Section 5 from its figures."""
    told = bool(forecast.ranges) and not forecast.too_few
    return Section(
        finding=wording.finding(forecast),
        too_few=forecast.too_few,
        ranges=tuple(_expected(each) for each in forecast.ranges),
        shock=wording.shock(forecast),
        bands=_bands(forecast) if forecast.bands else None,
        bands_note=wording.BANDS,
        checks=tuple(
            _checks(forecast, currency) for currency in sorted({each.currency for each in forecast.backchecks})
        ),
        checked=wording.checked(forecast) if told else "",
        method=wording.METHOD,
        exact_method=forecast.method,
    )


def _expected(each: Range) -> Expected:
    claims = [amount.minor for amount in (each.stage_default, each.stated_weighted) if amount is not None]
    scale = scales.covering([each.p90.minor, *claims], room=0.05)
    rows = [_range_row(each, scale)]
    if each.stage_default is not None:
        rows.append(_claim_row("Stage weights would claim", each.stage_default, scale))
    if each.stated_weighted is not None:
        rows.append(_claim_row("The file's own probabilities", each.stated_weighted, scale))
    ticks = [(tick, phrases.tick(Money(round(tick), each.currency))) for tick in scales.ticks(scale, count=3)]
    grid = Grid(
        f"What to expect{f', {each.currency}' if each.currency else ''}",
        (
            Column("From the open deals"),
            Column("", "drawn", strips.head(scale, ticks)),
            Column(each.currency or "Amount", "number"),
        ),
        tuple(rows),
    )
    return Expected(wording.reading(each), wording.claims(each), grid)


def _range_row(each: Range, scale: Scale) -> tuple[Cell, ...]:
    drawn = strips.strip(
        strips.bar(scale, each.p10.minor, each.p90.minor, kind="range", thick=16),
        strips.bar(scale, each.p25.minor, each.p75.minor, kind="range half", thick=16),
        strips.post(scale, each.p50.minor, kind="middle"),
    )
    span = f"{phrases.amount_only(each.p10)} to {phrases.amount_only(each.p90)}"
    return (cell("Earnest expects"), cell(drawing=drawn), cell(span, small=f"middle {phrases.amount_only(each.p50)}"))


def _claim_row(name: str, amount: Money, scale: Scale) -> tuple[Cell, ...]:
    drawn = strips.strip(
        strips.bar(scale, 0, amount.minor, kind="thread", thick=1), strips.diamond(scale, amount.minor)
    )
    return (cell(name), cell(drawing=drawn), cell(phrases.amount_only(amount)))


def _bands(forecast: Forecast) -> Grid:
    whole = Scale(0, 1)
    heads = strips.head(whole, [(tick, words.share(tick)) for tick in (0.0, 0.5, 1.0)])
    return Grid(
        wording.BANDS,
        (
            Column("Age, days", "number"),
            Column("Won, of all earlier", "number"),
            Column("whisker: all earlier; dot: lately", "drawn", heads),
            Column("Lately, used", "number"),
            Column("Open now", "number"),
            Column("Wins expected", "number"),
        ),
        tuple(_band(band, whole) for band in forecast.bands),
    )


def _band(band: AgeBand, whole: Scale) -> tuple[Cell, ...]:
    rate = band.history
    drawn = "" if rate.low is None or rate.high is None else strips.whisker(whole, rate.low, rate.high)
    return (
        cell(wording.ages(band)),
        cell(phrases.counted(rate)),
        cell(drawing=strips.strip(strips.rule(whole, (0.0, 0.5, 1.0)), drawn, strips.dot(whole, band.win_share))),
        cell(words.share(band.win_share)),
        cell(words.count(band.open_count)),
        cell(words.number(band.expected_win_count)),
    )


def _checks(forecast: Forecast, currency: str) -> Grid:
    mine = [check for check in forecast.backchecks if check.currency == currency]
    amounts = [amount.minor for check in mine for amount in (check.p90, check.happened, check.stage_default) if amount]
    scale = scales.covering(amounts, room=0.05)
    ticks = [(tick, phrases.tick(Money(round(tick), currency))) for tick in scales.ticks(scale, count=3)]
    return Grid(
        f"{wording.CHECKS}{f' {currency}' if currency else ''}",
        (
            Column("On this day"),
            Column("Open", "number"),
            Column("Expected", "number"),
            Column("bar: range; diamond: happened; cross: stage weights", "drawn", strips.head(scale, ticks)),
            Column("Happened", "number"),
            Column("Stage weights", "number"),
        ),
        tuple(_check(check, scale) for check in mine),
    )


def _check(check: Backcheck, scale: Scale) -> tuple[Cell, ...]:
    drawn = strips.strip(
        strips.bar(scale, check.p10.minor, check.p90.minor, kind="range"),
        strips.post(scale, check.expected.minor, kind="middle"),
        "" if check.stage_default is None else strips.cross(scale, check.stage_default.minor),
        strips.diamond(scale, check.happened.minor, kind="diamond happened"),
    )
    return (
        cell(phrases.day(check.day)),
        cell(words.count(check.open_count)),
        cell(phrases.amount_only(check.expected)),
        cell(drawing=drawn),
        cell(phrases.amount_only(check.happened)),
        cell(phrases.amount_only(check.stage_default)),
    )


def remarks(told: Section) -> tuple[str, ...]:
    """The sentences under the figures, in their order."""
    return spoken(told.too_few, told.shock, told.checked)
