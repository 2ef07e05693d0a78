"""Limits in eligibility criteria: "18 years or older", "< 1.5 x ULN", "within 4 weeks", "0-2" as operator, value, unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.quantities import NUMBER, WORD_NUMBER, decimal, words_to_number
from ontology import regex as re

# Printed units and their UCUM codes, the longer form before the shorter. Superscripts are plain digits after folding.
POWER = r"(?:[x×*·] ?)?10(?:\^?\{?|\()?"
LITRE = r"l(?:it(?:er|re))?(?![a-z])"
DECILITRE = r"d(?:eci)?l(?:it(?:er|re))?(?![a-z])"
MILLILITRE = r"m(?:illi)?l(?:it(?:er|re))?(?![a-z])"
PER_LITRE = rf"(?: ?(?:cells?|/|per) ?)*[/ ]? ?{LITRE}(?:-1)?"
PER_CUBIC = r"(?: ?cells?)? ?(?:/|per) ?(?:mm ?\^?\{?3\}?|cu ?mm|cmm|cubic mill?imet(?:er|re))"
PER_MICRO = r"(?: ?cells?)? ?(?:/|per) ?(?:μl|ul|mcl|microlit[re]{2})"
UNIT_FORMS: tuple[tuple[str, str], ...] = (
    ("10*9/L", rf"{POWER}9\}}?\)?{PER_LITRE}"),
    ("10*12/L", rf"{POWER}12\}}?\)?{PER_LITRE}"),
    ("10*6/L", rf"{POWER}6\}}?\)?{PER_LITRE}"),
    ("10*3/mm3", rf"{POWER}3\}}?\)?{PER_CUBIC}"),
    ("10*3/uL", rf"(?:{POWER}3\}}?\)?|k){PER_MICRO}"),
    ("/mm3", rf"{PER_CUBIC}|cells? ?/ ?mm ?\^?\{{?3\}}?"),
    ("/uL", rf"{PER_MICRO}"),
    (
        "ULN",
        r"(?:times |fold |-fold |[x×*] ?){0,3}(?:(?:more|greater|higher|less|lower) than )?(?:the )?(?:(?:institutional|local|laboratory|respective|age-adjusted|site|normal) )*"
        r"(?:ulns?\b|upper (?:limits?|value|level|bound)(?: of(?: the)? (?:normal|reference))?|upper normal (?:limits?|range|values?)|unl\b|normal (?:upper )?(?:limits?|values?|range))",
    ),
    ("LLN", r"(?:times |[x×*] ?){0,3}(?:the )?(?:lln\b|lower limits? of (?:the )?normal)"),
    (
        "mL/min/{1.73_m2}",
        rf"{MILLILITRE} ?(?:/|per| ) ?min(?:ute)?(?:-1)? ?(?:/|per| ) ?1\.73 ?(?:m ?\^?\{{?2?\}}?|square met(?:er|re)s?(?: of body[- ]surface area)?)",
    ),
    ("mL/min", rf"{MILLILITRE} ?(?:/|per| ) ?min(?:ute)?s?(?:-1)?"),
    ("kg/m2", r"kg ?(?:/|per| ) ?m ?(?:\^?\{?2\}?|-2)"),
    ("mg/m2", r"mg ?(?:/|per| ) ?m ?(?:\^?\{?2\}?|-2)"),
    ("g/dL", rf"g(?:rams?|m)? ?(?:/|per|%| ) ?{DECILITRE}(?:-1)?|g ?%"),
    ("g/L", rf"g(?:rams?)? ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("mg/dL", rf"mg ?(?:/|per|%| ) ?{DECILITRE}(?:-1)?|mg ?%"),
    ("mg/L", rf"mg ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("ug/L", rf"μg ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("umol/L", rf"(?:μ|u|micro)mol(?:es?)? ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("mmol/L", rf"mmol(?:es?)? ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("nmol/L", rf"nmol ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("pmol/L", rf"pmol ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("ng/mL", rf"ng ?(?:/|per| ) ?{MILLILITRE}(?:-1)?"),
    ("ng/L", r"ng ?(?:/|per| ) ?l(?:-1)?"),
    ("pg/mL", rf"pg ?(?:/|per| ) ?{MILLILITRE}(?:-1)?"),
    ("[iU]/mL", rf"iu ?(?:/|per| ) ?{MILLILITRE}(?:-1)?"),
    ("[iU]/L", rf"iu ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("U/mL", rf"u(?:nits?)? ?(?:/|per) ?{MILLILITRE}(?:-1)?"),
    ("U/L", rf"u(?:nits?)? ?(?:/|per| ) ?{LITRE}(?:-1)?"),
    ("g/d", r"g(?:rams?)? ?(?:/|per) ?(?:24 ?h(?:ours?)?|d(?:ay)?)"),
    ("mg/d", r"mg ?(?:/|per) ?(?:24 ?h(?:ours?)?|d(?:ay)?)|mg daily"),
    ("mm[Hg]", r"mm ?hg"),
    ("copies/mL", rf"copies ?(?:/|per) ?{MILLILITRE}"),
    ("/min", r"(?:beats?|bpm|breaths?)(?: ?(?:/|per) ?min(?:ute)?)?"),
    ("%", r"%|per ?cent(?:age points?)?\b"),
    ("a", r"(?:-| )?(?:years?|yrs?|y)(?:[- ]of[- ]age|[- ]old)?(?![a-z])"),
    ("mo", r"(?:-| )?(?:calendar )?(?:months?|mos?)(?: of age| old)?(?![a-z])"),
    ("wk", r"(?:-| )?(?:full )?(?:weeks?|wks?)(?: of gestation| gestation)?(?![a-z])"),
    ("d", r"(?:-| )?(?:consecutive |calendar |full )?days?(?![a-z])"),
    ("h", r"(?:-| )?(?:consecutive )?(?:hours?|hrs?|h)(?![a-z])"),
    ("min", r"(?:-| )?min(?:utes?)?(?![a-z])"),
    ("s", r"s(?:ec(?:onds?)?)?(?![a-z])"),
    ("ms", r"ms(?:ec)?(?![a-z])|milliseconds?"),
    ("kg", r"kg(?![a-z/])|kilograms?"),
    ("mg", r"mg(?![a-z/])"),
    ("g", r"g(?:rams?)?(?![a-z/])"),
    ("cm", r"cm(?![a-z])"),
    ("mm", r"mm(?![a-z])"),
    ("mL", r"ml(?![a-z/])"),
    ("L", r"l(?:it[re]{2}s?)?(?![a-z/])"),
    ("Gy", r"gy(?![a-z])"),
)
UNIT_BY_GROUP = {f"u{place}": code for place, (code, _) in enumerate(UNIT_FORMS)}
UNIT = re.compile(
    r"[ -]?(?:" + "|".join(f"(?P<u{place}>{form})" for place, (_, form) in enumerate(UNIT_FORMS)) + ")", re.IGNORECASE
)
TIME_UNITS = frozenset({"a", "mo", "wk", "d", "h", "min"})

# Words before and after a number that say which side of it is meant.
BEFORE: tuple[tuple[str, str], ...] = (
    (">=", r"≥|>=|> or =|> ?/ ?=|=>|\bat least|\b(?:a )?minimum(?: \w+)?(?: of)?|\b(?:not|no) (?:less|fewer|lower|younger) than|\bgreater than or equal to|\bequal to or (?:greater|more|higher) than|\bmore than or equal to|\bfrom"),
    ("<=", r"≤|<=|< or =|< ?/ ?=|=<|\bat most|\b(?:a )?maximum(?: \w+)?(?: of)?|\b(?:not|no) (?:more|greater|higher|older|longer|later) than|\bless than or equal to|\bequal to or (?:less|lower) than|\bup to|\bnot exceeding|\bwithin(?: (?:the|a|about|approximately))?(?: (?:last|past|previous|preceding|prior|first|next|period of))*|\b(?:in|during|over|for) the(?: (?:last|past|previous|preceding|prior|next))*"),
    (">", r">|\b(?:more|greater|higher|longer|later|older|larger|heavier)(?: than)?|\bover|\babove|\bexceed(?:s|ing|ed)?|\bin excess of"),
    ("<", r"<|\b(?:less|fewer|lower|younger|shorter|smaller|lighter|earlier)(?: than)?|\bunder|\bbelow"),
    ("=", r"="),
)  # fmt: skip
AFTER: tuple[tuple[str, str], ...] = (
    (">=", r"\+(?!\d)|,?\s?\(?(?:and|or|/)\s?(?:older|over|above|more|higher|greater|longer|larger|worse|upwards?)(?!\sthan)"),
    ("<=", r"\s?(?:and|or)\s(?:younger|under|below|less|lower|fewer|better|shorter)"),
    ("<=", r"\s?(?:before|prior(?: to)?|preceding|previously|earlier|ago|of (?:screening|study|enrol|registration|random|inclusion|treatment|first|the))"),
)  # fmt: skip
SIDES = {f"b{place}": sign for place, (sign, _) in enumerate(BEFORE)}
LEADS = "|".join(f"(?P<b{place}>{form})" for place, (_, form) in enumerate(BEFORE))
VALUE = rf"(?:{NUMBER}(?:(?<=\d),\d{{3}})*|\b{WORD_NUMBER}\b)"
LEAD = re.compile(
    rf"(?:{LEADS})\s?(?:the age of |age |an? |about |approximately |score of )?(?:≥|>=|>|<|≤)?\s?$", re.IGNORECASE
)
NUMBERS = re.compile(rf"(?<![\w.^/-])(?P<value>{VALUE})(?![\d\w]*[A-Z]{{2}})", re.IGNORECASE)
HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty)\b",
    re.IGNORECASE,
)
THROUGH = re.compile(
    rf"(?: ?(?P<u>%|years?|yrs?|y|months?|mo|weeks?|days?|kg|mg|mmol/l|mm ?hg)(?: of age| old)?)? ?(?:\(?inclusive\)? )?(?P<to>-|to|and|through|or|until)(?: to)? ?(?P<sign>≤|<=|<)? ?(?P<high>{NUMBER}|{WORD_NUMBER}\b)(?![\w.]*/)",
    re.IGNORECASE,
)
SIDE_AFTER = tuple((sign, re.compile(form, re.IGNORECASE)) for sign, form in AFTER)
BETWEEN = re.compile(
    r"\b(?:between|from|rang\w+(?: of| from| between)?)(?: the)?(?: ages? of)? ?(?:≥|>)? ?$", re.IGNORECASE
)
LEAD_REACH = 48
UPPER = re.compile(
    rf"(?: of age)?(?: or older)?,? ?(?:and|to|but|-) ?(?:≤|<=|<|less than|younger than|no more than) ?(?P<high>{NUMBER})",
    re.IGNORECASE,
)
# "if completed 6 months before randomisation"
COMPLETED = re.compile(r"\b(?:completed|ended|finished|stopped|discontinued)(?: about| some)? ?$", re.IGNORECASE)
# "70 mg per deciliter (1.8 mmol per liter) or higher"
OTHER_UNITS = re.compile(r" ?\((?=[^()]*\d)[^()]{1,40}\)(?= (?:and|or) )")
# "140/90 mmHg": the first of the pair is the limit.
PRESSURE = re.compile(r" ?/ ?\d{2,3}(?= ?mm ?hg)", re.IGNORECASE)
BEYOND = re.compile(r"\b(?:more|greater|higher|less|lower)\b", re.IGNORECASE)
# A number that only counts or names: "Table 1", "version 2.0", "type 2 diabetes", "(3)", "DSM-IV 4th".
NAMES = re.compile(
    r"(?:\b(?:table|fig(?:ure)?|version|v|ver\.|type|class|phase|visit|edition|appendix|criteria|code|item|level|axis|no|number|icd|arm|group|cohort|part|step|interleukin|il|cd|grades?|stages?|nyha|hepatitis|cytochrome p|cyp|factor|axes)\.?[ -]?)$",
    re.IGNORECASE,
)
GRADES = re.compile(r"\b(?:grades?|class)\s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit printed at `[start, end)`: operator, value, for a range its upper end, and unit (UCUM)."""

    operator: str
    value: Decimal
    start: int
    end: int
    unit: str | None = None
    value_max: Decimal | None = None

    @property
    def is_time(self) -> bool:
        """Whether it is a length of time."""
        return self.unit in TIME_UNITS


