"""What the smaller files say about a deal: its account's sector, its owner's team, its product's price."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence

import polars as pl

from earnest.intake import joins, money, sectors
from earnest.intake.folding import SEVERAL
from earnest.intake.keys import numbered
from earnest.intake.mapping import Mapping
from earnest.intake.notes import Notes
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import Role


def join_all(deals: pl.DataFrame, files: Sequence[Typed], chosen: Mapping, notes: Notes) -> pl.DataFrame:
    """The deals with what the files of accounts, owners, teams, products and pipelines add."""
    by_role: dict[Role, list[Typed]] = {}
    for file in files:
        by_role.setdefault(file.role, []).append(file)
    deals = _with_linked_accounts(deals, by_role.get(Role.LINKS, []))
    # The owner's office says more of how a deal was sold than the account's country, so it comes first.
    deals = _with_owners(deals, by_role, chosen.repairs, notes)
    deals = _with_accounts(deals, by_role.get(Role.ACCOUNTS, []), chosen.repairs, notes)
    deals = sectors.respelled(deals, chosen.repairs.get("sector", {}), notes)
    deals = _with_pipelines(deals, by_role.get(Role.PIPELINES, []))
    return _with_products(deals, by_role.get(Role.PRODUCTS, []), chosen.repairs, notes)


def one_table(files: Sequence[Typed], key: str) -> pl.DataFrame:
    """The rows of files of one role, one per key; deleted rows out, the first of several kept."""
    parts = []
    for file in files:
        if not file.has(key):
            continue
        rows = file.rows
        if "deleted" in rows.columns:
            rows = rows.filter(~pl.col("deleted").fill_null(value=False))
        parts.append(rows.filter(pl.col(key).is_not_null()))
    if not parts:
        return pl.DataFrame()
    return pl.concat(parts, how="diagonal_relaxed").unique(key, keep="first", maintain_order=True)


def look_up(deals: pl.DataFrame, by: str, table: pl.DataFrame, key: str, columns: Sequence[str]) -> pl.DataFrame:
    """Fill columns of the deals from a table; what a deal already says stays."""
    wanted = [name for name in columns if name in table.columns and name != key]
    if table.is_empty() or not wanted or by not in deals.columns:
        return deals
    part = table.select(pl.col(key).alias("_by"), *(pl.col(name).alias(f"_new_{name}") for name in wanted))
    joined = deals.join(part, left_on=by, right_on="_by", how="left", maintain_order="left")
    return joined.with_columns(
        pl.coalesce(name, f"_new_{name}").alias(name) if name in deals.columns else pl.col(f"_new_{name}").alias(name)
        for name in wanted
    ).drop(f"_new_{name}" for name in wanted)


def _with_linked_accounts(deals: pl.DataFrame, links: Sequence[Typed]) -> pl.DataFrame:
    """The deals with the id of their account, where a file of links has it."""
    pairs = [file.rows.select("deal", "account_id") for file in links if file.has("deal", "account_id")]
    if not pairs or "external_id" not in deals.columns:
        return deals
    table = pl.concat(pairs).drop_nulls().unique("deal", keep="first", maintain_order=True)
    return look_up(deals, "external_id", table, "deal", ("account_id",))


_ABOUT_ACCOUNTS = ("sector", "region", "segment")


def _with_accounts(
    deals: pl.DataFrame, files: Sequence[Typed], repairs: AnyMapping[str, AnyMapping[str, str]], notes: Notes
) -> pl.DataFrame:
    by_id = one_table(files, "account_id")
    if "account_id" in deals.columns and not by_id.is_empty():
        deals = look_up(deals, "account_id", by_id, "account_id", ("account", *_ABOUT_ACCOUNTS))
        return _named_by_id(deals, "account", "account_id")
    by_name = one_table(files, "account")
    if by_name.is_empty() or "account" not in deals.columns:
        return _named_by_id(deals, "account", "account_id")
    deals = _repaired(deals, "account", by_name["account"], repairs, notes, files)
    return look_up(deals, "account", by_name, "account", _ABOUT_ACCOUNTS)


def _with_owners(
    deals: pl.DataFrame,
    by_role: AnyMapping[Role, Sequence[Typed]],
    repairs: AnyMapping[str, AnyMapping[str, str]],
    notes: Notes,
) -> pl.DataFrame:
    files = by_role.get(Role.OWNERS, [])
    table = _with_teams(_named(files), by_role)
    if table.is_empty():
        return _named_by_id(deals, "owner", "owner_id")
    if "owner_id" in table.columns:
        by_id = table.unique("owner_id", keep="first", maintain_order=True)
        deals = look_up(deals, "owner_id", by_id, "owner_id", ("owner", "team", "region"))
    deals = _named_by_id(deals, "owner", "owner_id")
    if "owner" not in table.columns or "owner" not in deals.columns or "owner_id" in deals.columns:
        return deals
    known = table.filter(pl.col("owner").is_not_null()).unique("owner", keep="first", maintain_order=True)
    deals = _repaired(deals, "owner", known["owner"], repairs, notes, files)
    return look_up(deals, "owner", known, "owner", ("team", "region"))


def people(files: Sequence[Typed]) -> pl.DataFrame:
    """The owners' table with one name each; empty when no file has one."""
    return _named([file for file in files if file.role is Role.OWNERS])


