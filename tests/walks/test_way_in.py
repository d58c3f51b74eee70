"""The first visitor sets the workspace up, secures their account, and invites a colleague, who comes in."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import databases

pytestmark = pytest.mark.browser

SERVE = "from tests.walks import listening; listening.listen()"
PASSWORD = "correct horse battery"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A new workspace in a server of its own; a passkey belongs to a name and not to a number."""
    with databases.template(tmp_path_factory.mktemp("new")) as address, databases.python(SERVE, address) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip().replace("127.0.0.1", "localhost")
        finally:
            server.terminate()


def calm(page: Page) -> None:
    """Readable for all, and not wider than the window."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def send(page: Page, **typed: str) -> None:
    """Fill a form and send it."""
    for name, text in typed.items():
        page.fill(f"[name={name}]", text)
    with page.expect_navigation():
        page.click("main form button.first")


def code(secret: str) -> str:
    """What an app shows for a secret."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_way_in(browser: Browser, site: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(site)
    assert page.url == f"{site}/set-up"
    calm(page)
    send(page, workspace="Tarnholt", name="Ada", email="ada@example.test", password=PASSWORD)
    assert page.url == f"{site}/"

    secure(page, site)
    link = invite(page, site)
    log_out(page, site)
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/")
    log_out(page, site)
    come_in(page, site, link)
    assert complaints == []
    context.close()


def secure(page: Page, site: str) -> None:
    """Codes from an app, then a passkey; both ask once more who it is."""
    page.goto(f"{site}/login/2fa/totp/activate/")
    calm(page)
    send(page, password=PASSWORD)
    calm(page)
    send(page, code=code(page.input_value("#authenticator_secret")))
    calm(page)
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    present = {"isUserVerified": True, "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": {**device, **present}})
    page.goto(f"{site}/login/2fa/webauthn/add/")
    calm(page)
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    with page.expect_navigation():
        page.click("#mfa_webauthn_add")
    for path in ("2fa/webauthn/", "2fa/", "sessions/", "password/change/"):
        page.goto(f"{site}/login/{path}")
        calm(page)


def invite(page: Page, site: str) -> str:
    """A colleague gets a link."""
    for path in ("people/invite", "people", "teams", "sharing"):
        page.goto(f"{site}/settings/{path}")
        calm(page)
    page.goto(f"{site}/settings/people/invite")
    send(page, name="Bo", email="bo@example.test")
    calm(page)
    return re.sub(r"^http://[^/]+", site, page.input_value("[name=link]"))


def log_out(page: Page, site: str) -> None:
    """Out, and back at the login."""
    page.goto(f"{site}/login/logout/")
    send(page)
    page.goto(f"{site}/login/login/")
    calm(page)


def come_in(page: Page, site: str, link: str) -> None:
    """The colleague follows the link, sets a password and logs in with it."""
    page.goto(link)
    calm(page)
    send(page, password=PASSWORD)
    send(page, login="bo@example.test", password=PASSWORD)
    assert page.url == f"{site}/"
