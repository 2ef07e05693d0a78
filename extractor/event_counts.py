"""How many patients had an adverse event: the counts and percentages of a sentence, and the arms they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.arm_book import ArmMention
from extractor.attribution import Owner, owners
from extractor.event_mentions import Mention
from extractor.grades import Graded
from extractor.measures import measures
from extractor.quantities import ANY_COUNT, PEOPLE, count
from extractor.spreads import Measure
from extractor.study import Study
from ontology import regex as re

# Patients counted without a percentage: "two patients", "(n = 5)", "in 3 cases".
COUNTED = re.compile(
    rf"(?:(?<![\w.,/-])(?P<count>{ANY_COUNT}) (?:(?:other|more|additional|further|male|female|elderly|evaluable|[a-z]+-treated) )?(?P<who>{PEOPLE}|cases?)\b(?! \(?\d)|[(\[]\s?(?:n ?= ?)(?P<n>\d{{1,4}})(?= ?[,;)\]])|(?<=[(\[])(?P<one>one|two|three|four|five|\d{{1,3}}) (?:patients?|subjects?|cases?|each)\b|(?<![A-Za-z])n ?= ?(?P<n2>\d{{1,4}})(?= ?[,;)\]]))",
    re.IGNORECASE,
)
FRACTION = re.compile(r"(?<![\w./])(?P<count>\d{1,4}) ?(?:/| of(?: the)?) ?(?P<total>\d{1,5})(?![\w./%])")
MIN_GROUP = 5
OF_EVENTS = re.compile(
    r"^ ?\)? ?(?:(?:and|or|,|versus|vs\.?) \d{1,4} ?/ ?\d{1,5} ?)*(?:of )?(?:the )?(?:AEs|events|adverse|episodes|reports)\b"
)
OF = re.compile(r"\b(?:of|these|those|remaining|all)(?: (?:these|the|all|those))? $", re.IGNORECASE)
# A count before a bracket with its percentage, where an italic letter left a gap.
GAPPED = re.compile(r"(?<![\w./-])(?P<n>\d{1,4})\s{2,3}[(\[]\s?$")
# "two episodes of sepsis"; "three serious adverse events".
EPISODES = re.compile(
    rf"(?<![\w.,/=-])(?P<n>{ANY_COUNT}) (?:events?|episodes?|instances?) of (?:[a-z-]+ )?$", re.IGNORECASE
)
EVENTS = re.compile(
    rf"(?<![\w.,/=-])(?P<n>{ANY_COUNT}) (?:(?:fatal|severe|possible|new|additional|other|further|on-study|early) )?$",
    re.IGNORECASE,
)
WHOLE_EVENTS = frozenset({"serious adverse event", "death", "treatment-emergent serious adverse event"})
# Sums that a bracket behind them may share out: "two TEAEs (tremor and dystonia)".
SUMS = WHOLE_EVENTS | {"treatment-emergent adverse event", "any adverse event"}
NUMBERED = re.compile(
    r"\b(?:week|day|month|year|table|fig\w*|phase|cycle|grades?|level|least|most|than|top|type|stage|of|of the|these|those|first|last) $",
    re.IGNORECASE,
)
BY_PEOPLE = re.compile(
    rf"^[^.;,]{{0,40}}?\b(?:in|by|among|from|for) (?:a total of )?{ANY_COUNT} (?:[a-z-]+ )?{PEOPLE}\b", re.IGNORECASE
)
# "encephalitis in 1 and pneumonia in 2".
IN_SOME = re.compile(rf" in (?P<n>\d{{1,3}}|{ANY_COUNT})(?=[,;)\]]| and\b)", re.IGNORECASE)
# "(five in the one arm and six in the other)".
IN_ARM = re.compile(rf"(?<![\w.,/=-])(?P<n>{ANY_COUNT}) (?:in|from|with|on|receiving) (?:the )?$", re.IGNORECASE)
NONE_IN = re.compile(
    rf"\b(?P<none>none|no {PEOPLE}) (?:of (?:those|the {PEOPLE}) )?(?:in|from|on|with|receiving|given|taking|treated with|(?:assigned|allocated) to) (?:the )?$",
    re.IGNORECASE,
)
# "12 patients in the one arm, as compared with 27 in the other".
AND_IN = re.compile(
    rf"(?: (?:groups?|arms?|recipients))?(?: \([^()]{{2,80}}\))?,? (?:and|versus|vs\.?|(?:as )?compared (?:with|to)|as against)(?: in)? (?P<n>{ANY_COUNT}) (?:in|from|on|with|receiving|given|of those (?:in|on|given|receiving)) (?:the )?",
    re.IGNORECASE,
)
SOME = re.compile(
    rf"(?<![\w.,/=-]){ANY_COUNT} (?:{PEOPLE}|cases?(?: of [^.;:,()\d]{{3,40}})?|(?:serious |fatal |[a-z]+-related )?(?:adverse events?|AEs?|SAEs?|deaths?))(?: (?:was|were) (?:reported|observed|recorded|noted)| occurred)? (?:in|from|on|with|receiving|given) (?:the )?$",
    re.IGNORECASE,
)
# "Eight women had nausea, six had pruritus and one had a rash".
SOME_HAD = re.compile(
    rf"(?<![\w.,/=-]){ANY_COUNT} {PEOPLE} (?:had|developed|experienced|reported|suffered)\b", re.IGNORECASE
)
ALSO_HAD = re.compile(
    rf"(?:,|,? and) (?P<n>{ANY_COUNT}) (?=(?:had|developed|experienced|reported|suffered)\b)", re.IGNORECASE
)
BESIDE_ARM = re.compile(
    rf"^\)? ?(?:{PEOPLE} )?(?:in|from|with|on|receiving|taking|given|treated with|assigned to|(?:of )?those (?:in|on|given|receiving)|who (?:received|took|were (?:given|assigned to|receiving))) (?:the )?$",
    re.IGNORECASE,
)
PAIRED = re.compile(r"[\s%)\]]*(?:vs?\.?|versus|and|,|compared with)\s*[(\[]?")
NEXT_TO = re.compile(r"(?: |:? ?[(\[]| [(\[]?n ?= ?)")
OPENS = re.compile(r" ?[(\[] ?")
IN_THE = re.compile(r"\b(?:in|from|on|receiving) (?:the )?$", re.IGNORECASE)
# Words that set numbers of several groups beside each other, or of all.
ONE_OF_SEVERAL = re.compile(
    r"\b(?:vs?|versus|compared|than|respectively|overall|total|both|each|all patients)\b", re.IGNORECASE
)
CLOSES = re.compile(
    r"[)\]](?: (?:occurred|(?:was|were) (?:observed|reported|seen|noted|recorded)|(?:was|were) the (?:most )?(?:common|frequent|main|frequently reported|commonly reported) (?:[a-z-]+ ){0,2}?(?:events|AEs|effects|reactions|toxicities)))? (?:in|on|with|for) (?:the )?$",
    re.IGNORECASE,
)
OF_ARM = re.compile(
    r"^ (?:in|from|on|receiving|of|with|given|treated with|who received) (?:the )?[^.;:,()]{1,60}[(\[] ?$",
    re.IGNORECASE,
)
IN_EACH = re.compile(rf"(?<=[(\[])(?P<n>{ANY_COUNT}) (?=in (?:each|both) )", re.IGNORECASE)
ARM_BEFORE = re.compile(r"^,? ?[(\[]?\s*(?:n ?[=:] ?)?\d", re.IGNORECASE)
# "two serious adverse events in the one arm (abscess and pancytopenia)".
ITEMS = re.compile(r"s?(?: \([A-Za-z]+\))?(?: [^()\[\].;:,]{0,60})? ?\((?P<items>[^()\d]{4,200})\)")
SHARED_OUT = re.compile(r"s? \([a-z][^()\d]{3,60} and [^()\d]{3,30}\)")
ITEM = re.compile(r"(?:(?!, | and )[^,])+")
COUNT_OF = re.compile(rf"^(?:{ANY_COUNT}) (?:cases? of )?", re.IGNORECASE)
NO_ITEM = re.compile(r"\b(?:table|fig\w*|group|arm|appendix|online|data|patients?|see|both|each|all)\b", re.IGNORECASE)
OPENED_BEHIND = re.compile(r"(?: (?:groups?|arms?|patients|recipients))?,? ?[(\[] ?")
IN_TURN = re.compile(r",? respectively\b", re.IGNORECASE)
RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
VERSUS = re.compile(r"^[\s,)\]%]*(?:vs?\.?|versus|compared (?:with|to)|against) ", re.IGNORECASE)
AGAIN = re.compile(r"^[\s)\]%]*(?:,|and|, and) $", re.IGNORECASE)
LISTED = re.compile(r"^ (?:of|with|had|experienced|developed) [^;.:()]{1,60}\band $", re.IGNORECASE)
# What sets groups of patients apart without naming an arm.
APART = re.compile(
    r"\d ?-?(?:mg|µg|mcg|g|ml|IU|Gy|units?)\b|\b(?:groups?|arms?|cohorts?|doses?|respectively|each)\b", re.IGNORECASE
)
ONWARD = re.compile(r"\b(?:whereas|while|but|compared|overall|in total|both|all)\b|[;:]", re.IGNORECASE)


def numbers(
    text: str, levels: Sequence[Graded] = (), mentions: Sequence[Mention] = (), named: Sequence[ArmMention] = ()
) -> list[Measure]:
    """The counts and percentages of a sentence, in order."""
    found = [_whole(m, text) for m in measures(text) if m.statistic == "rate" and m.value is not None]
    taken = [(item.start, item.end) for item in found] + [(level.start, level.end) for level in levels]
    counted = (*_fractions(text), *_people(text), *_events(text, mentions), *_shares(text, named), *_also(text))
    for measure in counted:
        if all(measure.end <= start or measure.start >= end for start, end in taken):
            found.append(measure)
            taken.append((measure.start, measure.end))
    return list(_joined(sorted(found, key=lambda measure: measure.start), named, text))


def _joined(found: Sequence[Measure], named: Sequence[ArmMention], text: str) -> Iterator[Measure]:
    """Counts made one with their percentage behind the name of the arm: "three patients in the one arm (0.9%)"."""
    waiting: Measure | None = None
    apart = set(_bracketed_pairs(found, text))
    for place, measure in enumerate(found):
        between = text[waiting.end : measure.start] if waiting else ""
        whole = waiting is not None and waiting.statistic == "count" and measure.statistic == "rate"
        arms = [arm for arm in named if waiting and waiting.end <= arm.start and arm.end <= measure.start]
        if (
            waiting
            and whole
            and place not in apart
            and measure.count is None
            and len(arms) == 1
            and OF_ARM.match(between)
        ):
            waiting = replace(measure, count=waiting.count, start=waiting.start)
            continue
        if waiting:
            yield waiting
        waiting = measure
    if waiting:
        yield waiting


def _bracketed_pairs(found: Sequence[Measure], text: str) -> Iterator[int]:
    """Where two percentages open a bracket for two arms: "(2% vs 5%)", "(2% and 5%, respectively)"."""
    for place, (one, other) in enumerate(pairwise(found)):
        bare = one.statistic == other.statistic == "rate" and one.count is None and other.count is None
        opened = bare and text[: one.start].rstrip().endswith(("(", "["))
        if opened and (
            VERSUS.match(text[one.end : other.start])
            or (PAIRED.fullmatch(text, one.end, other.start) and IN_TURN.match(text, other.end))
        ):
            yield place


def _whole(measure: Measure, text: str) -> Measure:
    """A percentage with the count that stands before its bracket."""
    gapped = GAPPED.search(text, max(0, measure.start - 9), measure.start) if measure.count is None else None
    return replace(measure, count=int(gapped["n"]), start=gapped.start("n")) if gapped else measure


def _fractions(text: str) -> Iterator[Measure]:
    for match in FRACTION.finditer(text):
        part, total = int(match["count"]), int(match["total"])
        if part <= total and total >= MIN_GROUP and not OF_EVENTS.match(text[match.end() :]):
            yield Measure("count", *match.span(), count=part, total=total, reach=match.end())


def _people(text: str) -> Iterator[Measure]:
    for match in COUNTED.finditer(text):
        group = next(name for name in ("count", "n", "one", "n2") if match[name])
        whole = count(match[group])
        start = match.start(group)
        if whole is not None and not (group == "count" and OF.search(text[max(0, start - 14) : start])):
            yield Measure("count", start, match.end(), count=whole, reach=match.end())


def _events(text: str, mentions: Sequence[Mention]) -> Iterator[Measure]:
    """Events counted by themselves: before their name, or "in 2" after it."""
    for mention in mentions:
        shared = mention.name in SUMS and SHARED_OUT.match(text, mention.end)
        form = EVENTS if shared or mention.name in WHOLE_EVENTS else EPISODES
        before = form.search(text, max(0, mention.start - 50), mention.start)
        if before and not NUMBERED.search(text, 0, before.start()) and not BY_PEOPLE.match(text[mention.end :]):
            yield Measure("count", *before.span("n"), count=count(before["n"]), reach=before.end("n"))
        some = IN_SOME.match(text, mention.end)
        if some:
            yield Measure("count", *some.span("n"), count=count(some["n"]), reach=some.end())


def _shares(text: str, named: Sequence[ArmMention]) -> Iterator[Measure]:
    """The numbers that stand before the name of an arm in a bracket or behind another arm's, or before "in each"."""
    for each in IN_EACH.finditer(text):
        yield Measure("count", *each.span("n"), count=count(each["n"]), reach=each.end("n"))
    for arm in named:
        before = IN_ARM.search(text, max(0, arm.start - 40), arm.start)
        if before and is_bracketed(text, arm.start):
            yield Measure("count", *before.span("n"), count=count(before["n"]), reach=before.end("n"))
        other = _and_in(arm, named, text)
        if other:
            yield Measure("count", *other.span("n"), count=count(other["n"]), reach=other.end("n"))
        none = NONE_IN.search(text, max(0, arm.start - 40), arm.start)
        if none:
            yield Measure("count", *none.span("none"), count=0, reach=none.end("none"))


