"""Amounts that a bracket lists by arm: "(alpha, 41.9 mmol/day; beta, 4.1 mmol/day)"."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.amounts import DOSES, LOOK_BACK, TIMES, UNIT_WORD, Amount, statistic_of, unit_of
from extractor.quantities import SIGNED, decimal
from ontology import regex as re

LIST = re.compile(r"[(\[][^()\[\]]*\d[^()\[\]]*;[^()\[\]]*\d[^()\[\]]*[)\]]")
ITEM = re.compile(
    rf"(?:[(\[]|; ?(?:and )?)(?P<label>[A-Za-z][^();:\d]{{1,40}}?)(?: groups?| arms?)?[,:] (?P<value>{SIGNED}) ?(?P<unit>{UNIT_WORD})(?=[;,)\]])"
)
# What a bracket says of one value.
OF_ONE_VALUE = re.compile(
    r"\b(?:range|IQR|SD|SEM?|CI|mean|median|interquartile|difference|HR|OR|RR|ratio)\b", re.IGNORECASE
)


def listed_amounts(text: str) -> Iterator[Amount]:
    """The values of each list whose items all have one unit."""
    for bracket in LIST.finditer(text) if ";" in text else ():
        items = list(ITEM.finditer(text, bracket.start(), bracket.end()))
        units = {unit_of(item["unit"]) for item in items if not OF_ONE_VALUE.search(item["label"])}
        if len(items) < 2 or len(units) != 1 or units & {None, *DOSES, *TIMES}:
            continue
        statistic = statistic_of(text[max(0, bracket.start() - LOOK_BACK) : bracket.start()])
        for item in items:
            value, unit = decimal(item["value"]), unit_of(item["unit"])
            yield Amount(statistic, item.start("value"), item.end("unit"), value, unit)
