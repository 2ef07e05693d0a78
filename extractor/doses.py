"""Doses of the trial's drugs: amount, unit, route and schedule, tied to a drug and an arm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from extractor.arm_names import DOSED, PLACEBO_OF
from extractor.cues import Cued
from extractor.dose_patterns import AUC, DOSE, cycle_in, dose_unit, routes_in
from extractor.dose_schedules import DAILY, Given, given
from extractor.drug_mentions import DrugMention, drug_mentions
from extractor.quantities import NUMBER, decimal
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from ontology.record import Dose, Schedule

PLANNING = ("front", "abstract", "methods", "other")
REPORTING = ("results",)
RADIATION = "radiotherapy"
AUC_UNIT = "mg.min/mL"

# The words right before an amount.
KINDS = (
    (
        "reduced",
        Cued(
            r"\b(?:reduc\w+|lowered|decreased|de-escalat\w+)\b(?:(?: \w+){0,3} (?:to|by)[^.;]{0,12}$"
            # "reduced to 10 mg and then to 8 mg", "Two reductions were allowed (20 mg"
            r"|[^.;]{0,90}\b(?:then|subsequently|further|finally) (?:to|by)? ?$|[^.;]{0,60}\b(?:allowed|permitted|possible)\b[^.;]{0,60}$)",
            re.IGNORECASE,
        ),
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
        Cued(
            r"\b(?:median|mean|average|actual|cumulative|total)\b.{0,30}\bdos(?:es?|age)\b",
            re.IGNORECASE,
        ),
    ),
)
# A dose in these words is a limit on other treatment, a measurement or another study's.
FOREIGN = Cued(
    r"\b(?:eligibility|(?:were|was|be|not|become) (?:in)?eligible|exclu(?:ded|sion)|inclusion criteri|were ineligible|prior treatment with|previous(?:ly)? (?:stud|report|trial|treated)"
    r"|tablet strength|threshold|detection limit|calibration|stock solution|cell culture|in vitro|in vivo|mice|rats|animals"
    r"|buffer(?:ed)?|dissolved in|distilled water|tap water|methanol|centrifug\w+|incubat\w+|limit of (?:quantitation|detection)|blood (?:samples?|volume)|lyophili[sz]ed|glass vial)\b",
    re.IGNORECASE,
)
NOT_DOSE_AFTER = re.compile(
    r"^ ?(?:/ ?(?:dl|l|ml)\b|per (?:dl|deciliter|liter|litre|ml)\b|(?:of )?(?:\w+ )?(?:water|blood|milk|juice)\b)",
    re.IGNORECASE,
)
# "(daily dose: 48 mg)" is reckoned from the dose, "± 12 mg" is a spread, "(range 300-900 mg)" the least and the most.
NOT_DOSE_BEFORE = re.compile(r"±\s?$|\((?:total )?daily dose:? (?:of )?$", re.IGNORECASE)
RANGED = re.compile(r"\brange[,:]? $", re.IGNORECASE)
# "500 ml of dextrose": what follows is the substance, known or not.
OF_OTHER = re.compile(
    r" of (?!(?:the|this|study|each|every|body|treatment|active|oral|intravenous|subcutaneous|day|days|week|weeks|month|cycle)\b)[A-Za-z]{4,}"
)
OF_DRUG = re.compile(
    r"^[\s)]*(?:(?:/ ?day|per day|daily|once daily|twice daily|three times (?:a day|daily)|thrice daily|bid|tid|qid|b\.i\.d\.|t\.i\.d\.|q\.i\.d\.|q\.?d\.?|o\.?d\.?|single|doses?|total|once|twice|weekly|every other day|tablets?|capsules?"
    r"|oral|orally|intravenous|intravenously|iv|i\.v\.|subcutaneous|sublingual|intramuscular|infusions?|injections?|of|the|a|hyperbaric|"
    r"sustained-release|extended-release|recombinant|liposomal|normal|preservative[- ]free|pegylated|either|\([^()]{1,25}\)|\d(?:\.\d+)?%)[\s,]*){0,6}$",
    re.IGNORECASE,
)
GIVEN = Cued(r"\b(?:given|administered|taken|received|injected|infused)\b", re.IGNORECASE)
OR_DRUG = re.compile(r"\s*(?:\([^)]*\)\s*)?or\s*(?:[\w-]+\s){0,2}")
# "20 mg twice daily [dose level -1]"
LOWER_LEVEL = re.compile(r"[^.;,\d]{0,30}[\[(] ?(?:dose )?level ?[-−] ?\d")
NEAR = 120
THEN = re.compile(r"(?:,| and| or)+(?: then| subsequently| further)?(?: to)? ")
BEFORE_REACH = 120
ARM_REACH = 160
LISTED = re.compile(
    rf"(?<![\w.,/-])(?:(?<!day )(?<!days )(?<!n = )(?<!\+)\b{NUMBER}(?:,? (?:or|and) |, (?=\d)| ?/ ?(?=\d)))+$"
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
    stated = list(_stated(study, PLANNING))
    yield from (item for item in stated if isinstance(item, Rejected))
    planned = _with_routes(study, list(_without_daily([item for item in stated if isinstance(item, Dose)])))
    planned.sort(key=lambda dose: not (dose.schedule and dose.schedule.days))
    for dose in planned:
        yield from _each_arm(study, dose)
    known = {(dose.drug, dose.value, dose.unit) for dose in planned}
    for item in _stated(study, REPORTING):
        if isinstance(item, Rejected) or item.kind in ("received", "reduced", "escalated"):
            yield item
        elif (item.drug, item.value, item.unit) not in known:
            yield Rejected(item.rule, f"{item.drug} {item.value} {item.unit}", "only among the results", item.evidence)


def _without_daily(planned: list[Dose]) -> Iterator[Dose]:
    """Doses, "1 mg/day" left out where the same is also said as 1 mg once daily."""
    daily = {(d.drug, d.value, f"{d.unit}/d") for d in planned if d.schedule and d.schedule.frequency == "once daily"}
    return (dose for dose in planned if (dose.drug, dose.value, dose.unit) not in daily)


def _with_routes(study: Study, planned: list[Dose]) -> list[Dose]:
    """Doses with the route of their drug, where the paper names a single one for it."""
    routes = {(dose.drug, dose.route) for dose in planned if dose.route}
    for sentence in study.reading.within("abstract", "methods"):
        route = routes_in(sentence.text) if GIVEN.search(sentence.text) else None
        drugs = {mention.name for mention in drug_mentions(study.reading, sentence)} if route else set()
        if route and len(drugs) == 1:
            routes.add((drugs.pop(), route))
    counts = Counter(drug for drug, _ in routes)
    single = {drug: route for drug, route in routes if counts[drug] == 1}
    return [dose if dose.route else dose.model_copy(update={"route": single.get(dose.drug)}) for dose in planned]


def _stated(study: Study, sections: tuple[str, ...]) -> Iterator[Dose | Rejected]:
    for number, sentence in enumerate(study.reading.sentences):
        titled = sentence.passage.kind == "title" and "front" in sections
        if sentence.kind in sections or titled:
            amounts = sorted(_amounts(sentence), key=lambda amount: amount.start)
            if amounts:
                found = _sentence_doses(study, sentence, amounts)
                yield from _in_cycles(found, _cycle_near(study, number, amounts[0].start))


def _cycle_near(study: Study, number: int, start: int) -> dict[str, object]:
    """The length of a cycle stated before the doses of a sentence, or in the next two sentences, which state no dose."""
    sentences = study.reading.sentences
    here = sentences[number]
    texts = [here.text[:start]]
    for sentence in sentences[number + 1 : number + 3]:
        if sentence.passage is not here.passage or "cycle" not in sentence.text.lower() or any(_amounts(sentence)):
            break
        texts.append(sentence.text)
    length, unit = next(
        (cycle for text in texts if "cycle" in text.lower() and (cycle := cycle_in(text))[0]), (None, None)
    )
    return {"cycle_length": length, "cycle_unit": unit} if length else {}


def _in_cycles(found: Iterator[Dose | Rejected], cycle: dict[str, object]) -> Iterator[Dose | Rejected]:
    """Doses on days of a cycle with its length, where it is stated apart from them."""
    for item in found:
        timed = item.schedule if isinstance(item, Dose) else None
        if cycle and isinstance(item, Dose) and timed and timed.days and not timed.cycle_length:
            yield item.model_copy(update={"schedule": timed.model_copy(update=cycle)})
        else:
            yield item


def _each_arm(study: Study, dose: Dose) -> Iterator[Dose]:
    """A dose that no arm is named for, once for each arm that has the drug; arms that differ by dose have their own."""
    owners = [arm for arm in study.arms.arms if dose.drug in arm.drugs]
    dosed = [arm for arm in owners if any(DOSED.search(name) for name in (arm.label, *arm.synonyms))]
    if dosed and len(owners) > 1:
        amount = re.compile(rf"(?<![\d.])(?:{dose.value}|{dose.value:,})(?![\d.])")
        owners = [arm for arm in dosed if any(amount.search(name) for name in (arm.label, *arm.synonyms))]
    if dose.arm or not owners:
        yield dose
    else:
        yield from (dose.model_copy(update={"arm": arm.label}) for arm in owners)


def _amounts(sentence: Sentence) -> Iterator[_Amount]:
    text = sentence.text
    for match in DOSE.finditer(text):
        if (
            NOT_DOSE_BEFORE.search(text[: match.start()])
            or NOT_DOSE_AFTER.match(text[match.end() :])
            or match["relation"] in LIMITS
        ):
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
    named = drug_mentions(study.reading, sentence)
    mentions = [m for m in named if not PLACEBO_OF.match(sentence.text, m.end)]
    foreign = FOREIGN.search(sentence.text)
    starts = [amount.start for amount in amounts[1:]]
    found = [_drugs_of(sentence.text, amount, mentions, start) for amount, start in zip_longest(amounts, starts)]
    bound = [(amount, drugs) for amount, drugs in zip(amounts, found, strict=True) if drugs]
    how = given(
        sentence.text,
        [(amount.start, amount.end) for amount, _ in bound],
        [(drugs[0].start, drugs[0].end) for _, drugs in bound],
        [(mention.start, mention.end) for mention in named],
    )
    for amount, drugs in zip(amounts, found, strict=True):
        evidence = sentence.evidence(amount.start, amount.end)
        printed = sentence.text[amount.start : amount.end]
        if foreign or not drugs or drugs[0].name == RADIATION:
            reason = "no drug near the amount" if not drugs else "radiation is no drug"
            reason = f"in words of another matter: {foreign[0]}" if foreign else reason
            yield Rejected("doses.amount", printed, reason, evidence)
    if not foreign:
        for (amount, drugs), manner in zip(bound, _shared(sentence.text, bound, how), strict=True):
            yield from (_dose(study, sentence, amount, drug, manner) for drug in drugs if drug.name != RADIATION)


def _shared(text: str, bound: list[tuple[_Amount, list[DrugMention]]], how: list[Given]) -> list[Given]:
    """The manners of amounts, those of "10 mg and then to 8 mg once daily" the same for both."""
    found = list(how)
    for place in range(len(found) - 2, -1, -1):
        (one, drugs), (other, others) = bound[place], bound[place + 1]
        same = drugs[0].name == others[0].name and THEN.fullmatch(text, one.end, other.start)
        if same and found[place].schedule is None:
            found[place] = replace(found[place], schedule=found[place + 1].schedule)
    return found


def _dose(study: Study, sentence: Sentence, amount: _Amount, mention: DrugMention, manner: Given) -> Dose:
    schedule = manner.schedule
    if amount.unit.endswith("/d") and (schedule is None or schedule.frequency not in DAILY):
        schedule = (schedule or Schedule()).model_copy(update={"frequency": "once daily"})
    return Dose(
        drug=mention.name,
        arm=_arm(study, sentence, amount, mention),
        value=_times(amount.value, amount.times),
        value_max=decimal(amount.value_max),
        unit=amount.unit,
        printed_unit=amount.printed_unit,
        route=manner.route,
        schedule=schedule,
        kind=_kind(sentence, amount),
        evidence=(*sentence.evidence(amount.start, amount.end), *sentence.evidence(mention.start, mention.end)),
        rule="doses.amount",
    )


def _times(value: str, times: int) -> Decimal | None:
    number = decimal(value)
    return number * times if number is not None and times > 1 else number


def _drugs_of(text: str, amount: _Amount, mentions: list[DrugMention], following: int | None) -> list[DrugMention]:
    """The drug of an amount; both of "15 mg of either drug a or drug b"."""
    first = _drug_of(text, amount, mentions, following)
    if first is None:
        return []
    if first.start >= amount.end and "either" in text[amount.end : first.start]:
        later = next((m for m in mentions if m.start > first.end), None)
        return [first, later] if later and OR_DRUG.fullmatch(text, first.end, later.start) else [first]
    earlier = next((m for m in reversed(mentions) if m.end < first.start), None)
    if earlier and first.end < amount.start and text[: earlier.start].endswith("either "):
        return [earlier, first] if OR_DRUG.fullmatch(text, earlier.end, first.start) else [first]
    return [first]


def _drug_of(text: str, amount: _Amount, mentions: list[DrugMention], following: int | None) -> DrugMention | None:
    """The drug of an amount: directly after it ("75 mg/m2 of docetaxel"), else the nearest before it.

    One that stands right before the `following` amount is of that one.
    """
    after = next((m for m in mentions if m.start >= amount.end), None)
    if after and following and after.end <= following and _direct(text[after.end : following]):
        after = None
    if after and OF_DRUG.match(text[amount.end : after.start]):
        before = [m for m in mentions if m.end <= amount.start]
        taken = before and _direct(text[before[-1].end : amount.start])
        if not taken:
            return after
    before = [m for m in mentions if m.end <= amount.start and amount.start - m.end <= BEFORE_REACH]
    if not before or (OF_OTHER.match(text, amount.end) and not _direct(text[before[-1].end : amount.start])):
        return None
    return before[-1]


def _direct(between: str) -> bool:
    """Whether a drug stands right before its amount: "docetaxel 75", "docetaxel (75", "docetaxel: 75"."""
    return len(between) <= 3 and "," not in between


def _kind(sentence: Sentence, amount: _Amount) -> str:
    near = sentence.text[max(0, amount.start - NEAR) : amount.start]
    if LOWER_LEVEL.match(sentence.text, amount.end):
        return "reduced"
    if sentence.kind in ("results", "abstract"):
        received = KINDS[3][1].search(sentence.text[: amount.start])
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
