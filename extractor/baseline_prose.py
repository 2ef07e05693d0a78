"""Baseline characteristics in running text: how old patients were, which sex, and values "at baseline"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.asides import OF_PEOPLE
from extractor.attribution import HYPOTHESIS
from extractor.cues import Cued
from extractor.quantities import INTEGER, NUMBER, PEOPLE, decimal
from extractor.reading import Sentence
from extractor.study import Study
from extractor.tables.baseline import variable_of
from extractor.units import unit_code
from ontology import regex as re
from ontology.record import Baseline, Range

PLACES = frozenset({"abstract", "results", "methods"})
# "The median age was 63 years (range 47-75)", "a mean body mass index (BMI) of 26 kg/m2", "Mean total scores at baseline were".
AVERAGE = Cued(
    r"(?<!adjusted )\b(?P<statistic>mean|median|average) ?(?P<note>[(\[][^()\[\]]{1,24}[)\]])? ?"
    r"(?:(?P<name>(?:[\w-]+ )?ages?|body[- ]mass index|BMI|disease duration|duration of (?:the |their )?(?:type [12] )?(?:disease|illness|diabetes|hypertension|infertility)|time since (?:initial |first )?diagnosis|(?:body )?weight|height)\b(?: \([^()]{1,26}\))?(?: [^.;:()\d]{1,80}?)??"
    r"|(?P<named>(?:[\w-]+ ){0,4}[\w-]+) at (?:baseline|study entry|enrol+ment)) ?(?:was|were|of|:|=|,) (?:approximately |about )?(?=\d)",
    re.IGNORECASE,
)
# "At baseline, the mean pain score was 6.1": up to what is told of a later time.
AT_START = Cued(r"^(?:At|On) (?:baseline|study entry|enrol+ment|admission|inclusion)\b")
THEN = re.compile(r"\b(?:after|follow-up|post-?\w*|at (?:the end|weeks?|months?|days?|years?|\d+))\b", re.IGNORECASE)
MEAN_OF = re.compile(
    r"\b(?P<statistic>mean|median|average) ?(?P<note>\([^()]{1,24}\))? ?(?P<named>(?:[\w-]+ ){0,5}?[\w-]+)(?: \([^()\d]{1,12}\))?,? (?:was|were|of|:|=)? ?(?:approximately |about )?(?=\d)",
    re.IGNORECASE,
)
CHANGED = re.compile(r"\b(?:change|reduction|increase|decrease|difference|improvement)s?\b", re.IGNORECASE)
NOT_AT_START = re.compile(
    r"\b(?:follow(?:ed)?[- ]?up|dos(?:e|es|age)|exposure|treatment|cycles|survival|observation|compliance|adherence|volumes?|[GCP]TV|V\d+|[A-Z]FS|OS|PFS|TTP)\b",
    re.IGNORECASE,
)
# "the baseline score of the participants at study entry"
OF_WHOM = re.compile(
    rf"^baseline | (?:of|in|for|among) (?:(?:the|all|our|these|study|[A-Z]{{2,5}}) )*{PEOPLE}(?: (?:overall|enrolled|included))?$| at (?:baseline|study entry|enrol+ment)$",
    re.IGNORECASE,
)
AGE = re.compile(r"(?:\w+ )?ages?$", re.IGNORECASE)
NOT_AGE = re.compile(r"\b(?:gestational|bone|at (?:onset|diagnosis|menarche))\b", re.IGNORECASE)
TIME = r"(?:months?|weeks?|days?)"
UNIT = rf"(?:years?|yrs?|{TIME}|kg/m2|kg|cm|mm ?Hg|%|m?mol/l|mg/d?l|g/d?l|g|points|cells(?: per |/)(?:μl|mm3))(?![\w/])"
VALUE = re.compile(
    rf"(?P<value>{NUMBER})(?: ?(?P<unit>{UNIT}))?"
    rf"(?: ?(?:±|\+/-) ?(?P<sd>{NUMBER})(?: ?(?P<unit2>{UNIT}))?| ?[(\[](?:SD|standard deviation)[ :=±,]{{1,3}}(?P<sd2>{NUMBER})[)\]])?"
    rf"(?: ?[(\[](?P<kind>range|IQR|interquartile range|min-max)?[:,]? ?(?P<low>{NUMBER}) ?(?:-|to|,) ?(?P<high>{NUMBER})(?: ?(?:years?|{TIME}))?[)\]])?"
    rf"(?: ?[(\[](?P<sd3>{NUMBER})[)\]])?(?: (?P<behind>years?|{TIME}))?",
    re.IGNORECASE,
)
SEXES = r"(?:females?|males?|women|men|boys|girls)"
SEX = Cued(
    rf"(?<![\w.,/-])(?<!\d% and )(?<!% to )(?<!% vs )(?<!% vs\. )(?<!% versus )(?:(?P<count>{INTEGER})(?: {PEOPLE})? ?[(\[](?P<percent>{NUMBER}) ?%[)\]]|(?P<percent2>{NUMBER}) ?%)"
    rf"(?: of (?:the |all |these )?(?:(?P<total>{INTEGER}) )?(?:{PEOPLE}))?(?: {PEOPLE})?(?: (?:were|was))? (?P<sex>{SEXES})\b(?! and )"
    rf"|\b(?P<sex3>{SEXES}) (?:comprised|made up|accounted for|constituted) (?P<percent4>{NUMBER}) ?%"
    rf"|\b(?P<sex2>female|male|(?<=were ){SEXES})(?: {PEOPLE})? [(\[](?P<percent3>{NUMBER}) ?%[)\]]",
    re.IGNORECASE,
)
# "56 males and 52 females", "(41 M, 30 F)".
BOTH = Cued(
    rf"(?<![\w.,/-])(?P<first>{INTEGER}) (?P<one>{SEXES}|M|F)(?: {PEOPLE})?(?:,? and|,|/) (?P<second>{INTEGER}) (?P<other>{SEXES}|M|F)\b",
    re.IGNORECASE,
)
# "The majority were men (n = 150, 63%)", "88 boys [59.5%]"
MOST = re.compile(
    rf"\b(?P<sex>{SEXES}) [(\[](?:n ?= ?)?(?P<count>{INTEGER})[,;] ?(?P<percent>{NUMBER}) ?%[)\]]"
    rf"|(?<![\w.,/-])(?P<count2>{INTEGER}) (?P<sex2>{SEXES}) ?[(\[](?P<percent2>{NUMBER}) ?%[)\]]",
    re.IGNORECASE,
)
ONE_SEX = re.compile(r"(?:fe)?males?\b|(?:wo)?m[ae]n\b|boys?\b|girls?\b|[MF]\b", re.IGNORECASE)
MALE = re.compile(r"(?:m(?:[ae]n|ales?)?|boys?)$", re.IGNORECASE)
RESPECTIVELY = re.compile(r"\bresp(?:ectively)?\b", re.IGNORECASE)
# Values of two groups that have no name: "24.8 and 23.5 years".
PAIR = re.compile(r" ?(?:years?|kg/m2|kg|cm)? ?(?:and|vs\.?|versus) ?")
BEHIND = re.compile(r"^[^,;.\d]{0,30}?\b(?:in|for|of|from|receiving|were of) (?:the )?$", re.IGNORECASE)
BEFORE = re.compile(r"^ ?(?:[(:,=]|was|were)? ?$", re.IGNORECASE)
COUNTS = re.compile(rf" (?:\w+ )?{PEOPLE}\b", re.IGNORECASE)
CLAUSE = re.compile(
    r";|\. |, (?:the|their|with|most|mean|median) |\band (?:the |their )?(?:mean|median|average)\b(?! of\b)|\b(?:whereas|while)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^(?: ?(?:years?|yrs?))?[^;\d]{0,60}?(?:\(|,|\band\b|\bvs\.?|\bversus\b)[^;\d]{0,24}$", re.IGNORECASE
)
CATEGORIES = {"M": "male", "F": "female"}


# "9901 participants (mean age 66.2 years [SD 6.5], 4589 [46.3%] women) were enrolled": all that the bracket tells.
OF_ALL = Cued(
    rf"\d {PEOPLE} \((?P<told>(?:mean|median|age)\b(?:[^()]|\([^()]*\))*)\)[^.;]{{0,40}}?\b(?:enrolled|randomi[sz]ed|randomly|assigned|recruited|included|participated|took part)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A number of a sentence at `[start, end)`, with the fields of its fact; `joined` to the next as "66 men and 54 women"."""

    start: int
    end: int
    fields: dict[str, object]
    joined: bool = False


