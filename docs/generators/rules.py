"""The pages about rules, the columns they read, and the thresholds they use."""

from collections.abc import Iterable

from docs.generators.markdown import code, codes, table
from earnest.need.tables import EVIDENCE
from earnest.pipeline import frames
from earnest.pipeline.tables import BENCHMARKS
from earnest.promises.tables import PROMISES
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import tree
from earnest.rulebook.book import AS_OF, AS_OF_AT
from earnest.rulebook.rule import Rule
from earnest.rulebook.tables import Column

TABLES = (DEALS, ACTIVITIES, CHANGES, EVIDENCE, PROMISES)

RULES_INTRO = """# Rules

A rule is a named condition over the columns of a deal.
It says `flagged`, `clear` or `unknown`; a blank input gives `unknown`, never `clear`.
A hard flag takes a deal out of the real pipeline, a soft flag asks for care, a note only tells.
Names in curly brackets are filled in with the deal's own values: `{age_days:day}` as `1 day` or `98 days`,
`{pushes:time}` as `once` or `3 times`.
"""

COLUMNS_INTRO = """# Columns

What a book may hold.
A column that a source does not have is unknown, not empty: the rules that need it say so.
Days are whole numbers since 1970-01-01, moments are whole seconds, money is whole minor units beside its currency.
"""

THRESHOLDS_INTRO = """# Thresholds

Every limit that a rule uses, with its default and the reason for it.
A rule reads them as columns, so a verdict of the past is judged by the limits that you give.
"""


def rules_page() -> str:
    """Every rule, in the order in which the report lists reasons."""
    listed = table(
        ["Rule", "Flag", "Kind", "Duty"],
        ([f"[{rule.title}](#{rule.name})", code(rule.name), rule.severity, _duty(rule)] for rule in frames.RULES),
    )
    return "\n".join([RULES_INTRO, listed, *(_rule(rule) for rule in frames.RULES)])


def _rule(rule: Rule) -> str:
    lines = [
        f"## {rule.name}\n",
        f"> {rule.says}\n",
        f"- What clears it: {rule.clears}",
        f"- What to ask the buyer: {rule.asks}" if rule.asks else "",
        f"- Kind: {rule.severity}; duty {_duty(rule)}",
        f"- Flagged when: `{spoken(rule.flags)}`",
        f"- Reads: {codes(sorted(rule.reads))}",
        *(f"- The pattern: `{pattern}`" for pattern in _patterns(rule)),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _patterns(rule: Rule) -> list[str]:
    """The patterns that a rule looks for, without characters that a page cannot hold."""
    found = [node.pattern for node in tree.walk(rule.flags) if isinstance(node, tree.Matches)]
    return ["".join(char if char.isprintable() else ascii(char).strip("'") for char in pattern) for pattern in found]


def _duty(rule: Rule) -> str:
    return f"[{rule.source}](duties.md#{rule.source.split('.')[0].lower()})"


def columns_page() -> str:
    """Every column: of the tables, measured from their rows, and learnt from won deals."""
    parts = [COLUMNS_INTRO]
    for declared in TABLES:
        parts += [f"## {declared.name}\n", _columns(declared.columns)]
    measured = (each.column for each in frames.MEASURES)
    parts += ["## measured per deal\n", _columns(measured)]
    parts += ["## learnt from won deals\n", _columns(BENCHMARKS)]
    parts += ["## the same for every deal\n", _columns((AS_OF, AS_OF_AT))]
    return "\n".join(parts)


def _columns(columns: Iterable[Column]) -> str:
    return table(
        ["Column", "Kind", "Unit", "What it is", "Rules that read it"],
        ([code(each.name), each.kind, each.unit, each.label, codes(_readers(each.name))] for each in columns),
    )


def _readers(column: str) -> list[str]:
    return [rule.name for rule in frames.RULES if column in rule.reads]


def thresholds_page() -> str:
    """Every threshold with its default and its reason."""
    rows = (
        [code(each.name), f"{each.default:g}", each.unit, each.why, codes(_users(each.name))]
        for each in frames.THRESHOLDS
    )
    return f"{THRESHOLDS_INTRO}\n{table(['Threshold', 'Default', 'Unit', 'Why', 'Used by'], rows)}"


def _users(threshold: str) -> list[str]:
    return _readers(threshold) + [each.name for each in frames.MEASURES if threshold in each.reads()]


# --- a condition in words --------------------------------------------------------------------------------------


def spoken(expr: tree.Expr) -> str:
    """A condition as it is meant, with brackets where two kinds of `and` and `or` meet."""
    if isinstance(expr, tree.Column):
        return expr.name
    if isinstance(expr, tree.Value):
        return str(expr.value).lower() if isinstance(expr.value, bool) else f"{expr.value!r}"
    if isinstance(expr, tree.Arithmetic | tree.Comparison | tree.Logic):
        return f"{_inner(expr.left)} {expr.op} {_inner(expr.right)}"
    if isinstance(expr, tree.Not):
        return f"not {_inner(expr.inner)}"
    if isinstance(expr, tree.Missing):
        return f"{_inner(expr.inner)} is blank"
    if isinstance(expr, tree.Matches):
        return f"{_inner(expr.inner)} matches the pattern"
    return _told(expr)


def _told(expr: tree.Expr) -> str:
    if isinstance(expr, tree.Named):
        return spoken(expr.inner)
    if isinstance(expr, tree.Logistic):
        return f"the chance of {_inner(expr.inner)} logits"
    if isinstance(expr, tree.Surely):
        return f"({spoken(expr.inner)}, and that is known)"
    if isinstance(expr, tree.Choose):
        return f"({spoken(expr.then)} where {spoken(expr.condition)}, else {spoken(expr.otherwise)})"
    if isinstance(expr, tree.FirstKnown):
        return f"(the first known of {', '.join(spoken(child) for child in expr.children())})"
    raise TypeError(f"The rules page has no words for {type(expr).__name__} yet.")


def _inner(expr: tree.Expr) -> str:
    core = expr.inner if isinstance(expr, tree.Named) else expr
    bare = isinstance(core, tree.Column | tree.Value) or not isinstance(
        core, tree.Arithmetic | tree.Comparison | tree.Logic | tree.Not | tree.Missing | tree.Matches
    )
    return spoken(expr) if bare else f"({spoken(expr)})"
