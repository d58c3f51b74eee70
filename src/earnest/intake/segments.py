"""Segments where the files have none: the size of the deal, and whether the business is new or existing.

Sizes are the terciles of what was won, in each currency apart; a band's edge is an amount that somebody paid. The
same amount measures all deals: the deal's own where most open deals have one, else the list price of its products, so
that won and open deals fall into bands alike.
"""

from dataclasses import dataclass

import polars as pl

from earnest.rulebook import words

FEWEST_WINS = 15  # five wins a band (D3)
_KNOWN_SHARE = 0.5

_NEW = r"(?i)^(new|neu|nuev|nouv)|new[ _-]?(business|customer|logo|client)|newbusiness"
_EXISTING = r"(?i)exist|renew|upsell|up-sell|expan|cross|add[ -]?on|bestand|renov"


def with_segments(deals: pl.DataFrame) -> pl.DataFrame:
    """The deals with their segment as the files have it, else as it can be derived, else without."""
    if "segment" in deals.columns and deals["segment"].null_count() < deals.height:
        return deals
    segment = derived(deals)
    return deals if segment is None else deals.with_columns(segment)


def derived(deals: pl.DataFrame) -> pl.Series | None:
    """The segment of each deal, from its type and size; None where neither can tell.

    The same deals always get the same segments, so that a derived segment can be recognised and derived anew.
    """
    kind, size = _business(deals), _sizes(deals)
    if kind is None and size is None:
        return None
    kinds, sizes = kind or _Labels(pl.lit(0), [""]), size or _Labels(pl.lit(0), [""])
    labels = [", ".join(filter(None, (first, then))) or None for first in kinds.names for then in sizes.names]
    # Numbers are put together, and looked up once: texts would be built a million times.
    place = kinds.place.cast(pl.Int32) * len(sizes.names) + sizes.place.cast(pl.Int32)
    places = deals.select(place.alias("place")).to_series()
    return pl.Series("segment", labels, dtype=pl.String).gather(places)


@dataclass(frozen=True)
class _Labels:
    """For each deal the place of its label among the names; the first name is empty, where nothing is known."""

    place: pl.Expr
    names: list[str]


def _business(deals: pl.DataFrame) -> _Labels | None:
    """New or existing business, where the deal's type says so for most deals."""
    if "deal_type" not in deals.columns:
        return None
    kinds = deals["deal_type"].drop_nulls().unique()
    places = {
        kind: 1 if new else 2
        for kind, new, old in zip(kinds, kinds.str.contains(_NEW), kinds.str.contains(_EXISTING), strict=True)
        if new != old
    }
    if len(places) * 2 < len(kinds) or not places:
        return None
    place = pl.col("deal_type").replace_strict(places, default=0, return_dtype=pl.Int32)
    return _Labels(place, ["", "new business", "existing business"])


def _sizes(deals: pl.DataFrame) -> _Labels | None:
    """The band of each deal's amount among the wins in its currency."""
    measure = next((name for name in ("amount", "list_amount") if _known(deals, name)), None)
    if measure is None:
        return None
    names, size = [""], pl.col(measure)
    place: pl.Expr = pl.lit(0)
    currencies = sorted(deals["currency"].drop_nulls().unique()) if "currency" in deals.columns else [""]
    for currency in currencies:
        mine = pl.col("currency") == currency if currency else pl.lit(value=True)
        wins = deals.lazy().filter((pl.col("outcome") == "won") & (size > 0) & mine).select(size).collect()
        edges = _edges(wins[measure])
        if edges:
            band = len(names) + (size > edges[0]).cast(pl.Int32)
            for edge in edges[1:]:
                band = band + (size > edge).cast(pl.Int32)
            place = pl.when(mine & size.is_not_null()).then(band).otherwise(place)
            names += _names(edges, currency)
    return _Labels(place, names) if len(names) > 1 else None


def _known(deals: pl.DataFrame, name: str) -> bool:
    """True when most open deals and most won ones have this amount, so that both fall into bands alike."""
    if name not in deals.columns:
        return False
    known = (pl.col(name) > 0).fill_null(value=False)
    shares = deals.select(
        known.filter(pl.col("outcome") == outcome).mean().alias(outcome) for outcome in ("open", "won")
    )
    return all((share or 0.0) >= _KNOWN_SHARE for share in shares.row(0))


def _edges(amounts: pl.Series) -> list[int]:
    """The amounts at the terciles, as far as they tell anything apart."""
    if len(amounts) < FEWEST_WINS:
        return []
    ordered = amounts.sort()
    cuts = {ordered[round(share * (len(ordered) - 1))] for share in (1 / 3, 2 / 3)}
    return sorted(cut for cut in cuts if cut < ordered[-1])


def _names(edges: list[int], currency: str) -> list[str]:
    digits = words.minor_digits(currency)
    labels = [f"{currency} {words.short_amount(edge / 10**digits)}".strip() for edge in edges]
    between = [f"{labels[0]} to {labels[1]}"] if len(labels) > 1 else []
    return [f"up to {labels[0]}", *between, f"over {labels[-1]}"]
