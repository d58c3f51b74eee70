"""The question library: the seven gap questions, the date behind the gap, whose need it is, and what they fear (L3.1).

Each question opens; the one to avoid beside it asks for the same with a yes or a no. One idea at a time, silence after
it, and the answer written down in the buyer's words with name and date.
"""

from dataclasses import dataclass

SHORT = ("What is an example?", "How do you mean?")
LONG = ("Of all that, what matters most?",)
RULE_OF_USE = "Ask one thing at a time, be silent after it, and write the answer in their words, with name and date."

CONVERSATION = "conversation"
GAP_UNDERSTOOD = "gap_understood"
NEED_QUANTIFIED = "need_quantified"
FIT_CONFIRMED = "fit_confirmed"


@dataclass(frozen=True)
class Question:
    """One thing to find out, with the ways to ask for it.

    `element` is what its answer supports (need.tables.ELEMENTS); `stages` are the canonical stages in which it belongs,
    from the first to the last. `after` says what must be so before it is asked, `then` what to do with the answer.
    """

    key: str
    title: str
    purpose: str
    element: str
    stages: tuple[str, ...]
    variants: tuple[str, ...]
    avoid: tuple[str, ...]
    holds: str
    after: str = ""
    then: str = ""
    when_short: tuple[str, ...] = SHORT
    when_long: tuple[str, ...] = LONG


GAP = (
    Question(
        key="G1",
        title="Where they are now",
        purpose="To hear what happens today, so that all that follows rests on a fact and not on our guess.",
        element="N1",
        stages=(CONVERSATION, GAP_UNDERSTOOD),
        variants=(
            "How does this work here today, from the moment it starts to the moment it is done?",
            "What does a normal week look like for the people who live with this?",
            "Walk me through the last time it went wrong.",
            "What has changed in the last year that puts this on the table now?",
        ),
        avoid=("Do you have a problem with X today?",),
        holds=(
            "A named process, who does it, how often, and one concrete recent case. Verbatim; a fact about the "
            "present, not about our product."
        ),
    ),
    Question(
        key="G2",
        title="How they measure it",
        purpose="To find the figure that they go by themselves, since only that one will show whether we helped.",
        element="N2",
        stages=(CONVERSATION, GAP_UNDERSTOOD),
        variants=(
            "How do you know, in numbers, whether this is going well or badly?",
            "What figure would your manager look at first, and what does it say this month?",
            "Tell me about the report or the system that number comes from.",
            "What do you watch when nobody has a proper figure for it?",
        ),
        avoid=("Do you track this?",),
        holds=(
            "A measure with a unit, its present value, its source, and who reads it. «We do not measure it» is a good "
            "answer too: the first promise may be to measure it."
        ),
    ),
    Question(
        key="G3",
        title="Where they had planned to be",
        purpose="To learn what they set out to reach; without a plan of theirs there is no gap, only our opinion.",
        element="N3",
        stages=(GAP_UNDERSTOOD,),
        variants=(
            "What did the plan say this number should be by now?",
            "How would you describe «good enough» here, and who set that?",
            "What were you hoping would be different when the year started?",
            "What would the picture look like if this were simply working?",
        ),
        avoid=("Are you behind plan?",),
        holds=(
            "A target value and the date it was due, who set it, and where it is written (budget, contract, board "
            "paper). «Better» is not a target."
        ),
    ),
    Question(
        key="G4",
        title="Why the gap",
        purpose="To see whether the cause is one that we can change at all, before anybody hopes that it is.",
        element="N4",
        stages=(GAP_UNDERSTOOD,),
        variants=(
            "What stands between the present figure and the plan?",
            "What have you already tried, and what happened?",
            "How do other people in the company explain it?",
            "Why has it stayed this way until now?",
        ),
        avoid=("Is it because your current system is old?",),
        holds=(
            "Causes in the buyer's words, at least one tried remedy, and whether the cause is something we can change. "
            "If it is not, that is a no for us."
        ),
    ),
    Question(
        key="G5",
        title="Impact of closing the gap",
        purpose="To let them put their own figure on the change, because ours will not be believed upstairs.",
        element="N5",
        stages=(NEED_QUANTIFIED,),
        variants=(
            "What would change, for whom, if the number were where you want it?",
            "How would you put a figure on that change, roughly, per month?",
            "What would you be able to do that you cannot do now?",
            "Help me understand who would notice first, and how.",
        ),
        avoid=("Would it help you to save time?",),
        holds=(
            "A buyer's own figure (or range) with unit and period, the sum of its parts, and how much of it this "
            "purchase alone would bring."
        ),
    ),
    Question(
        key="G6",
        title="Impact of not acting",
        purpose="To hear what waiting costs them; where it costs little, leaving things alone is the right choice.",
        element="N6",
        stages=(NEED_QUANTIFIED,),
        variants=(
            "What happens if you leave this as it is for another year?",
            "What does each further month of the present situation cost, and where does that show up?",
            "How would you explain it upstairs if nothing had changed by then?",
            "What else in the plan falls over if this one does not move?",
        ),
        avoid=("Can you afford to do nothing?",),
        holds=(
            "A consequence with a number, a person who bears it and a date it starts. If the honest answer is «not "
            "much», the need is weak and the deal should be small in our plans."
        ),
    ),
    Question(
        key="G7",
        title="Rewards over the whole ownership",
        purpose="To look at all the years they will live with the choice, not only at the day they pay for it.",
        element="N7",
        stages=(NEED_QUANTIFIED, FIT_CONFIRMED),
        variants=(
            "What span of years do you have in mind when you choose something like this?",
            "What should year two and year three look like compared with the first?",
            "What would have to be true, three years on, for you to call this a good decision?",
            "How does your finance team look at value over several years?",
        ),
        avoid=("Are you looking for a long-term solution?",),
        holds=(
            "A horizon in months, benefits that grow or fade over it, running costs they expect, and the discount rate "
            "or payback rule their finance people use."
        ),
    ),
    Question(
        key="G8",
        title="By when, and why then",
        purpose="To learn their date and what fixes it, so that we serve their calendar and not ours.",
        element="N8",
        stages=(NEED_QUANTIFIED,),
        variants=(
            "What has to be in place, by which day, and what makes it that day?",
            "What happens the week after that date if it is not there?",
            "How did you arrive at that date, and who else is holding you to it?",
            "Talk me through the steps on your side between a decision and the day it works.",
        ),
        avoid=("Can you sign by the end of the quarter?",),
        holds=(
            "A date, the event that fixes it (contract, season, audit, launch), its consequence, and the lead time "
            "between deciding and benefiting. The date is the buyer's, in the buyer's words."
        ),
    ),
)

