"""The outline of a paper: which blocks are headings, what sections they open, where title and abstract stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.document import Section, SectionKind
from corpus.headings import heading_kind, main_heading_kind, opens_abstract_part
from corpus.layout.blocks import Block
from corpus.layout.floats import Flow, is_definition
from corpus.layout.front import KEYWORDS, is_authors, is_front
from corpus.layout.heads import is_value
from corpus.layout.prose import ends_sentence
from ontology import regex as re
from ontology.journals import journal_key, journals

MAX_HEADING = 170
MAX_HEADING_WORDS = 24
LONG_PROSE = 320
# An abstract cites nothing: "worldwide.1 About 20% of", "of patients [2]".
CITING = re.compile(r"[a-z]\.\d{1,2}(?:[,–-]\d{1,2})* [A-Z]|[a-z] ?\[\d{1,2}(?:[,–-] ?\d{1,2})*\]|[a-z.]\^?[¹²³⁴⁵⁶⁷⁸⁹]")
# A part of a structured abstract is shorter than this (characters).
ABSTRACT_PART = 2500
BACK_PROSE = 120
# An abstract whose heads are run in has as many parts at least.
MIN_PARTS = 3
# Blocks between the keywords and the heading of the introduction.
NEAR = 5
BODY: frozenset[SectionKind] = frozenset(("methods", "results", "discussion", "conclusion"))

BULLET = re.compile(r"(?:[•●▪■◦‣·○–—-]|\(?[0-9]{1,2}[.)](?![0-9])|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s*(?=\S)")
LIST_NUMBER = re.compile(r"\(?([0-9]{1,2})[.)]\s")
HEADING_NUMBER = re.compile(r"[\s#*]*([0-9]{1,2}(?:\.[0-9]{1,2})*)\.?\s+(?=\S)")
HEADING_START = re.compile(r"[\s#*_(‘“\"'■●▪]*[A-Z0-9À-Þα-ωΔ]|[\s#*_]*[a-z]{0,3}-?[A-Z]|[\s#*_]*[a-z]{1,3}[0-9]")
NOT_HEADING = re.compile(
    r"\t|https?://|\S+@\S+|\bNCT[0-9]|[=≥≤]\s*[0-9].*[;,]|^\W*\(?[0-9.,%]+\)?\W*$|[a-z)]\.\s+[A-Z][a-z]+ [a-z]+ "
    r"|\(?\b(?:DOCX?|PDF|XLSX?|TIFF?|PPTX?|ZIP|MP4)\)?\W*$|^Additional file [0-9]|^\W*(?:CONSORT|PRISMA) checklist"
)
# A line with a finite verb is a sentence; one that stops at such a word is half of one.
SENTENCE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|been|be|declare|became|will|showed|received|accompanies|confirms?|indicates?|gave)\b"
)
STOPS_SHORT = re.compile(
    r"\b(?:the|a|an|of|and|or|in|to|for|with|by|from|at|on|as|than|versus|vs|that|which|between|per|was|were)$"
)
SENTENCE_START = re.compile(
    r"(?:The|In|At|To|A|An|This|These|We|However|Furthermore|With|During|For|When|Of|On|As|It|Our|After|Although|Both"
    r"|Patients (?:with|who|in)|Regarding|Given|Following|Prior to|According)\s(?:\S+\s){4}"
)
PHRASE = re.compile(r"[A-Z][^\d.,;:()=]{2,60}\.")


@lru_cache(maxsize=4096)
def looks_like_heading(printed: str) -> bool:
    """Can this line be a heading, by itself?"""
    line = printed.strip()
    if main_heading_kind(line):
        return not KEYWORDS.match(line)
    if not 2 < len(line) <= MAX_HEADING or len(line.split()) > MAX_HEADING_WORDS:
        return False
    if NOT_HEADING.search(line) or not HEADING_START.match(line) or not re.search(r"[^\W\d_]{2}", line):
        return False
    if line[0] in "•●◦‣·–—-" or is_front(line) or KEYWORDS.match(line) or is_definition(line):
        return False
    if (SENTENCE.search(line) and len(line.split()) > 5 and "?" not in line) or STOPS_SHORT.search(line):
        return bool(heading_kind(line))
    bare = line.rstrip("* _")
    if bare.endswith((".", ":")):
        known = bool(HEADING_NUMBER.match(line)) or bool(heading_kind(line)) or line.startswith(("#", "**"))
        return known or bool(PHRASE.fullmatch(bare) and len(line.split()) < 8 and not opens_abstract_part(line))
    closed_brackets = bare.count("(") == bare.count(")")
    return closed_brackets and not bare.endswith((",", ";", "-", "–", "/")) and not ends_sentence(bare.rstrip("?"))


def heading_title(printed: str) -> str:
    """A heading without the marks around it."""
    return " ".join(printed.strip().strip("#").replace("**", "").split()).strip("*_ ")


def heading_level(printed: str) -> int:
    """The rank of a heading: its printed number's parts, Markdown's signs, else 1 for a paper's main parts."""
    if number := HEADING_NUMBER.match(printed):
        return number[1].count(".") + 1
    if printed.startswith("#"):
        return max(1, len(printed) - len(printed.lstrip("#")) - 1)
    return 1 if main_heading_kind(printed) else 2


