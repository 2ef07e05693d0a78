"""The patterns of the effects that a trial is planned for: assumed rates, differences, margins, spreads."""

from __future__ import annotations

from extractor.quantities import NUMBER
from extractor.rules import Rule, pattern

METHODS = frozenset({"methods", "abstract", "other"})
PER_CENT = r"(?:%|per ?cent\b)"
RATE = rf"(?P<value>{NUMBER}) ?{PER_CENT}"
# "an ORR of 30% was considered promising": the group is `rate`, as a rule may tell the rate in other words too.
OF_RATE = rf"\b(?:rate|(?-i:[A-Z]{{2,4}})|proportion|survival) (?:of|at) (?P<rate>{NUMBER}) ?{PER_CENT}(?: or (?:less|lower|below|more|higher|greater|above))? (?:was|were|is|would be|will be) (?:considered |regarded |deemed |judged )?(?:as )?(?:being )?(?:to be )?"
OF_INTEREST = r"(?:promising|worthwhile|(?:clinically )?(?:meaningful|relevant|interesting|active)|(?:of )(?:clinical )?interest|desirable|acceptable|sufficient|a success)\b"
NOT_OF_INTEREST = r"(?:uninteresting|not (?:promising|worthwhile|interesting|of interest|acceptable)|insufficient|ineffective|inactive|undesirable|unacceptable|futile|a failure)\b"
# Rates of other things than the outcome.
NO_RATE = r"(?:drop|loss|lost|withdraw|attrition|non-?eval|accrual|recruit|event|discontinu|screen|failure|inflation|error|power|alpha)"
MEASURED = r"(?:points?|units?|mm ?Hg|mm|cm|kg|mg/dl|mmol/l|ng/ml|minutes?|min|hours?|days?|weeks?|months?)"
MARGIN = rf"(?P<value>-? ?{NUMBER})(?: ?(?P<unit>percentage points?|%|{MEASURED})(?![\w/]))?"
CONTROL = r"(?:control|placebo|standard|comparator|reference|usual)"
# "tested on the 5% level": the percentage is of the test.
AT_LEVEL = r"(?: (?:one-?sided|two-?sided|significance|alpha))? level\b"

