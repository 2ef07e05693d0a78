"""The drugs a paper names, and the part each has in its trial."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from extractor.cues import Cued
from extractor.drug_mentions import NOT_A_DRUG, DrugMention, drug_by_name, drug_mentions, is_had, is_past, stem_class
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Dose, Drug, Evidence

OWN = frozenset({"front", "abstract", "methods", "results"})
MAX_EVIDENCE = 8
MISPRINT = 0.85
# Substances that the body has and the laboratory measures; drugs only where a dose of them is given.
ENDOGENOUS = frozenset(
    "insulin glucose albumin oxygen hydrogen nitrogen testosterone estradiol progesterone cortisol calcium potassium sodium "
    "magnesium iron creatinine urea water alcohol ethanol cholesterol histamine dopamine serotonin melatonin zinc copper "
    "estrogen oestrogen ferritin fluorescein glucagon prolactin thyroxine adrenaline noradrenaline acetylcholine homocysteine carnitine choline".split()
)

BACKGROUND = re.compile(
    r"\b(?:premedicat\w+|pre-medicat\w+|prophyla\w+|antiemetic|anti-emetic|supportive|rescue|concomitant|permitted|allowed|received|(?:was|were) (?:given|used|administered)"
    r"|induction of an[a]?esthesia|an[a]?esthesia was|stable doses? of|in addition to|recommended (?:for|in)|background|add-?on to|standard of care)\b",
    re.IGNORECASE,
)
NOT_GIVEN = re.compile(
    r"\b(?:eligib\w+|exclu\w+|inclusion|ineligible|prohibited|not (?:allowed|permitted)|history of|prior to (?:enrol\w+|study)|previous(?:ly)?|washout|interact\w+|(?:second|third|later)[- ]line|salvage (?:\w+ )?(?:therap\w+|treatments?|chemotherap\w+)|subsequent (?:\w+ )?(?:therap(?:y|ies)|treatments?)\b|post-?(?:study|progression)|at (?:relapse|progression|recurrence))\b",
    re.IGNORECASE,
)
# "patients received drug or placebo", "a placebo-controlled trial"; "compared with placebo" may be of another trial.
PLACEBO = Cued(
    r"(?:\bor |\band )(?:matching |matched )?placebo\b(?![- ](?:corrected|adjusted))|\bplacebo(?= (?:group|arm|tablets?|capsules?)\b|(?:- and [\w-]+)?[- ]controlled\b)",
    re.IGNORECASE,
)
ELIGIBILITY = re.compile(r"eligib|inclusion|exclusion|participants|patients|subjects", re.IGNORECASE)
# "(Novartis, Basel, Switzerland)" or "(Velcade; Millennium Pharmaceuticals Inc.)" right after the drug's name.
MAKER = re.compile(
    r"^[^()\[\].;]{0,40}[(\[](?:[A-Z][\w®™-]+[®™]?[,;:] )?(?P<maker>(?:[A-Z][\w&.' -]*?)?(?:"
    r"Pharma\w*|Inc|Ltd|GmbH|AG|Corp\w*|Laborator\w+|Biotech\w*|Therapeutics|Co\b|S\.?A\.?|LLC|KGaA|plc|Company|Oncology|Healthcare"
    r"|Novartis|Pfizer|Roche|Genentech|Merck|Sanofi|AstraZeneca|Bayer|Lilly|Amgen|GlaxoSmithKline|Janssen|Takeda|AbbVie|Celgene"
    r"|Boehringer|Bristol|Teva|Sandoz|Hospira|Cipla|Baxter|Fresenius|Exelixis|Ipsen|Eisai|Astellas|Daiichi|Otsuka|Servier|Biogen|Gilead"
    r"|Regeneron|Vertex|Incyte|BeiGene|Hengrui|Tianqing|Qilu|Junshi|Innovent|Akeso|Hutchmed|Zai Lab|Genmab|Seagen|MSD|BMS|GSK|UCB|Allergan|Mylan)[\w&.' -]*)(?=[,;)\]])"
)


Mentions = list[tuple[Sentence, DrugMention]]


def drugs(study: Study) -> Iterator[Drug | Rejected]:
    """Each drug of the paper once, with its role, classes, targets and maker."""
    places: dict[str, Mentions] = defaultdict(list)
    for sentence in study.reading.sentences:
        if sentence.kind == "references" or sentence.passage.kind == "back":
            continue
        for mention in drug_mentions(study.reading, sentence):
            places[mention.name].append((sentence, mention))
    yield from _in_stubs(study, places.keys())
    dosed = _dosed(study)
    for name, found in places.items():
        if name == "radiotherapy":
            continue
        drug = _drug(study, name, found, dosed)
        reason = None if dosed[name] else _objection(drug, found, places)
        yield Rejected(drug.rule, name, reason, drug.evidence) if reason else drug
    yield from _named_as_arms(study, places.keys())
    yield from _placebo(study)


def _objection(drug: Drug, found: Mentions, places: Mapping[str, Mentions]) -> str | None:
    """Why what no dose is given of is no drug of its own."""
    name = drug.name
    if _is_of_the_body(name, found) and drug.role in ("mentioned", "background"):
        return "a substance of the body, given nowhere"
    known = [other for other, mentions in places.items() if not mentions[0][1].stem]
    if found[0][1].stem and not drug.concept and get_close_matches(name, known, 1, MISPRINT):
        return "a misprint of another drug of the paper"
    if drug.role == "mentioned" and "-" in name and places.keys() >= set(name.split("-")):
        return "a combination of drugs that the paper names"
    return None


def _named_as_arms(study: Study, known: Iterable[str]) -> Iterator[Drug]:
    """Drugs that no table of ours has: arms that go by the name of what they are given."""
    for arm in study.arms.arms:
        for name in arm.drugs:
            printed = {other.lower() for other in (arm.label, *arm.synonyms)}
            written = {study.reading.abbreviations.get(other, "").lower() for other in (arm.label, *arm.synonyms)}
            if name not in {*known, *drug_by_name(), "placebo"} and name.lower() in printed | written:
                yield Drug(name=name, role=arm.role or "experimental", evidence=arm.evidence[:1], rule="drugs.arm")


def _in_stubs(study: Study, known: Iterable[str]) -> Iterator[Drug]:
    """Drugs that only the rows of a table name: what patients had before or took besides."""
    for table in study.document.tables:
        cells = [row[0] for row in table.grid[table.header_rows :] if row[0] and row[0].text.strip()]
        for cell in dict.fromkeys(cells):
            text = fold(cell.text)
            for match in study.reading.language.find(text):
                term = match.term
                guarded = text[match.start : match.end].lower() in {label.lower() for label in term.values("guarded")}
                aside = term.name in known or term.name in ENDOGENOUS or guarded or NOT_A_DRUG.match(text[match.end :])
                if term.kind == "drugs" and not aside:
                    yield Drug(
                        name=term.name,
                        concept=term.concept,
                        classes=term.values("classes"),
                        targets=term.values("targets"),
                        role="mentioned",
                        evidence=(table.evidence(cell),),
                        rule="drugs.stub",
                    )


def _is_of_the_body(name: str, found: Mentions) -> bool:
    """Whether a name may be the body's own: by the table, or where only guarded labels of the term are printed."""
    term = drug_by_name().get(name)
    guarded = {label.lower() for label in term.values("guarded")} if term else set()
    if any("therapy" in printed or "supplement" in printed for printed in _printed(found)):
        return False
    return name in ENDOGENOUS or (bool(guarded) and _printed(found) <= guarded)