def _and_in(arm: ArmMention, named: Sequence[ArmMention], text: str) -> re.Match[str] | None:
    """The bare number of an arm behind one whose patients are counted."""
    before = max((other for other in named if other.end <= arm.start), key=lambda other: other.end, default=None)
    told = before is not None and SOME.search(text, max(0, before.start - 90), before.start)
    return AND_IN.fullmatch(text, before.end, arm.start) if before and told else None


def _also(text: str) -> Iterator[Measure]:
    """The bare numbers of those who had other events, behind a number of patients who had one."""
    first = SOME_HAD.search(text)
    for match in ALSO_HAD.finditer(text, first.end()) if first else ():
        yield Measure("count", *match.span("n"), count=count(match["n"]), reach=match.end("n"))


def owned(found: Sequence[Measure], study: Study, text: str, told: bool = True) -> list[Owner]:
    """The arms of the numbers; `told` says whether the paragraph has named an arm already."""
    if not found:
        return []
    belongs = owners(found, study.arms, text)
    named = list(study.arms.find(text))
    closed = _closed(found, named, text) or _in_order(found, named, study.arms.labels, text)
    if closed or (closed := _all_of(found, named, text)):
        return closed
    for place, measure in enumerate(found):
        inside = [arm.label for arm in named if measure.start <= arm.start and arm.end <= measure.end]
        if not (place + 1 < len(found) and PAIRED.fullmatch(text, measure.end, found[place + 1].start)):
            inside += [arm.label for arm in named if NEXT_TO.fullmatch(text, arm.end, measure.start)]
        if inside:
            belongs[place] = Owner(inside[0])
    if len(found) == len(named) == 1 and found[0].end <= named[0].start and IN_THE.search(text[: named[0].start]):
        return [Owner(named[0].label)]
    if not (named or told or APART.search(text) or any(VERSUS.match(text[m.reach or m.end :]) for m in found)):
        return [owner if owner.sure else Owner() for owner in belongs]
    opposed = _opposed(found, _following(found, belongs, named, text), study.arms.labels, text)
    return _aside(found, _in_brackets(found, _carried(found, opposed, named, text), named, text), named, text)


