"""Values that move in time: "fell from 152 ± 11 to 134 ± 10 mm Hg" tells one before treatment and one after it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.arm_book import ArmMention
from extractor.spreads import Measure
from ontology import regex as re

MEAN = r"(?:(?:an? )?(?:mean|median|average|baseline|initial|pre-?treatment)(?: (?:value|level|score|of|value of|score of|level of))* )?"
FROM = re.compile(rf"(?<!ranged )(?<!ranging )(?<!range )(?<!varied )(?<!varying )\bfrom {MEAN}$", re.IGNORECASE)
# "from 8.2% (66 mmol/mol) to": the same value in another unit.
ASIDE = re.compile(r" ?[(\[]")
TO = re.compile(rf"^[^.;,]{{0,60}}?\bto {MEAN}$", re.IGNORECASE)


def befores(text: str, found: Sequence[Measure], mentions: Sequence[ArmMention]) -> list[Measure]:
    """The values that others moved from: no result of the arm, nor of another one.

    "From 12 months with alpha to 15 with beta" sets arms against each other.
    """
    moved = []
    for place, one in enumerate(found[:-1]):
        if not FROM.search(text, max(0, one.start - 60), one.start):
            continue
        aside = [each for each in found[place + 1 : place + 2] if ASIDE.fullmatch(text, one.end, each.start)]
        rest = found[place + 1 + len(aside) :]
        if not rest or one.statistic != rest[0].statistic:
            continue
        named = any(one.end <= mention.start and mention.end <= rest[0].start for mention in mentions)
        end = aside[0].end + 1 if aside else max(one.end, one.reach)
        if not named and TO.match(text[end : rest[0].start]):
            moved += [one, *aside]
    return moved
