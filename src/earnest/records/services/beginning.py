"""Begin a workspace: its first admin, its currency, and a pipeline of the six steps, so that work can start at once."""

from datetime import datetime

from django.db import transaction

from earnest.people import services as people
from earnest.people import visibility
from earnest.people.actors import Actor
from earnest.people.models import User
from earnest.people.services import entries
from earnest.records import choices
from earnest.records.models import Currency, Meaning
from earnest.records.models.money import UNTOLD_CURRENCY
from earnest.records.services import setup
from earnest.records.services.writing import By

PIPELINE = "Sales"
# What a buyer's evidence can earn, in its order; a team renames, moves and retires them at will.
STEPS = (
    Meaning.CONVERSATION,
    Meaning.GAP_UNDERSTOOD,
    Meaning.NEED_QUANTIFIED,
    Meaning.FIT_CONFIRMED,
    Meaning.PROPOSAL_AGREED,
    Meaning.CONTRACTING,
)
_REASON = "Set up."


def begin(
    *,
    workspace: str,
    name: str,
    email: str,
    password: str,
    currency: str,
    time_zone: str,
    at: datetime,
) -> User:
    """Make the first admin, and with them the workspace's name, currency, and a pipeline with the six steps.

    Raises: AlreadySetUp, EntryRefused.
    """
    with transaction.atomic():
        user = people.found(workspace=workspace, name=name, email=email, password=password, at=at, time_zone=time_zone)
        actor = Actor(user_id=user.pk, role=user.role)
        people.set_setting(
            actor=actor, name=choices.CURRENCY.name, value=_known(actor, currency), reason=_REASON, at=at
        )
        by = By(actor, at)
        pipeline = setup.add_pipeline(by=by, name=PIPELINE)
        for position, meaning in enumerate(STEPS, start=1):
            setup.add_stage(
                by=by, pipeline_id=pipeline.pk, name=meaning.label.capitalize(), position=position, meaning=meaning
            )
    return user


def _known(actor: Actor, currency: str) -> str:
    if currency == UNTOLD_CURRENCY or not visibility.visible(actor, Currency).filter(code=currency).exists():
        raise entries.refused(
            "currency",
            f"There is no currency «{currency[:10]}».",
            why="Amounts are told in it where nothing else is said.",
            fix="Choose one from the list.",
        )
    return currency
