"""The names of outcomes in tables: what row, headings, column or caption say that a number measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from extractor.arm_book import NOTHING
from extractor.tables.axes import RESPONSES
from extractor.tables.captions import STRATA
from extractor.tables.data import Datum, Reading
from extractor.tables.facets import population
from extractor.tables.heads import head_path, head_rows
from extractor.tables.print import caption_text, label
from extractor.tables.wording import read_wording
from ontology import regex as re
from ontology.glyphs import fold
from ontology.terms import Term, terms

CHANGE = re.compile(
    r"\b\d+ ?(?:w|wks?|weeks?|m|mo|months?) ?- ?(?:0|baseline)(?: ?(?:w|wks?|weeks?|m|mo|months?))?\b|[\s,(]*\b(?:(?:mean|adjusted|absolute|percent(?:age)?|relative|ls|least squares) )*(?<!-)(?:changes?|Δ)(?: ?\(%\))?"
    r"(?: (?:from|vs\.?|versus|relative to|to|at|in|over) (?:the )?(?:baseline|pre-?treatment|start|study entry))?\b[\s,)]*(?:from baseline)?",
    re.IGNORECASE,
)
IS_CHANGE = re.compile(
    r"\b(?:day|week|month|visit) ?\d+ ?(?:-|minus) ?(?:day|week|month|visit) ?\d+\b|^(?:adjusted )?Δ|\b\d+ ?(?:w|wks?|weeks?|m|mo|months?) ?- ?(?:0|baseline)\b|(?<!-)\bchanges?\b(?! of (?:therapy|treatment))|\b(?:decrease|increase|reduction|improvement)s? from baseline\b",
    re.IGNORECASE,
)
# Headings that only divide a table of results.
SECTION = re.compile(
    r"^(?:(?:co-?)?(?:primary|secondary|other|exploratory|safety|efficacy|additional|main|key|clinical|laboratory|functional|study)"
    r"(?: and \w+)*\s?)+(?:end-?\s?points?|outcomes?|variables?|parameters?|measures?|results?|efficacy|analys[ei]s|scores?|findings?)?"
    r"(?: \w+ measures?)?:?$|^(?:outcomes?|results?|variables?|parameters?|end-?points?|characteristics?|baseline)$"
    r"|^[\w -]{3,40} (?:measures|parameters|variables|outcomes|end-?points)$",
    re.IGNORECASE,
)
SECTION_LEAD = re.compile(
    r"^(?:co-?)?(?:primary|secondary|key secondary|exploratory|other) (?:efficacy )?(?:end-?points?|outcomes?|variables?)\s?[:-]\s?",
    re.IGNORECASE,
)
SUBGROUP = re.compile(
    r"\b(?:subgroups?|populations?|patients (?:with|without|who|in)|stratum|cohorts?|subset|completers?|only)\b|\b(?:positive|negative)$",
    re.IGNORECASE,
)
# Rows that are a part of the patients, not an outcome.
SUBGROUP_ROW = re.compile(
    r"^(?:all|overall)(?: (?:patients|participants|subjects|women|men))?\b(?! \w)|\b(?:ter|quar|quin)tiles?\b|^(?:(?:fe)?males?|(?:wo)?men)$"
    r"|^(?:age )?(?:[<>≤≥] ?\d+|\d+ ?- ?\d+)\s?(?:years|yrs?|y)$|^(?:ITT|PP|per[- ]protocol|intention[- ]to[- ]treat)$",
    re.IGNORECASE,
)
# A caption without what it says of the table itself: "Comparison of mean VAS scores in the two groups" is "VAS scores".
CAPTION_LEAD = re.compile(
    r"^(?:(?:table \w+|(?:pre-?specified |exploratory )?sub-?groups?|forest plots?|summary|comparisons?|results?|changes?|effects?|differences?|analys[ei]s|the|a|mean|median|of|in|on|proportion|(?:hazard|odds|risk)(?: ratios?)?|for"
    r"|number|percentage|distribution|values?|main|overall|observed|average|postoperative|patients?|achieving|with|experiencing|before|after|and|treatment|therapy|intervention)\b[\s:,.-]*)+",
    re.IGNORECASE,
)
CAPTION_TAIL = re.compile(
    r"\s*(?:\(|\b(?:between|among|by|in (?:the|both|all|each|patients|two|three)|for (?:the|both|all)|at|after|before|during|according|across|of (?:the|both|patients)"
    r"|following|with|from|over|through|per)\b|[.,;:]).*$",
    re.IGNORECASE,
)
# Words of a column's head that name no population.
GENERIC = re.compile(
    r"^(?:values?|scores?|results?|observed|outcomes?|parameters?|variables?|(?:un)?adjusted.*|estimates?|total|overall|all|frequency|patients|group|groups"
    r"|treatments?|treatment group|response|data|cases?|events?|model|exp ?\(b\)|beta|coefficients?)$",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"^(?:\(.*\)|[^A-Za-z0-9]*|[^A-Za-z]*\bof\b[^A-Za-z]*)$")
LOOSE_ENDS = re.compile(
    r"^(?:in|of|for|from|at|to|the|and)\s+|\s(?:from|to|at|in|of|and|for)$|^(?:from|to|at|in|of|and|the)$",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:end-?\s?points?|outcomes?|efficacy|results?|measures|parameters?|findings|variables?|treatments?|analys[ei]s)\b",
    re.IGNORECASE,
)
# Rows that say no more than their heading: "1-year rate" under "Overall survival".
RESPONSE = re.compile(r"\b(?:response|remission)s?$", re.IGNORECASE)
RATE = re.compile(r"^(?:event |survival )?(?:rates?|estimates?|probabilit(?:y|ies))$", re.IGNORECASE)
SCALE = re.compile(
    r"\w .*\b(?:scores?|scales?|grades?|class(?:ification)?|index|status|categor(?:y|ies))$", re.IGNORECASE
)
# What is measured of a marker.
LEVEL_OF = re.compile(
    r"^(?:(?:h-?|all ?red )?scores?|(?:labell?ing )?ind(?:ex|ices)|expression|levels?|staining)$", re.IGNORECASE
)
# Rows that count the events of a time to an event.
EVENTS_OF = re.compile(
    r"^(?:(?:no\.?|number|total)(?: no\.?)?(?: of)? )?(?:(?:patients with |all )?(?:an )?events?|deaths?|died|(?:disease )?progressions?(?:,? (?:or|and) deaths?)?)$",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]{4}")
ASIDE = re.compile(r"\s*\((?:[A-Z][A-Za-z]*[A-Z0-9][\w-]*|[^()]*\b(?:assess|review|report)\w*[^()]*)\)$")
BRACKETS = re.compile(r"\(([^()]{5,60})\)")
WORDS = re.compile(r"[a-z0-9]+")
GENERIC_STEMS = frozenset(
    "rate time score scale index test level to of the in total overall incidence proportion percent".split()
)
HALF = 0.49
CHANGE_OF = re.compile(r"(?:mean |absolute )?(?:Δ ?|delta |changes? (?:in |of )?)", re.IGNORECASE)
MAX_WORDS = 14
MAX_FROM_CAPTION = 8


def endpoint_of(datum: Datum, reading: Reading) -> tuple[str, str | None]:
    """The endpoint by its canonical name where it is curated, and the population that row or column single out."""
    row, column, shorts = datum.entry.row, datum.entry.column, reading.abbreviations
    names = [bare for name in row.stub.names if (bare := _bare_name(name)) and not (row.groups and RATE.match(bare))]
    groups = [
        bare for group in row.groups for name in group.names if (bare := _bare_name(name)) and not SECTION.match(bare)
    ]
    names = [name for name in names if not (groups and _is_change_of(groups[-1], name))]
    tests = column.is_p or (column.is_comparison and not column.names)
    own = _names_beside(datum, reading) if tests else column.names
    heads = [bare for name in own if (bare := _bare_name(name)) and not GENERIC.match(bare)]
    if any(endpoint_term(head, shorts) for head in heads) and not any(endpoint_term(name, shorts) for name in names):
        known = next(term.name for head in heads if (term := endpoint_term(head, shorts)))
        return known, ": ".join((*groups, *names)) or None
    if STRATA.search(reading.caption.text) and (measured := _measured_by_table(heads, reading)):
        return measured, ": ".join((*groups, *names)) or None
    population = next((head for head in heads if (names or groups) and axis_is_shared(datum, reading)), None)
    if names and SUBGROUP_ROW.search(names[-1]):
        parts = [name for name in names if SUBGROUP_ROW.search(name)]
        rest = [name for name in names if name not in parts]
        measured = next((name for name in (*rest, *groups[::-1], *heads) if not SUBGROUP_ROW.search(name)), "")
        endpoint = _joined([measured], shorts) if measured else caption_endpoint(caption_text(reading.table))
        return endpoint or _sole_head(reading), ": ".join(parts)
    if names and (term := endpoint_term(names[-1], shorts)):
        return _lead(groups, datum, reading) + term.name, next(
            (group for group in groups if SUBGROUP.search(group)), population
        )
    single = next((group for group in groups if SUBGROUP.search(group) and (names or len(groups) > 1)), None)
    path = _path(datum, reading, [name for name in groups if name != single], names)
    if marked := of_marker(path, reading.markers):
        return marked, single or population
    if path:
        return _timed(path, reading) or _joined(path, shorts), single or population
    if heads:
        return _joined(heads, shorts), None
    return caption_endpoint(caption_text(reading.table)), None


def _is_change_of(group: str, name: str) -> bool:
    """Whether a row only says that it is the change of what its heading names: `FMD`, then `ΔFMD`."""
    match = CHANGE_OF.match(name)
    return bool(match) and name[match.end() :].strip().lower() in ("", group.lower())  # type: ignore[union-attr]


def _lead(groups: Sequence[str], datum: Datum, reading: Reading) -> str:
    """The heading that tells a row from others of its name ("Clinical response", "US response")."""
    row = datum.entry.row
    others = {entry.row.groups for entry in reading.entries if entry.row.stub.text == row.stub.text}
    told = len(others) > 1 and groups and RESPONSE.search(groups[-1]) and not SUBGROUP.search(groups[-1])
    return f"{named(groups[-1], reading.abbreviations)}: " if told else ""


def _timed(path: Sequence[str], reading: Reading) -> str:
    """The time to an event that the caption names, for a row of its events."""
    if len(path) > 1 or not EVENTS_OF.match(path[0]):
        return ""
    term = endpoint_term(caption_endpoint(caption_text(reading.table)))
    return term.name if term and term.attributes.get("kind") == "time-to-event" else ""


def _path(datum: Datum, reading: Reading, groups: list[str], names: list[str]) -> list[str]:
    """The headings and names that say what a row measures; over a value with its own unit a heading only divides the
    table, or is the first line of its name (`Distal resection`, then `margin (mm)`).
    """
    row = datum.entry.row
    if not groups and names and datum.figures.count is not None and (scale := _scale(reading)):
        return [scale, *names]
    values = (row.stub.unit or row.stub.printed_unit) and row.stub.printed_unit != "%"
    if not (values and names) or any(group.unit or group.printed_unit or group.statistics for group in row.groups):
        return [*groups, *names]
    broken = groups and row.stub.text[:1].islower() and groups[-1][:1].isupper()
    return [f"{groups[-1]} {names[0]}"] if broken else names


def _measured_by_table(heads: Sequence[str], reading: Reading) -> str:
    """The outcome of a table of subgroups: what the column or the caption names, if it is a curated one."""
    shorts = reading.abbreviations
    named = (*heads, caption_endpoint(caption_text(reading.table)))
    return next((term.name for name in named if (term := endpoint_term(name, shorts))), "")


def names_markers(reading: Reading) -> bool:
    """Whether rows or headings of a table are markers."""
    axes = {axis.name for entry in reading.entries for axis in (*entry.row.groups, entry.row.stub)}
    return any(fold(name).lower() in _markers() for name in axes)


def of_marker(path: Sequence[str], markers: Mapping[str, str]) -> str | None:
    """The endpoint of the paper that is the level of a marker: "ER", then "H-score"."""
    for place, name in enumerate(path):
        marker = _markers().get(fold(name).lower(), "")
        if marker in markers and all(LEVEL_OF.match(rest) for rest in path[place + 1 :]):
            return markers[marker]
    return None


@cache
def _markers() -> dict[str, str]:
    return {fold(form).lower(): term.name for term in terms("biomarkers") for form in term.labels}


def _scale(reading: Reading) -> str:
    """The scale that the head over the stubs names, whose grades are the rows ("Glasgow Outcome Scale score")."""
    heads = head_path(reading.table, 0, head_rows(reading.table))
    title = label(heads[-1].text) if heads else ""
    return title if SCALE.search(title) else ""


def _sole_head(reading: Reading) -> str:
    """The outcome that the columns of a table name, if they all name one."""
    heads = {entry.column.names for entry in reading.entries if entry.column.names and not entry.column.is_p}
    bare = [_bare_name(name) for names in heads for name in names]
    return bare[0] if len(heads) == len(bare) == 1 and not GENERIC.match(bare[0]) else ""


def _names_beside(datum: Datum, reading: Reading) -> tuple[str, ...]:
    """What the column left of one of p-values or effects measures, where the rows are arms and the columns outcomes."""
    entry = datum.entry
    if entry.row.axis.arm is None:
        return ()
    left = [
        other.column.names
        for other in reading.entries
        if other.row.index == entry.row.index and other.cell.column < entry.cell.column and other.column.names
    ]
    return left[-1] if left else ()


def axis_is_shared(datum: Datum, reading: Reading) -> bool:
    """Whether several columns of the table belong to the datum's arm, so that their heads tell its numbers apart."""
    arm = datum.meaning.arm
    own = {entry.column.names for entry in reading.entries if entry.meaning.arm == arm and not entry.column.is_p}
    return arm is not None and len(own) > 1


