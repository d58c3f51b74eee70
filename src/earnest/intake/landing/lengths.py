"""How long a text may be in a record; what is longer is refused with a reason and never cut."""

LONGEST_KEY = 255
LONGEST_NAME = 200
# A stage is known by its pipeline and its name together, and both must fit a key.
LONGEST_STAGE = 120
LONGEST_TITLE = 500
LONGEST_TEXT = 20_000
