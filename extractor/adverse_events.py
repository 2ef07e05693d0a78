"""Adverse events in running text: an event, its grade, and how many patients of which arm had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.attribution import HYPOTHESIS, Owner
from extractor.event_bindings import event_of, listed, masked
from extractor.event_consequences import UNTOLD, changed, changed_beside, clause_start, consequence_of
from extractor.event_counts import is_sum_of_arms, itemised, numbers, owned
from extractor.event_denials import JUDGED, denial
from extractor.event_mentions import Mention, event_mentions, grade_of, is_safety, levels_of
from extractor.grades import Graded
from extractor.reading import Sentence
from extractor.spreads import Measure
from extractor.study import Rejected, Study
from ontology import regex as re
from ontology.record import AdverseEvent

PLACES = frozenset({"abstract", "results", "other"})
WHOLE = re.compile(
    r"\b(?:in total|overall|in all|all patients|both (?:groups|arms)|either (?:group|arm)|each (?:group|arm)|entire|any (?:patient|subject|participant)|of the \d+ patients|the study population|during the (?:study|trial))\b",
    re.IGNORECASE,
)
RELATEDNESS: tuple[tuple[str, str], ...] = (
    ("immune-related", r"\bimmune[- ](?:related|mediated)\b|\birAEs?\b"),
    ("any-cause", r"\bregardless of (?:the )?(?:caus|relation|attribution)\w*|\birrespective of caus\w*|\ball[- ]caus(?:e|ality)\b|\bany[- ]cause\b"),
    ("unrelated", r"\b(?:un|not |non-?)related\b|\bnot (?:considered|deemed|judged)(?: to be)? (?:\w+ )?related\b|\bunlikely\b"),
    ("treatment-related", r"\b(?:treatment|drug|study[- ]drug|therapy|chemotherapy|medication|vaccine|product|regimen|device)[- ]related\b|\brelated to (?:the )?(?:study|treatment|drug|trial|investigational|therapy|chemotherapy|\w+inib|\w+mab)\b|\bTRAEs?\b|\battribut(?:ed|able) to (?:the )?(?:study|treatment|drug|therapy)|\b(?:possibly|probably|considered(?: to be)?|deemed) (?:\w+ )?related\b|\badverse drug reactions?\b|\btoxic deaths?\b"),
)  # fmt: skip
_RELATEDNESS = tuple((name, re.compile(form, re.IGNORECASE)) for name, form in RELATEDNESS)
NO_COUNT = re.compile(
    r"\b(?:difference|risk|hazard|odds|(?<!dose )reduction|increase|rate ratio|score|baseline|median|mean|duration|time to|cut-?off|higher|lower)\b[^.;,(]{0,30}$",
    re.IGNORECASE,
)
EACH_ARM = re.compile(
    r"^[^.;:,()]{0,60}? in (?:each|both|either)(?: of the)? (?:treatment |study )?(?:groups?|arms?)\b", re.IGNORECASE
)
OR_MORE = re.compile(r"^%? or (?:greater|more|higher)\b")
BETTER = re.compile(
    r"\b(?:improv\w+|resol\w+|recover\w*|normali[sz]\w+|disappear\w+|reversed|decreased to)\b", re.IGNORECASE
)
EARLIER = re.compile(
    r"\b(?:at (?:baseline|(?:study )?entry|screening)|(?:before|prior to) (?:the )?(?:first|start|initiat\w+|enrol\w+|randomi[sz]\w+|study (?:entry|drug))|pre-?existing|history of)\b",
    re.IGNORECASE,
)
# "nausea (12%-18%)": over several groups, no value of any of them.
RANGED = re.compile(r" ?(?:-|to) ?\d[\d.]* ?%")
RANGING = re.compile(r"\d ?% ?(?:-|to) ?$")
THRESHOLD = re.compile(
    r"(?:≥|>|≤|<|\b(?:more|less|fewer|greater|higher) than|\bat least|\bover|\bunder|\bup to|\babove|\bbelow)\s?$",
    re.IGNORECASE,
)
SUMMED = re.compile(
    r"^ ?(?:patients?|subjects?|cases?)?,? ?[(\[](?:[^()]{0,60}\bn ?= ?\d|(?:\w+|\d+) (?:patients? )?(?:in|from) (?:the )?)",
    re.IGNORECASE,
)
TOGETHER = re.compile(r"\b(?:total|combined|pooled|overall) [\w /-]{2,30}[(\[] ?$", re.IGNORECASE)
CAUSED = re.compile(r"\b(?:due to|because of|owing to)\b", re.IGNORECASE)
IN_ARM = re.compile(
    r"^ ?(?:\([^()]{0,12}\) )?(?:[\w ]{0,30}? )?(?:in|with|for|among|on|receiving) (?:the )?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number bound to the event it counts."""

    measure: Measure
    mention: Mention
    owner: Owner


