"""The amounts of a sentence that are doses: single ones, ranges, lists and tablets counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.dose_patterns import AUC, DOSE, PER_UNIT, UNIT, dose_unit
from extractor.quantities import NUMBER, decimal, words_to_number
from extractor.reading import Sentence
from ontology import regex as re

AUC_UNIT = "mg.min/mL"
NOT_DOSE_AFTER = re.compile(
    r"^ ?(?:/ ?(?:dl|l|ml|mol|mmol|g|tube|vial|ampoule|tablet|capsule)\b|per (?:dl|deciliter|liter|litre|ml|mol)\b|(?:of )?(?:\w+ )?(?:water|blood|milk|juice)\b|(?:in|de)crements?\b|steps?\b)",
    re.IGNORECASE,
)
# "(daily dose: 48 mg)" is reckoned from the dose, "(equivalent to 3 mg ...)" and "5 mg/kg (maximum 600 mg)" go with
# another, "± 12 mg" and "~ 12 mg" are measured, "requiring 60 mg" is the patients' need.
NOT_DOSE_BEFORE = re.compile(
    r"[±~≈]\s?$|\((?:total )?daily dose:? (?:of )?$|\((?:which is )?(?:equivalent|corresponding|equal)(?: to)? $"
    r"|\d ?(?:[mμ]?g|mcg|IU|U|ml)\b[^()[\]]{0,12}[(\[](?:(?:with |up )?(?:to )?(?:a |the )?max(?:imum|imal|\.)?(?: (?:total|single|absolute|daily))?(?: dose)?(?: of)?:?|capped at|cap(?: of)?:?|not (?:to exceed|exceeding|more than)|total(?: of)?) $"
    r"|\brequir(?:ed|ing|es?) (?:at least |between |up to )?$",
    re.IGNORECASE,
)
# "(range 300-900 mg)" of what was received is the least and the most.
RANGED = re.compile(r"\brange[,:]? (?:of |from )?$", re.IGNORECASE)
# "3 mg of drug per kilogram of body weight"
PER_AFTER = re.compile(rf" of (?:[\w-]+ ){{1,3}}?(?P<per>(?:{PER_UNIT}){{1,3}})")
# How a drug is made is no dose: "supplied as 20-mg tablets".
SUPPLIED = re.compile(
    r"\b(?:supplied|available|provided|formulated|manufactured|packaged|dispensed|used(?: in this study)?) (?:as|in) [^.;]{0,40}$",
    re.IGNORECASE,
)
FORM = re.compile(r"[- ]?(?:\w+ )?(?:tablets?|capsules?|vials?|ampoules?|sachets?|pens?)\b", re.IGNORECASE)
# "three tablets of 200 mg", "(200 mg x 3)" of tablets
COUNTED = re.compile(
    r"\b(?P<count>two|three|four|five|six|[2-6]) (?:\w+ ){0,2}?(?:tablets?|capsules?|pills?) (?:of |\()?(?:either )?$",
    re.IGNORECASE,
)
# "four 250-mg tablets"
IN_FRONT = re.compile(r"\b(?P<count>two|three|four|five|six) $", re.IGNORECASE)
MULTIPLIED = re.compile(r" ?[x×] ?(?P<count>[2-9])(?= ?(?:tablets?|capsules?|pills?)\b|[),;.])", re.IGNORECASE)
TABLETS = re.compile(r"\b(?:tablets?|capsules?|pills?)\b", re.IGNORECASE)
TABLET_REACH = 80
# "0.4 mL (2 mg)": the volume of what is given is no second dose.
VOLUME_OF = re.compile(r"\s?[(=]\s?$")
VOLUMES = frozenset({"mL", "L"})
LISTED = re.compile(
    rf"(?<![\w.,/-])(?:(?<!day )(?<!days )(?<!n = )(?<!\+)\b{NUMBER}(?:,? (?:or|and) |, (?=\d)| ?/ ?(?=\d)))+$"
)
# "160/4.5 μg" of a combination
COMBINED = re.compile(rf"(?<![\w.,/-])(?P<one>\d+(?:\.\d+)?) ?/ ?(?P<two>\d+(?:\.\d+)?) ?-?{UNIT}")
DIGIT = re.compile(r"\d")
# What is said right before an amount.
NEAR = 90
# "FSH > 40 IU" is a limit, "up to 15 mg" is a dose.
LIMITS = frozenset("≥≤<>")


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed dose in a sentence; `part` tells which drug of a combination it is of, "160/4.5 μg"."""

    start: int
    end: int
    value: str
    value_max: str | None
    unit: str
    printed_unit: str | None
    times: int = 1
    power: int = 0
    part: int = 0

    @property
    def number(self) -> Decimal | None:
        """The amount given at once."""
        number = decimal(self.value)
        return number if number is None or self.times == 1 == 10**self.power else number * self.times * 10**self.power


