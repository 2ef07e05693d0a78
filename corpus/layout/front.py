"""What a title page prints beside title and abstract: authors, addresses, dates, copyright."""

from __future__ import annotations

import re

PLACE = r"(?:Departments?|Division|Institut\w*|Universit\w+|Hospital\w*|School|Faculty|Cent(?:er|re)|College|Clinics?|Klinik\w*|Unit|Laboratory|Academy|Foundation|Inc|GmbH|Ltd)"
MARK = r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^\{[^{}]{1,6}\}|\^\S|[*†‡§¶]|[0-9]{1,2}\s?|[a-z]\s?(?=[A-Z]))"
FRONT = re.compile(
    rf"""[\s*_]*(?:
        {MARK}\s*(?:From\s)?(?:[^.;]{{0,90}}\b)?{PLACE}\b
      | (?:From\s)?(?:the\s)?{PLACE}\b[^.;]*,
      | \*?\s*(?:Address\sfor\s|Author\sfor\s|Address\s(?:all\s)?|\*)?(?:Corresponding\sauthor|Correspondence|Correspondance|E-?mail|Tel\b|Phone|Fax\b)
      | (?:doi|DOI)\b | https?://(?:dx\.)?doi\.org | ©|\(c\)\s|Copyright\b | \S+@\S+\.[a-z]{{2,}}\s*\Z
      | (?:Received|Accepted|Revised|Submitted|Published(?:\sonline)?|Available\sonline|First\spublished|Epub)\b[^a-z]{{0,3}}\s*(?:date|on|in|for|online|after)?\W*[\w\s,/]{{0,14}}[0-9]{{4}}
      | (?:Citation|Academic\seditor|Handling\seditor|Edited\sby|Reviewed\sby|How\sto\scite|To\scite|Cite\sthis|ORCID)\b
      | (?:This\sis\san\s)?[Oo]pen[- ][Aa]ccess(?:\sarticle|\b)|Creative\sCommons|This\sarticle\sis\s(?:an\sopen|distributed|licensed)
      | Full\slist\sof\sauthor|These\sauthors\scontributed|.{{0,40}}contributed\sequally|Present\saddress
      | (?:Research|Original|Clinical)\s(?:Article|Research|Paper|Investigation|Report|Trial)\s*\Z|(?:RESEARCH|ORIGINAL)\s(?:ARTICLE|PAPER|INVESTIGATION|RESEARCH)
      | [A-Z][\w.&,()\s-]{{2,60}}[\s(](?:19|20)[0-9]{{2}}\)?\s?[;,:]\s?(?:[0-9]{{1,4}}|[A-Z]{{0,3}}[0-9]+)(?:\([^)]*\))?(?:\s?:|\s*\Z|\s?[;,])
      | [^:]{0, 90}\b[Ee]-?mail:?\s*\S+@
      | \b[Vv]ol(?:ume)?\.?\s[0-9]+
    )""",
    re.VERBOSE,
)
KEYWORDS = re.compile(r"[\s*_]*(?:key[\s-]?words?(?: and phrases)?|index terms)\b\**\s*[:.—–-]?", re.IGNORECASE)
ABSTRACT_RUN_IN = re.compile(r"[\s*_]*(?:abstract|summary)\**\s*[:.—–-]+\s*(?=\S)", re.IGNORECASE)
PREDICATE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|we|our|this|these|did|does|may|can|showed|received|compared|aims?)\b"
)
NAME_MARKS = re.compile(
    r"(?:[a-zA-Z.)]\s?(?:\^\{?[\w,*†‡§ ]+\}?|[⁰¹²³⁴⁵⁶⁷⁸⁹,*†‡§¶]+|[0-9]{1,2}(?:,[0-9]{1,2})*))\s*(?:,|&|and\b|;|\Z)"
)


def is_front(printed: str) -> bool:
    """Is this an address, a date, a copyright line, not prose of the paper?"""
    head = printed[:400]
    if not FRONT.match(head):
        return False
    return len(PREDICATE.findall(head)) < 3 or bool(re.match(r"\W*(?:This|©|Copyright|Open|Citation|\*?Corresp)", head))


def is_authors(printed: str) -> bool:
    """Is this a list of names with their marks?"""
    names = len(NAME_MARKS.findall(printed))
    return not PREDICATE.search(printed[:300]) and (names > 1 or printed.count(",") > 3) and not printed.endswith(".")
