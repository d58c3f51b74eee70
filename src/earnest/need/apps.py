"""The need room in the workspace: it puts what buyers said on the shelf from which every book is read."""

from django.apps import AppConfig


class NeedConfig(AppConfig):
    """Registers the room's tables with the reader of books when the program starts."""

    name = "earnest.need"

    def ready(self) -> None:
        """Offer the room's tables to whoever reads a book."""
        from earnest.need import book as shelf  # noqa: PLC0415  # models can be imported only now
        from earnest.records import book  # noqa: PLC0415

        book.offer(*shelf.SHELVES)
