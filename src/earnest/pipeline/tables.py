"""What the pipeline room adds to the book: the columns its rules read.

They come from the rows of a deal (measures), from won deals (benchmarks), and from settings (thresholds).
"""

from dataclasses import dataclass

from earnest.need import tables as need_tables
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import measure, tree
from earnest.rulebook.book import AS_OF, AS_OF_AT, SECONDS_A_DAY
from earnest.rulebook.tables import Column, Kind, Table, Threshold, frame_table


@dataclass(frozen=True)
class Sign:
    """A sign of column fodder (D8): its name, what it says, the question that would tell, and its weight in logits."""

    name: str
    says: str
    asks: str
    weight: float


SIGNS = (
    Sign(
        "finished_list",
        "They sent a finished list of requirements that nobody had asked them for.",
        "How did this list of requirements come about, and who worked on it?",
        1.2,
    ),
    Sign(
        "fits_competitor",
        "The wording or the order of the list fits one competitor.",
        "What is the business reason behind the three requirements that weigh most?",
        1.2,
    ),
    Sign(
        "questions_declined",
        "They declined to answer three or more of the seven gap questions.",
        "How does this work here today, from the moment it starts to the moment it is done?",
        1.2,
    ),
    Sign(
        "no_access",
        "We have no access to the person whose problem it is.",
        "Who will feel the result, and how could we hear from them before we answer?",
        1.0,
    ),
    Sign(
        "they_ask",
        "They ask more than seven in ten of the questions.",
        "What should we have asked by now that we have not?",
        0.8,
    ),
    Sign(
        "has_favourite",
        "A supplier is in place, or one is named as the favourite.",
        "Where do you stand with the supplier you have now?",
        0.6,
    ),
    Sign(
        "short_notice",
        "The answer is due within ten working days of the first contact.",
        "What makes it that day?",
        0.6,
    ),
    Sign(
        "price_first",
        "They wanted the price before they spoke of the need.",
        "How will the comparison be used, and by whom?",
        0.6,
    ),
    Sign(
        "junior_contact",
        "We speak with procurement or with a junior person only.",
        "Who else will feel the result, and how could we hear from them?",
        0.5,
    ),
    Sign(
        "fixed_columns",
        "They compare on a sheet with fixed columns, side by side.",
        "What can change in the list at this point?",
        0.5,
    ),
    Sign(
        "we_talk",
        "We do more than six tenths of the talking.",
        "What would you like to ask us last, once you have told us how it is?",
        0.4,
    ),
    Sign(
        "requirement_changed",
        "A requirement changed because of us.",
        "What would the people who use it every day add to the list or strike from it?",
        -1.2,
    ),
    Sign(
        "way_opened",
        "They opened the way to the owner of the problem, or to the people who use it.",
        "Who will feel the result, and how could we hear from them before we answer?",
        -0.8,
    ),
    Sign(
        "said_what_wins",
        "They said what would make them choose us.",
        "What would make you choose someone other than the name you have in mind?",
        -0.8,
    ),
    Sign(
        "early_in",
        "We were there before any requirements were.",
        "How did this list of requirements come about, and who worked on it?",
        -0.6,
    ),
)
# The owner told us what waiting costs (N6 at level 2): read from the evidence, so nobody ticks it.
COST_TOLD_WEIGHT = -1.2
SIGNAL_NAMES = tuple(sign.name for sign in SIGNS)

