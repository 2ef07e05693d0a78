"""How markers are measured: assays by their names, and the reagents that papers print for them."""

from __future__ import annotations

from extractor.cues import Cued
from ontology import regex as re
from ontology.record import Reagent

# Canonical assays and how they are printed; the more special first.
ASSAYS: tuple[tuple[str, str], ...] = (
    ("multiplex immunofluorescence", r"\bmultiplex(?:ed)? (?:fluorescent )?(?:immuno-?fluorescen(?:ce|t)|IF)\b|(?-i:\bmIF\b)"),
    ("multiplex immunohistochemistry", r"\bmultiplex(?:ed)? (?:fluorescent )?(?:immuno-?histochemi\w+|IHC)\b|(?-i:\bmf?IHC\b)"),
    ("immunohistochemistry", r"\bimmuno-?histo-?chem\w+|(?-i:\bIHC\b)|\bimmuno-?staining\b|\bimmunoperoxidase\b"),
    ("immunofluorescence", r"\bimmuno-?fluorescen\w+"),
    ("fluorescence in situ hybridisation", r"\bfluorescen(?:ce|t) in[- ]situ hybridi[sz]ation\b|(?-i:\bFISH\b)"),
    ("chromogenic in situ hybridisation", r"\bchromogenic in[- ]situ hybridi[sz]ation\b|(?-i:\b[CS]ISH\b)"),
    ("in situ hybridisation", r"\bin[- ]situ hybridi[sz]ation\b|\bRNAscope\b"),
    ("whole-exome sequencing", r"\bwhole[- ]exome sequencing\b|(?-i:\bWES\b)"),
    ("whole-genome sequencing", r"\bwhole[- ]genome sequencing\b|(?-i:\bWGS\b)"),
    ("RNA sequencing", r"\bRNA[- ]?seq(?:uencing)?\b|\btranscriptome sequencing\b"),
    ("next-generation sequencing", r"\bnext[- ]generation sequencing\b|(?-i:\bNGS\b)|\btargeted (?:panel |gene )?sequencing\b|\bFoundationOne\b|\bMSK-IMPACT\b|\bTruSight\b|\bOncomine\b|\bGuardant ?360\b|\b(?:gene|sequencing) panels?\b"),
    ("Sanger sequencing", r"\bSanger\b|\bdirect sequencing\b|\bpyrosequencing\b"),
    ("digital PCR", r"\b(?:droplet )?digital PCR\b|(?-i:\bdd?PCR\b)"),
    ("quantitative PCR", r"\b(?:real[- ]time|quantitative)[\w -]{0,24}(?:PCR|polymerase chain reaction)\b|(?-i:\b(?:RT-)?qPCR\b|\bqRT-PCR\b)"),
    ("PCR", r"(?-i:\b(?:RT-)?PCR\b)|\bpolymerase chain reaction\b"),
    ("microarray", r"\bmicro-?arrays?\b|\bGeneChip\b"),
    ("NanoString", r"\bnanostring\b|\bnCounter\b"),
    ("ELISA", r"\benzyme[- ]linked immuno-?sorbent\b|(?-i:\bELISAs?\b)|\benzyme immunoassay\b"),
    ("radioimmunoassay", r"\bradio-?immuno-?(?:assay|metric)\b"),
    ("multiplex immunoassay", r"\bmultiplex(?:ed)? (?:immuno|bead|cytokine)[- ]?\w*|\bLuminex\b|\bcytometric bead\b|\bMeso ?Scale\b"),
    ("immunoassay", r"\b(?:electro-?)?(?:chemi-?luminescen\w+ )?immuno-?assays?\b|\belectrochemiluminescen\w+|\bElecsys\b"),
    ("immunonephelometry", r"\bnephelomet\w+|\bimmuno-?turbidimet\w+"),
    ("flow cytometry", r"\bflow[- ]cytomet\w+|(?-i:\bFACS\b)"),
    ("Western blot", r"\b(?:western|immuno)[- ]?blot\w*"),
    ("mass spectrometry", r"\bmass spectromet\w+|(?-i:\bLC-?MS\b)"),
    ("chromatography", r"\bliquid chromatograph\w+|(?-i:\bHPLC\b)"),
)  # fmt: skip
VENDORS = "Abcam|Dako(?:Cytomation)?|DAKO|Agilent|Ventana|Roche|Cell Signaling(?: Technology)?|Novocastra|Leica(?: Biosystems)?|Vector(?: Laboratories)?|Thermo ?Fisher(?: Scientific)?|Invitrogen|Life Technologies|Santa Cruz(?: Biotechnology)?|BD(?: Biosciences| Pharmingen)?|BioLegend|eBioscience|R&D Systems|Millipore|Merck|Sigma(?:-Aldrich)?|Spring Bioscience|SpringBio|Biocare(?: Medical)?|Zymed|Zhongshan(?: Golden Bridge)?|ZSGB-BIO|Maixin|MXB|Proteintech|Abnova|Novus(?: Biologicals)?|Epitomics|Bio-Rad|Akoya(?: Biosciences)?|PerkinElmer|Bethyl|Origene|Cell ?Marque|Sino Biological|GeneTex|Beckman Coulter|Miltenyi(?: Biotec)?|Fujirebio|Abbott|Siemens|Qiagen|Illumina|Neomarkers|Lab ?Vision|Boster|Bioss|Servicebio|Enzo|Biosource|Immunotech|Diasorin|Mesoscale|Mercodia|Biovendor|Peprotech|Affymetrix|Foundation Medicine|Myriad(?: Genetics)?|Seegene|Hologic|Burning Rock|Geneseeq|Genecast|Guardant(?: Health)?|Caris(?: Life Sciences)?|NanoString(?: Technologies)?|Fluidigm|Standard BioTools|10x Genomics|Panovue|Absin|Bioworld|ABclonal|Dako Omnis"
VENDOR = re.compile(rf"(?<![\w-])(?P<vendor>{VENDORS})(?![\w-])")
# A maker that no list has: a capitalised name in the bracket that prints a clone, a dilution or a catalogue number.
BRACKET = re.compile(r"\((?P<inside>[^()]+)\)")
MAKER = re.compile(
    r"(?!Clone|Cat|RRID|Dilut|Rabbit|Mouse|Goat|Rat|Fig|Table|USA|UK|Germany|China|Japan)[A-Z][a-z]+(?: [A-Z&][\w&-]*){0,3}"
)
RRID = re.compile(r"\bRRID ?: ?(?P<rrid>[A-Z]{2,}_[A-Z]?\w+)|\b(?P<bare>AB_\d{5,9})\b")
DILUTION = re.compile(
    r"(?:dilut\w+(?: (?:of|to|at|was))*[\s:=]*|[(,;] ?|\bat )?(?P<dilution>(?<![A-Za-z0-9])1 ?[:/∶] ?\d{1,5}(?:,\d{3})?)(?![\w./:])"
)
CLONE = re.compile(
    r"\b[Cc]lones?[ :]{1,2}(?P<clone>(?:No\.? )?(?:anti-)?[A-Za-z]{0,4}[- ]?(?:\d[\w./-]*|[A-Z]{2}[\w./-]*)(?: \d{2,4})?)|\b(?P<kit>22C3|28-8|SP142|SP263|73-10)(?=[- ](?:pharmDx|assay|kit|clone|antibod))|\((?P<bracket>[A-Z]{1,4}-?\d{1,4}[A-Z]?|\d[A-Z]\d{1,2}|[A-Z]\d[A-Z]?\d*/\d+[A-Z]?)\)(?= (?:antibod|mono))"
)
# "CD20 (L26, Dako, M0755)": what stands first in a bracket with its maker behind it; four digits and more are a catalogue's.
CLONE_FIRST = re.compile(
    rf"\((?P<first>(?!ab\d|[A-Z]{{1,3}}\d{{4}})(?=[A-Z0-9/-]*\d)(?=[\d/-]*[A-Z])[A-Z0-9][A-Z0-9/-]{{1,8}}[a-z]?)[,;] (?=[^()]*?(?<![\w-])(?:{VENDORS})(?![\w-]))"
)
CATALOG = re.compile(
    r"\b(?:[Cc]at(?:alog(?:ue)?)?\.?|[Cc]ode|[Pp]roduct|[Rr]ef(?:erence)?|[Aa]rticle)\.?(?: ?(?:[Nn]o|[Nn]umber|[Nn]r|#|N°)\.?)?[ :#]{0,3}(?P<catalog>[A-Z]{0,5}-?\d[\w.-]{2,})"
    r"|#(?P<hash>[A-Z]{0,4}\d[\w.-]{2,})|(?<=[(, ])(?P<bare>(?:ab\d{3,6}|[A-Z]{1,4}\d{3,5}[A-Z]?|[A-Z]{2,4}-[A-Z]{1,3}-?[A-Z0-9]{2,6}(?:-[A-Z0-9]{1,6})?|[A-Z]{2}-[A-Z]\d{3}|\d{5}[A-Z]?|[A-Z]{2}\d{4}|\d{3}-\d{4,5}))(?=[,;) ])"
)
# Parts of words of which every assay has one; they spare the pattern most sentences.
CUES = ("immuno", "fish", "hybrid", "sequenc", "pcr", "polymerase", "array", "chip", "nanostring", "ncounter", "elisa", "enzyme", "radio", "multiplex", "luminex", "bead", "meso", "elecsys", "luminesc", "nephel", "turbid", "cytomet", "facs", "blot", "spectromet", "chromatog", "hplc", "lc-ms", "lcms", "ihc", "ish", "wes", "wgs", "ngs", "sanger", "foundation", "mif", "rnascope", "rna", "panel", "trusight", "oncomine", "guardant", "msk-")  # fmt: skip