def prose_baseline(study: Study, printed: Sequence[Baseline]) -> Iterator[Baseline]:
    """What the text says of the patients at the start, but for what the tables have, in the words of the tables."""
    single = len(study.arms.arms) == 1
    known = {key for fact in printed for key in _keys(fact, single=single)}
    for sentence in study.reading.sentences:
        if sentence.kind in PLACES and not sentence.cited and not HYPOTHESIS.search(sentence.text):
            for found in (*_averages(study, sentence), *_sexes(study, sentence)):
                fact = _as_printed(found, printed)
                if known.isdisjoint(_keys(fact, single=single)):
                    yield fact


def _keys(fact: Baseline, *, single: bool) -> Iterator[tuple[str | None, str, Decimal]]:
    """What a fact says, so that it is told once: its arm, its variable and each of its numbers."""
    for number in (fact.value, fact.count, fact.percent):
        if number is not None:
            yield None if single else fact.arm, fact.variable.lower(), Decimal(number)


def _as_printed(fact: Baseline, printed: Sequence[Baseline]) -> Baseline:
    """A fact under the names that a table of the paper has for its variable and category."""
    wanted = variable_of(fact.variable) or fact.variable
    for other in printed:
        same = variable_of(other.variable) == wanted and (fact.category is None) is (other.category is None)
        if same and (fact.category is None or _is_male(fact.category) is _is_male(other.category or "")):
            return fact.model_copy(update={"variable": other.variable, "category": other.category})
    return fact


