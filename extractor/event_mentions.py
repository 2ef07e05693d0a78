"""Where running text names adverse events: curated events, the paper's sums of events, and what is said around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.cues import Cued
from extractor.grades import Graded, grades
from extractor.language import TermMatch
from extractor.quantities import ANY_COUNT
from extractor.reading import Sentence
from ontology import regex as re
from ontology.terms import Term

EVENT = r"(?:adverse (?:drug )?(?:events?|effects?|reactions?|experiences?)|(?-i:AEs?\b|ADRs?\b)|side[- ]effects?)"
TOXICITY = r"(?:toxicit(?:y|ies)|(?-i:TRAEs?\b|irAEs?\b))"
# Sums of events by how they are printed; the term is the field's own.
SUMS: tuple[tuple[str, str], ...] = (
    ("treatment-emergent serious adverse event", r"serious TEAEs?|treatment[- ]emergent S?(?:serious )AEs?|serious treatment[- ]emergent adverse events?|(?-i:TESAEs?)\b"),
    ("serious adverse event", r"serious (?:[\w-]+ ){0,2}?(?:adverse (?:drug )?(?:events?|reactions?|effects?)|(?-i:(?:TR|ir)?AEs?\b)|side[- ]effects?)|(?-i:\bSAEs?\b)"),
    ("treatment-emergent adverse event", r"treatment[- ]emergent (?:adverse events?|(?-i:AEs?\b))|(?-i:\bTEAEs?\b)"),
    ("death", r"(?:toxic |treatment[- ]related |drug[- ]related |on-study |early )?deaths?\b(?!-)|(?:toxic|treatment[- ]related) mortality"),
    ("complication", r"\b(?:post-?operative|peri-?operative|surgical|pulmonary|cardiac|infectious|bleeding|wound) complications?"),
    ("any adverse event", rf"\b{EVENT}|\b{TOXICITY}"),
)  # fmt: skip
SUM = Cued("|".join(f"(?P<s{place}>{form})" for place, (_, form) in enumerate(SUMS)), re.IGNORECASE)
# Events of the curated table that a trial counts as outcomes, or words that are no event by themselves.
WORDS = re.compile(r"[\w-]+")
MEASURED_CLASS = "Investigations"
# Everyday names of what is measured, an event only when it changes.
MEASURED = frozenset(
    "haemoglobin hemoglobin hb hgb erythrocytes glucose triglycerides albumin calcium potassium magnesium sodium phosphate phosphorus hearing appetite diuresis".split()
) | {"uric acid"}
NOT_AN_EVENT = frozenset({"Disease progression", "Surgery", "Death NOS", "Treatment related secondary malignancy"})
# Words that narrow a sum ("infusion-related toxicity"), and those by which it points back or counts other things.
NARROWER = re.compile(
    r"\b(?:infectious|infusion[- ]related|injection[- ]related|(?:non-?)?h(?:a)?ematologic(?:al)?|gastrointestinal|digestive|cardiac|cardiovascular|hepatic|renal|pulmonary|neurologic(?:al)?|cutaneous|skin|ocular|liver|kidney|metabolic|vascular|psychiatric|respiratory|local|systemic|solicited|unsolicited|procedure-related|dose-limiting|cardiometabolic|extrapyramidal|sexual)\s$",
    re.IGNORECASE,
)
BACK = re.compile(
    r"\b(?:these|this|those|such|other|remaining|causes? of|criteria for an?|definition of|considered(?: to be| as)?|both|each|which|whose|individual|(?:was|were|being) the (?:[\w-]+ ){0,3}?(?:most|next|second|commonest)[^,;]{0,60}|(?:was|were) the only[^,;]{0,40})\s(?:[\w-]+ )?$",
    re.IGNORECASE,
)
# "Pain was the most frequent local reaction": the kind of an event that is named.
APPOSED = re.compile(
    r"\b(?:was|were|being) the (?:most |second |next )?(?:[\w-]+ )?(?:common|frequent|prevalent)(?:ly|est)? (?:\w+ )?$",
    re.IGNORECASE,
)
# A grade that the table of terms has in its labels ("grade 4 neutropenia").
GRADED = re.compile(
    r"(?:severe|mild|moderate|life-threatening|grades? \S+(?: ?(?:-|to|or|and|/) ?\d)?) ", re.IGNORECASE
)
# Before or after a laboratory value, what makes it an event.
CHANGED = re.compile(
    r"\b(?:increas\w*|decreas\w*|elevat\w*|abnormal\w*|low|reduced|raised|high|toxicity)\b|\bgrades? \S+ $",
    re.IGNORECASE,
)
SAFETY = Cued(
    r"\badverse\b|\bside[- ]effects?\b|\btoxicit\w+|\btoxic\b|\bsafety\b|\btolera(?:ted|ble|bility)\b|\btreatment[- ]related\b|\bdrug[- ]related\b|(?-i:\bT?E?S?AEs?\b|\bTRAEs?\b|\birAEs?\b|\bDLTs?\b)|\bcomplications?\b|\bgrades? ?(?:[1-5]|≥|>|(?-i:I|V))|\bside effects\b|\bdiscontinu\w+ (?:[\w-]+ ){0,6}?(?:due to|because of|for|owing to)\b|\bdied (?:of|from)\b(?! any\b)|\bunwanted effects\b",
    re.IGNORECASE,
)
SAFETY_HEADING = re.compile(
    r"\b(?:safety|toxicit\w+|adverse|tolera\w+|side[- ]effects?|complications?|morbidity|harms?)\b", re.IGNORECASE
)
# Patients who had an event, counted: a symptom that few trials treat is one though nothing else speaks of safety.
SYMPTOM = (
    r"(?:nausea|vomiting|vomited|headaches?|dizziness|pruritus|itching|hypotension|bradycardia|shivering|chills|sedation|somnolence|drowsiness"
    r"|respiratory depression|rash(?:es)?|urticaria|diarrh(?:o)?ea|constipation|flushing|dry mouth|urinary retention|desaturation|syncope|hypoglyc(?:a)?emia|(?:infusion|injection)[- ](?:related|site) reactions?|hypersensitivity reactions?|anaphylaxis|alopecia)"
)
COUNTED = Cued(
    rf"\b(?:patients?|women|men|children|subjects?|participants?|volunteers|individuals) (?:each )?(?:had|experienced|developed|suffered(?: from)?|reported|complained of) (?:\w+ )?{SYMPTOM}\b"
    rf"|\bincidence of (?:\w+ )?{SYMPTOM}\b"
    rf"|\b{SYMPTOM},? (?:(?:also|only) )?(?:occurred|developed|was|were)(?: (?:reported|observed|noted|seen|recorded|experienced|(?:significantly )?(?:more|less) (?:common|frequent|often)(?:ly reported)?))? (?:in|by|among|with) "
    rf"|\bresulted in (?:\w+ )?{SYMPTOM}\b",
    re.IGNORECASE,
)
# "None of the patients died" names the event by its verb.
DIED = re.compile(
    r"\b(?:none of the (?:\w+ )?|no |neither of the )(?:patients?|subjects?|participants?|women|men|children|infants|volunteers) (?P<died>died)\b(?! (?:of|from|due|because|during the (?:follow|run)))",
    re.IGNORECASE,
)
# "TEAEs potentially related to suicidality" are no sum of all events.
PART = re.compile(
    r"(?:potentially|possibly) related to (?P<what>[A-Za-z][\w/-]*(?: [a-z][\w/-]+)?)(?= (?:was|were|in|occurred|include)|[,;.(])"
)
GIVEN = re.compile(
    r"\b(?:the|study|stud(?:y|ies)|treatment|drug|trial|medication|therapy|vaccin\w+|product|investigational)\b",
    re.IGNORECASE,
)
SUM_CUES = ("dverse", "ide effect", "ide-effect", "AE", "ADR", "eath", "ortality", "omplication", "oxic")
# Parts of words of which every sentence on safety has one.
CUES = ("dvers", "ide effect", "ide-effect", "oxic", "afety", "olera", "elated", "AE", "DLT", "omplication", "rade", "iscontinu", "died", "nwanted")  # fmt: skip
RESET = re.compile(r";|\b(?:any|all)[- ]grades?\b|\bregardless\b|\bwhereas\b|\bdeaths?\b", re.IGNORECASE)

# "Grade 3 or worse adverse events were reported in 60 patients; the most common were neutropenia": of the same grade.
MOST_OFTEN = re.compile(
    r"; (?:of these, )?(?:the )?(?:most (?:common|frequent|frequently reported|commonly reported)|commonest) (?:(?:events|of these|ones|of which) )?(?:was|were)\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An adverse event named in a sentence; `term` is None for a sum such as "serious adverse event"."""

    name: str
    start: int
    end: int
    term: Term | None = None


