"""How a deal that is not told passed its days: its talks, and its way through the stages. No chance, no clock."""

from datetime import date, timedelta

from earnest.demo.tarnholt.parts import Move, Talk

HOPED_DAYS = {"mid": 120, "ent": 180}  # what the seller hoped for when the deal was opened
LAST_STAGE = 6
SATURDAY = 5
TALK_DAYS, MOST_OPEN_TALKS, MOST_ENDED_TALKS = 18, 5, 1
SILENCE_DAYS = (7, 18, 32)  # the seller's messages after the buyer went quiet
NO_DECISION_SILENCE = 0.3  # of its days a deal without a decision was quiet at its end

_MIDDLE = (
    ("meeting", "both", "Walk through the docks", 60),
    ("email", "in", "Figures from their yard", None),
    ("call", "both", "What a missed slot costs", 30),
    ("email", "out", "Summary of what we heard", None),
    ("meeting", "both", "How their day would look", 45),
)


def working_day(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def reached(outcome: str, days: int) -> int:
    """How far a deal came: a win through all stages, the others the further the longer they lasted."""
    if outcome == "won":
        return LAST_STAGE
    return 1 if outcome == "declined" else min(3, 1 + days // 60)


def moves(opened_on: date, until: date, stage: int) -> tuple[Move, ...]:
    """One stage at a time, at even distances."""
    days = (until - opened_on).days
    steps = ((opened_on + timedelta(days=days * (k - 1) // stage), k) for k in range(2, stage + 1))
    return tuple(Move(max(opened_on, working_day(on)), k) for on, k in steps)


def talks(opened_on: date, latest_on: date, people: int, most: int = MOST_OPEN_TALKS) -> tuple[Talk, ...]:
    """From the first conversation to the day on which the buyer was last heard."""
    span = (latest_on - opened_on).days
    count = min(most, max(0, span // TALK_DAYS - 1))
    days = [working_day(opened_on + timedelta(days=span * k // (count + 1))) for k in range(1, count + 1)]
    middle = [
        Talk(day, channel, direction, subject, minutes, who=place % people)
        for place, (day, (channel, direction, subject, minutes)) in enumerate(zip(days, _MIDDLE[:count], strict=True))
        if opened_on < day < latest_on
    ]
    last = [_heard(latest_on, "Where they stand, and what comes next")] if latest_on > opened_on else []
    return (_heard(opened_on, "First conversation about the need"), *middle, *last)


def unanswered(latest_on: date, until: date) -> tuple[Talk, ...]:
    """What the seller sent after the buyer went quiet."""
    days = (working_day(latest_on + timedelta(days=after)) for after in SILENCE_DAYS)
    return tuple(Talk(day, "email", "out", "Any news on your side?") for day in days if latest_on < day < until)


def ended_talks(opened_on: date, closed_on: date, outcome: str) -> tuple[Talk, ...]:
    """The talks of a deal that ended; one without a decision had been quiet for a third of its days."""
    if outcome != "no_decision":
        return talks(opened_on, closed_on, 1, MOST_ENDED_TALKS)
    quiet = int((closed_on - opened_on).days * NO_DECISION_SILENCE)
    latest_on = working_day(closed_on - timedelta(days=quiet))
    return (*talks(opened_on, latest_on, 1, MOST_ENDED_TALKS), *unanswered(latest_on, closed_on)[:1])


def _heard(on: date, subject: str) -> Talk:
    """A call on a working day; at the weekend it is the buyer who writes."""
    if on.weekday() >= SATURDAY:
        return Talk(on, "email", "in", subject)
    return Talk(on, "call", "both", subject, 40)