def _is_male(category: str) -> bool | None:
    sex = ONE_SEX.match(category)
    return bool(MALE.match(sex[0])) if sex else None


def _averages(study: Study, sentence: Sentence) -> Iterator[Baseline]:
    text = sentence.text
    for match in _told(
        text, people=sentence.kind == "results" and bool(OF_PEOPLE.fullmatch(sentence.passage.section.title))
    ):
        name = OF_WHOM.sub("", match.groupdict().get("name") or match["named"])
        if NOT_AGE.search(text, max(0, match.start() - 20), match.end()) or CHANGED.search(match[0]):
            continue
        if NOT_AT_START.search(name):
            continue
        statistic = "mean" if match["statistic"].lower() == "average" else match["statistic"].lower()
        spread = "SD" in match[0]
        found = [_value(item, statistic, name, spread=spread) for item in _values(text, match.end())]
        yield from _facts(study, sentence, found)


def _told(text: str, *, people: bool) -> Iterator[re.Match[str]]:
    """Where means and medians of the start are told; in a section on the `people` every one is."""
    start = AT_START.search(text) or OF_ALL.search(text)
    named = list(AVERAGE.finditer(text)) if not start else []
    yield from named
    if people or start:
        then = THEN.search(text)
        for match in MEAN_OF.finditer(text, 0, then.start() if then else len(text)):
            if all(match.end() <= one.start() or one.end() <= match.start() for one in named):
                yield match


def _values(text: str, start: int) -> Iterator[re.Match[str]]:
    """The values of one variable from a place on: "63 years (63 years in the one and 62 years in the other)"."""
    match = VALUE.match(text, start)
    while match:
        yield match
        following = VALUE.search(text, match.end())
        if (
            following is None
            or not GOES_ON.match(text[match.end() : following.start()])
            or CLAUSE.search(text, match.end(), following.start())
            or not _is_alike(match, following)
        ):
            return
        match = following


