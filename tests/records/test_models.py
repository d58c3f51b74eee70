"""What must never be false is refused by the database itself, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, models, transaction

from earnest.records.models import Activity, Currency, Deal, ExchangeRate, Quota, Stage
from tests.workspace import AT, Workspace

DAY = date(2026, 1, 5)


def deal(**values: object) -> Deal:
    return Deal(origin="ui", created_at=AT, written_at=AT, title="T", **values)


def refused(row: models.Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("outcome", ["won", "lost", "no_decision", "declined"])
def test_a_deal_is_closed_when_and_only_when_it_ended(db: None, outcome: str) -> None:
    refused(deal(outcome=outcome))
    refused(deal(outcome=outcome, closed_on=DAY, closed_on_unknown=True))
    refused(deal(outcome="open", closed_on=DAY))
    refused(deal(outcome="open", closed_on_unknown=True))
    deal(outcome="open").save()
    deal(outcome=outcome, closed_on=DAY).save()
    deal(outcome=outcome, closed_on_unknown=True).save()


@pytest.mark.parametrize("outcome", ["", "Won", "closed", "postponed"])
def test_there_are_five_outcomes(db: None, outcome: str) -> None:
    refused(deal(outcome=outcome, closed_on=DAY))


@pytest.mark.parametrize("money", [{"amount_minor": 1}, {"list_amount_minor": 1}])
def test_an_amount_has_a_currency(db: None, money: dict[str, int]) -> None:
    refused(deal(**money))
    deal(**money, currency_id="EUR").save()


def test_a_currency_is_one_of_iso_4217(db: None) -> None:
    with transaction.atomic():
        deal(amount_minor=1, currency_id="QQQ").save()
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
    refused(Currency(code="eur"))
    refused(Currency(code="EU"))
    known = Currency.objects.unscoped(reason="a test counts")
    assert dict(known.filter(code__in=["EUR", "JPY", "KWD", "XXX"]).values_list("code", "minor_digits")) == {
        "EUR": 2,
        "JPY": 0,
        "KWD": 3,
        "XXX": 2,
    }


def test_the_digits_of_currencies_are_those_of_the_formatter(db: None) -> None:
    from earnest.rulebook import words

    rows = Currency.objects.unscoped(reason="a test looks").values_list("code", "minor_digits")
    assert [code for code, digits in rows if words.minor_digits(code) != digits] == []
    assert len(rows) > 150


@pytest.mark.parametrize("probability", [-0.1, 1.01, 1000.0])
def test_a_probability_is_a_share(db: None, probability: float) -> None:
    refused(deal(stated_probability=probability))


@pytest.mark.parametrize("values", [{"channel": "fax"}, {"direction": "up"}, {"origin": "dream"}])
def test_an_activity_says_only_what_is_known(db: None, values: dict[str, str]) -> None:
    refused(Activity(**{"origin": "ui", "created_at": AT, "written_at": AT, **values}))


def test_a_stage_has_one_name_in_its_pipeline_and_a_known_meaning(company: Workspace) -> None:
    stage = {"pipeline_id": company.pipeline.pk, "origin": "ui", "created_at": AT, "written_at": AT}
    refused(Stage(name="Talking", **stage))
    refused(Stage(name="New", meaning="nearly", **stage))
    Stage(name="Talking", deleted_at=AT, **stage).save()


def test_a_quota_is_somebody_s_and_runs_forward(company: Workspace) -> None:
    quota = {"amount_minor": 1, "currency_id": "EUR", "origin": "ui", "created_at": AT, "written_at": AT}
    refused(Quota(starts_on=DAY, ends_on=DAY, **quota))
    refused(Quota(owner=company.bo, starts_on=DAY, ends_on=date(2026, 1, 4), **quota))
    Quota(owner=company.bo, starts_on=DAY, ends_on=DAY, **quota).save()


def test_a_rate_is_positive_and_between_two_currencies(db: None) -> None:
    refused(ExchangeRate(from_currency_id="EUR", to_currency_id="EUR", on=DAY, rate_e12=1))
    refused(ExchangeRate(from_currency_id="EUR", to_currency_id="USD", on=DAY, rate_e12=0))


def test_money_is_never_a_float_nor_a_decimal_of_the_database(db: None) -> None:
    from django.apps import apps

    inexact = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("earnest.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.FloatField | models.DecimalField)
    ]
    # Probabilities, how strong a need is, and how far an import has come: none of them is money.
    told = ["Deal.stated_probability", "ImportJob.share", "Standing.fodder_chance", "Standing.need_score"]
    assert sorted(inexact) == told


def test_days_are_dates_and_moments_are_moments(db: None) -> None:
    from django.apps import apps

    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("earnest.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) is not field.name.endswith(("_at", "last_login"))
        and field.name != "at"
        and isinstance(field, models.DateField)
        and not (field.name.endswith("_on") or field.name == "on")
    ]
    assert wrong == []
