"""The patterns of a statistical design: error rates, power, planned size, losses."""

from __future__ import annotations

from extractor.quantities import ANY_COUNT, NUMBER, PEOPLE
from extractor.rules import Rule, pattern
from extractor.statistic_effects import METHODS, PER_CENT, RATE

SIZE = rf"(?P<value>{ANY_COUNT})"
WHO = rf"(?:[a-z-]+ ){{0,3}}?(?:{PEOPLE}|couples|healthy volunteers)"
NEEDED = r"(?:required|needed|necessary|planned|calculated|estimated|sufficient|targeted|to be (?:enrol{1,2}ed|recruited|included|randomi[sz]ed)|(?<=will\sbe\s)(?:enrol{1,2}ed|recruited|included|randomi[sz]ed))"

RULES: tuple[Rule, ...] = (
    Rule(
        "statistics.alpha.level",
        pattern(
            r"""(?:significance(?: level)?|alpha(?: \(?α\)?)?(?: error| level| risk)?|α(?:[- ]?error|[- ]?level)?|type[- ](?:I|1)(?: error)?(?: rate| probability)?
            |level of (?:statistical )?significance|(?<!β\s)(?<!beta\s)(?<!II\s)(?<!2\s)error(?: rate)?)\)?,?(?: level)?(?: \(?α\)?)?(?: (?:was|were|is|at|set|rate|value|level|of|to|as|a|defined|fixed|the|considered|accepted|p ?-?value))*
            \s?[(:=<≤]* ?(?:p ?[<≤=] ?)?(?:α ?= ?)?(?P<value>0?\.\d+|\d{1,2}(?:\.\d+)? ?(?:%|per ?cent\b))"""
        ),
        finds=(
            "A two-sided significance level of 0.05 was used",
            "with a type I error of 5% and",
            "alpha = 0.05",
            "The level of significance was set at p < 0.05.",
            "at a two-sided significance level of 5 percent",
        ),
        ignores=("The alpha diversity was 3.2", "significance of the finding"),
        sections=METHODS,
        fixed={"kind": "alpha"},
    ),
    Rule(
        "statistics.alpha.before",
        pattern(
            r"(?P<value>0\.\d+|\d(?:\.\d+)? ?(?:%|per ?cent\b)) (?:(?:two|one|2|1)[- ](?:sided|tailed) )?(?:significance|alpha|type[- ](?:I|1) error|level of (?:statistical )?significance)(?: level| rate)?"
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
        "statistics.alpha.at",
        pattern(
            r"(?:\bat|\busing) (?:an? )?(?:(?:two|one|2|1)[- ](?:sided|tailed) )p(?: ?-? ?values?)?(?: threshold)?(?: of| level of| =| <)? ?(?P<value>0?\.\d+)"
        ),
        finds=("to detect a reduction of 22% at a two-sided P value of 0.05",),
        ignores=("a two-sided P value was computed", "with a P value of 0.03"),
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
        "statistics.power.for",
        pattern(
            rf"\bpower (?:for|to) [^.;%]{{3,90}}?(?:was|is|would be|calculated (?:to be|as)) (?P<value>{NUMBER} ?{PER_CENT})(?: for [^.;%]{{3,60}}?,? and (?P<value2>{NUMBER} ?{PER_CENT})|,? and for [^.;%]{{3,60}}? (?P<value3>{NUMBER} ?{PER_CENT}))?"
            rf"|\bpower\b[^.;]{{0,160}} was calculated to be (?P<value4>{NUMBER} ?{PER_CENT})(?: for [^.;%]{{3,60}}?,? and (?P<value5>{NUMBER} ?{PER_CENT}))?"
        ),
        finds=("the power for the response rate was 24%, and for the resection rate 32%",),
        ignores=("the power for the test", "power to detect a difference of 20%"),
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
            rf"{SIZE} (?:[a-z-]+ ){{0,2}}?{PEOPLE}(?: (?:in|per|for) (?:each|every|both|the|group|arm|treatment)?(?: (?:treatment )?(?:group|arm)s?)?)?(?: \([^)]*\))? (?:(?:would|will|should|was|were|are|is|to|be|had|have|been|at|baseline|in|total|considered|deemed) )*{NEEDED}"
        ),
        finds=("64 patients per group were needed", "120 evaluable patients would be required"),
        ignores=("64 patients were treated",),
        sections=frozenset({"methods"}),
        fixed={"kind": "target_n"},
    ),
    Rule(
        "statistics.target_n.planned",
        pattern(
            rf"\b(?:planned|designed|aimed|aims|intended|wanted|goal|target(?:ed)?)(?: (?:sample size|number|accrual|enrol\w*|recruit\w*|includ\w*|randomi\w*|for|of|to|a|an|total|was|is|set|at|approximately|about|least|the|trial|study))* {SIZE}(?= {WHO})"
            rf"|\btarget (?:sample size|number|accrual|enrol+ment)(?: of [a-z ]{{3,30}})? (?:was|is) (?:set at )?(?P<least>{ANY_COUNT})\b"
        ),
        finds=(
            "for initially planned 200 patients",
            "was originally designed for 110 patients",
            "The study aimed to enroll 900 women",
            "the target number of enrolled patients is set at 274",
        ),
        ignores=("planned for 12 weeks", "designed for patients"),
        sections=frozenset({"methods"}),
        fixed={"kind": "target_n"},
    ),
    Rule(
        "statistics.target_n.each",
        pattern(
            rf"{SIZE} (?:[a-z-]+ ){{0,2}}?(?:{PEOPLE}|couples) (?:(?:in|for) (?:each|every|both)|per) (?:treatment |study |randomi[sz]ed )?(?:groups?|arms?)\b"
        ),
        finds=("120 patients (60 patients in each group) were needed", "30 patients per arm"),
        ignores=("60 patients were needed",),
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
            rf"{SIZE} (?:[A-Za-z-]+ ){{0,3}}?(?P<what>events|deaths) (?:(?:would|will|should|was|were|are|is|to|be|had|have|been) )*(?:required|needed|necessary|expected|planned|to be observed|provid\w+|giv\w+|yield\w*|ensur\w+)"
            rf"|\b(?:final|primary|main) (?:\w+ )?analysis (?:(?:was|is|will be|to be|planned|scheduled|performed|done|conducted) )+(?:after|when|at) (?:about |approximately |at least )?(?P<least>{ANY_COUNT}) (?:[A-Za-z-]+ ){{0,2}}?(?:events|deaths)"
            rf"|\bwith (?:about |approximately |at least )?(?P<most>{ANY_COUNT}) (?:[A-Za-z-]+ ){{0,2}}?(?:events|deaths),? (?:the (?:study|trial) |we )?(?:would have|had|would provide|there (?:was|would be)) [^.;]{{0,20}}power"
        ),
        finds=(
            "220 PFS events were required",
            "370 events would provide 90% power",
            "a total of 350 deaths would be needed",
            "With 380 deaths, the study had 85% power",
        ),
        ignores=("20 adverse events were recorded",),
        sections=frozenset({"methods"}),
        fixed={"kind": "events_needed"},
    ),
    Rule(
        "statistics.dropout.before",
        pattern(
            rf"{RATE} (?:[a-z-]+ ){{0,3}}?(?:drop-?(?:outs?|offs?)|loss(?:es)?|lost|attrition|withdraw\w+|non-?evaluable|ineligib\w+|discontinu\w+)"
        ),
        finds=("allowing for a 10% dropout rate", "assuming 5% loss to follow-up"),
        ignores=("10% of patients responded",),
        sections=frozenset({"methods"}),
        fixed={"kind": "dropout_rate"},
    ),
    Rule(
        "statistics.dropout",
        pattern(
            rf"(?:drop-?(?:out|off)|attrition|withdrawal|loss to follow-?up|lost to follow-?up|discontinuation)(?: rate)?(?: (?:of|was|is|assumed|to|be|up|about|approximately|estimated|at))* ?[=:(]* ?{RATE}"
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
)
