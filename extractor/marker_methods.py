"""How the methods measured a marker: assay, reagent and cut-off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.assays import assays, reagent
from extractor.markers import Marker
from extractor.reading import Sentence
from ontology import regex as re
from ontology.record import Reagent

MEASURED = re.compile(
    r"\b(?:measured|assessed|determined|analy[sz]ed|evaluated|quantified|stained|staining|tested|detected|scored|assayed|examined|genotyped|sequenced|incubated|performed|done|expressed as|defined as|immunoreactiv\w+|immuno-?assays?|kits?|antibod(?:y|ies))\b",
    re.IGNORECASE,
)
CUTOFF = re.compile(
    r"(?:\bcut-?offs?(?: (?:value|point|level|for [\w -]{2,30}))*(?: (?:of|was|were|is|at|set|defined|as))*|\bdefined (?:as|by)|\b(?:considered|regarded|classified|scored|deemed)(?: to be| as)? (?:positive|negative|high|low|\w+-positive)(?: (?:if|when|for|with|as))*|\bpositiv\w+ (?:was |were )?(?:defined as|if|when|for)|\bthreshold (?:of|was)|\bexpression|\bratio|\bscore|\bstaining|\bIHC)\s?[(:,]? ?(?:an? |the )?(?:[A-Za-z-]+ ){0,5}?(?P<cutoff>(?:(?:≥|>|<|≤|=|at least|more than|less than|greater than) ?)?\d+(?:\.\d+)?(?: ?[-+]{1,2} ?(?:\d\+?)?)? ?%?(?: (?:of )?(?:positive |stained |tumou?r |viable |nuclei |cells? |staining|IU/ml|U/ml|ng/ml|pg/ml|mut/Mb|mutations|muts)[\w /]{0,30})?)",
    re.IGNORECASE,
)
# "CPS ≥1", "a combined positive score (CPS) of 1 or more", "10 or more mutations per megabase".
SCORE = r"(?:(?:CPS|TPS|TAP|TC|IC|IHC|H-score|(?:combined positive|tumou?r proportion|immunoreactive) score(?: \([A-Z]{2,4}\))?|score),? ?)"
SCORED = re.compile(
    rf"(?P<cutoff>{SCORE}(?:of )?(?:≥|>|<|≤|>=|at least ?) ?\d+(?:\.\d+)? ?%?|{SCORE}(?:of )?\d+(?:\.\d+)? ?%? or (?:more|higher|greater|above)"
    r"|(?:≥|>|at least ) ?\d+(?:\.\d+)? ?(?:mut(?:ation)?s?(?: ?/ ?| per )(?:Mb|megabase)|%)|\d+(?:\.\d+)? or more mutations (?:per megabase|/Mb)"
    r"|(?<=[(,] )?(?:≥|>) ?(?:the )?median)",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\b(?:divided|split|dichotomi[sz]ed|stratified|grouped|classified)(?: \w+){0,6} (?:by|at|according to|using|based on) (?:the |its |their )?(?P<a>median)\b"
    r"|\b(?:above|below|than) the (?P<b>median)\b",
    re.IGNORECASE,
)
STAINED = re.compile(
    r"\b(?:antibod\w+|clones?|staining|stained|kits?|assays?|panels?|RRID|dilut\w+|[Cc]at(?:alog)?\b)", re.IGNORECASE
)
CLONE_BEFORE = re.compile(r"\b[Cc]lone (?:[\w/.-]+ (?:[\w-]+ ){0,2}?)?(?:anti-?)?$")
SEVERAL = re.compile(r"(?P<clone>[A-Za-z]{0,4}\d[\w/.-]*) \((?P<inner>[^()]*)\)")
SIGN = re.compile(r"[≥>≤<%+]|\b(?:at least|more|less|greater)\b", re.IGNORECASE)
STATUS_BRACKET = re.compile(
    r"^[- ]?(?:positiv\w+|negativ\w+|status|overexpress\w+|expression)?(?: +)? ?\((?:defined as )?(?P<inside>(?:(?:IHC|FISH|TPS|CPS|score|ratio|≥|>|<|≤)[^()]{0,60}\d[^()]{0,40}))\)"
)

# Kinds of marker that are looked at on the slides a paragraph speaks of.
LOOKED_AT = frozenset({"cell", "structure"})
# Which assays of a paragraph of results can have shown a kind of marker.
SHOWN_BY: Mapping[str, tuple[str, ...]] = {
    "signature": ("RNA", "NanoString", "microarray"),
    "gene": ("sequencing", "PCR", "hybridisation"),
    "fusion": ("sequencing", "PCR", "hybridisation"),
    "burden": ("sequencing", "PCR"),
    "cell": ("immuno", "cytometry"),
    "structure": ("immuno",),
    "protein": ("immuno", "ELISA"),
}
SHORT = (
    (re.compile(r"combined positive score(?: \(CPS\))?", re.IGNORECASE), "CPS"),
    (re.compile(r"tumou?r proportion score(?: \(TPS\))?", re.IGNORECASE), "TPS"),
    (re.compile(r"(?:of )?(\d+(?:\.\d+)? ?%?) or (?:more|higher|greater|above)"), r"≥\1"),
    (re.compile(r"(?:of )?at least (?=\d)"), "≥"),
    (re.compile(r", ?n ?=.*"), ""),
)


@dataclass(frozen=True, slots=True)
class Method:
    """How a marker was measured, and the places that say so."""

    assay: str | None = None
    reagent: Reagent | None = None
    cutoff: str | None = None
    places: tuple[tuple[int, int], ...] = ()


def methods_of(sentence: Sentence, marker: Marker, assay: str | None) -> Iterator[Method]:
    """The assay, the reagents and the cut-off that a sentence prints for a marker; `assay` is that of its paragraph."""
    text = sentence.text
    named = assays(text)
    printed = _printed_for(text, marker)
    reagents: Sequence[Reagent | None] = _reagents(printed) if named or STAINED.search(text) else []
    limit = cutoff(text, marker)
    seen = assay is not None and marker.kind in LOOKED_AT
    if not ((named or seen) and MEASURED.search(text)) and not reagents and limit is None:
        return
    near = min(named, key=lambda item: _gap(item, marker))[0] if named else (assay if reagents or seen else None)
    places = ((marker.start, marker.until), *((start, end) for _, start, end in named))
    for item in reagents or [None]:
        yield Method(near, item, limit, places)


def _gap(item: tuple[str, int, int], marker: Marker) -> int:
    return min(abs(item[1] - marker.end), abs(marker.start - item[2]))


def _printed_for(text: str, marker: Marker) -> str:
    """What stands around a marker up to the next one, with a clone printed before it."""
    before = CLONE_BEFORE.search(text[max(0, marker.start - 40) : marker.start])
    return (before[0] if before else "") + text[marker.start : marker.until]


def _reagents(printed: str) -> list[Reagent | None]:
    """The reagents printed for a marker; several where several clones are named."""
    if re.search(r"\bclones\b", printed):
        several = [reagent(f"clone {match['clone']} ({match['inner']})") for match in SEVERAL.finditer(printed)]
        return [item for item in several if item is not None]
    one = reagent(printed)
    return [one] if one else []


def cutoff(text: str, marker: Marker) -> str | None:
    """The limit of positivity printed for a marker."""
    after = text[marker.end : marker.until]
    bracket = STATUS_BRACKET.match(after)
    if bracket:
        return _short(bracket["inside"])
    for form in (SCORED, CUTOFF):
        match = form.search(after)
        if match and SIGN.search(match["cutoff"]):
            return _short(match["cutoff"])
    split = SPLIT.search(text)
    return split["a"] or split["b"] if split else None


def _short(printed: str) -> str:
    """A limit as papers abbreviate it: "combined positive score of 1 or more" is "CPS ≥1"."""
    for form, short in SHORT:
        printed = form.sub(short, printed)
    return " ".join(printed.split()).strip(" ,;")


def shows(assay: str | None, kind: str | None) -> bool:
    """Whether an assay can have shown a marker of a kind."""
    return assay is not None and any(word in assay for word in SHOWN_BY.get(kind or "", ()))
