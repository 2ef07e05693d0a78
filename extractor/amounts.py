"""Amounts in running text: means, medians and changes with a unit of their own or none ("19.1 Gy versus 14.6 Gy")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.cues import Cued
from extractor.quantities import SIGNED, decimal
from extractor.units import unit_code
from ontology import regex as re

UNITS = {
    "month": "mo", "mo": "mo", "week": "wk", "wk": "wk", "year": "a", "yr": "a", "day": "d", "hour": "h", "hr": "h", "h": "h",
    "minute": "min", "min": "min", "%": "%", "percentage point": "%", "percentage points": "%", "mmhg": "mm[Hg]", "mm hg": "mm[Hg]", "point": "{score}", "kg": "kg", "g": "g", "cm": "cm", "mm": "mm",
    "ml": "mL", "l": "L", "mmol/l": "mmol/L", "mg/dl": "mg/dL", "ng/ml": "ng/mL", "g/dl": "g/dL", "μmol/l": "umol/L", "ms": "ms", "kg/m2": "kg/m2",
    "pg/ml": "pg/mL", "u/l": "U/L", "iu/l": "[iU]/L", "g/l": "g/L", "mg": "mg", "mg/l": "mg/L", "nmol/l": "nmol/L", "μg/ml": "ug/mL", "bpm": "/min",
}  # fmt: skip
# Units in words: "mmol per liter", "ml per minute per 1.73 m2 of body-surface area".
SPELLED = {
    "liter": "L", "litre": "L", "deciliter": "dL", "decilitre": "dL", "milliliter": "mL", "millilitre": "mL", "microliter": "uL", "microlitre": "uL",
    "cubic millimeter": "mm3", "cubic millimetre": "mm3", "square meter": "m2", "square metre": "m2", "square centimeter": "cm2", "square centimetre": "cm2",
    "kilogram": "kg", "gram": "g", "minute": "min", "1.73 m2": "1.73 m2",
}  # fmt: skip
_SPELLED = rf" per (?:{'|'.join(map(re.escape, SPELLED))})(?: of body[- ](?:surface area|weight))?"
SPELLED_UNIT = re.compile(_SPELLED)
# Any word that may be a unit; which words are, the table of units says.
UNIT_WORD = (
    r"(?:mm ?Hg\b|percentage points?\b|(?!(?:and|or|vs|in|for|to|with|at|after|versus|than|of|on|by|from|per)\b)[A-Za-zμ]+(?:[./][A-Za-z0-9]+)*(?:(?<=1\.73) ?m2)?"
    rf"(?:{_SPELLED}| per (?:hour|day|week|month|year)\b)*)"
)
AMOUNT = re.compile(
    rf"(?<![\w.,/±-])(?<!\d )(?<!\d:)(?P<value>{SIGNED})(?!:\d)(?:/(?P<second>{SIGNED})(?= ?mm ?Hg))?(?![\d.,]*\d)(?: ?(?P<unit>{UNIT_WORD}))?(?! ?(?:%|per ?cent|±|-\w|/))"
)
MEDIAN = Cued(r"\b(?:medians?\b|(?-i:m(?:PFS|OS|DFS|TTP|D[oO]R|RFS|EFS))\b)", re.IGNORECASE)
MEAN = Cued(r"\b(?:mean|average|LS mean)s?\b", re.IGNORECASE)
DIFFERENCE = Cued(r"\bdifferences?\b(?! from baseline)", re.IGNORECASE)
CHANGE = Cued(
    r"\b(?:differences? from baseline|changes?|reductions?|improvements?|increases?|decreases?|declines?|(?:(?:decreas|increas|reduc|improv|declin|dropp|lower)ed|f[ae]ll(?:en)?|rose|risen|declined)(?: [a-z]+ly)?(?: from baseline)? by)\b",
    re.IGNORECASE,
)
# "fell by 5.1 kg": a verb that makes a value a change.
BY = re.compile(
    r"\b(?:(?:decreas|increas|reduc|improv|declin|dropp|lower)ed|f[ae]ll(?:en)?|rose|risen)(?: [a-z]+ly)?(?: from baseline)? by (?:an? (?:mean|median|average) of )?$",
    re.IGNORECASE,
)
IS_DIFFERENCE = re.compile(r"\bdifference(?: (?:was|of|between (?:the )?(?:groups|arms)))?[,:]? $", re.IGNORECASE)
VERSUS = Cued(r"\b(?:versus|vs?|compared (?:with|to)|respectively)\b", re.IGNORECASE)
# What may stand right before a value.
LEADS = re.compile(
    r"(?:\b(?:was|were|of|is|by|vs?\.?|versus|respectively,?|averaged|reached|mean|median|difference|change)|[(\[=:]|[(\[](?:SD|SEM?|range|IQR)[)\]],?)[\s(]?(?:only |about |approximately )?$",
    re.IGNORECASE,
)
# "0.77 [0.05-1.49]": what a bracket right behind a number holds is its spread.
OF_ANOTHER = re.compile(r"(?<![\w./-])[-+]?\d+\.\d+ ?[(\[]$")
CLAUSE = re.compile(r";|\),")
# A value goes on where another was read before it.
GOES_ON = re.compile(
    r"(?:,|\band|\bthan|\bto|\bcompared with|\bversus|\bvs\.?) (?:only |about |a (?:median|mean) of )?$", re.IGNORECASE
)
# "-0.67 (-0.81, -0.54)", "587.0 (226.2)": the spread of the value before it.
SPREAD = re.compile(
    rf" ?[(\[](?:SE|SD|SEM|range|IQR)?[ :=,]*(?:(?P<one>{SIGNED})|{SIGNED}(?:,| to|;| ?-) ?{SIGNED})[)\]]"
)
# "fell from 3.9 mmol/L at baseline to 2.1 mmol/L": what a value moved to is a result.
MOVED = Cued(
    r"\b(?:decreas\w+|increas\w+|reduced|improv\w+|declin\w+|dropp\w+|lowered|fell|rose|changed)\b[^.;,()]{0,50}? from\b",
    re.IGNORECASE,
)
FROM_TO = re.compile(
    rf"(?<!ranged )(?<!ranging )(?<!range )(?<!varied )(?<!varying )\bfrom (?:an? (?:mean|median|average)(?: \w+)? of )?{SIGNED}(?: ?{UNIT_WORD})?(?: (?:at|before|in) (?:the )?[a-z]+(?: \d+)?)? to (?:an? (?P<said>mean|median|average)(?: \w+)? of )?(?P<value>{SIGNED}) ?(?P<unit>{UNIT_WORD})",
    re.IGNORECASE,
)
# "0.17 with alpha": relapses a year; "3.9 per 100 patient-years"
A_YEAR = re.compile(r"\b(?:annuali[sz]ed|annual|yearly)\b[^.;\d]{0,60}\brates?\b[^.;\d]{0,40}$", re.IGNORECASE)
TIMED_RATE = re.compile(r"nnual|yearly|[a-z][- ]years?\b", re.IGNORECASE)
PER_YEARS = re.compile(
    r" ?(?:(?:events?|cases?|episodes?|deaths?|exacerbations?|relapses?) )?per (?P<many>100|1,?000) (?:patient|person|participant|subject|wom[ae]n)s?(?:[- ]|\b)(?:years?)\b",
    re.IGNORECASE,
)
# "mean (SD) score was 3.3 (2.7)"
DEVIATION = Cued(r"[(\[±] ?(?:SD|SEM?|standard (?:deviation|error))\b")
# "36.0 (8.1) ng/mL"
UNIT_BEHIND = re.compile(rf" (?P<unit>{UNIT_WORD})")
OPENED = re.compile(r"[(\[](?:(?:mean|median)[,:]? )?$", re.IGNORECASE)
PAIR_BEHIND = re.compile(rf"^ (?:vs?\.?|versus|compared (?:with|to)) {SIGNED}\b", re.IGNORECASE)
JOINS = re.compile(
    rf"^(?: ?[(\[][^()\[\]]*[)\]](?: {UNIT_WORD})?)?(?:,? (?:and|vs?\.?|versus|compared (?:with|to))|,)(?: (?:only|about|a|median|mean|of))* $",
    re.IGNORECASE,
)
INTERVAL = re.compile(r"^ ?[(\[](?:9\d(?:\.\d)? ?% ?(?:CI|confidence|CrI)|(?:CI|confidence interval)\b)", re.IGNORECASE)
# What is taken, and what is counted, is no outcome by its unit.
DOSES = frozenset(("mg", "ug", "g", "mg/kg", "mg/m2", "mg/d", "ug/kg", "mg/kg/d", "mg/m2/d", "[iU]", "kg", "a"))
# What is weighed, and how much of a drug was needed, are outcomes all the same.
WEIGHED = {
    **dict.fromkeys(("kg", "g"), re.compile(r"\b(?:weight|mass|blood loss|excretion|intake)\b", re.IGNORECASE)),
    **dict.fromkeys(("mg", "ug"), re.compile(r"\b(?:consumption|requirements?|excretion)\b", re.IGNORECASE)),
}
TIMES = frozenset(("mo", "wk", "d", "h", "min"))
COUNTED = re.compile(
    r"^ ?(?:of (?:the )?\d|/ ?\d|(?:[\w-]+ ){0,2}?(?:patients?|subjects?|participants?|women|men|cases?|children|deaths|events|infants|eyes|doses|cycles)\b)",
    re.IGNORECASE,
)
BOUND = re.compile(
    r"(?:[≥≤<>±~]|\b(?:at least|more than|less than|greater than|up to|below|above|over|under|within|after|grades?|stages?|days?|weeks?|months?|years?|aged?"
    r"|score of|doses? of|level of|n|tables?|figures?|fig\.?|p|groups?|arms?|phase)\s?=?)\s?$",
    re.IGNORECASE,
)
NO_AMOUNT = re.compile(
    r"\b(?:ratios?|HRs?|ORs?|RRs?|slope|coefficients?|correlat\w+|r|β|χ2|df|z|f|t|κ)\b|\b(?:age|aged|follow(?:ed)?[- ]?up|doses?|exposure)\b[^()]{0,30}$"
)
LOOK_BACK = 120


@dataclass(frozen=True, slots=True)
class Amount:
    """A value at `[start, end)` with the statistic that the words before it name."""

    statistic: str
    start: int
    end: int
    value: Decimal | None
    unit: str | None
    sd: Decimal | None = None
    second: Decimal | None = None
    reach: int = 0


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of a folded sentence that words, an interval or another value beside them make results."""
    twice = _twice(text)
    cues = (MEDIAN, MEAN, CHANGE, DIFFERENCE, VERSUS)
    if not twice and not any(form.search(text) for form in cues):
        return
    last, stop, told = None, 0, DEVIATION.search(text)
    for match in AMOUNT.finditer(text):
        amount = _amount(text, match, last, twice) if match.start() >= stop else None
        if amount:
            spread = SPREAD.match(text, amount.end)
            stop = spread.end() if spread else amount.end
            behind = UNIT_BEHIND.match(text, stop) if spread and amount.unit is None else None
            if behind and (unit := unit_of(behind["unit"])) and unit not in DOSES:
                amount, stop = replace(amount, unit=unit, reach=behind.end()), behind.end()
            last = amount
            yield replace(amount, sd=decimal(spread["one"]), reach=stop) if spread and told else amount


