"""Columns and rows by what they stand for: an arm, a comparison, a grade, a time point, a statistic, or a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from corpus.document import Cell
from extractor.arm_book import ArmBook
from extractor.tables.facets import bare_grade, consequence, grade, population, relatedness, timepoint
from extractor.tables.heads import BARE_SIZE, PEOPLE_SIZE, SIZE, is_total, size_of
from extractor.tables.print import label, plain
from extractor.tables.wording import COMPARISONS, COUNTED_PER, Wording, alternatives, read_wording
from extractor.units import unit_code
from ontology import regex as re

VERSUS = re.compile(
    r"\b(?:vs\.?|versus|v\.|compared (?:with|to)|comparison (?:with|to|vs\.?|versus)|relative to|minus"
    r"|differences? (?:from|to|versus|with))(?=\W|$)|:(?=\S+ ratio)",
    re.IGNORECASE,
)
SIZE_HEAD = re.compile(
    r"^(?:(?:total|no\.?|number) (?:of )?)*(?:evaluable |treated )?(?:patients|subjects|participants)"
    r"(?: (?:evaluated|evaluable|assessed|treated|at risk|analy[sz]ed))?$|^n (?:evaluated|evaluable|assessed)$",
    re.IGNORECASE,
)
EVENT_COUNTS = re.compile(
    r"^(?:(?:no|number|total)\.?(?: number)?(?: of)? )?(?:events?|episodes?)(?: \(?n\)?)?$", re.IGNORECASE
)
# Stubs that are a category here and a statistic elsewhere: "No" beside "Yes", "Frequency" of a symptom.
PLAIN_STUBS = frozenset(("no", "frequency", "counts", "cases"))
OF_P = re.compile(r"^\s*p(?:[- ]?values?)?(?![A-Za-z])[\s(\[:,-]*(?:for )?|[)\]]\s*$", re.IGNORECASE)
VARIABLE_AND_CATEGORY = re.compile(r"^(?P<variable>[A-Za-z][^:]{2,40}): (?P<category>[^:]{1,40})$")
BRACKETED = re.compile(r"^(?P<outside>[^()]+)\((?P<inside>[^()]+)\)$")
ASIDE = re.compile(r"^\([^()]*\)$")
# In a table of responses SD is a response, not a standard deviation.
RESPONSES = frozenset(("CR", "PR", "PD", "cCR", "cPR", "cPD"))


@dataclass(frozen=True)
class Axis:
    """What a column's heads or a row's stubs say; `names` are what is left of their words, level by level."""

    cells: tuple[Cell, ...] = ()
    names: tuple[str, ...] = ()
    arm: str | None = None
    comparator: str | None = None
    partner: str | None = None
    whole: bool = False
    size: int | None = None
    grade: str | None = None
    inner_grade: str | None = None
    timepoint: str | None = None
    population: str | None = None
    relatedness: str | None = None
    consequence: str | None = None
    statistics: tuple[tuple[str, ...], ...] = ()
    unit: str | None = None
    printed_unit: str | None = None
    text: str = ""

    @cached_property
    def name(self) -> str:
        """What is left of its words, all levels in one."""
        return ": ".join(self.names)

    @cached_property
    def is_p(self) -> bool:
        """Whether its numbers are p-values."""
        return bool(self.statistics) and self.statistics[0] == ("p_value",)

    @cached_property
    def is_comparison(self) -> bool:
        """Whether its numbers compare arms."""
        return any(names and names[0] in COMPARISONS for names in self.statistics) or self.comparator is not None

    @cached_property
    def is_pure(self) -> bool:
        """Whether it only says which statistic a number is, or how many were counted."""
        return not self.name and bool(self.statistics)

    @cached_property
    def is_size(self) -> bool:
        """Whether its numbers are how many patients of its arm were looked at ("Total patients" under an arm)."""
        return self.arm is not None and bool(SIZE_HEAD.match(label(plain(self.cells[-1].text)))) and len(self.cells) > 1

    @cached_property
    def counts_events(self) -> bool:
        """Whether its numbers are events, not patients."""
        last = label(plain(self.cells[-1].text)) if self.cells else ""
        return any(EVENT_COUNTS.match(text) for text in (self.text, self.name, last))


@dataclass(frozen=True, slots=True)
class Scope:
    """What the reading of a head depends on: the arms, whether grades, bare levels or times may stand in it,
    whether responses are listed, whether heads without a size may be groups, whether stubs may be arms, whether
    stubs may name their category ("Sex: male"), whether headings are parts of the patients, sizes printed bare, and
    the statistics that the notes give to marks ("†mean(s.d.)").
    """

    book: ArmBook
    events: bool = False
    levels: bool = False
    times: bool = True
    response: bool = False
    loose: bool = False
    stub_arms: bool = True
    colons: bool = False
    strata: bool = False
    bare: tuple[tuple[str, int], ...] = ()
    marked: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_axis(cell: Cell, scope: Scope, is_head: bool) -> Axis:
    """The meaning of one head or stub cell."""
    whole_text = text = plain(cell.text)
    size = size_of(text) or dict(scope.bare).get(text)
    if size is not None:
        text = BARE_SIZE.sub(" ", text) if size_of(text) is None else PEOPLE_SIZE.sub(" ", SIZE.sub(" ", text))
    inner, text = _inner_grade(text) if scope.events and is_head else (None, text)
    graded, text = grade(text) if scope.events else (None, text)
    if scope.levels and graded is None and (graded := bare_grade(text, is_head)):
        text = ""
    named_population, text = population(text) if scope.times else (None, text)
    wording = read_wording(label(text)) if is_head else _marked(read_wording(label(text)), cell, scope)
    plain_name = label(text).lower() in PLAIN_STUBS if not is_head else size is not None and len(label(text)) == 1
    if plain_name or (scope.response and label(text) == "SD"):  # "P (n = 50)" is a group
        wording = Wording((), None, None, label(text))
    if is_head and wording.statistics == ("p_value",) and VERSUS.search(text):
        wording = replace(wording, name=label(OF_P.sub(" ", text)))
    time, name = timepoint(wording.name) if is_head or scope.times else (None, wording.name)
    if not is_head and wording.statistics:
        wording, name = _without_unit(wording, name)
    arm, comparator = _arms(name, scope.book, is_head) if is_head or scope.stub_arms else _compared(name, scope.book)
    if comparator and arm is None and not is_head:
        name = ""
    return Axis(
        cells=(cell,),
        names=_parts(name, scope.colons and not is_head) if name and (is_head or arm is None or comparator) else (),
        arm=arm,
        comparator=comparator,
        partner=_partner(name, arm, scope.book) if is_head and arm else None,
        whole=is_head and is_total(whole_text),
        size=size,
        grade="any" if inner and not graded else graded,
        inner_grade=inner,
        timepoint=time,
        population=named_population,
        relatedness=relatedness(whole_text) if scope.events else None,
        consequence=consequence(whole_text) if scope.events else None,
        statistics=alternatives(wording, text),
        unit=wording.unit,
        printed_unit=wording.printed_unit,
        text=label(whole_text),
    )


def _marked(wording: Wording, cell: Cell, scope: Scope) -> Wording:
    """The wording of a stub that names no statistic, with those that a note gives to the mark behind it."""
    printed = cell.text.rstrip()
    found = next((statistics for mark, statistics in scope.marked if printed.endswith(mark)), ())
    return replace(wording, statistics=found) if found and not wording.statistics else wording


def _without_unit(wording: Wording, name: str) -> tuple[Wording, str]:
    """A statistic's stub whose name is a unit or an aside: "Mean - ml/min/1.73 m2", "Mean (SD) (OC)"."""
    if ASIDE.match(name):
        return wording, ""
    code = None if COUNTED_PER.match(name) else unit_code(name)
    return (replace(wording, unit=code, printed_unit=name), "") if code else (wording, name)


