"""Write what a workspace sells by: pipelines, stages, products, quotas, exchange rates and holidays. Admins only."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import transaction

from earnest.errors import EarnestError
from earnest.people import audit, authority, visibility
from earnest.people.models import Access
from earnest.records.models import Currency, ExchangeRate, Holiday, Meaning, Pipeline, Product, Quota, Stage
from earnest.records.models.money import RATE_SCALE
from earnest.records.services import bin as bins
from earnest.records.services import writing
from earnest.records.services.writing import By


class RateRefused(EarnestError):
    """An exchange rate cannot be kept exactly, or is not a rate."""

    code: ClassVar[str] = "rate_refused"


def add_pipeline(*, by: By, name: str, position: int = 1) -> Pipeline:
    """Add a pipeline. Raises: NotAllowed."""
    authority.demand_admin(by.actor, action="add a pipeline")
    return writing.create(Pipeline, by=by, values={"name": name, "position": position})


def add_stage(*, by: By, pipeline_id: int, name: str, position: int, meaning: str = Meaning.UNTOLD) -> Stage:
    """Add a stage to a pipeline, with what it means. Raises: NotAllowed, NotFound."""
    authority.demand_admin(by.actor, action="add a stage")
    values = {"pipeline_id": pipeline_id, "name": name, "position": position, "meaning": meaning}
    return writing.create(Stage, by=by, values=values)


def edit_stage(*, by: By, stage_id: int, version: int, name: str, position: int, meaning: str) -> Stage:
    """Rename a stage, move it, or say what it means; its deals stay in it.

    Raises: NotAllowed, NotFound, StaleVersion.
    """
    authority.demand_admin(by.actor, action="change a stage")
    values = {"name": name, "position": position, "meaning": meaning}
    return writing.edit(Stage, by=by, record_id=stage_id, version=version, values=values)


def add_product(
    *, by: By, name: str, code: str = "", list_price_minor: int | None = None, currency: str | None = None
) -> Product:
    """Add something we sell. Raises: NotAllowed, NotFound."""
    authority.demand_admin(by.actor, action="add a product")
    values = {"name": name, "code": code, "list_price_minor": list_price_minor, "currency_id": currency}
    return writing.create(Product, by=by, values=values)


def set_quota(*, by: By, owner_id: int, starts_on: date, ends_on: date, amount_minor: int, currency: str) -> Quota:
    """Say what a person is asked to reach in a period. Raises: NotAllowed, NotFound."""
    authority.demand_admin(by.actor, action="set a quota")
    values = {
        "owner_id": owner_id,
        "team_id": writing.team_of(owner_id),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "amount_minor": amount_minor,
        "currency_id": currency,
    }
    return writing.create(Quota, by=by, values=values)


def set_rate(*, by: By, from_currency: str, to_currency: str, on: date, rate: Decimal) -> ExchangeRate:
    """Keep what one unit of a currency was worth in another on a day, exactly. Raises: NotAllowed, RateRefused."""
    authority.demand_admin(by.actor, action="set an exchange rate")
    scaled = rate * RATE_SCALE
    if not scaled.is_finite() or scaled <= 0 or scaled != scaled.to_integral_value() or scaled >= 2**63:
        raise RateRefused(
            f"The rate {rate} from {from_currency} to {to_currency} cannot be kept exactly.",
            why="A rate is above zero, below nine million, and has at most twelve decimal digits.",
            fix="Round it to twelve digits, or keep the rate of the other direction.",
            data={"rate": str(rate)},
        )
    known = visibility.visible(by.actor, Currency).filter(code__in=(from_currency, to_currency)).count()
    if known != 2:
        raise RateRefused(
            f"There is no rate from «{from_currency}» to «{to_currency}».",
            why="A rate stands between two different currencies of ISO 4217.",
            fix="Give two codes of three letters, for example USD and EUR.",
            data={"from": from_currency, "to": to_currency},
        )
    with transaction.atomic():
        rates = ExchangeRate.objects.unscoped(reason="rates are the same for everybody")
        row, _ = rates.update_or_create(
            from_currency_id=from_currency, to_currency_id=to_currency, on=on, defaults={"rate_e12": int(scaled)}
        )
        detail = {"from": from_currency, "to": to_currency, "on": on.isoformat(), "rate": str(rate)}
        record = ("records.exchangerate", row.pk)
        audit.note(
            actor_id=by.actor.user_id, action="set_rate", at=by.at, origin=by.origin, record=record, detail=detail
        )
    return row


def edit_product(
    *, by: By, product_id: int, version: int, name: str, code: str, list_price_minor: int | None, currency: str | None
) -> Product:
    """Change something we sell; lines of deals keep the price they were given.

    Raises: NotAllowed, NotFound, StaleVersion.
    """
    authority.demand_admin(by.actor, action="change a product")
    values = {"name": name, "code": code, "list_price_minor": list_price_minor, "currency_id": currency}
    return writing.edit(Product, by=by, record_id=product_id, version=version, values=values)


def retire_product(*, by: By, product_id: int, version: int) -> Product:
    """Take a product out of what can be chosen; its deals keep it. Raises: NotAllowed, NotFound, StaleVersion."""
    authority.demand_admin(by.actor, action="retire a product")
    return bins.discard(Product, by=by, record_id=product_id, version=version)


def restore_product(*, by: By, product_id: int) -> Product:
    """Make a retired product one that can be chosen again. Raises: NotAllowed, NotFound."""
    authority.demand_admin(by.actor, action="restore a product")
    return bins.restore(Product, by=by, record_id=product_id)


def set_holiday(*, by: By, on: date, name: str) -> Holiday:
    """Say that nobody works on a day, or call it otherwise. Raises: NotAllowed."""
    authority.demand_admin(by.actor, action="set a holiday")
    with transaction.atomic():
        days = Holiday.objects.unscoped(reason="holidays are the same for everybody")
        row, _ = days.update_or_create(on=on, defaults={"name": name.strip()[:120] or "Holiday"})
        _note_day(by, "set_holiday", row)
    return row


def remove_holiday(*, by: By, holiday_id: int) -> Holiday:
    """Make a holiday a day like others. Raises: NotAllowed, NotFound."""
    authority.demand_admin(by.actor, action="remove a holiday")
    with transaction.atomic():
        row = visibility.visible(by.actor, Holiday, Access.WRITE).filter(pk=holiday_id).first()
        if row is None:
            raise authority.not_found("holiday", holiday_id)
        _note_day(by, "remove_holiday", row)
        visibility.visible(by.actor, Holiday, Access.WRITE).filter(pk=holiday_id).delete()
    return row


def _note_day(by: By, action: str, row: Holiday) -> None:
    detail = {"on": row.on.isoformat(), "name": row.name}
    record = ("records.holiday", int(row.pk))
    audit.note(actor_id=by.actor.user_id, action=action, at=by.at, origin=by.origin, record=record, detail=detail)
