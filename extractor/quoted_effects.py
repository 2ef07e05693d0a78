"""Effects that a paper quotes from other studies: "lowered LDL cholesterol by 32%", "a 50% reduction in mortality"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.cues import Cued
from extractor.quantities import NUMBER, decimal
from extractor.quoted_outcomes import Outcome
from extractor.spreads import Measure
from extractor.units import unit_code
from ontology import regex as re

CHANGE = r"(?:reduc|decreas|lower|declin|increas|improv|prolong|elevat|rais|shorten|extend|dropp|fell|rose)"
UNIT_WORD = r"(?:%|(?:months?|weeks?|days?|hours?|mm ?Hg|[a-zA-Zμ]{1,5}(?:/[a-zA-Z]{1,4})?)(?![\w/]))"
HOW_MUCH = r"(?:about|approximately|an average of|a mean of|a median of|an additional)"
KIND = r"(?:relative|absolute|mean|median|risk|significant|further|additional|overall|statistically|highly)"
# "lowered blood pressure by 22/15 mm Hg", "reduced LDL cholesterol by 15%".
BY = Cued(
    rf"\b{CHANGE}\w*\b[^.;:]{{0,80}}? by (?:{HOW_MUCH} )*(?P<value>{NUMBER})(?:(?: ?/ ?| ?%? and )(?P<pair>{NUMBER}))? ?(?P<unit>{UNIT_WORD})",
    re.IGNORECASE,
)
# "a 50% reduction in postpartum haemorrhage", "7% lower mortality".
NOUN = Cued(
    rf"(?<![\d.,/±-])(?<![\d%] to )(?P<value>{NUMBER})(?: ?/ ?(?P<pair>{NUMBER}))?[ -]?(?P<unit>{UNIT_WORD}) (?:{KIND} )*(?:reductions?|decreases?|increases?|improvements?|declines?|falls?|rises?|lower|higher|greater)\b",
    re.IGNORECASE,
)
# "a reduction in HbA1c of 0.9% and 1.1%"
NOUN_OF = Cued(
    rf"\b(?:reductions?|decreases?|increases?|improvements?|declines?|falls?|rises?) (?:in|of) (?:[\w-]+ ){{1,6}}?of (?:{HOW_MUCH} )*(?P<value>{NUMBER})(?: ?%? and (?P<pair>{NUMBER}))? ?(?P<unit>{UNIT_WORD})",
    re.IGNORECASE,
)
BOUNDED = re.compile(r"(?:[<>≤≥~]|\b(?:up to|at least|more than|less than|over|under|to|or|and|between))\s?$")
PRESSURE = "mm[Hg]"
# Between a change and what changed.
LEAD = re.compile(
    r"(?: ?(?:in|of|for|from) )?(?:the |an? )?(?:(?:relative |absolute |annual )*(?:risks?|rates?|incidence|odds|likelihood|number|frequency|proportion|occurrence) (?:of|for) (?:the |an? )?)?(?:[\w-]+ ){0,2}?",
    re.IGNORECASE,
)
NEAR = 30
# "A 1% reduction in HbA1c is known to lower the risk ...": what changes something else is no result.
CAUSE = re.compile(
    r"[^.;,]{0,60}? (?:would|could|can|will|(?:is|was|are|were|has been|have been) (?:known|shown|associated|linked|related|considered)|translat\w+|leads?|led|results?|correlat\w+|correspond\w+) (?:to|in|with|into|reduce|provide|lower)\b",
    re.IGNORECASE,
)
# "lowered the index by 75% (PASI 75)" defines an endpoint; "from 15% to 23%" is a range.
DEFINED = re.compile(r" ?[(\[][A-Z][A-Za-z-]* ?\d+[)\]]")
SPAN = re.compile(r" ?(?:-|to|or) ?\d| or (?:more|greater|higher|less|over|above)\b")
SYSTOLIC, DIASTOLIC = "systolic blood pressure", "diastolic blood pressure"
PAIR_AFTER, PAIR_BEFORE = re.compile(r" ?/ ?\d"), re.compile(r"\d ?/ ?$")


@dataclass(frozen=True, slots=True)
class Effect:
    """A change, and the stretch of text in which the changed endpoint must begin."""

    measure: Measure
    start: int
    stop: int

    def outcome(self, outcomes: Sequence[Outcome]) -> Outcome | None:
        """The last of the endpoints in its stretch."""
        return next((item for item in reversed(outcomes) if self.start <= item.start < self.stop), None)


def with_effects(found: Sequence[Measure], effects: Sequence[Effect]) -> list[Measure]:
    """Measures with those that tell a change in place of what the same numbers were read as, in their order."""
    told = [effect.measure for effect in effects]
    kept = [m for m in found if all(m.end <= change.start or change.end <= m.start for change in told)]
    return sorted([*kept, *told], key=lambda measure: measure.start)


def effects_in(text: str) -> Iterator[Effect]:
    """The changes that a sentence tells; of a pair of pressures each is one."""
    for match in (*BY.finditer(text), *NOUN_OF.finditer(text)):
        yield from _effects(match, match.start(), match.start("value"), text)
    for match in NOUN.finditer(text):
        lead = LEAD.match(text, match.end())
        if lead and not CAUSE.match(text, lead.end()):
            yield from _effects(match, match.end(), lead.end() + NEAR, text)


def _effects(match: re.Match[str], start: int, stop: int, text: str) -> Iterator[Effect]:
    unit = unit_code(match["unit"])
    if unit is None or (match["pair"] and unit not in (PRESSURE, "%")) or BOUNDED.search(text[: match.start("value")]):
        return
    if DEFINED.match(text, match.end()) or SPAN.match(text, match.end()):
        return
    for name in ("value", "pair"):
        if match[name]:
            change = Measure("difference", *match.span(name), decimal(match[name]), unit, reach=match.end("unit"))
            yield Effect(change, start, stop)


def endpoint_of(name: str, measure: Measure, text: str) -> str:
    """The pressure that one of "22/15 mm Hg" is of."""
    if name != "blood pressure":
        return name
    return (
        SYSTOLIC
        if PAIR_AFTER.match(text, measure.end)
        else DIASTOLIC
        if PAIR_BEFORE.search(text[: measure.start])
        else name
    )
