"""What a head, a stub or a caption says besides its name: grade, time point, population, relatedness, consequence."""

from __future__ import annotations

from functools import lru_cache

from extractor.tables.print import label
from ontology import regex as re

ROMAN = {"0": "0", "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
LEVEL = r"(?:[0-5]|(?-i:IV|V|I{1,3}))"
GRADE_SET = rf"{LEVEL}(?:\s?(?:-|/|,|to|and|or|&|\+)\s?{LEVEL})*"
GRADED = re.compile(
    rf"""\b(?:(?:nci[- ])?(?:ctc(?:ae)?|who)[- ])?(?:toxicity\ )?grades?\s?[:=]?\s?
        (?:(?P<sign>≥|>=|>|≤|<=|<)\s?(?P<bound>{LEVEL})
         |(?P<levels>{GRADE_SET})(?P<over>\+|\ (?:or|and)\ (?:higher|above|worse|greater|more))?)(?![\w.])""",
    re.IGNORECASE | re.VERBOSE,
)
ANY_GRADE = re.compile(r"\b(?:any|all)[- ](?:ctcae |toxicity )?grades?\b|\bgrades? (?:any|all)\b", re.IGNORECASE)
SIGNED_LEVEL = re.compile(rf"(?:grade\s?)?(?P<sign>≥|>=)\s?(?:grade\s?)?(?P<bound>{LEVEL})", re.IGNORECASE)
BARE_GRADE = re.compile(rf"(?:g(?:rade)?\.?\s?)?(?P<levels>{GRADE_SET})(?P<over>\+)?", re.IGNORECASE)
SEVERITY = re.compile(
    r"(?:mild|moderate|severe)(?:\s?(?:-|/|or|to|and)\s?(?:moderate|severe))?|life[- ]threatening|fatal", re.IGNORECASE
)
LEVELS_OF = {"life-threatening": "4", "life threatening": "4", "fatal": "5"}
ANY_WORDS = frozenset(("any", "all", "total", "overall", "any severity", "all severities"))

DIGIT = re.compile(r"\d")
UNITS_OF_TIME = {
    "h": r"(?:hours?|hrs?|h)",
    "d": r"(?:days?|d)",
    "wk": r"(?:weeks?|wks?|w)",
    "mo": r"(?:months?|mos?|mths?)",
    "a": r"(?:years?|yrs?|y)",
    "min": r"(?:min(?:utes?)?s?)",
    "{cycle}": r"(?:cycles?|courses?)",
}
_TIME = "|".join(f"(?P<t{place}>{pattern})" for place, pattern in enumerate(UNITS_OF_TIME.values()))
# "week 12", "wk 12", "Day 1" name the unit first; "12 weeks", "6-month" the number.
UNIT_FIRST = re.compile(rf"(?<!/)\b(?:{_TIME})\.?\s?(?P<number>\d+(?:\.\d+)?)(?![\d.%/]|\s?[-/]\s?\d)", re.IGNORECASE)
NUMBER_FIRST = re.compile(rf"(?<![\d.<>≤≥/-])(?P<number>\d+(?:\.\d+)?)[- ]?(?:{_TIME})\b(?!/)", re.IGNORECASE)
AT = re.compile(r"\b(?:at|after|by|to|through|until|within|post)\b", re.IGNORECASE)
# "5-year survival", "30-day mortality" are figures at a time; "6-minute walk" is a name.
TIMED = re.compile(
    r"(?:\s\w+){0,2}?\s(?:survival|mortality|deaths?|OS|PFS|DFS|EFS|RFS|relapse|recurrence|abstinence|remission|incidence|rates?)\b",
    re.IGNORECASE,
)
OF_EVENT = re.compile(
    r"\s*(?:of|after|from|since|following|post-?)\s+(?:the )?(?:start of )?(?:randomi[sz]ation|treatment|surgery|therapy|enrol?lment|delivery"
    r"|operation|baseline|study entry|inclusion|follow-?up|intervention|birth|discharge|admission)\b",
    re.IGNORECASE,
)
WHOLLY_TIME = re.compile(
    r"^(?:(?:at|after|by|to|value|score|follow-?up|visit|treatment|post|mean|months?'?|since|surgery|end|of"
    r"|baseline|from|the|w|therapy|study|assessment|\(|\)|,|:|-)\s?)*$",
    re.IGNORECASE,
)
NAMED_TIMES: tuple[tuple[str, str], ...] = (
    (
        "baseline",
        r"^(?:(?:value|score|mean)s?\s)?(?:at\s)?(?:baseline|bl|t0)\b(?!-|\s(?:characteristic|to|visit))|\bat baseline\b",
    ),
    (
        "baseline",
        r"\bpre-?\s?(?:treatment|intervention|therapy|test|dose|study)\b|^(?:pre|before)(?:\s\w+){0,3}$"
        r"|\bbefore (?:treatment|therapy|the (?:study|intervention))\b|\(before\)",
    ),
    (
        "post-treatment",
        r"\bpost-?\s?(?:treatment|operati(?:ve|on)|intervention|therapy|test)\b|^(?:post|after)(?:\s[a-z]\w*){0,3}$"
        r"|\bafter (?:treatment|therapy|the (?:study|intervention))\b",
    ),
    ("end of treatment", r"\bend of (?:the )?treatment\b"),
    (
        "end of study",
        r"\b(?:end of (?:the )?(?:study|trial)|study end|final visit|last visit|end ?point visit|^endpoint$)\b",
    ),
    ("follow-up", r"^(?:at )?follow-?\s?up$"),
)
_NAMED = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in NAMED_TIMES]

