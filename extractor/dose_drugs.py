"""Which drug an amount is of: named beside it in the sentence, or told by what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from extractor.arm_words import PLACEBO_OF
from extractor.dose_amounts import Amount
from extractor.dose_arms import GIVEN_IN
from extractor.drug_mentions import DrugMention, drug_by_name, drug_mentions, is_had
from extractor.reading import Reading, Sentence
from extractor.study import Study
from ontology import regex as re

# "500 ml of dextrose": what follows is the substance, known or not.
OF_OTHER = re.compile(
    r" of (?!(?:the|this|study|each|every|body|treatment|active|oral|intravenous|subcutaneous|day|days|week|weeks|month|cycle)\b)[A-Za-z]{4,}"
)
OF_DRUG = re.compile(
    r"^[\s)]*(?:(?:/ ?day|per day|daily|once daily|twice daily|three times (?:a day|daily)|thrice daily|bid|tid|qid|b\.i\.d\.|t\.i\.d\.|q\.i\.d\.|q\.?d\.?|o\.?d\.?|single|doses?|total|once|twice|weekly|every other day|tablets?|capsules?"
    r"|oral|orally|intravenous|intravenously|iv|i\.v\.|i/v|subcutaneous|sublingual|intramuscular|infusions?|injections?|of|for|the|a|hyperbaric|"
    r"sustained-release|extended-release|recombinant|liposomal|normal|preservative[- ]free|pegylated|either|\([^()]{1,25}\)|\d(?:\.\d+)?%)[\s,]*){0,6}$",
    re.IGNORECASE,
)
# "a or b" without a dose between them
OR_DRUG = re.compile(r"\s*(?:\((?![^)]*\d ?(?:mg|g|ml|μg|mcg|IU|U)\b)[^)]*\)\s*)?or\s*(?:[\w-]+\s){0,2}", re.IGNORECASE)
# "fluorouracil 500 mg/m2, XY 100 mg/m2": a short form that stands right before its amount is a substance of its own.
OTHER_SUBSTANCE = re.compile(
    r"(?:^|[,;(]|\band|\bor|\bplus)\s*(?!(?:IV|IM|SC|PO|IP|IT|SL|ID|BID|TID|QID|QD|OD|BD|ER|XR|SR|CR|IR|MR|XL|LA|PR|ODT|DR|EC|HCl|AUC|DL|MTD|RP2D|D\d*|C\d*)\b)"
    r"[A-Z][A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*\s?\(?$"
)
# What is given with a drug, or measured, and is not lent one.
NOT_LENT = ("mL", "L", "Gy", "cGy", "MBq", "GBq", "mCi", "kBq")
BEFORE_REACH = 120
# "the difference for 150 mg vs drug a": the amount names an arm.
AGAINST = re.compile(r" (?:vs\.?|versus) (?!\d)")
ALTERNATIVE_AMOUNT = re.compile(r"(?: daily)?\s?(?:,|,? (?:or|and))\s?(?:either )?", re.IGNORECASE)
SLASHED = re.compile(r"\s?(?:/|-|\+|plus|and)\s?")
RADIATION = "radiotherapy"
RAYS = ("Gy", "cGy")
# Sentences of these words are about giving the drug that stands above them.
DOSING = re.compile(
    r"\b(?:(?:starting|initial|maintenance|loading|target|daily|maximum|minimum|study|first|final|recommended|total) dos(?:e|age)|dos(?:e|es|age|ages|ing) (?:was|were|is|of|ranged|could|will)|at (?:a|an|the) (?:\w+ )?dos(?:e|age))\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^(?:The|This|It|Its|Treatment|Dos(?:es?|ing|age)|Initial|Starting|Patients|Participants|Subjects)\b"
)
OWN_SECTIONS = frozenset({"methods", "abstract", "results"})


def drugs_of_all(
    study: Study, text: str, printed: Sequence[Amount], named: Sequence[DrugMention]
) -> list[list[DrugMention]]:
    """The drugs of each amount of a text; a placebo's is none, a group's name is a drug only where no other is meant."""
    mentions = [mention for mention in named if not PLACEBO_OF.match(text, mention.end)]
    apart = _without_groups(study, text, printed, mentions)
    found = [
        drugs_of(text, amount, apart, start) or drugs_of(text, amount, mentions, start)
        for amount, start in zip_longest(printed, [amount.start for amount in printed[1:]])
    ]
    return _shared(text, printed, found)


def borrowed_by(drug: DrugMention, printed: Sequence[Amount]) -> list[list[DrugMention]]:
    """A drug that a sentence is lent, for each of its amounts but for volumes and rays."""
    return [[] if amount.unit.startswith(NOT_LENT) else [drug] for amount in printed]


def drugs_of(text: str, amount: Amount, mentions: Sequence[DrugMention], following: int | None) -> list[DrugMention]:
    """The drug of an amount; both of "15 mg of either drug a or drug b"."""
    if amount.unit.startswith(RAYS):
        mentions = [mention for mention in mentions if mention.name == RADIATION]
    first = _drug_of(text, amount, mentions, following)
    if first is None:
        return []
    if amount.part:
        return _part(text, amount, first, mentions)
    if first.start >= amount.end and "either" in text[amount.end : first.start]:
        later = next((m for m in mentions if m.start > first.end), None)
        return [first, later] if later and OR_DRUG.fullmatch(text, first.end, later.start) else [first]
    earlier = next((m for m in reversed(mentions) if m.end < first.start), None)
    if earlier and first.end < amount.start and text[: earlier.start].endswith("either "):
        return [earlier, first] if OR_DRUG.fullmatch(text, earlier.end, first.start) else [first]
    return [first]


def _part(text: str, amount: Amount, whole: DrugMention, mentions: Sequence[DrugMention]) -> list[DrugMention]:
    """The drug of a combination that an amount of "160/4.5 μg" is of."""
    names = whole.name.split("-")
    if len(names) == 2 and all(name in drug_by_name() for name in names):
        return [replace(whole, name=names[amount.part - 1])]
    before = [m for m in mentions if m.end <= amount.start]
    pair = before[-2:]
    if len(pair) == 2 and SLASHED.fullmatch(text, pair[0].end, pair[1].start):
        return [pair[amount.part - 1]]
    return []


def _drug_of(text: str, amount: Amount, mentions: Sequence[DrugMention], following: int | None) -> DrugMention | None:
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
    if before and after and ";" in text[before[-1].end : amount.start] and ";" not in text[amount.end : after.start]:
        return after
    is_named = before and _direct(text[before[-1].end : amount.start])
    if not before or (not is_named and (OF_OTHER.match(text, amount.end) or AGAINST.match(text, amount.end))):
        return None
    return None if OTHER_SUBSTANCE.search(text[before[-1].end : amount.start]) else before[-1]


def _direct(between: str) -> bool:
    """Whether a drug stands right before its amount: "docetaxel 75", "docetaxel (75", "docetaxel: 75"."""
    return len(between) <= 3 and not set(between) & set(",;")


def _shared(text: str, printed: Sequence[Amount], found: Sequence[list[DrugMention]]) -> list[list[DrugMention]]:
    """The drugs of amounts; "10 mg or 25 mg of drug a" are both of it."""
    result = list(found)
    for place in range(len(printed) - 2, -1, -1):
        one, other = printed[place], printed[place + 1]
        if not result[place] and one.unit == other.unit and ALTERNATIVE_AMOUNT.fullmatch(text, one.end, other.start):
            result[place] = result[place + 1]
    return result


def with_arms(study: Study, text: str, printed: Sequence[Amount], known: list[DrugMention]) -> list[DrugMention]:
    """The drugs named in a text, with arms that go by a name of their own and stand right beside an amount."""
    found = [*known]
    for drug, names, form in study.forms_of_drugs:
        for match in form.finditer(text) if any(name in text for name in names) else ():
            free = all(match.end() <= m.start or m.end <= match.start() for m in known)
            if free and any(_is_beside(text, match, amount) for amount in printed):
                found.append(DrugMention(drug, match.start(), match.end()))
    return sorted(found, key=lambda mention: mention.start)


def _is_beside(text: str, name: re.Match[str], amount: Amount) -> bool:
    before = name.end() <= amount.start and _direct(text[name.end() : amount.start])
    return before or (amount.end <= name.start() and bool(OF_DRUG.match(text[amount.end : name.start()])))


def _without_groups(
    study: Study, text: str, printed: Sequence[Amount], mentions: Sequence[DrugMention]
) -> list[DrugMention]:
    """The drugs of a text but for those that name the group a dose was given in: "mean 670 mg in the alpha group"."""
    groups = [arm for arm in study.arms.find(text) if arm.firm and _follows_amount(text, arm.start, printed, mentions)]
    return [m for m in mentions if not any(arm.start <= m.start and m.end <= arm.end for arm in groups)]


def _follows_amount(text: str, start: int, printed: Sequence[Amount], mentions: Sequence[DrugMention]) -> bool:
    last = next((amount for amount in reversed(printed) if amount.end <= start), None)
    named = last is not None and any(mention.end <= last.start for mention in mentions)
    return bool(last and named and GIVEN_IN.fullmatch(text, last.end, start))


def lent(study: Study, number: int) -> DrugMention | None:
    """The drug of a sentence that speaks of a dose and names none: that of its heading, of the sentence before it, or the
    only one of the title. It stands at no place of the sentence."""
    sentence = study.reading.sentences[number]
    if sentence.kind not in OWN_SECTIONS:
        return None
    name = _of_heading(study, sentence) or (
        (_said_before(study.reading, number) or _of_title(study)) if DOSING.search(sentence.text) else None
    )
    return DrugMention(name, 0, 0) if name else None


def _of_heading(study: Study, sentence: Sentence) -> str | None:
    """The only drug of the arm that the heading names."""
    label = study.arms.resolve(sentence.passage.section.title)
    drugs = next((arm.drugs for arm in study.arms.arms if arm.label == label), ())
    return drugs[0] if len(drugs) == 1 and drugs[0] != "placebo" else None


def _said_before(reading: Reading, number: int) -> str | None:
    """The only drug of the sentence before, in the same passage."""
    here, before = reading.sentences[number], reading.sentences[number - 1] if number else None
    if before is None or before.passage is not here.passage or not GOES_ON.match(here.text):
        return None
    names = {m.name for m in drug_mentions(reading, before) if not PLACEBO_OF.match(before.text, m.end)}
    return names.pop() if len(names) == 1 else None


def _of_title(study: Study) -> str | None:
    """The only drug of the title, where no arm has another."""
    titled = [s for s in study.reading.sentences if s.passage.kind == "title"]
    names = {m.name for s in titled for m in drug_mentions(study.reading, s) if not is_had(s, m)}
    given = {drug for arm in study.arms.arms for drug in arm.drugs} - {"placebo"}
    return names.pop() if len(names) == 1 and given <= names else None
