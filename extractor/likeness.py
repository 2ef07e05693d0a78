"""How like two names are: the words that they share, inflection and small words aside."""

from __future__ import annotations

from ontology import regex as re
from ontology.glyphs import fold

WORD = re.compile(r"[a-z]+(?:\+(?![a-z0-9]))?|\d+(?:\.\d+)?")
STOP = frozenset(
    "the a an of in on to for with and or at by from per is are was were be as than that which who their its this rate rates score scores "
    "mean median total number patients group arm treatment therapy between after before change percentage overall participants subjects until "
    "alone only combination combined plus level levels value values endpoint follow up".split()
)
# "TNF-α" is asked for as TNF-alpha.
GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"})
# "at 12 weeks", "0-3 months": when, not what.
SPAN = re.compile(
    r"\b(?:\d+(?:\.\d+)?\s?-\s?)?\d+(?:\.\d+)?[ -]?(?:minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|wk|months?|mo|years?|yrs?)\b"
    r"|\b(?:day|week|month|year|hour)s? \d+\b",
    re.IGNORECASE,
)


# "Digestive (e.g., nausea, constipation)": what is counted under a name is not the name.
EXAMPLES = re.compile(r"\((?:e\.? ?g\.?|such as|including|i\.? ?e\.?)\b[^()]*\)", re.IGNORECASE)


def words(text: str) -> frozenset[str]:
    """The telling words of a name, in lower case, cut to what inflection leaves."""
    return frozenset(stem(word) for word in WORD.findall(fold(text).lower().translate(GREEK)) if word not in STOP)


def telling(text: str) -> frozenset[str]:
    """The words of a name without those that say when."""
    return words(SPAN.sub(" ", EXAMPLES.sub(" ", fold(text))))


def stem(word: str) -> str:
    """A word without its ending: two words of one stem are the same."""
    return word[:6] if len(word) > 6 else word.removesuffix("s")


def similarity(wanted: frozenset[str], offered: frozenset[str]) -> float:
    """0 to 1: most weight on the share of what is asked for that is offered."""
    if not wanted or not offered:
        return 0.0
    common = len(wanted & offered)
    return 0.7 * common / len(wanted) + 0.3 * common / len(offered)
