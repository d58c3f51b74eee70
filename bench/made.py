"""The book to judge: deals, ten activities a deal, four changes, two promises, as Parquet with a fixed seed."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from earnest.rulebook import words

AS_OF = date(2026, 6, 30)
TODAY = words.epoch_day(AS_OF)
SEGMENTS = ("smb-us", "smb-eu", "mid-us", "mid-eu", "ent-us", "ent-eu", "pub", "health", "fin", "edu", "ind", "retail")
STEPS = (
    "send the proposal with the new dates",
    "follow up",
    "call",
    "site visit with operations on Tuesday",
    "security review",
)


def write(folder: Path, deal_count: int, *, seed: int = 7) -> Path:
    """Write the four tables of a book once; a folder that is already complete is left alone."""
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(seed)
        deals, opened, ended = _deals(rng, deal_count)
        deals.write_parquet(folder / "deals.parquet")
        for name, frame in (
            ("activities", _activities(rng, opened, ended)),
            ("changes", _changes(rng, opened, ended)),
            ("promises", _promises(rng, opened, ended)),
        ):
            frame.write_parquet(folder / f"{name}.parquet", row_group_size=512 * 1024)
        done.touch()
    return folder


def _texts(
    rng: np.random.Generator, options: tuple[str, ...], count: int, weights: list[float] | None = None
) -> pl.Series:
    chosen = rng.choice(len(options), count, p=weights).astype(np.uint32)
    return pl.Series(options).gather(chosen)


def _blanked(rng: np.random.Generator, values: np.ndarray, share: float) -> pl.Series:
    return pl.select(
        pl.when(pl.lit(pl.Series(rng.random(len(values)) >= share))).then(pl.lit(pl.Series(values)))
    ).to_series()


def _deals(rng: np.random.Generator, count: int) -> tuple[pl.DataFrame, np.ndarray, np.ndarray]:
    is_open = rng.random(count) < 0.25
    segment = rng.integers(0, len(SEGMENTS), count)
    age = np.where(is_open, rng.integers(1, 420, count), rng.integers(1, 1400, count))
    cycle = np.minimum((rng.lognormal(4.0 + segment * 0.06, 0.6, count)).astype(int) + 1, age)
    opened = (TODAY - age).astype(np.int32)
    closed = opened + cycle.astype(np.int32)
    outcome = pl.select(
        pl.when(pl.lit(pl.Series(is_open)))
        .then(pl.lit("open"))
        .otherwise(pl.lit(_texts(rng, ("won", "lost", "no_decision"), count, [0.25, 0.35, 0.40])))
    ).to_series()
    frame = pl.DataFrame(
        {
            "deal_id": np.arange(1, count + 1),
            "owner": pl.Series([f"owner {n:04d}" for n in range(2000)]).gather(
                rng.integers(0, 2000, count).astype(np.uint32)
            ),
            "segment": pl.Series(SEGMENTS).gather(segment.astype(np.uint32)),
            "source": _texts(rng, ("inbound", "outbound", "referral", "event"), count),
            "outcome": outcome,
            "stage_position": rng.integers(1, 7, count).astype(np.int32),
            "amount": _blanked(rng, (rng.lognormal(10, 1.1, count) * 100).astype(np.int64), 0.05),
            "currency": pl.Series(["EUR"]).gather(np.zeros(count, np.uint32)),
            "probability": rng.random(count).round(2),
            "opened_on": opened,
            "closed_on": pl.select(pl.when(pl.lit(pl.Series(~is_open))).then(pl.lit(pl.Series(closed)))).to_series(),
            "seller_close_on": (TODAY + rng.integers(-40, 180, count)).astype(np.int32),
            "buyer_by_when_on": _blanked(rng, (TODAY + rng.integers(-20, 240, count)).astype(np.int32), 0.4),
            "lead_time_days": rng.integers(0, 60, count).astype(float),
            "next_step": _texts(rng, STEPS, count),
            "next_step_on": _blanked(rng, (TODAY + rng.integers(-15, 40, count)).astype(np.int32), 0.25),
            "contact_count": rng.integers(0, 6, count).astype(np.int32),
            "updated_at": (TODAY - rng.integers(0, 300, count)) * 86_400,
        }
    )
    blank_step = pl.Series(rng.random(count) < 0.2)
    frame = frame.with_columns(next_step=pl.when(~blank_step).then("next_step"))
    return frame, opened.astype(np.int64) * 86_400, np.where(is_open, TODAY, closed).astype(np.int64) * 86_400


def _moments(rng: np.random.Generator, deal: np.ndarray, opened: np.ndarray, ended: np.ndarray) -> np.ndarray:
    start, end = opened[deal - 1], ended[deal - 1]
    return (start + rng.random(len(deal)) * (end - start)).astype(np.int64)


def _activities(rng: np.random.Generator, opened: np.ndarray, ended: np.ndarray) -> pl.DataFrame:
    deals, count = len(opened), 10 * len(opened)
    weights = rng.gamma(1.2, 1.0, deals)
    deal = rng.choice(np.arange(1, deals + 1), count, p=weights / weights.sum())
    talked = rng.random(count) < 0.35
    return pl.DataFrame(
        {
            "activity_id": np.arange(1, count + 1),
            "deal_id": deal,
            "at": _moments(rng, deal, opened, ended),
            "channel": _texts(rng, ("email", "call", "meeting", "note"), count, [0.55, 0.2, 0.15, 0.1]),
            "direction": _texts(rng, ("out", "in"), count, [0.65, 0.35]),
            "contact_id": deal * 5 + (rng.integers(0, 5, count) * (rng.random(count) < 0.4)),
            "seller_talk_seconds": _where(talked, rng.integers(60, 2000, count)),
            "buyer_talk_seconds": _where(talked, rng.integers(60, 1800, count)),
        }
    )


def _where(mask: np.ndarray, values: np.ndarray) -> pl.Series:
    return pl.select(pl.when(pl.lit(pl.Series(mask))).then(pl.lit(pl.Series(values.astype(np.float64))))).to_series()


def _changes(rng: np.random.Generator, opened: np.ndarray, ended: np.ndarray) -> pl.DataFrame:
    deals, count = len(opened), 4 * len(opened)
    deal = rng.integers(1, deals + 1, count)
    dated = pl.Series(rng.random(count) < 0.45)
    from_position = rng.integers(1, 6, count).astype(np.int32)
    to_position = np.clip(from_position + rng.choice([-1, 1, 1, 1, 1, 2], count), 1, 6).astype(np.int32)
    from_on = (TODAY - rng.integers(0, 300, count)).astype(np.int32)
    to_on = (from_on + rng.integers(-20, 60, count)).astype(np.int32)
    frame = pl.DataFrame(
        {
            "change_id": np.arange(1, count + 1),
            "deal_id": deal,
            "at": _moments(rng, deal, opened, ended),
            "from_position": from_position,
            "to_position": to_position,
            "from_on": from_on,
            "to_on": to_on,
        }
    )
    stage, day = ("from_position", "to_position"), ("from_on", "to_on")
    return frame.with_columns(
        *(pl.when(~dated).then(pl.col(name)).alias(name) for name in stage),
        *(pl.when(dated).then(pl.col(name)).alias(name) for name in day),
        field=pl.when(dated).then(pl.lit("seller_close_on")).otherwise(pl.lit("stage")),
    )


def _promises(rng: np.random.Generator, opened: np.ndarray, ended: np.ndarray) -> pl.DataFrame:
    deals, count = len(opened), 2 * len(opened)
    deal = rng.integers(1, deals + 1, count)
    made = _moments(rng, deal, opened, ended)
    due = (made // 86_400 + rng.integers(1, 21, count)).astype(np.int32)
    delivered = due + rng.integers(-5, 6, count).astype(np.int32)
    return pl.DataFrame(
        {
            "promise_id": np.arange(1, count + 1),
            "deal_id": deal,
            "made_by": _texts(rng, ("seller", "buyer"), count, [0.7, 0.3]),
            "made_at": made,
            "due_on": due,
            "delivered_on": pl.select(
                pl.when(pl.lit(pl.Series((rng.random(count) > 0.15) & (delivered <= TODAY)))).then(
                    pl.lit(pl.Series(delivered))
                )
            ).to_series(),
        }
    )