OWNER = Question(
    key="owner",
    title="Whose need it is",
    purpose="To find the one person who says «mine»; a need that belongs to nobody is decided by nobody.",
    element="N9",
    stages=(FIT_CONFIRMED,),
    variants=(
        "Whose result is this, and what happens to that person if it stays as it is?",
        "How did it come to be yours?",
    ),
    avoid=("Are you the decision maker?",),
    holds="One named person who says «mine», with the power to decide or the burden of the problem.",
)

FEAR = Question(
    key="fear",
    title="What they fear about deciding",
    purpose="To hear what a wrong choice would cost them; pressing on the need does not help against that.",
    element="decision_fear",
    stages=(),
    variants=(
        "What would make you feel safe about this choice?",
        "What could go wrong that worries you, and who would carry it?",
    ),
    avoid=("Is anything holding you back?",),
    holds="A worry in the buyer's words and who would carry it, or their word that there is none.",
    after="Once the need is real.",
    then="Fewer options, a plain recommendation, a smaller first step, a way back.",
)

LIBRARY = (*GAP, OWNER, FEAR)
BY_KEY = {question.key: question for question in LIBRARY}


def of_element(element: str) -> tuple[Question, ...]:
    """The questions whose answers support an element, such as `N6`; none where nothing asks for it."""
    return tuple(question for question in LIBRARY if question.element == element)


def of_stage(stage: str) -> tuple[Question, ...]:
    """The questions that belong in a canonical stage, in the order of asking."""
    return tuple(question for question in LIBRARY if stage in question.stages)
