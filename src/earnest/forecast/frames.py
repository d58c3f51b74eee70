"""What to expect of the open book: the range for the period ahead, how it comes about, and how it would have done."""

from datetime import timedelta

import numpy as np

from earnest.forecast import backchecks as checking
from earnest.forecast import bands as bands_of
from earnest.forecast import chances as chances_of
from earnest.forecast import deals as deals_of
from earnest.forecast import outlook, past
from earnest.forecast.chances import Chances
from earnest.forecast.deals import Deals
from earnest.forecast.figures import Forecast, Range
from earnest.rulebook import words
from earnest.rulebook.book import Book

SHOCK = 0.3  # D24: until it can be estimated from eight quarters


def open_book_forecast(book: Book, *, horizon_days: int | None = None, shock: float = SHOCK) -> Forecast:
    """What the deals open today will bring within the next three months, or so many days, after today.

    Shape: one range per currency, in alphabetical order; age bands from young to old; back-checks from early to late.
    Raises: MissingTable if the book has no deals table; too little history is told in `too_few`.
    Source: D24, method A by age, with the common shock.
    """
    deals = deals_of.of_book(book)
    known = deals_of.ends(deals)
    end = checking.period_end(book.as_of + timedelta(days=1), horizon_days)
    horizon = end - deals.as_of
    missing = chances_of.too_few(known, deals.as_of, horizon)
    if missing:
        return Forecast(deals.as_of, end, missing, (), (), (), None, None, shock, _left_out(deals))
    days = checking.days_to_check(deals, known, horizon_days)
    since = chances_of.window(known, deals.as_of, horizon)
    recent = deals.alive_since(min([since, *(each.since for each in days)]))
    chances = chances_of.estimate(recent, since=since, day=deals.as_of, horizon=horizon)
    checks = checking.backchecks(recent, days, past.of_book(book, recent), shock=shock) if days else ()
    return Forecast(
        from_day=deals.as_of,
        to_day=end,
        too_few="",
        ranges=_ranges(recent, chances, shock),
        bands=bands_of.bands(deals, chances, known, day=deals.as_of, horizon=horizon),
        backchecks=checks,
        backcheck_error=checking.error(checks),
        stage_default_error=checking.stage_default_error(checks),
        shock=shock,
        method=_method(recent, chances, horizon, shock),
    )


def _ranges(deals: Deals, chances: Chances, shock: float) -> tuple[Range, ...]:
    worth = deals_of.expected_amount(deals, deals.as_of)
    claimed = deals_of.stage_chances(deals.stage_position, deals.stage_count)
    return tuple(
        Range(
            currency=each.currency,
            mean=each.mean,
            p10=each.quantile(0.10),
            p25=each.quantile(0.25),
            p50=each.quantile(0.50),
            p75=each.quantile(0.75),
            p90=each.quantile(0.90),
            deal_count=len(each.chosen),
            open_value=each.money(float(deals.on_paper[each.chosen].sum())),
            stage_default=each.weighted(deals.on_paper, claimed),
            stated_weighted=each.weighted(deals.on_paper, deals.stated_chance),
        )
        for each in outlook.outlooks(deals, chances, worth, day=deals.as_of, shock=shock)
    )


def _method(deals: Deals, chances: Chances, horizon: int, shock: float) -> str:
    since = words.long_date(words.day_of(chances.since))
    parts = [
        (
            f"Each open deal has the chance to be won within {words.plural(horizon, 'day')} that deals of its age had, "
            f"counting all that were open at some time since {since} (D24, method A by age; Aalen-Johansen)."
        )
    ]
    if chances.share.shape[0] > 1:
        parts.append("Segments with 30 ends of their own count for themselves as far as their numbers carry (k = 10).")
    if shock:
        parts.append(f"A shock of {shock:g} on the logits of all deals at once widens the range.")
    parts.append(_left_out(deals))
    return " ".join(part for part in parts if part)


def _left_out(deals: Deals) -> str:
    """The open deals that no forecast can say anything of, in words."""
    parts = []
    if deals.undated_open_count:
        count = deals.undated_open_count
        parts.append(f"{words.plural(count, 'open deal')} without a usable opening date {_is(count)} not in it.")
    unvalued = int((deals.open_on(deals.as_of) & np.isnan(deals.on_paper)).sum())
    if unvalued:
        parts.append(f"{words.plural(unvalued, 'open deal')} without an amount {_is(unvalued)} not in its money.")
    return " ".join(parts)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
