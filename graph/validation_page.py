"""A validation as a self-contained page: figures by list and field, causes, every miss and invention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from corpus.causes import MEANING, confusion
from corpus.score import Tally
from graph.report import asset
from graph.validation import Row, Scored, Validation, fact_words, figure_rows, list_rows, wanted

FIGURE_HEADS = ("", "gold", "found", "precision", "recall", "F1", "", "lenient F1")
MISS_HEADS = ("paper", "list", "what", "cause", "places", "gold", "found", "differs", "rule")


def page(validation: Validation, only: str | None = None) -> str:
    """The page; `only` limits it to one list."""
    groups = [group(kind, form, items, only) for (kind, form), items in validation.groups().items()]
    if validation.missing:
        groups.append(f"<p>No paper for: {escape(', '.join(validation.missing))}.</p>")
    return Template(asset("validation.html")).substitute(groups="\n".join(groups))


def group(kind: str, form: str, items: Sequence[Scored], only: str | None) -> str:
    """One kind of gold in one form of paper."""
    papers = ", ".join(item.gold.id for item in items)
    parts = [f"<h2>{escape(kind)} papers as {escape(form)}</h2><p>{escape(papers)}</p>"]
    parts.append(figures(wanted(list_rows(items), only)))
    parts.append(figures(wanted(figure_rows(items), only)))
    parts.append(folded_away("By field", figures(wanted(figure_rows(items, "fields"), only))))
    parts.append(folded_away("Causes", causes(items, only)))
    parts.append(folded_away("Misses and inventions", misses(items, only)))
    return "\n".join(parts)


def folded_away(title: str, content: str) -> str:
    """A part that opens on a click."""
    return f"<details><summary>{escape(title)}</summary>{content}</details>"


def grid(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    lines = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f'<div class="scroll"><table><tr>{head}</tr>{lines}</table></div>'


def figures(rows: Sequence[Row]) -> str:
    """Counts, precision, recall and F1, the last as a bar too."""
    return grid(FIGURE_HEADS, (figure_cells(row) for row in rows)) if rows else ""


def figure_cells(row: Row) -> list[str]:
    """The cells of a row of figures."""
    counts = [f'<td class="n">{count}</td>' for count in (row.strict.gold, row.strict.found)]
    shares = [share(value) for value in (row.strict.precision, row.strict.recall, row.strict.f1)]
    meter = "" if row.strict.f1 is None else f'<meter value="{row.strict.f1:.3f}"></meter>'
    lenient = share(row.lenient.f1) if row.lenient != Tally() else "<td></td>"
    return [f"<td>{escape(row.name)}</td>", *counts, *shares, f"<td>{meter}</td>", lenient]


def share(value: float | None) -> str:
    """A figure with three digits."""
    return f'<td class="n">{"" if value is None else f"{value:.3f}"}</td>'


def causes(items: Sequence[Scored], only: str | None) -> str:
    """How often each cause lost or invented facts of each list, and what the causes mean."""
    counts = confusion(pair for item in items for pair in item.causes)
    lines = dict.fromkeys((name, what) for name, what, _ in counts if only in (None, name))
    rows = (
        [
            f"<td>{escape(name)}</td><td>{what}</td>",
            *(f'<td class="n">{counts[name, what, c] or ""}</td>' for c in MEANING),
        ]
        for name, what in lines
    )
    meaning = "; ".join(f"{cause}: {words}" for cause, words in MEANING.items())
    return grid(("", "", *MEANING), rows) + f"<p>{escape(meaning)}.</p>"


def misses(items: Sequence[Scored], only: str | None) -> str:
    """Every miss and invention with its place and its nearest counterpart."""
    rows = []
    for item in items:
        for match, cause in item.causes:
            if only not in (None, match.list):
                continue
            what = "half right" if match.lenient else "missed" if match.gold else "invented"
            places = ", ".join(f"{place.start}-{place.end}" for place in match.evidence)
            found = match.found.rule if match.found else ""
            words = (item.gold.id, match.list, what, cause, places, fact_words(match.gold), fact_words(match.found))
            rows.append([f"<td>{escape(cell)}</td>" for cell in (*words, ", ".join(match.differs), found)])
    return grid(MISS_HEADS, rows)
