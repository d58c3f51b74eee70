"""Write an import: in batches, with progress, and so that a killed one goes on where it stopped."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db import transaction

from earnest.intake.landing.deals import Landed
from earnest.intake.models import Held, ImportRun, RefusedRow
from earnest.intake.services import kinds, names, plans, references, runs, told_history, updates, writes
from earnest.intake.services.kinds import Kind
from earnest.intake.services.plans import HELD, Plan
from earnest.intake.services.runs import BATCH_ROWS, Progress, Run
from earnest.intake.services.updates import Conflict
from earnest.people import authority
from earnest.people.actors import Actor
from earnest.people.models import Membership
from earnest.records.models import ToldColumn
from earnest.records.tables import ACTIVITIES, DEALS


@dataclass(frozen=True)
class Outcome:
    """What an import did: its number, and how many rows it found new, changed, same, in conflict, refused.

    `wrote` is false when the same files had been imported before and nothing was left to write.
    """

    run_id: int
    new: int
    changed: int
    same: int
    conflicts: int
    refused: int
    wrote: bool
    resumed: bool


def apply(
    plan: Plan, *, actor: Actor, at: datetime, progress: Progress = runs.silence, batch_rows: int = BATCH_ROWS
) -> Outcome:
    """Write what a plan foresees; run again after a kill, it goes on after the last batch that was committed.

    Args:
        plan: the plan; what changed here since it was made is looked at again.
        actor: who imports; only admins do.
        at: the moment of the import; one that is taken up again keeps its first moment.
        progress: told after each batch.
        batch_rows: rows in one transaction.
    Raises: NotAllowed.
    """
    authority.demand_admin(actor, action="import")
    before = runs.finished(actor, plan.fingerprint)
    if before is not None and plan.writes == 0:
        return _outcome(before, wrote=False, resumed=False)
    waiting = runs.unfinished(actor, plan.fingerprint)
    row = waiting if waiting is not None else _begin(plan, actor, at)
    run = Run(row, actor, progress, batch_rows)
    conflicts = _land(plan, run)
    landed_count = sum(count.landed for count in plan.counts)
    with transaction.atomic():
        _hold_back(_as_held(conflicts), run.row)
        runs.finish(
            run, at=at, landed_count=landed_count, conflict_count=len(conflicts), refused_count=_refused_count(plan)
        )
    return _outcome(run.row, wrote=True, resumed=waiting is not None)


def _begin(plan: Plan, actor: Actor, at: datetime) -> ImportRun:
    with transaction.atomic():
        row = runs.begin(
            actor=actor, system=plan.source.system, label=plan.source.label, fingerprint=plan.fingerprint, at=at
        )
        _hold_back(plan.held, row)
        told = [
            ToldColumn(table=table, column=column, told_by=f"import {row.pk}")
            for table, columns in plan.told.items()
            for column in columns
        ]
        ToldColumn.objects.bulk_add(told)
    return row


def _land(plan: Plan, run: Run) -> list[Conflict]:
    maps = _land_names(plan, run)
    deals = _with_teams(plans.resolved_deals(plan.deals.rows, maps))
    conflicts, maps[kinds.DEALS] = _land_records(kinds.DEALS, deals, plan.deals.told, DEALS.name, run)
    if plan.activities is not None:
        maps[kinds.CONTACTS] = _land_contacts(deals, plan.activities, run)
        rows = plans.resolved_activities(plan.activities, maps)
        disputed, _ = _land_records(kinds.ACTIVITIES, rows, plan.activities.told, ACTIVITIES.name, run)
        conflicts += disputed
    if plan.changes is not None:
        told_history.land(plan.changes.rows, maps[kinds.DEALS], run)
    return conflicts


def _land_names(plan: Plan, run: Run) -> dict[Kind, pl.DataFrame]:
    deals = plan.deals.rows
    maps: dict[Kind, pl.DataFrame] = {}
    maps[kinds.USERS] = _land_new(kinds.USERS, names.users(deals, plan.activities), run)
    maps[kinds.TEAMS] = _land_new(kinds.TEAMS, names.of_column(deals, "team"), run)
    maps[kinds.PIPELINES] = _land_new(kinds.PIPELINES, names.pipelines(deals), run)
    maps[kinds.STAGES] = _land_new(kinds.STAGES, names.stages(deals, maps), run)
    maps[kinds.PRODUCTS] = _land_new(kinds.PRODUCTS, names.of_column(deals, "product"), run)
    owned = _with_teams(plans.resolved_deals(deals, maps))
    maps[kinds.ACCOUNTS] = _land_new(kinds.ACCOUNTS, names.accounts(owned), run)
    return maps


def _land_contacts(deals: pl.DataFrame, activities: Landed, run: Run) -> pl.DataFrame:
    return _land_new(kinds.CONTACTS, names.contacts(deals, activities), run)


def _land_new(kind: Kind, rows: pl.DataFrame, run: Run) -> pl.DataFrame:
    return writes.land(kind, rows, references.known(kind, rows, system=run.row.system), run)


def _land_records(
    kind: Kind, rows: pl.DataFrame, told: tuple[str, ...], table: str, run: Run
) -> tuple[list[Conflict], pl.DataFrame]:
    known = references.known(kind, rows, system=run.row.system)
    spoken = plans.compared_columns(rows, told) if kind is kinds.DEALS else rows
    conflicts = updates.land(kind, spoken, known.references, run)
    records = writes.land(kind, rows, known, run)
    return [{**conflict, "table": table} for conflict in conflicts], records


def _with_teams(deals: pl.DataFrame) -> pl.DataFrame:
    """A deal whose team nobody told lies in the team of its owner, where the owner has one here."""
    memberships = Membership.objects.unscoped(reason="a record lies in its owner's team").order_by("leads", "id")
    teams = dict(reversed(list(memberships.values_list("user_id", "team_id"))))
    if not teams:
        return deals
    own = pl.col("owner_id").replace_strict(teams, default=None, return_dtype=pl.Int64)
    return deals.with_columns(pl.coalesce("team_id", own).alias("team_id"))


def _hold_back(held: pl.DataFrame, row: ImportRun) -> None:
    writes.insert(RefusedRow, held.select(pl.lit(int(row.pk)).alias("run_id"), *HELD))


def _as_held(conflicts: list[Conflict]) -> pl.DataFrame:
    rows = [
        {
            "held": Held.CONFLICT.value,
            "table": conflict["table"],
            "line": conflict["line"],
            "external_id": conflict["key"],
            "reason": str(conflict["reason"])[:1000],
            "content": plans.as_json(conflict["content"]),
        }
        for conflict in conflicts
    ]
    return pl.DataFrame(rows, schema=HELD)


def _refused_count(plan: Plan) -> int:
    return plan.held.filter(pl.col("held") == Held.REFUSED.value).height


def _outcome(row: ImportRun, *, wrote: bool, resumed: bool) -> Outcome:
    return Outcome(
        run_id=int(row.pk),
        new=row.new_count if wrote else 0,
        changed=row.changed_count if wrote else 0,
        same=row.same_count if wrote else row.new_count + row.changed_count + row.same_count,
        conflicts=row.conflict_count,
        refused=row.refused_count,
        wrote=wrote,
        resumed=resumed,
    )
