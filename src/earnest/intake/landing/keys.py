"""What identifies a row and what it says: its key in its own system, and a hash over everything it tells."""

import hashlib
from collections.abc import Sequence

import polars as pl

NATURAL = "natural:"
_SEPARATOR = "\x1f"
_BLANK = "\x00"


def said(rows: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """A hash per row over these columns; the names are part of it, so a file that tells more says something else."""
    parts = [pl.lit(",".join(columns)), *(pl.col(name).cast(pl.String).fill_null(_BLANK) for name in columns)]
    texts = rows.select(pl.concat_str(parts, separator=_SEPARATOR)).to_series()
    digest = hashlib.blake2b
    hashes = [digest(text.encode(), digest_size=16).hexdigest() for text in texts.to_list()]
    return pl.Series("hash", hashes, dtype=pl.String)


def whole(hashes: Sequence[pl.Series], *words: str) -> str:
    """One hash over many: the fingerprint of everything that a set of files says."""
    digest = hashlib.blake2b(digest_size=16)
    for word in words:
        digest.update(word.encode() + b"\x1e")
    for series in hashes:
        digest.update("".join(series.to_list()).encode() + b"\x1e")
    return digest.hexdigest()


def natural(rows: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """A key for rows that no system numbered, from what they say; equal rows get equal keys."""
    present = [name for name in columns if name in rows.columns]
    return (NATURAL + said(rows, present)).rename("key")


def told_apart(keys: pl.Series) -> pl.Series:
    """Equal keys as first, second, third of their kind, so that two equal rows stay two."""
    frame = keys.to_frame("key")
    place = pl.int_range(pl.len()).over("key")
    numbered = pl.when(place > 0).then(pl.format("{}#{}", "key", place + 1)).otherwise("key")
    return frame.select(numbered.alias("key")).to_series()
