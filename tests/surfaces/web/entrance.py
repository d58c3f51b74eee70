"""What the tests of the login share: a person with a password, a code of an app, and a hasher that counts."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode
from typing import ClassVar

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http.response import HttpResponseBase
from django.test import Client

from earnest.people.models import User

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
QUICK = ["tests.surfaces.web.entrance.CountingHasher"]


class CountingHasher(MD5PasswordHasher):
    """A quick hasher for tests that says how often it was asked: the work of a login is what its time tells."""

    algorithm = "md5"
    asked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        """Count and hash."""
        self.asked.append(password)
        return super().encode(password, salt)


def with_password(user: User, password: str = PASSWORD) -> User:
    """The person, who can log in now."""
    user.set_password(password)
    user.save()
    return user


def log_in(client: Client, email: str | None, password: str = PASSWORD, **more: str) -> HttpResponseBase:
    """Send the form of the login."""
    return client.post("/login/login/", {"login": str(email), "password": password, **more})


def is_in(client: Client) -> bool:
    """Whether this browser is logged in."""
    return client.get("/account").status_code == 200


def with_app(user: User) -> User:
    """The person with an authenticator app and codes on paper."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code(steps: int = 0) -> str:
    """What the app shows now, or some steps of half a minute from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(b32decode(SECRET), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
