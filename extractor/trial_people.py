"""The people of a trial: how many were enrolled, could be evaluated and were followed for safety."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.quantities import ANY_COUNT, PEOPLE, count
from extractor.rules import Rule, pattern, scan_all
from extractor.study import Study
from extractor.values import Stated

ADJECTIVES = r"(?:(?!and\b|or\b|of\b|were\b|in\b|to\b|assessed\b|screened\b|approached\b|invited\b|potential|months?\b|weeks?\b|days?\b|years?\b|hours?\b|after\b|times?\b)[A-Za-z-]+ ){0,4}?"
WHO = rf"(?:{ADJECTIVES}{PEOPLE}|couples)"
ENROLLED = r"(?:enrol{1,2}ed|randomi[sz]ed|recruited|randomly (?:assigned|allocated|divided|administered)|entered|registered|included|allocated|assigned to (?:the )?(?:study )?(?:treatments?|study)\b)"
# Between the number and the verb these words make it the number of those who were only looked at.
NOT_YET = r"\b(?:screen|exclu|assess|approach|invit|contact|eligib|target|planned|potential)"
COUNT = rf"(?P<value>{ANY_COUNT})"
EARLY = frozenset({"abstract", "results", "methods"})

# The populations in which efficacy is judged.
EFFICACY = r"(?:modified )?(?:intent(?:ion)?[- ]to[- ]treat|ITT|mITT|full[- ]analysis|FAS|efficacy|per[- ]protocol)"

PATIENT_RULES: tuple[Rule, ...] = (
    Rule(
        "trial.enrolled",
        pattern(
            rf"(?<![\d.,/-]){COUNT} (?:of (?:the|these) )?{WHO}(?:(?!{NOT_YET}|, (?:and )?\d+ (?:were|was|of)\b)(?:[^.;]|\.(?=\d))){{0,150}}?(?: (?:were|was|had been|have been|who|could be|finally|eventually|initially|then|subsequently|all|\w+ (?:with \w+ )?and),?)+ {ENROLLED}(?! (?:as|from analysis|and screened|in (?:the|this|our) (?:[\w-]+ ){{0,3}}?analys|(?:in|to|into|per|for) (?:each|every|both)))"
        ),
        finds=(
            "A total of 120 patients were enrolled",
            "between 2010 and 2012, 54 women with early disease were randomly assigned",
            "Thirty-seven patients were recruited",
            "Sixty women were diagnosed with bleeding and randomized",
        ),
        ignores=("12 patients were excluded", "of 120 screened", "80 patients were recruited in each group"),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.total",
        pattern(rf"\ba total of {COUNT} (?:were|was) {ENROLLED}(?! (?:in|to|into|per|for) (?:each|every|both))"),
        finds=("a total of 105 were enrolled",),
        ignores=("a total of 12 were excluded",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.underwent",
        pattern(
            rf"(?<![\d.,/-]){COUNT} (?:of (?:the|these|them) )?(?:{WHO} )?(?:\([^)]*\) )?(?:(?:eventually|subsequently|then|finally|who|had) )*(?:underwent|undergone) randomi[sz]ation\b(?! (?:in|to|into) (?:each|every|both))"
        ),
        finds=(
            "a total of 1,208 patients underwent randomization at 112 sites",
            "Of 812 patients assessed for eligibility, 540 underwent randomization",
            "the 540 patients who underwent randomization",
        ),
        ignores=("12 patients underwent surgery", "540 patients were screened"),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.bracketed",
        pattern(
            rf"\b{PEOPLE} ?\( ?n ?= ?{COUNT} ?\) (?:(?:who|were|was|had|all|then|aged|with|on|[a-z]+ly) )*(?:(?:randomi[sz]ed|grouped|divided|allocated|assigned|enrol{{1,2}}ed|recruited)\b)(?! (?:to (?!(?:one|either|two|three|receive))))"
        ),
        finds=("Participants (n = 37) were grouped randomly",),
        ignores=("patients (n = 37) were assigned to placebo", "patients (n = 12) died"),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.plain",
        pattern(rf"(?<![\d.,/-]){COUNT} {WHO} {ENROLLED}\b"),
        finds=("All 478 patients enrolled in the study", "the 100 patients randomly assigned"),
        ignores=("patients enrolled at 478 sites",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.screened",
        pattern(
            rf"(?:screened|assessed for eligibility|eligible|considered|approached)[^.;]{{0,60}}(?:, (?:and )?| and | of whom ){COUNT} (?:of them |(?:[\w-]+ ){{0,4}}?{PEOPLE} )?(?:were|was) {ENROLLED}"
        ),
        finds=(
            "Of the 3089 patients screened, 797 were randomized",
            "120 were eligible, 98 patients were enrolled",
            "51 patients were screened and 48 were enrolled",
            "741 were screened, of whom 180 were ineligible and 561 were randomly assigned",
            "Of the 144 screened, 83 young and old women were assigned to treatment",
        ),
        ignores=("120 patients were screened",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.among",
        pattern(
            rf"\b(?:among|of|in) (?:all |the |these |all the )?{COUNT} (?:randomi[sz]ed|enrolled|randomly assigned) {WHO}\b(?! (?:in|to|into|per|for) (?:each|every|both))"
        ),
        finds=("Among 721 randomized participants", "Of the 48 enrolled patients, 46 were evaluable"),
        ignores=("one of 48 screened patients", "of 30 randomised patients in each group"),
        sections=frozenset({"abstract", "results"}),
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.participated",
        pattern(rf"(?<![\d.,/-]){COUNT} {WHO}(?: \([^)]*\))? participated\b"),
        finds=("40 patients participated in the trial",),
        ignores=("patients participated in 40 sessions",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.study_of",
        pattern(
            rf"\b(?:trial|study)(?: was| is)?(?: conducted| performed| carried out| done)? (?:of|with|in|on|included|including|comprised|enrol(?:l)?ed) (?:a total of )?{COUNT} {WHO}"
        ),
        finds=("A randomised trial was conducted with 38 patients", "In this study of 90 adult patients"),
        ignores=("the trial in 12 centres",),
        sections=frozenset({"abstract"}),
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.received",
        pattern(
            rf"(?:^|\), |: ){COUNT} (?:healthy )?{WHO} (?:with [^.;]{{3,60}} )?received\b(?! at least| (?:one|1) )"
        ),
        finds=("study (A1), 37 healthy subjects received placebo or a dose",),
        ignores=("of whom 12 patients received rescue",),
        sections=frozenset({"abstract"}),
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.active",
        pattern(
            rf"\b(?:enrol(?:l)?ed|randomi[sz]ed|recruited|randomly (?:assigned|allocated)|we included)(?: a total of)? {COUNT} {WHO}"
        ),
        finds=("We randomised 120 patients", "enrolled a total of 45 women"),
        ignores=("randomised to 3 groups",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.evaluable",
        pattern(
            rf"(?<![\d.,/-]){COUNT} (?:of (?:the )?\d+ )?(?:{WHO} )?(?:\([^)]*\) )?(?:were|was) (?:(?!not )[a-z]+ )?(?:evaluable|assessable|eligible for (?:efficacy|response)|available for (?:efficacy|response))(?: for (?:efficacy|response|tumou?r response|the primary end ?point|analysis))?(?! for (?:toxicity|safety|adverse))"
        ),
        finds=("52 patients were evaluable for response", "Of 60, 55 were assessable"),
        ignores=("60 patients were evaluable for toxicity", "four patients were not evaluable"),
        sections=EARLY,
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.of",
        pattern(
            rf"(?<!\d\sof\s)(?<![\d.,/-]){COUNT} (?:(?:response|efficacy)[- ])?evaluable {PEOPLE}(?! who (?:did|were|had) )"
        ),
        finds=("In 28 evaluable patients",),
        ignores=("28 patients were evaluated", "8 of 12 evaluable patients"),
        sections=frozenset({"abstract", "results"}),
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.for",
        pattern(
            rf"\b(?:of|in|among) (?:the )?{COUNT} {PEOPLE} (?:who were )?(?:evaluable|assessable) for (?:efficacy|(?:tumou?r )?response)"
        ),
        finds=("Of the 30 patients evaluable for efficacy",),
        ignores=("Of the 30 patients evaluable for toxicity",),
        sections=frozenset({"abstract", "results"}),
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.set",
        pattern(
            rf"\b(?:{EFFICACY})(?: \([^)]*\))?(?: (?:analys[ei]s|population|set|cohort|group|sample))+(?: \([^)]*\))?,? (?:(?:was|were|thus|therefore|then|finally) )*(?:included|comprised|consisted of|contained|of|made up of) (?:a total of |data from )?{COUNT}(?= {WHO}|\)| and)"
        ),
        finds=("The ITT population comprised 349 patients", "the full analysis set (FAS) included 120 women"),
        ignores=("the ITT population included all patients", "the safety population included 118 patients"),
        sections=EARLY,
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.both",
        pattern(
            rf"\b(?:{EFFICACY}) and safety (?:analysis )?(?:populations|sets)(?: \([^)]*\))? (?:included|comprised|consisted of|contained) {COUNT} and (?P<safe>{ANY_COUNT}) {PEOPLE}"
        ),
        finds=("The ITT and safety analysis sets comprised 349 and 356 patients, respectively",),
        ignores=("The ITT and safety sets comprised all patients",),
        sections=EARLY,
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.in",
        pattern(
            rf"(?<![\d.,/-]){COUNT}(?: \(\d[^)]*\))? (?:of (?:the|these|them) )?(?:{WHO} )?(?:\([^)]*\) )?(?:were|was) (?:included|eligible|analy[sz]ed|available) (?:in|for) (?:the |this |our )?(?:final |main |statistical |modified |efficacy |primary )*(?:{EFFICACY}|efficacy analys\w+|primary (?:efficacy )?analys\w+|final (?:efficacy )?analys\w+)"
        ),
        finds=(
            "207 were included in the per protocol analysis set",
            "98 patients were included in the primary analysis",
        ),
        ignores=("98 patients were included in the study",),
        sections=EARLY,
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.this",
        pattern(
            rf"(?<![\d.,/-]){COUNT} {WHO}(?:[^.;]{{0,90}}? and)? (?:were|was) included in (?:this|the present) (?:sub-?|post[- ]hoc |secondary |pooled |integrated )?analysis"
        ),
        finds=("725 patients had severe disease and were included in this subanalysis",),
        ignores=("725 patients were included in this study",),
        sections=EARLY,
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.leaving",
        pattern(
            rf"\bleaving (?:a total of )?{COUNT}(?: {WHO})? (?:who were |for |in |as )?(?:the |an? )?(?:final |efficacy |primary )*(?:assessable|evaluable|available|analys[ei]s|eligible for analysis)"
            rf"|\b(?:samples?|data|results)(?: \w+)? (?:from|of|for) (?:a total of )?(?P<value2>{ANY_COUNT}) (?:{PEOPLE}) (?:were|was) available for (?:the )?(?:final )?analysis"
            rf"|\b(?:show|report|present) (?:the )?(?:data|results) (?:from|of|for) (?P<value3>{ANY_COUNT}) {WHO}"
        ),
        finds=(
            "leaving 64 assessable for efficacy",
            "Paired samples from 103 patients were available for analysis",
            "we report data from 125 patients",
        ),
        ignores=("leaving 12 subjects who completed", "Data from 30 patients were missing"),
        sections=EARLY,
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.safety_population",
        pattern(
            rf"(?<![\d.,/-]){COUNT} {WHO}(?: \([^)]*\))? (?:(?:enrol{{1,2}}ed|randomi[sz]ed|recruited|included) in (?:the|this) (?:study|trial) )?(?:(?:were|was|who|had|have) )*(?:(?:randomi[sz]ed|enrol{{1,2}}ed) and )?(?:(?:received|took) (?:at least|≥|>=) ?(?:one|1) (?:dose|cycle|injection|infusion|administration)|(?:evaluable|assessable|evaluated|included|analy[sz]ed|eligible) (?:for|in) (?:the )?(?:toxicity|safety))"
            rf"|(?<![\d.,/-])(?P<value2>{ANY_COUNT})(?: \([^)]*\))? (?:were|was) (?:(?:randomi[sz]ed|enrol{{1,2}}ed|treated) and )?(?:received (?:at least|≥|>=) ?(?:one|1) (?:dose|cycle|injection|infusion)|included in the safety (?:analys[ie]s|population|set))"
            rf"|\bsafety analys[ei]s (?:was|were) (?:conducted|performed|done|carried out) in (?:all )?(?P<value3>{ANY_COUNT}) {WHO}"
        ),
        finds=(
            "47 patients received at least one dose of study drug",
            "120 patients were evaluable for toxicity",
            "478 patients enrolled in the study received ≥ 1 dose",
            "797 (25.9%) were randomized and received at least one injection",
        ),
        ignores=("47 patients received chemotherapy",),
        sections=EARLY,
        fixed={"field": "safety_population"},
    ),
    Rule(
        "trial.safety_population.named",
        pattern(
            rf"\bsafety (?:analysis |evaluable )?(?:population|set|analysis|analyses|cohort)(?: \([^)]*\))?,? ?(?:(?:included|comprised|consisted of|contained|was|of) )?\(?(?:n ?= ?)?{COUNT}(?= {WHO}|\))"
        ),
        finds=("The safety population included 118 patients", "the safety set (n = 61)"),
        ignores=("the safety population included all patients",),
        sections=EARLY,
        fixed={"field": "safety_population"},
    ),
)
RANDOMISED = "trial.enrolled.randomised"


def numbers_of_patients(study: Study) -> Iterator[Stated]:
    """Enrolled, evaluable and safety population; a number of randomised before a smaller one of enrolled."""
    found = list(_numbers(study))
    enrolled = [stated for stated in found if stated.field == "enrolled"]
    if enrolled:
        first = enrolled[0].value  # there are never fewer enrolled than randomised
        enrolled.sort(key=lambda stated: not (stated.rule == RANDOMISED and first < stated.value < 4 * first))
    yield from enrolled
    most = enrolled[0].value if enrolled else None
    for stated in found:
        least = 0 if stated.rule == "trial.evaluable.this" else (most or 0) / 2
        if stated.field == "evaluable" and most is not None and not least < stated.value < most:
            continue
        if stated.field != "enrolled":
            yield stated


def _numbers(study: Study) -> Iterator[Stated]:
    """The numbers as they stand; that of one arm only is not the trial's."""
    sizes = {arm.size for arm in study.arms.arms if arm.size}
    total = sum(arm.size or 0 for arm in study.arms.arms)
    for sentence, rule, match in scan_all(PATIENT_RULES, study.reading):
        field = rule.fixed["field"]
        for group, printed in match.groupdict().items():
            value = count(printed)
            if value is None or value < 4 or sentence.cited:
                continue
            if field == "enrolled" and value in sizes and value != total:
                continue
            told = "safety_population" if group == "safe" else field
            name = RANDOMISED if field == "enrolled" and "random" in match[0].lower() else rule.name
            yield Stated(told, value, sentence.evidence(*match.span(group)), name)