def _joined(path: Sequence[str], shorts: Mapping[str, str]) -> str:
    """The endpoint of a path of names; the curated one where a part of it is."""
    if len(path) == 1 or len(set(path)) == 1:
        return named(path[0], shorts)
    if _holds(path[-1], path[-2]):
        return _joined(path[-1:], shorts)
    if own := endpoint_term(path[-1], shorts):
        return own.name
    first = endpoint_term(path[-2], shorts)
    if first and first.attributes.get("kind") == "time-to-event" and EVENTS_OF.match(path[-1]):
        return first.name
    return f"{named(path[-2], shorts)}: {named(path[-1], shorts)}"


def named(name: str, shorts: Mapping[str, str]) -> str:
    """The curated endpoint that a name is, else what the paper's acronym stands for, else a few of its words."""
    if term := endpoint_term(name, shorts):
        return term.name
    folded = fold(name)
    forms = (folded, f"{folded}.", folded[:2] + folded[2:].lower() if "." in folded else folded)
    return next((shorts[form] for form in forms if form in shorts), "") or _short(name)


def _holds(name: str, heading: str) -> bool:
    """Whether a row says its heading again: "Blood loss" over "Blood loss > 500 ml"."""
    return bool(re.once(rf"(?<!\w){re.escape(heading)}(?!\w)", re.IGNORECASE).search(name))


