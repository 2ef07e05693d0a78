"""Baseline characteristics from tables: variable, category, arm and figures of each cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.study import Rejected, Study
from extractor.tables.axes import Axis
from extractor.tables.data import Datum, data, placed, read_tables, rejected, total_of
from extractor.tables.figures import Figures
from extractor.tables.groups import CATEGORY
from extractor.tables.print import label
from extractor.units import unit_code
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Baseline
from ontology.terms import terms

# Headings that only divide a table; the rows below them are variables of their own.
SECTION = re.compile(
    r"^(?:(?:baseline|patient|demographic|clinical|disease|laboratory|general|other|maternal|tumou?r|socio-?demographic|vital"
    r"|biochemical|medical|study|delivery)\w*(?: and \w+)*\s)?(?:characteristics?|demographics?|data|parameters?|features?|variables?"
    r"|information|details|tests?|values?|results?|measures?|measurements|signs|findings|examination|history)$"
    r"|^demographics?$|^(?:liver|renal|kidney|cardiac|lung) function$|^concomitant (?:medications?|diseases?|disorders?)$",
    re.IGNORECASE,
)
# "PR" under "Prior response" is no receptor.
SHORT = re.compile(r"[A-Z]\w{0,2}")
# Names of measured quantities; a whole number beside them is no count of patients.
MEASURED = re.compile(
    r"\b(?:age|weight|height|bmi|body mass index|score|index|duration|time|years?|days?|months?|level|pressure|rate|dose"
    r"|size|volume|diameter|number of|count|concentration|distance|length|thickness|temperature|ratio)\b",
    re.IGNORECASE,
)
# "Sex (m/f)", "Male/female", "ECOG (0/1/2)": categories of a cell that prints "9/2".
LISTED = re.compile(r"[(\[]?(?P<list>[^\s()\[\]/]+(?:[ +-][^\s()\[\]/]+){0,2}(?:\s?/\s?[^()\[\]/]+)+)[)\]]?\s*$")
WORD_LIST = re.compile(r"^(?P<name>.*?)\s*[(\[]?(?P<list>[\w+.<>≥≤-]+(?:\s?/\s?[\w+.<>≥≤ -]+)+)[)\]]?$")


def baseline(study: Study) -> Iterator[Baseline | Rejected]:
    """The baseline characteristics that the tables of a paper print."""
    for reading in read_tables(study):
        if reading.kind != "baseline":
            continue
        for datum in data(reading):
            if isinstance(datum, Rejected):
                yield datum
            elif is_baseline(datum):
                yield from _facts(datum, study)


def is_baseline(datum: Datum) -> bool:
    """Whether a number of a baseline table is of the start of the trial, and neither compares nor tests."""
    column = datum.entry.column
    if column.is_p or datum.meaning.is_comparison or datum.figures.p_value:
        return False
    return column.timepoint in (None, "baseline")


def _facts(datum: Datum, study: Study) -> Iterator[Baseline | Rejected]:
    known = placed(datum, study)
    if known is None:
        yield rejected(datum.entry, "the column is no arm")
        return
    split = _split(known, study)
    if split:
        yield from split
        return
    variable, category = _names(known)
    if not variable or known.figures.is_empty:
        yield rejected(datum.entry, "the row has no name" if not variable else "no figure is understood")
        return
    figures = _counted(known, variable, category)
    if not _believed(figures, known):
        yield rejected(datum.entry, "a count larger than its group")
        return
    yield _fact(known, figures, (variable, category), study)


def _fact(datum: Datum, figures: Figures, names: tuple[str, str | None], study: Study) -> Baseline:
    variable, category = names
    values: dict[str, Any] = {
        "variable": variable,
        "category": UNIT_OF_CATEGORY.sub("", category) if category else None,
        "arm": datum.arm,
        "count": figures.count,
        "percent": figures.percent,
        "statistic": figures.statistic,
        "value": figures.value,
        "sd": figures.sd,
        "se": figures.se,
        "range": figures.range,
        "total": total_of(datum, figures, study),
        "unit": _unit(datum) if figures.value is not None else None,
    }
    rule = f"tables.baseline.{figures.statistic or 'value'}"
    return Baseline.model_validate(values | {"evidence": datum.evidence, "rule": rule})


def _unit(datum: Datum) -> str | None:
    """The unit of a value; the % of a head is of the counts below it."""
    axis = datum.entry.row.axis if datum.meaning.printed_unit == "%" else datum.meaning
    return axis.unit or axis.printed_unit or unit_code(datum.entry.value.unit)


def _names(datum: Datum) -> tuple[str, str | None]:
    """Variable and category: a heading and its row, or a row alone where it is a variable itself."""
    row = datum.entry.row
    names = row.stub.names
    groups = [group for group in row.groups if group.names]
    if not names:
        return (groups[-1].name if groups else datum.entry.column.name), None
    if not groups or _stands_alone(row.stub, groups[-1], datum.figures):
        if len(names) == 1 and SEX.match(names[0]):
            return "sex", names[0]
        return names[0], ": ".join(names[1:]) or None
    if len(groups) > 1 and not SECTION.match(groups[0].name):
        return groups[0].names[-1], ": ".join((groups[-1].name, *names))
    return groups[-1].names[-1], ": ".join(names)


def _stands_alone(stub: Axis, group: Axis, figures: Figures) -> bool:
    if CATEGORY.match(stub.name):
        return False
    if SECTION.match(group.name):
        return True
    variable = variable_of(stub.name)
    if variable is not None and variable != variable_of(group.name) and not SHORT.fullmatch(stub.name):
        return True
    is_value = figures.statistic in ("mean", "median", "geometric_mean") or (
        figures.value is not None and stub.unit is not None
    )
    return is_value and group.unit is None


def _counted(datum: Datum, variable: str, category: str | None) -> Figures:
    """A bare whole number that counts: a category's, or one of a name that is no measured quantity."""
    figures = datum.figures
    value = figures.value
    if figures.statistic is not None or value is None or figures.range is not None or datum.meaning.unit:
        return figures
    if value != value.to_integral_value() or "." in str(value) or value < 0:
        return figures
    if category is None and MEASURED.search(variable):
        return figures
    return replace(figures, statistic="count", count=int(value), value=None)


