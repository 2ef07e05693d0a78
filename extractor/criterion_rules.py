"""The words that open a statement of eligibility criteria, and on which side of them the criteria stand."""

from __future__ import annotations

from extractor.rules import Rule, pattern
from ontology import regex as re

WHO = r"(?:(?:[\w-]+ ){0,3}?(?:(?:in|out|day)?-?patients?|subjects?|participants?|women|men|individuals?|volunteers?|children|adults?|males?|females?|smokers|mothers|persons?|people|infants|adolescents|candidates|athletes|those))"
BE = r"(?:was|were|is|are|have been|had been|will be)"
ALSO = r"(?:(?:considered|deemed|also|further|then|therefore|thus|initially|only|all|consecutively|not) )*"
CRITERIA = r"(?:criteri(?:a|on)(?: for (?:(?:study|trial) )?(?:entry|inclusion|exclusion|enrol\w+|participation|qualif\w+[^,;:.]{0,20}|patient selection))?)"
TAKING = r"(?: (?:to (?:participate|take part|enter|enrol|join|be (?:included|enrolled|recruited))|for (?:participation|inclusion|enrol+ment|entry|recruitment)))?"
ENTERED = rf"(?:eligible{TAKING}|included|enrolled|recruited|entered|selected|studied|accepted|randomi[sz]ed|invited to (?:join|participate|take part|(?:attend |undergo )?(?:a )?screening(?: visit)?))"
LEAVING = r"(?:excluded|ineligible|not eligible|not included|not enrolled|not recruited|not allowed to (?:participate|take part)|not entered)"
STUDY = r"(?:(?:in|into|for|from|to|on) (?:the |this |our |both |participat\w+ |entry |inclusion |enrol\w+ |either )*(?:[\w-]+ ){0,2}?(?:study|studies|trials?|analys[ie]s|protocol|participation|inclusion|enrol+ment|entry)(?: entry)?)"
# "Eligibility criteria are listed in Table 1" states none.
ELSEWHERE = r"(?! ?(?:asked|depicted|listed|shown|described|given|presented|provided|summari|detailed|reported|previously|similar|the same|not|satisfied|met\b|applied|used to|identical|available|published|outlined|fulfilled|in (?:the )?(?:table|appendix|supp)))"
LIST = r"(?: (?:as follows|the following|that|those|the presence of|a list of))*"
SAY = rf"(?: \([^)]{{0,40}}\))?(?: (?:(?:also|used|applied|mentioned) )*{BE}(?: (?:also )?(?:used|applied))?{LIST}(?: {BE}{LIST})?| (?:also )?(?:includ\w+|compris\w+|consisted of|encompassed|required){LIST}| {BE} (?:similar|the same|identical)[^.:;]{{0,40}}:| ?[:-]) ?[:,-]?(?: |$){ELSEWHERE}"

