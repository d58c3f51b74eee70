"""One number as it was written, taken apart: sign, digits, multiple, currency, and which mark can be the decimal one.

This is the thorough way, for different texts; numbers as machines write them take a shorter one.
"""

import polars as pl

from earnest.intake import currency_texts

# Fifteen digits and three places of a minor unit still fit a 64-bit number.
_MOST_DIGITS = 18
_MULTIPLE = r"k|tsd\.?|thousand|mn|mm|mio\.?|mln\.?|millions?|m|bn|mrd\.?|billions?|b"
_SHIFTS = {"k": 3, "tsd": 3, "thousand": 3, "bn": 9, "b": 9, "mrd": 9, "billion": 9, "billions": 9}
_WRITTEN = (
    r"^(?<left>[-+(]?)\s*(?<before>" + currency_texts.SIGN + r")?\s*(?<inner>[-+]?)\s*"
    r"(?<body>[0-9][0-9.,'’ ]*[0-9]|[0-9]|[.,][0-9]+)\s*"
    r"(?i:(?<multiple>" + _MULTIPLE + r"))?\s*(?<after>" + currency_texts.SIGN + r")?\s*(?<right>[-)]?)$"
)
_SPACES = r"[\x{00a0}\x{202f}\x{2009}\x{2007}\t ]+"
_GROUPED = r"^[0-9]{1,3}([ '’][0-9]{3})+([.,][0-9]+)?$"
_SHAPES = (
    ("whole", r"^[0-9]+$"),
    # Both marks: the one that stands last is the decimal one. Groups of two are how lakhs are written.
    ("sure_point", r"^[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}\.[0-9]*$"),
    ("sure_comma", r"^[0-9]{1,3}(\.[0-9]{3})+,[0-9]*$"),
    # One mark several times: it groups, so the other one is the decimal one.
    ("sure_point", r"^[0-9]{1,3}(,[0-9]{2,3})+,[0-9]{3}$"),
    ("sure_comma", r"^[0-9]{1,3}(\.[0-9]{3}){2,}$"),
    # One mark before three digits: a group or a decimal mark.
    ("either_point", r"^[1-9][0-9]{0,2}\.[0-9]{3}$"),
    ("either_comma", r"^[1-9][0-9]{0,2},[0-9]{3}$"),
    ("point", r"^[0-9]*\.[0-9]+$"),
    ("comma", r"^[0-9]*,[0-9]+$"),
)
EITHER = ("either_point", "either_comma")


def parts(texts: pl.Series) -> pl.DataFrame:
    """Texts taken apart.

    Shape: one row per text, in their order.
    Columns: text; body, its digits and marks; shape, which mark is the decimal one or that it could be either;
    negative; shift, the power of ten of a multiple; currency, an ISO code where the text has one; readable.
    """
    plain = pl.col("text").str.replace_all("\u2212", "-", literal=True).str.replace_all(_SPACES, " ").str.strip_chars()
    apart = texts.to_frame("text").with_columns(plain.str.extract_groups(_WRITTEN).alias("parts")).unnest("parts")
    tight = pl.col("body").str.replace_all(r"[ '’]", "")
    grouped = pl.col("body").str.contains(r"[ '’]")
    body = pl.when(~grouped | pl.col("body").str.contains(_GROUPED)).then(tight)
    apart = apart.with_columns(body.alias("body"), grouped.alias("grouped"))
    shape = pl.coalesce(pl.when(pl.col("body").str.contains(pattern)).then(pl.lit(name)) for name, pattern in _SHAPES)
    # Beside groups of spaces or apostrophes, a mark can only be the decimal one.
    alone = pl.when(pl.col("grouped")).then(shape.str.replace("either_", "", literal=True)).otherwise(shape)
    return apart.with_columns(alone.alias("shape")).select(
        "text",
        "body",
        "shape",
        _negative().alias("negative"),
        _shift().alias("shift"),
        currency_texts.code_of(pl.coalesce("before", "after")).alias("currency"),
        _consistent().alias("readable"),
    )


def mantissa_and_power(apart: pl.DataFrame, decimal: str) -> pl.DataFrame:
    """The digits of taken-apart texts as a whole number, and the power of ten that it is to be multiplied with.

    Args:
        apart: texts taken apart.
        decimal: the decimal mark of the column, for values that could be read either way.
    """
    in_column = "point" if decimal == "." else "comma"
    either = pl.col("shape").is_in(EITHER)
    mark = pl.when(either).then(pl.lit(in_column)).otherwise(pl.col("shape").str.replace("sure_", "", literal=True))
    apart = apart.with_columns(mark.alias("mark"))
    behind = (
        pl.when(pl.col("mark") == "point")
        .then(pl.col("body").str.extract(r"^[^.]*\.([0-9]*)$"))
        .when(pl.col("mark") == "comma")
        .then(pl.col("body").str.extract(r"^[^,]*,([0-9]*)$"))
    )
    digits = pl.col("body").str.replace_all(r"[.,]", "").cast(pl.Int64, strict=False)
    return apart.select(
        "text",
        pl.when("readable").then(pl.when("negative").then(-digits).otherwise(digits)).alias("mantissa"),
        (pl.col("shift") - behind.str.len_bytes().fill_null(0).cast(pl.Int64)).alias("power"),
        pl.when("readable").then("currency").alias("currency"),
        either.alias("either"),
        (pl.col("shape").is_in(["point", "comma"]) & (pl.col("shape") != in_column)).alias("contrary"),
    )


def _negative() -> pl.Expr:
    minus = (pl.col("left") == "-") | (pl.col("inner") == "-") | (pl.col("right") == "-")
    return minus | ((pl.col("left") == "(") & (pl.col("right") == ")"))


def _consistent() -> pl.Expr:
    """One sign at most, both parentheses or none, one currency at most and a known one, few enough digits."""
    signs = pl.sum_horizontal(pl.col(name).is_in(["-", "+"]).cast(pl.Int8) for name in ("left", "inner", "right"))
    parentheses = (pl.col("left") == "(") == (pl.col("right") == ")")
    both = (pl.col("left") == "(") & (signs > 0)
    named = pl.col("before").is_not_null() | pl.col("after").is_not_null()
    twice = pl.col("before").is_not_null() & pl.col("after").is_not_null()
    known = ~named | currency_texts.is_known(pl.coalesce("before", "after"))
    digits = pl.col("body").str.replace_all(r"[.,]", "").str.len_bytes()
    consistent = pl.col("shape").is_not_null() & (signs <= 1) & parentheses & ~both & ~twice & known
    return (consistent & (digits <= _MOST_DIGITS)).fill_null(value=False)


def _shift() -> pl.Expr:
    """The power of ten of a multiple: k is 3, bn is 9, anything else that the pattern lets through is a million."""
    name = pl.col("multiple").str.to_lowercase().str.strip_chars_end(".")
    shift = name.replace_strict(_SHIFTS, default=6, return_dtype=pl.Int64)
    return pl.when(pl.col("multiple").is_null()).then(pl.lit(0, dtype=pl.Int64)).otherwise(shift)
