"""Numbers of patients or events in running text, without a percentage: "7 of the 13 patients", "4 complete responses"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractor.language import TermMatch
from extractor.measures import NUMBERED, WHO
from extractor.quantities import ANY_COUNT, PEOPLE, count
from extractor.spreads import Measure
from ontology import regex as re

FRACTION = re.compile(
    rf"(?<![\d.,/-])(?P<count>{ANY_COUNT})(?: ?/ ?| (?:out )?of (?:the |these |all )?)(?P<total>{ANY_COUNT})(?![\d.%/]| ?%| ?mg){WHO}",
    re.IGNORECASE,
)
# What is counted names its outcome itself.
NAMED_ENDS = (
    "deaths", "events", "recurrences", "relapses", "exacerbations", "hospitalizations", "hospitalisations", "readmissions", "pregnancies",
    "births", "miscarriages", "strokes", "infarctions", "fractures", "reoperations", "re-operations",
)  # fmt: skip
NAMED = "|".join(NAMED_ENDS)
COUNT = re.compile(
    rf"(?<![\d.,/±<>≥≤-])(?<!grade )(?<!table )(?<!fig )(?<!\) of )(?P<count>{ANY_COUNT}|\bno(?= patients?\b))(?: (?P<who>{PEOPLE}|(?:(?!and\b|or\b|of\b|in\b)[a-z-]+ ){{0,3}}(?:{NAMED}))\b| (?=(?:confirmed |disease |overall |progression-?free |disease-?free )*(?!(?:and|or|vs|of|in|to|with|for|on|at|by|from)\b)[A-Z]{{2,4}}s?\b|(?:complete|partial|objective|stable|progressive|pathologic\w*|clinical) [a-z]))",
    re.IGNORECASE,
)
# What the number of patients had: "7 patients (in the group) achieved PR".
HAD = re.compile(
    r"^(?: in [^,;.()]{3,60}?)? ?(?:who )?(?:had |have |achieved |experienced |showed |obtained |attained |reached |developed |with |relapsed|died|were in |a |an |as |evaluated as |confirmed |the |had a )+(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
OCCURRED = re.compile(
    r"^s? (?:also )?(?:occurred|developed|was (?:also )?(?:observed|seen|noted|achieved|detected|confirmed|obtained|found|recorded|reported)|were (?:observed|seen|noted|achieved|detected|confirmed|obtained|found|recorded|reported))(?: in| by| for)? (?:only |a total of )?$",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^(?: (?:in|of|with|for|on|receiving|from) [^,;.()\d]{2,45}?| \([^()]{1,40}\))*,? (?:and|vs?\.?|versus|compared (?:with|to)) (?:in |for |only )?$",
    re.IGNORECASE,
)
PAIRED = re.compile(rf"(?<![\d.,/±<>≥≤-])(?P<count>{ANY_COUNT}) (?:and|vs?\.?|versus) $", re.IGNORECASE)
# "158 patients in the one group (4.7%) and in 156 in the other": a number of patients without the word.
AND_IN = re.compile(
    rf" (?:in|from|on|receiving|given) [^,;.()]{{2,60}}?(?: \([^()]{{1,60}}\))?,? (?:and|versus|vs\.?|(?:as )?compared with) (?:in )?(?P<count>{ANY_COUNT}) (?=(?:in|from|on|receiving|given|of those) )",
    re.IGNORECASE,
)
NEAR = 70
ROUNDING = Decimal("0.6")
MERGE = 110


def with_counts(text: str, found: list[Measure], known: list[TermMatch]) -> list[Measure]:
    """The measures of a sentence and its counts; a fraction and the percentage that it makes become one."""
    if not known:
        return found
    merged = list(found)
    for fraction in _free(FRACTION, text, merged):
        rate = next((m for m in merged if _makes(fraction, m, text)), None)
        if rate:
            merged[merged.index(rate)] = _joined(fraction, rate)
        elif _is_bound(fraction, known, text):
            merged.append(fraction)
    merged = [_with_number(rate, list(_free(COUNT, text, merged)), known, text) for rate in merged]
    counts = list(_free(COUNT, text, merged))
    more = (*_paired(text, counts), *_bare(text, counts))
    counts = sorted((*counts, *more), key=lambda measure: measure.start)
    merged.extend(c for c in counts if _is_bound(c, known, text))
    for one in counts:
        if one not in merged and any(_is_joined(other, one, known, text) for other in merged):
            merged.append(one)
    merged += [c for c in counts if c.count == 0 and c not in merged and _leads(c, merged, known, text)]
    return sorted(merged, key=lambda measure: measure.start)


def _leads(zero: Measure, merged: list[Measure], known: list[TermMatch], text: str) -> bool:
    """Whether "no patient" stands before a number that goes on from it: "no patient with A and 3 with B had a CR"."""
    following = min((m for m in merged if m.start >= zero.end), key=lambda m: m.start, default=None)
    return following is not None and _is_joined(zero, following, known, text)


def _with_number(rate: Measure, counts: list[Measure], known: list[TermMatch], text: str) -> Measure:
    """A percentage in a bracket behind an outcome with the number that counts it: "6 complete responses (9.7%)"."""
    if rate.statistic != "rate" or rate.count is not None:
        return rate
    outcome = next((m for m in known if text[m.end : rate.start] in (" (", " [")), None)
    number = next((n for n in counts if outcome and not text[n.end : outcome.start].strip()), None)
    return replace(rate, start=number.start, count=number.count) if number else rate


def _paired(text: str, counts: list[Measure]) -> Iterator[Measure]:
    """The first of two counts that are told "respectively": "in 6 and 4 patients"."""
    for one in counts if "respectively" in text else ():
        match = PAIRED.search(text, max(0, one.start - 30), one.start)
        number = count(match["count"]) if match and one.total is None else None
        if match and number is not None and not NUMBERED.search(text, 0, match.start()):
            start, end = match.span("count")
            yield replace(one, start=start, end=end, value=Decimal(number), count=number, reach=end)


def _bare(text: str, counts: list[Measure]) -> Iterator[Measure]:
    """The number of the other arm that stands without the word for patients."""
    for one in counts:
        match = AND_IN.match(text, one.end)
        number = count(match["count"]) if match and one.total is None else None
        if match and number is not None and all(other.start != match.start("count") for other in counts):
            start, end = match.span("count")
            yield replace(one, start=start, end=end, value=Decimal(number), count=number, reach=end)


def _is_joined(before: Measure, number: Measure, known: list[TermMatch], text: str) -> bool:
    """Whether a count goes on with the outcome of the count before it: "in 6 patients with A and 9 patients with B"."""
    if before.statistic != "count" or not 0 <= number.start - before.end <= NEAR:
        return False
    if any(before.end <= match.start < number.start for match in known):
        return False
    return bool(GOES_ON.match(text[before.end : number.start]))


def _free(form: re.Pattern[str], text: str, taken: list[Measure]) -> Iterator[Measure]:
    for match in form.finditer(text):
        if any(match.start() < max(m.reach, m.end) and m.start < match.end() for m in taken):
            continue
        if NUMBERED.search(text[: match.start()]):
            continue
        groups = match.groupdict()
        printed = match["count"].lower()
        number, total = (0 if printed == "no" else count(printed)), count(groups.get("total"))
        if number is None or (total is not None and number > total):
            continue
        # "4 deaths" names its outcome itself
        named = (groups.get("who") or "").endswith(NAMED_ENDS)
        end = match.end("count") if named else match.end()
        yield Measure("count", match.start(), end, value=Decimal(number), count=number, total=total, reach=end)


def _makes(fraction: Measure, rate: Measure, text: str) -> bool:
    """Whether a percentage after a fraction is that fraction: "23 of 28 had a response (82.1%)"."""
    gap = text[fraction.end : rate.start]
    if rate.unit != "%" or rate.count is not None or rate.value is None or not fraction.total or fraction.count is None:
        return False
    near = 0 <= rate.start - fraction.end <= MERGE and ";" not in gap and not any(c.isdigit() for c in gap)
    return near and abs(Decimal(100 * fraction.count) / fraction.total - rate.value) < ROUNDING


def _joined(fraction: Measure, rate: Measure) -> Measure:
    return replace(rate, start=fraction.start, end=fraction.end, count=fraction.count, total=fraction.total)


def _is_bound(number: Measure, known: list[TermMatch], text: str) -> bool:
    """Whether an outcome is tied to a count by a verb or stands right behind it."""
    for match in known:
        after, before = text[number.end : match.start], text[match.end : number.start]
        if match.start >= number.end and (not after.strip() or HAD.match(after)):
            return True
        if match.end <= number.start and OCCURRED.match(before):
            return True
    return False
