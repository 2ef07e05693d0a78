"""Whose number it is: the arm, comparison, population and time point of each measure, and own or cited.

Written once and used for results, events and prior evidence alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.arms import ArmBook, ArmMention
from extractor.endpoints import TIMEPOINT, read_timepoint
from extractor.measures import Measure
from extractor.reading import Sentence

OWN_KINDS = frozenset({"abstract", "results"})
OTHERS_WORK = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|other|another|published|historical|literature|meta-analys[ie]s|et al|reported (?:by|in)|in (?:a|the) (?:phase|study|trial) (?:by|of)|pooled analys[ie]s)\b",
    re.IGNORECASE,
)
HYPOTHESIS = re.compile(
    r"\b(?:null hypothesis|assum\w+|hypothesi[sz]\w+|expected|anticipated|to detect|power)\b", re.IGNORECASE
)
JOIN = re.compile(
    r"^(?:\W|\b(?:vs|versus|and|compared|with|to|or|against|than|in|the|months?|weeks?|years?|days?|respectively|for|of|patients)\b)*$",
    re.IGNORECASE,
)
VERSUS = re.compile(r"\b(?:vs|versus|compared (?:with|to)|against)\b", re.IGNORECASE)
# Groups of patients that are no arms: "patients with high expression", "those who had surgery".
AMONG = re.compile(
    r"\b(?:patients|those|women|men|subjects|participants|tumou?rs) (?:with|without|who|whose|aged)\b|\b(?:high|low|positive|negative)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\b(?:groups|arms|treatments?)\b", re.IGNORECASE)
AFTER_REACH = 60
BEFORE_REACH = 130
POPULATIONS = (
    ("intention-to-treat", re.compile(r"\b(?:intent(?:ion)?[- ]to[- ]treat|ITT)\b")),
    ("per protocol", re.compile(r"\b(?:per[- ]protocol|PP) (?:population|analysis|set|patients)\b")),
    ("safety", re.compile(r"\bsafety (?:population|set|analysis)\b")),
)
TIMED_ENDPOINT = re.compile(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six|ten)[- ](?P<unit>week|month|year|day)s?[- ](?=[A-Za-z])",
    re.IGNORECASE,
)
WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}
UNIT = {"week": "wk", "month": "mo", "day": "d", "year": "a"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a measure belongs to; both None for the whole trial."""

    arm: str | None = None
    comparator: str | None = None
    sure: bool = True


def is_own(sentence: Sentence) -> bool:
    """Whether a sentence reports the paper's own results."""
    return sentence.kind in OWN_KINDS and not sentence.cited and not HYPOTHESIS.search(sentence.text)


def owners(found: Sequence[Measure], book: ArmBook, text: str) -> list[Owner]:
    """The owner of each measure of a sentence."""
    if len(book.arms) == 1:
        return [Owner(book.arms[0].label) for _ in found]
    mentions = list(book.find(text))
    result: dict[int, Owner] = {}
    for group in parallel(found, text):
        pair = _opposed([found[i] for i in group], mentions, book, text)
        if pair:
            result.update(zip(group, pair, strict=True))
        elif not mentions:
            result.update((i, _unnamed(found[i], found, book, text)) for i in group)
    for group in parallel(found, text):
        if group[0] in result:
            continue
        result.update(zip(group, _group_owners([found[i] for i in group], mentions, found, text, book), strict=True))
    return [result[place] for place in range(len(found))]


def _opposed(group: list[Measure], mentions: list[ArmMention], book: ArmBook, text: str) -> list[Owner] | None:
    """Two values with "vs" between them in a trial of two arms: in the order the arms are named, experimental first."""
    pair = comparison(book)
    if pair is None or len(group) != 2 or not VERSUS.search(text[group[0].end : group[1].start]):
        return None
    named = list(dict.fromkeys(m.label for m in mentions if m.start < group[0].start))
    inside = [m.label for m in mentions if group[0].end <= m.start < group[1].start or m.start >= group[1].end]
    if not named and len(inside) == 2 and "respectively" in text:
        named = inside
    first = named[0] if named else pair[0]
    return [Owner(first), Owner(pair[1] if first == pair[0] else pair[0])]


def _unnamed(measure: Measure, found: Sequence[Measure], book: ArmBook, text: str) -> Owner:
    """No arm in the sentence: a ratio compares the two arms of the trial; the rest is the whole trial's."""
    if measure.statistic in ("hazard_ratio", "odds_ratio", "risk_ratio", "difference"):
        pair = comparison(book)
        return Owner(*pair) if pair and BETWEEN.search(text) and not AMONG.search(text) else Owner(sure=False)
    return Owner(sure=len(found) == 1 and not VERSUS.search(text))


