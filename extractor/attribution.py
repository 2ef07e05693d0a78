"""Whose number it is: the arm, comparison, population and time point of each measure, and own or cited.

Written once and used for results, events and prior evidence alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.arm_book import ArmBook, ArmMention
from extractor.cues import Cued
from extractor.endpoint_names import NUMBERS, TIMEPOINT, read_timepoint, span_of
from extractor.reading import Sentence
from extractor.spreads import Measure
from ontology import regex as re

OWN_KINDS = frozenset({"abstract", "results"})
OTHERS_WORK = Cued(
    r"\b(?:previous|earlier|prior|other|another|published|historical|similar|recent)(?: \w+){0,2} (?:stud(?:y|ies)|trials?|reports?|data|series|controls|analys[ie]s|literature)\b|\bmeta-analys[ie]s\b|\bet al\b|\breported by\b|\bpooled analys[ie]s\b",
    re.IGNORECASE,
)
HYPOTHESIS = Cued(
    r"\b(?:null hypothesis|assum\w+|hypothesi[sz]\w+|expected|anticipated|to detect|power)\b", re.IGNORECASE
)
JOIN = re.compile(
    r"^(?:\W|\b(?:vs?|versus|and|as|compared|with|to|or|against|than|in|the|months?|weeks?|years?|days?|respectively|for|of|patients|participants|subjects|women|men|children|infants|from|baseline|groups?|arms?|by)\b)*$",
    re.IGNORECASE,
)
# "93% with alpha and 90% with beta; 63% of patients with alpha ...": another clause.
APART = re.compile(r"[;:]")
VERSUS = re.compile(r"\b(?:vs?|versus|compared (?:with|to)|against)\b", re.IGNORECASE)
# "Compared with placebo, the drug ...": the other arm is meant first.
AGAINST = re.compile(r"\b(?:compared (?:with|to)|relative to|versus|than|over)\s(?:the\s)?$", re.IGNORECASE)
THAN = re.compile(
    r"\b(?:compared (?:with|to)|relative to|versus|vs\.?|than|over) (?:(?:with|in|for|those|patients|on|given) )*(?:the )?$",
    re.IGNORECASE,
)
# A head of a table may make a name of "vs placebo".
SAID = re.compile(r"(?:vs\.?|versus) ", re.IGNORECASE)
DIRECTLY = re.compile(
    r"^\W*(?:groups?|arms?)?\W*(?:compared (?:with|to)|versus|vs?\.?|relative to|over|against)\W+(?:those |patients |that )?(?:in |of )?(?:the )?$",
    re.IGNORECASE,
)
# Groups of patients that are no arms: "patients with high expression", "those who had surgery".
AMONG = Cued(
    r"\b(?:patients|those|women|men|subjects|participants|tumou?rs) (?:with|without|who|whose|aged)\b|\b(?:high|low|positive|negative)\b",
    re.IGNORECASE,
)
# "Among patients with brain metastases, the hazard ratio for death was 0.55": of the arms, in a group of patients.
OF_OUTCOME = re.compile(
    r"(?:(?:Among|In|For) (?:the )?(?:sub-?group of )?(?:patients|women|men|participants|those|children|subjects|adults)\b[^,;]{3,80}, )?[Tt]he (?:adjusted |unadjusted |stratified |estimated )?(?:hazard|odds|risk|rate) ratio for (?!(?:high|low|positive|negative|patients|age|sex|men|women)\b)[^,;()\d]{3,60} (?:was|were) [\d.]+",
)
BETWEEN = re.compile(r"\b(?:groups|arms|treatments?|between-(?:group|arm|treatment))\b", re.IGNORECASE)
# A group that the book of arms does not know.
ONE_GROUP = re.compile(
    r"\b(?:(?:in|for|of) (?:the|this|that|one) (?:[\w+-]+ ){0,3}(?:group|arm|cohort))\b", re.IGNORECASE
)
# "12% (6 of 50) of patients in the control group": nothing between that leads on to another value.
GIVEN_TO = re.compile(
    r"^(?:(?!\b(?:and|while|whereas|vs?|versus|compared|than|but)\b)[^;])*?\b(?:in|with|for|on|of|among|receiving|from|treated|after|under|the|by|given|(?:assigned|allocated|randomi[sz]ed) to)\b(?:(?!\b(?:and|while|whereas|vs?|versus|compared|than|but)\b)[^,;:]){0,40}$",
    re.IGNORECASE,
)
# "Of 208 resections, 42 ...", "19 patients died": counted among all, and no baseline.
OF_ALL = re.compile(r"(?:^|; |: |, )(?:[Oo]f|[Aa]mong) (?:the )?\d|\b(?:died|relapsed|recurred|survived)\b")
BRACKET = re.compile(r"^[^()]*\)|[(\[][^()\[\]]*[)\]]")
# "4.9% (median, 1.7%) in the control group": the value in brackets stands beside.
ASIDE = re.compile(r" ?[(\[][^()\[\]]*[)\]]")
# "in the control group (0.65 versus 0.35 at baseline)": both are of that group.
OPENS = re.compile(r"(?: (?:groups?|arms?|patients|treated|rats))* ?[(\[]")
# "higher in the control group"
DIRECTED = re.compile(
    r"\b(?:(?P<more>higher|longer|greater|larger|more|increased)|(?P<less>lower|shorter|fewer|smaller|less|reduced|decreased))\b[^.;()]{0,40}?"
    r"\b(?:in|with|for|among|on|receiving|under)\s(?:the\s|patients\s|those\s)*$",
    re.IGNORECASE,
)
# "6 patients (alpha) and 9 patients (beta)"
IN_BRACKET = re.compile(r"^(?: \w+)? ?[(\[]$")
# "61 women bled and were randomised to either alpha or beta"
SHARED_OUT = re.compile(
    r"\b(?:randomi[sz]ed|assigned|allocated)\b[^.;]*\b(?:either|between|into)\b|\bbetween\b[^.;]*\b(?:randomi[sz]ed|assigned|allocated)\b",
    re.IGNORECASE,
)
# "1 died of sepsis with alpha and 2 died of stroke and sepsis in the beta group"
GOES_ON = re.compile(r"(?: (?:groups?|arms?|patients))?,? (?:and|while|whereas|but) ", re.IGNORECASE)
OF_ITS_OWN = re.compile(r"^[^;:\d]* (?:in|with|for|on|of|among|receiving) (?:the )?$", re.IGNORECASE)
AFTER_REACH = 110
BEFORE_REACH = 130
TIMED_ENDPOINT = re.compile(
    r"(?<![\w.])(?P<n>\d{1,2}|one|two|three|four|five|six|ten|twelve)[- ](?P<unit>week|month|year|day)s?[- ]"
    r"(?!(?:with|in|for|and|or|of|from|to|on|at|by|versus|vs?|among|than|was|were|after|before|following|since|later|prior)\b)(?=[A-Za-z])"
    r"|\b(?P<first>week|month|day|year) (?P<n2>\d{1,3})(?= [A-Za-z])",
    re.IGNORECASE,
)
UNIT = {"week": "wk", "month": "mo", "day": "d", "year": "a"}
# "at week 12 (65% vs 47%) and week 24 (72% vs 54%)"
NEXT_TIME = re.compile(r"\b(?:and|or) (?P<first>week|month|day|year)s? (?P<n>\d{1,3})\b", re.IGNORECASE)
# "rates at 6 and 12 months", "1- and 2-year": a time for each of the values that follow.
ONE_TIME = r"\d{1,2}(?:-|[- ](?:week|month|year|day)s?)?"
# "2 h (3.4 vs 2.1), 6 h (3.9 vs 2.5)"
_MOMENT = r"(?P<n2>\d{1,3}) ?(?P<unit>hour|hr|h|minute|min|day|week|wk|month|year)s?"
TIME_BESIDE = re.compile(rf"(?:[,;]|\band) {_MOMENT} ?[(\[]$", re.IGNORECASE)
# "(0 week: 5.7 ± 5.9 versus 12 weeks: 8.2 ± 6.3)"
TIME_LABEL = re.compile(rf"(?:[(\[;,]|\b(?:and|to|versus|vs?\.?)) ?{_MOMENT}: ?$", re.IGNORECASE)
LISTED_TIMES = Cued(
    rf"(?<![\d.])(?P<list>{ONE_TIME}(?:, {ONE_TIME})*,? and \d{{1,2}})[ -](?P<unit>week|month|year|day)s?\b",
    re.IGNORECASE,
)
# "in 30 (25%) participants at an incidence rate of 2.4 per 100 person-years"
RATE_OF = re.compile(
    r"\)? ?(?:of )?(?:patients|participants|subjects|women|men)?,? ?[(\[]?(?:at|with|for|corresponding to|giving|or)?,? ?(?:an? )?(?:annual |crude |incidence |event )*(?:rate|incidence) of ",
    re.IGNORECASE,
)
# What may stand between a value and the time point right behind it.
BESIDE = re.compile(r"^[\s)\],]*(?:[(\[]?[^()\[\];]{0,50}[)\]])?\s*$")
# A time point that closed the values before: "... and 11.9% with beta by day 15 and 11.4% with alpha and ..."
SINCE = re.compile(
    r"\d ?%?[)\]]? (?:with|in|on|for|among) [^.;:,()\d]{2,40} (?:by|at|after) (?:day|week|month|year) \d+,? and [^;:]{0,60}$",
    re.IGNORECASE,
)
# "6.7% with alpha and 11.9% with beta by day 15"
BEHIND_ARM = re.compile(
    r"\)? (?:with|in|on|for|among) (?:the )?[\w-]+(?: [\w-]+)?(?: (?:groups?|arms?))? ?", re.IGNORECASE
)
EFFECTS = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio", "difference"})

# The label of an arm that is a dose level: "3 mg/kg", "dose level 2", "cohort 1".
LEVEL = re.compile(r"\d[\d.,]*\s?[a-zA-Zµμ%]|(?:dose )?(?:level|cohort) -?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a measure belongs to; both None for the whole trial. `guessed` where only the order of the values tells."""

    arm: str | None = None
    comparator: str | None = None
    sure: bool = True
    guessed: bool = False


