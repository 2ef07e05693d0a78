"""Values that stand in blocks, one block an arm: "58% and 31% with alpha and 45% and 20% with beta"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractor.arm_book import ArmMention
from extractor.language import TermMatch
from extractor.spreads import Measure
from ontology import regex as re

PAIRED = re.compile(r"^(?: ?[a-z]+)?(?:,|,? and|/) $")
REACH = 60
# "the 1- and 2-year rates were", "OS and PFS were": what the values of a block are, one each.
JOINED = re.compile(r",|\band\b|/")
# "ORR was 45% and DCR 80% with alpha; with beta these were 30% and 62%"
ECHO = re.compile(
    r"\b(?:these|those|the (?:corresponding|respective) (?:values|figures|rates|numbers|percentages|proportions|results))(?: (?:rates|values|figures))?(?: (?:in|for|with|among|of) [^.;:()\d]{3,40}?)? were ",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\b(?:overall|in total|all patients|altogether|entire|whole)\b", re.IGNORECASE)
OPPOSED = re.compile(r";|\b(?:while|whereas|versus|vs?|compared|than|but)\b", re.IGNORECASE)
CLOSES = re.compile(r"^[^.;:\d%]{0,40}?\b(?:in|with|for|of|among|on|receiving) (?:the |patients )*$", re.IGNORECASE)


def blocks(found: Sequence[Measure], mentions: Sequence[ArmMention], text: str) -> dict[tuple[int, ...], str]:
    """The arm of each run of values, where as many runs of one length as arms have an arm's name behind or before each."""
    runs = list(_runs(found, text))
    if len(runs) < 2 or len({len(run) for run in runs}) > 1:
        return {}
    for labels in (_behind(runs, found, mentions, text), _before(runs, found, mentions)):
        if None not in labels and len(set(labels)) == len(runs):
            return {tuple(run): label for run, label in zip(runs, labels, strict=True) if label}
    return {}


def _runs(found: Sequence[Measure], text: str) -> Iterator[list[int]]:
    """Runs of two values or more with nothing but "and" between them; any value alone is none and ends the search."""
    run: list[int] = []
    for place, measure in enumerate(found):
        last = found[run[-1]] if run else None
        if last and last.unit in (measure.unit, None) and PAIRED.match(text[max(last.end, last.reach) : measure.start]):
            run.append(place)
            continue
        if len(run) > 1:
            yield run
        run = [place]
    if len(run) > 1:
        yield run


def _behind(
    runs: Sequence[Sequence[int]], found: Sequence[Measure], mentions: Sequence[ArmMention], text: str
) -> list[str | None]:
    """The only arm named between each run and the next."""
    stops = [found[run[0]].start for run in runs[1:]] + [len(text)]
    ends = [found[run[-1]].end for run in runs]
    return [_only_arm(mentions, end, min(stop, end + REACH)) for end, stop in zip(ends, stops, strict=True)]


def _before(
    runs: Sequence[Sequence[int]], found: Sequence[Measure], mentions: Sequence[ArmMention]
) -> list[str | None]:
    """The only arm named between each run and the one before."""
    starts = [found[run[0]].start for run in runs]
    ends = [0] + [found[run[-1]].end for run in runs[:-1]]
    return [_only_arm(mentions, max(end, start - REACH), start) for end, start in zip(ends, starts, strict=True)]


def _only_arm(mentions: Sequence[ArmMention], start: int, end: int) -> str | None:
    labels = {mention.label for mention in mentions if start <= mention.start < end}
    return labels.pop() if len(labels) == 1 else None


def outcomes_of(
    in_blocks: Mapping[tuple[int, ...], str], found: Sequence[Measure], known: Sequence[TermMatch], text: str
) -> dict[int, TermMatch]:
    """The outcome of each value of the blocks, where as many are named together before them."""
    if not in_blocks:
        return {}
    runs = list(in_blocks)
    first = [match for match in known if match.end <= found[runs[0][0]].start][-len(runs[0]) :]
    gaps = [text[one.end : other.start] for one, other in pairwise(first)]
    if len(first) != len(runs[0]) or not all(len(gap) < 40 and JOINED.search(gap) for gap in gaps):
        return {}
    return {place: match for run in runs for place, match in zip(run, first, strict=True)}


def closing_arm(found: Sequence[Measure], mentions: Sequence[ArmMention], text: str) -> str | None:
    """The only arm of a sentence, named behind the last of its values: "CR in 2 (6%) and PR in 8 (20%) in alpha"."""
    labels = {mention.label for mention in mentions}
    if len(found) < 3 or len(labels) != 1 or WHOLE.search(text) or OPPOSED.search(text):
        return None
    end = max(found[-1].end, found[-1].reach)
    return mentions[0].label if CLOSES.match(text[end : mentions[0].start]) and mentions[0].start >= end else None


def echoed(found: Sequence[Measure], text: str) -> tuple[int, int]:
    """How many values stand before words that tell them again for another arm, and where those words end."""
    match = ECHO.search(text)
    return (sum(measure.end <= match.start() for measure in found), match.end()) if match else (len(found), len(text))