def _is_alike(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two numbers may be values of one variable: no people, and of the same unit if both have one."""
    units = {unit for unit in (one["unit"], other["unit"]) if unit}
    percent = (one["unit"] == "%") == (other["unit"] == "%")
    return len(units) < 2 and percent and not COUNTS.match(other.string, other.end())


def _value(match: re.Match[str], statistic: str, name: str, *, spread: bool) -> Found:
    aged = bool(AGE.match(name))
    printed = match["unit"] or match["unit2"] or match["behind"]
    unit = unit_code(printed) if printed else "a" if aged else None
    sd = match["sd"] or match["sd2"] or (match["sd3"] if spread else None)
    fields: dict[str, object] = {
        "variable": "age" if aged else "body mass index" if name in ("BMI", "body-mass index") else name,
        "statistic": statistic,
        "value": decimal(match["value"]),
        "unit": unit,
        "sd": decimal(sd) if sd else None,
    }
    if match["low"]:
        kind = "iqr" if (match["kind"] or "").lower().startswith("i") else "range"
        fields["range"] = Range.model_validate(
            {"low": decimal(match["low"]), "high": decimal(match["high"]), "kind": kind}
        )
    return Found(match.start(), match.end(), fields)


def _sexes(study: Study, sentence: Sentence) -> Iterator[Baseline]:
    found = []
    for match in BOTH.finditer(sentence.text):
        for number, sex in (("first", "one"), ("second", "other")):
            found.append(Found(*match.span(number), _sex(match[sex], match[number]), joined=number == "first"))
    for match in SEX.finditer(sentence.text) if not found else ():
        percent = match["percent"] or match["percent2"] or match["percent3"] or match["percent4"]
        found.append(
            Found(
                *match.span(),
                _sex(match["sex"] or match["sex2"] or match["sex3"], match["count"], percent, match["total"]),
            )
        )
    if not found:
        most = MOST.finditer(sentence.text)
        found = [
            Found(
                *match.span(),
                _sex(
                    match["sex"] or match["sex2"],
                    match["count"] or match["count2"],
                    match["percent"] or match["percent2"],
                ),
            )
            for match in most
        ]
    yield from _facts(study, sentence, found)


def _sex(sex: str, count: str | None, percent: str | None = None, total: str | None = None) -> dict[str, object]:
    return {
        "variable": "sex",
        "category": CATEGORIES.get(sex, sex.lower().removesuffix("s")),
        "statistic": "count" if count else "percent",
        "count": int(count.replace(",", "")) if count else None,
        "percent": decimal(percent),
        "total": int(total.replace(",", "")) if total else None,
    }


def _facts(study: Study, sentence: Sentence, found: Sequence[Found]) -> Iterator[Baseline]:
    """A fact a number, with its arm; a number that no arm is certain of, in a sentence that names one, is left out."""
    if not found:
        return
    text = sentence.text
    named = list(study.arms.find(text))
    ends = [*(item.start for item in found[1:]), len(text)]
    owners: list[str | None] = []
    for item, end in zip(found, ends, strict=True):
        behind = next(
            (a.label for a in named if item.end <= a.start < end and BEHIND.match(text[item.end : a.start])), None
        )
        before = next(
            (a.label for a in reversed(named) if a.end <= item.start and BEFORE.match(text[a.end : item.start])), None
        )
        owners.append(behind or before)
    for place, item in enumerate(found):
        owners[place] = owners[place + 1] if item.joined and owners[place] is None else owners[place]
    order = list(dict.fromkeys(arm.label for arm in named))
    if len(order) == len(found) > 1 and RESPECTIVELY.search(text):
        owners = list(order)
    everyone = OF_ALL.search(text)
    paired = len(found) > 1 and bool(PAIR.fullmatch(text, found[0].end, found[1].start))
    for place, (item, owner) in enumerate(zip(found, owners, strict=True)):
        within = everyone is not None and everyone.start("told") <= item.start < everyone.end("told")
        whole = not named or within or (place == 0 and len(found) > 1 and any(owners[1:]))
        if owner or (whole and (named or (place == 0 and not paired) or item.fields["variable"] == "sex")):
            yield Baseline.model_validate(
                item.fields
                | {"arm": owner, "evidence": sentence.evidence(item.start, item.end), "rule": "baseline.prose"}
            )
