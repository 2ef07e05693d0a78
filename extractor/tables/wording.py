"""What the words of a head or a stub say of its numbers: the statistics in their printed order, the unit, the name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractor.tables.heads import PEOPLE
from extractor.tables.print import label
from extractor.units import unit_code
from ontology import regex as re

CRUDE = r"(?:(?:[Uu]na|[Aa])djusted |[Cc]rude )?"
SUBJECTS = r"(?:patients|subjects|participants|individuals|cases)"
# Printed phrases and the statistics that they announce, in order; the first alternative that matches wins.
PHRASES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "p",
        ("p_value",),
        r"(?-i:\bP|\bp)[- ]?values?\b|^p(?![-\w]).{0,40}$|^pvalue\b|^significance\b.*$|(?-i:(?<!roup)(?<!ROUP)(?<!rm)(?<!RM)\s[Pp]$)",
    ),
    ("odds", ("odds_ratio",), rf"\b(?:adjusted |unadjusted )?odds ratios?\b|(?-i:\b{CRUDE}a?OR\b)(?!\s?\(%\))"),
    (
        "hazard",
        ("hazard_ratio",),
        rf"\b(?:adjusted |unadjusted )?hazard ratios?\b|(?-i:\b{CRUDE}a?HR\b)(?!\s?[,(]\s?(?:beats|bpm|b/min|/min|min|per min))",
    ),
    (
        "risk",
        ("risk_ratio",),
        rf"\b(?:adjusted |unadjusted )?(?:relative risks?|risk ratios?|rate ratios?)\b|(?-i:\b{CRUDE}a?RR\b)(?!\s?[,(]\s?(?:breaths|bpm|/min|min))",
    ),
    ("level", ("ci",), r"\b\d\d(?:\.\d+)? ?% ?(?:CIs?|confidence intervals?|confidence limits?)\b|(?-i:\bCIs?\b)"),
    (
        "difference",
        ("difference",),
        r"\b(?:(?:mean|rate|risk|absolute|treatment|between-?\s?groups?|adjusted|estimated|ls mean|percentage|group) )*"
        r"differences?\b(?: (?:between|in|from|vs\.?|versus) (?:groups|arms|placebo|control|treatments?|means)\b)?",
    ),
    (
        "percent_count",
        ("percent", "count"),
        r"(?<!\d)%\s?[(,]\s?(?:no\.?|n)(?![a-z])\s?\)?|\bpercent(?:age)? ?\((?:n|no\.?|number)\)",
    ),
    (
        "fraction",
        ("count", "percent"),
        r"\b(?:n|(?:no\.? of )?(?:events?|responders|deaths)) ?/ ?(?:(?:total|no\.? of|number of) )?"
        r"(?:n|patients|subjects|participants|total)\b(?: ?[(,]? ?%\)?)?",
    ),
    (
        "count_percent",
        ("count", "percent"),
        rf"(?:\b(?:total )?(?:no|n|number|num|freq(?:uency)?|cases|counts?|{PEOPLE}|patient|subject)\b\.?|#)"
        rf"(?: of (?:the )?(?:{PEOPLE}|events))?\s?[,/]?\s?(?:[(\[]\s?(?:%|percent(?:age)?|per cent)\s?[)\]]|%)"
        rf"(?: of (?:the )?{PEOPLE})?",
    ),
    (
        "count",
        ("count",),
        rf"^(?:no\.?|n|counts?|frequency|(?:no\.?|number) of {SUBJECTS})$|[,(]\s?(?:n|no\.?)\s?\)?$|(?-i:\sn$)",
    ),
    ("geometric", ("geometric_mean",), r"\bgeo(?:metric)?\.? ?means?\b(?: ratio)?"),
    (
        "mean",
        ("mean",),
        r"\b(?:(?:ls|least[- ]squares?|adjusted|estimated|marginal) )*(?:means?|average)\b"
        r"(?! (?:corpuscular|arterial|platelet|cell|transit|h(?:a)?emoglobin|blood|airway|pulmonary|rank))(?: values?\b)?"
        r"|(?-i:\bM\b)(?=, ?SD)|^[xχ]\u0305?$|^[xχ]\u0305?(?=\s?±)",
    ),
    ("median", ("median",), r"\bmedians?\b(?: values?\b)?"),
    (
        "sd",
        ("sd",),
        r"±?\s?(?:\bstandard deviations?\b|(?-i:\bS\.?D\.?(?![A-Za-z])|\bsd\b)|\bs\.d\.)|\bstd\.? ?dev\.?\b",
    ),
    (
        "se",
        ("se",),
        r"±?\s?(?:\bstandard errors?\b(?: of (?:the )?means?)?|(?-i:\bS\.?E\.?M?\.?(?![A-Za-z])|\bsem?\b))",
    ),
    (
        "iqr",
        ("iqr",),
        r"\b(?:inter-?quartile ranges?|iqr|(?<!by )quartiles(?! of)|q1 ?[-,;/] ?q3|25th ?[-,;/] ?75th percentiles?"
        r"|25th (?:and|to) 75th percentiles?)\b",
    ),
    (
        "range",
        ("range",),
        r"\bmin(?:imum)?\.?\s?(?:[-,/;]|to|and)\s?max(?:imum)?\b\.?|(?<!normal )(?<!reference )\branges?\b(?! of)",
    ),
    ("cv", ("cv",), r"\bgeometric cv\b%?|\bcv\b ?%?"),
    (
        "percent",
        ("percent",),
        r"(?<![\w.])%(?! (?:of )?(?:the )?predicted)|\bpercent(?:age)?s?\b(?! (?:of )?(?:the )?predicted)(?: of (?:the )?(?:patients|subjects|participants)\b)?",
    ),
)
SCANNER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, _, pattern in PHRASES), re.IGNORECASE)
# Words without which a text announces no statistic; looked up before the long pattern is tried.
TRIGGERS = frozenset(
    "p pvalue pvalues or aor hr ahr rr arr ci cis cl no n number num freq frequency cases case count counts patients patient subjects subject "
    "participants persons people women men children infants individuals eyes pts mean means average geo geometric median medians sd s.d sds se sem "
    "s.e standard std iqr interquartile inter quartile quartiles q1 25th min minimum range ranges cv percent percentage percents per significance "
    "ratio ratios risk risks interval intervals limits limit difference differences m value values ls least adjusted x χ".split()
)
TOKEN = re.compile(r"[a-zχ0-9]+(?:\.[a-z])?")
STATISTICS = {name: statistics for name, statistics, _ in PHRASES}
SPREADS = frozenset(("sd", "se", "range", "iqr", "ci", "cv"))
COMPARISONS = frozenset(("hazard_ratio", "odds_ratio", "risk_ratio", "difference"))

# "Duration of disease - yr"
AFTER_DASH = re.compile(r"\s-\s(?P<unit>[^,()\[\]]{1,20})\s*$")
UNIT_SPOTS = (
    AFTER_DASH,
    re.compile(r"[(\[](?P<unit>[^()\[\]]{1,30}(?:\([^()]*\))?)[)\]]\s*$"),
    re.compile(r"[(\[](?P<unit>[^()\[\]]{1,30})[)\]]"),
    re.compile(r",\s*(?P<unit>[^,()\[\]]{1,30})\s*$"),
    re.compile(r"\s(?:in|at|as)\s(?P<unit>[^,()\[\]\s]{1,12})\s*$"),
    re.compile(
        r"(?<!prior)(?<!previous)(?<!past)(?<!last)(?<!\d)(?:,|\s|-)\s?(?P<unit>years|yrs|months|weeks|days|hours|kg/m2|mm ?Hg|mg/d[lL]|cm|kg)\s*$"
    ),
)
# A bracket that looks like a unit though no table knows it: "(x 10^9/L)", "(ng/24 h)", "(bowel movements/day)".
UNIT_SHAPE = re.compile(r"^(?:[x×]? ?10\^?\d{1,2} ?/? ?)?[A-Za-zμ%°.]{1,12}(?:\s?/\s?[\w.μ ]{1,12})+$|^[x×] ?10.*$")
# "mean (SD)a", where a footnote's letter is set like the rest
FOOTNOTE_MARK = re.compile(r"(?<=[)\]])[a-h]$")
COMMAS = re.compile(r"\s*,(?:\s*,)+")
PREDICTED = re.compile(r"(?:%|\bpercent) (?:of )?(?:the )?predicted", re.IGNORECASE)
# "Nights with awakenings per week" is a name, "L/min" a unit.
COUNTED_PER = re.compile(r"[A-Za-z]{4,}(?: [a-z]+){0,5} per [a-z]+$")
EMPTY_BRACKETS = re.compile(r"[(\[]\s*(?:[,;:/±]|and|or|\s)*\s*[)\]]")
EDGE_WORDS = re.compile(
    r"^(?:of|in|and|or|the|with)\b\s*|[\s,;:/±(-]*\b(?:of|in|as|and|or|the)\s*$|^[\s,;:.)/±-]+|[\s,;:(/±-]+$"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A head or stub taken apart; `printed_unit` is the unit as it stands, `unit` its UCUM code where known."""

    statistics: tuple[str, ...]
    unit: str | None
    printed_unit: str | None
    name: str