def adverse_events(study: Study) -> Iterator[AdverseEvent | Rejected]:
    """The adverse events that abstract and results count in prose."""
    for _, group in groupby(study.reading.sentences, key=lambda sentence: id(sentence.passage)):
        before, told = False, False
        for sentence in group:
            if sentence.kind not in PLACES or sentence.passage.kind not in ("paragraph", "list-item", "front"):
                break
            safe = is_safety(sentence)
            if (safe or before) and not sentence.cited and not HYPOTHESIS.search(sentence.text):
                yield from _sentence(study, sentence, told)
            before = safe
            told = told or any(True for _ in study.arms.find(sentence.text))


def _sentence(study: Study, sentence: Sentence, told: bool) -> Iterator[AdverseEvent | Rejected]:
    named = list(study.arms.find(sentence.text))
    events = event_mentions(sentence, study.reading.title)
    mentions = [m for m in events if all(m.end <= a.start or m.start >= a.end for a in named)]
    if not mentions:
        return
    text = sentence.text
    levels = levels_of(text)
    found = numbers(text, levels, mentions, named)
    plain = masked(text, named)
    mentions = sorted([*mentions, *listed(found, mentions, plain)], key=lambda mention: mention.start)
    belongs = owned(found, study, text, told)
    bound: set[int] = set()
    for place, owner in enumerate(belongs):
        yield from _of_number(
            study,
            sentence,
            Counted(tuple(found), place, tuple(mentions), tuple(levels), tuple(belongs), plain),
            owner,
            bound,
        )
    for mention in mentions:
        denied = denial(mention, mentions, text) if mention.start not in bound else None
        if denied:
            yield _absent(sentence, mention, denied, levels, study)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of a sentence among the others, what the sentence names, and the sentence without its arms."""

    found: tuple[Measure, ...]
    place: int
    mentions: tuple[Mention, ...]
    levels: tuple[Graded, ...]
    owners: tuple[Owner, ...]
    plain: str

    @property
    def measure(self) -> Measure:
        """The number."""
        return self.found[self.place]


def _of_number(
    study: Study, sentence: Sentence, here: Counted, owner: Owner, bound: set[int]
) -> Iterator[AdverseEvent | Rejected]:
    """The event that a number counts, in its arm or in each; what is `bound` nobody can have been without."""
    text, measure = sentence.text, here.measure
    mention = event_of(here.place, here.found, here.mentions, here.plain)
    other = [m.start for m in here.mentions if m is not mention]
    if is_sum_of_arms(here.place, here.found, here.owners, study.arms.labels, other):
        owner = Owner()
    everywhere = study.arms.labels if EACH_ARM.match(text[measure.end :]) else ()
    reason = _objection(measure, mention, Owner() if everywhere else owner, study, text)
    change = changed(text, here.found, here.place, mention, told=reason != UNTOLD)
    if change:
        fact = _fact(sentence, Bound(measure, change.mention, owner), here.levels)
        yield fact.model_copy(update={"consequence": change.consequence})
    elif mention is None or reason:
        where = sentence.evidence(measure.start, measure.end)
        yield Rejected("adverse_events.prose", text[measure.start : measure.end], reason or "no event", where)
    else:
        bound.add(mention.start)
        told = changed_beside(text, here.found, here.place) if mention.term is None else None
        for label in everywhere or (owner.arm,):
            fact = _fact(sentence, Bound(measure, mention, Owner(label) if everywhere else owner), here.levels)
            yield fact.model_copy(update={"consequence": told}) if told and fact.consequence else fact
        yield from _items(sentence, here, mention, owner)


def _items(sentence: Sentence, here: Counted, mention: Mention, owner: Owner) -> Iterator[AdverseEvent]:
    """The single events of a counted sum of serious or fatal ones."""
    fatal, serious = mention.name == "death", "serious" in mention.name
    led = "death" if fatal else "serious" if serious else consequence_of(sentence.text, mention)
    updates = {"consequence": led} | ({"grade": "5"} if fatal else {})
    for item in itemised(here.measure, mention, here.mentions, sentence.text):
        single = Measure("count", here.measure.start, here.measure.end, count=1)
        yield _fact(sentence, Bound(single, item, owner), here.levels).model_copy(update=updates)


def _objection(measure: Measure, mention: Mention | None, owner: Owner, study: Study, text: str) -> str | None:
    """Why a number is no count of patients with an event."""
    if mention is None:
        return "no event"
    before = text[max(0, measure.start - 40) : measure.start]
    between = text[min(mention.end, measure.end) : max(mention.start, measure.start)]
    counted = measure.statistic == "count"
    untold = (
        mention.term is None and CAUSED.search(text[measure.end : mention.start]) and not consequence_of(text, mention)
    )
    tests = (
        (NO_COUNT.search(before), "no count of patients"),
        (RANGED.match(text, measure.end) or RANGING.search(before), "one end of a range"),
        (THRESHOLD.search(before) or OR_MORE.match(text[measure.end :]), "a threshold"),
        (BETTER.search(between), "an event that went away"),
        (
            EARLIER.search(text[clause_start(text, measure.start) : max(measure.end, mention.end) + 30]),
            "an event before treatment",
        ),
        (TOGETHER.search(before), "several arms together"),
        (untold, UNTOLD),
        (counted and SUMMED.match(text[measure.end :]), "a sum of what follows"),
        (counted and _is_size(measure, study), "a group's size"),
        (len(study.arms.arms) > 1 and not owner.sure and not WHOLE.search(text), "no arm that is certain"),
        (measure.total is not None and (measure.count or 0) > measure.total, "a count larger than its group"),
        (_related(text, mention, measure) == "unrelated", "events unrelated to the treatment"),
    )
    return next((reason for failed, reason in tests if failed), None)


def _is_size(measure: Measure, study: Study) -> bool:
    return measure.count is not None and any(arm.size == measure.count for arm in study.arms.arms)


def _fact(sentence: Sentence, bound: Bound, levels: Sequence[Graded]) -> AdverseEvent:
    text, measure, mention = sentence.text, bound.measure, bound.mention
    consequence = consequence_of(text, mention)
    fatal = mention.name == "death" or consequence == "death"
    related = _related(text, mention, measure)
    return AdverseEvent.model_validate(
        {
            **_named(mention),
            "arm": bound.owner.arm if bound.owner.sure else None,
            "grade": "5" if fatal else grade_of(mention, levels, text, measure.start),
            "count": measure.count,
            "total": measure.total,
            "percent": measure.value if measure.statistic == "rate" else None,
            "relatedness": related if related != "unrelated" else None,
            "consequence": "death" if mention.name == "death" and related == "treatment-related" else consequence,
            "evidence": (
                *sentence.evidence(measure.start, measure.end),
                *sentence.evidence(mention.start, mention.end),
            ),
            "rule": f"adverse_events.{measure.statistic}",
        }
    )


def _named(mention: Mention) -> dict[str, str | None]:
    term = mention.term
    return {
        "term": mention.name,
        "concept": term.concept if term else None,
        "system_organ_class": term.attributes.get("system_organ_class") if term else None,
    }


def _related(text: str, mention: Mention, measure: Measure) -> str | None:
    """What the sentence says of the cause of the events, up to their number."""
    reach = max(mention.end, measure.end)
    start = clause_start(text, min(mention.start, measure.start))
    return next((name for name, form in _RELATEDNESS if form.search(text, start, reach)), None)


def _absent(
    sentence: Sentence, mention: Mention, place: tuple[int, int], levels: Sequence[Graded], study: Study
) -> AdverseEvent:
    """An event that nobody had, in the arm that the sentence names or in the whole trial."""
    text = sentence.text
    mentioned = study.arms.find(text)
    beside = [a.label for a in mentioned if IN_ARM.match(text[mention.end : a.start])]
    named = set(beside[:1]) or {found.label for found in mentioned}
    measure = Measure("count", *place, count=0, reach=place[1])
    arm = named.pop() if len(named) == 1 and (beside or not WHOLE.search(text)) else None
    owner = Owner(study.arms.arms[0].label if len(study.arms.arms) == 1 else arm)
    fact = _fact(sentence, Bound(measure, mention, owner), levels)
    judged = JUDGED.match(text[mention.end : mention.end + 80])
    related = "treatment-related" if judged else fact.relatedness
    return fact.model_copy(update={"rule": "adverse_events.none", "relatedness": related})
