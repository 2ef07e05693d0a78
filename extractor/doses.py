"""Doses of the trial's drugs: amount, unit, route and schedule, tied to a drug and an arm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.arm_names import DOSED
from extractor.cues import Cued
from extractor.dose_patterns import AUC, DOSE, ROUTE, dose_unit, schedule_of
from extractor.drug_mentions import DrugMention, drug_mentions
from extractor.quantities import NUMBER, decimal
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from ontology.record import Dose, Schedule

PLANNING = ("front", "abstract", "methods", "other")
REPORTING = ("results",)
AUC_UNIT = "mg.min/mL"

# The words right before an amount.
KINDS = (
    (
        "reduced",
        Cued(r"\b(?:reduc\w+|lowered|decreased|de-escalat\w+)\b(?: \w+){0,3} (?:to|by)[^.;]{0,12}$", re.IGNORECASE),
    ),
    (
        "escalated",
        Cued(
            r"\b(?:escalat\w+|increased|up-?titrated|raised)\b(?: \w+){0,3} (?:to|by|up to)[^.;]{0,12}$", re.IGNORECASE
        ),
    ),
    ("minimum", Cued(r"\bminimum(?: daily)? dose\b[^.;]{0,20}$", re.IGNORECASE)),
    (
        "received",
        Cued(r"\b(?:median|mean|average|actual|cumulative|total)\b.{0,30}\bdos(?:e|age)\b", re.IGNORECASE),
    ),
)
# A dose in these words is a limit on other treatment, a measurement or another study's.
FOREIGN = Cued(
    r"\b(?:eligib\w+|exclu(?:ded|sion)|inclusion criteri|were ineligible|prior treatment with|previous(?:ly)? (?:stud|report|trial|treated)"
    r"|tablet strength|threshold|detection limit|calibration|stock solution|cell culture|in vitro|in vivo|mice|rats|animals)\b",
    re.IGNORECASE,
)
NOT_DOSE_AFTER = re.compile(r"^ ?(?:/ ?(?:dl|l|ml)\b|per (?:dl|deciliter|liter|litre|ml)\b)", re.IGNORECASE)
OF_DRUG = re.compile(
    r"^[\s,)]*(?:(?:/ ?day|per day|daily|once daily|twice daily|three times (?:a day|daily)|thrice daily|bid|tid|qid|b\.i\.d\.|t\.i\.d\.|q\.i\.d\.|q\.?d\.?|o\.?d\.?|single|doses?|total|once|twice|weekly|every other day|tablets?|capsules?"
    r"|oral|orally|intravenous|intravenously|iv|i\.v\.|subcutaneous|sublingual|intramuscular|infusions?|injections?|of|the|a|hyperbaric|"
    r"sustained-release|extended-release|recombinant|liposomal|\d(?:\.\d+)?%)[\s,]*){0,6}$",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r"[;]|\.\s|\)(?=\s(?:or|versus|vs|plus|and|in|group|arm))")
BEFORE_REACH = 120
ARM_REACH = 160
DAILY = frozenset({"once daily", "twice daily", "three times daily", "four times daily", "every other day"})
SAME_DOSE = re.compile(r"[,;]|\band\b|\bplus\b|\bor\b")
LISTED = re.compile(
    rf"(?<![\w.,/-])(?:(?<!day )(?<!days )(?<!n = )\b{NUMBER}(?:,? (?:or|and) |, (?=\d)| ?/ ?(?=\d)))+$"
)
# "FSH > 40 IU" is a limit, "up to 15 mg" is a dose.
LIMITS = frozenset("≥≤<>")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A printed dose in a sentence."""

    start: int
    end: int
    value: str
    value_max: str | None
    unit: str
    printed_unit: str | None
    times: int


