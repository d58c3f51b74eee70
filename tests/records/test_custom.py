"""Custom fields: typed definitions, and values that fit them or are refused by name."""

import pytest

from earnest.people.authority import NotAllowed
from earnest.records import services
from earnest.records.models import Deal
from earnest.records.services.custom import CustomValueRefused
from tests.workspace import Workspace


def add(company: Workspace, key: str, field_type: str, choices: tuple[str, ...] = ()) -> None:
    services.add_custom_field(
        by=company.by(company.admin),
        kind="records.deal",
        key=key,
        label=key.capitalize(),
        field_type=field_type,
        choices=list(choices),
    )


@pytest.mark.parametrize(
    ("field_type", "choices", "given", "kept"),
    [
        ("text", (), "Kühlung", "Kühlung"),
        ("whole", (), 12, 12),
        ("decimal", (), "12.10", "12.10"),
        ("day", (), "2026-03-02", "2026-03-02"),
        ("flag", (), False, False),
        ("choice", ("cold", "dry"), "dry", "dry"),
        ("choices", ("cold", "dry"), ["dry", "cold"], ["dry", "cold"]),
        ("link", (), "https://example.test/a?b=c", "https://example.test/a?b=c"),
    ],
)
def test_a_value_that_fits_is_kept_exactly(
    company: Workspace, field_type: str, choices: tuple[str, ...], given: object, kept: object
) -> None:
    add(company, "extra", field_type, choices)
    deal = services.open_deal(by=company.by(company.bo), title="T", custom={"extra": given})
    assert Deal.objects.unscoped(reason="a test looks").get(pk=deal.pk).custom == {"extra": kept}


@pytest.mark.parametrize(
    ("field_type", "choices", "given"),
    [
        ("text", (), 12),
        ("text", (), "a\0b"),
        ("text", (), "x" * 2001),
        ("whole", (), 1.5),
        ("whole", (), True),
        ("decimal", (), 0.1),
        ("decimal", (), "NaN"),
        ("decimal", (), "twelve"),
        ("day", (), "02.03.2026"),
        ("flag", (), 1),
        ("choice", ("cold", "dry"), "wet"),
        ("choices", ("cold", "dry"), "dry"),
        ("choices", ("cold", "dry"), ["wet"]),
        ("link", (), "javascript:alert(1)"),
        ("link", (), "https:///nowhere"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(
    company: Workspace, field_type: str, choices: tuple[str, ...], given: object
) -> None:
    add(company, "extra", field_type, choices)
    with pytest.raises(CustomValueRefused) as refused:
        services.open_deal(by=company.by(company.bo), title="T", custom={"extra": given})
    assert refused.value.what == f"«{given}» does not fit the field Extra."
    assert Deal.objects.unscoped(reason="a test counts").count() == 0


def test_a_field_that_nobody_defined_is_refused(company: Workspace) -> None:
    add(company, "known", "text")
    with pytest.raises(CustomValueRefused) as refused:
        services.open_deal(by=company.by(company.bo), title="T", custom={"unknown": "x"})
    assert refused.value.fix == "Add the field first, or use one of: known."
    with pytest.raises(CustomValueRefused):
        services.add_account(by=company.by(company.bo), name="A", custom={"known": "a field of deals"})


def test_a_changed_value_has_its_history(company: Workspace) -> None:
    add(company, "known", "text")
    deal = services.open_deal(by=company.by(company.bo), title="T", custom={"known": "a"})
    edited = services.edit_deal(by=company.by(company.bo), deal_id=deal.pk, version=1, custom={"known": "b"})
    assert (edited.version, edited.custom) == (2, {"known": "b"})


@pytest.mark.parametrize(
    ("kind", "field_type", "choices"),
    [
        ("records.stage", "text", ()),
        ("records.deal", "formula", ()),
        ("records.deal", "choice", ()),
        ("records.deal", "text", ("a",)),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(
    company: Workspace, kind: str, field_type: str, choices: tuple[str, ...]
) -> None:
    with pytest.raises(CustomValueRefused):
        services.add_custom_field(
            by=company.by(company.admin), kind=kind, key="x", label="X", field_type=field_type, choices=list(choices)
        )


def test_only_admins_define_fields(company: Workspace) -> None:
    with pytest.raises(NotAllowed):
        services.add_custom_field(
            by=company.by(company.bo), kind="records.deal", key="x", label="X", field_type="text", choices=[]
        )
