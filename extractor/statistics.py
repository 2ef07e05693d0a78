"""The statistical design: error rates, power, assumed rates and effects, planned size, tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extractor.cues import Cued
from extractor.quantities import ANY_COUNT, NUMBER, PEOPLE, count, decimal
from extractor.reading import Sentence
from extractor.rules import Found, Rule, pattern, scan
from extractor.study import Rejected, Study
from ontology.record import Statistic
from ontology.terms import rows

METHODS = frozenset({"methods", "abstract", "other"})
PER_CENT = r"(?:%|per ?cent\b)"
RATE = rf"(?P<value>{NUMBER}) ?{PER_CENT}"
SIZE = rf"(?P<value>{ANY_COUNT})"
WHO = rf"(?:[a-z-]+ ){{0,3}}?(?:{PEOPLE}|couples|healthy volunteers)"
NEEDED = r"(?:required|needed|necessary|planned|calculated|estimated|sufficient|targeted|to be (?:enrolled|recruited|included|randomi[sz]ed))"

RULES: tuple[Rule, ...] = (
    Rule(
        "statistics.alpha.level",
        pattern(
            r"""(?:significance(?: level)?|alpha(?: \(?α\)?)?(?: error| level| risk)?|α(?:[- ]?error|[- ]?level)?|type[- ](?:I|1)(?: error)?(?: rate| probability)?
            |level of (?:statistical )?significance|error rate|error)\)?,?(?: level)?(?: \(?α\)?)?(?: (?:was|were|is|at|set|rate|value|level|of|to|as|a|defined|fixed|the|considered|accepted|p ?-?value))*
            \s?[(:=<≤]* ?(?:p ?[<≤=] ?)?(?:α ?= ?)?(?P<value>0?\.\d+|\d{1,2}(?:\.\d+)? ?%)"""
        ),
        finds=(
            "A two-sided significance level of 0.05 was used",
            "with a type I error of 5% and",
            "alpha = 0.05",
            "The level of significance was set at p < 0.05.",
        ),
        ignores=("The alpha diversity was 3.2", "significance of the finding"),
        sections=METHODS,
        fixed={"kind": "alpha"},
    ),
    Rule(
        "statistics.alpha.before",
        pattern(
            r"(?P<value>0\.\d+|\d(?:\.\d+)? ?%) (?:(?:two|one|2|1)[- ](?:sided|tailed) )?(?:significance|alpha|type[- ](?:I|1) error|level of (?:statistical )?significance)(?: level| rate)?"
        ),
        finds=("a two-sided 5% significance level", "at the 0.05 level of significance"),
        ignores=("5% of significant findings",),
        sections=METHODS,
        fixed={"kind": "alpha"},
    ),
    Rule(
        "statistics.alpha.p",
        pattern(
            r"""p(?: ?-? ?values?)? ?(?:of )?(?:<|≤|=|less than|below|smaller than|lower than)(?: or equal to)? ?(?P<value>0?\.\d+)(?: \([^)]*\))? ?(?:[a-z-]+ ){0,4}?(?:considered|regarded|taken|deemed|accepted|defined|judged|significant|indicat\w+|denot\w+|set as|used)"""
        ),
        finds=(
            "P < 0.05 was considered statistically significant",
            "p-values less than 0.05 were considered significant",
        ),
        ignores=("P < 0.001 in the treated group", "p = 0.04 for the comparison"),
        sections=METHODS,
        fixed={"kind": "alpha"},
    ),
    Rule(
        "statistics.power",
        pattern(
            rf"(?<!ex)power (?:\(?1 ?- ?[βb]\)? ?)?(?:(?:level|was|is|set|at|of|to|least|approximately|about|around|more|than|greater|over|the|study|a|estimated|would|be) )*[(:=>≥]* ?(?P<value>0?\.\d+|{NUMBER} ?{PER_CENT})"
        ),
        finds=("with a power of 80%", "power = 0.80", "The study had a power of at least 90 %"),
        ignores=("statistical power was low", "a power Doppler of 5"),
        sections=METHODS,
        fixed={"kind": "power"},
    ),
    Rule(
        "statistics.power.before",
        pattern(rf"(?P<value>{NUMBER} ?{PER_CENT}|0\.\d+) (?:statistical )?power\b"),
        finds=("provide 80% power to detect", "at least 90% statistical power"),
        ignores=("80% of the patients",),
        sections=METHODS,
        fixed={"kind": "power"},
    ),
    Rule(
        "statistics.beta",
        pattern(
            rf"(?:\bβ|\bbeta|type[- ](?:II|2) error)(?:[- ]?(?:error|level|risk|rate))?(?: of| was| set at| =|=|:) ?(?P<beta>0?\.\d+|{NUMBER} ?{PER_CENT})"
        ),
        finds=("a beta of 0.20", "type II error of 20%", "β = 0.1"),
        ignores=("beta blockers", "the beta coefficient"),
        sections=METHODS,
        fixed={"kind": "power"},
    ),
    Rule(
        "statistics.sides",
        pattern(r"\b(?P<sides>two|2|one|1|single|double)[- ](?:sided|tailed)\b"),
        finds=("A two-sided test", "one-tailed t-test", "2-sided alpha"),
        ignores=("two arms", "the left side"),
        sections=METHODS,
        fixed={"kind": "sides"},
    ),
    Rule(
        "statistics.target_n",
        pattern(
            rf"""(?:sample size(?: was)?(?: (?:of|to be|calculated|estimated|set|at|was|as|needed|required|a|total|to))*|a total of|at least|a minimum of|enrol(?:l)?(?:ment of)?|recruit(?:ment of)?|include|randomi[sz]e|accrue)
            \s(?:(?:approximately|about|of|total|a|around|at least|least) )*{SIZE}(?= (?:[a-z-]+ ){{0,2}}?(?:{PEOPLE}|couples|healthy))"""
        ),
        finds=(
            "A total of 120 patients were required",
            "the sample size was calculated to be 64 patients per group",
            "planned to enrol 200 patients",
        ),
        ignores=("A total of 12 centres",),
        sections=frozenset({"methods"}),
        fixed={"kind": "target_n"},
    ),
    Rule(
        "statistics.target_n.sample_size",
        pattern(
            rf"sample size(?: \([^)]*\))?(?: (?:of|to|be|calculated|estimated|determined|set|at|was|as|needed|required|a|total|approximately|about))* ?[=:]? ?{SIZE}(?! ?[%.]\d| ?%)"
        ),
        finds=("a sample size of 120 was needed", "The sample size was calculated as 64 per group"),
        ignores=("the sample size was based on 5% error",),
        sections=frozenset({"methods"}),
        fixed={"kind": "target_n"},
    ),
    Rule(
        "statistics.target_n.between",
        pattern(rf"sample size[^.;]{{0,60}} between (?P<least>{ANY_COUNT}) and {SIZE}"),
        finds=("the target sample size was between 900 and 1100 patients",),
        ignores=("between 12 and 20 patients",),
        sections=frozenset({"methods"}),
        fixed={"kind": "target_n"},
    ),
    Rule(
        "statistics.target_n.needed",
        pattern(
            rf"{SIZE} (?:[a-z-]+ ){{0,2}}?{PEOPLE}(?: (?:in|per|for) (?:each|every|both|the|group|arm|treatment)?(?: (?:treatment )?(?:group|arm)s?)?)?(?: \([^)]*\))? (?:(?:would|will|should|was|were|are|is|to|be|had|have|been|at|baseline|in|total) )*{NEEDED}"
        ),
        finds=("64 patients per group were needed", "120 evaluable patients would be required"),
        ignores=("64 patients were treated",),
        sections=frozenset({"methods"}),
        fixed={"kind": "target_n"},
    ),
    Rule(
        "statistics.target_n.power",
        pattern(
            rf"{SIZE} (?:[a-z-]+ ){{0,2}}?{PEOPLE} (?:(?:would|will) )?(?:provid|giv|yield|achiev|had|have)[a-z]* (?:an? )?(?:[a-z]+ )?{NUMBER} ?{PER_CENT}[^.;]{{0,20}} power"
        ),
        finds=("60 patients provided 85% power", "52 evaluable patients would give 80% power"),
        ignores=("60 patients had 85% of their doses",),
        sections=frozenset({"methods"}),
        fixed={"kind": "target_n"},
    ),
    Rule(
        "statistics.dropout.would",
        pattern(
            rf"{RATE} of (?:the |all )?{PEOPLE} (?:would|will|might|may|could) (?:not be (?:evaluable|assessable)|be (?:lost|unevaluable|inevaluable|non-?evaluable|ineligible)|drop out|withdraw)"
        ),
        finds=("Assuming that 10% of patients would not be evaluable",),
        ignores=("10% of patients would respond",),
        sections=frozenset({"methods"}),
        fixed={"kind": "dropout_rate"},
    ),
    Rule(
        "statistics.events",
        pattern(
            rf"{SIZE} (?:[A-Za-z-]+ ){{0,3}}?(?P<what>events|deaths) (?:(?:would|will|should|was|were|are|is|to|be|had|have|been) )*(?:required|needed|necessary|expected|planned|to be observed)"
        ),
        finds=("220 PFS events were required", "a total of 350 deaths would be needed"),
        ignores=("20 adverse events were recorded",),
        sections=frozenset({"methods"}),
        fixed={"kind": "events_needed"},
    ),
    Rule(
        "statistics.hazard_ratio",
        pattern(
            r"(?:hazard ratio|\bHR)\)?(?: [(\[]HR[)\]])?(?: (?:of|to|was|at least|for|assumed|be|corresponding))* ?[=<≤(:]* ?(?P<value>[0-3]?\.\d+|1)\b"
        ),
        finds=("to detect a hazard ratio of 0.75", "an HR of 0.7"),
        ignores=("hazard ratios were estimated",),
        sections=frozenset({"methods"}),
        fixed={"kind": "hazard_ratio"},
    ),
    Rule(
        "statistics.null_and_alternative",
        pattern(
            rf"\b(?:from|improve\w* from|increas\w+ from|of) (?:an? )?(?:[a-z]+ ){{0,4}}?(?P<null>{NUMBER}) ?(?:{PER_CENT})?(?: \([^)]*\))?(?: in the [a-z ]{{3,40}})? to (?:an? )?(?:[a-z]+ ){{0,3}}?(?P<alternative>{NUMBER}) ?{PER_CENT}"
        ),
        finds=("to detect an increase from 40% to 55%", "improvement from 10 to 25%"),
        ignores=("from 12 months to 2 years",),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.null_rate",
        pattern(
            rf"(?:null (?:hypothesis(?! ?\))|ORR|(?:response )?rate)|\bH0|\bP0|uninteresting|undesirable|unacceptable|historical control)[^.;%]{{0,90}}?(?:of|was|is|=|≤|<|:|than|at)? ?{RATE}"
        ),
        finds=("the null hypothesis of a response rate of 10%", "P0 = 20%", "a null ORR of 15%"),
        ignores=("The null hypothesis was rejected",),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.alternative_rate",
        pattern(
            rf"(?:alternative hypothesis(?! ?\))|alternative(?: ORR| (?:response )?rate)?(?= (?:of|was|is) )|\bH1|\bHa\b|\bP1|desirable|target (?:response )?rate|expected response rate)[^.;%]{{0,90}}?(?:of|was|is|=|≥|>|:|than|at)? ?{RATE}"
        ),
        finds=(
            "the alternative hypothesis of a response rate of 30%",
            "P1 = 40%",
            "against an alternative of 30%",
            "an alternative ORR of 35%",
        ),
        ignores=("The alternative hypothesis was accepted",),
        sections=frozenset({"methods"}),
        fixed={"kind": "alternative_rate"},
    ),
    Rule(
        "statistics.null_rate.named",
        pattern(rf"{RATE}(?: or (?:less|lower|below))?(?: (?:[a-z]+ ){{1,6}})? ?[(\[](?:the )?null hypothesis[)\]]"),
        finds=("a rate of 17% or less considered not of interest (null hypothesis)",),
        ignores=("the null hypothesis (no difference)",),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.alternative_rate.named",
        pattern(
            rf"{RATE}(?: or (?:more|higher|above))?(?: (?:[a-z]+ ){{1,6}})? ?[(\[](?:the )?alternative hypothesis[)\]]"
        ),
        finds=("a target rate of 34% (alternative hypothesis)",),
        ignores=("the alternative hypothesis (a difference)",),
        sections=frozenset({"methods"}),
        fixed={"kind": "alternative_rate"},
    ),
    Rule(
        "statistics.difference",
        pattern(
            rf"(?:detect|difference|reduction|improvement|increase|decrease)[^.;%]{{0,70}}?(?:of|by|≥|>|least|a|was|is) ?(?:at least |approximately |about )?{RATE}(?! (?:power|confidence|CI|of|drop|loss|two|one|signif))"
        ),
        finds=("to detect a difference of 15% between groups", "a 20% reduction: to detect a reduction of 20%"),
        ignores=("with 80% power to detect a difference",),
        sections=frozenset({"methods"}),
        fixed={"kind": "difference"},
    ),
    Rule(
        "statistics.difference.before",
        pattern(
            rf"(?:detect|show|demonstrate) (?:an? |at least (?:an? )?)?(?:absolute |relative )?{RATE} (?:[a-z-]+ ){{0,2}}?(?:difference|reduction|improvement|increase|decrease)"
        ),
        finds=("to detect a 15% difference", "to show an absolute 10% improvement"),
        ignores=("to detect differences",),
        sections=frozenset({"methods"}),
        fixed={"kind": "difference"},
    ),
    Rule(
        "statistics.margin",
        pattern(
            rf"(?:non-?inferiority|equivalence) (?:margin|limit|boundary|bound)s?(?: \([^)]*\))?(?: (?:of|was|were|is|set|at|for|a|defined|as|to|the|prespecified|upper|difference|in))* ?[=:±(]* ?(?P<value>-? ?{NUMBER})(?: ?(?P<unit>%|points?|mm ?Hg))?"
        ),
        finds=("a non-inferiority margin of 10%", "the noninferiority margin was set at 1.25"),
        ignores=("non-inferiority was shown",),
        sections=METHODS,
        fixed={"kind": "margin"},
    ),
    Rule(
        "statistics.dropout.before",
        pattern(
            rf"{RATE} (?:[a-z-]+ ){{0,3}}?(?:drop-?outs?|loss(?:es)?|lost|attrition|withdraw\w+|non-?evaluable|ineligib\w+|discontinu\w+)"
        ),
        finds=("allowing for a 10% dropout rate", "assuming 5% loss to follow-up"),
        ignores=("10% of patients responded",),
        sections=frozenset({"methods"}),
        fixed={"kind": "dropout_rate"},
    ),
    Rule(
        "statistics.dropout",
        pattern(
            rf"(?:drop-?out|attrition|withdrawal|loss to follow-?up|lost to follow-?up|discontinuation)(?: rate)?(?: (?:of|was|is|assumed|to|be|up|about|approximately|estimated|at))* ?[=:(]* ?{RATE}"
        ),
        finds=("a dropout rate of 10%", "drop-out rate was assumed to be 15%"),
        ignores=("dropout rates were compared",),
        sections=frozenset({"methods"}),
        fixed={"kind": "dropout_rate"},
    ),
    Rule(
        "statistics.responders",
        pattern(rf"(?:at least|if|≥|minimum of) ?{SIZE} (?:or more )?(?:[a-z-]+ ){{0,3}}?(?:responses?|responders?)\b"),
        finds=("if at least 8 responses were observed", "at least five responders"),
        ignores=("at least 8 patients",),
        sections=frozenset({"methods"}),
        fixed={"kind": "responders_needed"},
    ),
    Rule(
        "statistics.responders.of",
        pattern(
            rf"(?:at least|if|≥|minimum of) ?{SIZE} (?:or more )?(?:out )?of (?:the )?(?:first )?\d+ (?:[a-z-]+ ){{0,2}}?{PEOPLE} respond"
        ),
        finds=("if at least nine of 34 patients responded",),
        ignores=("at least nine of 34 patients were men",),
        sections=frozenset({"methods"}),
        fixed={"kind": "responders_needed"},
    ),
    Rule(
        "statistics.standard_deviation",
        pattern(
            rf"(?:standard deviation|\bSD)\)?(?: \(SD\))?(?: (?:of|was|is|assumed|to|be|for|a|common))* ?[=:(]* ?(?P<value>{NUMBER})"
        ),
        finds=("assuming a standard deviation of 12.5",),
        ignores=("mean and standard deviation were reported",),
        sections=frozenset({"methods"}),
        fixed={"kind": "standard_deviation"},
    ),
)
# Words that tell that a sentence plans the size of the trial; without them an effect is a result or a setting.
PLANNING = Cued(
    r"\b(?:power\w*|sample size|detect\w*|type[- ](?:I|II|1|2)\b|alpha|α|β|hypothes\w+|assum\w+|required|calculat\w+|estimat\w+|non-?inferior\w*"
    r"|drop-?out|planned|accrual|two-stage|needed|(?:first|second) stage|worth\w*|promising|reject\w*|further (?:study|investigation|evaluation))\b",
    re.IGNORECASE,
)
NEEDS_PLANNING = frozenset(
    "target_n hazard_ratio null_rate alternative_rate difference dropout_rate standard_deviation responders_needed events_needed".split()
)
SAMPLE_SIZE = re.compile(
    r"\b(?:power\w*|sample size|type[- ](?:I|II|1|2)\b|alpha|α|β|to detect|non-?inferior\w*|required|needed|drop-?out|planned|accrual|hypothes\w+)\b",
    re.IGNORECASE,
)
# Runs before the rules: no rule finds anything without one of these.
CUE = Cued(
    r"signific|alpha|α|beta|β|error|power|sided|tailed|sample|required|needed|hazard|\bHR\b|hypothes|detect|inferior|equivalen|drop|attrition|assum|planned|loss|lost|withdraw|respon|standard deviation|\bSD\b|\b[Pp] ?[<=≤]",
    re.IGNORECASE,
)
PERCENT_KINDS = frozenset("power null_rate alternative_rate difference dropout_rate confidence_level".split())
# "Variables with p < 0.10 in univariate analysis were entered": no significance level of the trial.
MODEL_ENTRY = re.compile(
    r"\b(?:univariate|multivaria\w+|stepwise|entered|enter|retained|covariates?|interaction)\b", re.IGNORECASE
)
SIDES = {"two": 2, "2": 2, "double": 2, "one": 1, "1": 1, "single": 1}
STATISTICAL = Cued(r"statistic|sample|analys|power|outcome|end ?-?point|data", re.IGNORECASE)
CONFIDENCE = re.compile(
    r"(?P<value>\d{2}(?:\.\d+)?) ?% (?:two-sided |exact )?(?:CIs?|confidence (?:intervals?|limits?))", re.IGNORECASE
)


def statistics(study: Study) -> Iterator[Statistic | Rejected]:
    """The numbers and tests of the paper's statistical design."""
    tests, designs = (_named_in(study, table) for table in ("tests", "designs"))
    for sentence in study.reading.within("methods", "abstract", "other"):
        planning = bool(PLANNING.search(sentence.text))
        for rule in RULES if CUE.search(sentence.text) else ():
            if rule.fixed["kind"] in NEEDS_PLANNING and not planning:
                continue
            for found in scan(rule, sentence):
                yield from _facts(found)
        if sentence.kind == "methods":
            yield from _named(sentence, tests, "test")
            yield from _confidence(sentence)
        yield from _named(sentence, designs, "design")


