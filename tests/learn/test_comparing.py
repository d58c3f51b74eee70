"""Groups against the rest: one family of tests, none ranked, few groups left out, and what could have been shown."""

import numpy as np
import polars as pl
import pytest

from earnest.learn import comparing
from earnest.measures import comparisons
from earnest.records.tables import DEALS
from earnest.rulebook.book import book
from tests.learn.test_frames import AS_OF, TODAY


def compared(*dimensions, **values):
    rows = pl.DataFrame({"deal_id": range(len(values["outcome"])), **values})
    table = book([(DEALS, rows)], as_of=AS_OF).table("deals")
    return comparing.comparisons(table, TODAY, dimensions)


def groups(**sizes: tuple[int, int]) -> dict[str, list[str]]:
    """Owners with (won, ended) deals each."""
    outcome, owner = [], []
    for name, (won, ended) in sizes.items():
        outcome += ["won"] * won + ["lost"] * (ended - won)
        owner += [name] * ended
    return {"outcome": outcome, "owner": owner}


def test_groups_stand_by_name_with_their_rates_drawn_toward_the_whole():
    (found,) = compared("owner", **groups(elif_=(5, 10), Bo=(2, 10), Amara=(8, 20)))
    assert [group.name for group in found.groups] == ["Amara", "Bo", "elif_"]
    assert [(group.rate.x, group.rate.n) for group in found.groups] == [(8, 20), (2, 10), (5, 10)]
    assert found.overall == 15 / 40
    assert [group.shrunk_share for group in found.groups] == pytest.approx(
        [(x + 10 * 15 / 40) / (n + 10) for x, n in ((8, 20), (2, 10), (5, 10))]
    )


def test_nothing_shows_that_they_differ_and_how_much_it_could_have_shown():
    (found,) = compared("owner", **groups(Amara=(30, 100), Bo=(25, 100), Chidi=(28, 100)))
    assert found.finding == "Nothing shows that owners differ"
    assert not found.differs
    least = comparisons.smallest_difference(83 / 300, comparisons.matched_size([100] * 3, 300))
    assert found.size_note == (
        f"No evidence of a difference, and this could not have shown one smaller than {round(100 * least)} points. "
        "Corrected for all 3 comparisons in this report."
    )


@pytest.mark.parametrize(
    ("sizes", "finding"),
    [
        ({"Amara": (90, 100), "Bo": (30, 100), "Chidi": (29, 100), "Dana": (31, 100), "Elif": (30, 100)}, None),
        (
            {"Amara": (95, 100), "Bo": (5, 100), "Chidi": (50, 100), "Dana": (50, 100)},
            "Amara and Bo differ from the other owners",
        ),
        ({f"o{n}": (5 if n % 2 else 95, 100) for n in range(6)}, "6 owners differ from the rest"),
    ],
)
def test_groups_that_do_differ_are_named(sizes, finding):
    (found,) = compared("owner", **groups(**sizes))
    different = [group.name for group in found.groups if group.differs]
    assert found.differs
    assert found.size_note == f"Corrected for all {len(sizes)} comparisons in this report."
    if finding:
        assert found.finding == finding
    else:
        assert "Amara" in different


def test_one_that_differs():
    (found,) = compared(
        "owner", **groups(Amara=(60, 100), Bo=(30, 100), Chidi=(32, 100), Dana=(31, 100), Elif=(33, 100))
    )
    assert found.finding == "Amara differs from the other owners"


def test_all_dimensions_are_one_family():
    values = groups(Amara=(13, 20), Bo=(5, 20), Chidi=(8, 20))
    alone = compared("owner", **values)[0]
    draw = np.random.default_rng(1)
    many = {name: draw.choice(["a", "b", "c", "d"], 60).tolist() for name in ("segment", "source", "product", "team")}
    together = compared("owner", *many, **values, **many)
    assert [comparison.dimension for comparison in together] == ["owner", *many]
    assert [group.p_value for group in together[0].groups] == [group.p_value for group in alone.groups]
    assert all(
        wide.p_adjusted >= narrow.p_adjusted for wide, narrow in zip(together[0].groups, alone.groups, strict=True)
    )
    family = [group.p_value for comparison in together for group in comparison.groups]
    corrected = [group.p_adjusted for comparison in together for group in comparison.groups]
    assert corrected == comparisons.adjusted(family).tolist()


def test_small_groups_are_counted_and_left_out_but_belong_to_the_rest():
    (found,) = compared("owner", **groups(Amara=(3, 10), Bo=(4, 10), Chidi=(4, 4), Dana=(0, 1)))
    assert [group.name for group in found.groups] == ["Amara", "Bo"]
    assert found.left_out_count == 2
    assert found.overall == 11 / 25


def test_blanks_are_no_group():
    values = groups(Amara=(3, 10), Bo=(4, 10))
    values["owner"][0] = None
    (found,) = compared("owner", **values)
    assert [(group.rate.x, group.rate.n) for group in found.groups] == [(2, 9), (4, 10)]


def test_one_group_alone_is_not_compared():
    assert compared("owner", **groups(Amara=(3, 10), Bo=(1, 4))) == ()


def test_declined_open_and_future_ends_are_not_compared():
    values = groups(Amara=(3, 10), Bo=(4, 10))
    values["outcome"] += ["declined", "open", "won"]
    values["owner"] += ["Bo"] * 3
    closed = [TODAY - 1] * 20 + [TODAY - 1, None, TODAY + 1]
    (found,) = compared("owner", **values, closed_on=closed)
    assert [(group.rate.x, group.rate.n) for group in found.groups] == [(3, 10), (4, 10)]


def test_of_ten_thousand_accounts_the_largest_are_compared():
    draw = np.random.default_rng(2)
    account = [f"A{number:05}" for number in draw.integers(0, 10_000, 120_000)]
    (found,) = compared("account", account=account, outcome=draw.choice(["won", "lost"], 120_000).tolist())
    assert len(found.groups) == comparing.MOST_GROUPS
    assert min(group.rate.n for group in found.groups) > 18
    assert [group.name for group in found.groups] == sorted(group.name for group in found.groups)
    assert "Only the 200 with the most ended deals, of 9," in found.size_note
    assert found.finding == "Nothing shows that accounts differ"


def test_the_funnel_reaches_from_five_deals_to_the_largest_group():
    (found,) = compared("owner", **groups(Amara=(30, 120), Bo=(25, 100)))
    sizes = [limit.n for limit in found.limits]
    assert (sizes[0], sizes[-1]) == (5, 120)
    assert sizes == sorted(set(sizes))
    for limit in found.limits:
        assert limit.lower998 <= limit.lower95 <= found.overall <= limit.upper95 <= limit.upper998


def test_labels_are_words_for_people():
    (found,) = compared("deal_type", deal_type=["new"] * 6 + ["existing"] * 6, outcome=["won", "lost"] * 6)
    assert (found.label, found.finding) == ("Type of deal", "Nothing shows that types of deal differ")
