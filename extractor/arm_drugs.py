"""The drugs of arms whose names do not tell them: those of the title, or the name itself where a dose stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.arm_names import name_key
from extractor.arm_roles import AGAINST
from extractor.arm_words import CONTROL_WORDS, MARKED, PLACEBO_OF, WITHOUT_DRUG
from extractor.dose_patterns import AMOUNT, PER_UNIT
from extractor.drug_mentions import DrugMention, drug_mentions, is_had
from extractor.quantities import NUMBER
from extractor.reading import Reading, Sentence
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Arm

OWN = ("abstract", "methods")
GIVEN_AMOUNT = rf"(?<![\w.]){NUMBER} ?-?(?:{AMOUNT})(?:{PER_UNIT}){{0,2}}(?![\w/])"
BESIDE = r"(?: (?:oral|daily|of|a day|per day|once daily|twice daily)){0,3}"
FEWEST_LETTERS = 3


def with_drugs(arms: list[Arm], reading: Reading) -> list[Arm]:
    """Arms with the drugs of the title where theirs are not said, else with their name as a drug where it is dosed."""
    titled = _of_title(reading)
    known = {drug for arm in arms for drug in arm.drugs} - {"placebo"}
    bare = [arm for arm in arms if _is_bare(arm, alone=len(titled) == 1)]
    named = [arm for arm in bare if _shares_a_word(arm, titled)] or bare
    if named and titled and not known and (len(titled) == 1 or len(named) == 1):
        return [arm.model_copy(update={"drugs": titled}) if arm in named else arm for arm in arms]
    return [_named_as_drug(arm, reading) if arm in bare else arm for arm in arms]


def with_added(arms: list[Arm]) -> list[Arm]:
    """Arms that are another and something more, "chemotherapy plus drug a" beside "chemotherapy alone", with its drugs."""
    keys = {arm.label: name_key(arm.label) for arm in arms}
    return [
        arm.model_copy(update={"drugs": tuple(sorted({*arm.drugs, *_of_base(keys[arm.label], arms, keys)}))})
        for arm in arms
    ]


def _of_base(key: str, arms: list[Arm], keys: dict[str, str]) -> tuple[str, ...]:
    base = next((arm for arm in arms if keys[arm.label] and key.startswith(f"{keys[arm.label]} + ")), None)
    return base.drugs if base and "placebo" not in base.drugs else ()


def _is_bare(arm: Arm, *, alone: bool) -> bool:
    """Whether an arm is given something that is not said; a comparator only where one drug is tried, in two forms."""
    names = (arm.label, *arm.synonyms)
    without = any(WITHOUT_DRUG.search(name) or CONTROL_WORDS.search(name) for name in names)
    return not (arm.drugs or without) and (alone or arm.role != "comparator")


def _shares_a_word(arm: Arm, drugs: tuple[str, ...]) -> bool:
    words = {word for drug in drugs for word in drug.lower().split()}
    return any(words & set(name.lower().split()) for name in (arm.label, *arm.synonyms))


def _of_title(reading: Reading) -> tuple[str, ...]:
    """The drugs that the title says are tried, in its order; before "versus" only."""
    found: list[str] = []
    for sentence in reading.sentences:
        if sentence.passage.kind == "title":
            against = AGAINST.search(sentence.text)
            end = against.start() if against else len(sentence.text)
            found.extend(m.name for m in drug_mentions(reading, sentence) if m.end <= end and _is_tried(sentence, m))
    return tuple(dict.fromkeys(found))


def _is_tried(sentence: Sentence, mention: DrugMention) -> bool:
    return not is_had(sentence, mention) and not PLACEBO_OF.match(sentence.text, mention.end)


def _named_as_drug(arm: Arm, reading: Reading) -> Arm:
    """An arm whose name is given in amounts: "10 mg of NAME once daily"."""
    names = [name for name in (arm.label, *arm.synonyms) if _may_be_drug(name)]
    if not names or not _is_dosed(names, reading.within(*OWN)):
        return arm
    written = (reading.abbreviations.get(name) for name in names)
    name = next((meaning for meaning in written if meaning), names[0])
    return arm.model_copy(update={"drugs": (name if name.isupper() else name.lower(),)})


def forms_of_drugs(arms: Iterable[Arm]) -> Iterator[tuple[str, tuple[str, ...], re.Pattern[str]]]:
    """The drugs that are the only ones of an arm, with the names of the arm that stand for them."""
    for arm in arms:
        if len(arm.drugs) == 1 and "placebo" not in arm.drugs:
            names = tuple(fold(name) for name in (arm.drugs[0], arm.label, *arm.synonyms) if _may_be_drug(name))
            if names:
                yield arm.drugs[0], names, re.once(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def _may_be_drug(name: str) -> bool:
    letters = sum(letter.isalpha() for letter in name)
    return letters >= FEWEST_LETTERS and not (
        MARKED.match(name) or CONTROL_WORDS.search(name) or re.search(r"\d", name)
    )


def _is_dosed(names: list[str], sentences: Iterable[Sentence]) -> bool:
    forms = "|".join(re.escape(fold(name)) for name in names)
    beside = re.once(rf"{GIVEN_AMOUNT}{BESIDE} (?:{forms})(?![\w-])|(?<![\w-])(?:{forms}),? \(?{GIVEN_AMOUNT}")
    return any(beside.search(s.text) for s in sentences if any(name in s.text for name in map(fold, names)))