NAMED = tuple((name, Cued(form, re.IGNORECASE)) for name, form in ASSAYS)


def assays(text: str) -> list[tuple[str, int, int]]:
    """The assays that folded text names, with their places; where two overlap, the first and most special."""
    lower = text.lower()
    if not any(cue in lower for cue in CUES):
        return []
    found = [(name, *match.span()) for name, form in NAMED for match in form.finditer(text)]
    kept: list[tuple[str, int, int]] = []
    for named in sorted(found, key=lambda named: named[1]):
        if not kept or named[1] >= kept[-1][2]:
            kept.append(named)
    return kept


def reagent(text: str) -> Reagent | None:
    """What a stretch of text says of the antibody or kit; None when it says nothing of it."""
    vendor, dilution, clone = _vendor(text), DILUTION.search(text), CLONE.search(text) or CLONE_FIRST.search(text)
    resource = RRID.search(text)
    if not (vendor or clone or resource):
        return None
    return Reagent(
        vendor=vendor,
        catalog=_number(text, clone, bare=bool(vendor)),
        clone=_clone(clone),
        rrid=f"RRID:{resource['rrid'] or resource['bare']}" if resource else None,
        dilution=re.sub(r"[ ,]", "", dilution["dilution"]).replace("/", ":").replace("∶", ":") if dilution else None,
    )


def _vendor(text: str) -> str | None:
    """The maker: one that is known, else a name beside what only a reagent has."""
    known = VENDOR.search(text)
    if known:
        return known["vendor"]
    insides = (match["inside"] for match in BRACKET.finditer(text))
    told = (inside for inside in insides if DILUTION.search(inside) or CLONE.search(inside) or RRID.search(inside))
    parts = (part.strip() for inside in told for part in re.split(r"[,;]", inside))
    return next((part for part in parts if MAKER.fullmatch(part)), None)


def _number(text: str, clone: re.Match[str] | None, *, bare: bool) -> str | None:
    """The catalogue number: one that is called so, else (`bare`) one that looks so and is not the clone."""
    found = [
        match for match in CATALOG.finditer(text) if clone is None or not clone.start() <= match.start() < clone.end()
    ]
    called = next((match for match in found if not match["bare"]), None)
    match = called or next(iter(found if bare else ()), None)
    return next((value for value in match.groupdict().values() if value), None) if match else None


def _clone(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    printed: str = next(filter(None, match.groupdict().values()))
    return printed.rstrip(".,-").removeprefix("No. ")
