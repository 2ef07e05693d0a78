"""Endpoints by name in running text: curated terms, the paper's own abbreviations of them, and time points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from extractor.language import TermMatch, language
from extractor.reading import Reading, Sentence
from ontology import regex as re
from ontology.terms import Term

TIMEPOINT = re.compile(
    r"\b(?:at|after|by|on|from baseline to|to|through|within|over|up to) (?:the )?(?:end of )?(?P<first>week|month|day|year|hour)s? \+?(?P<n>\d{1,3})\b"
    r"|\b(?:at(?P<at>)|after|within|over|up to|during|for|by) (?:the )?(?:first |last )?(?P<n2>\d{1,3}|one|two|three|four|five|six|twelve)[ -]?(?P<unit>week|wk|month|day|year|yr|hour|hr|h|minute|min)s?\b"
    r"(?(at)(?! before| of age| or more)|(?! after| before| of age| or more))",
    re.IGNORECASE,
)
UNIT = {
    "week": "wk",
    "wk": "wk",
    "month": "mo",
    "day": "d",
    "year": "a",
    "yr": "a",
    "hour": "h",
    "hr": "h",
    "h": "h",
    "minute": "min",
    "min": "min",
}
NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10", "twelve": "12"}
SHORT = re.compile(r"(?=.*[A-Z])(?=.*[A-Z0-9].*[A-Z0-9])[A-Za-z0-9-]{2,8}")
# "ORRs were 93% and 90%"
PLURAL = re.compile(r"(?<![\w-])(?P<short>[A-Z]{3,5})s(?![\w-])")
# "efficacy" and "response" alone name the aim of every trial.
TOO_BROAD = re.compile(r"(?:clinical |overall |therapeutic )?(?:efficacy|effectiveness)$", re.IGNORECASE)

# "PR, QRS and QT intervals" are stretches of an electrocardiogram, "PR" no partial response.
OF_A_HEARTBEAT = re.compile(r"(?:,? (?:and |or )?[A-Z]{2,3}c?[A-Z]?)*,? (?:intervals?|segments?)\b")


# "TS-VAS" is no scale of pain.
OF_ANOTHER = re.compile(r"[A-Za-z]-$")
SCALE = re.compile(r"VAS|NRS|[Vv]isual [Aa]nalog")


def read_timepoint(match: re.Match[str]) -> str:
    """A time point as number and UCUM unit: "week 24" is "24 wk"."""
    if match["n"]:
        return f"{match['n']} {UNIT[match['first'].lower()]}"
    return span_of(match)


def span_of(match: re.Match[str]) -> str:
    """A stretch of time as number and UCUM unit."""
    return f"{NUMBERS.get(match['n2'].lower(), match['n2'])} {UNIT[match['unit'].lower()]}"


def endpoint_terms(reading: Reading, sentence: Sentence) -> list[TermMatch]:
    """Known endpoints in a sentence, with the paper's own abbreviations of them."""
    return endpoint_matches(reading, sentence.text, sentence.of_kind("endpoints"))


def endpoint_matches(reading: Reading, text: str, known: tuple[TermMatch, ...]) -> list[TermMatch]:
    """Known endpoints in a text: its curated terms, and the paper's abbreviations that mean one."""
    found = [match for match in known if _is_named(match, text)]
    own = own_abbreviations(reading)
    pattern = _short_forms(tuple(own))
    for match in pattern.finditer(text) if pattern else ():
        if all(match.end() <= other.start or match.start() >= other.end for other in found):
            found.append(TermMatch(own[match["short"]], match.start(), match.end()))
    for match in PLURAL.finditer(text):
        term = _by_acronym(match["short"])
        if term and all(match.end() <= other.start or match.start() >= other.end for other in found):
            found.append(TermMatch(term, *match.span()))
    return sorted(found, key=lambda m: m.start)


@cache
def _by_acronym(short: str) -> Term | None:
    """The curated endpoint that an acronym means by itself."""
    found = [m.term for m in language().find(short) if m.term.kind == "endpoints" and m.end - m.start == len(short)]
    return next((term for term in found if short not in term.values("guarded")), None)


def _is_named(match: TermMatch, text: str) -> bool:
    printed = text[match.start : match.end]
    of_a_heartbeat = printed.isupper() and (
        (printed not in match.term.name and OF_A_HEARTBEAT.match(text, match.end))
        or (printed == "PR" and "QRS" in text)
    )
    another = bool(OF_ANOTHER.search(text[: match.start])) and SCALE.match(printed)
    return not (TOO_BROAD.match(printed) or of_a_heartbeat or another)


@cache
def _short_forms(shorts: tuple[str, ...]) -> re.Pattern[str] | None:
    if not shorts:
        return None
    forms = "|".join(re.escape(short) for short in sorted(shorts, key=len, reverse=True))
    return re.once(rf"(?<![\w-])(?P<short>{forms})s?(?![\w-])")


def own_abbreviations(reading: Reading) -> Mapping[str, Term]:
    """The paper's abbreviations that mean a curated endpoint."""
    return _own_abbreviations(tuple(reading.abbreviations.items()))


@cache
def _own_abbreviations(abbreviations: tuple[tuple[str, str], ...]) -> dict[str, Term]:
    own: dict[str, Term] = {}
    for short, meaning in abbreviations:
        matches = [match for match in language().find(meaning) if match.term.kind == "endpoints"]
        if matches and matches[-1].end - matches[-1].start >= 0.6 * len(meaning):
            own[short] = matches[-1].term
    return own


# "amyloid burden on PET": how it was measured.
MEANS = frozenset({"on", "by", "in", "with", "using", "via"})


def abbreviation_of(reading: Reading, term: Term | None, name: str, printed: str) -> str | None:
    """The short form that the paper itself uses for an endpoint, best the one `printed` here."""
    if term is None:
        said = next(
            (short for short, meaning in reading.abbreviations.items() if meaning.lower() == name.lower()), None
        )
        words = pairwise(("", *printed.split()))
        return said or next((word for before, word in words if SHORT.fullmatch(word) and before not in MEANS), None)
    short = term.attributes.get("abbreviation")
    if printed in reading.abbreviations or (short and printed.replace(" ", "") == short.replace(" ", "")):
        return printed
    defined = [own for own, other in own_abbreviations(reading).items() if other is term]
    if defined:
        return defined[0]
    return short if short and _is_printed(reading, short) else None


def _is_printed(reading: Reading, short: str) -> bool:
    form = re.once(rf"(?<![\w-]){re.escape(short)}(?![\w-])")
    return any(short in passage.search and form.search(passage.search) for passage in reading.document.passages)