def _short(name: str) -> str:
    """A name of a few words, without its acronym or who assessed it in brackets behind it."""
    bare = ASIDE.sub("", name)
    return " ".join((bare if WORD.search(bare) else name).split()[:MAX_WORDS])


@lru_cache(maxsize=4096)
def _bare_name(name: str) -> str:
    """A name without "change from baseline" and the like, which the statistic says; nothing of "(OC)" is left."""
    text = SECTION_LEAD.sub("", "" if NO_NAME.match(name) else name)
    text = CHANGE.sub(" ", text) if IS_CHANGE.search(text) else text
    previous = ""
    while previous != text:
        previous, text = text, label(LOOSE_ENDS.sub("", " ".join(text.split())))
    return "" if NO_NAME.match(text) else text


def caption_endpoint(text: str) -> str:
    """The endpoint that a caption names, for tables whose rows and columns are arms and times only."""
    sentence = text.split(". ", maxsplit=1)[0]
    for part in (sentence, *(aside for aside in BRACKETS.findall(sentence) if not population(aside)[0])):
        bare = label(CAPTION_TAIL.sub("", CAPTION_LEAD.sub("", read_wording(part).name)))
        term = endpoint_term(bare)
        if term:
            return term.name
        if bare and len(bare.split()) <= MAX_FROM_CAPTION and not VAGUE.search(bare):
            return bare
    return ""


