"""Measures in running text: rates with counts, medians, means, ratios, differences, with intervals and p-values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor.amounts import (
    LOOK_BACK,
    MEAN,
    MEDIAN,
    UNIT_WORD,
    UNITS,
    amounts,
    moved,
    per_time,
    statistic_of,
    unit_of,
)
from extractor.cues import Cued
from extractor.listed_amounts import listed_amounts
from extractor.quantities import (
    ANY_COUNT,
    INTEGER,
    NUMBER,
    PEOPLE,
    SIGNED,
    count,
    decimal,
)
from extractor.spreads import CI, SPREAD, Measure, attached, like, ranged
from ontology import regex as re

PER_CENT = r" ?(?:%|per ?cent\b)"
WHO = rf"(?: (?:[a-z-]+ ){{0,3}}?(?:{PEOPLE}|events|couples|deaths|responders|tumou?rs|eyes|pregnancies|cycles))?"
UNIT = rf"(?P<unit>{'|'.join(re.escape(u).replace(chr(92) + ' ', ' ?') + ('s?' if u.isalpha() and len(u) > 1 else '') for u in sorted(UNITS, key=len, reverse=True))})(?![A-Za-z0-9/])"

# "3.3 (SD 2.7)", "350 ml (IQR 200-500)": the spread says what the value is.
SPREAD_VALUE = re.compile(
    rf"(?<![\d.,/-])(?P<value>{SIGNED})(?: ?(?P<unit>%|{UNIT_WORD}))? ?[(\[](?:(?:SD|standard deviation|SEM?|standard error(?: of the mean)?)[ :=±]{{1,3}}(?P<sd>{NUMBER})|(?:IQR|interquartile range)\b)",
    re.IGNORECASE,
)
RATE_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 38.7% (24/62), 38.7% [24 of 62 patients], 38.7% (n = 24/62)
        rf"(?<![\d.,])(?P<value>{NUMBER}){PER_CENT},? ?[(\[] ?(?:n ?= ?)?(?P<count>{INTEGER}) ?(?:/| of | out of ) ?(?:the )?(?P<total>{INTEGER}){WHO}",
        # 24/62 (38.7%), 24 of 62 patients (38.7%), 24 [38.7%] of 62
        rf"(?<![\d.,/])(?P<count>{ANY_COUNT})(?: ?/ ?| (?:patients )?(?:out )?of (?:the |all )?)(?P<total>{ANY_COUNT}){WHO},? ?[(\[] ?(?P<value>{NUMBER}){PER_CENT}(?: ?[)\]]|(?= ?[;,]))",
        rf"(?<![\d.,/])(?P<count>{ANY_COUNT}) ?[(\[](?P<value>{NUMBER}){PER_CENT} ?[)\]],? of (?:the )?(?P<total>{INTEGER})\b",
        # 19 (50.0% [33.4-66.6]) of 38, the interval read apart
        rf"(?<![\d.,/])(?P<count>{ANY_COUNT}) ?\((?P<value>{NUMBER}){PER_CENT}(?= \[[^\[\]]{{5,40}}\]\) of (?:the )?(?P<total>{INTEGER})\b)",
        # 24 (38.7%), thirty-seven patients (80.4%), 24 patients [38.7%; 95% CI ...]
        rf"(?<![\d.,/-])(?P<count>{ANY_COUNT}){WHO},? ?[(\[] ?(?P<value>{NUMBER}){PER_CENT}(?! ?(?:CI|IC\b|confidence))",
        # (24, 38.7%)
        rf"(?<=[(\[])(?P<count>{INTEGER})[,;] ?(?P<value>{NUMBER}){PER_CENT}(?=[)\];,])",
        # 38.7% (n = 24), 38.7% (24 patients), 38.7% of patients (24)
        rf"(?<![\d.,])(?P<value>{NUMBER}){PER_CENT}(?: of (?:the )?{PEOPLE})? ?[(\[] ?(?:n ?= ?)?(?P<count>{INTEGER})(?:{WHO})?[)\];,]",
        rf"(?<![\d.,])(?P<value>{NUMBER}){PER_CENT}(?! ?(?:CI\b|IC\b|c\.i\.|confidence|two-sided|CrI|power|level))",
    )
)
# "10.0% vs 12.5", "20 and 30% of patients": the first of a pair borrows the sign of the second.
BORROWED = re.compile(
    rf"(?<![\d.,/-])(?P<value>{NUMBER})(?= (?:vs?\.?|versus|and|or|compared (?:with|to)) {NUMBER}{PER_CENT}(?! ?(?:CI|IC\b|confidence)))",
    re.IGNORECASE,
)
TRIAL_NAME = re.compile(r"\b(?:in|of|and) (?:the )?[A-Z]{4,}[ -]$")
RATIO_NAMES = (
    ("hazard_ratio", r"(?:[Hh]azards? [Rr]atios?|\ba?HRs?\b)"),
    ("odds_ratio", r"(?:[Oo]dds [Rr]atios?|\ba?ORs?\b)"),
    (
        "risk_ratio",
        r"(?:[Rr]elative [Rr]isks?|[Rr]isk [Rr]atios?|(?:[Ii]ncidence )?[Rr]ate [Rr]atios?|\ba?RRs?\b|\bIRR\b)",
    ),
)
RATIOS = tuple(
    (
        name,
        re.compile(
            rf"(?:{form})\)?(?: ?[(\[](?:HR|OR|RR|aHR|aOR)[)\]])?(?: (?:for [^.;()]{{3,60}}?|was|were|of|is|estimate|value|adjusted))*\s?[\[(:=,;]?\s?(?:of |was )?(?P<value>\d{{1,3}}\.\d+|\d{{1,2}})(?![\d%]| ?%)"
        ),
    )
    for name, form in RATIO_NAMES
)
RATIO_CUE = re.compile(r"[Rr]atio|[Rr]elative|HR|OR|RR")
SPREAD_CUE = re.compile(r"[(\[](?:SD|SE|IQR|[Ss]tandard|[Ii]nterq)")
MEAN_SPREAD = re.compile(
    rf"(?<![\d.])(?P<value>{SIGNED}) ?(?:{UNIT} ?)?± ?(?P<sd>{NUMBER})(?: ?(?P<unit2>%|{UNIT_WORD}))?",
    re.IGNORECASE,
)
DIFFERENCE = Cued(
    rf"\b(?:(?:mean |adjusted |treatment |absolute |risk |between-group |least squares? mean |LS mean |estimated |rate )*difference)(?: [a-z ,-]{{0,50}}?)?(?: ?[(\[][^()\[\]]{{2,20}}[)\]])?(?: (?:was|of|is)\b|:|,|=| ?\(|(?<=[\])])|(?<=difference)(?= [-+]?[\d.]+ ?(?:%|points))) ?\(?(?P<value>[-+]? ?{NUMBER}) ?(?:{UNIT})?",
    re.IGNORECASE,
)
P_SIGN = re.compile(r"\b[pP] ?[=<>]? ?$")
TIMED = re.compile(
    rf"(?<![\d.,/-])(?P<value>{NUMBER})(?:(?=(?:(?: [(\[][^()\[\]\d]{{2,30}}[)\]])? (?:vs?\.?|versus|and|or|compared with) {NUMBER}){{1,3}}[ -]?(?:months?|weeks?|years?|days?|hours?|min))|(?= ?[(\[](?:range|IQR|interquartile range|quartiles)\b)|[ -]?(?P<unit>months?|weeks?|years?|days?|hours?|min(?:ute)?s?|mo|wks?|yrs?|h)\b)",
    re.IGNORECASE,
)
NOT_REACHED = Cued(
    r"\b(?:(?:was|were|had|has)? ?not (?:yet |been )?(?:reached|estimable|attained|achieved)|(?<!reached \()NR)\b"
)
# "(5.3-not reached)": the upper bound of an interval.
OPEN_BOUND = re.compile(r"[(\[][\d.]+ ?(?:-|to|,|;) ?$")
# What stands between "mean" and its value without being another value.
ASIDES = re.compile(
    r"\([^()]*\)|\b(?:weeks?|months?|days?|years?|visit) \d+\b|\b\d+[ -](?:weeks?|months?|days?|years?)\b",
    re.IGNORECASE,
)
AVERAGED = 110
OF_MEDIAN = re.compile(r"\bmedians?\b(?!,? follow)[^\d;]*$", re.IGNORECASE)
# Time under observation, and moments or spans that other words point at, are no medians of an outcome.
WATCHING = re.compile(r"\b(?:follow(?:ed)?[- ]?up|followed|observation|age|aged)\b", re.IGNORECASE)
WATCHED = 25
LEADS_TO_VALUE = re.compile(r"(?:[(\[=:]|\b(?:was|were|vs?\.?|versus|respectively,?)) ?$", re.IGNORECASE)
# "8 months with alpha and 5 months with beta"
TOLD_ON = re.compile(r"\b(?:and|with|to|than) $", re.IGNORECASE)
SURVIVAL_UNITS = frozenset({"mo", "wk", "a"})
LATER = re.compile(
    r"^ (?:(?:and|or|to) \d+ (?:hours|days|weeks|months|years|minutes) )?(?:after|before|post|following|prior)\b",
    re.IGNORECASE,
)
BOTH = re.compile(r"\bmean(?: and |/| or )median\b|\bmedian(?: and |/| or )mean\b", re.IGNORECASE)
MOMENT = re.compile(
    r"(?:\b(?:at|after|within|over|every|through|until|first|last|during|least|than|beyond|past|up to|for)|[≥≤<>])\s?(?:the )?$",
    re.IGNORECASE,
)
OF_MEAN = re.compile(r"\b(?:mean|average|LS mean)s?\b[^\d;]*$", re.IGNORECASE)
PAIRED = re.compile(r"^,? ?(?:and|or|vs?\.?|versus|compared (?:with|to)|,) $", re.IGNORECASE)
# "at week 12 (65.5%)", "PASI 75 (60%)": the number belongs to the word before it.
NUMBERED = re.compile(
    r"\b(?:weeks?|days?|months?|years?|grades?|stages?|cycles?|phase|tables?|fig(?:ure|\.)s?|visits?|PASI|ACR|EASI|aged?)\s(?:of )?(?:\d+,? )*(?:\d+,? ?(?:and|to|-|or) ?)?(?:and |or )?$|\d-$",
    re.IGNORECASE,
)


def measures(text: str, *, survival: bool = False, told: bool = False) -> list[Measure]:
    """The measures of a folded sentence, in order, each with the interval and p-value printed after it.

    Where the sentence speaks of `survival`, a bare time is its median: "longer PFS (7.1 vs 2.4 months)". Where a
    confidence interval was `told` of before, a bare one that encloses its value is another: "0.57 [0.46-0.70]".
    """
    intervals = [match.span() for form in (CI, SPREAD) for match in form.finditer(text)]
    found: list[Measure] = []
    for candidate in _candidates(text, survival=survival):
        if candidate.value is None and not candidate.not_reached:
            continue
        if any(start <= candidate.start < end for start, end in intervals):
            continue
        if all(candidate.end <= other.start or candidate.start >= other.end for other in found):
            found.append(candidate)
    found.sort(key=lambda measure: measure.start)
    found = _with_units(text, list(_alike(text, found)))
    told = told or bool(CI.search(text))
    whole = [attached(text, measure, found, place, told=told) for place, measure in enumerate(found)]
    alike = [like(one, other) for one, other in zip([None, *whole], whole, strict=False)]
    return [ranged(text, one, other) for one, other in zip([None, *alike], alike, strict=False)]


def _alike(text: str, found: list[Measure]) -> Iterator[Measure]:
    """A percentage joined to a median or mean is one too: "a median of 12% and 9%"."""
    last: Measure | None = None
    for each in found:
        measure = each
        joined = last is not None and PAIRED.match(text[last.end : each.start])
        if (
            last
            and joined
            and measure.statistic == "rate"
            and last.unit == "%"
            and last.statistic in ("median", "mean")
        ):
            measure = replace(measure, statistic=last.statistic)
        yield measure
        last = measure


def _with_units(text: str, found: list[Measure]) -> list[Measure]:
    """The unit printed once behind joined values: "17.2 ± 10.8 and 3.1 ± 3.7 mmol/L"."""
    for place in range(len(found) - 2, -1, -1):
        measure, after = found[place], found[place + 1]
        joined = measure.statistic == after.statistic and PAIRED.match(text[measure.end : after.start])
        if joined and measure.unit is None and after.unit:
            found[place] = replace(measure, unit=after.unit)
    return found


def _candidates(text: str, *, survival: bool) -> Iterator[Measure]:
    """Every reading of every number, the most telling first; a costly form runs only where its sign is printed."""
    for name, form in RATIOS if RATIO_CUE.search(text) else ():
        for match in form.finditer(text):
            if decimal(match["value"]):
                yield Measure(name, match.start("value"), match.end("value"), decimal(match["value"]))
    yield from _with_spread(text)
    if "%" in text or "cent" in text:
        for form in RATE_FORMS:
            yield from (_rate(text, match) for match in form.finditer(text))
        yield from (_rate(text, m) for m in BORROWED.finditer(text) if not _is_numbered(text, m))
    yield from _differences(text)
    yield from _times(text, survival=survival)
    for each in (*listed_amounts(text), *per_time(text), *amounts(text), *moved(text)):
        yield Measure(
            each.statistic,
            each.start,
            each.end,
            each.value,
            each.unit,
            sd=each.sd,
            second=each.second,
            reach=each.reach,
        )


def _is_numbered(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a sign is part of a name: "week 12 and 24%", "18% in IDEAL 1 and 12% in IDEAL 2"."""
    before = text[: match.start()]
    return bool(NUMBERED.search(before) or (len(match["value"]) == 1 and TRIAL_NAME.search(before)))