def _named(files: Sequence[Typed]) -> pl.DataFrame:
    """The owners' table with one name each: the full name, else first and last, else the e-mail address."""
    parts = []
    for file in files:
        rows = file.rows
        ways = [pl.col("owner")] if file.has("owner") else []
        if file.has("first_name", "last_name"):
            ways.append(pl.concat_str(["first_name", "last_name"], separator=" "))
        if file.has("email"):
            ways.append(pl.col("email"))
        parts.append(rows.with_columns(pl.coalesce(ways).alias("owner")) if ways else rows)
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


def _with_teams(people: pl.DataFrame, by_role: AnyMapping[Role, Sequence[Typed]]) -> pl.DataFrame:
    teams = one_table(by_role.get(Role.TEAMS, []), "team_id")
    if people.is_empty() or teams.is_empty():
        return people
    for file in by_role.get(Role.LINKS, []):
        key = next(
            (name for name in ("owner_id", "user_id") if file.has(name, "team_id") and name in people.columns), None
        )
        if key:
            links = file.rows.select(key, "team_id").drop_nulls().unique(key, keep="first", maintain_order=True)
            people = look_up(people, key, links, key, ("team_id",))
    return look_up(people, "team_id", teams, "team_id", ("team",))


def _with_pipelines(deals: pl.DataFrame, files: Sequence[Typed]) -> pl.DataFrame:
    table = one_table(files, "pipeline_id")
    return _named_by_id(look_up(deals, "pipeline_id", table, "pipeline_id", ("pipeline",)), "pipeline", "pipeline_id")


def _with_products(
    deals: pl.DataFrame, files: Sequence[Typed], repairs: AnyMapping[str, AnyMapping[str, str]], notes: Notes
) -> pl.DataFrame:
    table = one_table(files, "product")
    if table.is_empty() or "product" not in deals.columns:
        return deals
    deals = _repaired(deals, "product", table["product"], repairs, notes, files)
    if "list_price" not in table.columns:
        return deals
    priced = table.rename({"currency": "list_currency"}) if "currency" in table.columns else table
    deals = look_up(deals, "product", priced, "product", ("list_price", "list_currency"))
    quantity = pl.col("quantity").fill_null(1) if "quantity" in deals.columns else pl.lit(1)
    price = (pl.col("list_price") * quantity).round().cast(pl.Int64)
    if {"list_currency", "currency"} <= set(deals.columns):
        # A price in another currency is no price for this deal.
        price = pl.when(pl.col("list_currency").eq_missing(pl.col("currency"))).then(price)
    priced_deals = deals.with_columns(price.alias("list_amount")).drop("list_price", "list_currency", strict=False)
    return priced_deals if "currency" in table.columns else money.fitted(priced_deals, ("list_amount",))


def with_lines(deals: pl.DataFrame, files: Sequence[Typed], keys: pl.DataFrame) -> pl.DataFrame:
    """The deals with what a file of their lines adds: an amount where they have none, the list price, the product."""
    sources = [file for file in files if file.role is Role.LINES and file.has("deal")]
    parts = [numbered(file.rows.filter(pl.col("deal").is_not_null()), keys) for file in sources]
    lines = pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()
    if lines.is_empty():
        return deals
    have = set(lines.columns)
    if "deleted" in have:
        lines = lines.filter(~pl.col("deleted").fill_null(value=False))
    quantity = pl.col("quantity").fill_null(1) if "quantity" in have else pl.lit(1)
    sums = []
    if "amount" in have:
        sums.append(pl.col("amount").sum().alias("amount"))
    if "list_price" in have:
        # A deal of which one line has no list price has no list price as a whole.
        whole = pl.col("list_price").is_not_null().all()
        total = (pl.col("list_price") * quantity).sum().round().cast(pl.Int64)
        sums.append(pl.when(whole).then(total).alias("list_amount"))
    if "product" in have:
        names = pl.col("product").drop_nulls()
        sums.append(pl.when(names.n_unique() > 1).then(pl.lit(SEVERAL)).otherwise(names.first()).alias("product"))
    added = ("amount", "list_amount", "product")
    totals = lines.group_by("deal_id").agg(sums)
    if "currency" in deals.columns and "currency" not in have:
        known = totals.join(deals.select("deal_id", "currency"), on="deal_id", how="left")
        totals = money.fitted(known, ("amount", "list_amount")).drop("currency")
    return look_up(deals, "deal_id", totals, "deal_id", added)


def _repaired(  # a join needs both sides, what was accepted, and where to tell
    deals: pl.DataFrame,
    column: str,
    known: pl.Series,
    repairs: AnyMapping[str, AnyMapping[str, str]],
    notes: Notes,
    files: Sequence[Typed],
) -> pl.DataFrame:
    there = known.drop_nulls().to_list()
    names = deals[column].drop_nulls().unique().to_list()
    matched = joins.match(names, there, repairs.get(column))
    joins.tell(notes, deals, column, matched, other=files[0].raw.name)
    return joins.respelled(deals, column, matched)


def _named_by_id(deals: pl.DataFrame, name: str, by: str) -> pl.DataFrame:
    """Where nothing gives a name, the id stands for it."""
    if by not in deals.columns:
        return deals
    known = pl.coalesce(name, by) if name in deals.columns else pl.col(by)
    return deals.with_columns(known.alias(name))