def event_mentions(sentence: Sentence, title: str = "") -> list[Mention]:
    """The events that a sentence names, in order; a curated event beats the sum it overlaps.

    An illness of the `title` is no event where the word for it is an everyday one.
    """
    found = list(_paired(list(_curated(sentence, title)), sentence))
    given = [match.start for match in sentence.of_kind("drugs")]
    for mention in (*_sums(sentence.text, given), *_died(sentence.text)):
        if all(mention.end <= other.start or mention.start >= other.end for other in found):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _curated(sentence: Sentence, title: str) -> Iterator[Mention]:
    for match in sentence.of_kind("events"):
        if match.term.name in NOT_AN_EVENT or _is_other(match, sentence.text, title):
            continue
        if match.start and APPOSED.search(sentence.text, max(0, match.start - 70), match.start):
            continue
        graded = GRADED.match(sentence.text, match.start, match.end)
        start = graded.end() if graded else match.start
        printed = " ".join(sentence.printed(start, match.end).split())
        yield Mention(printed, start, match.end, match.term)


def _paired(found: list[Mention], sentence: Sentence) -> Iterator[Mention]:
    """Two names of one event printed as a pair ("SGPT/ALT") made one."""
    waiting: Mention | None = None
    for mention in found:
        if waiting and sentence.text[waiting.end : mention.start].strip() == "/":
            printed = " ".join(sentence.printed(waiting.start, mention.end).split())
            waiting = Mention(printed, waiting.start, mention.end, waiting.term)
            continue
        if waiting:
            yield waiting
        waiting = mention
    if waiting:
        yield waiting


