"""Letters that people get once a mail server is set up; until then a link is handed over by whoever made it."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

_LOG = logging.getLogger("earnest.people")
_CONSOLE = "django.core.mail.backends.console.EmailBackend"


def mail_is_set_up() -> bool:
    """Whether letters leave this machine."""
    return str(settings.EMAIL_BACKEND) != _CONSOLE


def send_invitation(*, to: str, name: str, link: str, workspace: str, by: str) -> bool:
    """Mail an invitation; returns whether it was handed to the mail server."""
    if not mail_is_set_up():
        return False
    text = (
        f"Hello {name},\n\n{by} invites you to work in {workspace or 'Earnest'}.\n"
        f"Set your password here; the link works once, for seven days:\n\n{link}\n\n"
        "If you do not know what this is, you can leave it unread.\n"
    )
    try:
        send_mail(f"{by} invites you to {workspace or 'Earnest'}", text, None, [to])
    except (SMTPException, OSError):
        _LOG.exception("The mail server did not take an invitation.")
        return False
    return True