def _placebo(study: Study) -> Iterator[Drug]:
    """Placebo, where an arm is given it, or title or abstract say that the trial gives it."""
    arms = [arm for arm in study.arms.arms if "placebo" in arm.drugs]
    evidence = tuple(place for arm in arms for place in arm.evidence) or tuple(_placebo_given(study))
    if evidence:
        yield Drug(name="placebo", role="comparator", evidence=evidence[:MAX_EVIDENCE], rule="drugs.placebo")


def _placebo_given(study: Study) -> Iterator[Evidence]:
    for sentence in study.reading.sentences:
        if (sentence.passage.kind == "title" or sentence.kind == "abstract") and not sentence.cited:
            for match in PLACEBO.finditer(sentence.text):
                yield from sentence.evidence(*match.span())


def _dosed(study: Study) -> Counter[str]:
    """How often the methods or the abstract give a dose of a drug."""
    return Counter(fact.drug for fact in study.doses if isinstance(fact, Dose) and fact.kind == "planned")


def _drug(study: Study, name: str, found: Mentions, dosed: Counter[str]) -> Drug:
    term = drug_by_name().get(name)
    stem = found[0][1].stem
    classes = term.values("classes") if term else ((stem_class(stem),) if stem and stem_class(stem) else ())
    evidence: list[Evidence] = []
    for sentence, mention in found[:MAX_EVIDENCE]:
        evidence.extend(sentence.evidence(mention.start, mention.end))
    return Drug(
        name=name,
        concept=term.concept if term else None,
        classes=tuple(value for value in classes if value),
        targets=term.values("targets") if term else (),
        role=_role(study, name, found, dosed),
        manufacturer=_maker(found),
        synonyms=tuple(sorted(_printed(found) - {name})),
        evidence=tuple(evidence),
        rule="drugs.term" if term else "drugs.stem",
    )


def _printed(found: Mentions) -> set[str]:
    return {sentence.text[mention.start : mention.end].lower() for sentence, mention in found}


def _role(study: Study, name: str, found: Mentions, dosed: Counter[str]) -> str:
    """The part of a drug: by the arms that have it, else by dose, title and the words around it."""
    arms = study.arms.arms
    owners = [arm for arm in arms if name in arm.drugs]
    if owners and len(owners) == len(arms) > 1 and len({arm.drugs for arm in arms}) > 1:
        return "background"
    if owners:
        return "comparator" if all(arm.role == "comparator" for arm in owners) else "experimental"
    own = [(sentence, mention) for sentence, mention in found if sentence.kind in OWN]
    titled = [(sentence, mention) for sentence, mention in found if sentence.passage.kind == "title"]
    if titled and not all(is_past(sentence, mention) for sentence, mention in titled):
        return "background" if all(is_had(sentence, mention) for sentence, mention in titled) else "experimental"
    if any(sentence.kind in ("methods", "results") and _is_background(sentence) for sentence, _ in own):
        return "background"
    if dosed[name]:
        return "experimental" if _in_abstract(found) else "background"
    return "mentioned"


def _is_background(sentence: Sentence) -> bool:
    """Whether a sentence gives drugs besides the trial's; a list of what excludes a patient does not."""
    return bool(BACKGROUND.search(sentence.text)) and not (
        NOT_GIVEN.search(sentence.text) or ELIGIBILITY.search(sentence.passage.section.title)
    )


def _in_abstract(found: Mentions) -> bool:
    return any(sentence.kind == "abstract" for sentence, _ in found)


def _maker(found: Mentions) -> str | None:
    for sentence, mention in found:
        if sentence.kind in ("methods", "front", "abstract", "introduction"):
            match = MAKER.match(sentence.text[mention.end : mention.end + 140])
            if match:
                return " ".join(match["maker"].split()).strip(" ,;")
    return None
