"""One stretch of printed criteria as single criteria: which pieces belong together, of what kind, with which limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractor.criterion_kinds import KIND, RULES, analytes, has_analyte
from extractor.criterion_lists import Piece, Statement, pieces
from extractor.criterion_values import Limit, limits
from ontology import regex as re

BRACKETED = re.compile(r"\([^()]*\)|\[[^\][]*\]")
CONTINUES = re.compile(
    r"^(?:older|above|over|younger|more|less|greater|higher|lower|worse|longer|fewer|below|under|better|including|such as|e\.?g|i\.?e|ie|defined|as (?:defined|assessed|judged|determined|measured|confirmed|well)|except\w*|excluding|other than|unless|which|whose|whom|according|based on|within (?!normal)|in (?:the )?(?:absence|opinion)|if\b(?! (?:they|he|she|there))|but\b|(?:provide|give|complete|understand|attend|comply|adhere|undergo|participate)\b|for which|although|provided|regardless|irrespective|with or without|either\b|(?:both )?inclusive)",
    re.IGNORECASE,
)
RESTART = re.compile(
    r"^(?:and |or )?(?:if )?(?:they |who |that |which )?(?:had|have|were|did|could|required)\b|^(?:and |or )?(?:(?:any|a|an|the|with|other|those|patients|subjects|women|who|had|have|has|having|being|been|were|was|are|is|be|not|no|recent|also|other|current|currently|clinically|significant|medically) )*(?:history|prior|previous\w*|presence|evidence|known|active|uncontrolled|unstable|untreated|symptomatic|use|using|taking|received|receiv\w+|treated|treatment|pregnan\w+|unable|inability|participat\w+|severe|serious|significant|clinically|concomitant|concurrent|suspect\w+|abnormal|risk|need|refus\w+|hypersensitiv\w+|allerg\w+|contraindicat\w+|chronic|acute|congestive|major|hiv|baseline|planned|aged?|donation|existing|pre-existing|condition|disease|illness|disorder|inadequate|adequate|impaired|life expectancy|at least|willing|ability|alcohol\w*)\b",
    re.IGNORECASE,
)
ADJECTIVE = re.compile(r"(?:al|ic|ary|(?<!\bye)ar|ous|ive|iac)\s*$")
# What "and" or "or" joins to its other half: "histologically or cytologically", "men and women", "acute or chronic".
HALVED = re.compile(
    r"(?:\w{3}ly|\b(?:men|women|males?|females?|boys|girls|acute|mild|moderate|known|current|previous|any))\s*$",
    re.IGNORECASE,
)
OPENS = re.compile(r"\b(?:including|such as|e\.g\.|eg|like)\b", re.IGNORECASE)
NEGATED = re.compile(
    r"\b(?:no|not|without|absence of|free (?:of|from)|never|lack of|negative for|excluding|nor)\b", re.IGNORECASE
)
VIRAL = re.compile(r"\b(?:HIV|human immunodeficiency|hepatitis|Hep-?[ABC]|HBV|HCV|HBsAg|AIDS)\b", re.IGNORECASE)
SUBSTANCE = re.compile(
    r"\b(?:alcohol\w*|(?:illicit )?drugs?|substances?|narcotics?)\b(?:[ /]+(?:or|and|[\w-]+)){0,2}[ /]*(?:abuse|misuse|use|dependen\w+|addiction)\b|\balcoholism\b",
    re.IGNORECASE,
)
# Words that tell a kind only where no other word does.
WEAK = frozenset({"eligibility.received", "eligibility.drug_class"})
DRUGS = frozenset({"prior-therapy", "concomitant-medication"})
# Neighbours of these kinds are one criterion ("pregnant or lactating"), unless both carry a limit.
MERGED = frozenset(
    {
        "pregnancy",
        "consent",
        "allergy",
        "ecog",
        "karnofsky",
        "age",
        "stage",
        "organ-function",
        "biomarker",
        "measurable-disease",
        "laboratory",
    }
)
# What an inclusion criterion may say at once ("women aged 18 or older with histologically confirmed stage III disease").
TOGETHER = (
    "consent",
    "pregnancy",
    "karnofsky",
    "ecog",
    "life-expectancy",
    "age",
    "measurable-disease",
    "biomarker",
    "prior-therapy",
    "stage",
    "histology",
)
# The kinds among which the first in the text decides, in an exclusion criterion.
RIVALS = frozenset(
    {
        "prior-therapy",
        "concomitant-medication",
        "comorbidity",
        "other",
        "stage",
        "biomarker",
        "organ-function",
        "histology",
        "measurable-disease",
    }
)
# Beside these a disease only says of what ("adequate liver function", "allergy to ...").
NO_DISEASE = frozenset({"organ-function", "other", "concomitant-medication", "allergy"})
# The state of a disease, not the disease.
STATE = re.compile(
    r"\b(?:progressive|stable|metastatic|measurable|residual|evaluable|symptomatic) diseases?\b", re.IGNORECASE
)
SCORE = re.compile(r"\b(?P<low>[0-4])(?:(?:,| or| and| to|-|,? or) ?\d)*(?:,? ?(?:or|and|to|-) ?(?P<high>[0-4]))?\b")
NEAREST = frozenset({"age", "ecog", "karnofsky", "life-expectancy", "organ-function"})
ALLOWED: dict[str, Callable[[Limit], bool]] = {
    "age": lambda limit: (limit.unit in ("a", None) and limit.value <= 120) or limit.unit in ("mo", "wk", "d"),
    "ecog": lambda limit: limit.unit is None and limit.value <= 4,
    "karnofsky": lambda limit: limit.unit in (None, "%") and 10 <= limit.value <= 100,
    "life-expectancy": lambda limit: limit.is_time,
    "prior-therapy": lambda limit: limit.unit != "ULN",
    "concomitant-medication": lambda limit: limit.is_time or limit.unit in ("mg", "mg/d"),
    "measurable-disease": lambda limit: limit.unit is None and limit.operator == ">=" and limit.value <= 5,
    "comorbidity": bool,
    "other": bool,
    "histology": lambda limit: (limit.is_time and limit.unit != "a") or (limit.is_time and limit.operator != "range"),
    "organ-function": lambda limit: (limit.unit is not None and not limit.is_time) or limit.unit in ("ms", "L"),
    "biomarker": lambda limit: limit.unit == "%" or (limit.unit is None and limit.operator != "range"),
}  # fmt: skip
# Their solid tumours are no disease of a patient.
RESPONSE_CRITERIA = re.compile(r"\bResponse Evaluation Criteria (?:in|for|of) Solid Tumou?rs\b", re.IGNORECASE)
NORMAL = re.compile(
    r"\b(?:normal (?:limits?|range)|abnormal|outside|(?:upper|lower) limits?|reference range|elevated|ULN|LLN)\b",
    re.IGNORECASE,
)
PRESSED = re.compile(r"\bhypertensi\w+,? ?[(\[][^()\[\]]*$", re.IGNORECASE)
# The name of a scale may hold a disease's: "Clinical Global Impressions for Bipolar Disorder".
SCALE_BEHIND = re.compile(
    r"(?: [\w-]+){0,3}? (?:scale|score|inventory|index|questionnaire|examination|checklist)\b(?! \w+itis)",
    re.IGNORECASE,
)
SCALE_OF = re.compile(
    r"\b(?:impressions?|scale|index|ratings?|score|questionnaire|inventory|assessment) (?:for|of|in) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
BESIDE_VALUES = frozenset({"age", "ecog", "karnofsky", "consent", "life-expectancy"})


@dataclass(frozen=True, slots=True)
class Found:
    """A criterion read: its kind, its limit, and its characters in the sentence."""

    kind: str
    start: int
    end: int
    rule: str
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word that tells a kind, at `[start, end)`."""

    kind: str
    start: int
    end: int
    rule: str


