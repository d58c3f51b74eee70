"""Keys for programs: scoped, hashed, ending by themselves, dead with their owner."""

from datetime import date, timedelta

import pytest

from earnest.people import reads, services
from earnest.people.authority import NotFound
from earnest.people.models import ApiToken, AuditEvent
from earnest.people.services import tokens
from tests.workspace import AT, TODAY, Workspace

DAY = date(2026, 3, 1)


def made(company: Workspace) -> str:
    actor = company.actor(company.bo)
    return tokens.create_token(actor=actor, name="Sync", scopes=["read"], expires_on=DAY, at=AT)[1]


def test_a_key_speaks_for_its_owner_and_only_its_hash_is_kept(company: Workspace) -> None:
    secret = made(company)
    bearer = tokens.bearer_of(secret, at=AT)
    assert bearer is not None
    assert (bearer.user, bearer.scopes) == (company.bo, frozenset({"read"}))
    row = ApiToken.objects.unscoped(reason="a test looks").get()
    assert secret.startswith("ern_")
    assert row.prefix == secret[:10]
    assert secret not in str(vars(row))
    assert secret not in str(list(AuditEvent.objects.unscoped(reason="a test looks").values("detail")))


@pytest.mark.case("A50")
def test_a_key_that_is_over_revoked_or_unknown_opens_nothing(company: Workspace) -> None:
    secret = made(company)
    assert tokens.bearer_of(secret, at=AT + timedelta(days=55)) is not None
    assert tokens.bearer_of(secret, at=AT + timedelta(days=56)) is None
    assert tokens.bearer_of(secret.removeprefix("ern_"), at=AT) is None
    assert tokens.bearer_of(secret[:-1], at=AT) is None
    row = ApiToken.objects.unscoped(reason="a test looks").get()
    tokens.revoke_token(actor=company.actor(company.bo), token_id=row.pk, at=AT)
    assert tokens.bearer_of(secret, at=AT) is None


def test_a_key_dies_with_its_owner_at_once(company: Workspace) -> None:
    secret = made(company)
    services.deactivate(actor=company.actor(company.admin), user_id=company.bo.pk, at=AT)
    assert tokens.bearer_of(secret, at=AT) is None


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": " "}),
        ("scopes", {"scopes": []}),
        ("scopes", {"scopes": ["everything"]}),
        ("expires_on", {"expires_on": TODAY}),
        ("expires_on", {"expires_on": TODAY + timedelta(days=91)}),
    ],
)
def test_a_key_without_a_name_a_scope_or_an_end_is_refused(
    company: Workspace, field: str, values: dict[str, object]
) -> None:
    asked = {"name": "Sync", "scopes": ["read"], "expires_on": DAY} | values
    with pytest.raises(tokens.TokenRefused) as refused:
        tokens.create_token(actor=company.actor(company.bo), at=AT, **asked)  # type: ignore[arg-type]
    assert refused.value.data == {"field": field}
    assert reads.keys(company.actor(company.bo), today=TODAY) == []


def test_a_key_is_its_owner_s_alone(company: Workspace) -> None:
    made(company)
    row = ApiToken.objects.unscoped(reason="a test looks").get()
    for user in (company.chidi, company.grete, company.admin):
        assert reads.keys(company.actor(user), today=TODAY) == []
        with pytest.raises(NotFound):
            tokens.revoke_token(actor=company.actor(user), token_id=row.pk, at=AT)


def test_the_latest_use_is_written_at_most_once_a_minute(company: Workspace) -> None:
    secret = made(company)
    for seconds, expected in ((0, 0), (59, 0), (60, 60)):
        tokens.bearer_of(secret, at=AT + timedelta(seconds=seconds))
        used = reads.keys(company.actor(company.bo), today=TODAY)[0]["latest_use_at"]
        assert used == AT + timedelta(seconds=expected)
