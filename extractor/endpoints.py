"""The endpoints a paper plans, by role; results are bound to their canonical names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from extractor.cues import Cued
from extractor.endpoint_lists import Item, canonical, composite, is_safety, items
from extractor.endpoint_names import (
    TIMEPOINT,
    abbreviation_of,
    endpoint_matches,
    endpoint_terms,
    read_timepoint,
)
from extractor.endpoint_times import REACH, time_in_name, time_near, times
from extractor.language import TermMatch
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from extractor.trial_tools import ae_criteria, response_criteria, response_criteria_in
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Endpoint

WHAT = r"(?:(?:efficacy|study|outcome|clinical|main|safety|trial|co-?primary|end|biomarker|immunological|pharmacodynamic|pharmacokinetic|QoL|HRQoL|quality-of-life|imaging|laboratory|functional|patient-reported|neurological|cognitive|renal|cardiovascular|maternal|neonatal|survival|immunogenicity|economic|physiological|biochemical|composite) )*(?:end ?-?points?|outcomes?(?: (?:measures?|variables?|parameters?))?|objectives?|aims?|variables?|criteri(?:on|a)|measures?|parameters?|hypothesis)(?: (?:and|or) (?:variables|measures|outcomes|parameters|end ?-?points)(?= (?:were|included?|comprised)))?"
ROLE = r"(?P<role>co-?primary|primary|main|principal|secondary|exploratory|tertiary|other|efficacy|pharmacodynamic|pharmacokinetic|immunogenicity)"
OF_STUDY = r"(?: (?:of|for|in) (?:assessing|evaluating|measuring|all|both) (?:[\w-]+ ){0,4}?[\w-]+| (?:of|for|in) (?:this|the|our) (?:(?:phase \w+|present|current|main|pilot|randomi[sz]ed|clinical|phase) )*(?:study|trial|analysis|protocol|research|part|stage|component)(?: of (?:this|the) (?:study|trial))?"
# "of DEFINE", "of interest", "in all three studies"
OF_STUDY += r"| (?:of|for|in) (?:all|both|each)(?: (?:two|three|four))?(?: of the)? (?:studies|trials|study|trial|groups|parts|phases)| (?:of|for|in) (?:the )?[\w-]+(?: (?:study|trial))?)?"
BE = r"(?:was|were|is|are|included?|includes|including|comprised|comprises?|consist(?:ed|s) of|will (?:be|include|comprise)|:|being|for (?:this|the) (?:study|trial|analysis) (?:was|were|is))"
TO_ASSESS = r"(?: (?:was|were|is|are))?(?: defined as| to (?:determine|assess|evaluate|compare|investigate|examine|establish|demonstrate|measure|show|estimate|characteri[sz]e)(?: whether| if)?"
# "Secondary outcomes, in hierarchical order, were ..."
IN_ORDER = r"(?:, (?:in|listed|tested|ranked|ordered|assessed|measured|evaluated|determined)\b[^,;.]{3,60},)?"
# The list of one role ends where the next begins: "... was RRT, and secondary endpoints were ...".
TURNED_ROLE = r"[^,;.]{3,100}?\s(?:was|were)\s(?:(?:the|a|an|our|key)\s)*(?:primary|secondary|exploratory)(?:\s(?:\w+\s){0,2}(?:end|outcome|objective|measure|aim)|[.;])"
NEXT_ROLE = rf"(?:,|\band\b|\bwhile\b|\bwith\b)\s(?:(?:the\s)?(?:key\s)?(?:primary|secondary|exploratory|other)\s(?:\w+\s){{0,2}}(?:end|outcome|objective|measure|aim)|{TURNED_ROLE})"
# A point before a digit ends no list: "objective response rate (RECIST version 1.1), duration of response".
LIST = rf"(?P<list>(?:(?!{NEXT_ROLE})(?:[^.;]|\.\d)){{3,700}}(?:;(?!\s?\w{{2,12}}\s(?:is|was|are)\s|\s?{TURNED_ROLE})\s?(?:(?!{NEXT_ROLE}|the\s(?:secondary|primary)|secondary|primary)(?:[^.;]|\.\d)){{3,200}}){{0,8}})"
STATED = Cued(
    rf"\b{ROLE}(?: and (?P<role2>secondary))? (?P<what>{WHAT})(?: \([^)]*\))?{OF_STUDY}{IN_ORDER}(?:{TO_ASSESS}|\s*{BE})\s*:?\s*{LIST})",
    re.IGNORECASE,
)
# Runs before the costly patterns: no endpoint is stated without these words.
CUES = (
    "point",
    "outcome",
    "objective",
    "measure",
    "aim",
    "variable",
    "criteri",
    "hypothes",
    "parameter",
)
ROLE_CUES = (
    "primary",
    "main",
    "principal",
    "secondary",
    "explorat",
    "tertiary",
    "other",
    "efficacy",
    "pharmacodynamic",
    "pharmacokinetic",
    "immunogenic",
)
SAFETY_LIST = re.compile(
    r"(?P<name>Safety)(?: and tolerability)? (?:(?P<ends>outcomes?|end ?-?points?)|assessments?|evaluations?|measures?|parameters|variables)(?: measures)? (?:included?|were|was|comprised|consisted of)\b:?\s?(?P<list>[^.;]*)"
)
# "Outcomes of interest were mortality at 28 days (primary), ventilator-free days, ..."
PLAIN_LIST = re.compile(
    r"^(?:The |Our |Study |Clinical |Efficacy |Maternal |Neonatal |Functional |Assessed |Main )*(?:[Oo]utcomes?|[Ee]nd ?-?points?)(?: (?:of interest|measures?|variables?|parameters|measured|assessed|evaluated|studied|in (?:this|the) (?:study|trial)))*"
    r"(?: were assessed [^.;]{3,60}? and)? (?:were|included?|comprised|consisted of)(?! in\b)(?: the following)?:?\s(?P<list>[^.;]{5,600})"
)
OWN_ROLE = re.compile(
    r"[^,;(]{0,60}\((?:the )?(?P<role>primary|secondary|exploratory)(?: (?:outcome|end ?-?point))?\)", re.IGNORECASE
)
ROLE_SAID = Cued(rf"\b{ROLE} {WHAT}", re.IGNORECASE)
# "...; response rate and toxicity were secondary."
ROLE_ALONE = re.compile(r"\b(?P<role>secondary|exploratory)(?=\s?(?:[.;)]|$))", re.IGNORECASE)
INVERTED = re.compile(
    r"(?:,? (?:was|were|is|are|as|served as|chosen as|selected as|evaluated as|considered as))+ (?:(?:also|both|all|additional|further|prespecified) )*(?:the |our |a |an |defined as the |considered (?:as )?(?:the )?)?$|, the $",
    re.IGNORECASE,
)
ASIDE = Cued(rf"\((?:the )?{ROLE} {WHAT}\)", re.IGNORECASE)
# "The primary endpoint, progression-free survival, was ...", "the primary endpoint (overall survival) was ...".
APPOSED = Cued(
    rf"\b{ROLE} {WHAT}{OF_STUDY}(?:, |,? \()(?:defined as )?(?P<name>(?!(?:and|while|with|but|key|secondary|primary)\b)[^,();.]{{3,80}})(?:[,)],? (?:was|were|is|are)\b|\.$)",
    re.IGNORECASE,
)
# "We chose overall survival as the primary endpoint."
CHOSEN = Cued(
    rf"\b(?:chose|selected|used|defined|considered|specified|designated|took) (?P<name>[^.;]{{3,120}}?) as (?:the |our |a |its )?{ROLE} {WHAT}",
    re.IGNORECASE,
)
# "The primary endpoint of ZEPHYR-1 was ..." is said of another trial where a trial is introduced.
OTHER_TRIAL = re.compile(r"(?:of|in|for) (?:the )?[A-Z][A-Z0-9-]{2,}\b")
HEADING = re.compile(rf"^{ROLE}(?: \w+)? {WHAT}", re.IGNORECASE)
# "Safety was assessed by ...", "PFS was defined as ...": endpoints without a role.
ASSESSED = re.compile(
    r"^\s?(?:\([^)]*\)\s?)?(?:data )?(?:and (?:the )?(?:tolerability|toxicity|laboratory \w+) )?(?:(?:of|in|for) (?:[\w-]+ ){1,5}?)?(?:was|were|is|will be) (?:also |then |continuously |regularly )?(?P<verb>assessed|evaluated|monitored|defined|calculated|measured|recorded|graded|classified|coded|determined|summari[sz]ed)\b",
    re.IGNORECASE,
)
# An efficacy endpoint is defined or judged; safety is watched and recorded, and events are not endpoints of their own.
JUDGED = frozenset({"assessed", "evaluated", "defined", "calculated", "determined", "measured"})
WATCHED = frozenset(
    {"assessed", "evaluated", "monitored", "recorded", "graded", "classified", "coded", "summarised", "summarized"}
)
# "We assessed quality of life with ...", "For safety, ...".
FOCUS = re.compile(
    r"^(?:we|investigators) (?:also |regularly )?(?:assessed|evaluated|measured|recorded|monitored) (?:the )?$|^for (?:the )?(?:assessment of |evaluation of |analysis of )?$",
    re.IGNORECASE,
)
# The usual watch over patients is no endpoint by itself.
ROUTINE = re.compile(
    r"^(?:response|(?:complete|partial) response|(?:stable|progressive) disease|body mass index|(?:systolic |diastolic )?blood pressure|fat mass|area under the concentration-time curve|pulse rate|heart rate|vital signs|body weight|weight|compliance|treatment compliance|adherence|treatment adherence|dose-limiting toxicity|mortality)$"
)
ROLES: dict[str, Literal["primary", "secondary", "exploratory"]] = {
    "primary": "primary",
    "co-primary": "primary",
    "coprimary": "primary",
    "main": "primary",
    "principal": "primary",
    "secondary": "secondary",
    "exploratory": "exploratory",
    "tertiary": "exploratory",
    "other": "secondary",
}
# In an aim ("to compare the efficacy of ...") only known endpoints are believed.
VAGUE = re.compile(r"objective|aim|hypothes|criteri|parameter|variable", re.IGNORECASE)
DEFINED = re.compile(
    r"^[^.;,]{0,30}?[,(]? ?\b(?:(?:which |that )?(?:was|were|is|are) )?(?:defined|calculated|measured) as (?P<definition>[^.;)]{10,300})",
    re.IGNORECASE,
)
RESPONSE = frozenset(
    {
        "objective response rate",
        "complete response",
        "partial response",
        "disease control rate",
        "best overall response",
        "stable disease",
        "progressive disease",
        "duration of response",
    }
)
# Criteria for the microscope, not for the response of the tumour on a scan.
HISTOLOGY = re.compile(r"regression|burden|Payne|score", re.IGNORECASE)
HEAD = 25
# So many endpoints of a sentence may stand before their role in words of their own.
FEW = 3
# How far what is said of an endpoint can reach.
OWN_WORDS = 250
SENTENCE_END = re.compile(r"[.;]\s+(?=[A-Z])|\n\s*\n")
PLACES = frozenset({"abstract", "methods", "other", "introduction", "results"})


def endpoints(study: Study) -> Iterator[Endpoint | Rejected]:
    """The endpoints that the paper names, by role; one without a role only where no other sentence gives it one."""
    found = list(_without_echoes(list(_all(study))))
    with_role = {item.name for item in found if isinstance(item, Endpoint) and item.role}
    ranked = {item.name for item in found if isinstance(item, Endpoint) and not _is_lesser(item) and item.role}
    criteria = _criteria(study, found)
    places = sorted(item.evidence[0].start for item in found if isinstance(item, Endpoint) and item.evidence)
    for item in found:
        if isinstance(item, Rejected):
            yield item
        elif _is_lesser(item) and item.name in ranked:
            yield Rejected(item.rule, item.name, "primary or secondary elsewhere", item.evidence)
        elif item.role or not any(set(item.name.split()) <= set(name.split()) for name in with_role):
            named = _own_criterion(study, item, places) or criteria.get(item.name)
            yield item.model_copy(update={"criteria": named}) if named else item


def _is_lesser(item: Endpoint) -> bool:
    """Whether an endpoint is named after the primary and secondary ones: among "other" or exploratory ones."""
    return item.role == "exploratory" or item.rule == "endpoints.other"


def _own_criterion(study: Study, item: Endpoint, places: list[int]) -> str | None:
    """The criteria of response that an endpoint's own words name, before the next endpoint: "ORR according to RECIST"."""
    if item.name not in RESPONSE or not item.evidence:
        return None
    start = item.evidence[0].end
    stop = next((place for place in places if place > start), start + OWN_WORDS)
    words = SENTENCE_END.split(fold(study.document.text[start : min(stop, start + OWN_WORDS)]))[0]
    named = response_criteria_in(words)
    return named[0][0] if named else None