def criteria(statement: Statement) -> Iterator[Found]:
    """The single criteria of a statement, in order."""
    text = statement.sentence.text
    said: set[str] = set()
    parts = pieces(text, statement.start, statement.end)
    listed = sum(part.hard for part in parts) > 2
    for start, end, hard in glued(text, parts, statement.polarity == "exclusion"):
        if hard:
            said.clear()
        for found in read(text, start, end, statement.polarity, listed and hard):
            if found.kind in said and found.limit is None and statement.polarity == "inclusion":
                continue
            if found.kind in TOGETHER:
                said.add(found.kind)
            yield found


def glued(text: str, parts: Sequence[Piece], excluded: bool) -> Iterator[tuple[int, int, bool]]:
    """Pieces put together into criteria; the flag tells those that the print itself sets off."""
    group: tuple[int, int, bool] | None = None
    listed = False
    for part in parts:
        if group is None:
            group = (part.start, part.end, part.hard)
        elif belongs(text, group, part, listed, excluded):
            group = (group[0], part.end, group[2])
        else:
            yield group
            group = (part.start, part.end, part.hard)
        listed = not part.hard and not part.word if part.hard or not part.word else listed
    if group:
        yield group


def belongs(text: str, group: tuple[int, int, bool], part: Piece, listed: bool, excluded: bool) -> bool:
    """Whether a piece goes on with the criterion before it."""
    if part.hard:
        return False
    before, after = text[group[0] : group[1]], text[part.start : part.end].strip()
    if CONTINUES.match(after) or (part.word and HALVED.search(before)):
        return True
    ours, theirs = kind_of(before), kind_of(after)
    restarts = bool(RESTART.match(after))
    if theirs is None:
        return not (restarts and ours) and not (limited(after) and limited(before))
    if ours is None:
        return len(before.split()) <= 4 or bool(ADJECTIVE.search(before)) or (part.word and not restarts)
    if part.word and not listed:
        return not restarts if ours == theirs else ours in DRUGS and theirs in DRUGS
    return _one_thing(before, after) or (not restarts and _one_list(before, ours, theirs, excluded))


