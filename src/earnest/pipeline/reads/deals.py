"""The list of deals: a page of it in any order, and all of it for an export."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from earnest.people import authority, statements, visibility
from earnest.people.actors import Actor
from earnest.pipeline import frames
from earnest.pipeline.asking import Asked, Cursor
from earnest.pipeline.models import Flag, Override
from earnest.pipeline.reads import narrowing
from earnest.pipeline.reads.narrowing import Shape
from earnest.records.models import Deal, Outcome

PAGE_ROWS = 50
_BATCH_ROWS = 2000
_STEP_ROWS = 10
# What a move to a stage without its evidence is called where it is set aside.
ABOUT_STAGE = "stage:"

Deals = QuerySet[Deal]
ShownDeals: TypeAlias = "QuerySet[Deal, tuple[Any, ...]]"


@dataclass(frozen=True, slots=True)
class DealRow:
    """One deal as lists, cards and exports show it; what nobody has told is null or empty."""

    deal_id: int
    version: int
    title: str
    account: str | None
    amount_minor: int | None
    list_amount_minor: int | None
    currency: str | None
    their_date: date | None
    our_date: date | None
    next_step: str
    next_step_on: date | None
    stage_id: int | None
    stage: str | None
    owner: str | None
    segment: str
    outcome: str
    closed_on: date | None
    pipeline: str | None
    flagged: tuple[str, ...] | None
    unknown_count: int
    hard: bool | None
    good_through_on: date | None
    value_minor: int | None
    since: date | None = None
    set_aside_until: date | None = None
    order_value: str | int | None = None

    @property
    def heading(self) -> str:
        """The buyer, or the deal's title where the buyer is not told."""
        return self.account or self.title or f"Deal {self.deal_id}"

    @property
    def about(self) -> str:
        """The title beside the buyer, without the buyer's name where it begins with it."""
        if not self.account:
            return ""
        rest = self.title.removeprefix(self.account)
        return rest.lstrip(" :-–—") if rest != self.title else self.title

    @property
    def is_open(self) -> bool:
        """Whether it is an open deal."""
        return self.outcome == Outcome.OPEN

    @property
    def counted_minor(self) -> int | None:
        """What totals count for it: its amount, else its list price."""
        if self.value_minor is not None:
            return self.value_minor
        return self.amount_minor if self.amount_minor else self.list_amount_minor


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the row after which it goes on; None at its end."""

    rows: tuple[DealRow, ...]
    next: Cursor | None


_FIELDS = (
    "id",
    "version",
    "title",
    "account__name",
    "amount_minor",
    "list_amount_minor",
    "currency_id",
    "buyer_by_when_on",
    "seller_close_on",
    "next_step",
    "next_step_on",
    "stage_id",
    "stage__name",
    "owner__name",
    "segment",
    "outcome",
    "closed_on",
    "stage__pipeline__name",
    "standing__flagged",
    "standing__unknown",
    "standing__hard",
    "standing__good_through_on",
    "standing__value_minor",
)
_FLAGGED = _FIELDS.index("standing__flagged")

# By which column each order goes; `amount` is in `_path`. Texts have an empty value where nobody told one.
_PATHS = {
    "buyer": "account__name",
    "their": "buyer_by_when_on",
    "ours": "seller_close_on",
    "step": "next_step_on",
    "stage": "stage__position",
    "owner": "owner__name",
    "good": "standing__good_through_on",
    "verdicts": "standing__flag_count",
    "since": "since",
    "segment": "segment",
    "pipeline": "stage__pipeline__name",
}
_STANDING = "standing__"
_DATES = frozenset({"their", "ours", "step", "good", "since"})
_TEXTS = frozenset({"buyer", "owner", "segment", "pipeline"})


def page(actor: Actor, asked: Asked, *, as_of: date, limit: int = PAGE_ROWS, after: Cursor | None = None) -> Page:
    """The rows of a list after a row of it, in its order; deals without a value in that order come last.

    Shape: at most `limit` rows; unique on deal_id. One statement, two where the values end on this page.
    """
    after = after or asked.after
    first = after is None and narrowing.is_constant(asked)
    rows: list[DealRow] = _first_rows(actor, asked, as_of, limit + 1) if first else []
    for part, path in () if first else _parts(actor, asked, after):
        if len(rows) <= limit:
            rows += _rows(actor, part, asked, path, as_of, limit + 1 - len(rows))
    shown = tuple(rows[:limit])
    return Page(shown, Cursor(shown[-1].order_value, shown[-1].deal_id) if len(rows) > limit else None)


def largest(actor: Actor, asked: Asked, stages: tuple[int, ...], *, limit: int) -> dict[int, list[Cursor]]:
    """The first deals of several stages as cursors, the largest first; stage 0 holds what no stage does.

    One statement, two where a stage has fewer deals with a value than `limit`.
    """
    found: dict[int, list[Cursor]] = {stage: [] for stage in stages}
    valued = replace(asked, order="amount", descending=True, after=None)
    for part in (0, 1):
        short = tuple(stage for stage in stages if len(found[stage]) < limit)
        for stage, value, number in _of_stages(actor, valued, short, limit, part) if short else ():
            if len(found[stage or 0]) < limit:
                found[stage or 0].append(Cursor(value, number))
    return found


def _of_stages(actor: Actor, asked: Asked, stages: tuple[int, ...], limit: int, part: int) -> statements.Rows:
    if narrowing.is_constant(asked):
        rows = statements.rows(_largest, actor, narrowing.shape(asked), stages, limit, part)
    else:
        rows = [row for query in _each_largest(actor, asked, stages, limit, part) for row in query]
    return sorted(rows, key=lambda row: (-(row[1] or 0), -row[2]))


def _largest(actor: Actor, shape: Shape, stages: tuple[int, ...], limit: int, part: int) -> list[ShownDeals]:
    return _each_largest(actor, narrowing.asked_for(shape), stages, limit, part)


def _each_largest(actor: Actor, asked: Asked, stages: tuple[int, ...], limit: int, part: int) -> list[ShownDeals]:
    made = []
    for stage in stages:
        wanted = asked.narrowed(stage=stage)
        deals, path = list(_parts(actor, wanted, None))[part]
        made.append(deals.order_by(*_order(wanted, path)).values_list("stage_id", _path(wanted), "pk")[:limit])
    return made


def _first_rows(actor: Actor, asked: Asked, as_of: date, limit: int) -> list[DealRow]:
    """The rows at the top of a list, by kept statements: what a page asks for most."""
    shape = narrowing.shape(asked)
    rows: statements.Rows = []
    for part in (0, 1):
        if len(rows) < limit:
            rows += statements.rows(_first, actor, shape, limit - len(rows), part, today=as_of)
    return [_row(values) for values in rows]


def _first(actor: Actor, shape: Shape, limit: int, part: int, *, today: date) -> ShownDeals:
    asked = narrowing.asked_for(shape)
    deals, path = list(_parts(actor, asked, None))[part]
    return _ordered(actor, deals, asked, path, today, limit)


def row(actor: Actor, deal_id: int, *, as_of: date) -> DealRow:
    """One deal as the list shows it.

    Raises: NotFound.
    """
    found = chosen(actor, [deal_id], as_of=as_of)
    if not found:
        raise authority.not_found("deal", deal_id)
    return found[0]


def chosen(actor: Actor, deal_ids: list[int], *, as_of: date) -> list[DealRow]:
    """Some deals by their numbers, in the order of those; what the actor does not see is not among them."""
    if not deal_ids:
        return []
    # In steps of ten, so that a few statements serve every length; a number that is told twice is found once.
    numbers = (*deal_ids, *deal_ids[:1] * (-len(deal_ids) % _STEP_ROWS))
    return [_row(values) for values in statements.rows(_chosen, actor, today=as_of, numbers=numbers)]


def _chosen(actor: Actor, *, today: date, numbers: tuple[int, ...]) -> ShownDeals:
    return _shown(actor, visibility.visible(actor, Deal).filter(pk__in=numbers), today).order_by("pk")


def every_row(actor: Actor, asked: Asked, *, as_of: date) -> Iterator[DealRow]:
    """Every deal of a list by number, read in batches, for an export."""
    deals = _shown(actor, narrowing.narrowed(actor, asked), as_of).order_by("pk")
    return (_row(values) for values in deals.iterator(chunk_size=_BATCH_ROWS))


def how_many(actor: Actor, asked: Asked) -> int:
    """How many deals a list has."""
    return narrowing.narrowed(actor, asked).count()


def _path(asked: Asked) -> str:
    if asked.order != "amount":
        return _PATHS[asked.order]
    # An open deal's value stands in an index, as its totals count it; an ended one has only its amount.
    return "standing__value_minor" if asked.outcome == Outcome.OPEN else "amount_minor"


def _annotated(deals: Deals, actor: Actor, asked: Asked) -> Deals:
    return deals.annotate(since=_since(actor)) if asked.order == "since" else deals


def _parts(actor: Actor, asked: Asked, after: Cursor | None) -> Iterator[tuple[Deals, str]]:
    """The deals of a list after a row, those with a value in its order before those without; each with its path."""
    path = _path(asked)
    untold, has_value = _without_value(asked, path)
    if after is None or after.value is not None:
        told = _annotated(_nearer(actor, asked, path), actor, asked)
        yield _later(told.filter(has_value), asked, path, after), path
    blank = _annotated(narrowing.narrowed(actor, asked), actor, asked).filter(untold)
    if after is not None and after.value is None:
        blank = blank.filter(**{"pk__lt" if asked.descending else "pk__gt": after.deal_id})
    yield blank, ""


def _order(asked: Asked, path: str) -> list[str]:
    """By which columns a part is read: the number as the ordered table has it, so that one index serves both."""
    sign = "-" if asked.descending else ""
    if not path:
        return [f"{sign}id"]
    return [f"{sign}{path}", f"{sign}{_STANDING}deal_id" if path.startswith(_STANDING) else f"{sign}id"]


def _without_value(asked: Asked, path: str) -> tuple[Q, Q]:
    """Which deals have no value in the list's order, and which have; each said straight, so that indexes serve it."""
    if asked.order == "segment":
        return Q(segment=""), Q(segment__gt="")
    return Q(**{f"{path}__isnull": True}), Q(**{f"{path}__isnull": False})


