"""Adverse events in running text: an event, its grade, and how many patients of which arm had it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractor.attribution import HYPOTHESIS, Owner
from extractor.event_consequences import UNTOLD, changed, clause_start, consequence_of
from extractor.event_counts import RESPECTIVELY, VERSUS, is_bracketed, is_sum_of_arms, itemised, numbers, owned
from extractor.event_denials import JUDGED, NONE, denial
from extractor.event_mentions import Mention, event_mentions, grade_of, is_safety, levels_of
from extractor.grades import Graded
from extractor.measures import Measure
from extractor.quantities import ANY_COUNT, PEOPLE
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from ontology.record import AdverseEvent

PLACES = frozenset({"abstract", "results", "other"})
WHOLE = re.compile(
    r"\b(?:in total|overall|in all|all patients|both (?:groups|arms)|either (?:group|arm)|each (?:group|arm)|entire|any (?:patient|subject|participant)|of the \d+ patients|the study population|during the (?:study|trial))\b",
    re.IGNORECASE,
)
# Between a number and the event that follows it: somebody had it, or something was due to it.
ONSET = re.compile(
    r"\b(?:had|has|have|experienc\w+|report(?:ed|ing)|develop\w*|suffer\w*|with|presented|exhibit\w+|complain\w*|due to|because of|owing to|died (?:of|from)|showed|for)\b",
    re.IGNORECASE,
)
DIRECT = re.compile(
    r"^\s?(?:cases?|episodes?|events?|instances?|occurrences?|incidences?|rates?) of (?:[\w-]+ ){0,3}?$", re.IGNORECASE
)
# "one case of phlebitis"; "three serious adverse events".
CASE_OF = re.compile(r"^ of (?:[\w-]+ ){0,2}$")
AT_ONCE = re.compile(r"^ (?:(?:fatal|severe|possible|new|additional|other|further|on-study|early) )?$", re.IGNORECASE)
BESIDE = re.compile(
    r"^,? ?(?:\([^()]{0,40}\) ?)?(?:[\w/≥-]+[ ,]+){0,5}?[(\[] ?(?:[\w ,≥/:=+-]{0,40}?[:,;=] ?|any grade,? |grades? [\w/-]+,? |in |n ?= ?)?$",
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
BEFORE_REACH = 150
AFTER_REACH = 150
EACH_ARM = re.compile(
    r"^[^.;:,()]{0,60}? in (?:each|both|either)(?: of the)? (?:treatment |study )?(?:groups?|arms?)\b", re.IGNORECASE
)
# An event that no table of terms has, in a list whose last item was one: "neutropenia (5%), and acute coronary syndrome (2%)".
NEW_EVENT = re.compile(r"^[\s)\]%]*,? ?(?:and |or |, and )?(?P<name>[a-z][\w/-]*(?: [\w/-]+){0,5}) ?[(\[] ?$")
# The same in a list without brackets: "nausea 7% vs. 6%, acute chest pain 0 vs. 2%".
BARE_EVENT = re.compile(r"^%?[,;] (?:and )?(?P<name>[a-z][\w/-]+(?: [\w/-]+){0,4}) $")
NO_NAME = re.compile(
    r"\b(?:in|the|vs|versus|group|arm|placebo|patients?|with|for|of|and|or|was|were|compared|than|mg|respectively)\b"
)
# The second of two numbers in one bracket.
INSIDE = re.compile(r"^(?:[^()\[\].;]|(?<=vs)\.){0,40}$")
# A bracket that shares out the number before it: "five patients (three in ...".
OPENED = re.compile(rf"^ ?(?:{PEOPLE}|cases?)? ?[(\[]$", re.IGNORECASE)
# "three patients in the one arm and nine patients in the other had ...".
OTHER_ARM = re.compile(
    r"^[)\]%]* ?(?:in|from|on|receiving) (?:the )?[^.;:,()]{1,60}?,? (?:and|compared with|vs\.?|versus)(?: in)? $",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    r"\b(?:occurred|occurring|reported|observed|seen|noted|developed|experienced|found|documented|recorded|detected|affected|(?:led to|resulted in) (?:[a-z]+ ){0,2}?(?:discontinuations?|withdrawals?|reductions?|interruptions?))\b(?: (?:in|by|for|among|with|only|a|total|of|on))*\s?$",
    re.IGNORECASE,
)
# "..., but the difference was not significant (6.9% versus 0%)"; "gastric disorders, including nausea, were seen in".
NOT_SIGNIFICANT = re.compile(
    r",? but (?:this|the difference|it|they) (?:was|were) not (?:statistically )?significant", re.IGNORECASE
)
ONE_OF = re.compile(r", (?:including|such as|mainly|e\.g\.,?) (?:[\w-]+ )?$", re.IGNORECASE)
# "three patients in the one arm had nausea, and none in the other".
AND_IN = re.compile(rf"s?,? (?:and|but) (?:none|no {PEOPLE}|{ANY_COUNT}) (?:in|from|on|receiving) ", re.IGNORECASE)
OTHER_SUBJECT = re.compile(
    r"[;]|\b(?:received|underwent|completed|randomi[sz]ed|assigned|whereas|while|but|who|assess\w*|evalua\w*|monitor\w*|graded)\b",
    re.IGNORECASE,
)
BREAK = re.compile(
    r"[;:]|\. |\b(?:whereas|while|but|compared|assess\w*|evalua\w*|monitor\w*|analy[sz]\w*|screened|reasons?)\b",
    re.IGNORECASE,
)
# "30% of patients with AEs reported ...": the event only says of whom.
WITH = re.compile(r"\bwith (?:\w+ )?$", re.IGNORECASE)
DOES = re.compile(
    r"^,? (?:reported|had|experienced|were|was|discontinued|recovered|required|received|continued|died)\b",
    re.IGNORECASE,
)
PARALLEL = re.compile(
    r"^(?![^()]*\b(?:had|experienced|died|developed|discontinued|withdrew|reported|required|were|was|stopped|refused|received|due)\b)(?:[^.;:]|(?<=vs)\.){0,90}$"
)
VERB = re.compile(
    r"\b(?:was|were|is|are|occurred|in|reported|observed|seen|noted|developed|experienced|affect\w+|found|documented|by|of|rate|incidence|recorded|with)\b|:",
    re.IGNORECASE,
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
DUE_TO = re.compile(
    r"^[^.;,]{0,60}?\b(?:due to|from|of|caused by|because of|owing to|attributed to) (?:[\w-]+ ){0,3}$", re.IGNORECASE
)
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
    mentions = [m for m in event_mentions(sentence) if all(m.end <= a.start or m.start >= a.end for a in named)]
    if not mentions:
        return
    text = sentence.text
    levels = levels_of(text)
    found = numbers(text, levels, mentions, named)
    mentions = sorted([*mentions, *_listed(found, mentions, text)], key=lambda mention: mention.start)
    belongs = owned(found, study, text, told)
    bound: set[int] = set()
    for place, owner in enumerate(belongs):
        yield from _of_number(
            study, sentence, Counted(tuple(found), place, tuple(mentions), tuple(levels), tuple(belongs)), owner, bound
        )
    for mention in mentions:
        denied = denial(mention, mentions, text) if mention.start not in bound else None
        if denied:
            yield _absent(sentence, mention, denied, levels, study)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of a sentence among the others, and the events and grades that the sentence names."""

    found: tuple[Measure, ...]
    place: int
    mentions: tuple[Mention, ...]
    levels: tuple[Graded, ...]
    owners: tuple[Owner, ...]

    @property
    def measure(self) -> Measure:
        """The number."""
        return self.found[self.place]


