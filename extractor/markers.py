"""Where markers are named as something measured: curated ones, and signatures and altered genes that no table lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.ambiguity import is_ambiguous, is_part
from extractor.language import TermMatch
from extractor.reading import Reading, Sentence
from ontology import regex as re

# Values of every routine blood test: markers only where the paper ties them to an outcome.
ROUTINE = frozenset(
    "albumin|alkaline phosphatase|creatinine|LDL-C|HDL-C|triglycerides|uric acid|lactate|HbA1c|insulin level|C-peptide|TSH|free T4|prolactin|cortisol|estradiol level|testosterone level|FSH level|LH level|parathyroid hormone level|25-hydroxyvitamin D|ferritin|transferrin saturation|fibrinogen|immunoglobulin G|HBsAg|anti-HBs|HBeAg|antinuclear antibody|ANCA|rheumatoid factor|HOMA-IR|sperm|erythrocyte sedimentation rate|lymphocyte count|neutrophil count level|monocyte count|eosinophil count|HIV-1 RNA level|albumin-to-creatinine ratio|bone marrow blasts|tumour burden|metabolic response on PET|C-reactive protein|troponin|troponin I|troponin T|CK-MB|anti-drug antibodies|total antioxidant capacity|glutathione|malondialdehyde|homocysteine|apolipoprotein B|apolipoprotein A-I|lipoprotein(a)|gut microbiota|LDH|haemoglobin|carotid plaque|lymphovascular invasion|anti-Müllerian hormone".split("|")
)  # fmt: skip
# "EGFR inhibitors", "anti-PD-1 therapy": a target, not a measurement.
TARGET = re.compile(
    r"^(?:/[\w-]+)?(?:\s?\([^)]*\))?[- ](?:(?:targeted|directed|specific|tyrosine|kinase|checkpoint|signal(?:l)?ing|blocking|receptor|monoclonal) )*(?:inhibit\w+|blockade|blockers?|antagonists?|agonists?|TKIs?|pathways?|signal(?:l)?ing|axis|therap(?:y|ies)|vaccin\w+|agents?|axis|ligands?|substrates?|inducers?|analogues?|antibod(?:y|ies) (?!\(?clone))",
    re.IGNORECASE,
)
ANTI = re.compile(r"\banti-?\s?(?:human )?$", re.IGNORECASE)
# "anti-CD8 antibody", "anti-CD8 (clone C8/144B, 1:100)": what stained.
STAIN = re.compile(r"\s?(?:(?:\w+ )?antibod|\([^()]*(?:\b[Cc]lone\b|\b[Cc]at|\bRRID|\b1 ?: ?\d))")
INHIBITS = re.compile(
    r"\b(?:inhibit\w*|antagonist|agonist|blocks?|blocking|targeting)\b(?: of| for| against)?(?: [\w()/-]+){0,5} $",
    re.IGNORECASE,
)
STATUS = re.compile(
    r"^(?:[\s/()-]+[\w.%+-]{1,12}){0,4}?[\s-]*(?:positiv\w+|negativ\w+|mutat\w+|mutant|wild-?type|amplif\w+|rearrange\w+|(?:over)?express\w+|status|fusions?|deficien\w+|loss|high|low|levels?|concentrations?|staining|expression|density|area|counts?|score|index)\b",
    re.IGNORECASE,
)
# "ER and PR expression < 10%": what follows is of both.
TOGETHER = re.compile(r"^(?:[- ](?:positive|negative))?(?: ?,)? ?(?:and|or|,|/|and/or) ?(?:the )?$", re.IGNORECASE)
SIGNATURE = re.compile(r"(?P<words>(?:[\w/+-]+ ){1,4})(?:gene )?signature(?=$|[\s,;.)])")
# Words that name no signature: what stands before them does not belong to it.
UNNAMED = frozenset(
    "a an the this that of for with by in on and or to each one any new high low higher lower median our these gene expression "
    "score immune cell molecular prognostic predictive rna mrna multi-gene transcriptomic between than had was were is".split()
)
ALTERED = re.compile(
    r"(?<![\w-])(?P<gene>(?!DNA|RNA|PCR|NGS|TMB|CNV|SNP|MSI|LOH|WES|VAF)[A-Z][A-Z0-9]{2,7}) "
    r"(?:mutations?|alterations?|amplifications?|deletions?|rearrangements?|fusions?)\b"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker named at `[start, end)` of a sentence; what is printed of it reaches to `until`."""

    name: str
    kind: str | None
    concept: str | None
    start: int
    end: int
    until: int = 0


