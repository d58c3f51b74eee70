"""How each deal ended: from flags, a status, the stage table, or what a person said a stage means.

A word in a stage's name is only ever a proposal, listed and easy to undo. A lost reason that reads like «no
decision» is proposed and not applied: no CRM has that outcome, and only people know.
"""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence

import polars as pl

from earnest.intake import endings
from earnest.intake.mapping import Mapping
from earnest.intake.notes import Notes, listed
from earnest.intake.stages import STAGE_OUTCOME
from earnest.rulebook import words


def with_outcomes(deals: pl.DataFrame, chosen: Mapping, notes: Notes) -> pl.DataFrame:
    """The deals with the column `outcome`: open, won, lost, no_decision or declined."""
    deals = deals.with_columns(_ended(deals, chosen, notes).alias("outcome"))
    deals = _by_stage_given(deals, chosen)
    if "lost_reason" in deals.columns:
        deals = _by_lost_reason(deals, chosen, notes)
    return deals


def _ended(deals: pl.DataFrame, chosen: Mapping, notes: Notes) -> pl.Expr:
    """The best source of the end that the files have: flags, a status, the stage table, the word of the stage."""
    have = set(deals.columns)
    if {"is_won", "is_closed"} <= have or {"is_won", "is_lost"} <= have:
        return _from_flags(have)
    if "status" in have and _speaks(deals):
        return _from_status(deals["status"])
    if STAGE_OUTCOME in have and deals[STAGE_OUTCOME].null_count() < deals.height:
        return pl.col(STAGE_OUTCOME).fill_null("open")
    if {"active", "probability"} <= have:
        return _from_odoo(have)
    if "stage" in have and deals["stage"].null_count() < deals.height:
        return _from_words(deals, chosen, notes)
    if have & {"won_on", "lost_on"}:
        return _from_days(have)
    notes.propose(
        "no_outcome",
        "Nothing in the files says how a deal ended",
        detail="There is no stage, status or flag, so every deal counts as open.",
        count=deals.height,
        applied=True,
        how="Applied. Export the stage, or the fields that say whether a deal is closed and whether it is won.",
    )
    return pl.lit("open")


def _from_flags(have: set[str]) -> pl.Expr:
    won = pl.col("is_won").fill_null(value=False)
    ended = pl.col("is_closed" if "is_closed" in have else "is_lost").fill_null(value=False)
    return pl.when(won).then(pl.lit("won")).when(ended).then(pl.lit("lost")).otherwise(pl.lit("open"))


def _speaks(deals: pl.DataFrame) -> bool:
    """True when most values of the status say how a deal stands, and some say that it ended or nothing else could."""
    meanings = [endings.of_status(value) for value in deals["status"].drop_nulls().unique()]
    known = [meaning for meaning in meanings if meaning is not None]
    some_end = any(meaning != "open" for meaning in known) or "stage" not in deals.columns
    return bool(known) and len(known) * 2 >= len(meanings) and some_end


def _from_status(status: pl.Series) -> pl.Expr:
    meanings = {value: endings.of_status(value) or "open" for value in status.drop_nulls().unique().to_list()}
    return pl.col("status").replace_strict(meanings, default="open", return_dtype=pl.String)


def _from_odoo(have: set[str]) -> pl.Expr:
    """Odoo: a deal at 100 % is won; one that is no longer active and stands at 0 is lost."""
    certain = pl.col("probability").fill_null(0.0)
    won = (certain >= 1.0) | (pl.col("is_won").fill_null(value=False) if "is_won" in have else pl.lit(value=False))
    lost = pl.col("active").eq(other=False).fill_null(value=False)
    return pl.when(won).then(pl.lit("won")).when(lost).then(pl.lit("lost")).otherwise(pl.lit("open"))


def _from_days(have: set[str]) -> pl.Expr:
    won = pl.col("won_on").is_not_null() if "won_on" in have else pl.lit(value=False)
    lost = pl.col("lost_on").is_not_null() if "lost_on" in have else pl.lit(value=False)
    return pl.when(won).then(pl.lit("won")).when(lost).then(pl.lit("lost")).otherwise(pl.lit("open"))


