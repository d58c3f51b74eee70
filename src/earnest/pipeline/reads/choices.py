"""What a list can be narrowed by and a deal be set to: stages, people, teams; and the views that were saved."""

from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Q

from earnest.people import statements, visibility
from earnest.people.actors import Actor
from earnest.people.models import Role, Team, User
from earnest.pipeline import frames
from earnest.pipeline.asking import COLUMNS, OUTCOMES, STANDINGS, THEIR_DATES, Asked
from earnest.pipeline.reads import narrowing
from earnest.records.models import Meaning, Pipeline, SavedView, Stage
from earnest.rulebook import words

LIST_PAGE = "deals"
_ENDS = (Meaning.WON, Meaning.LOST, Meaning.NO_DECISION, Meaning.DECLINED)
Choice = tuple[int, str]
_Named: TypeAlias = type[Team] | type[Pipeline] | type[Stage] | type[User]


@dataclass(frozen=True)
class StageChoice:
    """A stage, its pipeline, and what it means; `place` is its position in the pipeline."""

    stage_id: int
    name: str
    pipeline_id: int
    pipeline: str
    meaning: str
    place: int | None

    @property
    def is_end(self) -> bool:
        """Whether it stands for an outcome rather than for a step."""
        return self.meaning in _ENDS


@dataclass(frozen=True)
class View:
    """A list that somebody saved."""

    view_id: int
    version: int
    name: str
    query: str
    shared: bool
    mine: bool


@dataclass(frozen=True)
class Chip:
    """One filter in words, and the query that takes it out."""

    words: str
    without: str


def stages(actor: Actor) -> list[StageChoice]:
    """Every stage, pipeline by pipeline in their order."""
    return [StageChoice(*values) for values in statements.rows(_stages, actor)]


def _stages(actor: Actor) -> statements.Query:
    rows = visibility.visible(actor, Stage).filter(pipeline__deleted_at=None)
    ordered = rows.order_by("pipeline__position", "pipeline_id", "position", "id")
    return ordered.values_list("id", "name", "pipeline_id", "pipeline__name", "meaning", "position")


def pipelines(actor: Actor) -> list[Choice]:
    """Every pipeline in order."""
    return list(visibility.visible(actor, Pipeline).order_by("position", "id").values_list("id", "name"))


def people(actor: Actor) -> list[Choice]:
    """Everybody who owns or may own deals, by name."""
    return list(visibility.visible(actor, User).order_by("name", "id").values_list("id", "name"))


def sellers(actor: Actor) -> list[Choice]:
    """Those a deal can be handed to: whoever works here, by name."""
    active = visibility.visible(actor, User).filter(is_active=True).exclude(role=Role.ANALYST)
    return list(active.order_by("name", "id").values_list("id", "name"))


def teams(actor: Actor) -> list[Choice]:
    """Every team, by name."""
    return list(visibility.visible(actor, Team).order_by("name", "id").values_list("id", "name"))


def views(actor: Actor) -> list[View]:
    """The person's own saved lists and those that were shared, by name."""
    rows = visibility.visible(actor, SavedView).filter(Q(owner_id=actor.user_id) | Q(shared=True), page=LIST_PAGE)
    fields = ("id", "version", "name", "query", "shared", "owner_id")
    ordered = rows.order_by("name", "id").values_list(*fields)
    return [
        View(number, version, name, query, shared, mine=owner == actor.user_id)
        for number, version, name, query, shared, owner in ordered
    ]


def chips(actor: Actor, asked: Asked) -> list[Chip]:
    """Every filter that narrows the list, in words; a name that the actor does not see is told as its number."""
    found = [(name, _said(actor, name, value)) for name, value in asked.values.items() if name != "owner"]
    if "outcome" not in asked.values:
        found.append(("outcome", "open"))
    owner = narrowing.owner_of(actor, asked)
    if owner is not None:
        found.append(("owner", "yours" if owner == actor.user_id else f"of {_named(actor, User, owner)}"))
    return [Chip(said, asked.without(name)) for name, said in found if said]


def _said(actor: Actor, name: str, value: object) -> str:
    models: dict[str, _Named] = {"team": Team, "pipeline": Pipeline, "stage": Stage}
    if name in models:
        return f"{name} {_named(actor, models[name], int(str(value))) if value else 'not told'}"
    plain = {
        "q": f"«{value}»",
        "segment": f"segment {value}",
        "least": f"{words.count(int(str(value)))} or more" if name == "least" else "",
        "most": f"{words.count(int(str(value)))} or less" if name == "most" else "",
        "from": f"our date from {value}",
        "until": f"our date until {value}",
    }
    known = {"outcome": OUTCOMES, "real": STANDINGS, "their": THEIR_DATES}
    if name == "rule":
        return f"«{frames.RULES_BY_NAME[str(value)].title}»"
    if name in known:
        return f"their date {known[name][str(value)]}" if name == "their" else known[name][str(value)]
    return plain[name]


def _named(actor: Actor, model: _Named, number: int) -> str:
    name = visibility.visible(actor, model).filter(pk=number).values_list("name", flat=True).first()
    return str(name or number)


def columns(asked: Asked) -> list[tuple[str, str, bool]]:
    """Every column with its word and whether the list shows it."""
    return [(name, word, name in asked.columns) for name, word in COLUMNS.items()]
