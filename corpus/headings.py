"""What a heading says of its section: a table of the headings that trial papers print."""

from __future__ import annotations

from functools import lru_cache

from corpus.document import SectionKind
from ontology import regex as re
from ontology.glyphs import fold

# The heads of a paper's parts, as journals print them; compared in lower case, without number and punctuation.
MAIN_HEADINGS: dict[SectionKind, str] = {
    "front": "keywords; key words; index terms; article info; article information; article history; mesh terms",
    "abstract": """abstract; structured abstract; summary; synopsis; plain language summary; plain-language summary;
        lay summary; lay abstract""",
    "introduction": """introduction; background; aim; aims; objective; objectives; purpose; rationale; context;
        aim of the study; aims of the study; purpose of the study; study objective; study objectives; study question;
        importance; introduction and aims; background and aims""",
    "methods": """methods; method; methodology; methodologies; material; materials; patients and methods;
        subjects and methods; participants and methods; experimental; experimental section; experimental procedures;
        experimental design; online methods; methods summary; star methods; star★methods; study design and methods;
        design and methods; methods and design; study design, size, duration;
        participants/materials, setting, methods""",
    "results": """results; result; findings; finding; main results; outcomes and results;
        main results and the role of chance""",
    "discussion": """discussion; discussions; general discussion; comment; comments; limitations; study limitations;
        trial limitations; limitations of the study; strengths and limitations; limitations, reasons for caution""",
    "conclusion": """conclusion; conclusions; concluding remarks; interpretation; conclusion and perspectives;
        summary and conclusion; summary and conclusions; implications; clinical implications;
        conclusions and relevance; wider implications of the findings""",
    "back": """acknowledgements; acknowledgments; acknowledgement; acknowledgment; funding; funding support;
        funding source; funding sources; sources of funding; funding statement; funding information; founding sources;
        financial support; grant support; role of the funding source; role of funding source; role of the funder;
        role of the sponsor; competing interests; competing interest; conflict of interest; conflicts of interest;
        conflict of interests; conflict of interest statement; declaration of interests; declaration of interest;
        declarations of interest; declaration of competing interest; declaration of conflicting interests;
        declarations; disclosure; disclosures; disclosure of interests; statement of interest; disclosure statement;
        financial disclosure; financial disclosures; disclosure of potential conflicts of interest;
        authors' disclosures of potential conflicts of interest; author disclosures; authors' contributions;
        author contributions; author's contributions; authors contributions; author contribution; contributors;
        contributions; authors' roles; authorship; contribution to authorship; credit authorship contribution statement;
        authors' information; author's information; author information; author details; authors' details;
        data availability; data availability statement; data sharing; data sharing statement;
        availability of data and materials; availability of data and material; availability of data;
        data and materials availability; code availability; reporting summary; consent for publication;
        ethics approval and consent to participate; ethics approved and consent to participate; ethics declarations;
        ethics, consent, and permissions; compliance with ethical standards; compliance with ethical guidelines;
        supplementary material; supplementary materials; supplementary data; supplementary information;
        supplemental material; supplemental data; supplemental information; supplementary appendix;
        supporting information; electronic supplementary material; additional file; additional files;
        additional information; additional materials; appendix; appendices; appendix a; abbreviations;
        list of abbreviations; abbreviations used; pre-publication history; publisher's note; open access;
        rights and permissions; about this article; peer review information; provenance and peer review;
        patient consent; disclaimer; key messages; orcid; orcid id; notes; footnotes;
        clinical trial registration; trial registration; trial registration number; trial registration date;
        study funding/competing interest(s)""",
    "references": """references; reference; reference list; bibliography; literature; literature cited;
        cited literature; references and notes; works cited""",
    "other": """research in context; panel: research in context; evidence before this study;
        added value of this study; implications of all the available evidence; what is already known;
        what is known already; what's already known about this topic; what is already known on this topic;
        what's known; what's new; what this study adds; what does this study add; highlights; case report; key points; translational relevance;
        statement of significance; significance""",
}