def headings(text: str, flow: Flow, *, wrapped: bool = False) -> dict[int, str]:
    """The headings of a flow: printed line by place; in a `wrapped` text only prose under them tells them from cells."""
    lines = {i: item.printed(text) for i, item in enumerate(flow) if isinstance(item, Block)}
    short = [line for line in lines.values() if len(line) < 60]
    numbered = sum(bool(HEADING_NUMBER.match(line) and main_heading_kind(line)) for line in short) > 1
    order = [i for i, line in lines.items() if not is_front(line)]
    found: dict[int, str] = {}
    part: SectionKind | None = None
    last = 0
    for i, after in pairwise([*order, len(flow)]):
        line, following = lines[i], lines.get(after, "")
        if not looks_like_heading(line) or not _opens_section(line, following, numbered=numbered):
            continue
        if wrapped and not heading_kind(line) and _is_fragment(line, following):
            continue
        if part == "back" and not _opens_back(line, following, found.get(i - 1, "")):
            continue
        if (number := LIST_NUMBER.match(line)) and not heading_kind(line) and int(number[1]) != last + 1:
            continue
        last = int(number[1]) if number else last
        found[i] = line
        part = main_heading_kind(line) or part
    return found


def _opens_section(line: str, following: str, *, numbered: bool) -> bool:
    """Is a line that looks like a heading followed by what a heading has under it?"""
    if heading_kind(line):
        return True
    if not following or main_heading_kind(following) or KEYWORDS.match(following):
        return False
    if LIST_NUMBER.match(line) and not numbered:
        return False
    return len(following) > len(line) or looks_like_heading(following)


def _is_fragment(line: str, following: str) -> bool:
    """Is this a cell or a cut line of prose, as texts with hard line ends leave them?"""
    prose = len(following) > BACK_PROSE or (looks_like_heading(following) and len(following) < len(line) + 40)
    return not prose or following[:1].islower() or bool(SENTENCE_START.match(line)) or is_value(line)


def _opens_back(line: str, following: str, above: str) -> bool:
    """In the back matter, abbreviations and names look like headings: only known ones count, or those over prose."""
    kind = heading_kind(line)
    if kind in BODY:
        return True
    if kind in ("back", "references"):
        return not (main_heading_kind(above) == "back" and looks_like_heading(following))
    return len(following) > BACK_PROSE and len(line.split()) < 8 and not line.isupper()


@dataclass(frozen=True, slots=True)
class Opening:
    """A section as it opens; its end is where the next one of its rank opens."""

    title: str
    kind: SectionKind
    level: int
    start: int


@dataclass(frozen=True, slots=True)
class Title:
    """Where a paper's parts begin in its flow: title, abstract (and its heading, if printed) and body."""

    title: int | None
    abstract: int
    body: int
    structured: bool


def title_page(text: str, flow: Flow, found: dict[int, str]) -> Title:
    """Finds the title, the abstract and the place where the paper's body begins."""
    lines = [item.printed(text) if isinstance(item, Block) else "" for item in flow]
    mains = [(i, kind) for i, line in found.items() if (kind := main_heading_kind(line)) and kind != "front"]
    title = _title(lines)
    head = next((i for i, kind in mains if kind == "abstract"), None)
    run_in = _run_in_abstract(lines) if head is None else None
    if run_in is not None:
        return Title(title, *run_in, structured=True)
    first_main = next((i for i, kind in mains if kind != "abstract"), len(lines))
    if head is None or head > len(lines) // 3:
        after = 0 if title is None else title + 1
        head = next((i for i in range(after, first_main) if _is_prose(lines[i])), None)
    if head is None:
        return Title(title, first_main, first_main, structured=False)
    structured = _is_structured(flow, mains, head)
    return Title(title, head, _body(lines, found, mains, head, structured=structured), structured)


def _title(lines: Sequence[str]) -> int | None:
    """The first line that can be a title; a line in capitals or with a bar is the journal's where a better one follows."""
    first = next((i for i, line in enumerate(lines) if _is_title(line)), None)
    if first is None or not (lines[first].isupper() or "|" in lines[first]):
        return first
    for i in range(first + 1, min(first + 4, len(lines))):
        if is_authors(lines[i]) or main_heading_kind(lines[i]):
            break
        if _is_title(lines[i]) and not lines[i].isupper() and not _is_prose(lines[i]):
            return i
    return first


