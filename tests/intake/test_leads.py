"""Leads with a file of the deals that came of them."""

from datetime import date

from earnest.intake.figures import Reconciled
from tests.intake import exports, made

LEADS = exports.table(
    "leads.csv",
    ["mql_id", "first_contact_date", "origin"],
    [["a", "2026-01-01", "social"], ["b", "2026-02-01", "email"], ["c", "2026-03-01", "social"]],
)
ENDS = exports.table(
    "closed_deals.csv",
    ["mql_id", "seller_id", "sr_id", "won_date", "business_segment"],
    [["b", "s1", "rep", "2026-03-05 10:00:00", "pet"], ["z", "s2", "rep", "2026-04-05 10:00:00", "car"]],
)


def test_each_lead_is_a_deal_opened_at_first_contact() -> None:
    intake = made.intake(ENDS, LEADS)
    assert made.column(intake, "outcome") == ["open", "won", "open", "won"]
    assert made.days(intake, "opened_on") == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), None]
    assert made.days(intake, "closed_on") == [None, date(2026, 3, 5), None, date(2026, 4, 5)]
    assert made.column(intake, "source") == ["social", "email", "social", None]
    assert made.column(intake, "external_id") == ["a", "b", "c", "z"]


def test_the_rows_of_both_files_are_accounted_for() -> None:
    assert made.intake(ENDS, LEADS).reconciled == Reconciled(5, 4, 1, 0, 0, 0)


def test_what_only_winners_have_is_not_used_and_said_so() -> None:
    intake = made.intake(ENDS, LEADS)
    assert intake.book.tables["deals"].present.isdisjoint({"owner", "segment"})
    found = made.dirt(intake, "known_for_ended_only")
    assert found is not None
    assert found.done == "Not used: owner and segment. Grouping by them would compare winners with winners."


def test_leads_without_an_end_count_as_open_and_it_says_why() -> None:
    found = made.proposal(made.intake(ENDS, LEADS), "leads_without_an_end")
    assert found is not None
    assert (found.detail, found.count, found.applied) == ("2 leads of 3 have no end in the files.", 2, True)


def test_a_whole_pipeline_beside_leads_stays_a_pipeline() -> None:
    deals = exports.table(
        "deals.csv",
        ["deal_id", "lead_id", "stage", "amount", "created_date"],
        [["1", "a", "Demo", "5", "2026-01-09"]],
    )
    intake = made.intake(deals, LEADS)
    assert intake.reconciled == Reconciled(1, 1, 0, 0, 0, 0)
