"""Tables and figures of a JATS article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.draft import Draft, Note
from corpus.grid import LONGEST, WIDEST, Box, Rows, arrange, drop_empty, span, write_grid
from corpus.readers.jats_inline import Element, join_citations, local, run_of, text_of
from corpus.run import Mark, Run

Places = Mapping[str, int]

ROW_GROUPS = ("thead", "tbody", "tfoot")


def write_table(draft: Draft, wrap: Element, places: Places) -> None:
    """A table-wrap: label and caption, each of its tables, its footnotes."""
    start, label = draft.size, label_of(wrap)
    caption = write_caption(draft, wrap, label, places)
    grids = []
    for table in tables_of(wrap):
        rows = rows_of(table, places)
        boxes, header_rows = drop_empty(arrange(rows), rows.header_rows)
        if boxes:
            grids.append((write_grid(draft, boxes), header_rows))
    draft.write("\n")
    notes = [draft.put(run, "footnote", lead=lead) for lead, run in footnotes(wrap, places)]
    for grid, header_rows in grids:
        draft.add_table(label, caption, grid, header_rows, notes, start)


def tables_of(wrap: Element) -> Iterator[Element]:
    """The tables of a wrap, in CALS or XHTML tags; an array is one itself."""
    if local(wrap) == "array":
        yield wrap
        return
    for node in wrap.iter("table", "array"):
        if not any(local(above) in ("table", "array") for above in node.iterancestors()):
            yield node


def rows_of(table: Element, places: Places) -> Rows:
    """A table's rows, head first; rows of nothing but heads count as head where no thead is tagged."""
    rows = Rows()
    parts = [node for name in ROW_GROUPS for node in table.findall(name)] or [table]
    for group, part in enumerate(parts):
        head = local(part) == "thead"
        for tr in part.findall("tr"):
            rows.add([box_of(cell, head, places) for cell in tr if local(cell) in ("td", "th")], group)
            rows.header_rows += head
    if not rows.header_rows:
        while rows.header_rows < len(rows.rows) - 1 and rows.rows[rows.header_rows] and all_heads(rows):
            rows.header_rows += 1
    return rows


def all_heads(rows: Rows) -> bool:
    """Is the first row after the head made of head cells alone?"""
    return all(box.header for box in rows.rows[rows.header_rows])


def box_of(cell: Element, head: bool, places: Places) -> Box:
    """A td or th."""
    marks: tuple[Mark, ...] = ()
    text = " ".join((cell.text or "").split())
    if len(cell):
        run = join_citations(run_of(cell), places)
        text, marks = run.text, tuple(run.marks)
    header = head or local(cell) == "th"
    return Box(text, marks, span(cell.get("rowspan"), LONGEST), span(cell.get("colspan"), WIDEST), header)


def label_of(node: Element) -> str:
    """The label of a table or figure, or of the group it stands in."""
    label = node.find("label")
    above = node.getparent()
    if label is None and above is not None and local(above).endswith("-group"):
        label = above.find("label")
    return text_of(label).rstrip(".:| ")


def write_caption(draft: Draft, node: Element, label: str, places: Places) -> Note | None:
    """`Table 1. Caption` as a passage that leaves the label out."""
    run = join_citations(run_of(node.find("caption")), places)
    if not run.text:
        draft.write(f"{label}\n" if label else "")
        return None
    return draft.put(run, "caption", lead=f"{label}. " if label else "", end="\n")


def footnotes(wrap: Element, places: Places) -> Iterator[tuple[str, Run]]:
    """The notes under a table: (label with a space, text)."""
    foot = wrap.find("table-wrap-foot")
    if foot is None:
        return
    items = list(foot.iter("fn"))
    items += [p for p in foot.iter("p") if next(p.iterancestors("fn"), None) is None]
    for item in items or [foot]:
        label = run_of(item.find("label")).text
        run = join_citations(run_of(item, skip=("label", "table-wrap")), places)
        if run.text:
            yield f"{label} " if label else "", run


def write_figure(draft: Draft, figure: Element, places: Places) -> None:
    """A figure's label and legend."""
    label = label_of(figure)
    caption = write_caption(draft, figure, label, places)
    if caption is not None:
        draft.figures.append((label, caption))
    draft.write("\n")