def _without_echoes(found: list[Endpoint | Rejected]) -> Iterator[Endpoint | Rejected]:
    """Without endpoints read from an aside, "(primary endpoint)", where a sentence lists those of this role."""
    listed = {item.role for item in found if isinstance(item, Endpoint) and item.rule == "endpoints.listed"}
    names = {item.name for item in found if isinstance(item, Endpoint) and item.rule == "endpoints.listed"}
    for item in found:
        if (
            item.rule == "endpoints.aside"
            and isinstance(item, Endpoint)
            and item.role in listed
            and item.name not in names
        ):
            yield Rejected(item.rule, item.name, "the endpoints of this role are listed elsewhere", item.evidence)
        else:
            yield item


def _criteria(study: Study, found: list[Endpoint | Rejected]) -> dict[str, str]:
    """The criteria by which the paper judged response and safety, where it names one set of them."""
    names = {item.name for item in found if isinstance(item, Endpoint)}
    criteria: dict[str, str] = {}
    for wanted, stated in ((names & RESPONSE, response_criteria), (names & {"safety"}, ae_criteria)):
        values = list(dict.fromkeys(str(item.value) for item in stated(study))) if wanted else []
        values = [value for value in values if not HISTOLOGY.search(value)]
        if values and (len(values) == 1 or stated is ae_criteria):
            criteria |= dict.fromkeys(wanted, values[0])
    return criteria


