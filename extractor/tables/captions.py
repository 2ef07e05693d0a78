"""What captions, notes and a paper as a whole say of the numbers of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.document import Table
from extractor.arm_book import ArmBook
from extractor.tables.axes import VERSUS, Axis
from extractor.tables.facets import consequence, grade, population, relatedness, timepoint
from extractor.tables.figures import LOCATIONS
from extractor.tables.heads import head_path, head_rows
from extractor.tables.print import caption_text, label, plain
from extractor.tables.wording import COMPARISONS, read_wording
from ontology import regex as re

# Clauses of a caption or note that announce how numbers are printed: "Data are n (%) or median (IQR)".
CLAUSES = re.compile(
    r"[;,.:()\[\]]|\bor\b|\band\b(?! (?:sd|se|standard|ranges?|interquartile|iqr|percent|percentages?|95))"
)
TIMES = re.compile(r"\b(?:baseline|week|month|day|year|hour|before|after|pre|post|end of)", re.IGNORECASE)
CHANGES = re.compile(r"\bchanges?\b[^.;]*\bfrom baseline\b", re.IGNORECASE)
FROM_BASELINE = re.compile(r"\bfrom baseline\b", re.IGNORECASE)
EVENT_WORDS = re.compile(r"\badverse\b|\b(?:TE|S)?AEs?\b")
NOTE = re.compile(
    r"\b(?:values?|data|numbers?|figures?|results?|expressed|presented|reported|shown|given|unless|are|mean ?±)\b"
)
# How early the word stands in a caption that is about differences.
DIFFERENCE_AT = 60
MIDDLE_STATED = re.compile(
    r"me(?P<rest>di|)ans? ?(?:values? )?[(\[,]? ?(?:and |with )?(?:their )?[(\[]?(?:range|iqr|inter-?quartile|min\w*|25th|q1)"
)
# A table of parts of the patients.
STRATA = re.compile(r"\bsub-?groups?\b|\bsub-?sets?\b|\bstratif|\bforest\b", re.IGNORECASE)
SPREAD_STATED = re.compile(
    r"\bmeans?\s?(?:values?\s)?(?:±|\+/-|\(|and)\s?(?:the\s)?(?:their\s)?(?P<name>s\.?d\.?\b|standard deviation|s\.?e\.?m?\.?\b|standard error)",
    re.IGNORECASE,
)


def read_caption(table: Table, book: ArmBook) -> Axis:
    """What a caption says of every number below it, and the time that the head over the stubs names."""
    text = caption_text(table)
    graded, _ = grade(text)
    led_to = consequence(text)
    if led_to == "serious" and len(EVENT_WORDS.findall(text)) > 1:  # "adverse events and serious adverse events"
        led_to = None
    return Axis(
        text=text,
        grade=graded,
        timepoint=_only_time(text) or _stub_time(table),
        arm=_arm(text, book),
        comparator=_reference(text, book),
        population=population(text)[0],
        relatedness=relatedness(text),
        consequence=led_to,
    )


def _arm(text: str, book: ArmBook) -> str | None:
    """The one arm that a caption speaks of ("Responses in group A")."""
    found = {mention.label for mention in book.find(text) if mention.firm}
    return found.pop() if len(found) == 1 and not VERSUS.search(text) else None


def _reference(text: str, book: ArmBook) -> str | None:
    """The arm that a caption compares all the others with ("Mean differences from placebo")."""
    parts = VERSUS.split(text, maxsplit=1) if "difference" in text[:DIFFERENCE_AT].lower() else [text]
    named = book.find(parts[1]) if len(parts) == 2 else ()
    return named[0].label if named and named[0].start <= 1 and len(book.find(parts[0])) == 0 else None


def _stub_time(table: Table) -> str | None:
    """The one time that the head over the stubs names for all rows ("At week 104")."""
    heads = head_path(table, 0, head_rows(table))
    return _only_time(plain(heads[-1].text)) if heads else None


def _only_time(text: str) -> str | None:
    """The time point of a caption that names but one, and not the start of a comparison."""
    text = FROM_BASELINE.sub(" ", text)
    if len(TIMES.findall(text)) != 1:
        return None
    if re.search(r"\bat baseline\b", text, re.IGNORECASE):
        return "baseline"
    time = timepoint(text)[0]
    return time if time and time[0].isdigit() else None


@lru_cache(maxsize=8)
def stated_spread(text: str) -> str | None:
    """What +- means in a paper that says it once for all ("expressed as mean ± SEM"): sd or se."""
    match = SPREAD_STATED.search(text)
    if match is None:
        return None
    return "se" if match["name"].lower().replace(".", "").startswith(("se", "standard e")) else "sd"


MARKED = re.compile(
    r"(?P<mark>[*†‡§¶#])\s?(?:[Vv]alues? (?:are|is) )?(?P<what>(?:[Mm]ean|[Mm]edian)s?\s?(?:\([^()]{1,30}\)|±\s?[A-Za-z.]+))"
)


@lru_cache(maxsize=8)
def stated_middle(text: str) -> str | None:
    """What stands before a range in brackets in a paper that always says the same of it: mean or median."""
    names = {f"me{match['rest']}an" for match in MIDDLE_STATED.finditer(text.lower())}
    return names.pop() if len(names) == 1 else None


def announced_of(table: Table) -> Iterator[tuple[str, ...]]:
    """The statistics that caption and notes announce; lists of abbreviations announce none."""
    texts = [caption_text(table)]
    texts.extend(plain(MARKED.sub(" ", note.text)) for note in table.footnotes if NOTE.search(note.search.lower()))
    heads = head_rows(table)
    texts.extend(label(row[0].text) for row in table.grid[:heads] if row[0])
    for text in texts:
        for clause in _clauses(text):
            statistics = read_wording(clause).statistics
            against = len(statistics) > 1 and statistics[0] == "difference" and VERSUS.search(clause)
            located = statistics and statistics[0] in LOCATIONS - COMPARISONS
            if against or located or statistics[:2] in (("count", "percent"), ("percent", "ci")):
                yield statistics


def marked_statistics(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The statistics that notes give to marks: "values are *median (range) and †mean(s.d.)"."""
    for note in table.footnotes:
        for match in MARKED.finditer(note.text):
            yield match["mark"], read_wording(label(match["what"])).statistics


def _clauses(text: str) -> Iterable[str]:
    """A text's clauses; brackets that hold only a statistic stay with the words before them."""
    kept = re.sub(
        r"[(\[](?=\s?(?:%|n|sd|s\.d\.|se|s\.e\.|sem|iqr|q1|range|min|interquartile|standard|percent|±|\d\d ?%)[^()\[\]]*[)\]])([^()\[\]]*)[)\]]",
        r"<\1>",
        text,
        flags=re.IGNORECASE,
    )
    return (clause.replace("<", "(").replace(">", ")") for clause in CLAUSES.split(kept))
