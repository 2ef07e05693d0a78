"""Doses as trials print them: amounts with units, routes, frequencies, days, cycles and infusion times."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from extractor.cues import Cued
from extractor.quantities import NUMBER, decimal, words_to_number
from ontology import regex as re
from ontology.record import Schedule

# Printed unit -> UCUM; the longest is tried first. Only amounts that are given to people, not concentrations.
AMOUNTS = {
    "mg": "mg", "milligrams": "mg", "milligram": "mg", "mgs": "mg",
    "g": "g", "grams": "g", "gram": "g", "gm": "g", "gms": "g",
    "μg": "ug", "mcg": "ug", "ug": "ug", "micrograms": "ug", "microgram": "ug", "mcgs": "ug",
    "ng": "ng", "IU": "[iU]", "I.U.": "[iU]", "international units": "[iU]", "MIU": "10*6.[iU]", "MU": "10*6.[iU]",
    "million units": "10*6.[iU]", "million IU": "10*6.[iU]", "U": "U", "units": "U", "unit": "U", "Units": "U", "u": "U", "mEq": "meq",
    "ml": "mL", "mL": "mL", "milliliters": "mL", "millilitres": "mL", "L": "L",
    "Gy": "Gy", "cGy": "cGy", "MBq": "MBq", "GBq": "GBq", "mCi": "mCi", "kBq": "kBq",
}  # fmt: skip
PER = {
    "m2": "m2", "m 2": "m2", "sqm": "m2", "square meter": "m2", "square metre": "m2", "square meter of body surface area": "m2",
    "square meter of body-surface area": "m2", "m2 of body surface area": "m2", "kg": "kg", "kilogram": "kg", "kg body weight": "kg",
    "kg bodyweight": "kg", "kg of body weight": "kg", "kilogram of body weight": "kg", "kg bw": "kg", "day": "d", "d": "d", "24 h": "d", "24h": "d",
    "h": "h", "hr": "h", "hour": "h", "min": "min", "minute": "min", "week": "wk", "wk": "wk", "kg/d": "kg/d",
    "dose": "", "administration": "", "injection": "", "infusion": "", "fraction": "",
}  # fmt: skip


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ?") for word in sorted(words, key=len, reverse=True))


AMOUNT = rf"(?:{_any(AMOUNTS)})"
PER_UNIT = rf"(?: ?/ ?| ?per ?| ?[·∙⋅] ?| ?\. ?| ?(?=(?:m|kg)-\d)| (?=m2\b))(?:{_any(PER)})(?![A-Za-z])"
# mg m-2, mg kg-1, mg m-2 day-1: negative exponents after the superscripts are folded.
EXPONENTS = r"(?: ?[·∙⋅.]? ?(?:m-2|kg-1|day-1|d-1|h-1|min-1)){1,3}"
UNIT = rf"(?P<amount>{AMOUNT})(?P<per>(?:{EXPONENTS})|(?:{PER_UNIT}){{1,3}})?(?![A-Za-z0-9])"
# "4 × 106 U" is 4 million units, once the superscript is folded.
POWER = r"(?: ?[x×] ?10(?P<power>[3-9]|1[0-2])(?= ?(?:u|U|IU|units)\b))?"
TIMES = r"(?:(?P<times>[1-9]) ?[x×] ?(?!10\d{1,2} ?(?:u|U|IU|units)\b))?"
DOSE = re.compile(
    rf"(?<![\w.,/-])(?:(?P<relation>≥|≤|<|>|up to|at least|maximum(?: of)?|minimum(?: of)?) ?)?{TIMES}(?P<value>{NUMBER})"
    rf"(?:(?: ?(?:{AMOUNT}))?(?: ?- ?| to |- to | or up to )(?P<value_max>{NUMBER}))?{POWER}[ -]?{UNIT}"
)
AUC = Cued(
    r"\b(?:AUC|area under the (?:concentration[- ]time )?curve)\)?(?: ?\(AUC\))?(?: of| =|:)? ?(?P<value>[1-9](?:\.\d+)?)\b(?! ?(?:%|[nμ]?g|h\b|-))"
    r"(?: ?mg ?/ ?ml(?:[·. ]*min| ?/ ?min))?"
)

# The first that a text names; what only the form of a drug tells stands in a table of its own.
ROUTES = {
    "oral": r"\boral(?:ly)?\b(?! inhal)|\bp\.?o\.?\b|\bby mouth\b|\bper os\b",
    "intravenous": r"\bintravenous(?:ly)?\b|\bi\.?v\.?\b|\bi/v\b",
    "subcutaneous": r"\bsubcutaneous(?:ly)?\b|\bs\.?c\.?\b",
    "intramuscular": r"\bintramuscular(?:ly)?\b|\bi\.?m\.?\b",
    "intradermal": r"\bintradermal(?:ly)?\b",
    "intrathecal": r"\bintrathecal(?:ly)?\b|\bsubarachnoid\b",
    "epidural": r"\bepidural(?:ly)?\b",
    "intraperitoneal": r"\bintraperitoneal(?:ly)?\b",
    "inhaled": r"\binhal(?:ed|ation|er)\b|\bnebuli[sz]ed\b",
    "sublingual": r"\bsublingual(?:ly)?\b",
    "buccal": r"\bbuccal(?:ly)?\b",
    "transdermal": r"\btransdermal(?:ly)?\b|\bpatch(?:es)?\b",
    "topical": r"\btopical(?:ly)?\b|\bcream\b|\bointment\b|\bgel\b",
    "vaginal": r"\b(?:intra)?vaginal(?:ly)?\b",
    "rectal": r"\brectal(?:ly)?\b|\bsuppositor(?:y|ies)\b|\benema\b",
    "intranasal": r"\b(?:intra)?nasal(?:ly)?\b",
    "ophthalmic": r"\beye drops?\b|\bophthalmic\b|\bintravitreal\b",
}
FORMS = {"oral": r"\btablets?\b|\bcapsules?\b", "intravenous": r"\binfus(?:ion|ed|ions)\b"}
ROUTE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in ROUTES.items()), re.IGNORECASE)
FORM = {name: Cued(form, re.IGNORECASE) for name, form in FORMS.items()}

N = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|twelve)"
TIMES_A_DAY = r"[- ]?(?:(?:times|x|×)[- ]?(?:a|per|/)?|(?:a|per|/))[- ]?(?:day|daily)\b"


def _hourly(hours: str) -> tuple[str, str]:
    """The wordings of every so many hours."""
    number, word = hours.split()
    form = rf"\b(?:(?:every|each|q|once per|per|at) ?(?:{number}|{word}) ?-?h(?:ours?|rs?|ourly)?(?: intervals?)?|{number}[- ]hourly)\b"
    return form, f"every {number} hours"


def _weekly(weeks: str) -> tuple[str, str]:
    """The wordings of every so many weeks; `weeks` is the number in figures, in words, as an ordinal, and what else says it."""
    number, word, ordinal, *more = weeks.split("|")
    days = int(number) * 7
    n = f"(?:{number}|{word})"
    forms = (
        rf"every[- ](?:{number}|{word}|{ordinal})[- ]?(?:weeks?|wks?)(?! ?-?cycle)",
        rf"(?<!for )(?<!after )(?<!over )(?<!last ){n}[- ]weekly(?! (?:doses|cycles|courses|infusions|injections|administrations))",
        rf"q ?{number} ?-?(?:w|wks?|weeks?)",
        rf"(?:every|q) ?{days} ?d(?:ays?)?",
        rf"(?:at )?{n}[- ]week(?:ly)? intervals?|at intervals of {n} weeks",
        *more,
    )
    return rf"\b(?:{'|'.join(forms)})\b", f"every {number} weeks"


FREQUENCIES: tuple[tuple[str, str], ...] = (
    (r"\bin (?:two|2) (?:equally )?divided doses\b", "twice daily"),
    (r"\bin (?:three|3) (?:equally )?divided doses\b", "three times daily"),
    *map(_hourly, ("12 twelve", "8 eight", "6 six", "4 four")),
    (rf"\b(?:(?:four|4){TIMES_A_DAY}|q\.?i\.?d\.?|qds)", "four times daily"),
    (rf"\b(?:(?:three|3){TIMES_A_DAY}|thrice[- ](?:a day|daily)|t\.?i\.?d\.?\b|tds\b)", "three times daily"),
    (rf"\b(?:(?:two|2){TIMES_A_DAY}|twice[- ]?(?:(?:a|per|/)[- ]?)?(?:day|daily)\b|b\.?i\.?d\.?\b|bds?\b)", "twice daily"),
    (r"\b(?:every other day|(?:on )?alternate days?|every second day|q2d|qod)\b", "every other day"),
    (r"\b(?:once[- ](?:a|per)[- ]day|once[- ]daily|o\.?d\.?|q\.?d\.?|qd|daily|every day|each day|per day|a day|every 24 ?h(?:ours)?|q24 ?h|(?:every|each) (?:morning|night|evening)|nightly|at bedtime|/ ?day|/ ?d)\b", "once daily"),
    (r"\b(?:once[- ](?:a|per|every)[- ]year|once[- ]yearly|yearly|annually|every (?:12|twelve) months)\b", "yearly"),
    (r"\b(?:twice[- ](?:a[- ])?week(?:ly)?|twice per week|two times (?:a|per) week|biw)\b", "twice weekly"),
    (r"\b(?:three times (?:a |per )?week(?:ly)?|thrice weekly|3 times (?:a |per )?week|tiw)\b", "three times weekly"),
    *map(
        _weekly,
        (
            r"3|three|third|tri-?weekly(?! (?:doses|cycles|courses))|every twenty-one days",
            r"4|four|fourth|monthly|once (?:a|per) month|every month",
            r"2|two|second|every other week|fortnightly|bi-?weekly(?! (?:doses|cycles|courses))",
            r"6|six|sixth",
            r"8|eight|eighth|every (?:2|two) months",
            r"12|twelve|twelfth|every (?:3|three) months",
        ),
    ),
    (r"\b(?:once[- ](?:a[- ])?week(?:ly)?|once per week|weekly|every week|qw|q1w|every 7 days|per week|/ ?week|a week)\b", "weekly"),
    (r"\b(?:single[- ](?:oral |intravenous |subcutaneous |intramuscular |bolus |daily )?(?:dose|infusion|injection|administration|bolus)|as a single|one single dose|once only)\b", "once"),
)  # fmt: skip
FREQUENCY = tuple((Cued(form, re.IGNORECASE), name) for form, name in FREQUENCIES)
# Days before a transplantation are negative: "days -7 to -4"; those after it may carry a plus.
DAY = r"(?:(?:(?<![\w])- ?|\+)?\d{1,2}|one\b|two\b|three\b|four\b|five\b|seven\b|eight\b|fifteen\b)"
DAY_LIST = (
    rf"{DAY}(?:(?: ?(?:, and|,|-|to|through|and|&|/|~) ?(?:(?:the )?(?:morning|evening) of )?(?:days? |d ?)?){DAY})*"
)
DAYS = re.compile(
    rf"\b(?<!vitamin )(?:days?|d)\.? ?(?P<days>{DAY_LIST})(?!\d|\.\d| ?(?:mg|weeks|months|days|years|%))"
    r"|(?<=[ ,])(?P<before>-\d{1,2} ?(?:~|to) ?-\d{1,2}) ?d\b",
    re.IGNORECASE,
)
DAY_WORD = re.compile(r"\b(?:one|two|three|four|five|seven|eight|fifteen)\b", re.IGNORECASE)
CYCLE = Cued(
    rf"\b(?:(?:of|in|on|per|every|each) (?:a |an |each |every )?(?P<length>{N})[- ]?(?P<unit>day|week|d|wk)s?[- ](?:treatment )?cycles?"
    rf"|every (?P<length2>{N}) ?(?P<unit2>day|week|wk)s?\b|q ?(?P<length3>\d) ?(?P<unit3>w|weeks|wk)\b"
    rf"|(?P<length4>{N})[- ](?P<unit4>day|week)(?:ly)? cycles?)",
    re.IGNORECASE,
)
INFUSION = Cued(
    rf"\b(?:over|for|during)(?: a)?(?: period of)? ?(?P<value>{NUMBER})(?: ?(?:-|to) ?{NUMBER})?[ -]?(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h)\b"
    rf"|\b(?P<value2>{NUMBER}|one|two|three|four)[ -](?P<unit2>min(?:ute)?s?|h(?:our)?)[ -](?:continuous |intravenous |i\.?v\.? |IV )*infusions?",
    re.IGNORECASE,
)
UCUM_TIME = {"d": "d", "day": "d", "week": "wk", "wk": "wk", "w": "wk", "weeks": "wk"}


def dose_unit(amount: str, per: str | None) -> str:
    """The UCUM code of a printed dose unit; solidus form."""
    code = AMOUNTS.get(amount) or AMOUNTS.get(amount.lower(), amount)
    if not per:
        return code
    exponents = re.findall(r"(m|kg|day|d|h|min)-([12])", per)
    if exponents:
        bases = [("m2" if power == "2" else {"day": "d"}.get(base, base)) for base, power in exponents]
    else:
        bases = [
            PER.get(base.strip().lower(), "")
            for base in re.split(r" ?/ ?| ?per ?|[·∙⋅]|(?<=\w)\.", per)
            if base.strip()
        ]
    return "/".join([code, *(base for base in bases if base)])


@lru_cache(maxsize=1024)
def schedule_of(text: str) -> tuple[Schedule | None, str | None]:
    """The schedule and the route that a stretch of folded text states."""
    frequency = next((name for form, name in FREQUENCY if form.search(text)), None)
    day_match = DAYS.search(text)
    days = expand_days(day_match["days"] or day_match["before"]) if day_match else ()
    length, unit = cycle_in(text)
    minutes = _minutes(text)
    route = routes_in(text)
    if not (frequency or days or length or minutes):
        return None, route
    return Schedule(
        frequency=frequency, days=days, cycle_length=length, cycle_unit=unit, infusion_minutes=minutes
    ), route


@lru_cache(maxsize=1024)
def routes_in(text: str) -> str | None:
    """The first route that a text names, else the one that a form tells."""
    named = ROUTE.search(text)
    return named.lastgroup if named else next((name for name, form in FORM.items() if form.search(text)), None)


def expand_days(printed: str) -> tuple[int, ...]:
    """Days of a cycle, ranges expanded: "1-3, 8" is 1, 2, 3, 8; "-7 to -4" counts up to the transplantation."""
    days: list[int] = []
    for part in re.split(r",|and|&|/", printed):
        figures = DAY_WORD.sub(lambda match: str(words_to_number(match[0])), part.strip())
        numbers = re.findall(r"(?:(?<![\d ])-\s?|(?<=[a-z~]\s)-\s?)?\d+", figures)
        bounds = [int(number.replace(" ", "")) for number in numbers]
        if len(bounds) == 2 and bounds[0] < bounds[1] <= bounds[0] + 84:
            days.extend(range(bounds[0], bounds[1] + 1))
        else:
            days.extend(bounds)
    return tuple(dict.fromkeys(days))


def cycle_in(text: str) -> tuple[Decimal | None, str | None]:
    """The length of a cycle that a text states, with its unit."""
    match = CYCLE.search(text)
    if not match:
        return None, None
    for suffix in ("", "2", "3", "4"):
        length = match[f"length{suffix}"]
        if length:
            number = decimal(length)
            value = number if number is not None else Decimal(words_to_number(length) or 0)
            return value, UCUM_TIME.get(match[f"unit{suffix}"].lower(), "d")
    return None, None


def _minutes(text: str) -> Decimal | None:
    match = INFUSION.search(text)
    if not match:
        return None
    printed = match["value"] or match["value2"]
    value = decimal(printed) if printed[0].isdigit() else Decimal(words_to_number(printed) or 0)
    unit = (match["unit"] or match["unit2"]).lower()
    if value is None:
        return None
    return value * 60 if unit.startswith("h") else value