def _all(study: Study) -> Iterator[Endpoint | Rejected]:
    for sentence in study.reading.sentences:
        if sentence.kind not in PLACES or (sentence.cited and sentence.kind == "introduction"):
            continue
        plain = sentence.text.lower()
        cued = any(cue in plain for cue in CUES) and any(cue in plain for cue in ROLE_CUES)
        stated = _stated(sentence) if cued else []
        if cued:
            yield from _with_role(study, sentence, stated)
        yield from _safety(study, sentence)
        if sentence.kind == "methods" and not stated:
            yield from _plain(study, sentence)
        if sentence.passage.kind in ("paragraph", "list-item") and sentence.kind == "methods" and not stated:
            heading = HEADING.search(sentence.passage.section.title)
            yield from _under_heading(study, sentence, heading["role"]) if heading else _assessed(study, sentence)


def _stated(sentence: Sentence) -> list[re.Match[str]]:
    """The lists behind a role; where a trial is introduced, not those of another one."""
    found = STATED.finditer(sentence.text)
    return [match for match in found if sentence.kind != "introduction" or not OTHER_TRIAL.search(match[0])]


def _with_role(study: Study, sentence: Sentence, stated: list[re.Match[str]]) -> Iterator[Endpoint | Rejected]:
    for match in stated:
        yield from _listed(study, sentence, match)
    yield from _apposed(study, sentence)
    turned = {(item.name, item.role): item for item in _turned(study, sentence, stated)}
    yield from turned.values()
    if not stated:
        yield from (item for item in _chosen(study, sentence) if (item.name, item.role) not in turned)


