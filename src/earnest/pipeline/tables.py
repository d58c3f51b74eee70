"""What the pipeline room adds to the book: the columns its rules read.

They come from the rows of a deal (measures), from won deals (benchmarks), and from settings (thresholds).
"""

from earnest.need import tables as need_tables
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import measure, tree
from earnest.rulebook.book import AS_OF, AS_OF_AT, SECONDS_A_DAY
from earnest.rulebook.tables import Column, Kind, Threshold, frame_table

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
    Threshold("stage_dwell_factor", 2, "times", "Twice the median stay of deals that went on; judgement."),
)

_CONTEXT = frame_table("context", (AS_OF, AS_OF_AT), THRESHOLDS)


def _within(days: float) -> tree.Expr:
    """The activity lies in the last so many days."""
    return (ACTIVITIES.at >= _CONTEXT.as_of_at - days * SECONDS_A_DAY) & (ACTIVITIES.at <= _CONTEXT.as_of_at)


_PAST = ACTIVITIES.at <= _CONTEXT.as_of_at  # a meeting that is only planned is no contact yet
_THEIRS = (ACTIVITIES.direction != "out") & _PAST
_OURS = ACTIVITIES.direction == "out"
_CLOSE_MOVED = (CHANGES.field == "seller_close_on") & (CHANGES.at <= _CONTEXT.as_of_at)
_PUSH = _CLOSE_MOVED & (CHANGES.to_on - CHANGES.from_on >= _CONTEXT.push_days)
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
    measure.largest(
        Column("stage_since_at", Kind.MOMENT, "when it entered its stage"),
        CHANGES,
        value=CHANGES.at,
        where=_STAGE_MOVED,
    ),
)

BENCHMARKS = (
    *need_tables.BENCHMARKS,
    Column("use_soon_days", Kind.NUMBER, "the days by which three wins in four were won in its segment", "days"),
    Column("good_through_days", Kind.NUMBER, "the days by which nine wins in ten were won in its segment", "days"),
    Column("longest_win_days", Kind.NUMBER, "the longest any win ever took", "days"),
    Column("next_step_horizon_days", Kind.NUMBER, "how far out a next step may be", "days"),
    Column("large_amount", Kind.NUMBER, "the amount that nineteen in twenty wins stay under"),
    Column("stage_median_days", Kind.NUMBER, "the median stay in this stage of deals that went on", "days"),
)

DEAL = frame_table("deal", DEALS, (AS_OF, AS_OF_AT), (each.column for each in MEASURES), BENCHMARKS, THRESHOLDS)