def doses(study: Study) -> Iterator[Dose | Rejected]:
    """The doses that the paper plans for its own trial, and those its patients received."""
    planned: list[Dose] = []
    for item in _stated(study, PLANNING):
        if isinstance(item, Rejected):
            yield item
        else:
            planned.append(item)
            yield from _each_arm(study, item)
    known = {(dose.drug, dose.value, dose.unit) for dose in planned}
    for item in _stated(study, REPORTING):
        if isinstance(item, Rejected) or item.kind in ("received", "reduced", "escalated"):
            yield item
        elif (item.drug, item.value, item.unit) not in known:
            yield Rejected(item.rule, f"{item.drug} {item.value} {item.unit}", "only among the results", item.evidence)


def _stated(study: Study, sections: tuple[str, ...]) -> Iterator[Dose | Rejected]:
    for sentence in study.reading.sentences:
        titled = sentence.passage.kind == "title" and "front" in sections
        if sentence.kind in sections or titled:
            amounts = sorted(_amounts(sentence), key=lambda amount: amount.start)
            if amounts:
                yield from _sentence_doses(study, sentence, amounts)


def _each_arm(study: Study, dose: Dose) -> Iterator[Dose]:
    """A dose that no arm is named for, once for each arm that has the drug; arms that differ by dose have their own."""
    owners = [arm for arm in study.arms.arms if dose.drug in arm.drugs]
    dosed = [arm for arm in owners if any(DOSED.search(name) for name in (arm.label, *arm.synonyms))]
    if dosed and len(owners) > 1:
        amount = re.compile(rf"(?<![\d.]){dose.value}(?![\d.])")
        owners = [arm for arm in dosed if amount.search(arm.label)]
    if dose.arm or not owners:
        yield dose
    else:
        yield from (dose.model_copy(update={"arm": arm.label}) for arm in owners)


def _amounts(sentence: Sentence) -> Iterator[_Amount]:
    text = sentence.text
    for match in DOSE.finditer(text):
        if NOT_DOSE_AFTER.match(text[match.end() :]) or match["relation"] in LIMITS:
            continue
        printed = sentence.printed(match.start("amount"), match.end()).replace("$", "").strip()
        times = int(match["times"] or 1)
        unit = dose_unit(match["amount"], match["per"])
        for listed in _listed(text, match.start("value")):
            yield _Amount(*listed.span(), listed[0], None, unit, printed, 1)
        yield _Amount(match.start("value"), match.end(), match["value"], match["value_max"], unit, printed, times)
    for match in AUC.finditer(text):
        yield _Amount(match.start("value"), match.end("value"), match["value"], None, AUC_UNIT, "AUC", 1)


def _listed(text: str, end: int) -> list[re.Match[str]]:
    """The amounts before one that has the unit for them all: "15, 30, 60 or 90 mg"."""
    run = LISTED.search(text[:end])
    return list(re.compile(NUMBER).finditer(text, run.start(), end)) if run else []


def _sentence_doses(study: Study, sentence: Sentence, amounts: list[_Amount]) -> Iterator[Dose | Rejected]:
    mentions = drug_mentions(study.reading, sentence)
    foreign = FOREIGN.search(sentence.text)
    shared, shared_route = schedule_of(sentence.text[amounts[-1].end :])
    cycle = schedule_of(sentence.text)[0]
    for place, amount in enumerate(amounts):
        evidence = sentence.evidence(amount.start, amount.end)
        printed = sentence.text[amount.start : amount.end]
        mention = _drug_of(sentence.text, amount, mentions)
        if mention is None:
            yield Rejected("doses.amount", printed, "no drug near the amount", evidence)
            continue
        if foreign:
            yield Rejected("doses.amount", printed, f"in words of another matter: {foreign[0]}", evidence)
            continue
        end = amounts[place + 1].start if place + 1 < len(amounts) else len(sentence.text)
        window = _clause(sentence.text[amount.end : _next_drug(mentions, amount, end)])
        before = SAME_DOSE.split(sentence.text[max(0, min(mention.start, amount.start) - 25) : amount.start])[-1]
        schedule, route = schedule_of(f"{window}")
        route = route or next((name for name, form in ROUTE.items() if form.search(before)), None)
        route = route or (None if schedule else shared_route)
        yield Dose(
            drug=mention.name,
            arm=_arm(study, sentence, amount, mention),
            value=_times(amount.value, amount.times),
            value_max=decimal(amount.value_max),
            unit=amount.unit,
            printed_unit=amount.printed_unit,
            route=route,
            schedule=_merged(schedule, shared, cycle, window, per_day=amount.unit.endswith("/d")),
            kind=_kind(sentence, amount),
            evidence=(*evidence, *sentence.evidence(mention.start, mention.end)),
            rule="doses.amount",
        )


