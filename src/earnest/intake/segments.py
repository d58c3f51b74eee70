"""Segments where the files have none: the size of the deal, and whether the business is new or existing.

Sizes are the terciles of what was won, in each currency apart; a band's edge is an amount that somebody paid. The
same amount measures all deals: the deal's own where most open deals have one, else the list price of its products, so
that won and open deals fall into bands alike.
"""

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
    """The segment of each deal, from its size and type; None where neither can tell.

    The same deals always get the same segments, so that a derived segment can be recognised and derived anew.
    """
    parts = []
    kind = _business(deals)
    if kind is not None:
        parts.append(kind)
    size = _size(deals)
    if size is not None:
        parts.append(size)
    if not parts:
        return None
    return deals.select(
        pl.concat_str(parts, separator=", ", ignore_nulls=True).replace("", None).alias("segment")
    ).to_series()


def _business(deals: pl.DataFrame) -> pl.Expr | None:
    """New or existing business, where the deal's type says so for most deals."""
    if "deal_type" not in deals.columns:
        return None
    kinds = deals["deal_type"].drop_nulls().unique()
    meanings = {
        kind: "new business" if new else "existing business"
        for kind, new, old in zip(kinds, kinds.str.contains(_NEW), kinds.str.contains(_EXISTING), strict=True)
        if new != old
    }
    if len(meanings) * 2 < len(kinds) or not meanings:
        return None
    return pl.col("deal_type").replace_strict(meanings, default=None, return_dtype=pl.String)


def _size(deals: pl.DataFrame) -> pl.Expr | None:
    measure = next((name for name in ("amount", "list_amount") if _known(deals, name)), None)
    if measure is None:
        return None
    wins = deals.filter((pl.col("outcome") == "won") & pl.col(measure).is_not_null() & (pl.col(measure) > 0))
    if "currency" not in deals.columns:
        return _bands(wins[measure], measure, words.minor_digits(""), "")
    result: pl.Expr | None = None
    for (currency,), group in sorted(wins.group_by("currency"), key=lambda pair: str(pair[0][0])):
        bands = _bands(group[measure], measure, words.minor_digits(str(currency)), str(currency)) if currency else None
        if bands is not None:
            mine = pl.when(pl.col("currency") == currency).then(bands)
            result = mine if result is None else mine.otherwise(result)
    return result


def _known(deals: pl.DataFrame, name: str) -> bool:
    """True when most open deals and most won ones have this amount, so that both fall into bands alike."""
    if name not in deals.columns:
        return False
    known = (pl.col(name) > 0).fill_null(value=False)
    shares = deals.select(
        known.filter(pl.col("outcome") == outcome).mean().alias(outcome) for outcome in ("open", "won")
    )
    return all((share or 0.0) >= _KNOWN_SHARE for share in shares.row(0))


def _bands(amounts: pl.Series, measure: str, digits: int, currency: str) -> pl.Expr | None:
    if len(amounts) < FEWEST_WINS:
        return None
    ordered = amounts.sort()
    cuts = {ordered[round(share * (len(ordered) - 1))] for share in (1 / 3, 2 / 3)}
    edges = sorted(cut for cut in cuts if cut < ordered[-1])
    if not edges:
        return None
    labels = [f"{currency} {words.short_amount(edge / 10**digits)}".strip() for edge in edges]
    size = pl.col(measure)
    between = f"{labels[0]} to {labels[-1]}"
    upper = pl.when(size <= edges[-1]).then(pl.lit(between)).when(size > edges[-1]).then(pl.lit(f"over {labels[-1]}"))
    return pl.when(size <= edges[0]).then(pl.lit(f"up to {labels[0]}")).otherwise(upper)
