"""What the pipeline room judges: is there a next step, is the buyer still there, is it too old, who moves the date."""

from earnest.need.rules import DECIDE_BY
from earnest.pipeline.tables import DEAL
from earnest.rulebook.book import SECONDS_A_DAY
from earnest.rulebook.rule import Rule, Severity
from earnest.rulebook.tree import Expr, all_blank, choose

# D7: a phrase that names no act, with fewer than four words of content after it; or no word at all. Engines differ on
# what `\s` and `\b` stand for, so blanks are spelt out; a word ends only at a blank and runs of small words are short,
# so that no text, however long, is slow to match.
_BLANK = " \t\r\n\u00a0"
_MARK = ".,:;!?/&+\u2013\u2014-"
_PHRASE = (
    rf"follow[{_BLANK}-]?up|check(?:ing)?[{_BLANK}-]in|touch(?:ing)?[{_BLANK}]base|circle[{_BLANK}]back|ping|chase|nudge"
    rf"|keep[{_BLANK}]warm|stay[{_BLANK}]in[{_BLANK}]touch|call|e?-?mail|tbd|tba|tbc|none|n/a"
)
_SMALL = "the|a|an|to|with|w|on|in|for|of|and|by|at|about|again|next|this|them|him|her|us|me|back|re"
_SMALL_WORDS = rf"(?:[{_BLANK}]+(?:[{_MARK}]+|[{_MARK}]*(?:{_SMALL})[{_MARK}]*)){{0,5}}"
_WORD = rf"[{_BLANK}]+[^{_BLANK}]+"
VAGUE = (
    rf"^(?:[^a-z0-9]*(?:{_PHRASE})(?:[{_MARK}][^{_BLANK}]*)?{_SMALL_WORDS}(?:{_WORD}{_SMALL_WORDS}){{0,3}}[{_BLANK}]*"
    rf"|[{_BLANK}{_MARK}]*)$"
)


def _days_since(moment: Expr) -> Expr:
    """The whole part is the days between the two dates: a day counts from its first second to its last."""
    return (DEAL.as_of_at - moment) / SECONDS_A_DAY


HAS_STEP = ~all_blank(DEAL.next_step, DEAL.next_step_on)
_IN_MEETING_GRACE = (_days_since(DEAL.latest_meeting_at) < DEAL.meeting_grace_days + 1).surely()

_AGE = (DEAL.as_of - DEAL.opened_on).named("age_days")
_OWN_LAST_DAY = (DEAL.opened_on + DEAL.good_through_days) * 1.0
# D3: a day of the buyer's own that is later than ours rules, and some days of grace after it.
# Where what buyers said is written down, the day counts only in their own words.
_THEIR_WORD = ~(DEAL.n8_said_on.missing() & DEAL.n8_shown_on.missing()).surely()
_THEIR_DAY = DECIDE_BY.or_else(DEAL.buyer_by_when_on * 1.0)
_THEIR_LAST_DAY = _THEIR_DAY + DEAL.buyer_extension_days
_BUYER_EXTENDED = ((_THEIR_DAY > _OWN_LAST_DAY) & (_THEIR_LAST_DAY >= DEAL.as_of)).surely() & _THEIR_WORD
GOOD_THROUGH_ON = choose(
    (_THEIR_DAY > _OWN_LAST_DAY).surely() & _THEIR_WORD, _THEIR_LAST_DAY.or_else(_OWN_LAST_DAY), _OWN_LAST_DAY
)

# A deal whose buyer was never heard has been quiet since it was opened.
_BUYER_HEARD_AT = choose(DEAL.latest_inbound_at.missing(), DEAL.opened_on * SECONDS_A_DAY, DEAL.latest_inbound_at)
_STAGE_SINCE_AT = (DEAL.stage_since_at * 1.0).or_else(DEAL.stage_changed_on * float(SECONDS_A_DAY))

NO_NEXT_STEP = Rule(
    name="no_next_step",
    title="no next step",
    flags=all_blank(DEAL.next_step, DEAL.next_step_on) & ~_IN_MEETING_GRACE,
    says="No next step with anybody at the buyer is written down.",
    clears="Agree one thing that both sides will do, with a person and a day.",
    asks="What would be a useful next step for you, and who else should be there?",
    source="S4.76",
    severity=Severity.HARD,
)

VAGUE_NEXT_STEP = Rule(
    name="vague_next_step",
    title="vague step",
    flags=HAS_STEP & DEAL.next_step.matches(VAGUE) & ~_IN_MEETING_GRACE,
    says="The next step is «{next_step}»: it names no act of the buyer and no result.",
    clears="Replace it by a meeting, a decision or something the buyer will send, with a person and a day.",
    asks="What would you need to see before you could take the next step?",
    source="S4.76",
    severity=Severity.HARD,
)

