"""Outcomes with a limit that patients reached: "achieved HbA1c below 7%" is another outcome than HbA1c."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.language import TermMatch
from extractor.quantities import NUMBER
from ontology import regex as re

SIGNS = {
    "<": ("<", "below", "under", "less than", "lower than"),
    ">": (">", "above", "over", "more than", "greater than", "higher than", "exceeding"),
    "≥": ("≥", "at least"),
    "≤": ("≤", "at most", "no more than"),
}
SIGN_OF = {word: sign for sign, words in SIGNS.items() for word in words}
LIMIT = re.compile(
    rf"(?: (?:levels?|values?|concentrations?|scores?|targets?))?(?: (?:of|was|were))? ?(?P<sign>{'|'.join(map(re.escape, sorted(SIGN_OF, key=len, reverse=True)))}) ?(?P<value>{NUMBER})"
    r"(?: ?(?P<unit>%|mm ?Hg|[mμ]?g/d?L|m?mol/L|[nμ]?g/mL|m?L\b|points))?(?! ?%|[\d.]|/)",
    re.IGNORECASE,
)
REACHED = re.compile(
    r"\b(?:achiev\w+|reach\w+|attain\w+|maintain\w+|with|had|having) (?:an? |the |target )*$|\b(?:drop|fall|rise|increase|decrease|reduction|gain) (?:in|of) (?:the )?$",
    re.IGNORECASE,
)
SYMBOLS = frozenset("<>≤≥")
LOOK_BACK = 30


def with_limits(text: str, known: Sequence[TermMatch]) -> list[TermMatch]:
    """The outcomes, one whose limit patients reached with the limit in its name."""
    return [_limited(text, match) for match in known]


def _limited(text: str, match: TermMatch) -> TermMatch:
    limit = LIMIT.match(text, match.end)
    if limit is None:
        return match
    if limit["sign"] not in SYMBOLS and not REACHED.search(text, max(0, match.start - LOOK_BACK), match.start):
        return match
    unit = limit["unit"] or ""
    printed = f"{SIGN_OF[limit['sign'].lower()]}{limit['value']}{unit if unit in ('', '%') else f' {unit}'}"
    term = replace(match.term, name=f"{match.term.name} {printed}", attributes={"kind": "rate"})
    return TermMatch(term, match.start, limit.end())
