"""Plain values that several rooms show: an estimate with its interval and n, money, a curve; JSON takes them so."""

from typing import Literal

import msgspec


class Money(msgspec.Struct, frozen=True):
    """An exact amount: whole minor units (cents) of one currency (ISO 4217; empty when the source names none)."""

    minor: int
    currency: str


class Rate(msgspec.Struct, frozen=True):
    """A share x of n with its Jeffreys 95 % interval; `share`, `low` and `high` are None when n is 0."""

    x: int
    n: int
    share: float | None
    low: float | None
    high: float | None


class CurvePoint(msgspec.Struct, frozen=True):
    """One step of a curve: at `day`, the value and its pointwise 95 % interval."""

    day: int
    value: float
    low: float
    high: float


class SegmentCycle(msgspec.Struct, frozen=True):
    """The cycle of one segment (D3): own and shrunk percentiles in days, None where too few.

    `weight` is how far the segment's own figures count (wins / (wins + 10)).
    """

    segment: str
    win_count: int
    ended_count: int
    open_count: int
    own_days: tuple[float | None, float | None, float | None]
    days: tuple[int | None, int | None, int | None]
    median_days: float | None
    weight: float


class Cycle(msgspec.Struct, frozen=True):
    """How long it takes to win, measured with open deals counted as what they are: not ended yet (D3).

    `days` are the days by which half, three quarters and nine tenths of all deals that will be won have been won;
    `naive_days` the same from won deals alone.
    `at_least` is true when history is shorter than 1.5 times the last of `days`.
    """

    win_count: int
    ended_count: int
    open_count: int
    days: tuple[int | None, int | None, int | None]
    won_share: float | None
    naive_days: tuple[float | None, float | None, float | None]
    naive_mean_days: float | None
    naive_p95_days: float | None
    longest_win_days: int | None
    history_days: int
    at_least: bool
    observed_from_day: int | None
    outlived: Rate
    curve: tuple[CurvePoint, ...]
    segments: tuple[SegmentCycle, ...]
    undated_count: int = 0


Verdict = Literal["flagged", "clear", "unknown"]