OVERDUE_NEXT_STEP = Rule(
    name="overdue_next_step",
    title="step overdue",
    flags=HAS_STEP & (DEAL.next_step_on < DEAL.as_of),
    says="The next step was due on {next_step_on}, and nothing says what came of it.",
    clears="Say what came of it, and agree the next one.",
    asks="We had planned to speak by now; what has changed on your side?",
    source="S4.76",
    severity=Severity.WATCH,
)

FAR_NEXT_STEP = Rule(
    name="far_next_step",
    title="step far off",
    flags=HAS_STEP
    & ((DEAL.next_step_on - DEAL.as_of).named("ahead_days") > DEAL.next_step_horizon_days)
    & ~(DEAL.next_step_their_day == True).surely(),  # noqa: E712  # a node of the tree
    says="The next step is {ahead_days:day} away.",
    clears="Agree something smaller sooner, or record that the buyer chose this day.",
    asks="What could we settle between now and then?",
    source="S4.76",
    severity=Severity.NOTE,
)

ONE_SIDED_STEP = Rule(
    name="one_sided_step",
    title="only we act",
    flags=HAS_STEP
    & ((DEAL.next_step_side == "us") | ((~DEAL.next_step_side.missing()) & DEAL.next_step_agreed_on.missing())),
    says="In the next step, «{next_step}», only we act, or nobody at the buyer has agreed to it.",
    clears="Agree with a person there what they will do in it, and write down who said yes, when and how.",
    asks="What could you bring to the next step, and who else should be there?",
    source="S4.76",
)

PAST_GOOD_THROUGH = Rule(
    name="past_good_through",
    title="past its date",
    flags=(_AGE > DEAL.good_through_days) & ~_BUYER_EXTENDED,
    says="It has been open for {age_days:day}; nine in ten wins of its kind came within {good_through_days:day}.",
    clears="Get the buyer's own date with its reason, or close it as no decision and set a day to look again.",
    asks="What happens if you leave this as it is for another year?",
    source="S4.76",
    severity=Severity.HARD,
)

USE_SOON = Rule(
    name="use_soon",
    title="use soon",
    flags=(_AGE > DEAL.use_soon_days) & ~(_AGE > DEAL.good_through_days) & ~_BUYER_EXTENDED,
    says="It has been open for {age_days:day}; three in four wins of its kind came within {use_soon_days:day}.",
    clears="Find out this month whether the need is still there and by when.",
    asks="What has to be in place, by which day, and what makes it that day?",
    source="S4.76",
    severity=Severity.NOTE,
)

PAST_EVERY_WIN = Rule(
    name="past_every_win",
    title="past any win",
    flags=(_AGE > DEAL.longest_win_days) & ~_BUYER_EXTENDED,
    says="It has been open for {age_days:day}; the slowest win so far took {longest_win_days:day}.",
    clears="Send one honest message, then close it as no decision and set a day to look again.",
    asks="Is this still something you want to solve, and what would bring it back onto the table?",
    source="S4.13",
    severity=Severity.NOTE,
)

CLOSE_DATE_PASSED = Rule(
    name="close_date_passed",
    title="date passed",
    flags=DEAL.seller_close_on < DEAL.as_of,
    says="Its close date, {seller_close_on}, has passed and it is still open.",
    clears="Ask the buyer for their date; if there is none, say so in the forecast.",
    asks="By when do you want this in place, and what makes it that day?",
    source="S1.9",
)

OFTEN_PUSHED = Rule(
    name="often_pushed",
    title="often pushed",
    flags=DEAL.pushes_count.or_else(DEAL.pushes_stated).named("pushes") >= DEAL.push_limit,
    says="Its close date has been pushed {pushes:time}.",
    clears="Stop moving our date; ask for the buyer's, and what fixes it.",
    asks="What would have to happen on your side for a date to hold?",
    source="S1.9",
    severity=Severity.WATCH,
)

PUSHED_FAR = Rule(
    name="pushed_far",
    title="pushed far",
    flags=DEAL.pushed_days > DEAL.pushed_days_limit,
    says="Its close date has moved {pushed_days:day} later in all.",
    clears="Stop moving our date; ask for the buyer's, and what fixes it.",
    asks="What makes a day the right one on your side?",
    source="S1.9",
    severity=Severity.WATCH,
)

BUYER_QUIET = Rule(
    name="buyer_quiet",
    title="buyer quiet",
    flags=_days_since(_BUYER_HEARD_AT).named("quiet_days") >= DEAL.quiet_limit_days + 1,
    says="Nothing has been heard from the buyer for {quiet_days:day}.",
    clears="Send one message that asks for nothing but whether this still matters to them.",
    asks="What happened on your side since we last really spoke?",
    source="S4.13",
)

NO_ACTIVITY = Rule(
    name="no_activity",
    title="no activity",
    flags=(DEAL.as_of - DEAL.latest_activity_on).named("idle_days") > DEAL.quiet_limit_days,
    says="Nothing has been recorded on either side for {idle_days:day}.",
    clears="Speak with the buyer this week, or let it go with a good word.",
    asks="What happened on your side since we last really spoke?",
    source="S4.13",
    severity=Severity.WATCH,
)

