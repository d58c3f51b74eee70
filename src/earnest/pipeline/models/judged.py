"""What the pipeline room keeps: each deal's verdicts as last judged, since when each flag stands, and overrides."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from earnest.people.models import User
from earnest.people.scoping import Everyone, Scope, ScopedManager, Through
from earnest.records.models import Deal


class Standing(models.Model):
    """An open deal as last judged: what lists sort and sum by, so that no page judges a book.

    `value_minor` is the amount, else the list price, as every total counts it; null where nobody told one.
    """

    deal = models.OneToOneField(Deal, models.CASCADE, primary_key=True, related_name="standing")
    judged_on = models.DateField()
    hard = models.BooleanField()
    soft = models.BooleanField()
    flag_count = models.PositiveSmallIntegerField()
    # The names of the flagged rules, gravest first, and of those that nobody can tell yet.
    flagged = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    value_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    good_through_on = models.DateField(null=True)
    # Where the deal is counted in the totals: its owner, team and stage when it was judged.
    owner_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    stage_id = models.BigIntegerField(null=True)
    # What lists sort by and pages show first; null where nobody can tell yet (D1, D4, D6, D7, D8).
    need_score = models.FloatField(null=True)
    need_band = models.PositiveSmallIntegerField(null=True)
    claimed_step = models.PositiveSmallIntegerField(null=True)
    earned_step = models.PositiveSmallIntegerField(null=True)
    fodder_chance = models.FloatField(null=True)
    step_verdict = models.CharField(max_length=8, blank=True)
    date_verdict = models.CharField(max_length=8, blank=True)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    class Meta:
        # Read from either end: a list sorts by one of them and pages by the deal's number after it.
        indexes: ClassVar = [
            Index(fields=["value_minor", "deal"], name="pipeline_standing_by_value"),
            Index(fields=["stage_id", "value_minor", "deal"], name="pipeline_standing_of_stage"),
            Index(fields=["owner_id", "stage_id", "value_minor", "deal"], name="pipeline_standing_of_owner"),
            Index(fields=["good_through_on", "deal"], name="pipeline_standing_by_good"),
            Index(fields=["flag_count", "deal"], name="pipeline_standing_by_flags"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} on {self.judged_on}: {', '.join(self.flagged)}"


class Flag(models.Model):
    """One rule that flags one deal, since a day, until a day once it is clear again."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="flags", db_index=False)
    rule = models.CharField(max_length=60)
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [
            Index(fields=["rule", "deal"], name="pipeline_flag_now", condition=Q(until_on=None)),
            Index(fields=["deal"], name="pipeline_flag_of_deal"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} on {self.deal_id} since {self.since_on}"


class OpenTotal(models.Model):
    """The open deals of one owner, team, stage and currency: how many, and their value, all and real.

    Kept with each judgement, so that the totals above a list or a column never sum a table.
    """

    owner_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    stage_id = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    deal_count = models.IntegerField(default=0)
    hard_count = models.IntegerField(default=0)
    claimed_minor = models.BigIntegerField(default=0)
    real_minor = models.BigIntegerField(default=0)

    # Whose totals a person may read is decided where they are read, by the same predicate as for deals.
    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [Index(fields=["owner_id"], name="pipeline_total_of_owner")]

    def __str__(self) -> str:
        return f"{self.deal_count} open of {self.owner_id} in {self.stage_id}"


class Marks(models.Model):
    """What won deals taught on one day (benchmarks.Benchmarks as JSON), so that one deal can be judged alone."""

    on = models.DateField(unique=True)
    values = models.JSONField()
    judged_at = models.DateTimeField()

    scope: ClassVar[Scope] = Everyone()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"benchmarks of {self.on}"


class Override(models.Model):
    """A finding that a person set aside, with the reason and the day on which it speaks again. Append-only.

    `about` names what was set aside: the stage a deal was moved to without its evidence, or a rule.
    """

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="overrides")
    about = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    until_on = models.DateField()
    # Where the duty asks for a second person: it speaks on until somebody else has agreed.
    needs_second = models.BooleanField(default=False)
    seconded_at = models.DateTimeField(null=True)
    seconded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    # Taken back by whoever set it aside, or by an admin.
    lifted_at = models.DateTimeField(null=True)

    scope: ClassVar[Scope] = Through(("deal",))
    objects = ScopedManager()

    class Meta:
        constraints: ClassVar = [CheckConstraint(condition=~Q(reason=""), name="pipeline_override_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.about} of {self.deal_id} until {self.until_on}"
