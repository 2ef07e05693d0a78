"""Counts of running text beside their percentage, where the total is printed elsewhere or nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Passage
from extractor.checks.arithmetic import UP, USUAL, decimals, percentage, rounding, totals
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.proportions import LEVELS, MODELLED, fractions
from extractor.quantities import count, decimal
from ontology import regex as re
from ontology.record import Check

# "(38.7%)" behind "24" or "24 patients relapsed"; a total beside it is read elsewhere.
PERCENT = re.compile(r"[(\[](?P<percent>\d{1,3}(?:\.\d+)?) ?%[)\];,]")
COUNT = re.compile(
    r"(?<![\d.,/%±<>=≤≥-])(?<! of )(?<!/ )\b(?P<count>[1-9]\d{0,4})(?P<words>(?: [a-zA-Z][a-z-]*){0,3}?),? ?$"
)
REACH = 60
UNIT = re.compile(
    r"^ (?:m?g|mcg|kg|ml|l|mm|cm|m|IU|U|Gy|weeks?|days?|months?|years?|h|hours?|min|minutes|cycles?|points?|doses?|times?|percent)\b",
    re.IGNORECASE,
)
# "Of the 62 patients, 24 (38.7%)"
OF_THOSE = re.compile(
    r"\b(?:of|among|out of) (?:the |these |all |a total of |our )*(?P<total>\d{1,3}(?:,\d{3})+|\d{2,6})(?: [a-z][a-z-]*){1,5}\b[^.;()%\d]{0,60}?,? $",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.;] (?=[A-Z\d])")
# "24 (38.7%) patients in the treated group"
IN_ARM = re.compile(
    r"(?: [a-z]+){0,3}? (?:in|of|from|with|receiving|on) (?:the )?(?P<name>[^,.;:()]{1,40}?) (?:group|arm|cohort)\b",
    re.IGNORECASE,
)
LARGEST = 20_000
# Neighbours of one total that prove it, and how near to the percentage a misprint of the last digit stays.
FEW = 3
NEAR = Decimal("0.3")
# Smaller counts of whole percentages may be of anything.
TELLING = 10


@dataclass(frozen=True)
class Share:
    """A count with its percentage; `total` where the sentence begins with it."""

    count: int
    percent: Decimal
    total: int | None
    passage: Passage
    start: int
    end: int
    arm: tuple[str, int] | None = None

    def of(self, total: int) -> str | None:
        """The way of rounding by which it is of a total."""
        return rounding(self.count, total, self.percent) if total >= self.count else None

    @property
    def possible(self) -> bool:
        """Whether any total gives the percentage."""
        near = totals(self.count, self.percent, LARGEST)
        first = int(100 * self.count / (self.percent + 1)) - 1
        last = int(100 * self.count / max(self.percent, Decimal("0.01"))) + 1
        return bool(near) or last > LARGEST or any(self.of(total) in USUAL for total in range(first, last + 1))


def shares(audit: Audit) -> Iterator[Check]:
    """Counts with a percentage whose total stands elsewhere: 100 x count / total.

    One fails where no total gives the percentage, where its neighbours in the sentence prove another total, or where it
    misses that of its sentence narrowly. Brown and Heathers 2017, Soc Psychol Personal Sci 8:363 (GRIM).
    """
    read = {(id(one.passage), one.end) for one in fractions(audit)}
    sizes = {
        name.lower(): (arm.label, arm.size)
        for arm in audit.record.arms
        if arm.size
        for name in (arm.label, *arm.synonyms)
    }
    for passage in audit.prose:
        if "%" not in passage.search:
            continue
        sentence: list[Share] = []
        last = 0
        for share in _printed(passage, sizes):
            if (id(passage), share.end - 1) in read or (id(passage), share.end) in read:
                continue
            if sentence and SENTENCE.search(passage.search, last, share.start):
                yield from _sentence(sentence, audit)
                sentence = []
            sentence.append(share)
            last = share.end
        yield from _sentence(sentence, audit)


def _printed(passage: Passage, sizes: Mapping[str, tuple[str, int]]) -> Iterator[Share]:
    text = passage.search
    for match in PERCENT.finditer(text):
        first = max(0, match.start() - REACH)
        counted = COUNT.search(text, first, match.start())
        percent = decimal(match["percent"])
        if counted is None or percent is None or not 0 < percent <= 100 or UNIT.match(counted["words"] + " "):
            continue
        start = counted.start()
        before = text[max(0, start - 150) : start].rpartition(". ")[2]
        if LEVELS.search(before) or MODELLED.search(before) or MODELLED.search(counted["words"]):
            continue
        whole = OF_THOSE.search(before)
        total = count(whole["total"]) if whole else None
        named = IN_ARM.match(text, match.end())
        arm = sizes.get(named["name"].lower()) if named else None
        yield Share(int(counted["count"]), percent, total, passage, start, match.end(), arm)


def _sentence(found: Sequence[Share], audit: Audit) -> Iterator[Check]:
    """The shares of one sentence, each against its own total, the known sizes and the total of its neighbours."""
    stated = next((share.total for share in found if share.total), None)
    of_arms = {share.arm[0]: share.of(share.arm[1]) for share in found if share.arm}
    for share in found:
        if share.arm and any(of_arms[name] in USUAL for name in of_arms):
            yield _of_arm(share, share.arm, audit)
            continue
        known = [size for size in (*((stated,) if stated else ()), *audit.sizes) if share.of(size) in USUAL]
        if known:
            yield _check(share, "holds", known[0], "")
        elif not share.possible:
            narrow = any(share.of(size) == UP for size in audit.printed_sizes)
            telling = decimals(share.percent) > 0 or share.count >= TELLING
            verdict: Verdict = "fails" if telling and not narrow else "undecided"
            yield _check(share, verdict, None, f"no total gives {share.percent}% for {share.count}")
        elif stated and stated == share.total and _misses(share, stated):
            yield _check(share, "undecided" if share.of(stated) == UP else "fails", stated, "")
        elif (total := _shared(share, found, audit)) is not None:
            yield _check(share, "fails", total, f", the total of the other {len(found) - 1} in the sentence")
        elif not any(share.of(number) in USUAL for number in audit.numbers if number >= share.count):
            yield _check(share, "undecided", None, "the total that would give it is printed nowhere")


def _of_arm(share: Share, arm: tuple[str, int], audit: Audit) -> Check:
    """A share of an arm whose sentence has a share of an arm that is right."""
    name, size = arm
    how = share.of(size)
    # A smaller total may be that of the arm's evaluable patients; a larger one is not of the arm.
    larger = 100 * share.count > share.percent * size and how is None
    explained = any(share.of(other) in USUAL for other in audit.printed_sizes)
    verdict: Verdict = "holds" if how in USUAL else "fails" if larger and not explained else "undecided"
    return _check(share, verdict, size, f" in {name}")


def _misses(share: Share, total: int) -> bool:
    """Whether a share is of a total but for the last digit."""
    return total >= share.count and abs(Decimal(100 * share.count) / total - share.percent) <= NEAR


def _shared(share: Share, found: Sequence[Share], audit: Audit) -> int | None:
    """The one printed number of which all others of the sentence are and this is not, where they are enough."""
    others = [other for other in found if other is not share]
    if len({other.count for other in others}) < FEW or not all(decimals(other.percent) for other in found):
        return None
    fitting = [
        number for number in {*audit.numbers, *audit.sizes} if all(other.of(number) in USUAL for other in others)
    ]
    return fitting[0] if len(fitting) == 1 and share.of(fitting[0]) is None else None


def _check(share: Share, verdict: Verdict, total: int | None, why: str) -> Check:
    evidence = share.passage.evidence(share.start, share.end)
    printed = f"{share.count} ({share.percent}%)"
    if total is None:
        text, exact = f"{place(evidence[0])} prints {printed}; {why} (100 x count / total).", "no total"
    else:
        exact = percentage(share.count, total, 2)
        text = f"{place(evidence[0])} prints {printed}; {share.count} of {total}{why} is {exact} (100 x count / total)."
    return finding("percentages", verdict, printed, exact, text, evidence)
