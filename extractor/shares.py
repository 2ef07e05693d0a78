"""Numbers of all patients with their shares in the arms: "31 died (17 in alpha and 14 in beta)"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.arm_book import ArmMention
from extractor.quantities import ANY_COUNT, count
from extractor.spreads import Measure
from ontology import regex as re

# What stands before the name of an arm that a number is of.
OF_ARM = re.compile(
    rf"(?<![\d.,/-])(?P<count>{ANY_COUNT})(?: ?[(\[][^()\[\]]*[)\]])?(?: (?:patients|subjects|participants|women|men|deaths|events|cases|died|were))?"
    r"(?: (?:in|with|for|on|from|of|to|receiving|given|assigned to|treated with))? ?(?:the |patients |those )*$",
    re.IGNORECASE,
)
# "in the alpha arm, 9 of 10 patients"
BEHIND_ARM = re.compile(
    rf"(?: (?:groups?|arms?|patients))?[,:]? (?P<count>{ANY_COUNT})\b(?=(?: out)? of |/| [(\[]| (?:patients|did|had|died)\b)",
    re.IGNORECASE,
)
LOOK_BACK = 60
REACH = 260


@dataclass(frozen=True)
class Shares:
    """Who the numbers of a sentence belong to where they add up: an arm, or nobody for the whole; and new measures."""

    owners: Mapping[int, str | None] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()


# "6 had it in the alpha group, while there were 4 in the beta group"
GOES_ON = re.compile(
    r"[^.;\d]{0,90}\b(?:and|while|whereas|versus|vs?\.?|compared (?:with|to))(?: (?:there were|it was|by|only|with))? ",
    re.IGNORECASE,
)


def going_on(text: str, found: Sequence[Measure], mentions: Sequence[ArmMention]) -> list[Measure]:
    """The bare number of an arm that goes on with a count of another: "6 in alpha and 4 in beta"."""
    more: list[Measure] = []
    for mention in mentions:
        last = next((m for m in reversed(found) if m.end <= mention.start), None)
        if last is None or last.count is None or last.total is not None or mention.start - last.end > REACH:
            continue
        match = OF_ARM.search(text, max(last.end, mention.start - LOOK_BACK), mention.start)
        number = count(match["count"]) if match else None
        if match and number is not None and GOES_ON.fullmatch(text, max(last.end, last.reach), match.start()):
            start, end = match.span("count")
            more.append(Measure("count", start, end, value=Decimal(number), count=number, reach=end))
    return more


def shares(text: str, found: Sequence[Measure], mentions: Sequence[ArmMention]) -> Shares:
    """The first number of a sentence that the numbers of two arms or more behind it add up to."""
    if len({mention.label for mention in mentions}) < 2:
        return Shares()
    for whole in found:
        parts = list(_parts(text, whole, mentions))
        if whole.count and len(parts) > 1 and sum(part.count or 0 for _, part in parts) == whole.count:
            owners = {part.start: label for label, part in parts} | {whole.start: None}
            taken = [(m.start, max(m.end, m.reach)) for m in found]
            new = [part for _, part in parts if not any(a <= part.start < b for a, b in taken)]
            return Shares(owners, tuple(new))
    return Shares()


def _parts(text: str, whole: Measure, mentions: Sequence[ArmMention]) -> Iterator[tuple[str, Measure]]:
    """The number of each arm behind a number, each arm once."""
    seen: set[str] = set()
    for mention in mentions:
        near = max(whole.end, mention.start - LOOK_BACK)
        if mention.label in seen or not whole.end <= mention.start < whole.end + REACH:
            continue
        match = OF_ARM.search(text, near, mention.start) or BEHIND_ARM.match(text, mention.end)
        number = count(match["count"]) if match else None
        if match and number is not None:
            seen.add(mention.label)
            start, end = match.span("count")
            yield mention.label, Measure("count", start, end, value=Decimal(number), count=number, reach=end)