def _facts(found: Found) -> Iterator[Statistic | Rejected]:
    kind = found.rule.fixed["kind"]
    if kind == "alpha" and MODEL_ENTRY.search(found.sentence.text):
        yield Rejected(found.rule.name, found.match[0], "a threshold for entering a model", found.evidence())
        return
    if kind == "target_n" and not SAMPLE_SIZE.search(found.sentence.text):
        yield Rejected(found.rule.name, found.match[0], "no words of planning in the sentence", found.evidence())
        return
    for name, group in (
        ("null_rate", "null"),
        ("alternative_rate", "alternative"),
        (kind, "least"),
        (kind, "value"),
        (kind, "beta"),
        (kind, "sides"),
    ):
        printed = found[group]
        if printed is None:
            continue
        value = _value(name, group, printed)
        if value is None or (name == "alpha" and not 0 < value <= Decimal("0.2")):
            yield Rejected(found.rule.name, printed, "not a value of this kind", found.evidence(group))
            continue
        yield Statistic(
            kind=name,
            value=value,
            unit="%" if name in PERCENT_KINDS else None,
            text=" ".join(found.match[0].split())[:120],
            evidence=found.evidence(group),
            rule=found.rule.name,
        )


def _value(kind: str, group: str, printed: str) -> Decimal | None:
    """The number of a match: error rates as fractions, power and rates as percentages."""
    if group == "sides":
        return Decimal(SIDES[printed.lower()])
    if kind in ("target_n", "events_needed", "responders_needed"):
        whole = count(printed)
        return Decimal(whole) if whole is not None and whole > 1 else None
    number = decimal(re.sub(r"\s|%|per ?cent", "", printed))
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


