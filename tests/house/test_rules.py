"""Every rule serves a duty, reads declared columns, and says only what it reads; every threshold is used."""

from collections.abc import Iterable, Mapping
from importlib import import_module

from earnest.pipeline import frames
from earnest.rulebook.measure import Measure
from earnest.rulebook.rule import Rule
from earnest.rulebook.tables import Column, Kind, Threshold
from earnest.rulebook.tree import Column as Read
from tests.house import duties, source

# Beside a room's `rules`, the modules of the pipeline room that each hold one subject with its rules.
SUBJECTS = {f"earnest.pipeline.{name}" for name in ("earned", "fodder", "pressure")}
ROOMS_WITH_RULES = [
    module.name for module in source.modules() if module.name.endswith(".rules") or module.name in SUBJECTS
]


def aimless(rules: Iterable[Rule]) -> list[str]:
    """Rules whose source is no duty."""
    return [f"{rule.name} has the source {rule.source!r}" for rule in rules if rule.source not in duties.DUTIES]


def undeclared(rules: Iterable[Rule], vocabulary: Mapping[str, Column]) -> list[str]:
    """Columns that a rule reads or says and no table declares."""
    return sorted(
        f"{rule.name} reads {name}"
        for rule in rules
        for name in {*rule.reads, *(set(rule.placeholders) - set(rule.values))}
        if name not in vocabulary
    )


def unread(thresholds: Iterable[Threshold], rules: Iterable[Rule], measures: Iterable[Measure]) -> list[str]:
    """Thresholds that no rule and no measure reads."""
    read = {name for rule in rules for name in rule.reads} | {name for each in measures for name in each.reads()}
    return [threshold.name for threshold in thresholds if threshold.name not in read]


def defined_in(module_name: str) -> set[str]:
    """The rules that a module defines, in its list or not."""
    return {rule.name for rule in vars(import_module(module_name)).values() if isinstance(rule, Rule)}


def test_every_rule_serves_a_duty() -> None:
    assert aimless(frames.RULES) == []


def test_every_rule_reads_and_says_declared_columns() -> None:
    assert undeclared(frames.RULES, frames.vocabulary()) == []


def test_every_threshold_is_read() -> None:
    assert unread(frames.THRESHOLDS, frames.RULES, frames.MEASURES) == []


def test_every_threshold_says_why_and_in_which_unit() -> None:
    assert [each.name for each in frames.THRESHOLDS if not (each.why.endswith(".") and each.unit)] == []


def test_every_rule_that_is_defined_is_judged() -> None:
    defined = {name for module in ROOMS_WITH_RULES for name in defined_in(module)}
    assert defined == {rule.name for rule in frames.RULES}


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in frames.RULES]
    assert sorted(set(names)) == sorted(names)


def test_every_rule_speaks_in_sentences() -> None:
    sentences = [sentence for rule in frames.RULES for sentence in (rule.says, rule.clears)]
    assert [sentence for sentence in sentences if not sentence.endswith(".")] == []
    assert [rule.name for rule in frames.RULES if rule.asks and not rule.asks.endswith("?")] == []


DAYS = Column("days", Kind.INTEGER, "the days")


def rule(says: str = "It is late.", source_id: str = "S1.9") -> Rule:
    return Rule("late", "late", Read("days") > Read("limit_days"), says, "Wait.", source_id)


def test_an_aimless_rule_is_found() -> None:
    assert aimless([rule(source_id="S9.9")]) == ["late has the source 'S9.9'"]


def test_an_undeclared_column_is_found() -> None:
    assert undeclared([rule()], {"days": DAYS}) == ["late reads limit_days"]
    assert undeclared([rule("{age} days.")], {"days": DAYS, "limit_days": DAYS}) == ["late reads age"]


def test_an_unread_threshold_is_found() -> None:
    limits = [Threshold("limit_days", 3, "days", "Judgement."), Threshold("spare_days", 3, "days", "Judgement.")]
    assert unread(limits, [rule()], []) == ["spare_days"]
