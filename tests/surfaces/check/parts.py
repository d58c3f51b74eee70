"""Parts of reports for tests: each function gives one realistic piece, and tests change what they are about."""

from scipy import stats

from earnest.forecast.figures import Backcheck, Forecast, Range
from earnest.intake.figures import Reconciled
from earnest.learn.figures import Comparison, Ended, FunnelLimit, Group, Quarter, Trend
from earnest.measures.figures import Cycle, Money, Rate
from earnest.pipeline.figures import Claimed, ClaimedValue, DealLine, Deals, PastEveryWin, Reason, VerdictLine

TODAY = 17_531  # 31 Dec 2017

# By name: the title, the severity, the sentence, what clears it, and what it asks.
RULES = {
    "past_good_through": (
        "past its date",
        "hard",
        "It has been open for {age} days; nine in ten wins of its kind were won within {limit}.",
        "Get the buyer's own date with its reason, or close it as no decision and set a day to look again.",
        "What happens if you leave this as it is for another year?",
    ),
    "no_next_step": (
        "no next step",
        "hard",
        "No next step is agreed with anybody at the buyer.",
        "Agree one thing that both sides will do, with a person and a day.",
        "What would be a useful next step for you, and who else should be there?",
    ),
    "close_date_passed": (
        "date passed",
        "soft",
        "Its close date, 30 Nov 2017, has passed and it is still open.",
        "Ask the buyer for their date; if there is none, say so in the forecast.",
        "By when do you want this in place, and what makes it that day?",
    ),
    "past_every_win": (
        "past any win",
        "note",
        "It is {age} days old; no deal was ever won after 138.",
        "Send one honest message, then close it as no decision and set a day to look again.",
        "Is this still something you want to solve, and what would bring it back onto the table?",
    ),
    "amount_missing": (
        "no amount",
        "note",
        "No amount is written down, so it counts nothing in any total.",
        "Write the amount the buyer last spoke of, or a range and who said it.",
        "What have you set aside for this, and how did you arrive at it?",
    ),
}


def rate(x: int, n: int) -> Rate:
    """A rate with its Jeffreys interval, as the measures give it."""
    if not n:
        return Rate(0, 0, None, None, None)
    low = 0.0 if x == 0 else float(stats.beta.ppf(0.025, x + 0.5, n - x + 0.5))
    high = 1.0 if x == n else float(stats.beta.ppf(0.975, x + 0.5, n - x + 0.5))
    return Rate(x, n, x / n, low, high)


def usd(major: float) -> Money:
    return Money(round(major * 100), "USD")


def claimed_value(currency: str, claimed: int, not_real: int, **changes) -> ClaimedValue:
    values = {
        "currency": currency,
        "open_count": 10,
        "claimed": Money(claimed, currency),
        "not_real": Money(not_real, currency),
        "real": Money(claimed - not_real, currency),
        "not_real_share": not_real / claimed if claimed else None,
        "unvalued_count": 0,
        "list_priced_count": 0,
    }
    return ClaimedValue(**{**values, **changes})


def reason(rule: str, **changes) -> Reason:
    title, severity, _sentence, clears, _asks = RULES.get(rule, (rule.replace("_", " "), "note", "", "Ask.", ""))
    values = {
        "rule": rule,
        "title": title,
        "severity": severity,
        "deal_count": 0,
        "value": (),
        "only_reason_count": 0,
        "only_reason_value": (),
        "clear_count": 0,
        "unknown_count": 0,
        "absent": (),
        "absent_labels": (),
        "source": "S4.76",
        "clears": clears,
    }
    return Reason(**{**values, **changes})


def no_claims() -> Claimed:
    return Claimed(0, 0, 0, 0, (), (), ())


def cycle(**changes) -> Cycle:
    values = {
        "win_count": 0,
        "ended_count": 0,
        "open_count": 0,
        "days": (None, None, None),
        "won_share": None,
        "naive_days": (None, None, None),
        "naive_mean_days": None,
        "naive_p95_days": None,
        "longest_win_days": None,
        "history_days": 0,
        "at_least": False,
        "observed_from_day": None,
        "outlived": rate(0, 0),
        "curve": (),
        "segments": (),
    }
    return Cycle(**{**values, **changes})


def past(**changes) -> PastEveryWin:
    values = {
        "longest_win_days": None,
        "past_longest": rate(0, 0),
        "won_p95_days": None,
        "past_p95": rate(0, 0),
        "undated_count": 0,
    }
    return PastEveryWin(**{**values, **changes})