SIGNALS = Table(
    "signals",
    "signal_id",
    (
        Column("signal_id", Kind.INTEGER, "the sign's number"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("sign", Kind.TEXT, "which sign"),
        Column("holds", Kind.FLAG, "whether it holds"),
        Column("since_on", Kind.DAY, "the day from which"),
        Column("until_on", Kind.DAY, "the day until which"),
    ),
)

SALES = Table(
    "sales",
    "sale_id",
    (
        Column("sale_id", Kind.INTEGER, "the number of what was agreed"),
        Column("deal_id", Kind.INTEGER, "the deal"),
        Column("kind", Kind.TEXT, "what it is: sale, pilot, gift"),
        Column("failed_count", Kind.INTEGER, "which of the five tests it fails"),
        Column("cost_to_serve", Kind.MONEY, "what serving it costs"),
    ),
)

THRESHOLDS = (
    Threshold("push_days", 7, "days", "D5: a close date moved by less than a week is a correction, not a push."),
    Threshold(
        "push_limit", 3, "pushes", "D5: vendor figures only, weak; replaced by the own table from 30 deals a cell."
    ),
    Threshold("pushed_days_limit", 56, "days", "D5: eight weeks in all; vendor figures only, weak."),
    Threshold("quiet_limit_days", 30, "days", "D9: a month without the buyer; judgement."),
    Threshold("unanswered_limit", 3, "contacts", "D7: the third contact without an answer in a fortnight; judgement."),
    Threshold("rhythm_factor", 3, "times", "Silence of three times the deal's own rhythm; judgement."),
    Threshold("rhythm_floor_days", 7, "days", "Under a week, silence is ordinary whatever the rhythm; judgement."),
    Threshold("our_talk_limit", 0.6, "share", "D8: above this we talk more than we learn; judgement."),
    Threshold("meeting_grace_days", 14, "days", "D9: after a meeting the next step may take a fortnight to agree."),
    Threshold("buyer_extension_days", 14, "days", "D3: grace after the buyer's own later date; judgement."),
    Threshold("inflation_limit", 2, "steps", "D6: two steps beyond what the buyer has given; judgement."),
    Threshold("fodder_ask_chance", 0.3, "chance", "D8: from here ask the questions of another path; judgement."),
    Threshold("fodder_chance_limit", 0.6, "chance", "D8: from here change the path or step aside; judgement."),
    Threshold("fodder_damping", 0.7, "of the sum", "D8: signs go together, so their sum counts for less; judgement."),
    Threshold("fodder_clip", 3.5, "logits", "D8: no number of signs makes certain; judgement."),
    Threshold(
        "floor_share", 0.2, "of the list price", "D25: under a fifth of its price it is hardly a sale; judgement."
    ),
    Threshold("stage_dwell_factor", 2, "times", "Twice the median stay of deals that went on; judgement."),
)

_CONTEXT = frame_table("context", (AS_OF, AS_OF_AT), (*THRESHOLDS, *need_tables.THRESHOLDS))

# The last working days of our periods, from the one that runs to the one in a year: a close date on one of them may be
# ours rather than the buyer's (D4). Settings of the calendar, worked out for the day that is judged.
PERIOD_COUNT = 5
PERIODS = tuple(
    Column(f"period_{number}_{end}", Kind.DAY, f"the {'first' if end == 'from' else 'last'} of a period's last days")
    for number in range(1, PERIOD_COUNT + 1)
    for end in ("from", "until")
)


def _within(days: float) -> tree.Expr:
    """The activity lies in the last so many days."""
    return (ACTIVITIES.at >= _CONTEXT.as_of_at - days * SECONDS_A_DAY) & (ACTIVITIES.at <= _CONTEXT.as_of_at)


_PAST = ACTIVITIES.at <= _CONTEXT.as_of_at  # a meeting that is only planned is no contact yet
_THEIRS = (ACTIVITIES.direction != "out") & _PAST
_OURS = ACTIVITIES.direction == "out"
_CLOSE_MOVED = (CHANGES.field == "seller_close_on") & (CHANGES.at <= _CONTEXT.as_of_at)
_PUSH = _CLOSE_MOVED & (CHANGES.to_on - CHANGES.from_on >= _CONTEXT.push_days)
_PULL = _CLOSE_MOVED & (CHANGES.from_on - CHANGES.to_on >= _CONTEXT.pulled_in_days)
_STAGE_MOVED = (CHANGES.field == "stage") & (CHANGES.at <= _CONTEXT.as_of_at)

MEASURES = (
    measure.largest(
        Column("latest_inbound_at", Kind.MOMENT, "the buyer's latest contact"),
        ACTIVITIES,
        value=ACTIVITIES.at,
        where=_THEIRS,
    ),
    measure.largest(
        Column("latest_meeting_at", Kind.MOMENT, "the latest meeting"),
        ACTIVITIES,
        value=ACTIVITIES.at,
        where=(ACTIVITIES.channel == "meeting") & _PAST,
    ),
    measure.largest(
        Column("latest_touch_at", Kind.MOMENT, "the latest contact of either side"),
        ACTIVITIES,
        value=ACTIVITIES.at,
        where=_PAST,
    ),
    measure.count("outbound_14_count", ACTIVITIES, "our contacts in the last fortnight", where=_OURS & _within(14)),
    measure.count(
        "inbound_14_count", ACTIVITIES, "the buyer's contacts in the last fortnight", where=_THEIRS & _within(14)
    ),
    measure.smallest(
        Column("lowest_contact_id", Kind.INTEGER, "the buyer's people in contact"),
        ACTIVITIES,
        value=ACTIVITIES.contact_id,
        where=_THEIRS,
    ),
    measure.largest(
        Column("highest_contact_id", Kind.INTEGER, "the buyer's people in contact"),
        ACTIVITIES,
        value=ACTIVITIES.contact_id,
        where=_THEIRS,
    ),
    measure.gap_median("gap_median_days", ACTIVITIES, "the usual gap between contacts", where=_PAST),
    measure.recent_total(
        "our_talk_seconds",
        ACTIVITIES,
        "how long we spoke in the last three calls",
        value=ACTIVITIES.seller_talk_seconds,
        last=3,
    ),
    measure.recent_total(
        "their_talk_seconds",
        ACTIVITIES,
        "how long the buyer spoke in the last three calls",
        value=ACTIVITIES.buyer_talk_seconds,
        last=3,
    ),
    measure.count("pushes_count", CHANGES, "how often the close date was pushed", where=_PUSH),
    measure.largest(
        Column("pulled_in_at", Kind.MOMENT, "when the close date was last pulled in"),
        CHANGES,
        value=CHANGES.at,
        where=_PULL,
    ),
    measure.total(
        "pushed_days",
        CHANGES,
        "how far the close date has moved",
        value=CHANGES.to_on - CHANGES.from_on,
        where=_CLOSE_MOVED,
        unit="days",
    ),
    measure.count(
        "stage_returns_count",
        CHANGES,
        "how often it went back a stage",
        where=_STAGE_MOVED & (CHANGES.to_position < CHANGES.from_position),
    ),
    measure.count(
        "stage_jumps_count",
        CHANGES,
        "how often it skipped a stage",
        where=_STAGE_MOVED & (CHANGES.to_position - CHANGES.from_position >= 2),
    ),
    *(
        measure.count(
            f"sign_{sign.name}_count",
            SIGNALS,
            sign.says[0].lower() + sign.says[1:].rstrip("."),
            where=(SIGNALS.sign == sign.name)
            & (SIGNALS.since_on <= _CONTEXT.as_of)
            & ~(SIGNALS.until_on <= _CONTEXT.as_of).surely()
            & SIGNALS.holds,
        )
        for sign in SIGNS
    ),
    measure.count(
        "no_sale_count",
        SALES,
        "whether it is a pilot or a gift",
        where=(SALES.kind == "pilot") | (SALES.kind == "gift"),
    ),
    measure.largest(
        Column("sale_failed_count", Kind.INTEGER, "the tests of a sale that it fails"), SALES, value=SALES.failed_count
    ),
    measure.largest(Column("cost_to_serve", Kind.MONEY, "what serving it costs"), SALES, value=SALES.cost_to_serve),
    measure.largest(
        Column("stage_since_at", Kind.MOMENT, "when it entered its stage"),
        CHANGES,
        value=CHANGES.at,
        where=_STAGE_MOVED,
    ),
)

BENCHMARKS = (
    *need_tables.BENCHMARKS,
    Column("fodder_base_logit", Kind.NUMBER, "how often we lose to somebody's favourite", "logits"),
    Column("usual_discount_share", Kind.NUMBER, "the discount that nine in ten wins stay under", "share"),
    Column("use_soon_days", Kind.NUMBER, "the days by which three wins in four were won in its segment", "days"),
    Column("longest_win_days", Kind.NUMBER, "the longest any win ever took", "days"),
    Column("next_step_horizon_days", Kind.NUMBER, "how far out a next step may be", "days"),
    Column("large_amount", Kind.NUMBER, "the amount that nineteen in twenty wins stay under"),
    Column("stage_median_days", Kind.NUMBER, "the median stay in this stage of deals that went on", "days"),
)

DEAL = frame_table(
    "deal",
    DEALS,
    (AS_OF, AS_OF_AT, *PERIODS),
    (each.column for each in (*need_tables.MEASURES, *MEASURES)),
    BENCHMARKS,
    (*need_tables.THRESHOLDS, *THRESHOLDS),
)
