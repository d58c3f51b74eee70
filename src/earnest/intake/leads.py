"""Leads with a file of the deals that came of them: a book in which each lead is a row, opened at its first contact.

Such files record who bought and say nothing of who did not. A lead without a recorded end is open: whether somebody
still works on it or gave it up long ago, the files do not tell.
"""

from collections.abc import Sequence

import polars as pl

from earnest.intake.notes import Notes, listed
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role
from earnest.rulebook import words

# What a file of ends may say about a lead. The rest is known for the won ones only and would set them apart by itself.
OF_THE_END = ("won_on", "lost_on", "closed_on", "close_on", "is_won", "is_lost", "is_closed", "status")
OF_THE_SALE = ("amount", "currency", "lost_reason")


def is_lead_book(files: Sequence[Typed]) -> bool:
    """True when the deal files only record ends of leads, and there is a file of those leads."""
    deals = [file for file in files if file.role is Role.DEALS]
    leads = [file for file in files if file.role is Role.LEADS]
    only_ends = all(file.has("lead_id") and not (file.has("opened_on") or file.has("stage")) for file in deals)
    return bool(deals) and only_ends and any(file.has("lead_id", "opened_on") for file in leads)


def with_ends(leads: pl.DataFrame, ends: pl.DataFrame, notes: Notes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The leads with what the ends say of them, and the ends that belong to none of these leads.

    Shape: the leads as they were, one row each, then the ends without a lead as rows of their own.
    """
    told = [name for name in (*OF_THE_END, *OF_THE_SALE) if name in ends.columns and name not in leads.columns]
    first = ends.unique("lead_id", keep="first", maintain_order=True)
    joined = leads.join(first.select("lead_id", *told), on="lead_id", how="left", maintain_order="left")
    orphans = ends.join(leads.select("lead_id"), on="lead_id", how="anti", maintain_order="left")
    _tell(joined, ends, told, notes)
    return joined, orphans.select(name for name in orphans.columns if name in joined.columns)


def _tell(joined: pl.DataFrame, ends: pl.DataFrame, told: Sequence[str], notes: Notes) -> None:
    hidden = {"lead_id", "external_id", *told, *joined.columns}
    left = [name for name in ends.columns if not name.startswith("_") and name not in hidden]
    if left:
        notes.soil(
            "known_for_ended_only",
            "Columns that only leads with an end have",
            count=len(left),
            examples=left[:3],
            done=f"Not used: {listed(left)}. Grouping by them would compare winners with winners.",
            fix="Export these columns for every lead, bought or not.",
        )
    ended = sum(1 for name in ("won_on", "lost_on", "closed_on") if name in told)
    dates = [name for name in ("won_on", "lost_on", "closed_on") if name in told]
    unknown = (
        joined.filter(pl.all_horizontal(pl.col(name).is_null() for name in dates)).height if ended else joined.height
    )
    notes.propose(
        "leads_without_an_end",
        "Leads whose end is not recorded",
        detail=f"{words.plural(unknown, 'lead')} of {words.count(joined.height)} have no end in the files.",
        count=unknown,
        applied=True,
        how="Applied: they count as open. Record when a lead is given up, to tell it from one that is still worked on.",
    )