def _believed(figures: Figures, datum: Datum) -> bool:
    total = figures.total if figures.total is not None else datum.entry.size
    return figures.count is None or total is None or figures.count <= total


def _split(datum: Datum, study: Study) -> list[Baseline]:
    """The facts of a cell such as "9/2" under "Sex (m/f)"."""
    first = datum.entry.value.parts[0]
    text = datum.entry.row.stub.text
    match = WORD_LIST.match(text)
    if first.kind != "slash" or not match or len(datum.entry.value.parts) != 1:
        return []
    categories = [label(part) for part in match["list"].split("/")]
    counts = [int(number) for number in first.numbers if number is not None]
    if len(categories) != len(counts) or not all(categories):
        return []
    variable = label(match["name"]) or next((group.name for group in reversed(datum.entry.row.groups)), "")
    if not variable:
        variable = "sex" if categories[0].lower() in ("male", "female", "m", "f", "men", "women") else text
    facts = []
    percents = datum.entry.row.stub.statistics[:1] == (("percent",),)
    for category, number in zip(categories, counts, strict=True):
        figures = Figures(percent=Decimal(number)) if percents else Figures(count=number)
        figures = replace(figures, statistic="percent" if percents else "count")
        facts.append(_fact(datum, figures, (variable, SEXES.get(category.lower(), category)), study))
    return facts


# "<65 years" is the category "<65" of age.
UNIT_OF_CATEGORY = re.compile(
    r"(?<=\d)\s?(?:years?|yrs?|y|months?|mo|weeks?|wk|days?|kg/m2|kg m-2|kg|g|cm|mm|mg/dL|mmHg|mm Hg)(?: old| of age)?$"
)
SEX = re.compile(r"^(?:(?:fe)?males?|(?:wo)?men|boys|girls)$", re.IGNORECASE)
SEXES = {"m": "male", "f": "female"}


def variable_of(name: str) -> str | None:
    """The curated variable that a name means."""
    return _variables().get(fold(name).lower())


@cache
def _variables() -> dict[str, str]:
    return {fold(form).lower(): term.name for term in terms("variables") for form in term.labels}
