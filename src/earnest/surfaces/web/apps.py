"""The door for browsers in the program: it gives imports to the queue of the background."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers what rooms below ask of the surfaces when the program starts."""

    name = "earnest.surfaces.web"

    def ready(self) -> None:
        """Have imports started in the background."""
        from earnest.intake.services import jobs  # noqa: PLC0415  # models can be imported only now

        if _start not in jobs.STARTERS:
            jobs.STARTERS.append(_start)


def _start(number: int) -> None:
    from earnest.surfaces import import_jobs  # noqa: PLC0415  # loads the engine, which most processes never need

    import_jobs.start(number)
