"""How the login is set up: what a form may lead to, and when mail goes out."""

import pytest

from earnest.project import login


def test_a_form_leads_to_this_site_alone_unless_a_company_login_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EARNEST_OIDC_SERVER", raising=False)
    assert login.form_targets() == []
    monkeypatch.setenv("EARNEST_OIDC_SERVER", "https://login.example.com:8443/realms/sales")
    assert login.form_targets() == ["https://login.example.com:8443"]


def test_mail_goes_out_once_a_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EARNEST_MAIL_HOST", raising=False)
    assert login.mail_backend() == "django.core.mail.backends.console.EmailBackend"
    monkeypatch.setenv("EARNEST_MAIL_HOST", "mail.example.com")
    assert login.mail_backend() == "django.core.mail.backends.smtp.EmailBackend"