def limits(text: str) -> Iterator[Limit]:
    """The limits of folded text, in order; numbers without an operator are none unless they are a range."""
    reached = 0
    if not HAS_NUMBER.search(text):
        return
    for match in NUMBERS.finditer(text):
        if match.start() < reached:
            continue
        found = _range(text, match) or _bound(text, match)
        if found:
            reached = found.end
            yield found


def number(printed: str) -> Decimal | None:
    """A number in figures or words."""
    value = decimal(printed)
    if value is not None:
        return value
    words = words_to_number(printed)
    return Decimal(words) if words is not None else None


def unit_at(text: str, place: int) -> tuple[str | None, int]:
    """The unit printed at a place and where it ends."""
    match = UNIT.match(text, place)
    if not match or not match.lastgroup:
        return None, place
    return UNIT_BY_GROUP[match.lastgroup], match.end()


def _range(text: str, match: re.Match[str]) -> Limit | None:
    """A range "18-75 years", "between 12 and 60", "5 years to 65 years", "0 or 1"."""
    through = THROUGH.match(text, match.end())
    low = number(match["value"])
    if not through or low is None:
        return None
    high = number(through["high"])
    before = text[max(0, match.start() - LEAD_REACH) : match.start()]
    if high is None or high <= low or (NAMES.search(before) and not GRADES.search(before)):
        return None
    if through["to"].lower() in ("and", "or") and not BETWEEN.search(before) and not (high - low == 1 and high <= 4):
        return None
    code, end = unit_at(text, through.end())
    first = unit_at(text, match.end())[0] if through["u"] else code
    if code and first != code:
        return Limit("<=", high, match.start(), end, code)
    code = code or first
    return Limit("range", low, match.start(), end, code, high)


