"""Where a paper states its eligibility criteria, and the single criteria of each statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.cues import Cued
from extractor.reading import Reading, Sentence
from extractor.rules import Rule, pattern
from ontology import regex as re
from ontology.record import Evidence

WHO = r"(?:(?:[\w-]+ ){0,3}?(?:patients?|subjects?|participants?|women|men|individuals?|volunteers?|children|adults?|males?|females?|smokers|persons?|people|infants|adolescents|candidates|athletes|those))"
BE = r"(?:was|were|is|are|have been|had been|will be)"
ALSO = r"(?:(?:considered|deemed|also|further|then|therefore|thus|initially|only|all|consecutively|not) )*"
CRITERIA = r"(?:criteri(?:a|on)(?: for (?:(?:study|trial) )?(?:entry|inclusion|exclusion|enrol\w+|participation|qualif\w+[^,;:.]{0,20}|patient selection))?)"
ENTERED = r"(?:eligible|included|enrolled|recruited|entered|selected|studied|accepted|randomi[sz]ed|invited to (?:join|participate))"
LEAVING = r"(?:excluded|ineligible|not eligible|not included|not enrolled|not recruited|not allowed to (?:participate|take part)|not entered)"
STUDY = r"(?:(?:in|into|for|from|to|on) (?:the |this |our |both |participat\w+ |entry |inclusion |enrol\w+ |either )*(?:[\w-]+ ){0,2}?(?:study|studies|trials?|analys[ie]s|protocol|participation|inclusion|enrol+ment|entry)(?: entry)?)"
# "Eligibility criteria are listed in Table 1" states none.
ELSEWHERE = r"(?! ?(?:asked|depicted|listed|shown|described|given|presented|provided|summari|detailed|reported|previously|similar|the same|not|satisfied|met\b|applied|used to|identical|available|published|outlined|fulfilled|in (?:the )?(?:table|appendix|supp)))"
LIST = r"(?: (?:as follows|the following|that|those|the presence of|a list of))*"
SAY = rf"(?: \([^)]{{0,40}}\))?(?: (?:(?:also|used|applied|mentioned) )*{BE}(?: (?:also )?(?:used|applied))?{LIST}(?: {BE}{LIST})?| (?:also )?(?:includ\w+|compris\w+|consisted of|encompassed|required){LIST}| {BE} (?:similar|the same|identical)[^.:;]{{0,40}}:| ?[:-]) ?[:,-]? {ELSEWHERE}"

# Where the criteria stand: after the words of the rule, before them, or on both sides.
RULES: tuple[Rule, ...] = (
    Rule(
        "eligibility.criteria.exclusion",
        pattern(
            rf"\b(?:(?:main|key|major|other|additional|further|important|specific|general|common|following) )*(?:exclusion|non-?inclusion) {CRITERIA}(?: (?:for|of|in) [^.:;]{{0,60}}?)??{SAY}"
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
            rf"\b(?:(?:main|key|major|other|additional|added|further|important|specific|general|common|following|patient) )*(?<!ex)(?:inclusion|eligibility|entry|enrol+ment|selection|qualif\w+) {CRITERIA}(?: (?:for|of|in) [^.:;]{{0,60}}?)??{SAY}"
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
            rf" {BE} {ALSO}{LEAVING}(?: {STUDY})?,? (?:if|when|because|for|due to|who|with|in (?:the )?(?:case|presence) of|on the basis of|aged)\b(?: any of(?: the following)?| one or more of| (?:they|he|she|there was|it)\b)*(?: (?:had|have|were|was|met)(?= ))?:? ?"
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
            rf" (?:{BE} {ALSO}{LEAVING}(?= ?(?:[.;(]|$| {STUDY}))|{BE} (?:also )?(?:an )?exclusion criteri(?:a|on)\b|could not (?:take part|participate|be (?:included|enrolled))\b|led to exclusion|resulted in exclusion)"
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
            rf" (?:{BE}|could be) {ALSO}{ENTERED}(?: {STUDY})?(?:,? (?:if|when|provided(?: that)?|who|with|in whom|having|on condition that)\b)(?: (?:they|he|she|all of the following|the following|criteria)\b)*(?: (?:had|have|were|was|met)(?= ))?:? ?"
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
            rf"\b(?:all {WHO} (?:had|have|needed|must|aged)\b|eligible {WHO}(?: (?=\((?:aged? )?[≥\d])| ?[:,]? ?(?:{BE}|had|have|needed|must|includ\w+|compris\w+|aged|with|who)\b| ?\(aged?))(?: to)?(?: (?:have|be|had|the following))*(?! (?:randomi|assign|invit|admi|recruit|allot|alloc|approach|follow|treat|ask|receiv|\w+ly (?:assign|random|allo)|screen|given|includ|monitor|instruct|inform|then|analy|enrol|identif|using|also|hospital|offered|evaluat|strat|eligible|at a|un|from our|re))"
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
            r"^(?:[\w-]+ ){0,2}?(?:patients|women|men|adults|children|subjects|participants) (?=(?:aged|with|who (?:had|were)|≥)\b[^.]{10,400} (?:were|was) (?:randomi[sz]ed|randomly|assigned|allocated))"
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
            rf" {BE} {ALSO}{ENTERED}(?= ?(?:[.;,]|$| {STUDY}| (?:between|from|at|by|via|in \d+|consecutively|and)\b))| participated in (?:the|this) (?:study|trial)\b"
        ),
        finds=("Men with stage II disease were eligible.", "Adults aged 18-60 were included in the study"),
        ignores=("Patients were randomly assigned",),
        fixed={"polarity": "inclusion", "side": "before"},
    ),
    Rule(
        "eligibility.people.were",
        pattern(
            r"^(?:the |all |study )?(?:patients|subjects|participants|volunteers)(?: in [^,.;]{3,30})? were (?=(?:[\w-]+ ){0,3}(?:women|men|adults|males|females|aged|volunteers|\d\d ?(?:-|to) ?\d\d ?(?:years|yrs)|≥ ?\d\d ?years)\b)"
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
)  # fmt: skip

INCLUSION_HEADING = re.compile(r"^[\d. ]*(?:\w+ )?inclusion criteri", re.IGNORECASE)
EXCLUSION_HEADING = re.compile(r"^[\d. ]*(?:\w+ )?exclusion criteri", re.IGNORECASE)
# Sections of the methods that speak of other things than who entered.
OTHER_HEADING = Cued(
    r"statistic|analys[ie]s|sample size|outcome|endpoint|end point|assessment|evaluation|procedure|intervention|treatment|randomi|blind|mask|ethic|measure|dose|safety|efficacy|follow|data|laboratory|assay|imag|radiother|surg|pharmaco",
    re.IGNORECASE,
)
PEOPLE_HEADING = Cued(
    r"\b(?:patients?|participants?|subjects?|eligib\w+|population|selection|inclusion|exclusion|criteria|recruitment|enrol\w+)\b",
    re.IGNORECASE,
)
# Sentences that exclude from an analysis, not from the trial, or count who was.
NOT_ENTRY = Cued(
    r"\b(?:from (?:the |this |all |further |final |our |statistical |subsequent |data )*(?:[\w-]+ )?analys[ie]s|analysis (?:set|population)|dropped out|missing data|outliers?|full analysis|\bITT\b|intention-to-treat|intent-to-treat|per-protocol|imput\w+|censored|for eligibility|withdr[ae]wn?|discontinu\w+|covariates?|multivaria\w+|regression|safety population|(?:efficacy|safety) (?:analys|population|set)|sample size|randomi[sz]ation was|lost to follow|meta-analys\w+|systematic review|screened|to (?:initiate|start|begin) (?:a|the|each) (?:cycle|next)|dose (?:reduction|modif\w+|delay|adjust\w+)|(?:mean|median|average) age)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"^\W*(?:(?:a )?total of |a group of |in total,? |overall,? |of (?:the|these|those) |\d[\d, ]*(?:patients|women|men|subjects|participants)|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty)\b)",
    re.IGNORECASE,
)
# "Sixty ASA I or II patients, aged 20-60 years, scheduled for surgery": counted, and told who they had to be.
DESCRIBED = re.compile(
    r"^\W*[\w-]+(?: of \d+)?(?: [\w-]+){0,8}?,? (?:ASA\b|American Society of An(?:a)?esthesiologists|aged?\b|(?:who were )?scheduled (?:for|to)|undergoing|between the ages)",
    re.IGNORECASE,
)
SECTIONS = frozenset({"methods", "other", "abstract", "results", "front"})
PROSE = frozenset({"paragraph", "list-item", "front"})
TELLING_HEADING = Cued(r"\b(?:inclusion|exclusion|eligib\w+)\b", re.IGNORECASE)
TELLING = Cued(r"(?:inclusion|exclusion|eligibility|entry|enrol+ment) criteri", re.IGNORECASE)
# No statement is without one of these; they spare the patterns most sentences.
CUES = ("criteri", "eligib", "exclu", "inclu", "enrol", "recruit", "requir", "had to", "must", "needed", "randomi", "assigned", "allocat", "participa", "entered", "accepted", "selected", "studied", "all ", "not allowed", "invited", " were ", "aged ")  # fmt: skip
ENROLLED = ("exclu", "eligib", "inclu", "enrol", "recruit", "criteri", "enter", "randomi", "participa", "not allowed", "studied", "accept", "select", "invited", "assign", "alloc")  # fmt: skip
# The words a rule cannot do without.
RULE_CUES: dict[str, tuple[str, ...]] = {
    "eligibility.criteria.exclusion": ("criteri",),
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
}
PASSIVES = frozenset(name for name in RULE_CUES if name.split(".")[1] in ("excluded", "entered") and name != "eligibility.excluded.we")  # fmt: skip
PASSIVE = re.compile(
    rf" (?:{BE}|be) {ALSO}(?:{ENTERED}|{LEAVING})|exclusion criteri|could not|(?:led to|resulted in) exclusion| participated in",
    re.IGNORECASE,
)
SECOND = re.compile(
    r"(?:,? and|,) (?!and )(?=(?:the |all )?(?:[\w-]+ )?(?:patients|women|men|subjects|participants|adults)\b)",
    re.IGNORECASE,
)
FINITE = re.compile(r"\b(?:was|were)\b")
# Rules whose words mean other things in a section on procedures, and those that need a section on patients.
NEEDS_NAME = frozenset(
    {"eligibility.required", "eligibility.required.before", "eligibility.required.list", "eligibility.required.value"}
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
    }
)
ENUMERATED = re.compile(r"(?:^|[\s,;])(?:\((?:\d{1,2}|[ivx]{1,4}|[a-k])\)|\d{1,2}\)|[①-⑳]|[•●▪‣])\s")
TOKENS = re.compile(
    r"(?P<hard>(?<![\w)])\((?:\d{1,2}|[ivx]{1,4}|[a-k])\)\s|(?:(?<=[,;:.]\s)|(?<=\band\s)|(?<=\bor\s)|(?<=^))\d{1,2}\)\s|[①-⑳]|[•●▪‣]|;|(?<=\w)\.\s(?=[A-Z]))"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,\s(?:(?:and/or|and|or|but)\s)?)|(?P<word>\s(?:and/or|and|or|but)\s)",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a sentence that lists criteria of one polarity."""

    sentence: Sentence
    start: int
    end: int
    polarity: str
    rule: str
    places: tuple[Evidence, ...] = ()

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Evidence for characters of the sentence; a table's criterion has its cell."""
        return self.places or self.sentence.evidence(start, end)


