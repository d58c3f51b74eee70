"""Whatever the headers and cells, files become a book or a sentence that says why not."""

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from earnest.errors import EarnestError
from earnest.intake import replay
from earnest.intake.aliases import SHAPES
from earnest.intake.book import Intake
from earnest.intake.shapes import Shape
from tests.intake import exports, made

CELLS = (
    "",
    "1",
    "2",
    "3",
    "0",
    "-5",
    "1000",
    "50%",
    "45.000,00 €",
    "$1,234",
    "1e999",
    "2026-01-05",
    "2026-05-15 10:00:00",
    "31/12/2025",
    "12/31/2025",
    "9999-12-31",
    "0000-00-00",
    "not a date",
    "true",
    "False",
    "Won",
    "Lost",
    "Closed Won",
    "Open",
    "Prospecting",
    "Went dark",
    "EUR",
    "JPY",
    "XXX",
    "Acme",
    "ACME ",
    "Acme; Beta",
    "NaT",
    "--None--",
    "«»\u202e\x00",
    "x" * 300,
)


@st.composite
def _tables(draw: st.DrawFn) -> list[exports.RawTable]:
    return [_table(draw, number) for number in range(draw(st.integers(1, 4)))]


def _table(draw: st.DrawFn, number: int) -> exports.RawTable:
    shape: Shape = draw(st.sampled_from(SHAPES))
    sign = draw(st.sampled_from(shape.signs))
    others = draw(st.lists(st.sampled_from(sorted(shape.names)), max_size=10))
    headers = list(
        dict.fromkeys([*sorted(sign), *others, *draw(st.lists(st.sampled_from(("junk", "note")), max_size=1))])
    )
    rows = draw(st.lists(st.tuples(*(st.sampled_from(CELLS) for _ in headers)), max_size=6))
    return exports.table(f"file {number}.csv", headers, rows)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=_tables())
def test_every_file_becomes_a_book_or_a_sentence(tables: list[exports.RawTable]) -> None:
    try:
        intake = made.intake(*tables)
    except EarnestError as refusal:
        event(refusal.code)
        said = (refusal.what, refusal.why, refusal.fix)
    else:
        event("a book")
        said = ("a", "book", "!")
        _is_whole(intake)
    assert all(said)


def _is_whole(intake: Intake) -> None:
    went = intake.reconciled
    assert went.deals + went.further_lines + went.duplicates + went.refused + went.left_out == went.rows_read
    deals = made.frame(intake)
    assert deals.height == went.deals
    assert deals["deal_id"].n_unique() == deals.height
    assert set(deals["outcome"]) <= {"open", "won", "lost", "no_decision", "declined"}
    for day in (exports.facts(1)[0].opened_on, exports.TODAY):
        stood = made.frame(replay.as_it_stood(intake.whole, day))
        assert stood.height <= deals.height
