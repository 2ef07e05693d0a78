"""Markers that the trial measured: their assay, reagent and cut-off, how often they were found, what they were tied to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from extractor.ambiguity import is_ambiguous, is_part
from extractor.assays import assays, reagent
from extractor.endpoints import endpoint_terms
from extractor.language import TermMatch
from extractor.measures import Measure, P, measures
from extractor.quantities import NUMBER, decimal, p_value
from extractor.reading import Reading, Sentence
from extractor.study import Rejected, Study
from ontology.record import Biomarker, Frequency, Group, Reagent
from ontology.terms import Term

METHODS = frozenset({"methods", "other"})
REPORTING = frozenset({"abstract", "results"})
PROSE = frozenset({"paragraph", "list-item", "footnote", "caption"})
# Values of every routine blood test: markers only where the paper ties them to an outcome.
ROUTINE = frozenset(
    "albumin|alkaline phosphatase|creatinine|LDL-C|HDL-C|triglycerides|uric acid|lactate|HbA1c|insulin level|C-peptide|TSH|free T4|prolactin|cortisol|estradiol level|testosterone level|FSH level|LH level|parathyroid hormone level|25-hydroxyvitamin D|ferritin|transferrin saturation|fibrinogen|immunoglobulin G|HBsAg|anti-HBs|HBeAg|antinuclear antibody|ANCA|rheumatoid factor|HOMA-IR|sperm|erythrocyte sedimentation rate|lymphocyte count|neutrophil count level|monocyte count|eosinophil count|HIV-1 RNA level|albumin-to-creatinine ratio|bone marrow blasts|tumour burden|metabolic response on PET|C-reactive protein|troponin|troponin I|troponin T|CK-MB|anti-drug antibodies|total antioxidant capacity|glutathione|malondialdehyde|homocysteine|apolipoprotein B|apolipoprotein A-I|lipoprotein(a)|gut microbiota|LDH|carotid plaque|lymphovascular invasion|anti-Müllerian hormone".split("|")
)  # fmt: skip
# "EGFR inhibitors", "anti-PD-1 therapy": a target, not a measurement.
TARGET = re.compile(
    r"^(?:/[\w-]+)?(?:\s?\([^)]*\))?[- ](?:(?:targeted|directed|specific|tyrosine|kinase|checkpoint|signal(?:l)?ing|blocking|receptor|monoclonal) )*(?:inhibit\w+|blockade|blockers?|antagonists?|agonists?|TKIs?|pathways?|signal(?:l)?ing|axis|therap(?:y|ies)|vaccin\w+|agents?|axis|ligands?|substrates?|inducers?|analogues?|antibod(?:y|ies) (?!\(?clone))",
    re.IGNORECASE,
)
ANTI = re.compile(r"\banti-?\s?(?:human )?$", re.IGNORECASE)
INHIBITS = re.compile(
    r"\b(?:inhibit\w*|antagonist|agonist|blocks?|blocking|targeting)\b(?: of| for| against)?(?: [\w()/-]+){0,5} $",
    re.IGNORECASE,
)
STATUS = re.compile(
    r"^(?:[\s/()-]+[\w.%+-]{1,12}){0,4}?[\s-]*(?:positiv\w+|negativ\w+|mutat\w+|mutant|wild-?type|amplif\w+|rearrange\w+|(?:over)?express\w+|status|fusions?|deficien\w+|loss|high|low|levels?|concentrations?|staining|expression|density|counts?|score|index)\b",
    re.IGNORECASE,
)
MEASURED = re.compile(
    r"\b(?:measured|assessed|determined|analy[sz]ed|evaluated|quantified|stained|staining|tested|detected|scored|assayed|examined|genotyped|sequenced|incubated|performed|expressed as|defined as|immunoreactiv\w+|immuno-?assays?|kits?|antibod(?:y|ies))\b",
    re.IGNORECASE,
)
TIED = re.compile(
    r"\b(?:associat\w+|correlat\w+|predict\w*|prognostic|related (?:to|with)|relationship|linked|impact(?:ed)? on|influenc\w+|independent(?:ly)?|likely to respond|had (?:a )?(?:significantly )?(?:longer|shorter|better|worse|higher|lower)|(?:longer|shorter|better|worse|superior|inferior) (?:[\w-]+ ){0,3}?(?:survival|PFS|OS|response))\b",
    re.IGNORECASE,
)
NOT_TIED = re.compile(
    r"\b(?:no|not|neither|nor|without|failed to|did not)\b[^.;]{0,60}\b(?:associat|correlat|predict|differen|relat|impact|influenc|significant)\w*|\b(?:irrespective|regardless) of\b",
    re.IGNORECASE,
)
POSITIVE_END = re.compile(
    r"\b(?:longer|better|improved|superior|favou?rable|higher (?:[\w-]+ ){0,3}?(?:response|ORR|pCR|rate|survival|benefit|remission|disease control)|prolonged|increased (?:[\w-]+ ){0,2}?(?:response|survival)|good prognosis|likely to respond|positively)\b",
    re.IGNORECASE,
)
NEGATIVE_END = re.compile(
    r"\b(?:shorter|worse|poor(?:er)?|inferior|unfavou?rable|lower (?:[\w-]+ ){0,3}?(?:response|ORR|pCR|rate|survival|benefit|remission)|reduced (?:[\w-]+ ){0,2}?(?:response|survival)|increased risk|higher risk|resistance|negatively|inversely)\b",
    re.IGNORECASE,
)
LOW_SIDE = re.compile(
    r"\b(?:low(?:er)?|negative|absence|absent|loss|without|wild-?type|decreas\w+|reduced|deficien\w+)\b", re.IGNORECASE
)
CUTOFF = re.compile(
    r"(?:\bcut-?offs?(?: (?:value|point|level|for [\w -]{2,30}))*(?: (?:of|was|were|is|at|set|defined|as))*|\bdefined (?:as|by)|\b(?:considered|regarded|classified|scored|deemed)(?: to be| as)? (?:positive|negative|high|low|\w+-positive)(?: (?:if|when|for|with|as))*|\bpositiv\w+ (?:was |were )?(?:defined as|if|when|for)|\bthreshold (?:of|was)|\bexpression|\bratio|\bscore|\bstaining|\bIHC)\s?[(:,]? ?(?:an? |the )?(?:[A-Za-z-]+ ){0,5}?(?P<cutoff>(?:(?:≥|>|<|≤|=|at least|more than|less than|greater than) ?)?\d+(?:\.\d+)?(?: ?[-+]{1,2} ?(?:\d\+?)?)? ?%?(?: (?:of )?(?:positive |stained |tumou?r |viable |nuclei |cells? |staining|IU/ml|U/ml|ng/ml|pg/ml|mut/Mb|mutations|muts)[\w /]{0,30})?)",
    re.IGNORECASE,
)
FREQUENCY_REACH = 70
# "ER and PR expression < 10%": what follows is of both.
TOGETHER = re.compile(r"^(?:[- ](?:positive|negative))?(?: ?,)? ?(?:and|or|,|/|and/or) ?(?:the )?$", re.IGNORECASE)
STAINED = re.compile(r"\b(?:antibod\w+|clones?|staining|stained|kits?|RRID|dilut\w+|[Cc]at(?:alog)?\b)", re.IGNORECASE)
CLONE_BEFORE = re.compile(r"\b[Cc]lone (?:[\w/.-]+ (?:[\w-]+ ){0,2}?)?(?:anti-?)?$")
SEVERAL = re.compile(r"(?P<clone>[A-Za-z]{0,4}\d[\w/.-]*) \((?P<inner>[^()]*)\)")
SIGN = re.compile(r"[≥>≤<%+]|\b(?:at least|more|less|greater)\b", re.IGNORECASE)
STATUS_BRACKET = re.compile(
    r"^[- ]?(?:positiv\w+|negativ\w+|status|overexpress\w+|expression)?(?: +)? ?\((?:defined as )?(?P<inside>(?:(?:IHC|FISH|TPS|CPS|score|ratio|≥|>|<|≤)[^()]{0,60}\d[^()]{0,40}))\)"
)
# "12.5 cells/mm2 in responders and 3 in non-responders".
VALUE_IN = re.compile(
    rf"(?<![\w.])(?P<value>{NUMBER}) ?(?P<unit>%|[A-Za-zμ]+(?:/[A-Za-zμ0-9]+)?)?(?: ?\([^()]*\))? (?:in|for|among) (?:the )?(?P<label>(?:non-?)?responders|patients (?:with|without) (?:a |an )?[\w -]{{3,40}}?(?=,|;|\.| and| versus| vs|$))",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\b(?:reduc\w+|decreas\w+|increas\w+|change\w*|median|mean|by|cut-?off|≥|>|<|≤|at least)\s?\(?$", re.IGNORECASE
)
PRESENT = re.compile(
    r"\b(?:positiv\w+|negativ\w+|mutat\w+|mutant|wild-?type|amplif\w+|rearrange\w+|overexpress\w+|express(?:ed|ing)|detected|fusions?|deficien\w+)\b",
    re.IGNORECASE,
)
OF_TUMOURS = re.compile(
    r"\b(?:patients|tumou?rs|samples|cases|specimens|participants|women|had|were|was|with)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker named at `[start, end)` of a sentence; what is printed of it reaches to `until`."""

    term: Term
    start: int
    end: int
    until: int