EFFECTS: tuple[Rule, ...] = (
    Rule(
        "statistics.hazard_ratio",
        pattern(
            r"(?:hazard ratio|\bHR)\)?(?: [(\[]HR[)\]])?,?(?: (?:of|to|was|at least|for|assumed|be|corresponding))* ?[=<≤(:]* ?(?P<value>[0-3]?\.\d+|1)\b"
        ),
        finds=("to detect a hazard ratio of 0.75", "an HR of 0.7", "(hazard ratio, 0.75)"),
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
        "statistics.null_and_alternative.groups",
        pattern(
            rf"\b(?:expect|assum|anticipat|hypothesi[sz]|estimat)\w*\b(?:(?!{NO_RATE})[^.;%\d]|\d+-(?:day|week|month|year)){{0,90}}? (?:of|be|at) (?:about |approximately )?(?P<null>{NUMBER}) ?{PER_CENT} (?:in|with|for|among) (?:patients (?:in|on) )?(?:the )?{CONTROL}[a-z -]{{0,30}}?(?:,? and|,? versus|,? compared with) (?:of )?(?:about |approximately )?(?P<alternative>{NUMBER}) ?{PER_CENT} (?:in|with|for|among) "
        ),
        finds=("an expected mortality of 30% in the placebo group and 20% in the intervention group",),
        ignores=(
            "mortality was 30% in the placebo group and 20% in the intervention group",
            "assuming a dropout rate of 10% in the placebo group and 10% in the other",
        ),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.null_and_alternative.time",
        pattern(
            rf"\b(?:median|survival|PFS|OS|TTP|DFS|EFS|time)\b[^.;%]{{0,60}}? from (?:an? )?(?:[a-z]+ ){{0,3}}?(?P<null>{NUMBER})(?: ?-?months?)? to (?:at least |about )?(?P<alternative>{NUMBER}) ?-?(?P<unit>months?)\b"
        ),
        finds=("improve the median PFS from 1.25 months to 3 months",),
        ignores=("survival from 12 months to 2 years", "from 3 to 6 months of treatment"),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.null_rate.expected",
        pattern(
            rf"(?:rates?|survival|response|incidence|proportion|prevalence|risk|controls?|placebo|standard)\b(?:(?!{NO_RATE})[^.;%]){{0,90}}? (?:was|were|is|would be) (?:assumed|estimated|expected|anticipated|presumed)(?: to be)?(?: (?:at|about|approximately|around))? {RATE}"
            rf"|\b(?:rates?|survival) of (?P<value2>{NUMBER}) ?{PER_CENT}(?: and (?:an? )?(?:[\w-]+ ){{0,4}}?rate of (?P<value3>{NUMBER}) ?{PER_CENT})? (?:was|were|is) (?:assumed|estimated|expected|anticipated)"
            rf"|\bassum\w+ (?:that )?(?P<value4>{NUMBER}) ?{PER_CENT} of (?:the |all )?(?:patients |women |men |subjects )?(?:in the |receiving )?(?:placebo|control)"
            rf"|\bassum\w+ (?:an? )?(?:(?:control|placebo)(?:[- ]group)? event |(?!{NO_RATE})(?:(?!{NO_RATE})[\w-]+ ){{0,5}}?)(?:rate|incidence|risk|prevalence|survival)(?: (?:in|at|with) (?:the )?[^.;%\d]{{3,50}})? of (?P<value5>{NUMBER}) ?{PER_CENT}"
            rf"|\b(?:assum|expect|anticipat|hypothesi)\w+ that (?:(?!{NO_RATE})[^.;%\d]){{0,60}}?(?:rate|incidence|risk|prevalence|survival|proportion)\b(?:(?!{NO_RATE})[^.;%\d]){{0,60}}? (?:would|will) be (?:about |approximately |around )?(?P<value6>{NUMBER}) ?{PER_CENT}"
        ),
        finds=(
            "5-year survival in the control group was estimated to be 40%",
            "a response rate of 40% and a resection rate of 15% was expected",
            "assuming that 15% of the placebo group had bleeding",
            "assuming a response rate of 30% in both groups",
            "assuming a control event rate of 20%",
            "it was assumed that the relapse rate after surgery would be 30%",
        ),
        ignores=(
            "assuming a dropout rate of 10%",
            "it was expected that the rate of loss to follow-up would be 10%",
            "the response rate was 40%",
            "loss to follow-up was expected to be 10%",
        ),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.null_rate",
        pattern(
            rf"(?:null (?:hypothesis(?! ?\))|ORR|(?:response )?rate)|\bH0|\bP0|uninteresting|undesirable|unacceptable|historical control(?! ?\)))(?:(?!\bpower\b)[^.;%]){{0,90}}?(?:of|was|is|=|≤|<|:|than|at)? ?{RATE}(?!{AT_LEVEL})"
        ),
        finds=("the null hypothesis of a response rate of 10%", "P0 = 20%", "a null ORR of 15%"),
        ignores=("The null hypothesis was rejected", "the null hypothesis of no change was tested at the 5% level"),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.alternative_rate",
        pattern(
            rf"(?:alternative hypothesis(?! ?\))|alternative(?: ORR| (?:response )?rate)?(?= (?:of|was|is) )|\bH1|\bHa\b|\bP1|desirable|target (?:(?-i:[A-Z]{{2,4}})|(?:response )?rate)|expected response rate)(?:(?!\bpower\b)[^.;%]){{0,90}}?(?:of|was|is|=|≥|>|:|than|at)? ?{RATE}"
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
        pattern(
            rf"{RATE}(?: or (?:less|lower|below))?(?: (?:[a-z]+ ){{1,6}})? ?[(\[](?:the )?null hypothesis[)\]]|{OF_RATE}{NOT_OF_INTEREST}",
        ),
        finds=(
            "a rate of 17% or less considered not of interest (null hypothesis)",
            "an ORR of 10% would be uninteresting",
            "a response rate of 5% or less was considered insufficient",
        ),
        ignores=("the null hypothesis (no difference)",),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.alternative_rate.named",
        pattern(
            rf"{RATE}(?: or (?:more|higher|above))?(?: (?:[a-z]+ ){{1,6}})? ?[(\[](?:the )?alternative hypothesis[)\]]|{OF_RATE}{OF_INTEREST}"
        ),
        finds=(
            "a target rate of 34% (alternative hypothesis)",
            "an ORR of 30% was considered promising",
            "a response rate of 25% or higher would be of clinical interest",
        ),
        ignores=("the alternative hypothesis (a difference)",),
        sections=frozenset({"methods"}),
        fixed={"kind": "alternative_rate"},
    ),
    Rule(
        "statistics.difference",
        pattern(
            rf"(?:detect|difference|reduction|improvement|increase|decrease)(?:(?!\b(?:power|error|alpha|significance|probability)\b)[^.;%]){{0,70}}?(?:of|by|≥|>|least|a|was|is) ?(?:at least |approximately |about )?{RATE}(?! (?:power|confidence|CI|of|drop|loss|two|one|signif))"
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
        "statistics.difference.measured",
        pattern(
            rf"\b(?:detect|assum\w+|expect\w*|show|demonstrate|anticipat\w+|identify)\b(?:(?!\bdeviation\b|\bSD\b)[^.;%]){{0,90}}?\b(?:differences?|effect|change|reduction|improvement|increase|decrease)(?: (?:between|in|on)(?:(?!\bdeviation\b|\bSD\b)[^.;%]){{0,70}}?)? of (?:at least |about |approximately )?(?P<value>{NUMBER}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)[ -]?(?P<unit>{MEASURED})(?![\w/])"
            rf"|\b(?:detect|show|demonstrate|identify) (?:an? |at least (?:an? )?)?(?P<value2>{NUMBER})[ -]?(?P<unit2>{MEASURED}) (?:[a-z-]+ ){{0,2}}?(?:difference|reduction|improvement|increase|decrease|change)"
        ),
        finds=(
            "assuming a true effect of four points on the scale",
            "to detect a difference of 0.04 mm in thickness",
            "to detect a 5 mmHg difference",
        ),
        ignores=("to detect a difference of 15%", "a difference of 3 points was seen"),
        sections=frozenset({"methods"}),
        fixed={"kind": "difference"},
    ),
    Rule(
        "statistics.margin",
        pattern(
            rf"(?:non-?inferiority|equivalence) (?:margin|limit|boundary|bound)s?(?: \([^)]*\))?(?: (?:of|was|were|is|set|at|for|a|defined|as|to|the|prespecified|upper|difference|in))* ?[=:±(]* ?{MARGIN}"
        ),
        finds=("a non-inferiority margin of 10%", "the noninferiority margin was set at 1.25"),
        ignores=("non-inferiority was shown",),
        sections=METHODS,
        fixed={"kind": "margin"},
    ),
    Rule(
        "statistics.standard_deviation",
        pattern(
            rf"(?:standard deviation|\bSD)[,)]?(?: \(?SD\))?(?: (?:of|was|is|assumed|to|be|for|a|common|in the [a-z ]{{3,40}} of))* ?[=:(]* ?(?P<value>{NUMBER})(?: ?(?P<unit>percentage points?|%|{MEASURED})(?![\w/]))?"
        ),
        finds=("assuming a standard deviation of 12.5", "with a standard deviation of 9 mm Hg", "an SD of 1.1%"),
        ignores=("mean and standard deviation were reported",),
        sections=frozenset({"methods"}),
        fixed={"kind": "standard_deviation"},
    ),
    Rule(
        "statistics.margin.named",
        pattern(
            rf"(?:non-?inferiority|equivalence)[^.;]{{0,40}}? (?:with|by|using) an? (?:[a-z-]+ )?margin (?:of|set at) {MARGIN}"
            rf"|\bmargin (?:of|was(?: set at)?) (?P<value2>-? ?{NUMBER})(?: ?(?P<unit2>percentage points?|%|{MEASURED})(?![\w/]))?[^.;\d]{{0,50}}\b(?:non-?inferior|equivalen)"
        ),
        finds=(
            "to show non-inferiority with a margin of 0.4 kg",
            "a margin of 3 percentage points for equivalence was used",
        ),
        ignores=("a resection margin of 2 cm", "non-inferiority was shown with a wide margin"),
        sections=METHODS,
        fixed={"kind": "margin"},
    ),
    Rule(
        "statistics.margin.limit",
        pattern(
            rf"(?:non-?inferior(?:ity)?|equivalen(?:ce|t))\b(?:[^.;]|\.(?=\d)){{0,90}}? (?:if|when|provided that|should) (?:[^.;]|\.(?=\d)){{0,40}}?\b(?:upper|lower) (?:limit|bound|boundary|confidence limit)\b(?:[^.;]|\.(?=\d)){{0,110}}? (?:less than|below|under|above|greater than|more than|lower than|higher than|exceed(?:s|ed)?|[<>≤≥]) ?{MARGIN}"
        ),
        finds=(
            "Noninferiority was to be concluded if the lower bound of the 97.5% CI was above -6%",
            "would be judged non-inferior if the upper limit of the interval for the odds ratio did not exceed 1.4",
        ),
        ignores=(
            "non-inferiority was tested with the upper limit of the 95% CI",
            "the upper limit was less than 1.2",
        ),
        sections=frozenset({"methods"}),
        fixed={"kind": "margin"},
    ),
    Rule(
        "statistics.null_and_alternative.medians",
        pattern(
            rf"\b(?:median|mean)\b[^.;%]{{0,80}}? (?:would|will|to) be (?:about |approximately )?(?P<null>{NUMBER}) ?(?P<unit>months?|years?|weeks?|days?) (?:in|with|for|on) (?:the )?{CONTROL}[a-z -]{{0,30}}? and (?:about |approximately )?(?P<alternative>{NUMBER}) ?(?:months?|years?|weeks?|days?)"
        ),
        finds=("the median survival would be 9 months in the control arm and 13 months in the other",),
        ignores=(
            "the median would be 9 months in the control arm",
            "the median was 9 months with placebo and 13 months",
        ),
        sections=frozenset({"methods"}),
        fixed={"kind": "null_rate"},
    ),
    Rule(
        "statistics.alternative_rate.beside",
        pattern(
            rf"\b(?:assum|expect|anticipat)\w+ (?:that )?{NUMBER} ?{PER_CENT} of (?:the |all )?(?:[a-z-]+ )?(?:in|receiving|given|on|assigned to) (?:the )?{CONTROL}(?: (?:group|arm|treatment|care))? and {RATE} (?:of )?(?:(?:those|the|patients) )*(?:in|receiving|given|on|assigned to) "
        ),
        finds=("assumed that 40% of women in the control group and 25% of those in the other group would relapse",),
        ignores=("40% of women in the control group and 25% of those in the other group relapsed",),
        sections=frozenset({"methods"}),
        fixed={"kind": "alternative_rate"},
    ),
)
