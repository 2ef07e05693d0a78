"""Answers of queries as a person or a program wants them: table, CSV, JSON, Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.namespaces import PREFIXES
from graph.stores.answers import Answer, Table, Term, plain, table

NUMBERS = frozenset(f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double", "float"))
WIDTH = 200


def as_table(answer: Answer) -> Table:
    """Any answer as a table: a truth is one cell, triples are three columns."""
    if isinstance(answer, bool):
        return Table(("answer",), ((Literal(answer),),))
    if isinstance(answer, Table):
        return answer
    return table(("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in answer))


def to_csv(answer: Answer) -> str:
    """CSV with a head (RFC 4180)."""
    found = as_table(answer)
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(found.columns)
    rows.writerows(["" if (text := plain(term)) is None else text for term in row] for row in found.rows)
    return out.getvalue()


def to_json(answer: Answer) -> str:
    """A list of objects; what is not bound has no key, IRIs are whole, numbers are numbers."""
    if isinstance(answer, bool):
        return json.dumps(answer) + "\n"
    found = as_table(answer)
    rows = [
        {name: _json_value(term) for name, term in zip(found.columns, row, strict=True) if term is not None}
        for row in found.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _json_value(term: Term) -> Any:
    if isinstance(term, Literal) and term.datatype.value in NUMBERS:
        number = Decimal(term.value)
        return int(number) if number == number.to_integral_value() and number.is_finite() else float(number)
    if isinstance(term, Literal) and term.datatype.value == f"{PREFIXES['xsd']}boolean":
        return term.value == "true"
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def to_markdown(answer: Answer) -> str:
    """A Markdown table; pipes and line breaks cannot break it."""
    found = as_table(answer)
    lines = [_markdown_row(found.columns), _markdown_row(["---"] * len(found.columns))]
    lines += [_markdown_row([plain(term) or "" for term in row]) for row in found.rows]
    return "\n".join(lines) + "\n"


def _markdown_row(cells: Any) -> str:
    texts = (" ".join(cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").split()) for cell in cells)
    return "| " + " | ".join(texts) + " |"


def to_text(answer: Answer, width: int = WIDTH) -> str:
    """A table for a terminal; columns without a value are left out."""
    from rich.console import Console

    from graph.wording import printable

    found = as_table(answer)
    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False, color_system=None)
    console.print(_rich(found, printable))
    count = len(found.rows)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + f"\n{count} row{'s' * (count != 1)}\n"


def _rich(found: Table, printable: Callable[[str], str]) -> Any:
    from rich.table import Table as RichTable

    shown = [place for place in range(len(found.columns)) if any(row[place] is not None for row in found.rows)]
    shaped = RichTable(box=None, pad_edge=False, header_style="bold")
    for place in shown or range(len(found.columns)):
        shaped.add_column(found.columns[place].replace("_", " "), overflow="fold")
    for row in found.rows:
        shaped.add_row(*(printable(plain(row[place]) or "") for place in shown))
    return shaped


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": to_text,
    "csv": to_csv,
    "json": to_json,
    "markdown": to_markdown,
}