ONE_SIDED_CONTACT = Rule(
    name="one_sided_contact",
    title="only we write",
    flags=(DEAL.outbound_14_count >= DEAL.unanswered_limit) & (DEAL.inbound_14_count == 0),
    says="We have written or called {outbound_14_count:time} in a fortnight without an answer.",
    clears="Stop for now; leave one message that makes it easy to say no.",
    asks="Would you rather I left this alone for now?",
    source="S1.10",
    severity=Severity.WATCH,
)

_SILENT = _days_since(DEAL.latest_touch_at).named("silent_days")

BROKEN_RHYTHM = Rule(
    name="broken_rhythm",
    title="rhythm broken",
    flags=(_SILENT > DEAL.rhythm_factor * DEAL.gap_median_days) & (_SILENT >= DEAL.rhythm_floor_days),
    says="It has been silent for {silent_days:day}; the usual gap between contacts here is {gap_median_days:day}.",
    clears="Ask the buyer what has changed.",
    asks="What happened on your side since we last really spoke?",
    source="S4.13",
    severity=Severity.NOTE,
)

ONE_PERSON_ONLY = Rule(
    name="one_person_only",
    title="one person",
    flags=(DEAL.contact_count <= 1).or_else(DEAL.highest_contact_id == DEAL.lowest_contact_id),
    says="We know one person there at most; nobody else has told us how they see it.",
    clears="Ask who else will feel the result, and hear their version.",
    asks="Who else will feel the result, and how could we hear from them?",
    source="S4.30",
    severity=Severity.NOTE,
)

WE_TALK_MORE = Rule(
    name="we_talk_more",
    title="we talk more",
    flags=(DEAL.our_talk_seconds / (DEAL.our_talk_seconds + DEAL.their_talk_seconds)).named("our_share")
    > DEAL.our_talk_limit,
    says="In our latest calls we did {our_share} of the talking.",
    clears="Plan the next talk as questions, and wait for the answers.",
    asks="What should we have asked by now that we have not?",
    source="S4.52",
    severity=Severity.NOTE,
)

STUCK_IN_STAGE = Rule(
    name="stuck_in_stage",
    title="stuck",
    flags=_days_since(_STAGE_SINCE_AT).named("stage_days") >= DEAL.stage_dwell_factor * DEAL.stage_median_days + 1,
    says="It has been in this stage for {stage_days:day}; half of the wins left it within {stage_median_days:day}.",
    clears="Ask the buyer what their next decision is, or move it back to where it really is.",
    asks="What are the steps on your side between a decision and the day it works?",
    source="S4.29",
    severity=Severity.NOTE,
)

BACK_AND_FORTH = Rule(
    name="back_and_forth",
    title="back and forth",
    flags=DEAL.stage_returns_count >= 2,
    says="It went back a stage {stage_returns_count:time}.",
    clears="Place it in the stage that the buyer's own words support.",
    asks="What has changed since we first spoke?",
    source="S4.29",
    severity=Severity.NOTE,
)

STAGE_SKIPPED = Rule(
    name="stage_skipped",
    title="stage skipped",
    flags=DEAL.stage_jumps_count > 0,
    says="It jumped over a stage {stage_jumps_count:time}; what that stage asks may still be open.",
    clears="Go through what was skipped with the buyer.",
    asks="What have we not asked you yet that matters?",
    source="S4.29",
    severity=Severity.NOTE,
)

AMOUNT_MISSING = Rule(
    name="amount_missing",
    title="no amount",
    flags=DEAL.amount.missing() | (DEAL.amount <= 0),
    says="No amount is written down, so what it adds to any total is a guess.",
    clears="Write the amount the buyer last spoke of, or a range and who said it.",
    asks="What have you set aside for this, and how did you arrive at it?",
    source="S1.7",
    severity=Severity.NOTE,
)

UNUSUALLY_LARGE = Rule(
    name="unusually_large",
    title="very large",
    flags=DEAL.amount > DEAL.large_amount,
    says="At {amount} it is larger than nineteen in twenty of the deals we have won.",
    clears="Check the amount, and count on the forecast without it.",
    asks="How does a decision of this size come about here?",
    source="S4.61",
    severity=Severity.NOTE,
)

RULES = (
    NO_NEXT_STEP,
    VAGUE_NEXT_STEP,
    PAST_GOOD_THROUGH,
    ONE_SIDED_STEP,
    OVERDUE_NEXT_STEP,
    CLOSE_DATE_PASSED,
    OFTEN_PUSHED,
    PUSHED_FAR,
    BUYER_QUIET,
    NO_ACTIVITY,
    ONE_SIDED_CONTACT,
    PAST_EVERY_WIN,
    USE_SOON,
    FAR_NEXT_STEP,
    BROKEN_RHYTHM,
    ONE_PERSON_ONLY,
    WE_TALK_MORE,
    STUCK_IN_STAGE,
    BACK_AND_FORTH,
    STAGE_SKIPPED,
    AMOUNT_MISSING,
    UNUSUALLY_LARGE,
)