def _aside(found: Sequence[Measure], belongs: list[Owner], named: Sequence[ArmMention], text: str) -> list[Owner]:
    """No arm for the numbers behind a bracket that alone names one: "six patients (two in the one arm) had nausea in three cases"."""
    shares = [is_bracketed(text, arm.start) and IN_ARM.search(text, 0, arm.start) for arm in named]
    if not named or not all(shares):
        return belongs
    behind = [measure.start > named[-1].end and not is_bracketed(text, measure.start) for measure in found]
    return [Owner(sure=False) if out else owner for out, owner in zip(behind, belongs, strict=True)]


def _in_brackets(found: Sequence[Measure], belongs: list[Owner], named: Sequence[ArmMention], text: str) -> list[Owner]:
    """Two percentages in a bracket behind two arms are theirs in order."""
    belongs = list(belongs)
    for place in _bracketed_pairs(found, text):
        order = [arm for arm in named if arm.end <= found[place].start][-2:]
        apart = len({arm.label for arm in order}) == 2
        if apart and OPENED_BEHIND.fullmatch(text, order[1].end, found[place].start):
            belongs[place : place + 2] = [Owner(arm.label) for arm in order]
    return belongs


def _all_of(found: Sequence[Measure], named: Sequence[ArmMention], text: str) -> list[Owner]:
    """The one arm that a list of events ends with: "hypertension in 24 (12%) and proteinuria in 8 (4%) in the one group"."""
    if len(found) < 2 or len(named) != 1 or named[0].start < found[-1].end or ONE_OF_SEVERAL.search(text):
        return []
    return [Owner(named[0].label) for _ in found] if CLOSES.search(text[: named[0].start]) else []


