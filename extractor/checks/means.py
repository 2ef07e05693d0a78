"""Printed p-values of means, recomputed from means, standard deviations and sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import sqrt

from corpus.document import Cell, Table
from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.columns import column_size
from extractor.checks.comparisons import deviate, p_cell, p_columns, prints
from extractor.checks.tails import fisher_snedecor, student
from extractor.quantities import p_value
from extractor.spreads import P
from extractor.tables.print import caption_text, plain
from ontology import regex as re
from ontology.record import Check, Evidence, PValue

SPREAD = r"(?P<mean>-?\d+(?:\.\d+)?) ?(?:±|\+/-|\+-) ?(?P<sd>\d+(?:\.\d+)?)"
CELL = re.compile(rf"^{SPREAD}\W*(?:[a-z]\W*)?$")
BRACKETED = re.compile(
    r"^(?P<mean>-?\d+(?:\.\d+)?) ?[(\[](?:SD ?=? ?)?(?P<sd>\d+(?:\.\d+)?)[)\]]\W*(?:[a-z]\W*)?$", re.IGNORECASE
)
IS_SD = re.compile(r"\bs\.?d\.?\b|standard deviation|\bstd", re.IGNORECASE)
IS_SE = re.compile(r"\bs\.?e\.?m?\.?\b|standard error", re.IGNORECASE)
# Tests that means and deviations do not give.
OTHER_TEST = re.compile(
    r"mann|whitney|wilcoxon|kruskal|rank|non-?parametric|paired|repeated|adjust|covari|ancova|mixed|regress|log-?trans"
    r"|change|difference|within|baseline vs|geometric|median|model|bootstrap|interaction|friedman",
    re.IGNORECASE,
)
# A paper that names these and none of the others tested its means so.
T_TEST = re.compile(r"\bt[ -]?tests?\b|\banova\b|analysis of variance|\bstudent'?s\b", re.IGNORECASE)
RANKS = re.compile(
    r"mann|wilcoxon|kruskal|rank[- ]sum|non-?parametric|covarian|ancova|mixed[- ]|log-?trans|welch", re.IGNORECASE
)
TWO = re.compile(
    rf"{SPREAD}(?P<between>[^;%±]{{1,110}}?){SPREAD.replace('<mean>', '<mean2>').replace('<sd>', '<sd2>')}"
)
VERSUS = re.compile(r"\b(?:vs|versus|compared|and|while|whereas|against|than|in)\b", re.IGNORECASE)
AFTER = 60
WORDS = 200
FEW = 3
# Distance in normal deviates from all that rounding allows, beyond which a p-value is misprinted: in a table whose
# other means hold, or a paper that names no other test; whatever the test was.
APART = 0.4
FAR = 2.0
SMALLEST = 3


@dataclass(frozen=True)
class Mean:
    """A mean with its deviation and the size of its group, as printed."""

    value: Decimal
    sd: Decimal
    size: int

    @property
    def halves(self) -> tuple[float, float]:
        """Half a unit of the last digit of mean and deviation."""
        return 0.5 * 10.0 ** -decimals(self.value), 0.5 * 10.0 ** -decimals(self.sd)


@dataclass(frozen=True)
class Compared:
    """Means with the p-value printed for them, and the range of P that each test can give within rounding."""

    means: tuple[Mean, ...]
    printed: PValue
    evidence: tuple[Evidence, ...]
    ranges: dict[str, tuple[float, float]]
    other: bool = False

    @property
    def fitting(self) -> str | None:
        """The test that can give the printed value."""
        return next((name for name, (low, high) in self.ranges.items() if _within(low, high, self.printed)), None)

    @property
    def distance(self) -> float:
        """How far the printed value is from what any test can give, in normal deviates."""
        printed = deviate(float(self.printed.value))
        return min(abs(deviate(p) - printed) for span in self.ranges.values() for p in span)


def in_tables(audit: Audit) -> Iterator[Check]:
    """P-values beside means and standard deviations: Student's and Welch's t test of two groups, the analysis of
    variance of more. One fails only where three others of the table, and two of three, are reproduced, or where the
    paper names no other test; or where it is far from any test.

    Student 1908, Biometrika 6:1; Welch 1947, Biometrika 34:28; Fisher 1925, Statistical Methods for Research Workers.
    """
    for table in audit.document.tables:
        found = list(_rows(table, audit))
        held = sum(one.fitting is not None for one in found)
        proven = (held >= FEW and held >= 2 * (len(found) - held)) or (bool(found) and _only_t(audit))
        for one in found:
            apart = APART if proven and not one.other else FAR
            wrong = one.distance > apart and (one.printed.relation == "=" or apart == FAR)
            yield _check(one, "holds" if one.fitting else "fails" if wrong else "undecided")


def _only_t(audit: Audit) -> bool:
    """Whether the paper tests means by the t test or the analysis of variance and by nothing else."""
    text = "\n".join(
        p.search
        for p in audit.document.passages
        if p.section.kind in ("methods", "abstract", "other") or p.kind == "footnote"
    )
    return bool(T_TEST.search(text)) and not RANKS.search(text)


def _rows(table: Table, audit: Audit) -> Iterator[Compared]:
    columns = p_columns(table)
    if len(columns) != 1:
        return
    sizes = {column: size for column in range(columns[0]) if (size := _size(table, column, audit))}
    if len(sizes) < 2:
        return
    about = " ".join((caption_text(table), *(note.search for note in table.footnotes)))
    heads = " ".join(plain(cell.text) for row in table.grid[: table.header_rows] for cell in row if cell)
    for row in table.grid[table.header_rows :]:
        cells = [cell for column in sizes if (cell := row[column])]
        chance = p_cell(row[columns[0]]) if all(_has_spread(cell.text) for cell in cells) else None
        stub = plain(row[0].text) if row[0] and chance else ""
        means = _means(cells, list(sizes.values()), f"{stub} {heads} {about}") if chance else ()
        if chance and means:
            evidence = (table.evidence(chance[0]), *(table.evidence(cell) for cell in cells))
            yield Compared(means, chance[1], evidence, ranges(means), bool(OTHER_TEST.search(f"{about} {stub}")))


def _has_spread(text: str) -> bool:
    return "±" in text or "(" in text or "+" in text or "[" in text


def _means(cells: Sequence[Cell], sizes: Sequence[int], said: str) -> tuple[Mean, ...]:
    """The means of a row, one a group; none where a cell holds something else or standard errors."""
    if len({id(cell) for cell in cells}) < len(sizes) or (IS_SE.search(said) and not IS_SD.search(said)):
        return ()
    found = [_mean(cell, size, said) for cell, size in zip(cells, sizes, strict=True)]
    means = tuple(mean for mean in found if mean)
    return means if len(means) == len(sizes) else ()


def _size(table: Table, column: int, audit: Audit) -> int | None:
    """The size of a column's group: its head's, or that of the arm which the head names."""
    size = column_size(table, column)
    if size or not column:
        return size
    heads = {plain(cell.text).lower() for row in table.grid[: table.header_rows] if (cell := row[column])}
    return next(
        (arm.size for arm in audit.record.arms if {arm.label.lower(), *map(str.lower, arm.synonyms)} & heads), None
    )


def _mean(cell: Cell, size: int, said: str) -> Mean | None:
    text = plain(cell.text)
    match = CELL.match(text) or BRACKETED.match(text)
    if match and match.re is BRACKETED and not IS_SD.search(said):
        return None
    if match is None or size < SMALLEST or not Decimal(match["sd"]):
        return None
    return Mean(Decimal(match["mean"]), Decimal(match["sd"]), size)


def in_text(audit: Audit) -> Iterator[Check]:
    """P-values after two means with deviations in one sentence, of arms whose sizes are known (t test).

    A deviation may be a standard error; it fails only where the p-value is far from that of either.
    """
    sizes = [arm.size for arm in audit.record.arms if arm.size]
    if len(sizes) != 2 or len(audit.record.arms) != 2:
        return
    for passage in audit.prose:
        text = passage.search
        for match in TWO.finditer(text) if "±" in text or "+/-" in text else ():
            chance = P.search(text, match.end(), match.end() + AFTER)
            if (
                chance is None
                or not VERSUS.search(match["between"])
                or re.search(r"±|\. |;|\bP\b", text[match.end() : chance.start()])
            ):
                continue
            printed = p_value(chance["p_value"], chance["p_relation"])
            around = text[max(0, match.start() - WORDS) : chance.start()].rpartition(". ")[2]
            if printed is None or OTHER_TEST.search(around) or not (Decimal(match["sd"]) and Decimal(match["sd2"])):
                continue
            pair = [(match["mean"], match["sd"]), (match["mean2"], match["sd2"])]
            means = tuple(Mean(Decimal(m), Decimal(s), n) for (m, s), n in zip(pair, sizes, strict=True))
            found = Compared(means, printed, passage.evidence(match.start(), chance.end()), _either(means))
            far = found.distance > FAR and printed.relation == "="
            yield _check(found, "holds" if found.fitting else "fails" if far else "undecided")


def _either(means: tuple[Mean, ...]) -> dict[str, tuple[float, float]]:
    """The ranges for deviations and for standard errors, whichever arm comes first."""
    turned = tuple(Mean(one.value, one.sd, other.size) for one, other in zip(means, means[::-1], strict=True))
    first, second = means
    gap, slack = abs(float(first.value - second.value)), first.halves[0] + second.halves[0]
    error = sqrt(float(first.sd) ** 2 + float(second.sd) ** 2)
    freedom = first.size + second.size - 2
    of_errors = tuple(student(max(distance, 0.0) / error, freedom) for distance in (gap + slack, gap - slack))
    other = {f"{name}, arms exchanged": span for name, span in ranges(turned).items()}
    return ranges(means) | other | {"t test of standard errors": (of_errors[0], of_errors[1])}


def ranges(means: Sequence[Mean]) -> dict[str, tuple[float, float]]:
    """The smallest and the largest P of each test that rounding allows."""
    if len(means) > 2:
        return {"analysis of variance": _variance(means)}
    first, second = means
    gap = abs(float(first.value - second.value))
    slack = first.halves[0] + second.halves[0]
    spans = {}
    for name, test in (("Student's t test", _student), ("Welch's t test", _welch)):
        values = [test(first, second, max(gap + side * slack, 0.0), -side) for side in (1, -1)]
        spans[name] = (min(values), max(values))
    return spans


def _student(first: Mean, second: Mean, gap: float, side: int) -> float:
    a, b = (max(float(m.sd) + side * m.halves[1], 1e-9) for m in (first, second))
    freedom = first.size + second.size - 2
    pooled = ((first.size - 1) * a * a + (second.size - 1) * b * b) / freedom
    return student(gap / sqrt(pooled * (1 / first.size + 1 / second.size)), freedom)


def _welch(first: Mean, second: Mean, gap: float, side: int) -> float:
    a, b = (max(float(m.sd) + side * m.halves[1], 1e-9) ** 2 / m.size for m in (first, second))
    freedom = (a + b) ** 2 / (a * a / (first.size - 1) + b * b / (second.size - 1))
    return student(gap / sqrt(a + b), freedom)


def _variance(means: Sequence[Mean]) -> tuple[float, float]:
    """The range of P of the analysis of variance: means and deviations moved by half a unit, all ways."""
    values = []
    moves = list(product((-1, 1), repeat=min(len(means), 4)))
    for move, side in product(moves, (-1, 1)):
        signs = (*move, *(1,) * (len(means) - len(move)))
        moved = [float(m.value) + sign * m.halves[0] for m, sign in zip(means, signs, strict=True)]
        values.append(_anova(means, moved, side))
    values.append(_anova(means, [float(m.value) for m in means], 0))
    return min(values), max(values)


def _anova(means: Sequence[Mean], values: Sequence[float], side: int) -> float:
    total = sum(m.size for m in means)
    grand = sum(m.size * value for m, value in zip(means, values, strict=True)) / total
    between = sum(m.size * (value - grand) ** 2 for m, value in zip(means, values, strict=True)) / (len(means) - 1)
    within = sum((m.size - 1) * max(float(m.sd) + side * m.halves[1], 1e-9) ** 2 for m in means) / (total - len(means))
    return fisher_snedecor(between / within, len(means) - 1, total - len(means))


def _within(low: float, high: float, printed: PValue) -> bool:
    if printed.relation != "=":
        return prints(low, printed) or prints(high, printed)
    unit = 10.0 ** -decimals(printed.value)
    return low < float(printed.value) + unit and high >= float(printed.value) - unit / 2 - 1e-9


def _check(found: Compared, verdict: Verdict) -> Check:
    name = found.fitting or next(iter(found.ranges))
    low, high = found.ranges[name]
    recomputed = f"{low:.2g}" if f"{low:.2g}" == f"{high:.2g}" else f"{low:.2g} to {high:.2g}"
    figures = " and ".join(f"{m.value} (SD {m.sd}, n={m.size})" for m in found.means)
    rest = "" if found.fitting else ", and no usual test of these means gives the printed value"
    stated = f"P{found.printed.relation}{found.printed.value}"
    text = f"{place(found.evidence[0])} prints {stated} for means of {figures}; P is {recomputed} by the {name}{rest}."
    return finding("tests.means", verdict, stated, recomputed, text, found.evidence)