def biomarkers(study: Study) -> Iterator[Biomarker | Rejected]:
    """The markers that the methods measure, and those whose frequency or meaning the results report."""
    for _, group in groupby(study.reading.sentences, key=lambda sentence: id(sentence.passage)):
        passage = list(group)
        if passage[0].passage.kind not in PROSE or not any(sentence.of_kind("biomarkers") for sentence in passage):
            continue
        assay: str | None = None
        for sentence in passage:
            if sentence.kind not in METHODS and sentence.kind not in REPORTING:
                break
            named = assays(sentence.text)
            assay = named[0][0] if named else assay
            found = markers(study.reading, sentence, bool(named))
            if found and sentence.kind in METHODS:
                yield from _measured(sentence, found, named, assay)
            if found and sentence.kind in REPORTING and not sentence.cited:
                yield from _reported(study.reading, sentence, found)


def markers(reading: Reading, sentence: Sentence, assayed: bool) -> list[Marker]:
    """The markers that a sentence names as something measured, in order."""
    text = sentence.text
    known = [match for match in sentence.of_kind("biomarkers") if _means(match, text, reading, assayed)]
    known = [match for match in known if not _is_target(match, text)]
    known = [match for match in known if match.term.name not in ROUTINE and not _is_code(match, text)]
    if any(match.term.attributes.get("kind") != "score" for match in known):
        known = [match for match in known if match.term.attributes.get("kind") != "score"]
    found: list[Marker] = []
    until = last = len(text)
    for match in reversed(known):
        if found and found[-1].term is match.term:
            found[-1] = Marker(match.term, match.start, match.end, found[-1].until)
        else:
            until = until if TOGETHER.match(text[match.end : last]) else last
            found.append(Marker(match.term, match.start, match.end, until))
        last = match.start
    return found[::-1]