def is_own(sentence: Sentence) -> bool:
    """Whether a sentence reports the paper's own results."""
    if sentence.kind not in OWN_KINDS or sentence.cited:
        return False
    return not HYPOTHESIS.search(sentence.text) and not OTHERS_WORK.search(sentence.text)


def owners(found: Sequence[Measure], book: ArmBook, text: str, before: str = "") -> list[Owner]:
    """The owner of each measure of a sentence; one that names no arm can go on with the arms of the one `before`."""
    if len(book.arms) == 1:
        return [Owner(book.arms[0].label) for _ in found]
    mentions = list(book.find(text))
    result: dict[int, Owner] = {}
    for group in parallel(found, text):
        pair = _opposed([found[i] for i in group], mentions, book, text)
        if pair:
            result.update(zip(group, pair, strict=True))
        elif carried := [] if mentions else _carried(len(group), book, text, before):
            result.update(zip(group, carried, strict=True))
    for group in parallel(found, text):
        if group[0] in result:
            continue
        if not mentions:
            opposed = any(owner.arm for owner in result.values())
            alone = len(found) == 1 or _is_counted(found, book, text, before) or _is_of_levels(book, text)
            result.update((i, _unnamed(found[i], book, text, opposed=opposed, alone=alone)) for i in group)
            continue
        result.update(zip(group, _group_owners([found[i] for i in group], mentions, found, text, book), strict=True))
    return _in_pairs([result[place] for place in range(len(found))], found, text)


