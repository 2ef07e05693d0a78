"""The print of one reference: its text folded for patterns, and what is taken out of it before its fields are read.

Nothing here changes the length of the text, so every span counts in the reference as it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ontology import regex as re
from ontology.glyphs import fold

# Quotation marks of other languages, and bars that a converter left for italics.
QUOTES = str.maketrans({"«": '"', "»": '"', "‹": "'", "›": "'", "|": " "})
TAGS = re.compile(r"</?(?:italic|bold|em|strong|sup|sub|i|b|u)>", re.IGNORECASE)

Span = tuple[int, int]

LABEL = re.compile(
    r"\s*(?:\[(?:\d{1,4}|[A-Z][^\]\s]{1,24})\]|\(\d{1,3}\)(?=\s+[^\W\d_])|\d{1,3}(?:[.)](?!\d)|\s+(?=[^\W\d_]))|[-•])?\s*"
)
EMPHASIS = re.compile(r"(?<!\*)\*{1,3}(?!\*)([^*]{1,300})\*{1,3}(?!\*)|(?<![\w_])_([^_]{1,300})_(?!\w)")
# A converter may leave a space where the line ended after a dot, a slash or a hyphen of the identifier.
DOI = re.compile(
    r"(?:https?://)?(?:(?:dx\.)?doi\s?(?:\.org/|:)?\s*(?:https?://(?:dx\.)?doi\.org/)?)?"
    r"(?P<doi>10\.\d{4,9}/(?:[^\s\"<>,;]|[,;](?=[^\s,;])|<[^\s<>]{1,30}>)+(?:(?<=[./_-])\s(?=[a-z0-9./-]*\d[a-z0-9./-]*\.?\s*$)\S+)?)",
    re.IGNORECASE,
)
PMID = re.compile(
    r"(?:\bPMID\s?:?|\bPubMed(?:\s?PMID)?\s?:|pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/)\s*(?P<pmid>\d{4,8})\b",
    re.IGNORECASE,
)
PMCID = re.compile(r"(?:\bPMCID\s?:?\s*)?\bPMC\d{4,9}\b(?:\.\d)?", re.IGNORECASE)
URL = re.compile(r"[<(]?(?:https?://|ftp://|www\.)[^\s<>\")\]]+[>)]?", re.IGNORECASE)
ACCESSED = re.compile(
    r"[\[(]?\b(?:last\s|date\s(?:last\s)?|first\s)*(?:accessed|cited|retrieved|viewed|visited|consulted|(?<=last\s)updated)\b:?"
    r"(?:\s(?:on|at|in|from))?(?:[\s,:./-]*(?:\d{1,4}(?:st|nd|rd|th)?\b|Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|June?|July?|Aug\w*|"
    r"Sep\w*|Oct\w*|Nov\w*|Dec\w*)){0,4}\.?[\])]?",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"[\[(]?\b(?:e-?pub|online|published)?\s?(?:ahead\sof\sprint|before\sprint|online\sfirst)\b[^\])]{0,30}[\])]"
    r"|[\[(]?\bE-?pub(?:lished)?\b(?:\s(?:online|ahead\sof\sprint))?[\s:]*(?:\d{4})?(?:\s?[A-Z][a-z]{2,8}\.?)?(?:\s\d{1,2})?"
    r"(?:,?\s\d{4})?[\])]?\.?"
    r"|\(?\b(?:available|retrieved|downloaded)\s?(?:online\s)?(?:from|at|via|online|on)\b:?(?:\sURL:?)?(?=\s|$)"
    r"|[\[(](?:in press|internet|online|electronic version|serial online|corrected|full text|web page|homepage)[\])]"
    r"|;?\s?discussion\s[A-Z]?\d+[A-Z]?(?:-[A-Z]?\d+[A-Z]?)?(?:,\s\d+)?"
    r"|\bPublished (?:online )?\d{4}(?: [A-Z][a-z]{2,8}\.? \d{1,2})?(?=\.)"
    r"|(?<=\b20\d\d)\.\d\d\.\d\d\.\d{6,8}(?:v\d+)?"
    r"|\bISBN(?:-1[03])?:?\s?[\dX -]{9,18}|\bISSN:?\s?\d{4}-\d{3}[\dX]"
    r"|\bpii:\s?\S+|\bdoi:\s?10\.\d{4,9}(?!/)"
    r"|\bURL:\s|\bDOI:?(?=\s*$)|\bdoi:(?=\s)",
    re.IGNORECASE,
)
# Each costly pattern with words one of which it always holds.
TAKEN = (
    (URL, ("http", "www.", "ftp://")),
    (ACCESSED, ("access", "cited", "retriev", "viewed", "visited", "consulted", "updated")),
    (
        NOTES,
        (
            *("pub", " print", "online", "availab", "retriev", "download", "in press", "internet", "electronic"),
            *(
                "corrected",
                "full text",
                "web page",
                "homepage",
                "discussion",
                "url:",
                "doi",
                "pii:",
                "isbn",
                "issn",
                "rxiv",
            ),
        ),
    ),
)
# No reference is longer; what is, holds more than one and is read from its beginning.
LONGEST = 3000
OPENING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference: `raw` as printed, `text` folded and with identifiers and notes blanked, same length."""

    raw: str
    text: str
    start: int
    end: int
    emphasis: tuple[Span, ...]
    identifiers: Mapping[str, str]

    def value(self, start: int, end: int) -> str:
        """The printed characters of a span, markers of emphasis dropped and spaces made one."""
        return clean(self.raw[start:end])


