"""What a table is about, by the words of its caption, its heads and its stubs, each weighed by how much it tells."""

from __future__ import annotations

from functools import cache
from typing import Literal

from corpus.document import Table
from extractor.cues import Cued
from extractor.tables.heads import head_rows
from extractor.tables.print import caption_text, label
from ontology import regex as re
from ontology.glyphs import fold
from ontology.terms import terms

Kind = Literal[
    "baseline",
    "adverse_events",
    "results",
    "dosing",
    "pharmacokinetic",
    "eligibility",
    "regression",
    "individual",
    "other",
]

CAPTION_CUES: tuple[tuple[Kind, int, str], ...] = (
    ("baseline", 6, r"\bbaseline (?:\w+,? ){0,4}(?:characters?|characteristics|demographic|data|features|information|profile)"),
    ("baseline", 6, r"\bdemograph"),
    ("baseline", 5, r"\b(?:patient|participant|subject|women|maternal|clinical|tumou?r|disease|general)\w*(?:[' ]s?)?"
     r"(?: and \w+)*(?: \w+)? (?:characteristics|features|profiles?|data)\b"),
    ("baseline", 5, r"\bcharacteristics of (?:the |all |study |\d+ |enrolled )*\w*\s?(?:patients|participants|subjects|women|men|groups?|population)"),
    ("baseline", 2, r"\bcharacteristics\b"),
    ("baseline", 4, r"\bat (?:baseline|entry|inclusion|randomi[sz]ation|admission)\b(?!.*\b(?:end|after|weeks?|months?|follow-?up)\b)"),
    ("adverse_events", 7, r"\badverse\b|\bside[- ]effects?\b|\btoxicit|\bTEAEs?\b|(?-i:\bS?AEs?\b)"),
    ("adverse_events", 4, r"\bcomplications?\b|\bsafety\b|\btolerability\b|\bintra-?operative events\b"),
    ("adverse_events", 2, r"\bgrades? (?:[1-5]|I|≥|>)"),
    ("results", 5, r"\befficacy\b|\boutcomes?\b|\bend-?\s?points?\b|\bresponses?\b|\bsurvival\b|\bremission\b|\brecurrences?\b"),
    ("results", 4, r"\bchanges? (?:in|from|of)\b|\beffects? (?:of|on)\b|\bbefore and after\b|\bimprovement|\bfollow-?up\b|\bmortality\b|\bquality of life\b"),
    ("results", 2, r"\bcompar|\bscores?\b|\bresults\b|\bparameters\b|\bmeasures\b|\bafter\b|\bfindings\b|\brates?\b|\bincidence\b|\blevels?\b|\bdifferences?\b"),
    ("dosing", 8, r"\bdose (?:intensit|level|reduc|modif|delay|escalat)|\b(?:treatment|drug|dose) (?:exposure|deliver|complian|administ)"
     r"|\bexposure to\b|\bsupplementation protocol\b|^treatment (?:sequences?|schedules?|plan)\b|\bregimens? (?:used|given)\b"),
    ("pharmacokinetic", 8, r"\bpharmacokinetic|(?-i:\bAUC|\bC ?max\b)|\bplasma concentrations? of\b"),
    ("eligibility", 12, r"\b(?:inclusion|exclusion|eligibility) criteria\b|\bcriteria for (?:patient )?selection\b"),
    ("regression", 9, r"\bmultivaria|\bunivaria|\bprognostic\b|\brisk factors\b|\bregression\b|\bpredict|\bcovaria|\bcorrelation|\bcox\b|\bfactors influencing\b"),
    ("other", 12, r"\b(?:published|previous|prior|reported|similar) (?:\w+ )?(?:studies|trials)\b|\bschedule\b|\breview of\b|\bliterature\b"
     r"|\bgenes?\b.*\b(?:regulated|enrich|expression profil)|\bpathways?\b|\bprimers?\b|\bdefinitions?\b|\bantibod(?:y|ies) used\b|\bscoring\b|\bdisposition\b|\b(?:patient|participant|subject) flow\b"),
)  # fmt: skip
HEAD_CUES: tuple[tuple[Kind, int, str], ...] = (
    ("baseline", 2, r"\bcharacteristics?\b|\bdemographic|\bvariables?\b"),
    ("adverse_events", 4, r"\badverse\b|\btoxicit|\bside[- ]effect|\bTEAEs?\b|(?-i:\bAEs?\b)"),
    ("adverse_events", 3, r"\b(?:any|all) grades?\b|\bgrades? ?(?:\d|I)"),
    ("results", 3, r"\bhazard ratio|\bodds ratio|\brelative risk|\bdifference|\bchange\b|(?-i:\bHR\b)"),
    ("results", 3, r"\boutcomes?\b|\bend-?points?\b|\bresponses?\b|\bbefore\b|\bafter\b|\bpre-?treatment|\b(?:week|month|day)s? ?\d|\d (?:weeks|months)"),
    ("individual", 20, r"^(?:patients?|pts?|cases?|subjects?)(?: ?(?:no\.?|id|number|#))?$"),
    ("regression", 5, r"\bmultivaria|\bunivaria|\bcoefficient|(?-i:\bB\b.*\bWald\b)"),
    ("other", 8, r"^(?:references?|authors?|publications?)\b|^(?:study|trial)(?: name| id)?$|\bgo-?id\b|\bfold (?:change|enrichment)"),
)  # fmt: skip
STUB_CUES: tuple[tuple[Kind, str], ...] = (
    (
        "baseline",
        r"^(?:mean |median )?age\b|^sex\b|^gender\b|^(?:fe)?males?\b|^(?:wo)?men\b|\brace\b|\bethnic|^weight\b|^height\b|\bbody mass index\b"
        r"|(?-i:\bBMI\b)|\bstage\b|\bperformance status\b|(?-i:\bECOG\b|\bASA\b)|\bkarnofsky\b|\bhistolog|\bsmok|\bprior\b|\bprevious\b"
        r"|\bmenopaus|\beducation\b|\bmarital\b|\bcomorbid|\bhistory of\b|\bduration of (?:disease|illness)|\btime since\b|\bdiabetes\b"
        r"|\bparity\b|\bgestation|\bwhite\b|\bcaucasian|\bblack\b|\basian\b|\bprimary (?:site|tumou?r)|\btumou?r (?:size|grade|site)|\bdisease duration",
    ),
    (
        "adverse_events",
        r"\bnausea|\bvomit|\bdiarrh|\bfatigue|\bheadache|\ban(?:a)?emia\b|\bneutropenia|\bthrombocytop|\bleu[ck]openia|\brash\b|\bprurit"
        r"|\bfever\b|\bpyrexia|\bconstipation|\bdizziness|\balopecia|\bhypotension|\bbradycardia|\bmucositis|\bstomatitis|\bneuropathy"
        r"|\badverse\b|\btoxicit|\bsomnolence|\binsomnia|\bshivering|\barthralgia|\bmyalgia|\brespiratory depression|\bdry mouth|\banorexia"
        r"|(?-i:\bS?AEs?\b|\bTEAEs?\b)|\bsedation\b|\bcough\b|\bnasopharyngitis|\bhypertension\b|\bdysp(?:n)?ea\b|\bdisorders?$",
    ),
    (
        "results",
        r"^(?:c?CR|c?PR|c?SD|c?PD)\b|\bresponse\b|\bsurvival\b|\bchange\b|\bremission\b|\bdifference\b|\bprogression\b|\brelapse|\brecurren"
        r"|(?-i:\bOR ?\(|\bHR ?\(|\bORR\b|\bPFS\b|\bDCR\b)|^baseline\b|\bweeks? \d|^\d+ (?:weeks|months|h\b|hours|min)|\bend of (?:study|treatment)"
        r"|\bonset of (?:sensory|motor|action|(?:the )?block|analges)|\btime to\b|\brescue\b|\bsatisfaction\b|\bduration of (?:analgesia|block|response)"
        r"|\bpost-?treatment|\boutcome|\bdeath\b|\bmortality|\bpregnan|\babstinence|\blive birth|\bscore\b|\bp[- ]value",
    ),
    ("pharmacokinetic", r"(?-i:\bAUC|\bC ?max\b|\bT ?max\b|\bt ?1/2\b)|\bclearance\b"),
    ("dosing", r"\brelative dose intensity|\bcycles (?:received|completed)|\bdose (?:reduction|delay)"),
)  # fmt: skip
# Instruments that score nausea and fatigue and count no events.
SCALES = re.compile(r"\bquality of life\b|\b(?:QLQ|QoL|HRQoL|SF-?\d\d)\b|\bscores?\b|\bsubscales?\b", re.IGNORECASE)
STUB_WEIGHT = 10
LEAST = 4
# Complications alone make no table of adverse events: they may be the outcome.
LEAST_EVENTS = 6
# Heads that tell only where they stand over the stubs.
OVER_STUBS: frozenset[Kind] = frozenset(("individual", "other"))