def _is_code(match: TermMatch, text: str) -> bool:
    """Whether a short form stands inside a catalogue number ("NCL-ER-6F11")."""
    return text[match.start - 1 : match.start] == "-" == text[match.end : match.end + 1]


def _means(match: TermMatch, text: str, reading: Reading, assayed: bool) -> bool:
    """Whether a short form stands for the marker: as the paper defines it, or by the assay or status beside it."""
    if not is_ambiguous(match, text, reading):
        return True
    if is_part(match, text) or text[match.start : match.end] in reading.abbreviations:
        return False
    return assayed or bool(STATUS.match(text[match.end :]))


def _is_target(match: TermMatch, text: str) -> bool:
    """Whether a marker is only the target of a drug, and not what an antibody stained."""
    if TARGET.match(text[match.end : match.end + 60]):
        return True
    if INHIBITS.search(text[max(0, match.start - 70) : match.start]):
        return True
    return bool(ANTI.search(text[: match.start])) and not re.match(r"\s?(?:\w+ )?antibod", text[match.end :])


def _measured(
    sentence: Sentence, found: Sequence[Marker], named: Sequence[tuple[str, int, int]], assay: str | None
) -> Iterator[Biomarker]:
    """Markers with the assay, the reagent or the cut-off that the methods print for them."""
    text = sentence.text
    for marker in found:
        printed = _printed_for(text, marker)
        cutoff = _cutoff(text, marker)
        reagents = _reagents(printed) if STAINED.search(printed) or named else []
        if not (named and MEASURED.search(text)) and not reagents and cutoff is None:
            continue
        near = min(named, key=lambda item: _gap(item, marker))[0] if named else (assay if reagents else None)
        choices: list[Reagent | None] = [*reagents] or [None]
        places = [(marker.start, marker.until), *((start, end) for _, start, end in named)]
        for item in choices:
            yield _fact(sentence, marker, "biomarkers.measured", places).model_copy(
                update={"assay": near, "reagent": item, "cutoff": cutoff}
            )


def _gap(item: tuple[str, int, int], marker: Marker) -> int:
    return min(abs(item[1] - marker.end), abs(marker.start - item[2]))


def _printed_for(text: str, marker: Marker) -> str:
    """What stands around a marker up to the next one, with a clone printed before it."""
    before = CLONE_BEFORE.search(text[max(0, marker.start - 40) : marker.start])
    return (before[0] if before else "") + text[marker.start : marker.until]