def _one_thing(before: str, after: str) -> bool:
    """Whether neighbours of a list are of one thing: viruses, substances, what MERGED names."""
    if any(form.search(before) and form.search(after) for form in (VIRAL, SUBSTANCE)):
        return True
    ours = kind_of(before)
    if ours not in MERGED or ours != kind_of(after):
        return False
    return not limited(before) and (ours != "laboratory" or not NORMAL.search(before))


def _one_list(before: str, ours: str, theirs: str, excluded: bool) -> bool:
    """Whether a list that a criterion opened ("including", several drugs) goes on."""
    return bool(OPENS.search(BRACKETED.sub("", before))) or (excluded and ours in DRUGS and theirs in (*DRUGS, "other"))


@lru_cache(maxsize=2048)
def limited(text: str) -> bool:
    """Whether a text states a limit."""
    return next(limits(text), None) is not None


@lru_cache(maxsize=2048)
def kind_of(text: str) -> str | None:
    """The kind of a piece; all laboratory values are one kind here."""
    if has_analyte(text) and analytes()[0].search(text):
        return "laboratory"
    return first_kind(BRACKETED.sub(blank, text)) or first_kind(text)


def blank(match: re.Match[str]) -> str:
    """White space in the place of a match."""
    return " " * len(match[0])


@lru_cache(maxsize=2048)
def first_kind(text: str) -> str | None:
    """The kind of the surest anchor."""
    rules = [rule for rule in RULES if rule.name not in WEAK] + [rule for rule in RULES if rule.name in WEAK]
    return next((KIND[rule.name] for rule in rules if rule.pattern.search(text)), None)


