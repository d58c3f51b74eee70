"""Keep the verdicts of open deals: the whole book when the day turns, a deal again whenever it is written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

import msgspec
from django.db import transaction
from django.db.models import F

from earnest.errors import EarnestError
from earnest.measures.figures import Cycle
from earnest.people import actors, audit, authority, visibility
from earnest.people import reads as people
from earnest.people.models import Access
from earnest.pipeline import benchmarks, frames, periods, standings
from earnest.pipeline.benchmarks import Benchmarks
from earnest.pipeline.models import Flag, Marks, OpenTotal, Override, Standing
from earnest.pipeline.standings import DealStanding, Place, Total
from earnest.records import book as books
from earnest.records import bulk
from earnest.records.models import Deal, Holiday, Outcome
from earnest.records.services import By
from earnest.rulebook import book as rulebook
from earnest.rulebook import engine

# The columns of one standing, by name.
Values = Mapping[str, Any]

_WHY = "verdicts are kept for every deal, whoever sees it"
_THRESHOLD = "threshold."
_JUDGED_ROOMS = ("records", "need", "pipeline")
_BATCH_ROWS = 50_000
_FEW_ROWS = 200  # under this many, a frame costs more than it saves


class OverrideRefused(EarnestError):
    """A finding cannot be set aside in this way."""

    code: ClassVar[str] = "override_refused"


def changed_thresholds() -> dict[str, float]:
    """The thresholds that the workspace has set otherwise, by name."""
    return _thresholds(people.settings())


def _thresholds(chosen: Mapping[str, object]) -> dict[str, float]:
    return {
        name.removeprefix(_THRESHOLD): float(value)
        for name, value in chosen.items()
        if name.startswith(_THRESHOLD) and isinstance(value, int | float)
    }


def settled(on: date) -> dict[str, float]:
    """What the workspace settles for the rules on a day: its thresholds, and the last days of its fiscal periods."""
    chosen = people.settings()
    month, months = chosen.get("fiscal_year_starts_on_month"), chosen.get("fiscal_period_months")
    free = Holiday.objects.unscoped(reason=_WHY).values_list("on", flat=True)
    ends = periods.windows(
        on,
        first_month=month if isinstance(month, int) else 1,
        months=months if isinstance(months, int) else periods.MONTHS_A_PERIOD,
        holidays=frozenset(free),
    )
    return {**ends, **_thresholds(chosen)}


def is_behind(day: date) -> bool:
    """Whether there are deals whose verdicts are older than this day, or that nobody has judged yet."""
    judged = Marks.objects.unscoped(reason=_WHY).order_by("-on").values_list("on", flat=True).first()
    return (judged is None or judged < day) and Deal.objects.unscoped(reason=_WHY).exists()


def judge_book(*, as_of: date, at: datetime) -> int:
    """Judge every open deal of the workspace as of a day and keep the result; returns how many there are.

    What each flag says since when is kept: a flag that stands on keeps its first day. Safe to run twice.
    """
    book = books.read(actors.WORKSPACE, as_of=as_of, thresholds=frames.THRESHOLDS, changed=settled(as_of))
    marks = benchmarks.benchmarks(book)
    found = list(standings.of_book(book, marks))
    with transaction.atomic():
        _keep_marks(marks, as_of, at)
        _keep_flags({each.deal_id: set(each.flagged) for each in found}, as_of)
        places = _places()
        _standings().all().delete()
        _insert(Standing, (_as_text(_values(each, as_of, places)) for each in found))
        totals = OpenTotal.objects.unscoped(reason=_WHY)
        totals.all().delete()
        OpenTotal.objects.bulk_add([_total_row(*pair) for pair in standings.totals(found, places).items()])
    return len(found)


def judge_written(kind: str, record_ids: Iterable[int]) -> None:
    """Judge deals again that were just written, as of the day that the book was last judged for.

    `kind` says what was written; `record_ids` are the deals it belongs to. Before the first judgement it does nothing.
    """
    numbers = sorted(set(record_ids))
    if not numbers or kind.split(".", maxsplit=1)[0] not in _JUDGED_ROOMS:
        return
    latest = Marks.objects.unscoped(reason=_WHY).order_by("-on").first()
    if latest is not None:
        judge_deals(numbers, marks=restored(latest), on=latest.on)


def judge_deals(deal_ids: Sequence[int], *, marks: Benchmarks, on: date) -> list[DealStanding]:
    """Judge some deals without a dataframe, and keep what differs; one that is no longer open loses its standing."""
    with transaction.atomic(savepoint=False):
        # Locked before the deals are read: of two writers the second sees what the first made of it.
        before = _kept(deal_ids)
        rows = books.rows_of(actors.WORKSPACE, deal_ids)
        context = _context(on)
        found = [
            standings.of_row(frames.deal_row(tables, marks, context=context, present=rows.present))
            for tables in rows.by_deal.values()
            if tables["deals"][0]["outcome"] == Outcome.OPEN
        ]
        places = _places(deal_ids)
        after = {each.deal_id: _values(each, on, places) for each in found}
        differing = [number for number in {**before, **after} if before.get(number) != after.get(number)]
        if differing:
            _keep(differing, before, after, on)
    return found


def _kept(deal_ids: Sequence[int]) -> dict[int, Values]:
    columns = [column.attname for column in Standing._meta.concrete_fields]
    rows = _standings().select_for_update().filter(deal_id__in=deal_ids).order_by("deal_id")
    return {row["deal_id"]: row for row in rows.values(*columns)}


def _keep(numbers: Sequence[int], before: Mapping[int, Values], after: Mapping[int, Values], on: date) -> None:
    """Put these deals' new standings, flags and totals in place of what was kept."""
    _move_totals([before.get(number) for number in numbers], [after.get(number) for number in numbers])
    flagged = {number: set(after[number]["flagged"]) if number in after else set() for number in numbers}
    stood = {number: set(before[number]["flagged"]) if number in before else set() for number in numbers}
    if flagged != stood:
        _keep_flags(flagged, on, among=numbers)
    _standings().filter(deal_id__in=[number for number in numbers if number in before]).delete()
    Standing.objects.bulk_add([Standing(**after[number]) for number in numbers if number in after])


