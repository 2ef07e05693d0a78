"""The statistical design: error rates, power, assumed rates and effects, planned size, tests."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extractor.criterion_values import number as read_number
from extractor.criterion_values import unit_at
from extractor.cues import Cued
from extractor.quantities import count, decimal
from extractor.reading import Sentence
from extractor.rules import Found, scan
from extractor.statistic_effects import EFFECTS, METHODS
from extractor.statistic_rules import RULES
from extractor.study import Rejected, Study
from ontology import regex as re
from ontology.record import Statistic
from ontology.terms import rows

# Words that tell that a sentence plans the size of the trial; without them an effect is a result or a setting.
PLANNING = Cued(
    r"\b(?:power\w*|sample size|detect\w*|type[- ](?:I|II|1|2)\b|alpha|α|β|hypothes\w+|assum\w+|required|calculat\w+|estimat\w+|non-?inferior\w*"
    r"|drop-?out|anticipat\w+|allow(?:ing|ed|ance) for|planned|accrual|goal|two-stage|needed|(?:first|second) stage|single-stage|one-stage|worth\w*|promising|uninteresting|reject\w*|aim(?:s|ed)|designed (?:for|to)|target(?: of| sample| number| accrual| enrol\w+)|further (?:study|investigation|evaluation))\b|\bp_?[01] ?=",
    re.IGNORECASE,
)
NEEDS_PLANNING = frozenset(
    "target_n hazard_ratio null_rate alternative_rate difference dropout_rate standard_deviation responders_needed events_needed".split()
)
SAMPLE_SIZE = re.compile(
    r"\b(?:power\w*|sample size|type[- ](?:I|II|1|2)\b|alpha|α|β|to detect|non-?inferior\w*|required|needed|drop-?out|anticipat\w+|allow(?:ing|ed|ance) for|planned|accrual|hypothes\w+|aimed|designed (?:for|to)|target(?: of| sample| number| accrual| enrol\w+)|calculat\w+|goal|will be)\b",
    re.IGNORECASE,
)
# Runs before the rules: no rule finds anything without one of these.
CUE = Cued(
    r"signific|alpha|α|beta|β|error|power|sided|tailed|sample|required|needed|hazard|\bHR\b|hypothes|detect|inferior|equivalen|drop|attrition|assum|planned|aimed|designed|target|expected|will be|would be|anticipat|enrol|loss|lost|withdraw|respon|promising|interest|stage|p0|p1|standard deviation|\bSD\b|p-?value|considered",
    re.IGNORECASE,
)
PERCENT_KINDS = frozenset("power null_rate alternative_rate difference dropout_rate confidence_level".split())
# "Variables with p < 0.10 in univariate analysis were entered": no significance level of the trial.
MODEL_ENTRY = re.compile(
    r"\b(?:univariate|multivaria\w+|stepwise|entered|enter|retained|covariates?|interaction)\b", re.IGNORECASE
)
SIDES = {"two": 2, "2": 2, "double": 2, "one": 1, "1": 1, "single": 1}
STATISTICAL = Cued(r"statistic|sample|analys|power|outcome|end ?-?point|data", re.IGNORECASE)
CONFIDENCE = Cued(
    r"(?P<value>\d{2}(?:\.\d+)?) ?% (?:two-sided |exact )?(?:CIs?|confidence (?:intervals?|limits?))|(?:CIs?|confidence (?:intervals?|limits?)) (?:was|were) set at (?P<set>\d{2}(?:\.\d+)?) ?%",
    re.IGNORECASE,
)


def statistics(study: Study) -> Iterator[Statistic | Rejected]:
    """The numbers and tests of the paper's statistical design."""
    found = list(_statistics(study))
    modified = any(isinstance(item, Statistic) and item.value == "modified intention-to-treat" for item in found)
    for item in found:
        # Papers call the modified population ITT for short.
        short = isinstance(item, Statistic) and item.value == "intention-to-treat" and _is_short(item)
        if not (modified and short):
            yield item


def _is_short(item: Statistic) -> bool:
    return all(place.end - place.start <= 3 for place in item.evidence)


def _statistics(study: Study) -> Iterator[Statistic | Rejected]:
    tests, designs = _forms("tests"), _forms("designs")
    for sentence, cued in study.reading.cued((CUE, CONFIDENCE, *tests, *designs)):
        if sentence.kind not in METHODS:
            continue
        if CUE in cued:
            yield from _ruled(sentence)
        if sentence.kind == "methods":
            yield from _named(sentence, tests, cued, "test")
            yield from _confidence(sentence)
        yield from _named(sentence, designs, cued, "design")


def _ruled(sentence: Sentence) -> Iterator[Statistic | Rejected]:
    if not CUE.search(sentence.text):
        return
    planning = bool(PLANNING.search(sentence.text))
    for rule in (*RULES, *EFFECTS):
        if planning or rule.fixed["kind"] not in NEEDS_PLANNING:
            for found in scan(rule, sentence):
                yield from _facts(found)