def _from_words(deals: pl.DataFrame, chosen: Mapping, notes: Notes) -> pl.Expr:
    counts = dict(deals.group_by("stage").len().sort("len", descending=True).iter_rows())
    asked = [stage for stage in counts if stage is not None and stage not in chosen.stages]
    meanings = {stage: endings.of_stage(stage) or "open" for stage in asked}
    ended = {stage: outcome for stage, outcome in meanings.items() if outcome != "open"}
    still_open = [f"«{stage}» ({words.plural(counts[stage], 'deal')})" for stage in asked if stage not in ended]
    if ended:
        first = next(iter(ended))
        notes.propose(
            "stage_meanings",
            "What the stages mean",
            detail=_meant(ended, counts) + (f"; open: {listed(still_open)}." if still_open else "."),
            count=sum(counts[stage] for stage in ended),
            applied=True,
            how=f"Applied, from the words alone. To change one, write in the mapping file {_line(first, 'open')}.",
        )
    elif asked:
        notes.propose(
            "stage_meanings",
            "No stage is known to be an end",
            detail=f"Every deal counts as open: {listed(still_open)}.",
            count=deals.height,
            applied=True,
            how=f"Applied. For each stage that is an end write in the mapping file {_line(asked[0], 'won')}.",
        )
    return pl.col("stage").replace_strict(meanings, default="open", return_dtype=pl.String)


def _meant(ended: AnyMapping[str, str], counts: AnyMapping[str, int]) -> str:
    return listed(
        [f"«{stage}» means {words_of(end)} ({words.plural(counts[stage], 'deal')})" for stage, end in ended.items()]
    )


def _line(stage: str, outcome: str) -> str:
    return f'[stages."{stage}"] outcome = "{outcome}"'


def words_of(outcome: str) -> str:
    """An outcome as people say it."""
    return outcome.replace("_", " ")


def _by_stage_given(deals: pl.DataFrame, chosen: Mapping) -> pl.DataFrame:
    given = {stage: meaning.outcome for stage, meaning in chosen.stages.items()}
    if not given or "stage" not in deals.columns:
        return deals
    said = pl.col("stage").replace_strict(given, default=None, return_dtype=pl.String)
    return deals.with_columns(pl.coalesce(said, "outcome").alias("outcome"))


def _by_lost_reason(deals: pl.DataFrame, chosen: Mapping, notes: Notes) -> pl.DataFrame:
    lost = pl.col("outcome") == "lost"
    counts = dict(
        deals.lazy().filter(lost).group_by("lost_reason").len().sort("len", descending=True).collect().iter_rows()
    )
    given = chosen.lost_reasons
    asked = [reason for reason in counts if reason is not None and reason not in given]
    for outcome, pattern in (("no_decision", endings.NO_DECISION), ("declined", endings.DECLINED)):
        like = [reason for reason in asked if pattern.search(reason)]
        asked = [reason for reason in asked if reason not in like]
        _propose_reasons(notes, outcome, like, counts)
    if not given:
        return deals
    said = pl.col("lost_reason").replace_strict(given, default=None, return_dtype=pl.String)
    return deals.with_columns(pl.when(lost).then(pl.coalesce(said, "outcome")).otherwise("outcome").alias("outcome"))


def _propose_reasons(notes: Notes, outcome: str, reasons: Sequence[str], counts: AnyMapping[str | None, int]) -> None:
    if not reasons:
        return
    total = sum(counts[reason] for reason in reasons)
    notes.propose(
        f"lost_reason_{outcome}",
        f"Lost reasons that read like {words_of(outcome)}",
        detail=listed([f"«{reason}» ({words.plural(counts[reason], 'deal')})" for reason in reasons]) + ".",
        count=total,
        applied=False,
        how="Not applied: they count as lost. To accept one, write in the mapping file "
        f'[lost_reasons] "{reasons[0]}" = "{outcome}".',
    )