def _differences(text: str) -> Iterator[Measure]:
    """Values that a difference is said to be; a p-value of it is none."""
    for match in DIFFERENCE.finditer(text) if "ifference" in text else ():
        if not P_SIGN.search(text[: match.start("value")]):
            value, unit = decimal(match["value"]), unit_of(match["unit"])
            end = match.end("unit") if unit else match.end("value")
            yield Measure("difference", match.start("value"), end, value=value, unit=unit)


def _with_spread(text: str) -> Iterator[Measure]:
    """Means and medians that their spread tells: "3.1 ± 0.7", "3.3 (SD 2.7)", "350 ml (IQR 200-500)"."""
    for match in MEAN_SPREAD.finditer(text) if "±" in text else ():
        unit = unit_of(match["unit"] or match["unit2"])
        if not WATCHING.search(text, max(0, match.start() - WATCHED), match.start()):
            yield Measure("mean", *match.span(), value=decimal(match["value"]), unit=unit, sd=decimal(match["sd"]))
    for match in SPREAD_VALUE.finditer(text) if SPREAD_CUE.search(text) else ():
        unit, end = (
            unit_of(match["unit"]),
            match.end("sd") if match["sd"] else max(match.end("value"), match.end("unit")),
        )
        if not match["unit"] or unit:
            before = text[max(0, match.start() - LOOK_BACK) : match.start()]
            changed = statistic_of(before) == "change"
            statistic = ("change" if changed else "mean") if match["sd"] else "median"
            yield Measure(statistic, match.start(), end, decimal(match["value"]), unit, sd=decimal(match["sd"]))