def _closed(found: Sequence[Measure], named: Sequence[ArmMention], text: str) -> list[Owner]:
    """The arms of lists that end with their arm: "mania (n = 3) and rash (n = 1) in the one group and ... in the other"."""
    last = found[-1]
    if len(found) < 3 or len({arm.label for arm in named}) < 2 or RESPECTIVELY.search(text):
        return []
    if found[0].end > named[0].start or named[-1].start < last.end or len(named) != len({arm.label for arm in named}):
        return []
    if not all(CLOSES.search(text[: arm.start]) for arm in named):
        return []
    return [Owner(next(arm.label for arm in named if arm.start >= measure.end)) for measure in found]


def _in_order(found: Sequence[Measure], named: Sequence[ArmMention], labels: Sequence[str], text: str) -> list[Owner]:
    """The arms of "in the one than the other group (13 (7%) and 6 (3%), respectively)", and of pairs of such."""
    order = [arm.label for arm in named if arm.end <= found[0].start]
    if len(order) != len(named) or len(set(order)) != len(order) or not RESPECTIVELY.search(text, found[-1].end):
        return []
    if len(order) == 1 and len(labels) == 2 and OPENS.fullmatch(text, named[0].end, found[0].start):
        order += [label for label in labels if label not in order]
    ends = [found[i].reach or found[i].end for i in range(0, len(found) - 1, 2)]
    pairs = len(found) % 2 == 0 and all(VERSUS.match(text[end : found[2 * i + 1].start]) for i, end in enumerate(ends))
    if len(order) < 2 or not (len(found) == len(order) or (len(order) == 2 and pairs)):
        return []
    return [Owner(order[i % len(order)]) for i in range(len(found))]


