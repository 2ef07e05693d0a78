"""A measure, and the interval, the range and the p-value that are printed with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.amounts import UNIT_WORD, unit_of
from extractor.cues import Cued
from extractor.quantities import BOUND, CONFIDENCE_INTERVAL, P_VALUE, SIGNED, decimal, interval, p_value
from ontology import regex as re
from ontology.record import Interval, PValue, Range

CI = Cued(CONFIDENCE_INTERVAL, re.IGNORECASE)
# "Median (IQR) stay was 6 (4-9) days"
ANNOUNCED = re.compile(r"\bmedians?,? ?[(\[](?P<kind>IQR|interquartile range|range)[)\]]", re.IGNORECASE)
BARE_INTERVAL = re.compile(
    rf"^(?: ?[(\[]|[,;] (?=[^()\[\]]*[)\]]))(?P<low>{BOUND}) ?%?(?P<to> ?(?:-|to|,|;) ?)(?P<high>{BOUND}) ?%?[)\];]"
)
P = re.compile(P_VALUE)
SPREAD = Cued(
    rf"(?P<kind>interquartile range|IQR|range|rang(?:ing|ed) (?:from|between))s?(?: of (?:means|medians|values))?[:,=]?\)? ?[(\[]?(?P<low>{SIGNED})\+? ?%? ?(?:-|to|,|;) ?(?P<high>{SIGNED})(?:[a-z]{{1,2}}\b)?",
    re.IGNORECASE,
)
# "811 [95% CI 707-912] days"
UNIT_CLOSES = re.compile(rf"[)\]] ?(?P<unit>{UNIT_WORD})")
UNIT_BEHIND = re.compile(rf" ?(?P<unit>{UNIT_WORD})")
CI_NAMED = re.compile(r"\bCIs?\b|confidence interval", re.IGNORECASE)
ATTACH = 48
# Behind these a bare bracket is an interval: "HR 0.75 [0.60-0.94]".
RATIO_STATISTICS = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A printed measure: `[start, end)` of its value, and of all that belongs to it in `reach`.

    Of a pair of pressures the `second` value is the diastolic one.
    """

    statistic: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str | None = None
    count: int | None = None
    total: int | None = None
    sd: Decimal | None = None
    ci: Interval | None = None
    range: Range | None = None
    p_value: PValue | None = None
    not_reached: bool | None = None
    reach: int = 0
    second: Decimal | None = None


def attached(text: str, measure: Measure, found: list[Measure], place: int, *, told: bool) -> Measure:
    """The measure with the interval, the range and the p-value that follow before the next measure."""
    stop = found[place + 1].start if place + 1 < len(found) else len(text)
    after = text[measure.end : stop]
    updates: dict[str, object] = {}
    reach = max(measure.end, measure.reach)
    bare = BARE_INTERVAL.match(after) if measure.statistic != "other" else None
    match = CI.search(after)
    spread = SPREAD.search(after)
    announced = ANNOUNCED.search(text, 0, measure.start) if bare and measure.statistic == "median" else None
    if announced and bare and bare[0].lstrip()[0] in "([":
        updates["range"] = _range(bare, announced["kind"])
        reach = measure.end + _with_unit(after, bare.end())
    elif match and match.start() <= ATTACH:
        printed = interval(match["ci_low"], match["ci_high"], match["ci_level"], match["ci_to"])
        updates["ci"] = None if printed and _is_of_difference(printed, measure) else printed
        reach = measure.end + _with_unit(after, match.end())
    elif (
        bare
        and _encloses(bare, measure)
        and (_is_bracketed(bare, measure, told=told) or ((told or CI_NAMED.search(text)) and not measure.count))
    ):
        level = "95" if told or CI_NAMED.search(text) else None
        updates["ci"] = interval(bare["low"], bare["high"], level, bare["to"])
        reach = measure.end + bare.end()
    if spread and spread.start() <= ATTACH and not match:
        updates["range"] = _range(spread, spread["kind"])
        reach = measure.end + spread.end()
    chance = P.search(after)
    if chance and chance.start() <= ATTACH + (reach - measure.end):
        updates["p_value"] = p_value(chance["p_value"], chance["p_relation"])
        reach = max(reach, measure.end + chance.end())
    behind = (
        UNIT_CLOSES.match(text, reach) if measure.unit is None and measure.statistic in ("mean", "median") else None
    )
    if behind and reach > measure.end and unit_of(behind["unit"]):
        updates["unit"], reach = unit_of(behind["unit"]), behind.end()
    return replace(measure, reach=reach, **updates)  # type: ignore[arg-type]


def _range(match: re.Match[str], kind: str) -> Range:
    """The range between two bounds, of all values or of the middle half."""
    name = "range" if kind.lower().startswith("rang") else "iqr"
    return Range.model_validate({"low": decimal(match["low"]), "high": decimal(match["high"]), "kind": name})


def _with_unit(text: str, end: int) -> int:
    """The end of an interval with the unit behind its upper bound."""
    match = UNIT_BEHIND.match(text, end)
    return match.end() if match and unit_of(match["unit"]) else end


def _encloses(bare: re.Match[str], measure: Measure) -> bool:
    """Whether a value lies between the bounds right behind it; one that was not reached is no bound."""
    low, high = decimal(bare["low"]), decimal(bare["high"])
    if low is not None and high is not None and bare["to"].strip() == "-" and high < low:
        high = abs(high)
    value = measure.value
    above = low is None or value is None or low <= value
    return (low is not None or high is not None) and above and (high is None or (value is not None and value <= high))


def _is_of_difference(printed: Interval, measure: Measure) -> bool:
    """Whether an interval behind a percentage is that of a difference of proportions: "98% vs 100% (95% CI -0.07 to -0.02)"."""
    bounds = [abs(bound) for bound in (printed.low, printed.high) if bound is not None]
    return (
        measure.statistic == "rate" and measure.value is not None and bool(bounds) and measure.value > 3 * max(bounds)
    )


def _is_bracketed(bare: re.Match[str], measure: Measure, *, told: bool) -> bool:
    """Whether brackets right behind a percentage, or around both, hold its interval: "74.6% [62.5-84.5]"."""
    opened = bare[0].lstrip()[0]
    if measure.statistic in RATIO_STATISTICS and opened in "[(":
        return True
    return (opened == "[" or (told and opened in ",;")) and measure.unit == "%" and measure.value is not None


def like(before: Measure | None, measure: Measure) -> Measure:
    """A value with its spread and no unit, with the unit of the one before that is printed like it."""
    if before is None or measure.unit or before.statistic != measure.statistic or measure.statistic == "rate":
        return measure
    alike = (before.range and measure.range) or (before.ci and measure.ci)
    return replace(measure, unit=before.unit) if alike else measure


def ranged(text: str, before: Measure | None, measure: Measure) -> Measure:
    """A median with a bare range behind it, of the kind named at the one before: "5 days [IQR 3-8] vs 7 days [4-11]"."""
    if before is None or before.range is None or before.statistic != measure.statistic or measure.range or measure.ci:
        return measure
    bare = BARE_INTERVAL.match(text[measure.end :])
    if not bare or bare[0].lstrip()[0] not in "([" or not _encloses(bare, measure):
        return measure
    return replace(
        measure, range=_range(bare, before.range.kind or "iqr"), reach=max(measure.reach, measure.end + bare.end())
    )
