"""Tarnholt before its first deal: the team, its people with their logins, the pipeline, the products, the quotas."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from earnest.demo.happenings import OPENING, Cast, Happening, moment
from earnest.demo.tarnholt import company
from earnest.demo.tarnholt.company import Person
from earnest.people import actors
from earnest.people import services as people
from earnest.records import services

IN_THE_TEAM = ("rep", "manager")


def founding(cast: Cast, hashed_password: str) -> Iterator[Happening]:
    """The company, and each of its people on the day they started."""
    at = moment(company.FIRST_DAY, OPENING)
    yield Happening(at, partial(_found, cast, at))
    for place, person in enumerate(company.PEOPLE, start=1):
        at = moment(person.started_on, OPENING, place)
        yield Happening(at, partial(_hire, cast, person, hashed_password, at))
    at = moment(company.FIRST_DAY, OPENING, 30)
    yield Happening(at, partial(_set_up, cast, at))
    for place, person in enumerate(company.PEOPLE, start=31):
        if person.quota is not None:
            at = moment(max(company.YEAR_STARTS_ON, person.started_on), OPENING, place)
            yield Happening(at, partial(_ask, cast, person, person.quota, at))


def _found(cast: Cast, at: datetime) -> None:
    cast.team_id = people.add_team(actor=cast.boss, name=company.TEAM, at=at).pk


def _hire(cast: Cast, person: Person, hashed_password: str, at: datetime) -> None:
    user = people.add_user(actor=cast.boss, name=person.name, email=person.email, role=person.role, at=at)
    user.password = hashed_password
    user.save(update_fields=["password"])
    if person.role in IN_THE_TEAM:
        leads = person.role == "manager"
        people.add_member(actor=cast.boss, user_id=user.pk, team_id=cast.team_id, leads=leads, at=at)
    cast.user_ids[person.key] = user.pk
    cast.actors[person.key] = actors.actor_of(user, today=at.date())


def _set_up(cast: Cast, at: datetime) -> None:
    by = cast.by(company.ADMIN, at)
    pipeline = services.add_pipeline(by=by, name=company.PIPELINE)
    for position, (name, meaning) in enumerate(company.STAGES, start=1):
        stage = services.add_stage(by=by, pipeline_id=pipeline.pk, name=name, position=position, meaning=meaning)
        cast.stage_ids.append(stage.pk)
    for offer in company.OFFERS:
        price = offer.list_price * company.THOUSAND_MINOR
        product = services.add_product(
            by=by, name=offer.name, code=offer.code, list_price_minor=price, currency=company.CURRENCY
        )
        cast.product_ids[offer.segment] = product.pk


def _ask(cast: Cast, person: Person, quota: int, at: datetime) -> None:
    services.set_quota(
        by=cast.by(company.ADMIN, at),
        owner_id=cast.user_ids[person.key],
        starts_on=max(company.YEAR_STARTS_ON, person.started_on),
        ends_on=company.YEAR_ENDS_ON,
        amount_minor=quota * company.THOUSAND_MINOR,
        currency=company.CURRENCY,
    )