def clean(text: str) -> str:
    """Printed text without markers of emphasis, spaces made one, brackets balanced, no punctuation at its ends."""
    text = " ".join(TAGS.sub(" ", text).replace("*", " ").split()).strip(" ,;:.|")
    return text + ")" if text.count("(") == text.count(")") + 1 else text


def prepare(raw: str) -> Printed:
    """Take the label, the identifiers and the notes out of a reference."""
    text = fold(raw[:LONGEST]).translate(QUOTES)
    if "</" in text:
        text = TAGS.sub(blank, text)
    start = LABEL.match(text).end()  # type: ignore[union-attr]
    identifiers: dict[str, str] = {}
    text = take_identifiers(text, identifiers)
    small = text.lower()
    for pattern, cues in TAKEN:
        if any(cue in small for cue in cues):
            text = pattern.sub(blank, text)
    end = len(text.rstrip(" .;,"))
    return Printed(raw, text, start, max(start, end), emphasised(raw[:LONGEST]), identifiers)


def take_identifiers(text: str, found: dict[str, str]) -> str:
    """Blank DOI, PMID and PMCID, keeping the first of each."""
    if "10." in text and (hit := DOI.search(text)):
        value = trimmed(hit["doi"])
        found["doi"] = "".join(value.split())
        end = hit.start("doi") + len(value)
        text = text[: hit.start()] + " " * (end - hit.start()) + text[end:]
        text = DOI.sub(blank, text)
    if ("PM" in text or "ubmed" in text.lower()) and (hit := PMID.search(text)):
        found["pmid"] = hit["pmid"]
        text = PMID.sub(blank, text)
    return PMCID.sub(blank, text) if "PMC" in text else text


def trimmed(doi: str) -> str:
    """A DOI without the punctuation of the sentence it stands in."""
    doi = doi.rstrip(".,;:'\"")
    while doi and doi[-1] in OPENING and doi.count(doi[-1]) > doi.count(OPENING[doi[-1]]):
        doi = doi[:-1].rstrip(".,;:'\"")
    return doi


def blank(match: re.Match[str]) -> str:
    """As many spaces as the match has characters."""
    return " " * (match.end() - match.start())


def emphasised(raw: str) -> tuple[Span, ...]:
    """Spans that the converter marked as italic or bold."""
    if "*" not in raw and "_" not in raw:
        return ()
    return tuple((hit.start(1), hit.end(1)) if hit[1] else (hit.start(2), hit.end(2)) for hit in EMPHASIS.finditer(raw))
