"""The pipeline room in the workspace: it judges a deal again whenever something it rests on is written."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """Registers the room with the writers of records when the program starts."""

    name = "earnest.pipeline"

    def ready(self) -> None:
        """Ask to be told of every write to a deal or to what hangs on one."""
        from earnest.pipeline import book as shelf  # noqa: PLC0415
        from earnest.pipeline import services  # noqa: PLC0415  # models can be imported only now
        from earnest.records import book  # noqa: PLC0415
        from earnest.records.services import writing  # noqa: PLC0415

        book.offer(*shelf.SHELVES)

        if services.judge_written not in writing.WRITTEN:
            writing.WRITTEN.append(services.judge_written)