def _run_in_abstract(lines: Sequence[str]) -> tuple[int, int] | None:
    """Where an abstract begins and ends whose parts have their heads run into their paragraphs."""
    parts = [i for i, line in enumerate(lines) if opens_abstract_part(line)]
    run = parts[:1]
    for i in parts[1:]:
        if i - run[-1] > 2:  # a part can have a second paragraph
            if len(run) >= MIN_PARTS:
                break
            run = []
        run.append(i)
    return (run[0], run[-1] + 1) if len(run) >= MIN_PARTS and run[0] <= len(lines) // 3 else None


def _is_title(line: str) -> bool:
    return (
        len(line.split()) > 3
        and len(line) < 400
        and not is_front(line)
        and not is_authors(line)
        and not _is_journal(line)
    )


def _is_journal(line: str) -> bool:
    return len(line) < MAX_HEADING and journal_key(line) in journals()


def _is_prose(line: str) -> bool:
    long = len(line) > LONG_PROSE or (len(line) > BACK_PROSE and CITING.search(line) is not None)
    return long and not is_front(line) and not is_authors(line)


def _is_structured(flow: Flow, mains: Sequence[tuple[int, SectionKind]], head: int) -> bool:
    """Are the main parts of the paper named twice, the first time with a few lines under each name?"""
    if {i for i, _ in mains} >= {head, head + 1}:
        return True
    for kind in ("methods", "results", "conclusion"):
        places = [i for i, own in mains if own == kind and i >= head]
        if len(places) > 1:
            after = next(i for i, _ in mains if i > places[0])
            if flow[after].start - flow[places[0]].start < ABSTRACT_PART:
                return True
    return False


def _body(
    lines: Sequence[str],
    found: dict[int, str],
    mains: Sequence[tuple[int, SectionKind]],
    head: int,
    *,
    structured: bool,
) -> int:
    """Where the abstract that begins at `head` is over."""
    keywords = next((i for i in range(head, len(lines)) if KEYWORDS.match(lines[i])), len(lines))
    after = [(i, kind) for i, kind in mains if i > head]
    results = [i for i, kind in after if kind in ("results", "conclusion", "discussion")]
    past = results[0] if structured and results else head
    opened = next((i for i, kind in after if kind == "introduction" and i > past), len(lines))
    again = [i for i, kind in after if kind == "methods" and (i > past or not structured)]
    stop = min([opened, *again[:1]], default=len(lines))
    if keywords < stop or 0 < opened - keywords < NEAR:  # some abstracts print their methods last
        return keywords + 1
    if opened <= stop:
        return opened
    start = max((i for i, _ in after if i < stop), default=head) if structured else head
    prose = [i for i in range(start, stop) if i not in found and lines[i] and not is_front(lines[i])]
    return next((i for i in prose[1:] if _is_prose(lines[i])), stop)


def closed(openings: Sequence[Opening], end: int) -> tuple[Section, ...]:
    """Sections with their ends and the titles above them."""
    sections: list[Section] = []
    path: list[Opening] = []
    for index, opening in enumerate(openings):
        path = [*(above for above in path if above.level < opening.level), opening]
        after = (later.start for later in openings[index + 1 :] if later.level <= opening.level)
        stop = next((start for start in after if start >= opening.start), end)
        titles = tuple(above.title for above in path if above.title)
        sections.append(Section(opening.title, opening.kind, opening.level, opening.start, stop, titles))
    return tuple(sections)


def _kind_above(opened: Sequence[Opening], seen: set[SectionKind]) -> SectionKind:
    """The kind that a subsection takes on; ethics and funding can stand inside the methods, which go on then."""
    kind = opened[-1].kind if opened else "front"
    if kind in ("back", "other") and not seen & {"discussion", "conclusion"}:
        return next((section.kind for section in reversed(opened) if section.kind in BODY), kind)
    return kind


def opening(line: str, start: int, opened: Sequence[Opening], *, in_abstract: bool) -> Opening:
    """The section that a heading opens after the sections opened so far."""
    title, level = heading_title(line), heading_level(line)
    if in_abstract:
        return Opening(title, "other" if main_heading_kind(title) == "other" else "abstract", 2, start)
    seen = {section.kind for section in opened}
    above = _kind_above(opened, seen)
    own = main_heading_kind(title)
    if own == "introduction" and seen & BODY:  # "Objectives" inside the methods
        own = None
    if own in ("abstract", "front") and seen & BODY:
        own = "conclusion" if own == "abstract" else None
    if own:
        return Opening(title, own, level, start)
    kind = above if above in BODY else heading_kind(title) or above
    return Opening(title, "other" if kind in ("abstract", "front") else kind, max(2, level), start)
