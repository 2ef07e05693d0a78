"""The authors of a reference: a grammar of names for each way that journals print them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from extractor.references.journals import abbreviation
from ontology import regex as re
from ontology.record import Cited

LETTERS = [chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]


def ranges(letters: Iterable[str]) -> str:
    """Sorted letters as the inside of a character class, neighbours as a range."""
    runs = (list(run) for _, run in groupby(enumerate(letters), key=lambda pair: ord(pair[1]) - pair[0]))
    return "".join(run[0][1] if len(run) == 1 else f"{run[0][1]}-{run[-1][1]}" for run in runs)


U = ranges(letter for letter in LETTERS if letter.isupper())
L = ranges(letter for letter in LETTERS if not letter.isupper())
A = ranges(LETTERS)

PARTICLE = (
    r"(?:[Vv][ao]n(?:\s(?:de[nr]?|het|'t))?|[Dd]e(?:\s(?:la|las|los))?|[Dd]e[lrn]|[Dd]ella|[Dd]elle|[Dd]egli|[Dd]i|[Dd]a|"
    r"[Dd][aou]s?|[Ll][aeo]|[Ee]l|[Aa]l|[Bb]in|[Ii]bn|[Bb]en|[Tt]e[nr]?|[Zz]u[mr]?|'[tn]|[Ss]t\.?|a[fv]|[Yy]|e|i)"
)
# Hyphens and apostrophes join parts; a part after one may be small (al-Khatib, Jean-baptiste).
WORD = rf"(?:[{A}]{{1,3}}['-](?=[{U}]))?[{U}][{A}']+(?:-\s?[{A}]['{A}]*)*|[{U}]'[{U}][{L}]+"
FAMILY = rf"(?:{PARTICLE}\s)*(?:{WORD})(?:\s(?:{PARTICLE}\s)*(?:{WORD})){{0,3}}?"
# Some initials are two letters (Yu. for Юрий, Ch. for Christoph).
DOTTED = rf"[{U}][{L}]?[{L}]?\.(?:\s?-?\s?[{U}][{L}]?\.){{0,4}}(?:\s?-?[{U}](?=[,;:]|\s(?:and|et|&)))?"
RUN = rf"(?:[{U}]|Ch|Th|Ph|Yu|Ya|Kh|Zh|Sh|Ju|Wm|Chr)(?:-?[{U}]|-[{L}]){{0,3}}"
SPACED = rf"[{U}](?:\s-?[{U}]){{1,3}}(?=\s*(?:[,.;:(&]|and\b|et\b|$))"
INITIALS = rf"(?:{DOTTED}|[{U}]\s[{U}]\.|{SPACED}|{RUN})"
SUFFIX = r"(?:,?\s(?P<suffix>(?:Jr|Sr|III|II|IV|2nd|3rd)\b\.?))?"
STOP = rf"(?=et\sal|(?![{A}'-]))"
EDGE = r"(?=\s*(?:[,;.:(&\[\"]|$)|\s+(?:(?:and|et|und|y|e)\b|in:|\d))"
GIVEN = rf"[{U}][{A}'-]+(?:\s(?:[{U}][{A}'-]+|[{U}]\.?)(?![{L}])){{0,2}}"

PATTERNS = {
    "family-initials": rf"(?P<family>{FAMILY})\s(?P<given>{INITIALS}){SUFFIX}{STOP}",
    "family,initials": rf"(?P<family>{FAMILY}(?:\s[JS]r\.?)?),\s?(?P<given>{INITIALS}){SUFFIX}{STOP}",
    "initials-family": rf"(?P<given>{DOTTED}(?:\s[{U}](?=\s))?|[{U}]{{1,3}}(?=\s))\s?(?P<family>{FAMILY}){SUFFIX}{EDGE}",
    "family,given": rf"(?P<family>{FAMILY}(?:\s[JS]r\.?)?),\s(?P<given>(?:{DOTTED}\s)?{GIVEN}){SUFFIX}{EDGE}",
    "given-family": rf"(?P<given>{GIVEN})\s(?P<family>(?:{PARTICLE}\s)*(?![{U}]{{1,4}}\b)(?:{WORD})){SUFFIX}{EDGE}",
}
# Forms of the first name with those that may follow it ("Lee, L. L., W. E. Howard, and R. E. Marsh").
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "family-initials": ("family-initials", ("family-initials",)),
    "family,initials": ("family,initials", ("family,initials", "family-initials", "initials-family", "family,given")),
    "initials-family": ("initials-family", ("initials-family", "given-family")),
    "family,given": ("family,given", ("given-family", "family,given", "initials-family")),
    "given-family": ("given-family", ("given-family", "initials-family")),
}
# Full names look like titles of two words; they count only where nothing else fits.
LOOSE = ("family,given", "given-family")
STRICT = tuple(form for form in FORMS if form not in LOOSE)

SEPARATOR = re.compile(
    r"\s*[,;/]+\s*(?:(?:\.\.\.|…)\s?)?(?:(?:and|et|und|y|e)\s|&\s*)?|\s*(?:&\s*|\b(?:and|et|und|y|e)\s)", re.IGNORECASE
)
ET_AL = re.compile(
    r"\s*[,;]?\s*(?:et\.?\s?al\b\.?|and (?:others|colleagues|co-workers)\b|et coll\b\.?|(?:e|y) cols?\b\.?|u\. ?a\.)",
    re.IGNORECASE,
)
EDITORS = re.compile(r"\s*,?\s*[\[(]?\b(?:eds?|editors?|hrsg|coord|dir)\b\.?[\])]?(?=[\s.,:;]|$)", re.IGNORECASE)
GROUP_WORDS = (
    r"(?:Groups?|Society|Societies|Organi[sz]ations?|Institutes?|Committees?|Associations?|Agency|Administration|Department|"
    r"Ministry|Network|Collaborat(?:ion|ors?|ive)|Investigators|Consortium|Team|Councils?|Academy|College|Foundation|"
    r"Cent(?:er|re)s?|Program(?:me)?|Task Force|Panel|Union|University|Initiative|Federation|Registry|Alliance|Board|"
    r"Commission|Conference|Cooperative|Bureau|Office|Service|Trialists|Workgroup|Working Party|Trust|Authority|Library|"
    r"Corporation|Company|Inc|Ltd|LLC|GmbH|Corp|Pharmaceuticals?|WHO|FDA|EMA|EMEA|NICE|NCI|NCCN|CDC|UNICEF|UNAIDS|OECD|ICH|IARC|Nations|Confederation)"
)
GROUP = re.compile(
    rf"(?:(?:and|for|on behalf of)\s)?(?:(?:the|on behalf of the|for the)\s)?(?P<family>(?:[{U}0-9][^,.;:()]{{0,110}}?(?:\([{U}][^()]{{1,15}}\)\s)?)?\b{GROUP_WORDS}\b[^,.;:()]{{0,60}})",
)
WHOLE_GROUP = re.compile(rf"(?P<family>[{U}0-9][^,.;:()]{{0,150}}?\b{GROUP_WORDS})(?=\s*[,;.:(])")
LEADING_GROUP = re.compile(
    rf"(?P<family>(?:U\.\s?[SK]\.\s)?[{U}][^.;:\"]{{0,160}}?\b{GROUP_WORDS}\b(?:\.(?=\s?,))?[^.;:(\"\d]{{0,120}}(?:[(\[](?!\d)[^)\]]{{2,30}}[)\]][^.;:(\"\d]{{0,60}}){{0,2}})(?=\s*[.:;(]|$|\s+(?:19|20)\d\d\b)"
)
ACRONYM = re.compile(rf"(?P<family>[{U}]{{2,8}}(?:[ /-][{U}]{{2,8}}){{0,2}})(?=\s*[.:(]\s?)")
GROUP_WORD = re.compile(rf"\b{GROUP_WORDS}\b")
ODD = re.compile(
    rf"(?P<family>[{A}][^,.;:()\d]{{1,40}}?)(?:\s(?P<given>[{U}]{{1,4}}[{L}]?))?(?=\s*(?:[,;]|\((?:19|20)\d\d|et\sal|\.\s[{U}]))"
)
# Where only a comma parts the authors from the title, a group among them must end with the word that makes it one.
COMMA_TITLE = ("initials-family", "given-family")
FAMILY_FIRST = ("family-initials", "family,initials")
CLOSED = re.compile(r"\.\s")
# "Lawrence A. Cunningham, ..." begins like "Smith A. Title ...".
FAMILY_NEXT = re.compile(rf"(?<=\.)\s[{U}][{A}'-]+(?:,\s|\sand\s|\s\((?:19|20)\d\d)")
YEAR_NEXT = re.compile(r"\s*\((?:19|20)\d\d")
NOT_INITIALS = frozenset(("US", "UK", "USA", "EU", "II", "III", "IV", "HIV", "AIDS", "DNA", "RNA"))
# Words that begin or fill titles and are nobody's name.
COMMON = frozenset(
    "a an and the of in on for with to from by at as is are new effect effects efficacy safety study studies trial trials "
    "treatment therapy patients disease cancer clinical randomized randomised controlled analysis review guidelines guideline "
    "report reports health medical medicine research use role phase quality life risk factors long short term early late "
    "acute chronic primary secondary global international national european american world annual statistics cell blood "
    "systematic development assessment evaluation management prevention diagnosis oral human adult children women men "
    "common principles introduction handbook manual textbook practical applied advanced modern methods theory models "
    "effectiveness outcomes outcome survival impact comparison association influence its what how why when no not one two".split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """Authors read from the start of a reference; `end` is behind them, `form` how they are printed."""

    authors: tuple[Cited, ...]
    et_al: bool
    end: int
    form: str | None


NOBODY = Names((), False, 0, None)


@cache
def name(form: str) -> re.Pattern[str]:
    """The pattern of a name; its alphabets make it costly to compile, and most papers print one form."""
    return re.compile(PATTERNS[form])


def read_names(text: str, start: int, preferred: str | None = None) -> Names:
    """The authors at `start`: by the preferred form where it fits, else by the form that reads most names."""
    if preferred in STRICT and is_sound(names := read_form(text, start, preferred, pure=True), text, preferred):
        return names
    for forms in (STRICT, LOOSE):
        read = [names for form in forms if is_sound(names := read_form(text, start, form), text, preferred)]
        if read:
            best = max(read, key=lambda names: (len(names.authors), names.end))
            cut_short = best.form == "family-initials" and len(best.authors) == 1 and FAMILY_NEXT.match(text, best.end)
            return read_form(text, start, "given-family") if cut_short else best
        if forms is STRICT and (group := read_group(text, start)).authors:
            return group
    return Names((), False, start, None)


def is_sound(names: Names, text: str, preferred: str | None) -> bool:
    """Whether authors are followed by what may follow authors, and are not a title or a group that looks like a name."""
    if not names.authors or (len(names.authors) == 1 and not is_person(names, preferred)):
        return False
    if names.form in ("initials-family", *LOOSE) and any(map(is_group, names.authors[:2])):
        return False
    if names.form in LOOSE and any(is_common(author) for author in names.authors):
        return False
    tail = text[names.end : names.end + 3].lstrip()
    if names.et_al or not tail or tail[0] in ".:(;,[\"'" or tail[0].isdigit() or text[names.end - 1] == ".":
        return True
    return names.form == "family-initials" and (len(names.authors) > 1 or names.form == preferred)


def is_person(names: Names, preferred: str | None) -> bool:
    """Whether a lone author is a person rather than a country, a group or two words of a title."""
    author = names.authors[0]
    if author.given in NOT_INITIALS:
        return False
    return names.form != "given-family" or preferred in (None, names.form)


def is_group(author: Cited) -> bool:
    """Whether a supposed person is an institution ("U.S. Food & Drug Administration")."""
    return author.given is not None and bool(GROUP_WORD.search(f"{author.given} {author.family}"))


def is_common(author: Cited) -> bool:
    """Whether a word of a supposed name is an everyday word of titles."""
    words = f"{author.given or ''} {author.family}".lower().replace("-", " ").split()
    return any(word in COMMON for word in words)


def read_form(text: str, start: int, form: str, *, pure: bool = False) -> Names:
    """As many names of one form as stand at `start`, groups and misprinted names among them; `pure`: of no other form."""
    authors: list[Cited] = []
    end, position, et_al = start, start, False
    first, following = FORMS[form]
    following = following[:1] if pure and form in COMMA_TITLE else following
    while name := read_member(text, position, following if authors else (first,), lead=not authors, pure=pure):
        authors.append(name[0])
        end = name[1]
        if more := ET_AL.match(text, end):
            end, et_al = more.end(), True
            break
        if not (separator := SEPARATOR.match(text, end)):
            break
        position = separator.end()
    if not authors:
        return Names((), False, start, None)
    return Names(
        without_stop(authors) if form == "family-initials" else tuple(authors), et_al, after_editors(text, end), form
    )


def without_stop(authors: list[Cited]) -> tuple[Cited, ...]:
    """Authors of whom the last does not keep the stop that ends the list ("Smith JA, Jones B. Title")."""
    *others, last = authors
    given = last.given or ""
    if given.count(".") == 1 and given.endswith(".") and not any("." in (author.given or "") for author in others):
        last = Cited(family=last.family, given=given[:-1])
    return (*others, last)


def read_member(
    text: str, position: int, forms: tuple[str, ...], *, lead: bool, pure: bool
) -> tuple[Cited, int] | None:
    """The author at a position and its end: a person, a group among persons, or a name that no form fits."""
    if person := read_person(text, position, forms):
        return person
    group = WHOLE_GROUP if forms[0] in COMMA_TITLE else GROUP
    if not lead and (hit := group.match(text, position)):
        return Cited(family=tidy(hit["family"])), hit.end()
    return None if forms[0] in LOOSE or (lead and not pure) else read_odd(text, position, forms, lead=lead)


def read_person(text: str, position: int, forms: tuple[str, ...]) -> tuple[Cited, int] | None:
    """The name at a position and its end."""
    for form in forms:
        hit = name(form).match(text, position)
        if hit and not (form == "given-family" and abbreviation(hit[0])):
            given = f"{hit['given']} {hit['suffix'] or ''}".strip()
            return Cited(family=tidy(hit["family"]), given=tidy(given)), hit.end()
    return None


def read_odd(text: str, position: int, forms: tuple[str, ...], *, lead: bool) -> tuple[Cited, int] | None:
    """A misprinted name ("SmithJ", "smith J"): what stands before another name, or before the year."""
    hit = ODD.match(text, position)
    if hit is None or len(hit[0].split()) > 4:
        return None
    after = position = hit.end()
    if not lead and forms[0] in FAMILY_FIRST and CLOSED.match(text, after) and is_title_case(hit[0]):
        return Cited(family=tidy(hit[0])), after
    for _ in range(2 if lead else 1):
        separator = SEPARATOR.match(text, position)
        person = read_person(text, separator.end(), forms[:1]) if separator else None
        if person is None:
            if lead or not YEAR_NEXT.match(text, after):
                return None
            break
        position = person[1]
    return Cited(family=tidy(hit["family"]), given=hit["given"]), after


def is_title_case(words: str) -> bool:
    """Whether every word begins with a capital."""
    return all(word[0].isupper() for word in words.split())


def read_group(text: str, start: int) -> Names:
    """A group or an institution as the first author."""
    if (hit := WHOLE_GROUP.match(text, start)) and (separator := SEPARATOR.match(text, hit.end())):
        group = Cited(family=tidy(hit["family"]))
        for form in STRICT:
            others = read_form(text, separator.end(), form)
            if others.authors and is_sound(others, text, form):
                return replace(others, authors=(group, *others.authors))
        if WHOLE_GROUP.match(text, separator.end()):
            others = read_group(text, separator.end())
            return replace(others, authors=(group, *others.authors))
    hit = LEADING_GROUP.match(text, start) or ACRONYM.match(text, start)
    if hit is None:
        return NOBODY
    et_al = ET_AL.match(text, hit.end())
    return Names((Cited(family=tidy(hit["family"])),), bool(et_al), et_al.end() if et_al else hit.end(), "group")


def tidy(name: str) -> str:
    """One space between words, no punctuation behind; dots of initials stay."""
    return " ".join(name.split()).strip(" ,;:")


def after_editors(text: str, end: int) -> int:
    """Behind "(eds)" where it follows the names."""
    mark = EDITORS.match(text, end)
    return mark.end() if mark else end