def _turned(study: Study, sentence: Sentence, stated: list[re.Match[str]]) -> Iterator[Endpoint]:
    """Known endpoints before their role: "Tolerability was a secondary endpoint", "PASI 75 (primary endpoint)"."""
    reached = 0
    for match in [*ROLE_SAID.finditer(sentence.text), *ROLE_ALONE.finditer(sentence.text)]:
        near = max(0, match.start() - 60)
        verb = INVERTED.search(sentence.text[near : match.start()])
        if verb and match["role"].lower() != "other" and not _within(match, stated):
            end = near + verb.start()
            marks = [sentence.text.rfind(mark, 0, end) + 1 for mark in ".;:"]
            start = max([*marks, reached, *(one.end() for one in stated if one.end() <= end)])
            yield from _before_role(study, sentence, (start, end), match["role"])
            reached = match.end()
    for match in () if stated else ASIDE.finditer(sentence.text):
        before = [item for item in _items(study, sentence, 0, match.start()) if item.term]
        if before:
            yield _endpoint(study, sentence, before[-1], match["role"], "endpoints.aside")


def _within(match: re.Match[str], stated: list[re.Match[str]]) -> bool:
    return any(one.start() <= match.start() < one.end() for one in stated)


def _before_role(study: Study, sentence: Sentence, span: tuple[int, int], role: str) -> Iterator[Endpoint]:
    """The endpoints of a stretch before their role; those in words of their own only at the head of a clause."""
    found = list(_items(study, sentence, *span))
    told = len(found) <= FEW and sentence.kind in ("abstract", "methods")
    head = span[0] == 0 or sentence.text[span[0] - 1] in ".;"
    for item in found:
        if item.term or (told and head):
            yield _endpoint(study, sentence, item, role, "endpoints.inverted")


def _chosen(study: Study, sentence: Sentence) -> Iterator[Endpoint]:
    """Endpoints that the authors chose: "We selected six-month mortality as the primary outcome"."""
    for match in CHOSEN.finditer(sentence.text):
        for item in _items(study, sentence, *match.span("name")):
            yield _endpoint(study, sentence, item, match["role"], "endpoints.inverted")