def _twice(text: str) -> frozenset[str]:
    """The units that a sentence prints more than once: "2.5 mmol/L with alpha and 3.2 mmol/L with beta"."""
    printed = Counter(unit_of(match["unit"]) for match in AMOUNT.finditer(text) if match["unit"])
    return frozenset(unit for unit, times in printed.items() if unit and times > 1 and unit not in TIMES)


def moved(text: str) -> Iterator[Amount]:
    """The values that others moved to."""
    first = MOVED.search(text)
    for match in FROM_TO.finditer(text, first.start()) if first else ():
        unit = unit_of(match["unit"])
        if unit and unit not in TIMES and unit not in DOSES:
            statistic = "median" if (match["said"] or "").lower() == "median" else "mean"
            yield Amount(statistic, match.start("value"), match.end("unit"), decimal(match["value"]), unit)


def per_time(text: str) -> Iterator[Amount]:
    """Events by the time of watching: relapses a year, "3.9 per 100 patient-years"; one joined to another is alike."""
    last: Amount | None = None
    for match in AMOUNT.finditer(text) if TIMED_RATE.search(text) else ():
        per = PER_YEARS.match(text, match.end("value"))
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        unit = f"/({per['many'].replace(',', '')}.a)" if per else "/a" if A_YEAR.search(before) else None
        if (
            unit is None
            and last
            and not match["unit"]
            and GOES_ON.search(before)
            and len(text[last.reach : match.start()]) < LOOK_BACK // 2
        ):
            unit = last.unit
        if unit and not BOUND.search(before):
            end = per.end() if per else match.end("value")
            last = Amount("rate", match.start(), match.end("value"), decimal(match["value"]), unit, reach=end)
            yield last