def verdict(rule: str, *, age: int = 165, limit: int = 106) -> VerdictLine:
    title, severity, sentence, clears, asks = RULES[rule]
    return VerdictLine(rule, title, severity, "flagged", sentence.format(age=age, limit=limit), clears, asks, "S4.76")


def deal(number: int = 1, **changes) -> DealLine:
    values = {
        "deal_id": number,
        "external_id": f"D-{number:04}",
        "title": "Dock scheduling",
        "account": "Brackenfold Foods",
        "owner": "Amara",
        "segment": "mid",
        "stage": "Engaging",
        "amount": usd(4_821),
        "amount_is_list_price": False,
        "opened_day": TODAY - 165,
        "age_days": 165,
        "good_through_day": TODAY - 59,
        "days_past": 59,
        "seller_close_day": TODAY - 31,
        "buyer_by_when_day": None,
        "next_step": "",
        "next_step_day": None,
        "push_count": None,
        "verdicts": (verdict("past_good_through"), verdict("past_every_win")),
        "unknown_titles": ("no next step", "buyer quiet"),
        "ask_next": RULES["past_good_through"][4],
        "ask_why": verdict("past_good_through").sentence,
    }
    return DealLine(**{**values, **changes})


def deals(*lines: DealLine, total: int | None = None) -> Deals:
    return Deals(len(lines) if total is None else total, len(lines), lines)


def quarter(label: str, won: int, ended: int, *, outside: bool = False) -> Quarter:
    share = won / ended if ended else None
    return Quarter(label, won, ended, share, 0.55, 0.71, outside)


def group(name: str, won: int, ended: int, *, differs: bool = False) -> Group:
    found = rate(won, ended)
    return Group(name, found, found.share, 0.4, 0.9, differs)


def limits(overall: float, *sizes: int) -> tuple[FunnelLimit, ...]:
    """Limits of the right shape: exact binomial quantiles around one rate."""
    found = []
    for n in sizes:
        low95, high95 = (float(stats.binom.ppf(q, n, overall)) / n for q in (0.025, 0.975))
        low998, high998 = (float(stats.binom.ppf(q, n, overall)) / n for q in (0.001, 0.999))
        found.append(FunnelLimit(n, low95, high95, low998, high998))
    return tuple(found)


def comparison(dimension: str, label: str, *groups: Group, finding: str = "", sizes=(5, 10, 25, 50, 100)) -> Comparison:
    won, ended = sum(each.rate.x for each in groups), sum(each.rate.n for each in groups)
    overall = won / ended if ended else None
    return Comparison(
        dimension=dimension,
        label=label,
        groups=groups,
        left_out_count=0,
        overall=overall,
        limits=limits(overall, *sizes) if overall is not None else (),
        finding=finding or f"Nothing shows that {label.lower()}s differ",
        differs=any(each.differs for each in groups),
        size_note="No evidence of a difference, and this could not have shown one smaller than 9 points.",
    )


def nothing_ended() -> Ended:
    none = rate(0, 0)
    return Ended(0, 0, 0, 0, none, none, none, none, (), None, None, Trend((), None, "", signal=False), (), False)


def expected(currency: str, p10: int, p50: int, p90: int, **changes) -> Range:
    values = {
        "currency": currency,
        "mean": Money(p50, currency),
        "p10": Money(p10, currency),
        "p25": Money((p10 + p50) // 2, currency),
        "p50": Money(p50, currency),
        "p75": Money((p50 + p90) // 2, currency),
        "p90": Money(p90, currency),
        "deal_count": 30,
        "open_value": Money(p90 * 3, currency),
        "stage_default": Money(p90 * 2, currency),
        "stated_weighted": None,
    }
    return Range(**{**values, **changes})


def backcheck(day: int, expected_minor: int, happened: int, currency: str = "USD") -> Backcheck:
    return Backcheck(
        day,
        currency,
        1_500,
        Money(expected_minor, currency),
        Money(round(expected_minor * 0.8), currency),
        Money(round(expected_minor * 1.2), currency),
        Money(happened, currency),
        Money(expected_minor * 2, currency),
    )


def forecast(**changes) -> Forecast:
    values = {
        "from_day": TODAY,
        "to_day": TODAY + 90,
        "too_few": "",
        "ranges": (),
        "bands": (),
        "backchecks": (),
        "backcheck_error": None,
        "stage_default_error": None,
        "shock": 0.3,
        "method": "Each open deal gets the share of earlier deals of its age that were won within the period.",
    }
    return Forecast(**{**values, **changes})


def reconciled(rows: int, **changes) -> Reconciled:
    values = {"rows_read": rows, "deals": rows, "further_lines": 0, "duplicates": 0, "refused": 0, "left_out": 0}
    return Reconciled(**{**values, **changes})