def _safety(study: Study, sentence: Sentence) -> Iterator[Endpoint]:
    """The watch over patients, where a list of it is given: "Safety outcomes included ..."."""
    match = SAFETY_LIST.match(sentence.text)
    if match:
        yield _endpoint(study, sentence, Item("safety", *match.span("name")), None, "endpoints.assessed")
    if match and match["ends"] is not None and sentence.kind == "methods":
        for item in _items(study, sentence, *match.span("list")):
            if item.term and item.name != "safety" and item.term.attributes.get("category") == "safety":
                yield _endpoint(study, sentence, item, None, "endpoints.plain")


def _plain(study: Study, sentence: Sentence) -> Iterator[Endpoint]:
    """The endpoints of a list that gives all of them no role, or each its own in brackets."""
    match = PLAIN_LIST.match(sentence.text)
    for item in _items(study, sentence, *match.span("list")) if match else ():
        role = OWN_ROLE.match(sentence.text, item.end)
        yield _endpoint(study, sentence, item, role["role"] if role else None, "endpoints.plain")


def _apposed(study: Study, sentence: Sentence) -> Iterator[Endpoint]:
    """Known endpoints right behind their role: "the primary endpoint, overall survival, was ..."."""
    for match in APPOSED.finditer(sentence.text):
        for item in _items(study, sentence, *match.span("name")):
            if item.term:
                yield _endpoint(study, sentence, item, match["role"], "endpoints.apposed")


def _assessed(study: Study, sentence: Sentence) -> Iterator[Endpoint]:
    """Known endpoints at the head of a sentence that says how they were assessed."""
    for match in endpoint_terms(study.reading, sentence):
        if match.start > HEAD or ROUTINE.match(match.term.name):
            continue
        safety = match.term.attributes.get("category") == "safety"
        if safety and not is_safety(match.term.name):
            continue
        verb = ASSESSED.match(sentence.text[match.end :])
        said = verb and verb["verb"].lower() in (WATCHED if safety else JUDGED)
        if said or FOCUS.match(sentence.text[: match.start]):
            yield _endpoint(study, sentence, _item(match), None, "endpoints.assessed")


def _item(match: TermMatch) -> Item:
    return Item(canonical(match.term.name), match.start, match.end, match.term)


def _items(study: Study, sentence: Sentence, start: int, end: int) -> Iterator[Item]:
    return items(study.reading, sentence, endpoint_terms(study.reading, sentence), start, end)


def _listed(study: Study, sentence: Sentence, match: re.Match[str]) -> Iterator[Endpoint | Rejected]:
    vague = sentence.kind == "results" or bool(VAGUE.search(match.groupdict().get("what") or ""))
    start, end = match.span("list")
    if (
        sentence.text[end - 1].isalnum() and sentence.text[end : end + 1].isalnum()
    ):  # a list longer than the pattern reads
        end = max(sentence.text.rfind(",", start, end), start)
    whole = "composite" in match["what"].lower() and not vague
    listed = [composite(sentence.text, start, end)] if whole else list(_items(study, sentence, start, end))
    for item, time in zip(listed, times(sentence.text, start, listed), strict=True):
        if vague and not item.term and item.name != "safety":
            reason = "an aim in words of its own"
            yield Rejected("endpoints.listed", item.name, reason, sentence.evidence(item.start, item.end))
            continue
        rule = "endpoints.other" if match["role"].lower() == "other" else "endpoints.listed"
        found = _endpoint(study, sentence, item, match["role"], rule)
        yield found.model_copy(update={"timepoint": time})


def _under_heading(study: Study, sentence: Sentence, role: str) -> Iterator[Endpoint]:
    """Known endpoints in the text under a heading "Primary endpoint"."""
    for item in _items(study, sentence, 0, len(sentence.text)):
        if item.term:
            yield _endpoint(study, sentence, item, role, "endpoints.heading")


def _endpoint(study: Study, sentence: Sentence, item: Item, role: str | None, rule: str) -> Endpoint:
    definition = DEFINED.match(sentence.text[item.end :])
    return Endpoint(
        name=item.name,
        abbreviation=abbreviation_of(study.reading, item.term, item.name, sentence.text[item.start : item.end]),
        role=ROLES.get(role.lower()) if role else None,
        definition=definition["definition"].strip() if definition else None,
        timepoint=time_near(sentence.text, item.start, item.end + REACH) or time_in_name(sentence.text, item.start),
        evidence=sentence.evidence(item.start, item.end),
        rule=rule,
    )


__all__ = ["TIMEPOINT", "endpoint_matches", "endpoint_terms", "endpoints", "read_timepoint"]
