"""What search looks in: one line of plain words for each deal, account, contact and lead."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from earnest.people.scoping import Scope, ScopedManager, Through
from earnest.records.models.deals import Deal
from earnest.records.models.parties import Account, Contact, Lead

SEARCHED = ("deal", "account", "contact", "lead")


def _only(name: str) -> Q:
    return Q(**{f"{each}__isnull": each != name for each in SEARCHED})


class SearchEntry(models.Model):
    """One record as search knows it: in small letters, without accents, spaces made one.

    It holds no words of another record, and no owner: whoever sees the record finds it, and nobody else.
    `same_name` and `same_address` are equal for records that may be one and the same.
    """

    deal = models.OneToOneField(Deal, models.CASCADE, null=True, related_name="entry")
    account = models.OneToOneField(Account, models.CASCADE, null=True, related_name="entry")
    contact = models.OneToOneField(Contact, models.CASCADE, null=True, related_name="entry")
    lead = models.OneToOneField(Lead, models.CASCADE, null=True, related_name="entry")
    # What it is called, folded: what somebody types is found at its beginning.
    key = models.CharField(max_length=500, blank=True)
    # All its words, folded: what somebody types is found anywhere in them.
    words = models.TextField(blank=True)
    same_name = models.CharField(max_length=500, blank=True)
    same_address = models.CharField(max_length=320, blank=True)
    # The moment of the record that this line was made from; an older one is made again.
    written_at = models.DateTimeField()

    scope: ClassVar[Scope] = Through(SEARCHED)
    objects = ScopedManager()

    class Meta:
        indexes: ClassVar = [
            # Only PostgreSQL needs to be told that the beginning of a word is searched for.
            *(
                Index(
                    fields=["key"],
                    name=f"records_search_{name}_key",
                    condition=Q(**{f"{name}__isnull": False}),
                    opclasses=["varchar_pattern_ops"],
                )
                for name in SEARCHED
            ),
            Index(fields=["same_name"], name="records_search_same_name", condition=~Q(same_name="")),
            Index(fields=["same_address"], name="records_search_same_address", condition=~Q(same_address="")),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                condition=_only("deal") | _only("account") | _only("contact") | _only("lead"),
                name="records_search_is_of_one_record",
            ),
        ]

    def __str__(self) -> str:
        return self.key
