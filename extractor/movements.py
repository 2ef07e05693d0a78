"""Values that move in time: "fell from 152 ± 11 to 134 ± 10 mm Hg" tells one before treatment and one after it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.arm_book import ArmMention
from extractor.spreads import Measure
from ontology import regex as re

MEAN = r"(?:(?:an? )?(?:mean|median|average|baseline|initial|pre-?treatment)(?: (?:value|level|score|of|value of|score of|level of))* )?"
FROM = re.compile(rf"(?<!ranged )(?<!ranging )(?<!range )(?<!varied )(?<!varying )\bfrom {MEAN}$", re.IGNORECASE)
TO = re.compile(rf"^[^.;,]{{0,60}}?\bto {MEAN}$", re.IGNORECASE)


def befores(text: str, found: Sequence[Measure], mentions: Sequence[ArmMention]) -> list[Measure]:
    """The values that others moved from: no result of the arm, nor of another one.

    "From 12 months with alpha to 15 with beta" sets arms against each other.
    """
    moved = []
    for one, other in pairwise(found):
        if one.statistic != other.statistic or not FROM.search(text, max(0, one.start - 60), one.start):
            continue
        named = any(one.end <= mention.start and mention.end <= other.start for mention in mentions)
        if not named and TO.match(text[max(one.end, one.reach) : other.start]):
            moved.append(one)
    return moved