def _in_pairs(belongs: list[Owner], found: Sequence[Measure], text: str) -> list[Owner]:
    """The owners, where a mean and a median joined by "and", or a share and its rate, are both of the arm behind them."""
    told = list(belongs)
    for place, (one, other) in enumerate(pairwise(found)):
        means = {one.statistic, other.statistic} == {"mean", "median"} and text[one.end : other.start] == " and "
        if means or RATE_OF.fullmatch(text, one.end, other.start):
            told[place] = told[place + 1]
    return told


def _opposed(group: list[Measure], mentions: list[ArmMention], book: ArmBook, text: str) -> list[Owner] | None:
    """Two values with "vs" between them in a trial of two arms: in the order the arms are named, experimental first."""
    pair = comparison(book)
    if len(group) != 2 or not VERSUS.search(text[group[0].end : group[1].start]):
        return None
    beside = next((m for m in mentions if OPENS.fullmatch(text, m.end, max(m.end, group[0].start))), None)
    if beside and "baseline" in text.lower():
        return [Owner(beside.label), Owner(sure=False)]
    if pair is None:
        reference = _reference(mentions, text)
        told = beside and reference and beside.label != reference and "(" in text[beside.end : group[0].start]
        return [Owner(beside.label), Owner(reference)] if beside and told else None
    directed = _directed(group, mentions, text, pair)
    if directed:
        return directed
    named = list(dict.fromkeys(m.label for m in mentions if m.start < group[0].start))
    inside = [m for m in mentions if group[0].end <= m.start and not _is_of_others(group[1].end, m.start, text)]
    if not named and inside:
        one = inside[0]
        behind = VERSUS.search(text[group[0].end : one.start]) and not (len(inside) > 1 and one.start > group[1].end)
        named = [next(label for label in pair if label != one.label)] if behind else [one.label]
    first = named[0] if named else pair[0]
    if named and AGAINST.search(text[: mentions[0].start]):
        first = next(label for label in pair if label != first)
    second = pair[1] if first == pair[0] else pair[0]
    return [Owner(first, guessed=not named), Owner(second, guessed=not named)]