def names_markers(sentence: Sentence) -> bool:
    """Whether a sentence can name a marker at all."""
    return bool(sentence.of_kind("biomarkers")) or "signature" in sentence.text or bool(ALTERED.search(sentence.text))


def markers(reading: Reading, sentence: Sentence, assayed: bool, *, routine: bool = False) -> list[Marker]:
    """The markers that a sentence names as something measured, in order; `routine` values only where they are asked for."""
    text = sentence.text
    known = [match for match in sentence.of_kind("biomarkers") if _means(match, text, reading, assayed)]
    known = [match for match in known if not _is_target(match, text)]
    known = [match for match in known if (routine or match.term.name not in ROUTINE) and not _is_code(match, text)]
    named = [_curated(match) for match in known]
    named.extend(marker for marker in _open(text) if all(_apart(marker, other) for other in named))
    if any(marker.kind != "score" for marker in named):
        named = [marker for marker in named if marker.kind != "score"]
    return _with_reach(sorted(named, key=lambda marker: marker.start), text)


def _with_reach(named: list[Marker], text: str) -> list[Marker]:
    """The markers with how far what is printed of them reaches; a name that comes again at once is one."""
    found: list[Marker] = []
    until = last = len(text)
    for marker in reversed(named):
        if found and found[-1].name == marker.name:
            found[-1] = replace(marker, until=found[-1].until)
        else:
            until = until if TOGETHER.match(text[marker.end : last]) else last
            found.append(replace(marker, until=until))
        last = marker.start
    return found[::-1]


def _curated(match: TermMatch) -> Marker:
    return Marker(match.term.name, match.term.attributes.get("kind"), match.term.concept, match.start, match.end)


def _open(text: str) -> Iterator[Marker]:
    """Signatures by the words before them, and genes by what altered them."""
    for match in SIGNATURE.finditer(text) if "signature" in text else ():
        words = list(re.finditer(r"\S+", match["words"]))
        while words and words[0][0].lower() in UNNAMED:
            words.pop(0)
        if words and not any(word[0].lower() in UNNAMED - {"cell", "immune"} for word in words):
            start = match.start() + words[0].start()
            yield Marker(text[start : match.end()], "signature", None, start, match.end())
    for match in ALTERED.finditer(text):
        yield Marker(match["gene"], "gene", None, *match.span("gene"))


def _apart(one: Marker, other: Marker) -> bool:
    return one.end <= other.start or one.start >= other.end


def _is_code(match: TermMatch, text: str) -> bool:
    """Whether a short form stands inside a catalogue number ("NCL-ER-6F11")."""
    return text[match.start - 1 : match.start] == "-" == text[match.end : match.end + 1]


def _means(match: TermMatch, text: str, reading: Reading, assayed: bool) -> bool:
    """Whether a short form stands for the marker: as the paper defines it, or by the assay or status beside it."""
    if not is_ambiguous(match, text, reading):
        return True
    if is_part(match, text) or text[match.start : match.end] in reading.abbreviations:
        return False
    after = text[match.end :]
    return assayed or bool(STATUS.match(after) or STAIN.match(after))


def _is_target(match: TermMatch, text: str) -> bool:
    """Whether a marker is only the target of a drug, and not what an antibody stained."""
    if TARGET.match(text[match.end : match.end + 60]):
        return True
    if INHIBITS.search(text[max(0, match.start - 70) : match.start]):
        return True
    return bool(ANTI.search(text[: match.start])) and not STAIN.match(text[match.end :])