def _of_number(
    study: Study, sentence: Sentence, here: Counted, owner: Owner, bound: set[int]
) -> Iterator[AdverseEvent | Rejected]:
    """The event that a number counts, in its arm or in each; what is `bound` nobody can have been without."""
    text, measure = sentence.text, here.measure
    mention = event_of(here.place, here.found, here.mentions, text)
    if is_sum_of_arms(here.place, here.found, here.owners, study.arms.labels):
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
        for label in everywhere or (owner.arm,):
            yield _fact(sentence, Bound(measure, mention, Owner(label) if everywhere else owner), here.levels)
        yield from _items(sentence, here, mention, owner)


def _items(sentence: Sentence, here: Counted, mention: Mention, owner: Owner) -> Iterator[AdverseEvent]:
    """The single events of a counted sum of serious or fatal ones."""
    fatal, serious = mention.name == "death", "serious" in mention.name
    led = "death" if fatal else "serious" if serious else consequence_of(sentence.text, mention)
    updates = {"consequence": led} | ({"grade": "5"} if fatal else {})
    for item in itemised(here.measure, mention, here.mentions, sentence.text):
        single = Measure("count", here.measure.start, here.measure.end, count=1)
        yield _fact(sentence, Bound(single, item, owner), here.levels).model_copy(update=updates)


