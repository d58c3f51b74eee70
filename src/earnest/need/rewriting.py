"""Open ways to ask what a few well-known closed questions ask (L3.11)."""

import re

_TOLD = re.compile(
    r"(?P<has>has|have) (?P<who>[^,?]{1,60}?) (?P<been>been )?(?:told|shown|brought|filled|briefed|updated)\b"
    r"(?P<rest>[^?]{0,200})",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\babout (?P<what>[^?]{1,120})", re.IGNORECASE)
_FIXED = (
    (re.compile(r"\bdo(?:es)? (?:you|your \w+|they) have (?:a |the |any )?budget\b", re.IGNORECASE),
     "How would this be paid for, and who decides that?"),
    (re.compile(r"\bis (?:this|it|that) a (?:\w+ )?priority\b", re.IGNORECASE),
     "Where does this stand among what else you must do, and why there?"),
    (re.compile(r"\b(?:did|was|is|does) (?:the |our )?price\b", re.IGNORECASE), "What part did price play?"),
    (re.compile(r"\bwould you (?:like|be interested)\b", re.IGNORECASE), "What would you want to see, and why?"),
    (re.compile(r"\bare you (?:\w+ )?happy with\b", re.IGNORECASE), "How is it working out for you?"),
)  # fmt: skip


def rewrite(sentence: str) -> str:
    """The sentence asked openly; empty where no open form of it is known."""
    asked = sentence.replace("’", "'")
    if told := _TOLD.match(asked):
        about = _ABOUT.search(told["rest"])
        topic = about["what"].strip() if about else "…"
        return f"What {told['has'].lower()} {told['who']} {'been told' if told['been'] else 'told you'} about {topic}?"
    return next((opened for closed, opened in _FIXED if closed.search(asked)), "")