def _nearer(actor: Actor, asked: Asked, path: str) -> Deals:
    """The deals of the list, with what is true of a standing as of its deal said of the standing.

    Only open deals have one, so that an order by it walks its index and not a table of deals by outcome.
    """
    if not path.startswith(_STANDING) or asked.outcome != Outcome.OPEN:
        return narrowing.narrowed(actor, asked)
    deals = narrowing.narrowed(actor, asked.widened("stage").narrowed(outcome="any"))
    owner, stage = narrowing.owner_of(actor, asked), asked.values.get("stage")
    deals = deals if owner is None else deals.filter(standing__owner_id=owner)
    if stage is not None:
        deals = deals.filter(standing__stage_id=stage) if stage else deals.filter(standing__stage_id__isnull=True)
    return deals


def _later(deals: Deals, asked: Asked, path: str, after: Cursor | None) -> Deals:
    """The deals after a row: from its value on, and of those with the same value the ones after its number."""
    if after is None:
        return deals
    value = _typed(asked, after.value)
    beyond, from_on = ("lt", "lte") if asked.descending else ("gt", "gte")
    same_or_beyond = deals.filter(**{f"{path}__{from_on}": value})
    return same_or_beyond.filter(Q(**{f"{path}__{beyond}": value}) | Q(**{f"pk__{beyond}": after.deal_id}))


