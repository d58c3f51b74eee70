"""Where a form or a swapped piece came from, so that one gets back there."""

from urllib.parse import urlsplit

from earnest.people.requests import Request


def here(request: Request) -> str:
    """The address of the page around: what htmx says it is on, else this one."""
    if not request.htmx or not request.htmx.current_url:
        return request.get_full_path()
    parts = urlsplit(request.htmx.current_url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