Forms = tuple[tuple[Cued, str], ...]


def _named_in(study: Study, table: str) -> Forms:
    """The forms of a table that the paper may name at all; most papers name ten of a hundred."""
    text = "\n".join(sentence.text for sentence in study.reading.within("methods", "abstract", "other"))
    return tuple((form, name) for form, name in _forms(table) if form.may_find(text))


def _named(sentence: Sentence, forms: Forms, kind: str) -> Iterator[Statistic]:
    """Tests and designs by their names."""
    for form, name in forms:
        for match in form.finditer(sentence.text):
            place = sentence.evidence(*match.span())
            yield Statistic.model_validate(
                {"kind": kind, "value": name, "evidence": place, "rule": f"statistics.{kind}"}
            )


@cache
def _forms(table: str) -> Forms:
    return tuple((Cued(rf"(?<![\w-])(?:{row['pattern']})(?!\w)", re.IGNORECASE), row["name"]) for row in rows(table))


def _confidence(sentence: Sentence) -> Iterator[Statistic]:
    if not STATISTICAL.search(sentence.passage.section.title):
        return
    for match in CONFIDENCE.finditer(sentence.text):
        yield Statistic(
            kind="confidence_level",
            value=decimal(match["value"]),
            unit="%",
            evidence=sentence.evidence(*match.span("value")),
            rule="statistics.confidence_level",
        )