def _is_other(match: TermMatch, text: str, title: str) -> bool:
    """Whether a guarded name means no event: the name of what was measured ("haemoglobin"), or the illness treated."""
    printed = text[match.start : match.end]
    own = (match.term.name.lower(), match.term.attributes.get("common", "").lower())
    if printed.lower() in own or not match.term.guards(printed):
        return False
    if match.term.attributes.get("system_organ_class") != MEASURED_CLASS and printed.lower() not in MEASURED:
        return printed.split()[-1].lower().rstrip("s") in {word.rstrip("s") for word in WORDS.findall(title)}
    return not (
        CHANGED.search(text[max(0, match.start - 30) : match.start])
        or CHANGED.match(text[match.end + 1 : match.end + 14])
    )


def _died(text: str) -> Iterator[Mention]:
    for match in DIED.finditer(text) if " died" in text else ():
        yield Mention("death", *match.span("died"))


def _sums(text: str, given: Sequence[int]) -> Iterator[Mention]:
    """The sums of events that a sentence names; `given` is where it names drugs."""
    if not any(cue in text for cue in SUM_CUES):
        return
    for match in SUM.finditer(text):
        part = PART.match(text, match.end() + 1)
        if part and part.start("what") not in given and not GIVEN.search(part["what"]):
            yield Mention(part["what"], match.start(), part.end("what"))
            continue
        name = SUMS[int(str(match.lastgroup)[1:])][0]
        before = text[max(0, match.start() - 90) : match.start()]
        narrower = NARROWER.search(before)
        if BACK.search(before):
            continue
        if name == "any adverse event" and narrower:
            kind = "toxicity" if match[0].lower().startswith("toxic") else "adverse event"
            yield Mention(f"{narrower[0].strip().lower()} {kind}", match.start() - len(narrower[0]), match.end())
        else:
            yield Mention(match[0].lower().rstrip("s") if name == "complication" else name, match.start(), match.end())


def is_safety(sentence: Sentence) -> bool:
    """Whether a sentence, or the section it stands in, is on safety."""
    if SAFETY_HEADING.search(sentence.passage.section.title):
        return True
    if any(cue in sentence.text for cue in CUES) and SAFETY.search(sentence.text):
        return True
    return sentence.kind in ("results", "abstract") and bool(COUNTED.search(sentence.text))


# "13 patients had grade 3 and 2 had grade 4 nausea"
ANOTHER = re.compile(rf"(?:,|\band) {ANY_COUNT}\b", re.IGNORECASE)


def grade_of(mention: Mention, levels: Sequence[Graded], text: str, until: int) -> str:
    """The grade of an event: one printed between it and its number, else the last before it in the sentence."""
    if mention.name.startswith("serious"):
        levels = [level for level in levels if not level.word]
    inside = [
        level for level in levels if mention.end <= level.start < until and (not level.word or mention.term is None)
    ]
    beside = next((level for level in levels if level.start >= mention.end), None)
    if beside and not beside.word and text[mention.end : beside.start].strip() in ("(", "[", "of", "of CTCAE"):
        return (inside or [beside])[-1].grade
    if inside:
        return inside[-1].grade
    before = [level for level in levels if level.end <= mention.start]
    if not before:
        return "any"
    ahead = [level for level in before if level.start >= until and not level.word]
    if len(ahead) > 1 and ANOTHER.search(text, ahead[0].end, ahead[1].start):
        return ahead[0].grade
    last = before[-1]
    between = text[last.end : mention.start]
    if last.word:
        return (
            last.grade
            if re.fullmatch(r"\s?(?:\(?[\w-]*\)?\s)?", between)
            else grade_of(mention, [g for g in levels if not g.word], text, until)
        )
    return "any" if RESET.search(MOST_OFTEN.sub("", between)) else last.grade


def levels_of(text: str) -> list[Graded]:
    """The grades that a sentence prints."""
    return list(grades(text))