def _is_of_others(end: int, start: int, text: str) -> bool:
    """Whether other values stand between two values and an arm: "rash (5% vs 2%) and nausea (4% vs 1%) with alpha"."""
    return start > end and bool(re.search(r"\d ?%|\bvs\b", BRACKET.sub("", text[end:start])))


def _reference(mentions: Sequence[ArmMention], text: str) -> str | None:
    """The arm that a sentence compares the others with: "compared with placebo", "than with placebo"."""
    labels = {
        mention.label
        for mention in mentions
        if THAN.search(text, max(0, mention.start - 40), mention.start) or SAID.match(text, mention.start)
    }
    return labels.pop() if len(labels) == 1 else None


def _carried(values: int, book: ArmBook, text: str, before: str) -> list[Owner]:
    """Parallel values told "respectively" without a name: the arms in the order of the sentence before."""
    if values < 2 or "respectively" not in text or AMONG.search(text):
        return []
    labels = list(dict.fromkeys(mention.label for mention in book.find(before)))
    return [Owner(label) for label in labels] if len(labels) == values else []


def _directed(group: list[Measure], mentions: list[ArmMention], text: str, pair: tuple[str, str]) -> list[Owner] | None:
    """The arms of two values where words say in which arm it was higher: "(5 vs 3) ... higher in alpha"."""
    first, second = group[0].value, group[1].value
    if len({mention.label for mention in mentions}) != 1 or first is None or second is None or first == second:
        return None
    near = [m for m in mentions if not re.search("[,;]", BRACKET.sub("", text[group[1].end : m.start]))]
    said = next((match for match in (DIRECTED.search(text[: m.start]) for m in near) if match), None)
    if said is None:
        return None
    label = mentions[0].label
    other = pair[1] if label == pair[0] else pair[0]
    named_first = (first > second) == bool(said["more"])
    return [Owner(label), Owner(other)] if named_first else [Owner(other), Owner(label)]


def _is_counted(found: Sequence[Measure], book: ArmBook, text: str, before: str) -> bool:
    """Whether a sentence counts patients of the whole trial: "of 208 resections, 42 (20%) had ... and 33 (16%) had ..."."""
    counted = all(measure.count is not None for measure in found) and "respectively" not in text
    return counted and bool(OF_ALL.search(text)) and not BETWEEN.search(text) and not book.find(before)


def _is_of_levels(book: ArmBook, text: str) -> bool:
    """Whether the arms are the levels of an escalation, which share what is told of no level."""
    levels = len(book.arms) > 2 and all(LEVEL.match(label) for label in book.labels)
    return levels and "respectively" not in text


def _unnamed(measure: Measure, book: ArmBook, text: str, *, opposed: bool, alone: bool) -> Owner:
    """No arm in the sentence: a ratio compares the two arms whose values are `opposed`; the rest is the whole trial's."""
    if measure.statistic in EFFECTS:
        pair = comparison(book)
        plain = OF_OUTCOME.match(text) and not VERSUS.search(text)
        told = plain or ((opposed or BETWEEN.search(text)) and not AMONG.search(text))
        return Owner(*pair) if pair and told else Owner(sure=False)
    return Owner(sure=alone and not VERSUS.search(text) and not ONE_GROUP.search(text))