def _rate(text: str, match: re.Match[str]) -> Measure:
    groups = match.groupdict()
    value = decimal(match["value"])
    statistic = "rate" if value is not None and value <= 100 else "other"
    before = ASIDES.sub("", text[max(0, match.start() - AVERAGED) : match.start()])
    # "median PFS was 5 months and the 6-month rate 45%": another number between, and the word is not meant.
    if OF_MEDIAN.search(before):
        statistic = "median"
    elif OF_MEAN.search(before) and not groups.get("count"):
        statistic = "mean"
    whole, total = count(groups.get("count")), count(groups.get("total"))
    start = match.start()
    if (whole is not None and total is not None and whole > total) or NUMBERED.search(text[:start]):
        whole = total = None
        start = match.start("value")
    return Measure(statistic, start, match.end(), value=value, unit="%", count=whole, total=total)


def _times(text: str, *, survival: bool) -> Iterator[Measure]:
    """Medians and means with a unit of time, and those not reached."""
    if not (MEDIAN.search(text) or MEAN.search(text)):
        yield from _bare_times(text) if survival else ()
        return
    yield from _timed(text)
    if MEDIAN.search(text):
        for match in NOT_REACHED.finditer(text):
            if OPEN_BOUND.search(text[: match.start()]):
                continue
            yield Measure("median", *match.span(), not_reached=True)