def amounts(sentence: Sentence) -> list[Amount]:
    """The doses that a sentence prints, in order."""
    found = sorted(_amounts(sentence), key=lambda amount: amount.start)
    return [one for place, one in enumerate(found) if not _is_volume(one, found[place + 1 : place + 2], sentence.text)]


def _is_volume(one: Amount, following: list[Amount], text: str) -> bool:
    """Whether an amount is the volume of the dose in the bracket right behind it."""
    other = following[0] if following else None
    return (
        other is not None
        and one.unit in VOLUMES
        and other.unit not in VOLUMES
        and bool(VOLUME_OF.fullmatch(text, one.end, other.start))
    )


def _amounts(sentence: Sentence) -> Iterator[Amount]:
    text = sentence.text
    if not DIGIT.search(text):
        return
    for match in DOSE.finditer(text):
        if _is_no_dose(text, match) or (
            sentence.kind == "results" and RANGED.search(text[max(0, match.start() - NEAR) : match.start()])
        ):
            continue
        printed = sentence.printed(match.start("amount"), match.end()).replace("$", "").strip()
        after = None if match["per"] else PER_AFTER.match(text, match.end())
        unit = dose_unit(match["amount"], after["per"] if after else match["per"])
        for listed in _listed(text, match.start("value")):
            yield Amount(*listed.span(), listed[0], None, unit, printed)
        whole = Amount(match.start("value"), match.end(), match["value"], match["value_max"], unit, printed)
        yield from _apart(replace(whole, times=_times(text, match), power=int(match["power"] or 0)), match)
    for match in COMBINED.finditer(text) if "/" in text else ():
        unit = dose_unit(match["amount"], match["per"])
        printed = sentence.printed(match.start("amount"), match.end()).strip()
        yield Amount(match.start("one"), match.end("one"), match["one"], None, unit, printed, part=1)
        yield Amount(match.start("two"), match.end(), match["two"], None, unit, printed, part=2)
    for match in AUC.finditer(text):
        yield Amount(match.start("value"), match.end("value"), match["value"], None, AUC_UNIT, "AUC")


def _is_no_dose(text: str, match: re.Match[str]) -> bool:
    return bool(
        match["relation"] in LIMITS
        or NOT_DOSE_BEFORE.search(text[max(0, match.start("value") - NEAR) : match.start("value")])
        or NOT_DOSE_AFTER.match(text[match.end() :])
        or (FORM.match(text, match.end()) and SUPPLIED.search(text[: match.start()]))
    )


def _times(text: str, match: re.Match[str]) -> int:
    """How many of the amount are given at once."""
    counted = COUNTED.search(text[max(0, match.start() - NEAR) : match.start()])
    behind = MULTIPLIED.match(text, match.end())
    if behind and TABLETS.search(text, max(0, match.start() - TABLET_REACH), behind.end() + 10):
        counted = behind
    if not counted and FORM.match(text, match.end()):
        counted = IN_FRONT.search(text[: match.start()])
    return int(match["times"] or 1) * (_count(counted["count"]) if counted else 1)


def _apart(amount: Amount, match: re.Match[str]) -> Iterator[Amount]:
    """A range as one amount; what falls, "125 mg-80 mg", is two."""
    low, high = decimal(amount.value), decimal(amount.value_max)
    if low is None or high is None or low < high:
        yield amount
        return
    yield replace(amount, end=match.end("value"), value_max=None)
    yield replace(amount, start=match.start("value_max"), value=str(amount.value_max), value_max=None)


def _listed(text: str, end: int) -> list[re.Match[str]]:
    """The amounts before one that has the unit for them all: "15, 30, 60 or 90 mg"."""
    run = LISTED.search(text[:end])
    return list(re.compile(NUMBER).finditer(text, run.start(), end)) if run else []


def _count(printed: str) -> int:
    return int(printed) if printed.isdigit() else words_to_number(printed) or 1
