"""A browser in which somebody is logged in."""

from django.test import Client

from earnest.people.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def logged_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client