def _timed(text: str) -> Iterator[Measure]:
    both = BOTH.search(text)
    order = ("median", "mean") if both and both[0].lower().startswith("median") else ("mean", "median")
    for match in TIMED.finditer(text):
        before = text[: match.start()]
        median, mean = _last(MEDIAN, before), _last(MEAN, before)
        if max(median, mean) < 0:
            continue
        # "6-month PFS", "72 hours after injury"
        if text[match.end("value") : match.end("value") + 1] == "-" or LATER.match(text[match.end() :]):
            continue
        statistic = "median" if median >= mean else "mean"
        if both and both.end() < match.start():
            statistic = order[sum(both.end() < other.start() < match.start() for other in TIMED.finditer(text)) % 2]
        if WATCHING.search(before, max(median, mean)):
            statistic = "other"
        elif MOMENT.search(before):
            continue
        unit = match["unit"] or _nextunit_of(text, match.end())
        yield Measure(statistic, *match.span(), value=decimal(match["value"]), unit=unit_of(unit))


def _bare_times(text: str) -> Iterator[Measure]:
    """Times of a sentence that names no statistic, where words lead to a value."""
    told = False
    for match in TIMED.finditer(text):
        before, unit = text[: match.start()], match["unit"] or _nextunit_of(text, match.end())
        hyphen = text[match.end("value") : match.end("value") + 1] == "-"
        if hyphen or LATER.match(text[match.end() :]) or WATCHING.search(before):
            continue
        told = bool(LEADS_TO_VALUE.search(before) or (told and TOLD_ON.search(before)))
        if told and unit_of(unit) in SURVIVAL_UNITS:
            yield Measure("median", *match.span(), value=decimal(match["value"]), unit=unit_of(unit))


def _last(form: Cued, text: str) -> int:
    return max((match.start() for match in form.finditer(text)), default=-1)


def _nextunit_of(text: str, end: int) -> str | None:
    match = re.search(r"\b(months?|weeks?|years?|days?|hours?|min(?:ute)?s?)\b", text[end : end + 60], re.IGNORECASE)
    return match[1] if match else None
