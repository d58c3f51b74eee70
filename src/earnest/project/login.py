"""How people log in: e-mail and password, a second factor, passkeys, single sign-on; and the limits on trying."""

import os
from typing import Any
from urllib.parse import urlsplit

_SITE = os.environ.get("EARNEST_SITE_ADDRESS", "")


def settings() -> dict[str, Any]:  # values of many kinds, as Django's settings are
    """The settings of django-allauth: nobody signs up alone, and a wrong guess costs time."""
    return {
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "ACCOUNT_ADAPTER": "earnest.surfaces.web.login.LoginAdapter",
        "SOCIALACCOUNT_ADAPTER": "earnest.surfaces.web.login.SingleSignOnAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 900,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if _SITE.startswith("https://") else "http",
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        # How many proxies of ours stand before the server: what anybody else says about an address is not believed.
        "ALLAUTH_TRUSTED_PROXY_COUNT": int(os.environ.get("EARNEST_PROXY_COUNT", "0")),
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": False,
        "MFA_TOTP_ISSUER": "Earnest",
        # Browsers speak WebAuthn over plain HTTP to this machine only.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not _SITE.startswith("https://"),
        "SOCIALACCOUNT_PROVIDERS": _single_sign_on(),
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "USERSESSIONS_TRACK_ACTIVITY": False,
    }


def _single_sign_on() -> dict[str, Any]:
    """One OpenID Connect server, named by three variables; none when the first is empty."""
    server = os.environ.get("EARNEST_OIDC_SERVER", "")
    if not server:
        return {}
    app = {
        "provider_id": "company",
        "name": os.environ.get("EARNEST_OIDC_NAME", "your company"),
        "client_id": os.environ.get("EARNEST_OIDC_CLIENT_ID", ""),
        "secret": os.environ.get("EARNEST_OIDC_CLIENT_SECRET", ""),
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def form_targets() -> list[str]:
    """Where a form may lead besides this site: to the company's login, which the browser is sent on to."""
    server = urlsplit(os.environ.get("EARNEST_OIDC_SERVER", ""))
    return [f"{server.scheme}://{server.netloc}"] if server.netloc else []


def mail_backend() -> str:
    """Mail goes out once a server is named; until then it is written into the log of the server."""
    kind = "smtp" if os.environ.get("EARNEST_MAIL_HOST") else "console"
    return f"django.core.mail.backends.{kind}.EmailBackend"