def _reagents(printed: str) -> list[Reagent]:
    """The reagents printed for a marker; several where several clones are named."""
    if re.search(r"\bclones\b", printed):
        several = [reagent(f"clone {match['clone']} ({match['inner']})") for match in SEVERAL.finditer(printed)]
        return [item for item in several if item is not None]
    one = reagent(printed)
    return [one] if one else []


def _cutoff(text: str, marker: Marker) -> str | None:
    """The limit of positivity printed for a marker."""
    after = text[marker.end : marker.until]
    bracket = STATUS_BRACKET.match(after)
    if bracket:
        return " ".join(bracket["inside"].split())
    match = CUTOFF.search(after)
    return " ".join(match["cutoff"].split()).strip(" ,;") if match and SIGN.search(match["cutoff"]) else None


def _reported(reading: Reading, sentence: Sentence, found: Sequence[Marker]) -> Iterator[Biomarker]:
    """Markers whose frequency, or whose tie to an endpoint, the results state."""
    text = sentence.text
    rates = [measure for measure in measures(text) if measure.statistic == "rate"]
    tied = TIED.search(text)
    for marker in found:
        frequency = next((rate for rate in rates if _counts(rate, marker, text)), None)
        values = _groups(text, marker)
        endpoint = _outcome(reading, sentence) if tied else None
        if frequency is None and endpoint is None and not values:
            continue
        if endpoint:
            chance = next((match for match in P.finditer(text) if match["p_relation"]), None)
            fact = _fact(sentence, marker, "biomarkers.tied", [chance.span()] if chance else [])
            yield fact.model_copy(
                update={
                    "groups": values,
                    "endpoint": endpoint,
                    "direction": _direction(text),
                    "p_value": p_value(chance["p_value"], chance["p_relation"]) if chance else None,
                }
            )
        elif frequency:
            share = Frequency(count=frequency.count, total=frequency.total, percent=frequency.value)
            fact = _fact(sentence, marker, "biomarkers.frequency", [(frequency.start, frequency.end)])
            yield fact.model_copy(update={"frequency": share, "groups": values})
        else:
            fact = _fact(sentence, marker, "biomarkers.groups", [(marker.end, marker.until)])
            yield fact.model_copy(update={"groups": values})


def _groups(text: str, marker: Marker) -> tuple[Group, ...]:
    """The values of a marker in groups of patients, where at least two are printed after it."""
    found = [
        Group(label=" ".join(match["label"].split()), value=decimal(match["value"]), unit=match["unit"])
        for match in VALUE_IN.finditer(text, marker.end, marker.until)
    ]
    return tuple(found) if len(found) > 1 else ()


def _outcome(reading: Reading, sentence: Sentence) -> str | None:
    """The response or survival that a sentence names."""
    for match in endpoint_terms(reading, sentence):
        values = match.term.attributes
        if is_ambiguous(match, sentence.text, reading):
            continue
        if values.get("category") == "efficacy" and values.get("kind") in ("rate", "time-to-event"):
            return match.term.name
    return None


def _counts(rate: Measure, marker: Marker, text: str) -> bool:
    """Whether a percentage counts the tumours or patients that have the marker."""
    if CHANGE.search(text[max(0, rate.start - 40) : rate.start]):
        return False
    if rate.start >= marker.end:
        between = text[marker.end : rate.start]
        return len(between) < FREQUENCY_REACH and bool(PRESENT.search(between))
    between = text[rate.end : marker.start]
    return len(between) < FREQUENCY_REACH and bool(
        OF_TUMOURS.search(between) and PRESENT.search(text[rate.end : marker.end + 40])
    )


def _direction(text: str) -> Literal["positive", "negative", "none"] | None:
    """Whether more of the marker went with a better outcome, a worse one, or neither."""
    if NOT_TIED.search(text):
        return "none"
    better, worse = POSITIVE_END.search(text), NEGATIVE_END.search(text)
    if bool(better) == bool(worse):
        return None
    up = bool(better)
    if LOW_SIDE.search(text[: (better or worse).start()]):  # type: ignore[union-attr]
        up = not up
    return "positive" if up else "negative"


def _fact(sentence: Sentence, marker: Marker, rule: str, places: Sequence[tuple[int, int]]) -> Biomarker:
    """A marker by its canonical name and kind, with its place and those of what is said of it."""
    spans = [(marker.start, marker.end), *places]
    return Biomarker.model_validate(
        {
            "name": marker.term.name,
            "kind": marker.term.attributes.get("kind"),
            "concept": marker.term.concept,
            "evidence": tuple(place for span in spans for place in sentence.evidence(*span)),
            "rule": rule,
        }
    )