POPULATIONS: tuple[tuple[str, str], ...] = (
    ("modified intention-to-treat", r"\bmodified (?:itt|intent(?:ion)?[- ]to[- ]treat)\b|\bmitt\b"),
    ("intention-to-treat", r"\bintent(?:ion)?[- ]to[- ]treat\b|\bitt\b"),
    ("per-protocol", r"\bper[- ]protocol\b|(?-i:\bPP\b)(?= (?:set|population|analysis)|\)?$)"),
    ("full analysis set", r"\bfull analysis set\b|(?-i:\bFAS\b)(?!-)"),
    ("evaluable", r"^(?:(?:response|efficacy)[- ])?evaluable(?: (?:patients|population|subjects|set))?$"),
    ("safety population", r"\bsafety (?:population|set|analysis set)\b"),
)
_POPULATIONS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in POPULATIONS]

RELATEDNESS: tuple[tuple[str, str], ...] = (
    ("immune-related", r"\bimmune[- ](?:related|mediated)\b|\birAEs?\b"),
    (
        "unrelated",
        r"\b(?:un|not |non-?)related\b(?! to (?:progress|disease))|\bunlikely related\b",
    ),
    (
        "any-cause",
        r"\ball[- ]caus(?:e|ality)\b|\bany[- ]cause\b|\birrespective of caus"
        r"|\bregardless of (?:the )?(?:relation|caus|attribution)",
    ),
    (
        "treatment-related",
        r"^(?:possibly |probably )?related$|\b(?:treatment|drug|study[- ]drug|therapy|chemotherapy|medication|vaccine|product|regimen)[- ]?related\b"
        r"|\brelated to (?:the )?(?:study|treatment|drug|trial|investigational|protocol)|\bTRAEs?\b"
        r"|\battribut(?:ed|able) to (?:the )?(?:study|treatment|drug|therapy)",
    ),
)
_RELATEDNESS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in RELATEDNESS]

CONSEQUENCES: tuple[tuple[str, str], ...] = (
    (
        "discontinuation",
        r"\b(?:lead(?:ing)?|led|result(?:ing|ed)|caus(?:ing|ed)|requiring)(?: (?:to|in))?(?: \w+){0,3} (?:discontinu|withdraw)\w*"
        r"|\b(?:discontinu\w+|withdr[ae]w\w*)(?: \w+){0,4} (?:due to|because of|for|owing to)\b.*\b(?:ae|adverse|toxicit)"
        r"|\bpermanent(?:ly)? (?:discontinu|withdraw|interrupt|stop|cess)\w*",
    ),
    (
        "dose reduction",
        r"\b(?:lead|led|result|caus|requir)\w*(?: \w+){0,2} dose (?:reduc|modif|adjust)\w*|\bdose reductions? due to\b",
    ),
    ("dose interruption", r"\b(?:lead|led|result|caus|requir)\w*(?: \w+){0,2} (?:dose )?(?:interrupt|delay)\w*"),
    ("death", r"\b(?:lead|led|result)\w*(?: \w+){0,2} (?:in |to )?death\b|\bfatal (?:adverse|ae)"),
    ("serious", r"\bserious\b|(?-i:\bT?SAEs?\b)"),
)
_CONSEQUENCES = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in CONSEQUENCES]


