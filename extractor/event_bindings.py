"""Which event a number of a sentence counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.arm_book import ArmMention
from extractor.event_counts import IN_SOME, RESPECTIVELY, VERSUS, is_bracketed
from extractor.event_denials import NONE
from extractor.event_mentions import Mention
from extractor.quantities import ANY_COUNT, PEOPLE
from extractor.spreads import Measure
from ontology import regex as re

# Between a number and the event that follows it: somebody had it, or something was due to it.
ONSET = re.compile(
    r"\b(?:had|has|have|experienc\w+|report(?:ed|ing)|develop\w*|suffer\w*|(?<!treated )(?<!compared )with|presented|exhibit\w+|complain\w*|due to|because of|owing to|died (?:of|from)|showed|for)\b",
    re.IGNORECASE,
)
DIRECT = re.compile(
    r"^\s?(?:cases?|episodes?|events?|instances?|occurrences?|incidences?|rates?) of (?:[\w-]+ ){0,3}?$", re.IGNORECASE
)
# "one case of phlebitis"; "three serious adverse events".
CASE_OF = re.compile(r"^ of (?:[\w-]+ ){0,2}$")
AT_ONCE = re.compile(r"^ (?:(?:fatal|severe|possible|new|additional|other|further|on-study|early) )?$", re.IGNORECASE)
BESIDE = re.compile(
    r"^,? ?(?:\([^()]{0,40}\) ?)?(?:[\w/≥-]+[ ,]+){0,5}?[(\[] ?(?:in (?:the )?)?(?:[\w ,≥/:=+-]{0,40}?[:,;=] ?|X{2,}:? |any grade,? |grades? [\w/-]+,? (?:in )?|in |n ?= ?)?$",
    re.IGNORECASE,
)
BEFORE_REACH = 150
AFTER_REACH = 150
# An event that no table of terms has, in a list whose last item was one: "neutropenia (5%), and acute coronary syndrome (2%)".
NEW_EVENT = re.compile(r"^[\s)\]%]*,? ?(?:and |or |, and )?(?P<name>[a-z][\w/-]*(?: [\w/-]+){0,5}) ?[(\[] ?$")
# The same in a list without brackets: "nausea 7% vs. 6%, acute chest pain 0 vs. 2%".
BARE_EVENT = re.compile(r"^%?[,;] (?:and )?(?P<name>[a-z][\w/-]+(?: [\w/-]+){0,4}) $")
NO_NAME = re.compile(
    r"\b(?:in|the|vs?|versus|group|arm|placebo|patients?|with|for|of|and|or|was|were|compared|than|mg|respectively)\b"
)
# Numbers parted only by the names of their arms, which are masked: "(92%), the one (97%) and the other (95%)".
SHARED = re.compile(
    r"^[\])%]*(?: (?:in|on|with|for|of|among)(?: the| those)?(?: patients| participants| subjects)?(?: who (?:received|were given|had received)| receiving| treated with| assigned to)?(?: the)?)?(?: ?X{2,})?[\])]?(?: \([a-z][^()\d]{3,80}\))?(?:[;,]? and|[;,]|,? vs\.?|,? versus|,? compared with)(?: (?:in|on|with|for))?(?: the)?(?: X{2,})?[ :,]{0,2}[(\[]?$"
)
BRACKET = re.compile(r" ?[(\[]")
# A clause without its verb: "neutropenia was 80% with alpha and 78% with beta; grade 3 or 4 rash, 6% and 0%".
CLAUSE = re.compile(
    r"; (?:and )?(?:(?:any|all|severe|grades? \S+(?: (?:or|and|to) \S+)?)[ -])?(?:[a-z-]+ (?:or|and) )?$"
)
# The second of two numbers in one bracket.
INSIDE = re.compile(r"^(?:[^()\[\].;]|(?<=vs)\.|; ?(?=(?:any )?grades? )){0,40}$")
# "adverse events (n = 3), and withdrawal of consent (n = 2)": an item with its own number is counted for itself.
OTHER_ITEM = re.compile(
    r"^[)\]],? (?:and |or )?(?!(?:in|with|for|among|of|the|those|on|receiving|grades?)\b)[a-z][a-z-]+(?: (?!in\b|with\b|for\b)[a-z-]+){0,4} [(\[]n ?= ?$"
)
# A bracket that shares out the number before it: "five patients (three in ...".
OPENED = re.compile(rf"^ ?(?:{PEOPLE}|cases?)? ?[(\[]$", re.IGNORECASE)
# "three patients in the one arm and nine patients in the other had ...".
OTHER_ARM = re.compile(
    rf"^[)\]%]* ?(?:of (?:(?:the )?{PEOPLE}|those)? ?)?(?:(?:in|from|on|receiving|given) (?:the )?|(?=X{{2,}}))[^.;:,()]{{1,60}}?,? (?:and|compared with|vs?\.?|versus)(?: in)? $",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    r"\b(?:occurred|occurring|reported|observed|seen|noted|developed|experienced|found|documented|recorded|detected|affected|(?:led to|resulted in) (?:[a-z]+ ){0,2}?(?:discontinuations?|withdrawals?|reductions?|interruptions?))\b(?: (?:in|by|for|among|with|only|a|total|of|on))*\s?$",
    re.IGNORECASE,
)
# "..., but the difference was not significant (6.9% versus 0%)"; "gastric disorders, including nausea, were seen in".
NOT_SIGNIFICANT = re.compile(
    r",? but (?:this|the difference|it|they) (?:was|were) not (?:statistically )?significant"
    r"| (?:did not (?:significantly )?differ|(?:was|were) (?:not (?:significantly |statistically )*different|similar|comparable)) (?:significantly )?(?:between|among|across|in) (?:the |both |all )?(?:\w+ )?(?:groups|arms|treatments)(?= [(\[])",
    re.IGNORECASE,
)
ONE_OF = re.compile(r", (?:including|such as|mainly|e\.g\.,?) (?:[\w-]+ )?$", re.IGNORECASE)
# "three patients in the one arm had nausea, and none in the other".
AND_IN = re.compile(rf"s?,? (?:and|but) (?:none|no {PEOPLE}|{ANY_COUNT}) (?:in|from|on|receiving) ", re.IGNORECASE)
# "Rash of grade 2 occurred in 12 patients and rash of grade 3 in 4".
# "4 cases of rash in the one arm and 9 in the other", the names of the arms masked.
ALSO_IN = re.compile(
    r"(?: (?:was|were) (?:reported|observed|recorded|noted)| occurred)? (?:in|from|on|with|receiving|given) (?:the )?X{2,}(?: (?:groups?|arms?|recipients))?,? (?:and|versus|vs\.?|(?:as )?compared (?:with|to))(?: in)? ",
    re.IGNORECASE,
)
OF_ARM = re.compile(
    rf"^ ?(?:{PEOPLE} )?(?:\([^()]{{1,12}}\) )?(?:in|from|on|with|receiving|given) (?:the )?X{{2,}}", re.IGNORECASE
)
SHORT = re.compile(r"(?: of grades? [\w/-]+)? in ", re.IGNORECASE)
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
# "13 patients had grade 3 and 2 patients had grade 4 nausea"
ELLIPSIS = re.compile(r" (?:had|developed|experienced|reported) grades? [\w/-]+,? (?:and|or) ", re.IGNORECASE)
WHO_RECEIVED = re.compile(r"\bwho (?:received|had received|took|were given)\b")
VERB = re.compile(
    r"\b(?:was|were|is|are|occurred|in|reported|observed|seen|noted|developed|experienced|affect\w+|found|documented|by|of|rate|incidence|recorded|with)\b|:",
    re.IGNORECASE,
)
DUE_TO = re.compile(
    r"^[^.;,]{0,60}?\b(?:due to|from|of|caused by|because of|owing to|attributed to) (?:[\w-]+ ){0,3}$", re.IGNORECASE
)


def listed(found: Sequence[Measure], mentions: Sequence[Mention], text: str) -> Iterator[Mention]:
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


def masked(text: str, named: Sequence[ArmMention]) -> str:
    """A sentence in which the names of arms are no words."""
    for arm in named:
        text = text[: arm.start] + "X" * (arm.end - arm.start) + text[arm.end :]
    return text


def event_of(place: int, found: Sequence[Measure], mentions: Sequence[Mention], text: str) -> Mention | None:
    """The event that a number counts: in brackets after it, after the patients who had it, or before the verb."""
    measure = found[place]
    before = [m for m in mentions if m.end <= measure.start]
    last = found[place - 1] if place else None
    begin = (last.reach or last.end) if last else measure.start
    between = text[begin : measure.start]
    if not any(begin <= m.start for m in before) and OTHER_ITEM.match(between):
        return None
    if last and OPENED.match(between):
        return event_of(place - 1, found, mentions, text)
    return _told(place, found, mentions, text, between) or _elsewhere(place, found, mentions, text, between)


def _told(place: int, found: Sequence[Measure], mentions: Sequence[Mention], text: str, between: str) -> Mention | None:
    """The event that "respectively", a bracket or the next word tells."""
    measure, last = found[place], found[place - 1] if place else None
    before = [m for m in mentions if m.end <= measure.start]
    several = len([m for m in before if m.term]) > 1 and len(found) > 1 and not BRACKET.match(text, before[-1].end)
    own = _respectively(place, found, mentions) if several and RESPECTIVELY.search(text, before[-1].end) else None
    if own:
        return own
    told = NOT_SIGNIFICANT.sub("", text[before[-1].end : measure.start]) if before else ""
    if before and (measure.start == before[-1].end + 1 or BESIDE.match(told)):
        return before[-1]
    if before and told == ", " and CLAUSE.search(text[: before[-1].start]):
        return before[-1]
    direct = next((m for m in mentions if m.start >= measure.end), None) if measure.statistic == "count" else None
    if direct and direct.term is None and text[measure.end : direct.start] == " ":
        return _behind(place, found, mentions, text)
    if last and "XX" in text and SHARED.match(between):
        return event_of(place - 1, found, mentions, text)
    return None


def _elsewhere(
    place: int, found: Sequence[Measure], mentions: Sequence[Mention], text: str, between: str
) -> Mention | None:
    """The event of the bracket that a number stands in, of the words behind it, or of those before it."""
    measure = found[place]
    before = [m for m in mentions if m.end <= measure.start]
    bracketed = is_bracketed(text, measure.start)
    if before and bracketed and IN_SOME.match(text, before[-1].end, measure.end + 1):
        return before[-1]
    if place and bracketed and INSIDE.match(between):
        return event_of(place - 1, found, mentions, text)
    return _behind(place, found, mentions, text) or _ahead(place, found, before, text)


def _behind(place: int, found: Sequence[Measure], mentions: Sequence[Mention], text: str) -> Mention | None:
    """The event after a number that the words between lead to."""
    if place + 1 < len(found) and ELLIPSIS.fullmatch(text, found[place].end, found[place + 1].start):
        return event_of(place + 1, found, mentions, text)
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
        parallel = PARALLEL.match(WHO_RECEIVED.sub("", between))
        return event_of(place - 1, found, before, text) if parallel and not unknown else None
    if not before or measure.start - before[-1].end > BEFORE_REACH:
        return None
    if last and last.end <= before[-1].start and AND_IN.match(text, before[-1].end):
        return before[-1]
    between = NOT_SIGNIFICANT.sub("", text[before[-1].end : measure.start])
    again = last and last.end <= before[-1].start
    also = OF_ARM.match(text[measure.end :]) and ALSO_IN.fullmatch(text, before[-1].end, measure.start)
    if again and (also or SHORT.fullmatch(text, before[-1].end, measure.start)):
        return before[-1]
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
