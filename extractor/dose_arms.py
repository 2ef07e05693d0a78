"""Which arms a dose is given in: named in its sentence, the owners of its drug, or told apart by their doses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractor.arm_book import contains
from extractor.arm_names import name_key
from extractor.arm_words import DOSED
from extractor.dose_amounts import Amount
from extractor.dose_patterns import DOSE, dose_unit, schedule_of
from extractor.drug_mentions import DrugMention
from extractor.quantities import decimal
from extractor.reading import Sentence
from extractor.study import Study
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Arm, Dose

ARM_REACH = 160
# So short a name is a letter of a group.
LETTERS = 3
ALL_ARMS = re.compile(
    r"\b(?:in|of) (?:both|all|each|either)(?: of the)?(?: (?:two|three|four))?(?: (?:study|treatment|randomi[sz]ed))? (?:groups?|arms?)\b|\b(?:both|all)(?: (?:two|three|four))?(?: treatment| study)? (?:groups|arms) (?:also )?(?:received|were given|were treated)\b",
    re.IGNORECASE,
)
# "623 mg/day (SD 97) in the alpha group"
GIVEN_IN = re.compile(
    r"(?:\s?\([^()]*\))?\s?(?:in|for|with) (?:the )?(?:patients (?:in|on|receiving) (?:the )?)?", re.IGNORECASE
)
# "those allocated to X receive ...": the name is an arm's, though no "group" follows.
ALLOCATED = re.compile(r"\b(?:allocated|assigned|randomi[sz]ed) to (?:receive )?(?:the )?$", re.IGNORECASE)


def has_drug(arm: Arm, drug: str) -> bool:
    """Whether an arm is given a drug, by itself or as a part of a combination."""
    return drug in arm.drugs or any(drug in name.split("-") for name in arm.drugs)


def arm_of(study: Study, sentence: Sentence, amount: Amount, mention: DrugMention) -> str | None:
    """The arm of a dose: the one that alone has the drug, the last one named before the amount, or that of the heading.

    An arm named like the drug itself is the drug, unless "group" follows.
    """
    owners = [arm.label for arm in study.arms.arms if has_drug(arm, mention.name)]
    if len(owners) > 1 and any(DOSED.search(label) for label in owners):
        return None
    if len(owners) == 1:
        return owners[0]
    behind = next(iter(study.arms.find(sentence.text[amount.end :])), None)
    if behind and behind.label in owners and GIVEN_IN.fullmatch(sentence.text, amount.end, amount.end + behind.start):
        return behind.label
    text = sentence.text[: amount.start]
    named = [
        found
        for found in study.arms.find(text)
        if (not owners or found.label in owners) and (found.firm or found.start != mention.start)
    ]
    if named and amount.start - named[-1].end <= ARM_REACH:
        last = named[-1]
        if last.firm or len(owners) > 1 or ALLOCATED.search(text[: last.start]):
            return last.label
    headed = study.arms.resolve(sentence.passage.section.title)
    return headed if headed in owners else None


def each_arm(study: Study, dose: Dose) -> Iterator[Dose]:
    """A dose that no arm is named for, once for each arm that has the drug; arms that differ by dose have their own."""
    owners = _as_often(dose, [arm for arm in study.arms.arms if has_drug(arm, dose.drug)])
    dosed = [arm for arm in owners if any(DOSED.search(name) for name in _names(arm))]
    if dosed and len(owners) > 1:
        if dose.value_max is not None and len(dosed) > 1:
            return  # "2.5 to 60 mg" sums up what the arms are given
        amount = re.once(rf"(?<![\d.])(?:{dose.value}|{dose.value:,})(?![\d.])")
        owners = [arm for arm in dosed if any(amount.search(name) for name in _names(arm))]
    if dose.arm or not owners:
        yield dose
    else:
        yield from (_of_arm(dose, arm) for arm in owners)


def _of_arm(dose: Dose, arm: Arm) -> Dose:
    """A dose as an arm is given it; how often, where only the arm's name says it."""
    schedule = dose.schedule or (schedule_of(fold(arm.label))[0] if DOSED.search(arm.label) else None)
    return dose.model_copy(update={"arm": arm.label, "schedule": schedule})