def comparison(book: ArmBook) -> tuple[str, str] | None:
    """The two arms of a two-arm trial, experimental first."""
    if len(book.arms) != 2:
        return None
    first, second = book.arms
    return (
        (second.label, first.label)
        if first.role == "comparator" and second.role != "comparator"
        else (first.label, second.label)
    )


def parallel(found: Sequence[Measure], text: str) -> list[list[int]]:
    """Runs of like measures joined by "vs", "and" or commas: printed in parallel for several arms."""
    groups: list[list[int]] = []
    for place, measure in enumerate(found):
        if groups:
            last = found[groups[-1][-1]]
            between = text[last.reach or last.end : measure.start]
            closed = last.p_value is not None
            if last.statistic == measure.statistic and not closed and len(between) < 40 and JOIN.match(between):
                groups[-1].append(place)
                continue
        groups.append([place])
    return groups


def _group_owners(
    group: list[Measure], mentions: list[ArmMention], found: Sequence[Measure], text: str, book: ArmBook
) -> list[Owner]:
    if group[0].statistic in ("hazard_ratio", "odds_ratio", "risk_ratio", "difference"):
        return [_compared(mentions, book) for _ in group]
    near = [_near(measure, mentions, found, text) for measure in group]
    if len(group) > 1:
        ordered = _in_order(group, mentions, text)
        if ordered and (None in near or len(set(near)) < len(group) or "respectively" in text):
            return [Owner(label) for label in ordered]
    return [Owner(label) if label else Owner(sure=False) for label in near]


def _compared(mentions: list[ArmMention], book: ArmBook) -> Owner:
    pair = comparison(book)
    labels = list(dict.fromkeys(mention.label for mention in mentions))
    if pair:
        return Owner(*pair)
    return Owner(labels[0], labels[1]) if len(labels) == 2 else Owner(sure=False)


def _in_order(group: list[Measure], mentions: list[ArmMention], text: str) -> list[str] | None:
    """Labels for parallel measures: the run of as many distinct arms nearest after the group, else before it."""
    after = list(dict.fromkeys(m.label for m in mentions if m.start >= group[-1].end))
    inside = list(dict.fromkeys(m.label for m in mentions if group[0].start <= m.start < group[-1].end))
    before = [m.label for m in mentions if m.end <= group[0].start]
    if inside:
        return None
    last = list(dict.fromkeys(reversed(before)))[: len(group)][::-1]
    if len(last) == len(group) and not (
        len(after) == len(group) and "respectively" in text[group[-1].end :] and len(set(before)) < len(group)
    ):
        return last
    return after[: len(group)] if len(after) >= len(group) else None


def _near(measure: Measure, mentions: list[ArmMention], found: Sequence[Measure], text: str) -> str | None:
    """The arm right after a measure ("12% in the control group"), else the last one before it."""
    others = [other.start for other in found if other.start > measure.start]
    stop = min([len(text), *others])
    following = [m for m in mentions if measure.end <= m.start < min(stop, measure.end + AFTER_REACH)]
    if following and re.match(
        r"^[^,;]*?\b(?:in|with|for|on|of|among|receiving|from|treated|the)\b[^;]{0,40}$",
        text[measure.end : following[0].start],
    ):
        return following[0].label
    preceding = [m for m in mentions if m.end <= measure.start and measure.start - m.end < BEFORE_REACH]
    if preceding:
        return preceding[-1].label
    return following[0].label if following else None


def population(text: str) -> str | None:
    """The analysis population that a sentence names."""
    return next((name for name, form in POPULATIONS if form.search(text)), None)


def timepoint(text: str, start: int, end: int) -> str | None:
    """The time point of a measure: "6-month PFS", "at week 24"; the nearest in its clause."""
    before = list(TIMED_ENDPOINT.finditer(text, max(0, start - 80), start))
    if before:
        match = before[-1]
        return f"{WORDS.get(match['n'].lower(), match['n'])} {UNIT[match['unit'].lower()]}"
    near = list(TIMEPOINT.finditer(text, max(0, start - 170), end + 50))
    earlier = [match for match in near if match.start() < start]
    if earlier:
        return read_timepoint(earlier[-1])
    return read_timepoint(near[0]) if near else None