def _amount(text: str, match: re.Match[str], last: Amount | None, twice: Collection[str]) -> Amount | None:
    """The amount at a number, if it is one; one joined to the `last` is what that is."""
    unit = unit_of(match["unit"])
    first = max(match.end("value"), match.end("second"))
    end = match.end() if unit else first
    before = text[max(0, match.start() - LOOK_BACK) : match.start()]
    if (
        OF_ANOTHER.search(before)
        or BOUND.search(before)
        or COUNTED.match(text[first:])
        or (unit in DOSES and not (unit in WEIGHED and WEIGHED[unit].search(before)))
        or NO_AMOUNT.search(before, max(0, len(before) - 60))
    ):
        return None
    joined = last is not None and bool(JOINS.match(text[last.end : match.start()]))
    if last and unit and unit == last.unit and OPENED.search(before):  # "alpha (-1.6 ml), beta (-3.0 ml)"
        return replace(
            last, start=match.start(), end=end, value=decimal(match["value"]), second=decimal(match["second"])
        )
    listed = unit is not None and unit not in TIMES and before.endswith(", ")
    if not (joined or listed or LEADS.search(before) or (last and GOES_ON.search(before))):
        return None
    goes_on = last is not None and last.statistic == "change" and GOES_ON.search(before) and SPREAD.match(text, end)
    beside = joined or goes_on or _has_interval(text, end) or _is_paired(text, end, before, unit)
    cued = MEDIAN.search(before) or MEAN.search(before) or (unit and VERSUS.search(text)) or match["second"]
    cued = cued or unit in twice
    changed = unit is not None and (BY.search(before) or (last and last.statistic == "change" and last.unit == unit))
    if not (beside or ((cued or changed) and unit not in TIMES)):
        return None
    alike = last is not None and (
        joined or goes_on or (changed and not BY.search(before) and not IS_DIFFERENCE.search(before))
    )
    statistic = last.statistic if last and alike else statistic_of(before)
    return Amount(statistic, match.start(), end, decimal(match["value"]), unit, second=decimal(match["second"]))