def all_bound(found: Sequence[Dose]) -> Iterator[Dose]:
    """Doses, those without an arm in the arms that another sentence names for the same."""
    arms: dict[tuple[object, ...], list[str]] = {}
    for dose in found:
        if dose.arm and dose.arm not in arms.setdefault(_same(dose), []):
            arms[_same(dose)].append(dose.arm)
    for dose in found:
        bound = [] if dose.arm else arms.get(_same(dose), [])
        yield from (dose.model_copy(update={"arm": arm}) for arm in bound) if bound else [dose]


def _same(dose: Dose) -> tuple[object, ...]:
    return dose.drug, dose.value, dose.value_max, dose.unit, dose.kind


def in_all_arms(study: Study, sentence: Sentence, dose: Dose) -> Iterator[Dose]:
    """A dose of a drug that is no arm's own in each arm, where its sentence says that all are given it."""
    arms = study.arms.arms
    if dose.arm or any(has_drug(arm, dose.drug) for arm in arms) or not ALL_ARMS.search(sentence.text):
        yield dose
    else:
        yield from (dose.model_copy(update={"arm": arm.label}) for arm in arms)


def _names(arm: Arm) -> tuple[str, ...]:
    return (arm.label, *arm.synonyms)


def _as_often(dose: Dose, owners: list[Arm]) -> list[Arm]:
    """The arms whose names say how often the dose is given, where the names of all say that."""
    often = [{_frequency(name) for name in _names(arm)} - {None} for arm in owners]
    wanted = dose.schedule.frequency if dose.schedule else None
    return [arm for arm, said in zip(owners, often, strict=True) if wanted in said] if wanted and all(often) else owners


def _frequency(name: str) -> str | None:
    schedule, _ = schedule_of(fold(name))
    return schedule.frequency if schedule else None


def of_labels(arms: Sequence[Arm], found: Iterable[Dose]) -> Iterator[Dose]:
    """The doses that only the names of arms state: "Drug 25 mg daily"."""
    known = {(dose.drug, dose.arm) for dose in found}
    for arm in arms:
        printed = DOSE.search(fold(arm.label))
        if printed is None or len(arm.drugs) != 1 or (arm.drugs[0], arm.label) in known:
            continue
        schedule, route = schedule_of(fold(arm.label))
        yield Dose(
            drug=arm.drugs[0],
            arm=arm.label,
            value=decimal(printed["value"]),
            value_max=decimal(printed["value_max"]),
            unit=dose_unit(printed["amount"], printed["per"]),
            printed_unit=printed["amount"] + (printed["per"] or ""),
            route=route,
            schedule=schedule,
            kind="planned",
            evidence=arm.evidence[:1],
            rule="doses.label",
        )


def in_added_arms(arms: Sequence[Arm], found: Sequence[Dose]) -> Iterator[Dose]:
    """The doses of an arm for the arm that adds a drug to the same treatment, where its own are not said."""
    known = {(dose.drug, dose.arm) for dose in found}
    for dose in found:
        giving = next((arm for arm in arms if arm.label == dose.arm), None)
        if giving and dose.kind == "planned":
            added = [arm.label for arm in arms if _adds_to(arm, giving) and (dose.drug, arm.label) not in known]
            yield from (dose.model_copy(update={"arm": label}) for label in added)


def _adds_to(arm: Arm, base: Arm) -> bool:
    """Whether an arm is another and something more: by its drugs, and by its name where names tell the treatment."""
    name, other = name_key(fold(arm.label)), name_key(fold(base.label))
    named = contains(name, other) or other.startswith("#") or len(other) <= LETTERS
    return named and set(base.drugs) < set(arm.drugs)