def _typed(asked: Asked, value: str | int | None) -> object:
    try:
        if asked.order in _DATES:
            return date.fromisoformat(str(value))
        return str(value) if asked.order in _TEXTS else int(value or 0)
    except ValueError:
        # A cursor of another order: it starts again, as if there were none before it.
        return date.min if asked.order in _DATES else 0


def _rows(actor: Actor, deals: Deals, asked: Asked, path: str, as_of: date, limit: int) -> list[DealRow]:
    return [_row(values) for values in _ordered(actor, deals, asked, path, as_of, limit)]


def _ordered(actor: Actor, deals: Deals, asked: Asked, path: str, as_of: date, limit: int) -> ShownDeals:
    """The first rows in the list's order; everything else about them is read for these alone."""
    order = _order(asked, path)
    first = deals.order_by(*order).values("pk")[:limit]
    found = _shown(actor, visibility.visible(actor, Deal).filter(pk__in=first), as_of, path)
    return found.order_by(*order)


def _shown(actor: Actor, deals: Deals, as_of: date, path: str = "") -> ShownDeals:
    overrides = visibility.visible(actor, Override).filter(
        deal_id=OuterRef("pk"),
        about=Concat(Value(ABOUT_STAGE), OuterRef("stage__meaning"), output_field=CharField()),
        until_on__gte=as_of,
    )
    shown = deals.annotate(
        since=_since(actor), set_aside=Subquery(overrides.order_by("-until_on").values("until_on")[:1])
    )
    if not path:
        return shown.values_list(*_FIELDS, "since", "set_aside")
    return shown.annotate(order_value=F(path)).values_list(*_FIELDS, "since", "set_aside", "order_value")


def _since(actor: Actor) -> Subquery:
    flags = visibility.visible(actor, Flag).filter(deal_id=OuterRef("pk"), until_on=None)
    return Subquery(flags.order_by("since_on").values("since_on")[:1])


def _row(values: tuple[Any, ...]) -> DealRow:  # as the database gives them
    told = list(values)
    flagged, unknown = told[_FLAGGED : _FLAGGED + 2]
    told[_FLAGGED + 1] = len(unknown or ())
    told[_FLAGGED] = None if flagged is None else tuple(name for name in flagged if name in frames.RULES_BY_NAME)
    if len(told) > len(_FIELDS) + 2:
        told[-1] = _plain(told[-1])
    return DealRow(*told)


def _plain(value: date | str | int | None) -> str | int | None:
    """A value of an order as a cursor holds it."""
    return value.isoformat() if isinstance(value, date) else value
