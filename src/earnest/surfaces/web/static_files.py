"""Static files: compressed and named by their content once they are collected; plain where they are not."""

from pathlib import Path

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise carries no types
    """Names with a hash where `earnest serve` has collected the files, else the plain name, so tests need no build."""

    manifest_strict = False

    @property
    def collected(self) -> bool:
        """Whether the files have been collected for this process."""
        return not settings.DEBUG and bool(self.hashed_files)

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  # Django's own signature
        """The address of a file."""
        if name is not None and not self.collected and not force:
            return f"/{settings.STATIC_URL.strip('/')}/{name}"
        return str(super().url(name, force))


class CollectedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # as above
    """Serves the collected files; where none have been collected yet, as in tests, there is nothing to warn of."""

    def add_files(self, root: str, prefix: str | None = None) -> None:
        """Take up the files below a folder that is there."""
        if Path(root).is_dir():
            super().add_files(root, prefix)