@lru_cache(maxsize=2048)
def anchors(text: str) -> tuple[Anchor, ...]:
    """The first anchor of each rule, the surest rule first."""
    tried = ((rule, rule.pattern.search(text)) for rule in RULES)
    found = [Anchor(KIND[rule.name], match.start(), match.end(), rule.name) for rule, match in tried if match]
    telling = [anchor for anchor in found if anchor.rule not in WEAK]
    return tuple(telling or found)


def read(text: str, start: int, end: int, polarity: str, listed: bool) -> Iterator[Found]:
    """The criteria of one group of pieces; `listed` where the print sets the criteria off from each other."""
    part = text[start:end]
    start, part = start + len(part) - len(part.lstrip(" ,;:.-◦•●▪–")), part.strip(" ,;:.-◦•●▪–")
    end = start + len(part)
    stated = list(limits(part))
    measured = list(_laboratory(part, stated))
    part = RESPONSE_CRITERIA.sub(blank, part)
    plain = BRACKETED.sub(blank, part)
    chosen = _included(anchors(part), part) if polarity == "inclusion" else _excluded(anchors(plain) or anchors(part))
    if measured:
        beside = TOGETHER if polarity == "inclusion" else BESIDE_VALUES
        chosen = [anchor for anchor in chosen if anchor.kind in beside]
    free = [limit for limit in stated if all(limit is not item.limit for item in measured)]
    if measured and polarity == "inclusion":
        yield from _function_before(anchors(plain), measured, start)
    if polarity == "exclusion" and measured and (disease := _in_disease(part, measured)):
        yield Found(disease.kind, start, end, disease.rule, shifted(disease.limit, start))
        return
    for item in measured:
        yield Found(item.kind, start + item.start, start + item.end, item.rule, shifted(item.limit, start))
    for anchor in chosen:
        limit = limit_for(anchor, free, part)
        free = [other for other in free if other is not limit]
        yield Found(anchor.kind, start, end, anchor.rule, shifted(limit, start))
    if not chosen and not measured and len(part.split()) > 1 and (stated or listed):
        yield Found("other", start, end, "eligibility.other", shifted(stated[0] if stated else None, start))


def _in_disease(part: str, measured: Sequence[Found]) -> Found | None:
    """The pressure that says how high a hypertension is: "uncontrolled hypertension (blood pressure > 150/100 mmHg)"."""
    item = measured[0]
    told = PRESSED.search(part[: item.start])
    return (
        Found("comorbidity", 0, len(part), "eligibility.disease", item.limit) if told and len(measured) == 1 else None
    )


def _function_before(known: Sequence[Anchor], measured: Sequence[Found], start: int) -> Iterator[Found]:
    """The function that measured values are to show: "adequate organ function (platelets ≥ 80 ...)"."""
    function = next((anchor for anchor in known if anchor.rule == "eligibility.stable_function"), None)
    if function and function.end <= measured[0].start and all(item.kind != "organ-function" for item in measured):
        yield Found(function.kind, start + function.start, start + function.end, function.rule)


def shifted(limit: Limit | None, start: int) -> Limit | None:
    """A limit with its place counted from the sentence."""
    if limit is None:
        return None
    return Limit(limit.operator, limit.value, limit.start + start, limit.end + start, limit.unit, limit.value_max)


def _included(known: Sequence[Anchor], part: str) -> Sequence[Anchor]:
    """What an inclusion criterion says: every kind that may stand together, else the surest."""
    if known and (first := min(known, key=lambda anchor: anchor.start)).rule == "eligibility.compliance":
        known = [anchor for anchor in known if anchor.kind not in ("prior-therapy", "concomitant-medication")]
        if len(known) == 1:
            return [first]
    together = {anchor.kind: anchor for anchor in known if anchor.kind in TOGETHER}
    disease = next((anchor for anchor in known if anchor.rule == "eligibility.disease"), None)
    plain = not any(anchor.kind in NO_DISEASE for anchor in known) and not STATE.search(part)
    scale = disease and (SCALE_OF.search(part[: disease.start]) or SCALE_BEHIND.match(part[disease.end :]))
    if disease and plain and not scale and "histology" not in together and not _negated(part, disease):
        together["histology"] = Anchor("histology", disease.start, disease.end, disease.rule)
    if "stage" in together and _negated(part, together["stage"]):
        del together["stage"]
    if together:
        return [together[kind] for kind in TOGETHER if kind in together]
    if known and known[0] is disease and (STATE.search(part) or scale):
        return ()
    return known[:1]


