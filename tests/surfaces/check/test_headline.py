"""The sentence at the top."""

import msgspec

from earnest.intake.figures import Proposal
from earnest.measures.figures import Money
from earnest.pipeline.figures import ClaimedValue, Reason
from earnest.surfaces.check import headline
from tests.surfaces.check import parts


def _claimed(*, open_count: int, hard: int, total: int, not_real: int, reasons: tuple[Reason, ...] = ()):
    value = ClaimedValue(
        "EUR", open_count, Money(total, "EUR"), Money(not_real, "EUR"), Money(total - not_real, "EUR"),
        not_real / total if total else None, 0, 0,
    )  # fmt: skip
    return msgspec.structs.replace(
        parts.no_claims(), open_count=open_count, hard_count=hard, values=(value,), reasons=reasons
    )


def test_money_comes_first_when_there_is_any() -> None:
    top = headline.headline(
        _claimed(open_count=30, hard=10, total=346_500_000, not_real=131_700_000), parts.past(), parts.cycle()
    )
    assert (
        top.headline == "Of EUR 3,465 k you call open, EUR 2,148 k is left when each deal has to show that it is alive."
    )


def test_without_amounts_the_headline_counts_deals() -> None:
    top = headline.headline(_claimed(open_count=30, hard=1, total=0, not_real=0), parts.past(), parts.cycle())
    assert top.headline == "1 of 30 open deals fails the test of being alive."


def test_nothing_flagged_is_said_with_its_limit() -> None:
    top = headline.headline(_claimed(open_count=1, hard=0, total=7_100_000, not_real=0), parts.past(), parts.cycle())
    assert top.headline == "Of EUR 71 k open, nothing this file can tell speaks against a deal."


def test_an_export_without_open_deals_says_so() -> None:
    assert (
        headline.headline(parts.no_claims(), parts.past(), parts.cycle()).headline == "No deal is open in this export."
    )


def test_too_few_wins_leave_the_cycle_untold() -> None:
    top = headline.headline(_claimed(open_count=3, hard=1, total=100_00, not_real=0), parts.past(), parts.cycle())
    assert top.sublines[-1] == "With 0 dated wins the length of your cycle cannot be told yet."


def test_next_acts_are_the_heaviest_reasons_then_what_to_confirm() -> None:
    def reason(title: str, minor: int) -> Reason:
        money = (Money(minor, "EUR"),)
        return Reason(title, title, "hard", 2, money, 1, money, 0, 0, (), (), "S1.9", f"Mend {title}.")

    claimed = _claimed(open_count=9, hard=4, total=900, not_real=400, reasons=(reason("a", 100), reason("b", 300)))
    waiting = Proposal("join", "Two spellings", "GTXPro and GTX Pro", 2, applied=False, how="Accept it in the mapping.")
    done = msgspec.structs.replace(waiting, applied=True)
    assert headline.next_acts(claimed, (done, waiting)) == (
        "2 deals with «b»: Mend b.",
        "2 deals with «a»: Mend a.",
        "Look at what only you can say: two spellings.",
    )
