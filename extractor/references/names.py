"""The authors of a reference: a grammar of names for each way that journals print them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.record import Cited

LETTERS = [chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
U = "".join(letter for letter in LETTERS if letter.isupper())
L = "".join(letter for letter in LETTERS if not letter.isupper())

PARTICLE = (
    r"(?:[Vv][ao]n(?:\s(?:de[nr]?|het|'t))?|[Dd]e(?:\s(?:la|las|los))?|[Dd]e[lrn]|[Dd]ella|[Dd]elle|[Dd]egli|[Dd]i|[Dd]a|"
    r"[Dd][aou]s?|[Ll][aeo]|[Ee]l|[Aa]l|[Bb]in|[Ii]bn|[Bb]en|[Tt]e[nr]?|[Zz]u[mr]?|'[tn]|[Ss]t\.?|a[fv]|[Yy]|e|i)"
)
# Hyphens and apostrophes join parts; a part after one may be small (al-Khatib, Jean-baptiste).
WORD = rf"(?:[{U}{L}]{{1,3}}['-](?=[{U}]))?[{U}][{U}{L}']+(?:-[{U}{L}]['{U}{L}]*)*|[{U}]'[{U}][{L}]+"
FAMILY = rf"(?:{PARTICLE}\s)*(?:{WORD})(?:\s(?:{PARTICLE}\s)*(?:{WORD})){{0,3}}?"
# Some initials are two letters (Yu. for Юрий, Ch. for Christoph).
DOTTED = rf"[{U}][{L}]?[{L}]?\.(?:\s?-?\s?[{U}][{L}]?\.){{0,4}}(?:\s?-?[{U}](?=[,;:]))?"
RUN = rf"(?:[{U}]|Ch|Th|Ph|Yu|Ya|Kh|Zh|Sh|Ju|Wm|Chr)(?:-?[{U}]|-[{L}]){{0,3}}"
SPACED = rf"[{U}](?:\s-?[{U}]){{1,3}}(?=\s*(?:[,.;:(&]|and\b|et\b|$))"
INITIALS = rf"(?:{DOTTED}|{SPACED}|{RUN})"
SUFFIX = r"(?:,?\s(?P<suffix>(?:Jr|Sr|III|II|IV|2nd|3rd)\b\.?))?"
STOP = rf"(?=et\sal|(?![{U}{L}'-]))"
EDGE = r"(?=\s*(?:[,;.:(&\[\"]|and\b|et\b|und\b|y\b|in:|$|\d))"
GIVEN = rf"[{U}][{U}{L}'-]+(?:\s(?:[{U}][{U}{L}'-]+|[{U}]\.?)(?![{L}])){{0,2}}"

PATTERNS = {
    "family-initials": rf"(?P<family>{FAMILY})\s(?P<given>{INITIALS}){SUFFIX}{STOP}",
    "family,initials": rf"(?P<family>{FAMILY}),\s?(?P<given>{INITIALS}){SUFFIX}{STOP}",
    "initials-family": rf"(?P<given>{DOTTED}|[{U}]{{1,3}}(?=\s))\s?(?P<family>{FAMILY}){SUFFIX}{EDGE}",
    "family,given": rf"(?P<family>{FAMILY}),\s(?P<given>(?:{DOTTED}\s)?{GIVEN}){SUFFIX}{EDGE}",
    "given-family": rf"(?P<given>{GIVEN})\s(?P<family>(?:{PARTICLE}\s)*(?:{WORD})){SUFFIX}{EDGE}",
}
NAME = {form: re.compile(pattern) for form, pattern in PATTERNS.items()}
# Forms of the first name with those that may follow it ("Lee, L. L., W. E. Howard, and R. E. Marsh").
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "family-initials": ("family-initials", ("family-initials",)),
    "family,initials": ("family,initials", ("family,initials", "initials-family", "family,given")),
    "initials-family": ("initials-family", ("initials-family",)),
    "family,given": ("family,given", ("given-family", "family,given", "initials-family")),
    "given-family": ("given-family", ("given-family", "initials-family")),
}
# Full names look like titles of two words; they count only where nothing else fits.
LOOSE = frozenset(("family,given", "given-family"))

SEPARATOR = re.compile(r"\s*[,;/]\s*(?:(?:and|et|und|y|e)\s|&\s*)?|\s*(?:&\s*|\b(?:and|et|und|y|e)\s)", re.IGNORECASE)
ET_AL = re.compile(
    r"\s*[,;]?\s*(?:et\.?\s?al\b\.?|and (?:others|colleagues|co-workers)\b|et coll\b\.?|(?:e|y) cols?\b\.?|u\. ?a\.|\.\.\.)",
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
    rf"(?:(?:and|for|on behalf of)\s)?(?:(?:the|on behalf of the|for the)\s)?(?P<family>(?:[{U}0-9][^,.;:()]{{0,110}}?)?\b{GROUP_WORDS}\b[^,.;:()]{{0,60}})",
)
LEADING_GROUP = re.compile(
    rf"(?P<family>[{U}][^.;:\"]{{0,160}}?\b{GROUP_WORDS}\b(?:\.(?=\s?,))?[^.;:(\"]{{0,120}}(?:\([^)]{{2,30}}\))?)(?=\s*[.:;(]|$)"
)
ACRONYM = re.compile(rf"(?P<family>[{U}]{{2,8}}(?:[ /-][{U}]{{2,8}}){{0,2}})(?=\s*[.:(]\s?)")
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


def read_names(text: str, start: int, preferred: str | None = None) -> Names:
    """The authors at `start`: by the preferred form where it fits, else by the form that reads most names."""
    if preferred and preferred not in LOOSE and is_sound(names := read_form(text, start, preferred), text):
        return names
    strict = [read_form(text, start, form) for form in FORMS if form not in LOOSE]
    best = max(strict, key=lambda names: (is_sound(names, text), len(names.authors), names.end))
    if best.authors and is_sound(best, text):
        return best
    loose = (read_form(text, start, form) for form in FORMS if form in LOOSE)
    persons = [names for names in (*loose, best) if names.authors and is_sound(names, text)]
    group = read_group(text, start)
    if persons and not group.authors:
        return max(persons, key=lambda names: len(names.authors))
    return group if group.authors else Names((), False, start, None)


def is_sound(names: Names, text: str) -> bool:
    """Whether authors are followed by what may follow authors, and are not a title that looks like a name."""
    if not names.authors:
        return False
    if names.form in LOOSE and any(is_common(author) for author in names.authors):
        return False
    tail = text[names.end : names.end + 3].lstrip()
    closed = names.et_al or not tail or tail[0] in ".:(;,[\"'" or tail[0].isdigit() or text[names.end - 1] == "."
    return closed or (names.form == "family-initials" and len(names.authors) > 1)


def is_common(author: Cited) -> bool:
    """Whether a word of a supposed name is an everyday word of titles."""
    words = f"{author.given or ''} {author.family}".lower().replace("-", " ").split()
    return any(word in COMMON for word in words)


def read_form(text: str, start: int, form: str) -> Names:
    """As many names of one form as stand at `start`, groups among them."""
    authors: list[Cited] = []
    end, position, et_al = start, start, False
    first, following = FORMS[form]
    while name := read_person(text, position, following if authors else (first,)) or (
        read_member_group(text, position) if authors else None
    ):
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
    return Names(tuple(authors), et_al, after_editors(text, end), form)


def read_person(text: str, position: int, forms: tuple[str, ...]) -> tuple[Cited, int] | None:
    """The name at a position and its end."""
    for form in forms:
        hit = NAME[form].match(text, position)
        if hit and hit["given"] not in NOT_INITIALS:
            given = f"{hit['given']} {hit['suffix'] or ''}".strip()
            return Cited(family=tidy(hit["family"]), given=tidy(given)), hit.end()
    return None


def read_member_group(text: str, position: int) -> tuple[Cited, int] | None:
    """A group among the authors ("..., CHAMPS Study Group")."""
    hit = GROUP.match(text, position)
    return (Cited(family=tidy(hit["family"])), hit.end()) if hit else None


def read_group(text: str, start: int) -> Names:
    """A group or an institution as the only author."""
    hit = LEADING_GROUP.match(text, start) or ACRONYM.match(text, start)
    if hit is None:
        return NOBODY
    return Names((Cited(family=tidy(hit["family"])),), bool(ET_AL.match(text, hit.end())), hit.end(), "group")


def tidy(name: str) -> str:
    """One space between words, no punctuation behind; dots of initials stay."""
    return " ".join(name.split()).strip(" ,;:")


def after_editors(text: str, end: int) -> int:
    """Behind "(eds)" where it follows the names."""
    mark = EDITORS.match(text, end)
    return mark.end() if mark else end