# Subsections that belong to one part in every journal.
PART_HEADINGS: dict[SectionKind, tuple[str, ...]] = {
    "methods": (
        r"statistical (?:analys[ei]s|methods?|considerations?|plan|design|analysis plan)",
        r"statistics",
        r"(?:study|trial) (?:design|oversight)(?: and .*)?",
        r"sample size(?: (?:calculation|estimation|determination|consideration)s?)?(?: and .*)?",
        r"(?:inclusion|exclusion|eligibility|selection|inclusion and exclusion) criteria",
        r"randomi[sz]ation(?: and (?:masking|blinding|treatment|allocation))?|masking|blinding",
        r"end ?points? and statistical .*|definitions? of end ?points?|data analys[ei]s and statistic.*",
        r"data collection(?: and .*)?",
    ),
    "results": (
        r"(?:patient|participant|demographic)s?(?:'s?)?(?: and baseline| demographic)? characteristics",
        r"(?:baseline|demographic|patient) characteristics of (?:the )?(?:study )?(?:patient|participant|subject)s",
        r"baseline (?:patient )?characteristics",
        r"(?:patient|participant) (?:flow|disposition|demographics)(?: and .*)?",
    ),
}

# Parts of an abstract that open no part of a paper.
ABSTRACT_PARTS = frozenset(
    """design; setting; settings; participants; patients; subjects; intervention; interventions; exposure; exposures;
    design and setting; setting and participants; design, setting, and participants; design, setting and participants;
    measurements; main outcome measure; main outcome measures; main outcomes and measures; outcome measures;
    primary outcome; limitation; limitations; funding; trial registration; registration; trial registration number;
    clinical trial registration; trial registrations; primary funding source""".replace("\n", " ").split("; ")
)
RUN_IN = re.compile(r"(?:\s*[:.|\u2014\u2013-])?\s*(?<=[\s:.|\u2014\u2013-])(?=[A-Z])")
LONGEST_RUN_IN = 60
NUMBER = re.compile(r"^(?:\(?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.):]?\s*\|?\s+|(?:section\s+)?[ivx]{1,4}\.\s+)")
EDGES = " .:;|-#_?■●▪□◆"
MAX_LENGTH = 150
SPACED = re.compile(r"(?:\w )+\w")
JOINTS = re.compile(r"\s*(?:/|&|\band\b)\s*")

_MAIN: dict[str, SectionKind] = {
    " ".join(name.split()): kind for kind, names in MAIN_HEADINGS.items() for name in names.split(";")
}
_PARTS = [(re.compile("|".join(patterns)), kind) for kind, patterns in PART_HEADINGS.items()]


def plain_heading(title: str) -> str:
    """A heading in lower case, without its number, its emphasis and the punctuation around it."""
    text = " ".join(fold(title).casefold().split()).strip(EDGES)
    if SPACED.fullmatch(text):  # Elsevier prints "a b s t r a c t"
        text = text.replace(" ", "")
    return NUMBER.sub("", text).strip(EDGES)


@lru_cache(maxsize=4096)
def main_heading_kind(title: str) -> SectionKind | None:
    """The kind of a heading that opens a main part of a paper ("Methods/Design", "Results and discussion")."""
    text = plain_heading(title) if len(title) < MAX_LENGTH else ""
    if text in _MAIN or len(text) > 60:
        return _MAIN.get(text)
    pieces = [piece for piece in JOINTS.split(text) if piece]
    if len(pieces) < 2 or not all(piece in _MAIN or " " not in piece for piece in pieces):
        return None
    return next((_MAIN[piece] for piece in pieces if piece in _MAIN), None)


def opens_abstract_part(line: str) -> bool:
    """Does a paragraph begin with the head of a part of a structured abstract: "IMPORTANCE The", "Methods: We"?"""
    return any(_is_abstract_head(line[: end.start()]) for end in RUN_IN.finditer(line[:LONGEST_RUN_IN]))


def _is_abstract_head(printed: str) -> bool:
    plain = plain_heading(printed)
    known = plain in ABSTRACT_PARTS or main_heading_kind(printed) in (
        "introduction",
        "methods",
        "results",
        "conclusion",
    )
    return known and printed[:1].isupper()


@lru_cache(maxsize=4096)
def heading_kind(title: str) -> SectionKind | None:
    """The kind of section a heading opens; None where it does not tell and the section around it does."""
    if kind := main_heading_kind(title):
        return kind
    text = plain_heading(title) if len(title) < MAX_LENGTH else ""
    return next((kind for pattern, kind in _PARTS if pattern.fullmatch(text)), None)
