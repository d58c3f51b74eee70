"""A small company to test with: three teams, people of every role, one pipeline."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from earnest.people import actors
from earnest.people import services as people
from earnest.people.actors import Actor
from earnest.people.models import Role, Team, User
from earnest.records import services
from earnest.records.models import Meaning, Origin, Pipeline, Stage
from earnest.records.services import By

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = datetime(2026, 1, 6, 9, tzinfo=UTC)
TODAY = date(2026, 1, 5)


@dataclass
class Workspace:
    """Sales has the teams North and South below it; Grete leads North, Hal leads Sales."""

    admin: User
    sales: Team
    north: Team
    south: Team
    grete: User
    hal: User
    bo: User
    chidi: User
    dana: User
    ann: User
    pipeline: Pipeline = field(init=False)
    first: Stage = field(init=False)
    second: Stage = field(init=False)

    def actor(self, user: User, today: date = TODAY) -> Actor:
        """The user as they act today, read afresh."""
        return actors.actor_of(User.objects.get(pk=user.pk), today=today)

    def by(self, user: User, at: datetime = AT, origin: str = Origin.UI.value) -> By:
        """Who writes, when, and through what."""
        return By(self.actor(user), at, origin)


def make() -> Workspace:
    """The company, from nothing."""
    admin = people.local_admin(at=AT)
    boss = actors.actor_of(admin, today=TODAY)
    sales = people.add_team(actor=boss, name="Sales", at=AT)
    north = people.add_team(actor=boss, name="North", parent_id=sales.pk, at=AT)
    south = people.add_team(actor=boss, name="South", parent_id=sales.pk, at=AT)

    def add(name: str, role: str, team: Team | None, *, leads: bool = False) -> User:
        user = people.add_user(actor=boss, name=name, email=f"{name}@example.test", role=role, at=AT)
        if team is not None:
            people.add_member(actor=boss, user_id=user.pk, team_id=team.pk, leads=leads, at=AT)
        return user

    made = Workspace(
        admin=admin,
        sales=sales,
        north=north,
        south=south,
        grete=add("Grete", Role.MANAGER, north, leads=True),
        hal=add("Hal", Role.MANAGER, sales, leads=True),
        bo=add("Bo", Role.REP, north),
        chidi=add("Chidi", Role.REP, north),
        dana=add("Dana", Role.REP, south),
        ann=add("Ann", Role.ANALYST, None),
    )
    by = made.by(admin)
    made.pipeline = services.add_pipeline(by=by, name="New business")
    stage = {"pipeline_id": made.pipeline.pk}
    made.first = services.add_stage(by=by, name="Talking", position=1, meaning=Meaning.CONVERSATION, **stage)
    made.second = services.add_stage(by=by, name="Offer", position=2, meaning=Meaning.PROPOSAL_AGREED, **stage)
    return made