def statements(reading: Reading) -> Iterator[Statement]:
    """The stretches of the paper that list criteria, in order."""
    candidates = [s for s in reading.sentences if s.passage.kind in PROSE and _may_state(s)]
    for _, group in groupby(candidates, key=lambda s: (s.passage.section.start, s.kind)):
        yield from _of_section(list(group))


def _may_state(sentence: Sentence) -> bool:
    """Whether criteria may stand in the section of a sentence."""
    return sentence.kind in SECTIONS or bool(TELLING_HEADING.search(sentence.passage.section.title))


def _of_section(sentences: Sequence[Sentence]) -> Iterator[Statement]:
    """Statements of one section; a list that a sentence opens goes on through the items after it."""
    title = sentences[0].passage.section.title
    headed = _heading_polarity(title)
    named = PEOPLE_HEADING.search(title)
    people = bool(named) or not OTHER_HEADING.search(title)
    found: list[Statement] = []
    listing: tuple[str, str] | None = None
    for sentence in sentences:
        text = sentence.text
        lower = text.lower()
        if not listing and not any(cue in lower for cue in CUES):
            continue
        if (
            listing
            and not TELLING.search(text)
            and not NOT_ENTRY.search(text)
            and (ENUMERATED.search(text) or sentence.passage.kind == "list-item")
        ):
            found.append(Statement(sentence, 0, len(text), *listing))
            continue
        here = [
            statement
            for statement in _in_sentence(sentence, people, people and bool(found or named))
            if statement.end - statement.start > 3
        ]
        if here or sentence.passage.kind == "paragraph":
            opens = here and (text.rstrip().endswith(":") or ENUMERATED.search(text))
            listing = (here[-1].polarity, here[-1].rule) if opens else None
        found.extend(here)
    if headed and not found:
        found = [Statement(sentence, 0, len(sentence.text), headed, "eligibility.heading") for sentence in sentences]
    yield from found


