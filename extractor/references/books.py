"""Books, chapters, proceedings and theses: where their titles end."""

from __future__ import annotations

from extractor.references.names import U, read_names
from ontology import regex as re

# A chapter's book: "In: ...", "in: ..." behind a comma, "in ..." behind a closing quote, "in the Proceedings".
CONTAINER = re.compile(
    r"(?<=[.?!,;\"'\])])\s*(?:\bIn:?|(?<=\"\s)in:?|(?<=\",\s)in:?|(?<=,\s)in:|(?<=[,\"]\s)in(?=\s(?:the\s)?Proc))"
    r"\s+(?=[\"'A-ZÀ-Þ]|the\sProc)"
)
# City (or City, State): Publisher
PUBLISHER = re.compile(
    rf"(?:(?<=[.,;)\]?!])|(?<=\bed\.)|(?<=\bedition))\s*(?:[{U}][\w.'-]+(?:[\s,/&-]+[{U}(][\w.)'-]*){{0,5}}):\s[{U}][^:]{{2,120}}\Z"
)
# A last sentence that names a publisher, a thesis or a report.
HOUSE = re.compile(
    rf"(?<=[.?!,)\"'])\s+(?=[^.]{{0,60}}\b(?:Press|Publish(?:ers?|ing|ed)|Publications?|Verlag|Books|Springer|Elsevier|Wiley|"
    rf"Saunders|Mosby|Lippincott|Raven|Karger|Thieme|Blackwell|McGraw|Kluwer|Dekker|Livingstone|Humana|Routledge|Pearson|"
    rf"Macmillan|Penguin|Gallimard|Sage|Kaufmann|University|Univ|"
    rf"Foundation|Ministry|Department|Institute)\b)(?=[{U}][^?!]{{3,140}}\Z)"
)
THESIS = re.compile(
    r"[.,;\"']\s*[\[(]?(?=(?:unpublished\s)?(?:Ph\.?\s?D\.?|doctoral|master'?s?'?|M\.?Sc\.?|M\.?A\.?|diploma|bachelor)\s?"
    r"(?:thesis|dissertation|degree)|thesis\b|dissertation\b|(?:technical|research|working)\s(?:report|paper|memo)"
    r"|(?:paper|poster|abstract|lecture)?\s?(?:presented|submitted)\s(?:at|to)\b)",
    re.IGNORECASE,
)
# The house and the year of a book in brackets ("(Oxford University Press, 2006)").
HOUSED = re.compile(r"\s\((?:[^()]{2,60}:\s)?[^()\d]{3,60}?,?\s(?P<year>(?:19|20)\d\d)\)\W*\Z")
EDITION = re.compile(
    r"[,.;]?\s*[\[(]?\b(?:\d{1,2}(?:st|nd|rd|th|a|e|ª|º)|[Ss]econd|[Tt]hird|[Ff]irst|[Rr]ev(?:ised|\.)?)\s(?:rev\.?\s)?"
    r"ed(?:\b\.?|ition|n|i[cç][aã]o)\b"
)
EDITORS = re.compile(r"(?:[^:]{0,150}?[\s(\[,])?(?:eds|editors?|(?<=\()ed|hrsg)\b[.)\]]*[.,:;)]*\s*", re.IGNORECASE)
# What follows the name of a meeting: the city and the country or state.
CITY = re.compile(rf",\s[{U}][\w.'-]+(?:\s[{U}][\w.'-]+){{0,2}}(?:,\s[{U}][\w.]*(?:\s[{U}][\w.]*){{0,2}})?\Z")
MEETING = re.compile(r"\b(?:Proc(?:eedings|\.)|Conference|Symposium|Workshop|Congress|Meeting)\b")
SPECIAL = re.compile(r"[,.:(]?\s\(?(?:special|themed|thematic|theme) (?:issue|section|number)\b", re.IGNORECASE)
STOP = re.compile(r"(?<=[a-z)\d]{2})\.\s+(?=[A-Z0-9])")


def book_title(text: str, start: int, end: int) -> tuple[int, int]:
    """The title of the book or the meeting that `[start, end)` names, without editors, edition, publisher and city."""
    names = read_names(text, start)
    if names.authors and EDITORS.search(text, max(start, names.end - 12), names.end):
        start = names.end
    elif editors := EDITORS.match(text, names.end if names.authors else start, end):
        start = editors.end()
    for pattern in (PUBLISHER, EDITION, STOP):
        if hit := pattern.search(text, start, end):
            end = hit.start()
    if MEETING.search(text, start, end) and (city := CITY.search(text[:end].rstrip(" .,;"), start)):
        end = city.start()
    return start, end


def without_publisher(text: str, start: int, end: int) -> int:
    """The end of a title before city and publisher, thesis or report; the same end where there is none."""
    for pattern in (PUBLISHER, THESIS, HOUSE):
        hits = [hit.start() for hit in pattern.finditer(text, start + 1, end)]
        if hits:
            stops = [hit for hit in hits if text[hit - 1] in ".?!\"'"]
            return without_edition(text, start, stops[0] if stops else hits[-1])
    return end


def without_edition(text: str, start: int, end: int) -> int:
    """The end of a title before its edition."""
    edition = EDITION.search(text, start, end)
    return edition.start() if edition else end
