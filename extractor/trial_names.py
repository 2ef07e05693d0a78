"""The short name of a trial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractor.cues import Cued
from extractor.reading import Sentence
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re

# "MERIDIAN-2", "J-ALDER", "SCarlet RoAD", "ACTG 5142".
NAME = r"(?:[A-Z]{2}[a-z]+ )?(?:[A-Z]-)?[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*(?: (?:\d{1,3}|I{2,3}|IV))?"
TRIAL = r"(?:[Tt]rials?|[Ss]tud(?:y|ies))\b"
NAMED = Cued(
    rf"\b(?P<acronym>{NAME})\)? (?:[Tt]rial|[Ss]tudy)\b|\b(?:this|the|our) (?:trial|study),? (?:called|named|known as|termed) (?P<called>{NAME})\b"
)
# "The X (ACRONYM) study was", and where the abstract or the methods open with the name as their subject.
EXPLAINED = re.compile(rf"\((?:the )?(?P<acronym>{NAME})\) (?:(?:[Tt]rial|[Ss]tudy)\b|is an? |was an? )")
TITLED = re.compile(
    rf"^(?:[Tt]he )?(?P<first>{NAME})\)?: |\b[Tt]he (?P<the>{NAME}) (?:[\w-]+,? ){{0,5}}?{TRIAL}|(?:: |^)(?:[Tt]he )?(?P<last>{NAME}) {TRIAL}"
    rf"|\((?:the )?(?:[^()]{{0,60}}? )?(?P<bracketed>{NAME})(?: {TRIAL})?\)(?=:| ?$|[,.] )|\bin (?:the )?(?P<inside>{NAME})(?=:| {TRIAL})"
)
NUMBERED = re.compile(r"\d|-[IVX]+$")
SAYS_TRIAL = re.compile(r"\b(?:trial|study)\b", re.IGNORECASE)
# Words of medicine and of the conduct of trials in capitals.
NOT_ACRONYM = re.compile(
    r"^(?:RCTs?|ITT|PK|PD|PKPD|MRI|CT|PET|US|UK|USA|EU|DNA|RNA|HIV|FDA|EMA|WHO|NCI|NIH|NHS|EORTC|NCIC|SWOG|RTOG|ECOG|CALGB|I{1,3}[ab]?|IV|DB|OL|[A-Z]?\d+[A-Z]?|ICH|GCP|PP|AEs?|CONSORT|PROBE|COX|NSAID|PoC|QTc?|TQT|IVF|ICSI|BMI|ICU|PROs?|QoL|HRQoL|[A-Z]{1,2}|CD\d+|IL-?\d+|PD-?L?1|mAb|SNP|GWAS|PCR|ELISA)$"
)
OWN = ("abstract", "front", "methods", "results")
IN_TITLE = 3
EXPLICIT = 2
ENOUGH = 2
# Said so often it is the trial's name whatever the letters stand for.
OFTEN = 5


def acronym(study: Study) -> Iterator[Stated]:
    """The trial's short name, from the title or from "the X trial" said more than once."""
    mentions: dict[str, list[tuple[Sentence, tuple[int, int], int]]] = {}
    for sentence, name, span, weight in _mentions(study):
        mentions.setdefault(name, []).append((sentence, span, weight))
    votes = Counter({name: sum(weight for *_, weight in said) for name, said in mentions.items()})
    for name, count in votes.most_common():
        weights = [weight for *_, weight in mentions[name]]
        if count >= ENOUGH and _may_name(study, name, weights):
            sentence, span, _ = mentions[name][0]
            yield Stated("acronym", name, sentence.evidence(*span), "trial.acronym")
            return


def _mentions(study: Study) -> Iterator[tuple[Sentence, str, tuple[int, int], int]]:
    """The names that stand where a trial's stands, each with its place and weight."""
    for sentence in study.reading.sentences:
        title = sentence.passage.kind == "title"
        if not title and (sentence.kind not in OWN or sentence.cited):
            continue
        for form, weight in ((TITLED, IN_TITLE),) if title else ((NAMED, 1), (EXPLAINED, EXPLICIT)):
            for match in form.finditer(sentence.text):
                group = str(match.lastgroup)
                if not NOT_ACRONYM.match(match[group]):
                    yield sentence, match[group], match.span(group), weight


def _may_name(study: Study, name: str, weights: list[int]) -> bool:
    """Whether a word may be a trial's name: no arm's, and no short form of anything but a trial."""
    if name in {label for arm in study.arms.arms for label in (arm.label, *arm.synonyms)}:
        return False
    meaning = study.reading.abbreviations.get(name)
    if len(weights) >= OFTEN or NUMBERED.search(name) or (meaning and SAYS_TRIAL.search(meaning)):
        return True
    if meaning is None or weights.count(EXPLICIT) > 1:
        return len(weights) > 1 or _in_title_as_trial(study, name)
    # A title often makes the name from its own first words, or from letters of many.
    made = re.sub(r"\W*(?:the )?", "", study.reading.title, count=1).startswith(meaning.lower())
    initials = "".join(word[0] for word in re.split(r"[\s-]+", meaning) if word[:1].isalpha())
    return (made or initials.lower() != name.lower()) and _in_title_as_trial(study, name)


def _in_title_as_trial(study: Study, name: str) -> bool:
    """Whether the title says what the name is: "(NAME): a randomised trial", "NAME study"."""
    titles = [sentence.text for sentence in study.reading.sentences if sentence.passage.kind == "title"]
    word = re.escape(name)
    form = re.once(rf"(?:\({word}\)|^(?:the )?{word}):.*{TRIAL}|\b{word}\)? (?:[\w-]+ ){{0,5}}?{TRIAL}", re.IGNORECASE)
    return any(form.search(title) for title in titles)