_CAPTION = [(kind, weight, Cued(pattern, re.IGNORECASE)) for kind, weight, pattern in CAPTION_CUES]
_HEAD = [(kind, weight, Cued(pattern, re.IGNORECASE)) for kind, weight, pattern in HEAD_CUES]
_STUB = [(kind, Cued(pattern, re.IGNORECASE | re.MULTILINE)) for kind, pattern in STUB_CUES]


def table_kind(table: Table, compares: bool = False) -> Kind:
    """The kind of a table; one that `compares` arms and tells nothing else reports results."""
    scores = _scores(table) if table.grid else {}
    if scores.get("adverse_events", 0) < LEAST_EVENTS:
        scores.pop("adverse_events", None)
    best = max(scores, key=lambda kind: scores[kind], default=None)
    if best is not None and scores[best] >= LEAST:
        return best
    return "results" if compares or (best == "results" and scores[best] >= LEAST / 2) else "other"


def _scores(table: Table) -> dict[Kind, float]:
    scores: dict[Kind, float] = dict.fromkeys(("results", "baseline", "adverse_events"), 0.0)
    caption = caption_text(table)
    for kind, weight, pattern in _CAPTION:
        if pattern.search(caption):
            scores[kind] = scores.get(kind, 0) + weight
    heads = head_rows(table)
    texts = {label(cell.text) for row in table.grid[:heads] for cell in row if cell}
    first = {label(row[0].text) for row in table.grid[:heads] if row[0]}
    stubs = [label(row[0].text) for row in table.grid[heads:] if row[0] and row[0].text.strip()]
    for kind, weight, pattern in _HEAD:
        if any(pattern.search(text) for text in (first if kind in OVER_STUBS else texts)):
            scores[kind] = scores.get(kind, 0) + (weight if kind != "individual" or _are_numbers(stubs) else 0)
    told = scores["adverse_events"] > 0
    lines = "\n".join(stubs)
    for kind, stub_pattern in _STUB:
        hits = len({lines.rfind("\n", 0, match.start() + 1) for match in stub_pattern.finditer(lines)})
        scores[kind] = scores.get(kind, 0) + STUB_WEIGHT * hits / max(4, len(stubs))
    known = sum(stub.lower() in event_names() for stub in stubs)
    scores["adverse_events"] += STUB_WEIGHT / 2 * known / max(4, len(stubs))
    if not told and SCALES.search(" ".join((caption, *texts))):
        scores.pop("adverse_events")
    return scores


def _are_numbers(stubs: list[str]) -> bool:
    return sum(stub.rstrip(".").isdigit() for stub in stubs) * 2 > len(stubs)


@cache
def event_names() -> frozenset[str]:
    """Every printed form of a curated adverse event, in lower case."""
    return frozenset(fold(form).lower() for term in terms("events") for form in term.labels)
