"""The chart of a need: what waiting costs the buyer against what the purchase brings them, as time goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.charts import frame as frames
from earnest.charts import marks, scales
from earnest.charts.frame import Frame, Words
from earnest.charts.marks import Dot, Marker, Point
from earnest.charts.svg import Drawing
from earnest.need import draws, value
from earnest.need.draws import Step
from earnest.need.value import Inputs, Ownership, Waiting
from earnest.rulebook import words

HEADS = ("On", "Waiting has cost", "P10 to P90", "Buying has brought", "P10 to P90")
_TICK_ROOM = 12  # pixels, so that the words of a marker never cover the uppermost amount
_TABLE_ROWS = 8  # so many days of ownership stand in the table, at most


@dataclass(frozen=True)
class Chart:
    """A chart under the finding that it shows, with its numbers in a table beside it."""

    title: str
    description: str
    drawing: Drawing
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def waiting_against_value(inputs: Inputs, *, name: str = "waiting") -> Chart:
    """Cumulative cost of waiting against value, with P10 to P90 and the by-when date; `name` makes the ids of the page.

    Raises: FigureRefused, BaseVolumeMissing, NoGap.
    """
    owned = value.ownership(inputs)
    course = draws.course(inputs)
    title, description = _title(inputs, value.waiting(inputs), owned), _description(inputs, owned)
    places = _places(inputs, owned)
    days = [step.day for step in (*course.waiting, *course.value)]
    frame = Frame(
        scales.between(days),
        scales.rounded(scales.covering(_ends([*course.waiting, *course.value])), count=4),
        above=marks.markers_room(places) + _TICK_ROOM,
    )
    drawing = frames.picture(
        frame,
        Words(name, title, description),
        marks.band(frame, _points(course.waiting), kind="band far"),
        marks.band(frame, _points(course.value)),
        frames.upward_axis(frame, lambda amount: _short(inputs, amount)),
        frames.across_axis(frame, scales.day_ticks(frame.across)),
        marks.line(frame, _points(course.waiting), kind="line waiting"),
        marks.line(frame, _points(course.value)),
        marks.markers(frame, places),
        marks.dots(frame, [_end("waiting", course.waiting[-1]), _end("buying", course.value[-1])]),
    )
    return Chart(title, description, drawing, HEADS, _rows(inputs, course))


def _title(inputs: Inputs, waited: Waiting, owned: Ownership) -> str:
    """The finding: what waiting costs, and what the purchase is worth, both to the buyer."""
    cost = f"Waiting costs them {_short(inputs, float(waited.per_month))} a month"
    if waited.until_date is not None and inputs.by_when is not None and waited.days:
        cost = f"Waiting until {words.long_date(inputs.by_when)} costs them {_short(inputs, float(waited.until_date))}"
    worth = owned.benefit if owned.value is None else owned.value
    brings = f"brings them {_short(inputs, float(worth))}"
    if worth < 0:
        brings = f"costs them {_short(inputs, float(-worth))} more than it brings"
    told = f"{cost}; buying {brings} over {words.plural(inputs.horizon_months, 'month')}"
    return f"{told} ({value.OUR_ESTIMATE})." if owned.ours else f"{told}."


def _description(inputs: Inputs, owned: Ownership) -> str:
    parts = ["Two lines over time, each with the range that eight in ten of 10,000 draws stay within."]
    parts.append(
        "Waiting counts the whole gap; buying counts the share of it that this purchase closes, less its cost."
    )
    if not inputs.is_money:
        parts[1] = f"Waiting and buying are counted in {inputs.benefit_unit}; costs are not taken off."
    if owned.payback:
        parts.append(f"Pays back: {owned.payback}.")
    if moves := draws.ranges(inputs).moves_most:
        parts.append(f"What moves the result most: {value.FIGURES[moves]}.")
    return " ".join(parts)


def _places(inputs: Inputs, owned: Ownership) -> list[Marker]:
    """The by-when date, where it lies ahead, and the end of the month in which it pays back."""
    places: list[Marker] = []
    if inputs.by_when is not None and inputs.by_when >= inputs.as_of:
        places.append(Marker(words.epoch_day(inputs.by_when), f"by when: {words.long_date(inputs.by_when)}"))
    if owned.payback_month is not None:
        day = words.epoch_day(inputs.starts_on) + owned.payback_month * float(value.MONTH_DAYS)
        places.append(Marker(day, f"pays back in month {owned.payback_month}"))
    return places


def _points(steps: Sequence[Step]) -> list[Point]:
    return [Point(step.day, step.likely, step.low, step.high) for step in steps]


def _ends(steps: Sequence[Step]) -> list[float]:
    return [end for step in steps for end in (step.likely, step.low, step.high)]


def _end(label: str, step: Step) -> Dot:
    return Dot(step.day, step.likely, label, label=label)


def _rows(inputs: Inputs, course: draws.Course) -> tuple[tuple[str, ...], ...]:
    """From the first day of ownership on: both sums and their ranges."""
    waited = course.waiting[-len(course.value) :]
    pairs = list(zip(waited, course.value, strict=True))
    step = -(-len(pairs) // _TABLE_ROWS)
    return tuple(_row(inputs, *pair) for pair in [*pairs[:-1:step], pairs[-1]])


def _row(inputs: Inputs, waited: Step, owned: Step) -> tuple[str, ...]:
    cells = [words.long_date(words.day_of(round(waited.day)))]
    for step in (waited, owned):
        low, high = _short(inputs, step.low), _short(inputs, step.high)
        cells += [_short(inputs, step.likely), f"{low} to {high}"]
    return tuple(cells)


def _short(inputs: Inputs, amount: float) -> str:
    """An amount in two to four figures, with its unit."""
    told = words.short_amount(amount)
    return f"{inputs.currency} {told}".strip() if inputs.is_money else f"{told} {inputs.benefit_unit}"