def _bound(text: str, match: re.Match[str]) -> Limit | None:
    """A number with a word or sign before it ("at least 3") or after it ("3 or more")."""
    value = number(match["value"])
    if value is None:
        return None
    before = text[max(0, match.start() - LEAD_REACH) : match.start()]
    paired = PRESSURE.match(text, match.end())
    code, end = unit_at(text, paired.end() if paired else match.end())
    graded = GRADES.search(before)
    lead = LEAD.search(before[: graded.start()] if graded else before)
    bare = Limit("=", value, match.start(), end, code)
    if sided := _sided(text, bare, before, bool(lead)):
        return _upper(text, sided)
    if code == "ULN" and not lead and (beyond := BEYOND.search(text[match.end() : end])):
        return replace(bare, operator="<" if beyond[0].lower() in ("less", "lower") else ">")
    if not lead or (NAMES.search(before) and not graded):
        return None
    operator = SIDES[str(lead.lastgroup)]
    if operator == "=" and not code:
        return bare
    return _upper(text, replace(bare, operator=operator, start=match.start() - len(lead[0])))


def _sided(text: str, bare: Limit, before: str, led: bool) -> Limit | None:
    """The limit whose side the words behind it tell."""
    other = OTHER_UNITS.match(text, bare.end) if bare.unit else None
    for sign, form in SIDE_AFTER:
        follows = form.match(text, other.end() if other else bare.end)
        if not follows or (led and sign == "<=" and not follows[0].strip().startswith(("and", "or"))):
            continue
        if sign == "<=":
            return replace(bare, operator=">=" if COMPLETED.search(before) else "<=")
        return replace(bare, operator=sign, unit=bare.unit or unit_at(text, follows.end())[0], end=follows.end())
    return None


def _upper(text: str, limit: Limit) -> Limit:
    """The limit, made a range where its upper end follows: "18 years or older and < 80 years"."""
    second = UPPER.match(text, limit.end)
    high = decimal(second["high"]) if second else None
    if not second or high is None or high <= limit.value or limit.operator not in (">=", ">"):
        return limit
    code, end = unit_at(text, second.end())
    return replace(limit, operator="range", value_max=high, unit=code or limit.unit, end=end)