# Where the criteria stand: after the words of the rule, before them, or on both sides.
RULES: tuple[Rule, ...] = (
    Rule(
        "eligibility.criteria.exclusion",
        pattern(
            rf"\b(?:(?:main|key|major|other|additional|further|important|specific|general|common|following) )*(?:(?:exclusion|non-?inclusion) {CRITERIA}|criteria for (?:exclusion|ineligibility)|reasons for (?:exclusion|ineligibility)|exclusions)(?: (?:for|of|in) [^.:;]{{0,60}}?)??{SAY}"
        ),
        finds=(
            "Exclusion criteria were: prior therapy",
            "Key exclusion criteria included stroke",
            "The exclusion criteria were as follows: pregnancy",
        ),
        ignores=("Patients were excluded if", "the exclusion of outliers"),
        fixed={"polarity": "exclusion", "side": "after"},
    ),
    Rule(
        "eligibility.criteria.inclusion",
        pattern(
            rf"\b(?:(?:main|key|major|other|additional|added|further|important|specific|general|common|following|patient) )*(?<!ex)(?:(?:inclusion|eligibility|entry|enrol+ment|selection|qualif\w+) {CRITERIA}|criteria for (?:(?:study|trial|patient) )?(?:inclusion|eligibility|entry|enrol+ment|participation|selection|qualif\w+))(?: (?:for|of|in) [^.:;]{{0,60}}?)??{SAY}"
        ),
        finds=(
            "Inclusion criteria were age 18 or older",
            "Main eligibility criteria included ECOG 0-1",
            "Other inclusion criteria were hemoglobin",
        ),
        ignores=("Exclusion criteria were stroke", "the inclusion of more patients"),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.excluded.as",
        pattern(rf" {BE} {ALSO}{LEAVING},? as (?:were|well as) (?:{WHO} )?(?:with|who (?:had|were)|having)? ?"),
        finds=("Pregnant women were excluded, as were patients with stroke",),
        ignores=("Patients were excluded as planned",),
        fixed={"polarity": "exclusion", "side": "both"},
    ),
    Rule(
        "eligibility.excluded.if",
        pattern(
            rf" {BE} {ALSO}{LEAVING}(?: {STUDY}| from [\w-]+(?= (?:if|when|for)))?,? (?:if|when|because|for|due to|who|with|in (?:the )?(?:case|presence) of|on the basis of|aged)\b(?: any (?:one )?of(?: the following)?(?: (?:reasons?|conditions?|criteria))?(?: appl(?:y|ied))?| the following(?: reasons?)?| one or more of(?: the following)?(?: (?:reasons?|conditions?|criteria))?| (?:they|he|she|there was|it)\b)*(?: (?:had|have|were|was|met)(?= ))?:? ?"
        ),
        finds=("Patients were excluded if they had stroke", "Women were excluded with brain metastases"),
        ignores=("Patients with stroke were excluded.", "Outliers were excluded."),
        fixed={"polarity": "exclusion", "side": "after"},
    ),
    Rule(
        "eligibility.excluded.we",
        pattern(
            rf"\b(?:we|the (?:study|trial|protocol)) (?:also |further |thus )?excluded (?:all )?{WHO}(?: (?:who|with|if|aged))?|^(?:also )?excluded (?:from the (?:study|trial) )?(?:were|was) (?:{WHO} (?:who|with))?"
        ),
        finds=("We excluded patients with stroke", "The trial excluded women aged", "Excluded from the study were women with"),
        ignores=("Patients were excluded if",),
        fixed={"polarity": "exclusion", "side": "after"},
    ),
    Rule(
        "eligibility.excluded.before",
        pattern(
            rf" (?:{BE} {ALSO}{LEAVING}(?= ?(?:[.;:(]|$| {STUDY}))|{BE} (?:also )?(?:an )?exclusion criteri(?:a|on)\b|could not (?:take part|participate|be (?:included|enrolled))\b|led to exclusion|resulted in exclusion)"
        ),
        finds=(
            "Patients with stroke were excluded.",
            "Pregnancy was also an exclusion criterion",
            "Those with asthma were not included in the study",
        ),
        ignores=("Patients were excluded if they", "Two records were excluded because"),
        fixed={"polarity": "exclusion", "side": "before"},
    ),
    Rule(
        "eligibility.entered.if",
        pattern(
            rf" (?:{BE}|could be) {ALSO}{ENTERED}(?: {STUDY}| (?:in|into|to) [\w-]+(?= (?:if|when|provided))| (?:from|at|by|through|via) [^,.;]{{3,60}}?(?= if they))?(?:,? (?:if|when|provided(?: that)?|who|with|in whom|having|on condition that)\b)(?: (?:they|he|she|all of the following|the following|criteria)\b)*(?: (?:had|have|were|was|met)(?= ))?:? ?"
        ),
        finds=(
            "Patients were eligible if they had confirmed disease",
            "Men and women could be included if they were aged 20",
            "Patients were enrolled if they had",
        ),
        ignores=("Eligible patients were randomly assigned", "Patients were enrolled at three centres"),
        fixed={"polarity": "inclusion", "side": "both"},
    ),
    Rule(
        "eligibility.eligible.are",
        pattern(
            rf"\b(?:all {WHO} (?:had|have|needed|must|aged)\b|eligible {WHO}(?: (?=\((?:aged? )?[≥\d])| ?[:,]? ?(?:{BE}|had|have|will have|needed|must|includ\w+|compris\w+|aged|with|who)\b| ?\(aged?))(?: to)?(?: (?:have|be|had|the following))*(?! (?:randomi|assign|invit|admi|recruit|allot|alloc|approach|follow|treat|ask|receiv|\w+ly (?:assign|random|allo)|screen|given|includ|monitor|instruct|inform|then|analy|enrol|identif|using|also|hospital|offered|evaluat|strat|eligible|at a|un|from our|re))"
        ),
        finds=("Eligible patients were aged 18 years or older", "Eligible subjects included males aged 18"),
        ignores=("Eligible patients were randomly assigned", "Eligible patients were recruited"),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.required.value",
        pattern(r"\b(?:levels?|counts?|values?|scores?|pressure|function|index|concentrations?|clearance|disease|lesions?|tumou?rs?) (?:had to|must|needed to|was required to|were required to) (?:be|have)\b"),
        finds=("AST levels had to be within normal limits", "tumours must be measurable"),
        ignores=("Patients had to be fit", "doses had to be reduced"),
        fixed={"polarity": "inclusion", "side": "whole"},
    ),
    Rule(
        "eligibility.required",
        pattern(
            rf"\b(?:{WHO}(?: \([^)]*\))? )?(?:(?:{BE} required|had|needed|must|have) (?:to |also )*(?:have|be|possess|meet|show)\b(?! (?:performed|done|obtained|made|given|reduced|discontinued|stopped|taken|completed|terminated|withdrawn|treated|carried|adjusted|measured|repeated|collected|used|randomi))|must (?:also )?have had)(?: (?:a|an|had)\b)? ?"
        ),
        finds=("Patients had to be fit for surgery", "subjects were required to have a score", "must have had a relapse"),
        ignores=("Patients had received surgery",),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.randomised",
        pattern(
            r"^(?:[\w-]+ ){0,5}?(?:patients|women|men|adults|children|subjects|participants) (?=(?:aged|with|who (?:had|were)|≥)\b[^.]{10,400} (?:were|was) (?:randomi[sz]ed|randomly|assigned|allocated))"
        ),
        finds=("Patients with stage II disease were randomized to A or B",),
        ignores=("Patients were randomized", "Patients with fever were excluded"),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.received",
        pattern(
            r"^(?:[\w-]+ ){0,2}?(?:patients|women|men|adults|children|subjects|participants) (?=aged [^.]{5,300} (?:received|underwent|were treated|were given)\b)"
        ),
        finds=("Patients aged 18-75 years with gastric cancer received chemotherapy",),
        ignores=("Patients received chemotherapy", "Patients with gastric cancer aged badly"),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.stop",
        pattern(r" (?:were|was) (?:then |subsequently )?(?:randomi[sz]ed|randomly|assigned|allocated|stratified)\b"),
        finds=("who were randomized to A",),
        ignores=("were eligible",),
        fixed={"polarity": "inclusion", "side": "none"},
    ),
    Rule(
        "eligibility.required.list",
        pattern(rf" {BE} (?:also )?(?:required|mandatory|necessary) ?:"),
        finds=("Adequate organ function was required: platelets ≥ 100",),
        ignores=("Dose reduction was required in 5 patients",),
        fixed={"polarity": "inclusion", "side": "whole"},
    ),
    Rule(
        "eligibility.required.before",
        pattern(rf" {BE} (?:also )?(?:required|mandatory|necessary)(?= ?(?:[.;,]|$| for (?:inclusion|entry|enrol|eligib)))"),
        finds=("Adequate hepatic function was required.", "a negative test was required for inclusion"),
        ignores=("Dose reduction was required in 5 patients", "248 patients were required to detect"),
        fixed={"polarity": "inclusion", "side": "before"},
    ),
    Rule(
        "eligibility.entered.before",
        pattern(
            rf" {BE} {ALSO}{ENTERED}(?= ?(?:[.;:,]|$| {STUDY}| (?:between|from|at|by|via|in \d+|consecutively|and)\b))| participated in (?:the|this) (?:study|trial)\b"
        ),
        finds=("Men with stage II disease were eligible.", "Adults aged 18-60 were included in the study"),
        ignores=("Patients were randomly assigned",),
        fixed={"polarity": "inclusion", "side": "before"},
    ),
    Rule(
        "eligibility.people.were",
        pattern(
            r"^(?:the |all |study )?(?:patients|subjects|participants|volunteers)(?: in [^,.;]{3,30})? were (?=(?:(?:at least|over|between) \d\d (?:years|and)|(?:[\w-]+ ){0,3}(?:women|men|adults|(?:non-?)?smokers|healthy|children|adolescents|infants|males|females|aged|volunteers|\d\d years of age|\d\d ?(?:-|to) ?\d\d ?(?:years|yrs)|≥ ?\d\d ?years)\b))"
        ),
        finds=("Patients were postmenopausal women with", "Patients in the trial were 50-85 years of age and met"),
        ignores=("Patients were randomly assigned", "Patients were treated for 12 weeks"),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.we.entered",
        pattern(
            rf"\b(?:we|the (?:study|trial)) (?:enrolled|included|recruited|studied)(?: all)? (?=(?:[\w,-]+ ){{0,5}}?{WHO}\b(?: \([^)]*\))?(?:,| (?:aged|with|who|presenting|≥|older|between)))"
        ),
        finds=("We recruited patients aged 18 years and older with", "The study enrolled outpatients and day patients who had"),
        ignores=("We included the sex of the patient as a covariate",),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.population",
        pattern(
            rf"\b(?:(?:study|trial|target|patient|source) (?:population|participants|subjects|patients|sample|cohort)|(?:population|participants|subjects|patients) (?:in|of) (?:the|this) (?:study|trial)) (?:consisted of|consists of|comprised|comprises|included|was|were)(?: all)? (?=(?:[\w,-]+ ){{0,5}}?{WHO}\b(?: \([^)]*\))?(?:,| (?:aged|with|who|presenting|≥|older|between|undergoing|scheduled|at least|\d)))"
        ),
        finds=("The trial population consisted of patients 50 years of age or older with", "Study participants were women with"),
        ignores=("The study population was small", "The patient population included in the analysis"),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.restricted",
        pattern(
            r"\b(?:eligibility|inclusion|enrol+ment|entry|participation|recruitment)(?: (?:in|into|to|for) (?:the |this )?(?:study|trial))? (?:required|requires|was (?:restricted|limited|confined|open) to)(?: that)? "
        ),
        finds=("Enrolment was restricted to patients with", "Eligibility required an age of 65 years"),
        ignores=("Inclusion of more patients was required",),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.not.included.were",
        pattern(r"^(?:also )?(?:not (?:included|eligible|enrolled)|excluded|ineligible)(?: (?:from|in) the (?:study|trial))? (?:were|was) "),
        finds=("Not included were women with ruptured membranes",),
        ignores=("Patients were not included",),
        fixed={"polarity": "exclusion", "side": "after"},
    ),
    Rule(
        "eligibility.included.were",
        pattern(rf"^(?:included|eligible|enrolled)(?: (?:for|in) the (?:study|trial))? were (?=(?:[\w,-]+ ){{0,5}}?{WHO}\b)"),
        finds=("Included were women with singleton pregnancies", "Eligible were all patients with"),
        ignores=("Included in the analysis were 40 patients",),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.study.in",
        pattern(
            rf"\b(?:study|trial) was (?:conducted|carried out|performed|undertaken|done) (?:in|on|among|with) (?=(?:[\w,-]+ ){{0,5}}?{WHO}\b(?: \([^)]*\))?(?:,| (?:aged|with|who|presenting|≥|older|between)))"
        ),
        finds=("The study was conducted in 24 healthy male volunteers aged 18 to 45 years",),
        ignores=("The study was conducted in Spain",),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.people.had",
        pattern(
            r"^(?:the |study )?(?:participants|patients|subjects|volunteers) had (?=(?!(?:not |no |a (?:median|mean)|been )[^.]{0,40}$)(?:[^.;,]{3,70} for (?:at least|more than|≥)|(?:an? )?(?:(?:clinical|confirmed|established|histolog\w+) )*diagnosis of|[^.;,]{3,60} (?:of (?:at least|less than|more than)|≥|≤) ?\d))"
        ),
        finds=("Participants had type 1 diabetes for at least 1 year", "Patients had a confirmed diagnosis of gout"),
        ignores=("Patients had received surgery", "Patients had a mean age of 50 years"),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.not.allowed",
        pattern(
            r"(?<=\w) (?:was|were) (?:also )?(?:not (?:allowed|permitted)|prohibited|forbidden)(?= ?(?:[.;(,]|$| (?:during|before|within|in the|for the|prior|at|if)\b))"
        ),
        finds=("Use of lipid-lowering drugs was not allowed", "Previous chemotherapy was not permitted"),
        ignores=("Dose escalation was allowed",),
        fixed={"polarity": "exclusion", "side": "before"},
    ),
    Rule(
        "eligibility.none.allowed",
        pattern(r"^(?=no (?:other )?(?:prior|previous|earlier|concurrent|concomitant) [^,;]{4,80} (?:was|were) (?:allowed|permitted)\b)"),
        finds=("No previous systemic therapy was allowed",),
        ignores=("No dose reduction was allowed",),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
    Rule(
        "eligibility.allowed.if",
        pattern(r"^(?=(?:prior|previous|earlier) [^,;]{4,80} (?:was|were) (?:allowed|permitted)\b)"),
        finds=("Previous adjuvant chemotherapy was allowed if completed 6 months before",),
        ignores=("Dose reduction was allowed",),
        fixed={"polarity": "inclusion", "side": "after"},
    ),
)  # fmt: skip

# No statement is without one of these; they spare the patterns most sentences.
CUES = ("criteri", "eligib", "exclu", "inclu", "enrol", "recruit", "requir", "had to", "must", "needed", "randomi", "assigned", "allocat", "participa", "entered", "accepted", "selected", "studied", "all ", "allowed", "permitted", "prohibited", "population", "exclusions", "invited", " were ", " had ", "conducted in", "aged ")  # fmt: skip
ENROLLED = ("exclu", "eligib", "inclu", "enrol", "recruit", "criteri", "enter", "randomi", "participa", "not allowed", "studied", "accept", "select", "invited", "assign", "alloc")  # fmt: skip
# The words a rule cannot do without.
RULE_CUES: dict[str, tuple[str, ...]] = {
    "eligibility.criteria.exclusion": ("criteri", "reasons for", "exclusions"),
    "eligibility.criteria.inclusion": ("criteri",),
    "eligibility.excluded.if": ("exclu", "eligib", "not in", "not en", "not re", "not al"),
    "eligibility.excluded.we": ("exclu",),
    "eligibility.excluded.before": ("exclu", "eligib", "not in", "not en", "not re", "could not"),
    "eligibility.entered.if": ENROLLED,
    "eligibility.eligible.are": ("eligible", "all "),
    "eligibility.required.value": ("had to", "must", "needed", "required to"),
    "eligibility.required": ("required to", "had to", "needed to", "must", "had also to"),
    "eligibility.required.list": ("required", "mandatory", "necessary"),
    "eligibility.required.before": ("required", "mandatory", "necessary"),
    "eligibility.randomised": ("randomi", "assign", "alloc"),
    "eligibility.received": ("aged",),
    "eligibility.excluded.as": (" as w",),
    "eligibility.stop": ("randomi", "assign", "alloc", "stratif"),
    "eligibility.people.were": (" were ",),
    "eligibility.entered.before": ENROLLED,
    "eligibility.we.entered": ENROLLED,
    "eligibility.population": ("population", "participants", "subjects", "patients", "sample", "cohort"),
    "eligibility.restricted": ("eligibility", "inclusion", "enrol", "entry", "participation", "recruitment"),
    "eligibility.not.included.were": ("not inc", "not eli", "not enr", "excluded", "ineligible"),
    "eligibility.included.were": ("included", "eligible", "enrolled"),
    "eligibility.study.in": ("conducted", "carried out", "performed", "undertaken", "done"),
    "eligibility.people.had": (" had ",),
    "eligibility.not.allowed": ("not allowed", "not permitted", "prohibited", "forbidden"),
    "eligibility.none.allowed": ("allowed", "permitted"),
    "eligibility.allowed.if": ("allowed", "permitted"),
}
PASSIVES = frozenset(name for name in RULE_CUES if name.split(".")[1] in ("excluded", "entered") and name != "eligibility.excluded.we")  # fmt: skip
PASSIVE = re.compile(
    rf" (?:{BE}|be) {ALSO}(?:{ENTERED}|{LEAVING})|exclusion criteri|could not|(?:led to|resulted in) exclusion| participated in",
    re.IGNORECASE,
)
# Rules whose words mean other things in a section on procedures, and those that need a section on patients.
NEEDS_NAME = frozenset(
    {
        "eligibility.required",
        "eligibility.required.before",
        "eligibility.required.list",
        "eligibility.required.value",
        "eligibility.people.had",
        "eligibility.not.allowed",
        "eligibility.none.allowed",
        "eligibility.allowed.if",
    }
)
NEEDS_CONTEXT = frozenset(
    {
        "eligibility.randomised",
        "eligibility.received",
        "eligibility.excluded.if",
        "eligibility.excluded.as",
        "eligibility.entered.if",
        "eligibility.entered.before",
        "eligibility.eligible.are",
        "eligibility.people.were",
        "eligibility.population",
        "eligibility.study.in",
        "eligibility.included.were",
        "eligibility.not.included.were",
    }
)