def restored(marks: Marks) -> Benchmarks:
    """The benchmarks as they were kept."""
    kept = marks.values
    return Benchmarks(
        msgspec.convert(kept["cycle"], Cycle),
        kept["overall"],
        kept["by_segment"],
        kept["large_amount"],
        {int(place): days for place, days in kept["stage_median_days"].items()},
        kept.get("general", {}),
    )


def set_aside(*, by: By, deal_id: int, about: str, reason: str, until_on: date) -> Override:
    """Set a finding about a deal aside until a day, with the reason; it stays visible, and speaks again after.

    Raises: NotFound, OverrideRefused without a reason or with a day that is over.
    """
    if not visibility.visible(by.actor, Deal, Access.WRITE).filter(pk=deal_id).exists():
        raise authority.not_found("deal", deal_id)
    if not reason.strip() or until_on <= by.at.date():
        raise OverrideRefused(
            f"Setting «{about}» aside until {until_on} with the reason «{reason.strip()}» is refused.",
            why="What is set aside needs a reason, and ends on a day that is still to come.",
            fix="Give the reason and a later day.",
            data={"until_on": until_on.isoformat()},
        )
    with transaction.atomic():
        row = Override(
            deal_id=deal_id,
            about=about,
            reason=reason.strip(),
            at=by.at,
            made_by_id=by.actor.user_id,
            until_on=until_on,
        )
        row.save(force_insert=True)
        detail = {"about": about, "reason": row.reason, "until_on": until_on.isoformat()}
        record = ("records.deal", deal_id)
        audit.note(
            actor_id=by.actor.user_id, action="set_aside", at=by.at, origin=by.origin, record=record, detail=detail
        )
    return row


def _standings() -> Any:  # noqa: ANN401  # a queryset; its stubs need a plugin that services do without
    return Standing.objects.unscoped(reason=_WHY)


def _context(on: date) -> dict[str, float | int]:
    empty = rulebook.book((), as_of=on, thresholds=frames.THRESHOLDS, changed=settled(on))
    return empty.context()


def _keep_marks(marks: Benchmarks, as_of: date, at: datetime) -> None:
    values = {**standings.as_json(marks), "cycle": msgspec.to_builtins(marks.cycle)}
    rows = Marks.objects.unscoped(reason=_WHY)
    rows.update_or_create(on=as_of, defaults={"values": values, "judged_at": at})