def _listed(found: Sequence[Measure], mentions: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Unknown events in a list of known ones."""
    known = [mention for mention in mentions if mention.term]
    bare = any(mention.end + 1 == measure.start for mention in known for measure in found)
    for last, measure in pairwise(found):
        start = last.reach or last.end
        after = bare or any(m.end <= last.start and BESIDE.match(text[m.end : last.start]) for m in known)
        match = (BARE_EVENT if bare else NEW_EVENT).match(text[start : measure.start])
        if after and match and not NO_NAME.search(match["name"]):
            name = Mention(match["name"], start + match.start("name"), start + match.end("name"))
            if all(name.end <= m.start or name.start >= m.end for m in mentions):
                known.append(name)
                yield name


def event_of(place: int, found: Sequence[Measure], mentions: Sequence[Mention], text: str) -> Mention | None:
    """The event that a number counts: in brackets after it, after the patients who had it, or before the verb."""
    measure = found[place]
    before = [m for m in mentions if m.end <= measure.start]
    last = found[place - 1] if place else None
    between = text[last.reach or last.end : measure.start] if last else ""
    if last and OPENED.match(between):
        return event_of(place - 1, found, mentions, text)
    if before and (measure.start == before[-1].end + 1 or BESIDE.match(text[before[-1].end : measure.start])):
        return before[-1]
    several = len([m for m in before if m.term]) > 1 and len(found) > 1
    told = _respectively(place, found, mentions) if several and RESPECTIVELY.search(text, before[-1].end) else None
    if told:
        return told
    if last and INSIDE.match(between) and is_bracketed(text, measure.start):
        return event_of(place - 1, found, mentions, text)
    return _behind(place, found, mentions, text) or _ahead(place, found, before, text)


def _behind(place: int, found: Sequence[Measure], mentions: Sequence[Mention], text: str) -> Mention | None:
    """The event after a number that the words between lead to."""
    pair = _onward(place, found, text)
    if any(found[place].end <= m.start < found[pair].start for m in mentions):
        pair = place
    start = found[pair].end
    following = found[pair + 1].start if pair + 1 < len(found) else len(text)
    after = [m for m in mentions if start <= m.start]
    if not after or after[0].start >= following or not _leads_to(found[pair], after[0], text):
        return None
    subject = WITH.search(text[start : after[0].start]) and DOES.match(text[after[0].end :])
    return None if subject else _cause(after, text)


def _ahead(place: int, found: Sequence[Measure], before: Sequence[Mention], text: str) -> Mention | None:
    """The event before a number: that of the parallel number before it, or the subject of the clause."""
    measure = found[place]
    last = found[place - 1] if place else None
    if last and before and last.start > before[-1].end:
        between = text[last.reach or last.end : measure.start]
        unknown = NEW_EVENT.match(between) and not NO_NAME.search(between)
        return event_of(place - 1, found, before, text) if PARALLEL.match(between) and not unknown else None
    if not before or measure.start - before[-1].end > BEFORE_REACH:
        return None
    if last and last.end <= before[-1].start and AND_IN.match(text, before[-1].end):
        return before[-1]
    between = NOT_SIGNIFICANT.sub("", text[before[-1].end : measure.start])
    if ONE_OF.search(text[: before[-1].start]) and text[before[-1].end] == ",":
        return None
    form = HAPPENED if measure.statistic == "count" and measure.total is None else VERB
    return before[-1] if form.search(between) and not OTHER_SUBJECT.search(between) else None


def _onward(place: int, found: Sequence[Measure], text: str) -> int:
    """The last of the numbers that are set against a number ("10% vs 5%") or share it out in a bracket behind it."""
    for i in range(place + 1, len(found)):
        between = text[found[i - 1].reach or found[i - 1].end : found[i].start]
        inside = is_bracketed(text, found[i].start) and (INSIDE if i - 1 > place else OPENED).match(between)
        parallel = i - 1 == place and (VERSUS.match(between) or OTHER_ARM.match(between))
        if not inside and not parallel:
            return i - 1
    return max(place, len(found) - 1)


def _cause(after: Sequence[Mention], text: str) -> Mention:
    """The first of some events, or what it was due to if it is a death."""
    first = after[0]
    if first.name == "death" and len(after) > 1 and DUE_TO.match(text[first.end : after[1].start]):
        return after[1]
    return first


def _leads_to(measure: Measure, mention: Mention, text: str) -> bool:
    """Whether the words after a number lead to the event that it counts."""
    between = text[measure.end : mention.start]
    if (
        NONE.search(between)
        or len(between) > AFTER_REACH
        or BREAK.search(between)
        or between.count("(") > between.count(")")
    ):
        return False
    if ONSET.search(between) or DIRECT.match(between):
        return True
    cases = text[measure.start : measure.end].lower().endswith(("case", "cases"))
    return bool(AT_ONCE.match(between) or (cases and CASE_OF.match(between)))


def _respectively(place: int, found: Sequence[Measure], mentions: Sequence[Mention]) -> Mention | None:
    """The event of a number in "nausea, vomiting and rash occurred in 10%, 8% and 3%, respectively"."""
    same = [m for m in found if m.statistic == found[place].statistic]
    before = [m for m in mentions if m.end <= same[0].start]
    before = [m for m in before if m.term] or before
    amid = any(same[0].start < m.start < same[-1].start for m in mentions)
    if amid or len(before) < 2 or len(same) % len(before):
        return None
    return before[same.index(found[place]) // (len(same) // len(before))]


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