def _following(found: Sequence[Measure], belongs: list[Owner], named: Sequence[ArmMention], text: str) -> list[Owner]:
    """ "5 patients in the one arm and 3 patients in the other": each number before its own arm."""
    ends = [*(measure.start for measure in found[1:]), len(text)]
    result = list(belongs)
    apart = len(found) > 1 and bool(named) and found[0].end <= named[0].start
    apart = apart and not any(ARM_BEFORE.match(text[arm.end :]) for arm in named)
    for place, (measure, end) in enumerate(zip(found, ends, strict=True)):
        arms = [arm for arm in named if measure.end <= arm.start < end]
        between = text[measure.reach or measure.end : arms[0].start] if arms else ""
        if BESIDE_ARM.match(between) and not RESPECTIVELY.search(text, measure.end):
            result[place] = Owner(arms[0].label)
        elif len(arms) != 1:
            apart = apart and not arms and is_bracketed(text, measure.start)
        elif apart:
            result[place] = Owner(arms[0].label)
    return result


def is_sum_of_arms(
    place: int, found: Sequence[Measure], belongs: Sequence[Owner], labels: Sequence[str], other: Sequence[int]
) -> bool:
    """Whether a count is that of all arms, each of which is counted after it; `other` is where other events stand."""
    shares = [(i, belongs[i].arm) for i in range(place + 1, len(found)) if belongs[i].sure][: len(labels)]
    if (
        len(shares) < 2
        or {arm for _, arm in shares} != set(labels)
        or any(found[place].end <= at < found[shares[-1][0]].start for at in other)
    ):
        return False
    return sum(found[i].count or 0 for i, _ in shares) == found[place].count