def comparison(book: ArmBook) -> tuple[str, str] | None:
    """The two arms of a two-arm trial, experimental first."""
    if len(book.arms) != 2:
        return None
    first, second = book.arms
    return (
        (second.label, first.label)
        if first.role == "comparator" and second.role != "comparator"
        else (first.label, second.label)
    )


def parallel(found: Sequence[Measure], text: str, mentions: Sequence[ArmMention] = ()) -> list[list[int]]:
    """Runs of like measures joined by "vs", "and" or commas: printed in parallel for several arms.

    With `mentions`, the names of arms between the values do not part them.
    """
    groups: list[list[int]] = []
    for place, measure in enumerate(found):
        if groups:
            last = found[groups[-1][-1]]
            if last.statistic == measure.statistic and leads_on(last, measure, text, mentions):
                groups[-1].append(place)
                continue
        groups.append([place])
    return groups


def leads_on(last: Measure, measure: Measure, text: str, mentions: Sequence[ArmMention] = ()) -> bool:
    """Whether only joining words, and names of arms, stand between two measures."""
    between = _without(text, last.reach or last.end, measure.start, mentions)
    apart = bool(mentions and APART.search(between))
    return last.p_value is None and len(between) < 40 and not apart and bool(JOIN.match(between))


def _without(text: str, start: int, end: int, mentions: Sequence[ArmMention]) -> str:
    """The text without the names of arms in it."""
    parts = []
    for mention in mentions:
        if start <= mention.start and mention.end <= end:
            parts.append(text[start : mention.start])
            start = mention.end
    return " ".join("".join([*parts, text[start:end]]).split())


def _group_owners(
    group: list[Measure], mentions: list[ArmMention], found: Sequence[Measure], text: str, book: ArmBook
) -> list[Owner]:
    if group[0].statistic in EFFECTS:
        return [_compared(measure, mentions, found, text, book) for measure in group]
    near = [_near(measure, mentions, found, text) for measure in group]
    if len(group) > 1:
        ordered = _in_order(group, mentions, text)
        if ordered and (None in near or len(set(near)) < len(group) or "respectively" in text):
            return [Owner(label) for label in ordered]
        # "(59 vs 71 vs 74)" of one arm that is named: two of the values are those of others, or of other times
        between = text[group[0].end : group[1].start]
        opposed = len(set(near)) == 1 and VERSUS.search(between) and not time_label(text, group[1].start)
        if opposed or ("respectively" in text and len(set(near)) < len(group)):
            return [Owner(sure=False) for _ in group]
    return [Owner(label) if label else Owner(sure=False) for label in near]


def _compared(
    measure: Measure, mentions: list[ArmMention], found: Sequence[Measure], text: str, book: ArmBook
) -> Owner:
    """Two arms set against each other in so many words, else the experimental one against the other, or of more arms the
    nearest against the one that the sentence compares them with.
    """
    pair = comparison(book)
    labels = list(dict.fromkeys(mention.label for mention in mentions))
    reference = _reference(mentions, text) if pair is None and len(labels) > 1 else None
    if reference:
        return _against(measure, reference, mentions, found, text)
    for one, other in pairwise(mentions):
        if one.label != other.label and DIRECTLY.match(text[one.end : other.start]):
            return Owner(one.label, other.label)
    if pair:
        return Owner(*pair)
    return Owner(labels[0], labels[1]) if len(labels) == 2 else Owner(sure=False)


def _against(
    measure: Measure, reference: str, mentions: list[ArmMention], found: Sequence[Measure], text: str
) -> Owner:
    """The arm of an effect against the one that a sentence compares several with: the next in order, or the nearest."""
    others = [mention for mention in mentions if mention.label != reference]
    labels = list(dict.fromkeys(mention.label for mention in others))
    effects = [each for each in found if each.statistic == measure.statistic]
    if "respectively" in text:
        told = len(effects) == len(labels)
        return Owner(labels[effects.index(measure)], reference) if told else Owner(sure=False)
    near = _near(measure, others, found, text)
    return Owner(near, reference) if near else Owner(sure=False)


