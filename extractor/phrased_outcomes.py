"""Outcomes in a paper's own words: the noun phrases that stand where a sentence says what it measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.counts import NAMED
from extractor.cues import Cued
from extractor.language import TermMatch
from extractor.quantities import ANY_COUNT, PEOPLE
from extractor.reading import Reading, Sentence
from extractor.study import Study
from ontology import regex as re
from ontology.terms import Term

# Words that no name of an outcome holds: they end it.
ENDS = (
    r"(?:the|a|an|was|were|is|are|be|been|being|has|have|had|did|does|do|will|would|could|may|might|can|in|on|at|by|for|from|with|without|within|towards?|to|than|that"
    r"|which|who|whose|where|when|while|whereas|although|though|but|or|nor|and|as|if|after|before|during|until|between|among|across|per|via|versus|vs"
    r"|compared|comparing|there|here|it|its|this|these|those|they|their|we|our|he|she|all|both|each|either|any|some|no|not|none|only|also|then|thus|such"
    r"|more|less|most|least|fewer|of|under|into|over|about|above|below|up|down|due|because|since|so|whether|how|what|showing|indicating|suggesting|according|following|regarding|concerning|related|higher|lower|longer|shorter|greater|larger|smaller|better|worse|earlier|later|similar|comparable|different|same"
    r"|increased|decreased|reduced|improved|changed|remained|showed|shown|observed|found|seen|noted|reported|achieved|received|reached|experienced"
    r"|occurred|developed|underwent|required|obtained|detected|recorded|fell|rose|dropped|declined|resulted|led|using|respectively|[a-z]+ly)\b"
)
WORD = rf"(?!{ENDS})(?=[\w-]*[A-Za-zΔα-ω])[\w'/×^+.-]+(?<![.,])"
LINK = r"(?:of|to|for)(?: the)?"
# "time to first request", "need for rescue analgesia", "duration of motor block"
NAME = rf"(?P<name>{WORD}(?: {WORD}){{0,6}}(?: {LINK} {WORD}(?: {WORD}){{0,4}}){{0,2}})"
STATISTIC = r"(?:median|mean|average|geometric mean|LS mean|least squares mean|adjusted mean|estimated|cumulative|overall|total)"
QUANTITY = r"(?:incidences?|rates?|frequenc(?:y|ies)|proportions?|percentages?|prevalence|probabilit(?:y|ies)|risk|occurrence|numbers?)"
HAVING = r"(?:patients|subjects|participants|women|men|children|those|infants|cases) (?:with|who had|who achieved|achieving|having|experiencing|reporting|showing|developing)"
COMPARED = (
    r"(?:(?:statistically |significantly |markedly |slightly |numerically |also |not |much |significant )*"
    r"(?:higher|lower|longer|shorter|greater|larger|smaller|better|worse|earlier|later|similar|comparable|different|equivalent|increased|decreased|reduced|improved|superior|inferior|less|more|fewer|significant))"
)
CHANGES = (
    r"(?:differences?|changes?|improvements?|reductions?|increases?|decreases?|declines?|rise|drop|fall|gain|effects?)"
)
VERBS = r"(?:reduc|increas|improv|decreas|prolong|shorten|lower|enhanc|rais|suppress)(?:ed|es|ing)"
PHRASE_IN = r"(?: (?:in|at|for|during|after|among|with|from|within|on|between|by|before)\b[^,;.()]{1,60}?)?"
BRACKET = r"(?: ?\([^()]{1,30}\))?"
CLAUSE = r"(?:^|[,;:] |\b(?:that|and|while|whereas|but|although) )(?:(?:the|a|an|both|however|similarly|furthermore|in addition|moreover),? )*"
FRAMES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # "the mean drop in haemoglobin", "median time to discharge", "the incidence of wound infection"
        rf"(?<![\w-]){STATISTIC} (?:{CHANGES} (?:in|of|from baseline in) (?:the )?)?(?:{QUANTITY} of (?:the )?)?(?:{HAVING} (?:an? )?)?{NAME}",
        rf"\b{QUANTITY} of (?:the )?(?:{HAVING} (?:an? )?)?{NAME}",
        # "no difference in hospital stay", "a reduction of pain"
        rf"\b{CHANGES} (?:was |were )?(?:\w+ )?(?:in|of) (?:the )?(?:{STATISTIC} )?{NAME}",
        # "hospital stay was shorter", "recovery did not differ"
        rf"{CLAUSE}(?:{STATISTIC} )?{NAME}{BRACKET}{PHRASE_IN}{BRACKET} (?:(?:was|were|is|are|appeared|remained|tended to be|(?:has|have) been(?: found)?)(?: found)?(?: to be)? {COMPARED}|(?:did not |significantly |had )?(?:differ\w*|increased|decreased|improved|fell|fallen|rose|risen|declined|dropped|changed))\b",
        # "alpha reduced hospital stay", "longer hospital stay"
        rf"\b(?:{VERBS}|(?:higher|lower|longer|shorter|greater|larger|smaller|better|worse|fewer)) (?:the )?(?:{STATISTIC} )?(?:{QUANTITY} of (?:the )?)?{NAME}",
        # "12% of patients had a wound infection"
        rf"(?:%|\]|\)|\b{PEOPLE}|\bgroups?|\barms?|\beach) (?:had|have had|experienced|required|needed|developed|showed|exhibited|reported|achieved|underwent|obtained|attained) (?:an? |the )?{NAME}",
        # "in sodium (p = 0.03), potassium (p = 0.2)"
        rf"(?:, |\b(?:and|in) ){NAME} \((?=[Pp] ?[=<>][^()]*\)[,;]? (?:and )?[A-Za-z])",
        # "wound infection was seen in 12%"
        rf"{CLAUSE}{NAME}{BRACKET}(?: (?:was|were) (?:also )?(?:seen|observed|found|noted|achieved|reported|detected|recorded|documented|confirmed|obtained|present)| occurred| developed)\b",
    )
)
# Those that count patients, who may have had an event.
COUNTED = (FRAMES[1], FRAMES[5], FRAMES[7])
# Outcomes that a verb tells: what patients did or what happened to them.
CAUSE = rf"(?: (?P<cause>(?:from|of|due to) (?:the )?{NAME}))?"
VERBS_OF = tuple(
    (re.compile(rf"\b{form}\b", re.IGNORECASE), name)
    for form, name in (
        (rf"(?P<what>died){CAUSE}", "death"),
        (rf"{ANY_COUNT} (?P<what>(?:[\w-]+-related |treatment |early |postoperative )?deaths?)", "death"),
        (r"(?P<what>deaths?)(?= (?:was|were|had been) (?:recorded|reported|observed|seen|noted)| occurred)", "death"),
        (rf"{ANY_COUNT} (?P<what>(?:[\w-]+ ){{0,2}}?(?!events|deaths)(?:{NAMED}))", ""),
        ("(?P<what>relapsed)", "relapse"),
        ("(?P<what>recurred)", "recurrence"),
        (r"(?P<what>(?:had )?progressed)(?! to\b)", "disease progression"),
        ("(?P<what>responded|responding)", "response"),
        ("(?P<what>hospitali[sz]ed)", "hospitalisation"),
        ("(?P<what>re-?admitted|re-?hospitali[sz]ed)", "readmission"),
        ("(?P<what>(?:were|was) cured)", "cure"),
        ("(?P<what>survived|(?:were|was|remained) alive)", "survival"),
    )
)
# An event whose risks were set against each other was looked for.
RATIO = Cued(r"\b(?:hazard|odds|risk|rate)s? ratios?\b|\brelative risk\b|(?-i:\b(?:HR|OR|RR)\b)", re.IGNORECASE)
# How often an event was there is a matter of safety, how long or how many times on average an outcome.
AVERAGED = re.compile(r"(?:median|mean|average)", re.IGNORECASE)
OF_EVENT = re.compile(
    r" (?:levels?|concentrations?|excretion|expression|secretion|scores?|control|relief|free\w*|duration|time)$",
    re.IGNORECASE,
)
DONE = {"kind": "rate", "verb": "verb"}
JOINED = re.compile(r"^ (?:or|and)\b")
NOT_DONE = re.compile(
    r"\b(?:who|that|which|those|not|to|if|until|before|after|time to|time of|date of|cause of|causes of|risk of)\s(?:had\s|have\s|has\s)?$",
    re.IGNORECASE,
)
# "the percentage of patients who died"
SHARE_WHO = re.compile(rf"\b{QUANTITY} of (?:the )?{PEOPLE} (?:who|that) (?:had )?$", re.IGNORECASE)
# Short forms that say more than what they stand for; others are written out, as are those inside them.
KEPT = frozenset("CMV EBV HIV HBV HCV HPV DNA RNA MRI CT PET ECG EEG CSF LDL HDL BMI".split())
NESTED = 2
MAX_WORDS = 9
MIN_LETTERS = 4
# Who the patients were, what they were given and how long they were watched are no outcomes.
NO_OUTCOME = re.compile(
    r"\b(?:aged?|follow-?up|height|BMI|body mass|patients?|subjects?|participants?|women|men|children|individuals|volunteers|dos(?:e|es|ing|age)"
    r"|baseline|diagnos[ie]s|adverse|AEs?|SAEs?|TEAEs?|TRAEs?|irAEs?|events?|toxicit\w+|considered|number of"
    r"|interval|time (?:since|from)|ranges?|arms?|groups?|study|trial|analys[ei]s|data|results?|treatments?|therapy|hazard|odds|\w\+\w+"
    r"|ratios?|CI|HR|OR|RR|confidence|tables?|figs?|figures?|significance|trend|evidence|characteristics|demographic\w*|cohorts?|regimens?|infusions?|injections?"
    r"|randomi[sz]\w+|enrol\w+|screen\w+|sex|gender|centres?|centers?|hospitals|sites?|samples? size|power|difference\w*|effects?|value|values"
    r"|outcomes?|end-?points?|measures?|parameters?|variables?|efficacy|safety|benefits?|respect|terms|addition|contrast|median|mean|test|tests|model|log-rank|p)\b",
    re.IGNORECASE,
)
# How long or how often something was given is an outcome: "duration of neoadjuvant treatment".
MEASURED = re.compile(
    r"(?:total )?(?:durations?|numbers?|length|completion|time|exposure|need|volume|amount|consumption) (?:of|to|for) \w",
    re.IGNORECASE,
)
GIVEN = re.compile(
    r"\b(?:treatments?|therapy|hospitals?|injections?|infusions?|regimens?|cycles?|number of)\b", re.IGNORECASE
)
# A word for any measure is no name by itself.
NO_NAME = re.compile(
    r"^(?:duration|time|times|levels?|changes?|scores?|numbers?|rates?|responses?|onset|improvements?|reductions?|increases?|decreases?|totals?|proportions?|percentages?"
    r"|degree|extent|use|course|length|period|days?|weeks?|months?|years?|hours?|concentrations?|incidence|frequency|probability|risk|occurrence|prevalence|cases?|positive|negative|significant|between-group|prevalent|frequent|common|likely|pronounced|effective|severe|marked|rapid|evident|important|drops?|rank|region|rise|falls?|gain|loss|declines?|adjusted|pattern|limits?|bounds?|one|two|three|many"
    r"|four|five|six|seven|[A-Z]{1,2}\d?|\d.*)$",
    re.IGNORECASE,
)
# "did not have any change in": nobody had it.
ABSENT = re.compile(
    r"\b(?:not (?:have|show|experience|report|develop)|had no|without)(?: any| a)?(?: \w+)? $", re.IGNORECASE
)
# In a model the subject is a factor.
MODEL = Cued(
    r"\b(?:multi-?varia\w+|uni-?varia\w+|prognostic|predict\w+|Cox|correlat\w+|risk factors?|regression (?:analys\w+|models?))\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    rf"^(?:{STATISTIC}|absolute|relative|corresponding|respective|first|observed|significant|marked|further|additional|the|an?|actuarial) ",
    re.IGNORECASE,
)


def phrased(study: Study, sentence: Sentence, known: Sequence[TermMatch], heard: str) -> Iterator[TermMatch]:
    """The outcomes that a sentence names in words of its own, beside the `known` ones.

    An event is an outcome only where `heard`, the title and the endpoints of the paper, names it.
    """
    if MODEL.search(sentence.text):
        return
    taken = [(match.start, match.end) for match in known]
    for form in FRAMES:
        for match in form.finditer(sentence.text):
            end = match.end("name")
            start = end - len(_bare(match["name"]))
            absent = ABSENT.search(sentence.text, max(0, match.start() - 40), match.start())
            if absent or any(start < last and first < end for first, last in taken):
                continue
            averaged = form is FRAMES[0] and AVERAGED.match(match[0])
            compared = form in COUNTED and RATIO.search(sentence.text)
            if _is_outcome(study, sentence, start, end, None if averaged or compared else heard):
                taken.append((start, end))
                name = _full(study.reading, sentence.text[start:end])
                yield TermMatch(Term("endpoints", name, (), None, {}), start, end)


def _is_outcome(study: Study, sentence: Sentence, start: int, end: int, heard: str | None) -> bool:
    """Whether the words in `[start, end)` name an outcome: no arm, and an event only if it is heard of or averaged."""
    if not (is_name(sentence.text[start:end]) or sentence.text[start:end] in study.reading.abbreviations):
        return False
    if any(drug.start <= start and end <= drug.end for drug in sentence.of_kind("drugs")):
        return False
    arms = [arm for arm in study.arms.find(sentence.text) if start <= arm.start and arm.end <= end + 1]
    events = [event for event in sentence.of_kind("events") if start <= event.start < end]
    # "potassium excretion" is no event though potassium is one.
    events = [event for event in events if not OF_EVENT.search(sentence.text, event.end, end)]
    return all(end - start >= arm.end - arm.start + MIN_LETTERS for arm in arms) and all(
        heard is None or _is_heard(sentence.text[event.start : event.end], event.term, heard) for event in events
    )


def _is_heard(printed: str, term: Term, heard: str) -> bool:
    return term.name.lower() in heard or printed.lower() in heard


def told_by_verbs(reading: Reading, sentence: Sentence, known: Sequence[TermMatch]) -> Iterator[TermMatch]:
    """The outcomes that a verb tells: "12 patients died of sepsis"."""
    text = sentence.text
    for form, name in VERBS_OF:
        for match in form.finditer(text):
            start, end = match.span("what")
            overlaps = any(start < other.end and other.start < end for other in known)
            counted = SHARE_WHO.search(text, max(0, start - 60), start)
            if not overlaps and (counted or not NOT_DONE.search(text, max(0, start - 25), start)):
                yield TermMatch(Term("endpoints", _of_verb(reading, text, match, name), (), None, DONE), start, end)


def _of_verb(reading: Reading, text: str, match: re.Match[str], name: str) -> str:
    """The name of what a verb tells, with the cause or the kind that stands beside it."""
    groups = match.groupdict()
    if groups.get("cause") and is_name(match["name"]) and not JOINED.match(text[match.end() :]):
        return f"{name} from {_full(reading, match['name'])}"
    if name and "death" not in match["what"].lower():
        return name
    printed = match["what"].lower()
    return f"{printed[:-3]}y" if printed.endswith("ies") else printed.removesuffix("s")


def _bare(name: str) -> str:
    """A name without the words before it that do not belong to it."""
    shorter = LEADING.sub("", name)
    return name if shorter == name else _bare(shorter)


def is_name(printed: str) -> bool:
    """Whether words can name an outcome."""
    letters = sum(map(str.isalpha, printed))
    told = GIVEN.sub("", printed) if MEASURED.match(printed) else printed
    return (
        letters >= MIN_LETTERS
        and len(printed.split()) <= MAX_WORDS
        and not (NO_OUTCOME.search(told) or NO_NAME.match(printed) or printed.endswith("-"))
    )


def _full(reading: Reading, printed: str) -> str:
    """The name with the paper's abbreviations written out."""
    name = printed
    for _ in range(NESTED):
        name = " ".join(word if word in KEPT else reading.abbreviations.get(word, word) for word in name.split())
    return name[0].lower() + name[1:] if name[1:2].islower() else name
