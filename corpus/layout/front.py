"""What a title page prints beside title and abstract: authors, addresses, dates, copyright."""

from __future__ import annotations

from ontology import regex as re

PLACES = (
    "Departments? Division Institut\\w* Universit\\w+ Hospital\\w* School Faculty Center Centre College Clinics? Klinik\\w*"
    " Unit Laboratory Academy Foundation Inc GmbH Ltd"
)
PLACE = rf"(?:{PLACES.replace(' ', '|')})"
MARK = r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^\{[^{}]{1,6}\}|\^\S|[*†‡§¶]|[0-9]{1,2}\s?|[a-z]\s?(?=[A-Z]))"
YEAR = r"(?:19|20)[0-9]{2}"
# How lines begin that are no prose: addresses, dates, rights, the journal and its volume, the kind of article.
FRONT_STARTS = (
    rf"{MARK}\s*(?:From\s)?(?:[^.;]{{0,90}}\b)?{PLACE}\b",
    rf"(?:From\s)?(?:the\s)?{PLACE}\s(?:of|for|and|in|de|di)\b[^.;]*,",
    r"\*?\s*(?:Address for |Author for |Address (?:all )?)?(?:[Cc]orresponding author|[Cc]orrespond[ea]nce)",
    r"(?:E-?mail|Tel|Phone|Fax)\b",
    r"[^:]{0,90}\b[Ee]-?mail:?\s*\S+@",
    r"\S+@\S+\.[a-z]{2,}\s*\Z",
    r"(?:doi|DOI)\b|https?://\S+\s*\Z|www\.\S+\s*\Z|https?://(?:dx\.)?doi\.org",
    r"©|\(c\)\s|Copyright\b|Creative Commons|This article is (?:an open|distributed|licensed)",
    r"(?:This is an )?[Oo]pen[- ][Aa]ccess(?:\sarticle|\b)",
    r"(?:Received|Accepted|Revised|Submitted|Published(?: online)?|Available online|First published|Epub)\b[^a-z]{0,3}\s*"
    rf"(?:date|on|in|for|online|after)?\W*[\w\s,/]{{0,14}}{YEAR}",
    r"(?:Citation|Academic editor|Handling editor|Edited by|Reviewed by|How to cite|To cite|Cite this|ORCID)\b",
    r"Full list of author|These authors contributed|.{0,40}contributed equally|Present address|Check for updates",
    r"[^|]{0,60}\|\s*(?i:original (?:investigation|article|research|contribution|paper)|research (?:article|letter)|articles?|brief report)\s*\Z",
    r"(?i:(?:research |original |clinical |trial )?(?:article|paper|investigation|report|research)s?|open|letter)\s*\Z",
    rf"[A-Z][\w.&,:\s-]{{2,60}}\|?[\s(|]\(?{YEAR}\)?\s?[;,:|]?\s?[A-Za-z]{{0,3}}[0-9]{{1,4}}(?:\([^)]*\))?(?:\s?:|\s*\Z|\s?[;,|])",
    r"(?:[A-Z][\w.&]+\s){0,5}\b[Vv]ol(?:ume)?\.?\s[0-9]+",
)
FRONT = re.compile(rf"[\s*_#]*(?:{'|'.join(FRONT_STARTS)})")
RIGHTS = re.compile(r"\W*(?:This|©|Copyright|Open|Citation|Corresp)")
KEYWORDS = re.compile(r"[\s*_]*(?:key[\s-]?words?(?: and phrases)?|index terms)\b\**\s*[:.—–-]?", re.IGNORECASE)
PREDICATE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|we|our|this|these|did|does|may|can|showed|received|compared|aims?)\b"
)
# A name with the marks of its addresses after it.
PARTICLES = r"(?:(?:van|von|de|del|della|der|den|di|da|dos|la|le|el|al|ter|bin|of|on behalf of|for|the)\s+)*"
CAPITALISED = r"[A-ZÀ-ÞŁŚŠŽČİ][\w'’.-]*"
NAME = re.compile(
    rf"\W*{PARTICLES}{CAPITALISED}(?:\s+{PARTICLES}{CAPITALISED}){{0,5}}(?:\s?\^?\{{?[\w*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,6}}\}}?)?\W*"
)
NO_NAMES = re.compile(
    r"\b(?:trial|study(?! group)|randomi[sz]ed|phase|efficacy|safety|treatment|therapy|patients|versus|with|effects?|after"
    r"|during|healthy|among|compar\w+|prevention|assessed)\b",
    re.IGNORECASE,
)
BETWEEN_NAMES = re.compile(r",|;|&|\band\b")


def is_front(printed: str) -> bool:
    """Is this an address, a date, a copyright line, not prose of the paper?"""
    head = printed[:400]
    if not FRONT.match(head):
        return False
    return len(PREDICATE.findall(head)) < 3 or bool(RIGHTS.match(head))


def is_authors(printed: str) -> bool:
    """Is this a list of names with their marks?"""
    head = printed[:400]
    if PREDICATE.search(head) or NO_NAMES.search(head) or not BETWEEN_NAMES.search(head):
        return False
    chunks = [chunk for chunk in BETWEEN_NAMES.split(head) if len(chunk.strip(" \t\n*^{}0123456789⁰¹²³⁴⁵⁶⁷⁸⁹")) > 1]
    names = sum(bool(NAME.fullmatch(chunk)) for chunk in chunks)
    return len(chunks) > 1 and names > 0.7 * len(chunks)
