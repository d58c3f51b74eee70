"""The first admin is made once; whoever owns the machine gets back in, and the audit says so."""

import pytest
from allauth.mfa.models import Authenticator

from earnest.people import reads, services
from earnest.people.models import AuditEvent, User
from earnest.people.services import AlreadySetUp, EntryRefused, InvitationSpent
from tests.workspace import AT, Workspace

PASSWORD = "correct horse battery"
FIRST = {"workspace": "Tarnholt", "name": "Ada", "email": "Ada@Example.test", "password": PASSWORD}


def events() -> list[tuple[str, int | None, str]]:
    rows = AuditEvent.objects.unscoped(reason="a test looks").order_by("number")
    return list(rows.values_list("action", "actor_id", "origin"))


@pytest.mark.django_db
def test_the_first_admin_gives_the_workspace_its_name() -> None:
    assert not reads.anybody_can_log_in()
    user = services.found(**FIRST, at=AT)
    assert (user.role, user.email, user.is_active) == ("admin", "ada@example.test", True)
    assert user.check_password(PASSWORD)
    assert reads.setting("workspace_name") == "Tarnholt"
    assert reads.anybody_can_log_in()
    assert events() == [("found", user.pk, "ui"), ("set_setting", user.pk, "ui")]


@pytest.mark.django_db
def test_there_is_no_second_first_admin() -> None:
    services.found(**FIRST, at=AT)
    with pytest.raises(AlreadySetUp):
        services.found(**FIRST | {"email": "eve@example.test"}, at=AT)
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "text"),
    [("workspace", ""), ("workspace", "w" * 81), ("name", " "), ("email", "ada"), ("password", "elevenchars")],
)
def test_what_cannot_be_taken_makes_nobody(field: str, text: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        services.found(**FIRST | {field: text}, at=AT)
    assert refused.value.data == {"field": field}
    assert User.objects.count() == 0
    assert events() == []


def test_the_machine_makes_an_admin_of_somebody_new(company: Workspace) -> None:
    user, token = services.break_glass(email="Eve@example.test", name="", at=AT)
    assert (user.name, user.email, user.role) == ("eve", "eve@example.test", "admin")
    assert events()[-1] == ("break_glass", None, "cli")
    services.accept(token=token, password=PASSWORD, at=AT)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_the_machine_lets_a_closed_admin_back_in(company: Workspace) -> None:
    User.objects.filter(pk=company.bo.pk).update(is_active=False)
    user, token = services.break_glass(email="bo@example.test", name="", at=AT, password=PASSWORD)
    user.refresh_from_db()
    assert (user.pk, user.name, user.role, user.is_active) == (company.bo.pk, "Bo", "admin", True)
    assert user.check_password(PASSWORD)
    with pytest.raises(InvitationSpent):
        services.accept(token=token, password="another horse battery", at=AT)


def test_the_second_factor_goes_only_when_that_is_asked(company: Workspace) -> None:
    Authenticator.objects.create(user=company.bo, type=Authenticator.Type.TOTP, data={"secret": "x"})
    services.break_glass(email="bo@example.test", name="", at=AT)
    assert Authenticator.objects.count() == 1
    services.break_glass(email="bo@example.test", name="", at=AT, forget_second_factor=True)
    assert Authenticator.objects.count() == 0
