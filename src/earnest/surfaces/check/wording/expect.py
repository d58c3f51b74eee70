"""What to expect, in sentences: the range, what stage weights would claim, and how the method did on earlier days."""

from earnest.forecast.figures import AgeBand, Backcheck, Forecast, Range
from earnest.rulebook import words
from earnest.surfaces.check.wording import phrases

METHOD = (
    "Each open deal gets the chance that earlier deals of its age had of being won within as long a period; "
    "the range comes from adding up these chances and amounts. What a seller or a stage says is not asked."
)
BANDS = (
    "What became of all earlier deals at the same age, within a period as long as this one, beside how it went lately. "
    "The forecast uses how it went lately: the latest period says most about the next."
)
CHECKS = "The same method on earlier days, from only what was known then."


def finding(forecast: Forecast) -> str:
    """The one sentence of the section."""
    if forecast.too_few:
        return "Too little has ended to say what to expect"
    ranges = [span(each) for each in forecast.ranges]
    if not ranges:
        return "There is nothing open to expect anything from"
    return f"Expect {phrases.listed(ranges)} from what is open today, by {phrases.day(forecast.to_day)}"


def span(each: Range) -> str:
    """`USD 1,010 k to 1,420 k`: the currency once, the range in which four of five outcomes lie."""
    return f"{phrases.money(each.p10)} to {phrases.amount_only(each.p90)}"


def reading(each: Range) -> str:
    """How to read the range of one currency."""
    return (
        f"Four times in five the open deals bring {span(each)}; as often more than {phrases.money(each.p50)} as less. "
        f"From {words.plural(each.deal_count, 'open deal')} worth {phrases.money(each.open_value)} on paper."
    )


def claims(each: Range) -> str:
    """What weighting by stage would claim beside it, and the file's own probabilities."""
    said = []
    if each.stage_default is not None:
        said.append(f"the usual stage weights would claim {phrases.money(each.stage_default)}")
    if each.stated_weighted is not None:
        said.append(f"the probabilities in the file {phrases.money(each.stated_weighted)}")
    return phrases.sentence(" and ".join(said))


def ages(band: AgeBand) -> str:
    """`60 to 89 days`, `390 days and more`."""
    if band.to_days is None:
        return f"{words.count(band.from_days)} and more"
    return f"{words.count(band.from_days)} to {words.count(band.to_days)}"


def checked(forecast: Forecast) -> str:
    """How the method did on earlier days, beside the stage weights."""
    count = len(forecast.backchecks)
    if not count or forecast.backcheck_error is None:
        return "The history is too short to try the method on an earlier day."
    inside = sum(1 for check in forecast.backchecks if held(check))
    days = words.plural(count, "earlier day")
    beside = (
        f"; the usual stage weights by {words.share(forecast.stage_default_error)}"
        if forecast.stage_default_error is not None
        else ""
    )
    return (
        f"Tried on {days}, it was off by {words.share(forecast.backcheck_error)} on average{beside}. "
        f"What happened lay inside the range {words.count(inside)} of {words.plural(count, 'time')}."
    )


def held(check: Backcheck) -> bool:
    """Whether what happened lay inside the range."""
    return check.p10.minor <= check.happened.minor <= check.p90.minor


def shock(forecast: Forecast) -> str:
    """What the range allows for."""
    if forecast.too_few or not forecast.shock:
        return ""
    return (
        "The range is wider than chance alone would make it: "
        "it allows for a period that is good or bad for every deal at once."
    )
