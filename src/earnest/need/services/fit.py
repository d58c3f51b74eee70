"""What a buyer must have, against what we can do (S0.3)."""

from datetime import date

from django.db import transaction

from earnest.need.models import Answer, MustHave
from earnest.records.models import Deal
from earnest.records.services import By, writing


def add_must_have(
    *,
    by: By,
    deal_id: int,
    text: str,
    answer: str = Answer.UNKNOWN,
    contact_id: int | None = None,
    key: str | None = None,
) -> MustHave:
    """Write down what the buyer must have to reach their outcome, and whether we can do it where that is known.

    Raises: NotFound, NotAllowed, KeyReused.
    """
    with transaction.atomic():
        writing.writable(Deal, by.actor, deal_id)
        answered_on = None if answer == Answer.UNKNOWN else by.at.date()
        values = {"deal_id": deal_id, "text": text.strip(), "answer": answer, "answered_on": answered_on}
        return writing.create(MustHave, by=by, values={**values, "contact_id": contact_id}, key=key)


def answer_must_have(
    *,
    by: By,
    must_have_id: int,
    version: int,
    answer: str,
    work_on: date | None = None,
    work_cost_minor: int | None = None,
) -> MustHave:
    """Say whether we can do what the buyer must have: yes, no, or with work until a day and at a cost.

    Raises: NotFound, NotAllowed, StaleVersion.
    """
    answered_on = None if answer == Answer.UNKNOWN else by.at.date()
    values = {"answer": answer, "answered_on": answered_on, "work_on": work_on, "work_cost_minor": work_cost_minor}
    return writing.edit(MustHave, by=by, record_id=must_have_id, version=version, values=values)