def _heading_polarity(title: str) -> str | None:
    inclusion, exclusion = INCLUSION_HEADING.search(title), EXCLUSION_HEADING.search(title)
    if inclusion and exclusion:
        return None
    return "inclusion" if inclusion else "exclusion" if exclusion else None


def _in_sentence(sentence: Sentence, people: bool, named: bool) -> Iterator[Statement]:
    """The statements of a sentence: each trigger reaches to the next one."""
    text = sentence.text
    told = bool(TELLING.search(text))
    if not told and (sentence.kind == "results" or (COUNTED.match(text) and not DESCRIBED.match(text))):
        return
    triggers = _triggers(text, people or told, named or told)
    if triggers and not told and NOT_ENTRY.search(text):
        return
    if sentence.kind == "results":
        triggers = [trigger for trigger in triggers if trigger[0].name.startswith("eligibility.criteria")]
    for place, (rule, start, end) in enumerate(triggers):
        first = triggers[place - 1][2] if place else 0
        last = triggers[place + 1][1] if place + 1 < len(triggers) else len(text)
        for begin, stop in _reach(text, (first, start, end, last), rule.fixed["side"]):
            yield Statement(sentence, begin, stop, rule.fixed["polarity"], rule.name)


def _reach(text: str, places: tuple[int, int, int, int], side: str) -> Iterator[tuple[int, int]]:
    """Where the criteria of a trigger stand between its neighbours."""
    first, start, end, last = places
    if side == "whole":
        yield first, last
    if side in ("before", "both") and start - first > 3:
        yield _clause(text, first, start), start
    if side in ("after", "both"):
        yield end, last


