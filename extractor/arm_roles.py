"""The part of each arm in its trial, experimental or comparator, where its name does not tell."""

from __future__ import annotations

from extractor.arm_book import ArmBook, book
from extractor.arm_names import drug_key
from extractor.arm_words import CONTROL_WORDS
from extractor.cues import Cued
from extractor.reading import Reading
from ontology import regex as re
from ontology.record import Arm

AGAINST = re.compile(
    r"\b(?:versus|vs\.?|v\.|compared (?:with|to)|in comparison (?:with|to)|(?:with|to) th(?:at|ose) of)\b",
    re.IGNORECASE,
)
# "X was chosen as the positive control", "an active comparator (X)": what a trial is sure of, beside a placebo.
SURE = r"(?:positive|active)[- ](?:control|comparator)\b"
CALLED_CONTROL = tuple(
    Cued(form, re.IGNORECASE)
    for form in (
        rf"(?P<named>[^.;,:]{{3,60}}?)(?: was| were| is)?(?: (?:chosen|used|included|given|administered|serv\w+|select\w+))? as (?:an? |the )?{SURE}",
        rf"\b{SURE}(?: arm| group)?(?: with|,| ?[(:]|\),?)? ?(?P<named>[^.;,:()]{{3,40}})",
    )
)
WORD = re.compile(r"[\w-]+")
INERT = frozenset({"saline", "water", "glucose", "sodium chloride", "Ringer's lactate"})
AIM = re.compile(
    r"\b(?:aim\w*|objectives?|purpose|compar(?:e|ing|isons?)|we (?:\w+ )?compared|evaluat\w+|investigat\w+|whether|assess\w*)\b",
    re.IGNORECASE,
)


def with_roles(arms: list[Arm], reading: Reading) -> list[Arm]:
    """Roles where the names do not tell: against a control, by "A versus B", or by more drugs than another arm has."""
    if all(arm.role for arm in arms):
        return arms
    titles = [s.text for s in reading.sentences if s.passage.kind == "title"]
    aims = [s.text for s in reading.within("abstract", "introduction") if AIM.search(s.text) and "%" not in s.text]
    controls = (
        _with_sure_control([arm.label for arm in arms if arm.role], arms, reading)
        or _inert(arms)
        or _set_against(titles, arms, reading)
        or _with_fewer_drugs(arms)
        or _set_against(aims, arms, reading)
    )
    if not 0 < len(controls) < len(arms):
        return arms
    return [arm.model_copy(update={"role": "comparator" if arm.label in controls else "experimental"}) for arm in arms]


def _with_sure_control(controls: list[str], arms: list[Arm], reading: Reading) -> list[str]:
    """The controls by name, and beside them the arm that is called the positive or active control."""
    if not controls or len(arms) - len(controls) < 2:
        return controls
    names = book(arms)
    for sentence, cued in reading.cued(CALLED_CONTROL):
        if sentence.kind in ("abstract", "methods"):
            for match in (match for form in cued for match in form.finditer(sentence.text)):
                called = _named_in(match["named"], arms, names, reading)
                if len(called) == 1:
                    return [*controls, *called.difference(controls)]
    return controls


def _inert(arms: list[Arm]) -> list[str]:
    """The arms that are given nothing but a solution, where others are given more."""
    return [arm.label for arm in arms if arm.drugs and set(arm.drugs) <= INERT]


def _with_fewer_drugs(arms: list[Arm]) -> list[str]:
    """The arms that are given a part of another arm's drugs."""
    drugs = {arm.label: set(arm.drugs) - {"placebo"} for arm in arms}
    return [label for label, given in drugs.items() if given and any(given < others for others in drugs.values())]


def _set_against(texts: list[str], arms: list[Arm], reading: Reading) -> list[str]:
    """The arms behind the first "versus" or "compared with" that has an arm on both sides; before it where those are the standard."""
    names = book(arms)
    for parts in (AGAINST.split(text, maxsplit=1) for text in texts):
        sides = [_named_in(part, arms, names, reading) for part in parts]
        if len(sides) == 2 and sides[0] - sides[1] and sides[1] - sides[0]:
            first = CONTROL_WORDS.search(parts[0]) and not CONTROL_WORDS.search(parts[1])
            theirs = sides[0] - sides[1] if first else sides[1] - sides[0]
            return [arm.label for arm in arms if arm.label in theirs]
    return []


def _named_in(text: str, arms: list[Arm], names: ArmBook, reading: Reading) -> set[str]:
    """The arms that a text names, or whose drugs it names and no other arm has."""
    found = {mention.label for mention in names.find(text)}
    drugs = drug_key(text, reading)
    own = [(arm, set(arm.drugs).difference(*(other.drugs for other in arms if other is not arm))) for arm in arms]
    return found or {arm.label for arm, only in own if only & drugs} or _by_last_word(text, arms)


def _by_last_word(text: str, arms: list[Arm]) -> set[str]:
    """The arm whose name ends in a word of the text: "chemotherapy" for "platinum-based chemotherapy"."""
    words = set(WORD.findall(text.lower()))
    found = {arm.label for arm in arms if arm.label.lower().split()[-1] in words}
    return found if len(found) == 1 else set()