def _in_order(group: list[Measure], mentions: list[ArmMention], text: str) -> list[str] | None:
    """Labels for parallel measures: the run of as many distinct arms nearest after the group, else before it."""
    after = list(dict.fromkeys(m.label for m in mentions if m.start >= group[-1].end))
    inside = list(dict.fromkeys(m.label for m in mentions if group[0].start <= m.start < group[-1].end))
    before = [m.label for m in mentions if m.end <= group[0].start]
    if inside:
        return None
    last = list(dict.fromkeys(reversed(before)))[: len(group)][::-1]
    if len(last) == len(group) and not (
        len(after) == len(group) and "respectively" in text[group[-1].end :] and len(set(before)) < len(group)
    ):
        return last
    return after[: len(group)] if len(after) >= len(group) else None


def _near(measure: Measure, mentions: list[ArmMention], found: Sequence[Measure], text: str) -> str | None:
    """The arm right after a measure ("12% in the control group"), else the last one before it."""
    reach = max(measure.reach, measure.end)
    aside = ASIDE.match(text, measure.end)
    inside = aside.end() if aside else measure.end
    stop = min([len(text), *(other.start for other in found if other.start > measure.start and other.start >= inside)])
    reach = max(reach, inside)
    following = [m for m in mentions if measure.end <= m.start < min(stop, reach + AFTER_REACH)]
    if following and SHARED_OUT.search(text, measure.end, following[0].start):
        return None
    if following and IN_BRACKET.match(text[measure.end : following[0].start]):
        return following[0].label
    if following and GIVEN_TO.match(BRACKET.sub("", text[measure.end : following[0].start])):
        return following[0].label
    preceding = [m for m in mentions if m.end <= measure.start and measure.start - m.end < BEFORE_REACH]
    between = text[measure.end : following[0].start] if following else ";"
    if preceding and not (GOES_ON.fullmatch(text, preceding[-1].end, measure.start) and OF_ITS_OWN.search(between)):
        return preceding[-1].label
    return None if re.search("[;:]", between) or VERSUS.search(between) else following[0].label


def listed_times(text: str, start: int, count: int) -> list[str]:
    """The time points of so many parallel values, where as many are listed before them."""
    listed = [match for match in LISTED_TIMES.finditer(text) if match.end() <= start]
    numbers = re.findall(r"\d+", listed[-1]["list"]) if listed and count > 1 else []
    return [f"{number} {UNIT[listed[-1]['unit'].lower()]}" for number in numbers] if len(numbers) == count else []


def time_beside(text: str, start: int) -> str | None:
    """The time right before a bracket of values."""
    match = TIME_BESIDE.search(text, max(0, start - 25), start)
    return span_of(match) if match else None


def time_label(text: str, start: int) -> str | None:
    """The time that stands before a value as its label; the time nought is the baseline."""
    match = TIME_LABEL.search(text, max(0, start - 25), start)
    return None if match is None else "baseline" if match["n2"] == "0" else span_of(match)


def timepoint(text: str, start: int, end: int, reach: int = 0) -> str | None:
    """The time point of a value: right behind it ("61% at week 24") or its interval and p-value (up to `reach`), in the
    name ("5-year OS"), else the last before it."""
    behind = None
    for place in dict.fromkeys((end, max(end, reach))):
        behind = TIMEPOINT.search(text, place, place + 70)
        if behind and BESIDE.match(text[place : behind.start()]):
            return read_timepoint(behind)
    closing = behind and BEHIND_ARM.fullmatch(text, max(end, reach), behind.start())
    if behind and closing and SINCE.search(text, max(0, start - 90), start):
        return read_timepoint(behind)
    named = list(TIMED_ENDPOINT.finditer(text, max(0, start - 170), start))
    earlier = [
        *TIMEPOINT.finditer(text, max(0, start - 170), start),
        *NEXT_TIME.finditer(text, max(0, start - 60), start),
    ]
    earlier.sort(key=re.Match.start)
    if named and (not earlier or named[-1].start() > earlier[-1].start()):
        number, unit = named[-1]["n"] or named[-1]["n2"], named[-1]["unit"] or named[-1]["first"]
        return f"{NUMBERS.get(number.lower(), number)} {UNIT[unit.lower()]}"
    if earlier:
        return read_timepoint(earlier[-1])
    return read_timepoint(behind) if behind and behind.start() - end < 50 else None