def _clause(text: str, first: int, last: int) -> int:
    """Where the clause on patients begins: "scans were done, and patients with ..."."""
    begun = [match.end() for match in SECOND.finditer(text, first, last) if FINITE.search(text, first, match.start())]
    return begun[-1] if begun else first


def _triggers(text: str, people: bool, named: bool) -> list[tuple[Rule, int, int]]:
    """The rules that match, the first of those that overlap."""
    kept: list[tuple[Rule, int, int]] = []
    lower = text.lower()
    passive = bool(PASSIVE.search(text))
    for rule in RULES:
        if (rule.name in PASSIVES and not passive) or not any(cue in lower for cue in RULE_CUES[rule.name]):
            continue
        if (rule.name in NEEDS_CONTEXT and not people) or (rule.name in NEEDS_NAME and not named):
            continue
        for match in rule.pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for _, start, end in kept):
                kept.append((rule, match.start(), match.end()))
    return sorted(kept, key=lambda item: item[1])


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a list: `hard` when a semicolon or a number set it off, `word` when only "and" or "or" did."""

    start: int
    end: int
    hard: bool
    word: bool = False


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """A stretch cut at semicolons, enumerators, commas and conjunctions outside brackets."""
    depth, begun, hard, word = 0, start, True, False
    found: list[Piece] = []
    for match in TOKENS.finditer(text, start, end):
        closes = depth and match.lastgroup == "hard" and match[0][0].isdigit()
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close" or closes:
            depth = max(0, depth - 1)
        elif depth == 0 or (match.lastgroup == "hard" and match[0] != ";"):
            if text[begun : match.start()].strip(" ,.:;"):
                found.append(Piece(begun, match.start(), hard, word))
                hard, word = match.lastgroup == "hard", match.lastgroup == "word"
            else:
                hard = hard or match.lastgroup == "hard"
            begun = match.end()
            depth = 0
    if text[begun:end].strip(" ,.:;"):
        found.append(Piece(begun, end, hard, word))
    return found
