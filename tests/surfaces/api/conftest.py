"""A company, and clients that speak to the API with a key."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from earnest.people.models import User
from earnest.people.services import tokens
from earnest.surfaces.api import access
from tests.workspace import Workspace


@dataclass
class Program:
    """A program with a key."""

    key: str
    client: Client

    def __call__(self, method: str, path: str, sent: object = None, **headers: str) -> Any:
        """Ask; the answer has its JSON as `.told`."""
        named = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        answer = self.client.generic(
            method,
            f"/api/v1{path}",
            b"" if sent is None else json.dumps(sent).encode(),
            content_type="application/json",
            headers={**named, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )
        told = answer.headers.get("Content-Type", "").startswith("application/json")
        answer.told = json.loads(answer.content) if told and answer.content else None
        return answer


def program(company: Workspace, user: User, *scopes: str) -> Program:
    """A program that acts for a person."""
    now = timezone.now()
    day = (now + timedelta(days=30)).date()
    _, key = tokens.create_token(
        actor=company.actor(user), name="test", scopes=scopes or ("read", "write"), expires_on=day, at=now
    )
    return Program(key, Client())


@pytest.fixture
def bo(company: Workspace) -> Program:
    """A rep's program."""
    return program(company, company.bo)


@pytest.fixture
def chidi(company: Workspace) -> Program:
    """A colleague's program, of the same team."""
    return program(company, company.chidi)


@pytest.fixture(autouse=True)
def _fresh_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "BUDGET", access.Budget(access.REQUESTS_A_MINUTE))