def grade(text: str) -> tuple[str | None, str]:
    """The grade that a plain text states and the text without it ("Grade III-IV nausea": "3-4")."""
    if "rade" in text or "RADE" in text:
        match = ANY_GRADE.search(text)
        if match:
            return "any", _without(text, match)
        match = GRADED.search(text)
        if match:
            return _canonical(match), _without(text, match)
    bare = label(text).lower()
    match = SIGNED_LEVEL.fullmatch(bare)
    if match:
        return _canonical(match), ""
    if SEVERITY.fullmatch(bare):
        return LEVELS_OF.get(bare, bare), ""
    return None, text


def bare_grade(text: str, is_head: bool) -> str | None:
    """The grade of a head or stub that is only a level ("3", "III-IV", "G3"); for tables known to be of events."""
    bare = label(text)
    if is_head and bare.lower() in ANY_WORDS:
        return "any"
    match = BARE_GRADE.fullmatch(bare)
    return _canonical(match) if match else None


def _canonical(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("sign"):
        level = int(_level(groups["bound"] or "0"))
        sign = groups["sign"]
        if sign in ("≥", ">="):
            return f">={level}"
        if sign == ">":
            return f">={level + 1}"
        return f"<={level}" if sign in ("≤", "<=") else f"<={level - 1}"
    levels = sorted({int(_level(level)) for level in re.findall(LEVEL, groups["levels"] or "", re.IGNORECASE)})
    if groups.get("over"):
        return f">={levels[0]}"
    return str(levels[0]) if len(levels) == 1 else f"{levels[0]}-{levels[-1]}"


def _level(printed: str) -> str:
    return ROMAN.get(printed.lower(), printed)


@lru_cache(maxsize=4096)
def timepoint(text: str) -> tuple[str | None, str]:
    """The time point that a plain text states, in UCUM units, and the text without it ("Week 12": "12 wk")."""
    if text.lower().startswith("baseline at "):
        return "baseline", ""
    for pattern in (UNIT_FIRST, NUMBER_FIRST) if DIGIT.search(text) else ():
        matches = list(pattern.finditer(text))
        if not matches:
            continue
        match = matches[-1]
        rest = _without(text, match)
        at = next(reversed(list(AT.finditer(text[: match.start()]))), None)
        after = OF_EVENT.match(text, match.end())
        timed = match.start() == 0 and TIMED.match(text, match.end())
        if WHOLLY_TIME.match(rest) or at or after or timed or (pattern is UNIT_FIRST and match.start() == 0):
            unit = next(code for place, code in enumerate(UNITS_OF_TIME) if match[f"t{place}"])
            if at or after:
                start = at.start() if at else match.start()
                rest = label(text[:start] + " " + text[after.end() if after else match.end() :])
            return f"{match['number']} {unit}", "" if WHOLLY_TIME.match(rest) else rest
    for name, named in _NAMED:
        found = named.search(text)
        if found:
            return name, _without(text, found)
    return None, text


def population(text: str) -> tuple[str | None, str]:
    """The analysis population that a plain text names and the text without it."""
    for name, pattern in _POPULATIONS:
        match = pattern.search(text)
        if match:
            rest = re.sub(r"\b(?:population|analysis|set|patients)\b", " ", _without(text, match), flags=re.IGNORECASE)
            return name, label(" ".join(rest.split()).replace("()", ""))
    return None, text


def relatedness(text: str) -> str | None:
    """Whether a plain text speaks of related, immune-related, unrelated events or those of any cause."""
    return next((name for name, pattern in _RELATEDNESS if pattern.search(text)), None)


def consequence(text: str) -> str | None:
    """What the events of a plain text led to."""
    return next((name for name, pattern in _CONSEQUENCES if pattern.search(text)), None)


def _without(text: str, match: re.Match[str]) -> str:
    return label(re.sub(r"[(\[]\s*[)\]]", " ", f"{text[: match.start()]} {text[match.end() :]}"))