def is_bracketed(text: str, place: int) -> bool:
    """Whether a character stands in an open bracket."""
    return any(text.rfind(opened, 0, place) > text.rfind(closed, 0, place) for opened, closed in ("()", "[]"))


def _opposed(found: Sequence[Measure], belongs: list[Owner], labels: Sequence[str], text: str) -> list[Owner]:
    """In "52% vs 10%" of a two-arm trial the second is the other arm's."""
    belongs = list(belongs)
    for place in range(1, len(found)):
        first, second = belongs[place - 1], belongs[place]
        if len(labels) != 2 or not first.sure or (second.sure and second.arm != first.arm):
            continue
        between = text[found[place - 1].reach or found[place - 1].end : found[place].start]
        if VERSUS.match(between):
            belongs[place] = Owner(labels[1 - labels.index(first.arm)] if first.arm in labels else None)
        elif AGAIN.match(between) and place > 1:
            belongs[place] = belongs[place - 2]
    return belongs


def _carried(found: Sequence[Measure], belongs: list[Owner], named: Sequence[ArmMention], text: str) -> list[Owner]:
    """Numbers without an arm of their own share that of their list, or the only one that the sentence has named."""
    belongs = list(belongs)
    for place in range(len(found) - 2, -1, -1):
        here, after = found[place], found[place + 1]
        alone = not belongs[place].sure and not any(arm.end <= here.start for arm in named)
        if alone and belongs[place + 1].sure and LISTED.match(text[here.reach or here.end : after.start]):
            belongs[place] = belongs[place + 1]
    for place, (last, here) in enumerate(pairwise(found), 1):
        only = {arm.label for arm in named} == {belongs[place - 1].arm} and belongs[place - 1].sure
        if only and not belongs[place].sure and not ONWARD.search(text, last.reach or last.end, here.start):
            belongs[place] = belongs[place - 1]
    return belongs


def itemised(measure: Measure, mention: Mention, mentions: Sequence[Mention], text: str) -> Iterator[Mention]:
    """The single events of a counted sum, where a bracket behind it lists as many."""
    listed = ITEMS.match(text, mention.end) if mention.name in SUMS and measure.end <= mention.start else None
    if not listed or NO_ITEM.search(listed["items"]):
        return
    spans = [item.span() for item in ITEM.finditer(text, *listed.span("items"))]
    if len(spans) != measure.count:
        return
    for start, end in spans:
        name = COUNT_OF.sub("", text[start:end].strip().removeprefix("and "))
        known = next((m.term for m in mentions if m.term and start <= m.start and m.end <= end), None)
        yield Mention(name, text.index(name, start), end, known)