def _values(each: DealStanding, on: date, places: Mapping[int, standings.Whose]) -> dict[str, Any]:  # a row's columns
    owner, team, stage = places.get(each.deal_id, standings.NOBODYS)
    return {
        "deal_id": each.deal_id,
        "judged_on": on,
        "hard": each.hard,
        "soft": each.soft,
        "flag_count": len(each.flagged),
        "flagged": list(each.flagged),
        "unknown": list(each.unknown),
        "value_minor": each.value_minor,
        "currency": each.currency,
        "good_through_on": each.good_through_on,
        "need_score": each.need_score,
        "need_band": each.need_band,
        "claimed_step": each.claimed_step,
        "earned_step": each.earned_step,
        "fodder_chance": each.fodder_chance,
        "step_verdict": each.step_verdict,
        "date_verdict": each.date_verdict,
        "owner_id": owner,
        "team_id": team,
        "stage_id": stage,
    }


def _as_text(values: Mapping[str, Any]) -> dict[str, Any]:  # as above, with days and lists as the table holds them
    good = values["good_through_on"]
    return {
        **values,
        "judged_on": values["judged_on"].isoformat(),
        "flagged": json.dumps(values["flagged"]),
        "unknown": json.dumps(values["unknown"]),
        "good_through_on": None if good is None else good.isoformat(),
    }


def _insert(model: type[Any], rows: Iterable[Mapping[str, Any]]) -> None:
    batch: list[Mapping[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH_ROWS:
            _insert_batch(model, batch)
            batch = []
    _insert_batch(model, batch)


def _insert_batch(model: type[Any], batch: Sequence[Mapping[str, Any]]) -> None:
    if batch:
        columns = {name: [row[name] for row in batch] for name in batch[0]}
        bulk.insert(model, engine.collect(engine.table(columns)))


def _keep_flags(flagged: Mapping[int, set[str]], on: date, *, among: Sequence[int] | None = None) -> None:
    """Open a span for each new flag and close those that are clear; what stands on keeps its first day."""
    flags = Flag.objects.unscoped(reason=_WHY).filter(until_on=None)
    standing = flags if among is None else flags.filter(deal_id__in=among)
    had = set(standing.values_list("deal_id", "rule"))
    has = {(number, name) for number, names in flagged.items() for name in names}
    gone: dict[str, list[int]] = {}
    for number, name in sorted(had - has):
        gone.setdefault(name, []).append(number)
    for name, numbers in gone.items():
        for start in range(0, len(numbers), 500):
            flags.filter(rule=name, deal_id__in=numbers[start : start + 500]).update(until_on=on)
    fresh = sorted(has - had)
    _add_flags([{"deal_id": number, "rule": name, "since_on": on.isoformat()} for number, name in fresh])


def _add_flags(fresh: Sequence[Mapping[str, Any]]) -> None:
    if len(fresh) < _FEW_ROWS:
        Flag.objects.bulk_add([Flag(**row) for row in fresh])
    else:
        _insert(Flag, fresh)


def _places(deal_ids: Sequence[int] | None = None) -> dict[int, standings.Whose]:
    deals = Deal.objects.unscoped(reason=_WHY)
    chosen = deals.filter(outcome=Outcome.OPEN) if deal_ids is None else deals.filter(pk__in=deal_ids)
    return {row[0]: row[1:] for row in chosen.values_list("id", "owner_id", "team_id", "stage_id")}


def _total_row(place: Place, total: Total) -> OpenTotal:
    owner, team, stage, currency = place
    return OpenTotal(owner_id=owner, team_id=team, stage_id=stage, currency=currency, **vars(total))


def _move_totals(before: Sequence[Values | None], after: Sequence[Values | None]) -> None:
    """Count deals out of where they stood and into where they stand now."""
    moved: dict[Place, Total] = {}
    for sign, rows in ((-1, before), (1, after)):
        for row in rows:
            if row is not None:
                place = (row["owner_id"], row["team_id"], row["stage_id"], row["currency"])
                moved.setdefault(place, Total()).add(value_minor=row["value_minor"], hard=row["hard"], sign=sign)
    for place, total in sorted(moved.items(), key=lambda pair: str(pair[0])):
        if total != Total():
            _move_total(place, total)


def _move_total(place: Place, total: Total) -> None:
    owner, team, stage, currency = place
    rows = OpenTotal.objects.unscoped(reason=_WHY).filter(
        owner_id=owner, team_id=team, stage_id=stage, currency=currency
    )
    moved = rows.update(
        deal_count=F("deal_count") + total.deal_count,
        hard_count=F("hard_count") + total.hard_count,
        claimed_minor=F("claimed_minor") + total.claimed_minor,
        real_minor=F("real_minor") + total.real_minor,
    )
    if not moved:
        _total_row(place, total).save(force_insert=True)
