"""The addresses of the login: of django-allauth's pages those that Earnest offers, and the others closed.

Nobody signs up alone, and nobody changes the e-mail that they are known by: an admin does.
"""

from allauth.account import views as account
from django.urls import include, path, re_path

from earnest.surfaces.web import login

_KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(_KEY, account.password_reset_from_key, name="account_reset_password_from_key"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # django-allauth asks for these addresses by name, and Earnest has no such pages.
    path("signup/", login.closed, name="account_signup"),
    path("email/", login.closed, name="account_email"),
    path("confirm-email/", login.closed, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", login.closed, name="account_confirm_email"),
    path("login/code/confirm/", login.closed, name="account_confirm_login_code"),
    path("3rdparty/signup/", login.closed, name="socialaccount_signup"),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