def alternatives(wording: Wording, text: str) -> tuple[tuple[str, ...], ...]:
    """The statistics of a wording; "Mean or median and SD or IQR" names two pairs of them."""
    found = wording.statistics
    if {"mean", "median", "sd", "iqr"} <= set(found) and re.search(r"\bor\b", text, re.IGNORECASE):
        return (("median", "iqr"), ("mean", "sd"))
    return (found,) if found else ()


@lru_cache(maxsize=8192)
def read_wording(text: str) -> Wording:
    """The statistics, the unit and the name in a plain head or stub ("Age, years, median (range)")."""
    text = FOOTNOTE_MARK.sub("", text)
    found: list[str] = []
    rest: list[str] = []
    last = 0
    told = "%" in text or "±" in text or "#" in text or not TRIGGERS.isdisjoint(TOKEN.findall(text.lower()))
    for match in SCANNER.finditer(text) if told else ():
        rest.append(text[last : match.start()])
        last = match.end()
        found.extend(STATISTICS[match.lastgroup or ""])
    rest.append(text[last:])
    bare = " ".join(EMPTY_BRACKETS.sub(" ", EMPTY_BRACKETS.sub(" ", " ".join(rest))).split())
    bare = COMMAS.sub(",", bare)
    unit, printed, name = split_unit(_trimmed(bare))
    if "percent" in found and unit is None and "count" not in found and name.strip():
        printed = "%"
    if found and unit is None and "percent" not in found and PREDICTED.search(name):
        unit, printed = "%", "%"
    if found and unit is None and (code := unit_code(name.strip())) and "." not in name and not COUNTED_PER.match(name):
        unit, printed, name = code, name.strip(), ""
    if {"mean", "median"} & set(found[found.index("percent") + 1 :] if "percent" in found else ()):
        found.remove("percent")
    return Wording(tuple(dict.fromkeys(found)), unit, printed, label(_trimmed(name)))


def split_unit(text: str) -> tuple[str | None, str | None, str]:
    """UCUM code, printed unit and the name without it; (None, None, text) where no unit is printed."""
    for spot in UNIT_SPOTS:
        match = spot.search(text)
        if match is None:
            continue
        printed = match["unit"].strip().removeprefix("in ")
        code = unit_code(printed)
        shaped = spot is not AFTER_DASH and UNIT_SHAPE.match(printed)
        if (code or shaped) and _trimmed(text[: match.start()]):
            return code, printed, f"{text[: match.start()]} {text[match.end() :]}"
    return None, None, text


def _trimmed(text: str) -> str:
    previous = ""
    while previous != text:
        previous, text = text, EDGE_WORDS.sub("", text.strip())
    return text