def _facts(found: Found) -> Iterator[Statistic | Rejected]:
    kind = found.rule.fixed["kind"]
    if kind == "alpha" and MODEL_ENTRY.search(found.sentence.text):
        yield Rejected(found.rule.name, found.match[0], "a threshold for entering a model", found.evidence())
        return
    if kind == "target_n" and not SAMPLE_SIZE.search(found.sentence.text):
        yield Rejected(found.rule.name, found.match[0], "no words of planning in the sentence", found.evidence())
        return
    for group, printed in found.match.groupdict().items():
        if printed is None or group.startswith("unit"):
            continue
        name = GROUP_KINDS.get(group, kind)
        value = _value(name, group, printed)
        if value is None or (name == "alpha" and not 0 < value <= Decimal("0.2")):
            yield Rejected(found.rule.name, printed, "not a value of this kind", found.evidence(group))
            continue
        yield Statistic(
            kind=name,
            value=value,
            unit=_unit(found, name, group),
            text=" ".join(found.match[0].split())[:120],
            evidence=found.evidence(group),
            rule=found.rule.name,
        )


GROUP_KINDS = {"null": "null_rate", "alternative": "alternative_rate"}
UNITS = {"value": "unit", "value2": "unit2", "null": "unit", "alternative": "unit"}
# Behind the number of patients: "64 patients per group were needed", "120 women in each arm".
PER_ARM = re.compile(
    r"^(?: [\w-]+){0,5}? (?:(?:in|for|to) (?:each|every)|per)(?: (?:treatment|study|randomi[sz]ed|trial|intervention))? (?:groups?|arms?)\b|^ ?/ ?(?:group|arm)\b|^(?: [\w-]+){0,3}? each\b",
    re.IGNORECASE,
)


def _unit(found: Found, kind: str, group: str) -> str | None:
    """The unit: of rates per cent, of an arm's patients "per arm", else as printed in UCUM."""
    if kind == "target_n":
        behind = found.sentence.text[found.match.end(group) :]
        return "per arm" if PER_ARM.match(behind) else None
    printed = found[UNITS.get(group, "")] if UNITS.get(group) in found.match.groupdict() else None
    if printed:
        return "%" if printed.lower().startswith("percentage") else unit_at(printed, 0)[0]
    return "%" if kind in PERCENT_KINDS and "unit" not in found.match.groupdict() else None


def _value(kind: str, group: str, printed: str) -> Decimal | None:
    """The number of a match: error rates as fractions, power and rates as percentages."""
    if group == "sides":
        return Decimal(SIDES[printed.lower()])
    if kind in ("target_n", "events_needed", "responders_needed"):
        whole = count(printed)
        return Decimal(whole) if whole is not None and whole > 1 else None
    number = read_number(re.sub(r"\s|%|per ?cent", "", printed))
    if number is None:
        return None
    percent = "%" in printed or "cent" in printed
    if group == "beta":
        return 100 - (number if percent else number * 100)
    if kind == "alpha":
        return (number / 100).normalize() if percent else number
    if kind == "power" and not percent and number <= 1:
        return (number * 100).normalize() + 0
    return number


def _named(sentence: Sentence, names: dict[Cued, str], cued: list[Cued], kind: str) -> Iterator[Statistic]:
    """Tests and designs by their names; a test inside the name of another is none."""
    forms = [form for form in cued if form in names]
    found = [(names[form], match) for form in forms for match in form.finditer(sentence.text)]
    for name, match in found:
        if kind == "test" and any(called != name and _holds(other, match) for called, other in found):
            continue
        if NEGATED.search(sentence.text[max(0, match.start() - 16) : match.start()]) or NEGATED.search(match[0]):
            continue
        place = sentence.evidence(*match.span())
        yield Statistic.model_validate({"kind": kind, "value": name, "evidence": place, "rule": f"statistics.{kind}"})


NEGATED = re.compile(r"\b(?:no|not|without)\b(?: \w+)?(?: stratification| ?$)", re.IGNORECASE)


def _holds(outer: re.Match[str], inner: re.Match[str]) -> bool:
    return outer.start() <= inner.start() and inner.end() <= outer.end() and len(outer[0]) > len(inner[0])


# Words set in italics stand between two blanks: "Student's  t  test".
BLANKS = re.compile(r"(?P<behind>\(\?<[!=][^()]*\))|(?P<joint>\[- \]\?)| (?![?*])")


@cache
def _forms(table: str) -> dict[Cued, str]:
    return {Cued(rf"(?<![\w-])(?:{_spaced(row['pattern'])})(?!\w)", re.IGNORECASE): row["name"] for row in rows(table)}


def _spaced(pattern: str) -> str:
    """A pattern whose blanks may be doubled."""
    return BLANKS.sub(lambda match: match["behind"] or (r"[-\s]{0,3}" if match["joint"] else r"\s{1,2}"), pattern)


def _confidence(sentence: Sentence) -> Iterator[Statistic]:
    if not STATISTICAL.search(sentence.passage.section.title):
        return
    for match in CONFIDENCE.finditer(sentence.text):
        yield Statistic(
            kind="confidence_level",
            value=decimal(match[str(match.lastgroup)]),
            unit="%",
            evidence=sentence.evidence(*match.span(str(match.lastgroup))),
            rule="statistics.confidence_level",
        )