# "C-ACT score" is what the paper's C-ACT is.
SCORED = re.compile(r"\s+(?:total )?(?:scores?|index|levels?)$", re.IGNORECASE)


def endpoint_term(name: str, abbreviations: Mapping[str, str] = NOTHING) -> Term | None:
    """The curated endpoint that a name is, a bracketed abbreviation or qualifier aside; an acronym of the paper's own
    is what the paper says.
    """
    folded = fold(name)
    bare = SCORED.sub("", folded)
    folded = bare if bare in abbreviations else folded
    if (meaning := abbreviations.get(folded)) and folded not in RESPONSES:
        named, meant = _curated(folded), _curated(fold(meaning))
        return named if named is meant or _shared(meaning, named) else meant if _shared(meaning, meant) > HALF else None
    return _curated(folded)


@lru_cache(maxsize=4096)
def _curated(folded: str) -> Term | None:
    outside = re.sub(r"\s*\([^)]*\)", "", folded).strip()
    inside = re.findall(r"\(([A-Za-z0-9-]{2,8})\)", folded)
    for form in (folded, outside, re.sub(r"\s+rates?$", "", outside), *inside):
        term = _exact().get(form) or _anycase().get(form.lower())
        if term is not None:
            return term
    return None


def _shared(meaning: str, term: Term | None) -> float:
    """How many of the words that an acronym stands for are those of a term."""
    words = _stems(meaning) - GENERIC_STEMS
    return len(words & _stems(term.name)) / len(words) if term and words else 0


@cache
def _exact() -> dict[str, Term]:
    """Names and acronyms as printed; as the whole of a stub an acronym needs no guard."""
    return {form: term for term in terms("endpoints") for form in term.labels if is_trusted(form, term)}


@cache
def _anycase() -> dict[str, Term]:
    found: dict[str, Term] = {}
    for form, term in _exact().items():
        if len(form) > 4 or not form.isupper():
            found.setdefault(fold(form).lower(), term)
    return found


def is_trusted(form: str, term: Term) -> bool:
    """Whether a stub that is this form means just this endpoint; some synonyms only come near it ("initial cure")."""
    if form in (term.name, term.attributes.get("abbreviation")) or term.attributes.get("field") == "oncology":
        return True
    return _stems(form) <= _stems(term.name) | GENERIC_STEMS


def _stems(text: str) -> frozenset[str]:
    """Its words without plural and without the z of American spelling."""
    return frozenset(word.rstrip("s").replace("z", "s") for word in WORDS.findall(text.lower()))