def _times(value: str, times: int) -> Decimal | None:
    number = decimal(value)
    return number * times if number is not None and times > 1 else number


def _next_drug(mentions: list[DrugMention], amount: _Amount, end: int) -> int:
    later = [mention.start for mention in mentions if mention.start > amount.end + 25]
    return min([end, *later])


def _clause(text: str) -> str:
    cut = CLAUSE_END.search(text)
    return text[: cut.start() + 1] if cut else text


def _merged(
    own: Schedule | None, shared: Schedule | None, cycle: Schedule | None, window: str, *, per_day: bool
) -> Schedule | None:
    """A drug's own schedule; what it lacks comes from the words that close the sentence, the cycle from anywhere in it."""
    mine, theirs, whole = (schedule or Schedule() for schedule in (own, shared, cycle))
    values = {
        "frequency": "once daily" if per_day and mine.frequency not in DAILY else mine.frequency or theirs.frequency,
        "days": mine.days or theirs.days,
        "cycle_length": mine.cycle_length or theirs.cycle_length or whole.cycle_length,
        "cycle_unit": mine.cycle_unit or theirs.cycle_unit or whole.cycle_unit,
        "infusion_minutes": mine.infusion_minutes,
    }
    if not any(values.values()):
        return None
    return Schedule(text=" ".join(window.split()).strip(" ,;:()")[:120] or None if own else None, **values)


def _drug_of(text: str, amount: _Amount, mentions: list[DrugMention]) -> DrugMention | None:
    """The drug of an amount: directly after it ("75 mg/m2 of docetaxel"), else the nearest before it."""
    after = next((m for m in mentions if m.start >= amount.end), None)
    if after and OF_DRUG.match(text[amount.end : after.start]):
        before = [m for m in mentions if m.end <= amount.start]
        taken = before and _direct(text[before[-1].end : amount.start])
        if not taken:
            return after
    before = [m for m in mentions if m.end <= amount.start and amount.start - m.end <= BEFORE_REACH]
    return before[-1] if before else None


def _direct(between: str) -> bool:
    """Whether a drug stands right before its amount: "docetaxel 75", "docetaxel (75", "docetaxel: 75"."""
    return len(between) <= 3 and "," not in between


def _kind(sentence: Sentence, amount: _Amount) -> str:
    near = sentence.text[max(0, amount.start - 70) : amount.start]
    if sentence.kind == "results":
        received = KINDS[3][1].search(sentence.text[max(0, amount.start - 60) : amount.start])
        if received:
            return "received"
    return next((kind for kind, form in KINDS[:3] if form.search(near)), "planned")


def _arm(study: Study, sentence: Sentence, amount: _Amount, mention: DrugMention) -> str | None:
    """The arm of a dose: the one that alone has the drug, or the last one named before the amount.

    An arm named like the drug itself is the drug, unless "group" follows.
    """
    owners = [arm.label for arm in study.arms.arms if mention.name in arm.drugs]
    if len(owners) > 1 and any(DOSED.search(label) for label in owners):
        return None
    if len(owners) == 1:
        return owners[0]
    named = [
        found
        for found in study.arms.find(sentence.text[: amount.start])
        if (not owners or found.label in owners) and (found.firm or found.start != mention.start)
    ]
    if named and amount.start - named[-1].end <= ARM_REACH and (named[-1].firm or len(owners) > 1):
        return named[-1].label
    return None