def _negated(part: str, anchor: Anchor) -> bool:
    return bool(NEGATED.search(part[max(0, anchor.start - 40) : anchor.start]))


def _excluded(known: Sequence[Anchor]) -> Sequence[Anchor]:
    """What an exclusion criterion is about: a sure kind, else the first named."""
    if not known:
        return []
    if known[0].kind not in RIVALS:
        return known[:1]
    return [min((anchor for anchor in known if anchor.kind in RIVALS), key=lambda anchor: anchor.start)]


def limit_for(anchor: Anchor, stated: Sequence[Limit], part: str) -> Limit | None:
    """The limit that a criterion of this kind can have, the first printed."""
    allowed = ALLOWED.get(anchor.kind)
    if allowed is None:
        return None
    fitting = [limit for limit in stated if allowed(limit)]
    if anchor.kind == "histology":
        plain = BRACKETED.sub(blank, part)
        fitting = [limit for limit in fitting if limit.start > anchor.start and plain[limit.start : limit.end].strip()]
    after = [limit for limit in fitting if limit.end > anchor.start]
    if anchor.kind in NEAREST:
        if anchor.kind == "ecog" and not after:
            return _score(part, anchor)
        fitting = after or fitting
    return fitting[0] if fitting else None


def _score(part: str, anchor: Anchor) -> Limit | None:
    """A performance status printed as its values: "0, 1, or 2"."""
    match = SCORE.search(part, anchor.end)
    if not match or match.start() - anchor.end > 40:
        return None
    low, high = Decimal(match["low"]), Decimal(match["high"]) if match["high"] else None
    if high is not None and high > low:
        return Limit("range", low, match.start(), match.end(), None, high)
    return Limit("=", low, match.start(), match.end())


def _laboratory(part: str, stated: Sequence[Limit]) -> Iterator[Found]:
    """Measured values; those named together share the limit after the last ("AST and ALT <= 2.5 x ULN")."""
    if not (stated or NORMAL.search(part) or "proteinuria" in part) or not has_analyte(part):
        return
    form, names = analytes()
    waiting: list[tuple[str, re.Match[str]]] = []
    mentions = list(form.finditer(part))
    for place, match in enumerate(mentions):
        name = names[str(match.lastgroup)]
        if all(name != other for other, _ in waiting):
            waiting.append((name, match))
        stop = mentions[place + 1].start() if place + 1 < len(mentions) else len(part)
        limit = next(
            (item for item in stated if _measures(item) and match.end() <= item.end and item.start < stop), None
        )
        if limit is None:
            continue
        for kind, mention in waiting:
            yield Found(_kind(kind), mention.start(), max(mention.end(), limit.end), "eligibility.measured", limit)
        waiting = []
    for kind, mention in waiting:
        before = part[max(0, mention.start() - 24) : mention.start()]
        absent = kind == "proteinuria" and NEGATED.search(before)
        if not kind.startswith("=") and (absent or NORMAL.search(part, mention.start())):
            yield Found(_kind(kind), mention.start(), mention.end(), "eligibility.measured")


def _kind(name: str) -> str:
    return name[1:] if name.startswith("=") else f"laboratory:{name}"


def _measures(limit: Limit) -> bool:
    """Whether a limit can be one of a measured value: no length of time but seconds."""
    return not limit.is_time