def _inner_grade(text: str) -> tuple[str | None, str]:
    """The grade of the bracketed numbers under a head "All grades (grade 3-4)" or "% (grade 3-4)", and the text outside."""
    match = BRACKETED.match(text)
    inside = grade(match["inside"])[0] if match else None
    if match is None or inside in (None, "any") or not ("%" in match["outside"] or grade(match["outside"])[0] == "any"):
        return None, text
    return inside, match["outside"]


def _parts(name: str, colons: bool) -> tuple[str, ...]:
    match = VARIABLE_AND_CATEGORY.match(name) if colons else None
    return (match["variable"], match["category"]) if match else (name,)


def _arms(name: str, book: ArmBook, is_head: bool) -> tuple[str | None, str | None]:
    """The arm a name means and the one it is compared with ("A vs B", "p vs placebo")."""
    if not name:
        return None, None
    parts = VERSUS.split(name, maxsplit=1)
    if len(parts) == 2:
        return book.resolve(label(parts[0])), book.resolve(label(parts[1]))
    resolved = book.resolve(name)
    if is_head or resolved is None:
        return resolved, None
    # A stub is an arm only if it says nothing else: "Placebo", not "Placebo run-in failures".
    mentions = book.find(name)
    covered = sum(mention.end - mention.start for mention in mentions)
    return (resolved if covered >= len(name) - 8 else None), None


def _compared(name: str, book: ArmBook) -> tuple[None, str | None]:
    """The arm that a row of comparisons names where the columns are arms ("Difference from placebo")."""
    parts = VERSUS.split(name, maxsplit=1)
    return None, book.resolve(label(parts[1])) if len(parts) == 2 and not label(parts[0]) else None


def _partner(name: str, arm: str, book: ArmBook) -> str | None:
    """The second arm of a head that names two for each of its cells ("Intervention (control)")."""
    match = BRACKETED.match(name)
    second = book.resolve(match["inside"]) if match and book.resolve(match["outside"]) == arm else None
    return second if second != arm else None


def merged_axis(outer: Axis, inner: Axis) -> Axis:
    """One axis of two levels of heads or stubs; what the inner one says comes first."""
    return Axis(
        cells=(*outer.cells, *inner.cells),
        names=tuple(dict.fromkeys((*outer.names, *inner.names))),
        arm=inner.arm or outer.arm,
        comparator=inner.comparator or outer.comparator,
        partner=inner.partner or outer.partner,
        whole=inner.whole or outer.whole,
        size=inner.size if inner.size is not None else outer.size,
        grade=inner.grade or outer.grade,
        inner_grade=inner.inner_grade or outer.inner_grade,
        timepoint=inner.timepoint or outer.timepoint,
        population=inner.population or outer.population,
        relatedness=inner.relatedness or outer.relatedness,
        consequence=inner.consequence or outer.consequence,
        statistics=(*inner.statistics, *outer.statistics),
        unit=inner.unit or outer.unit,
        printed_unit=inner.printed_unit or outer.printed_unit,
        text=" ".join(filter(None, (outer.text, inner.text))),
    )