def _has_interval(text: str, end: int) -> bool:
    return bool(INTERVAL.match(text[end:]))


def _is_paired(text: str, end: int, before: str, unit: str | None) -> bool:
    """Whether a value is the first of two set against each other, in brackets or with a unit."""
    return bool(PAIR_BEHIND.match(text[end:])) and bool(unit or OPENED.search(before))


def statistic_of(before: str) -> str:
    """What the words before a value say it is, those of its clause first."""
    before = CLAUSE.split(before)[-1] if MEAN.search(CLAUSE.split(before)[-1]) else before
    median, mean, change, difference = (_last(form, before) for form in (MEDIAN, MEAN, CHANGE, DIFFERENCE))
    if median > mean:
        return "median"
    return "mean" if max(change, difference) < 0 else "change" if change > difference else "difference"


def unit_of(printed: str | None) -> str | None:
    """The UCUM code of a unit in running text, or None."""
    if not printed:
        return None
    printed = SPELLED_UNIT.sub(lambda match: f"/{SPELLED[match[0].removeprefix(' per ').split(' of ')[0]]}", printed)
    folded = " ".join(printed.lower().split())
    return UNITS.get(folded) or UNITS.get(folded.rstrip("s")) or unit_code(printed)


def _last(form: Cued, text: str) -> int:
    return max((match.start() for match in form.finditer(text)), default=-1)
