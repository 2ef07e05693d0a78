"""Counts of the arms or sexes in a bracket against the whole before it, and counts of a cell against their group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Table
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.columns import column_size
from extractor.quantities import ANY_COUNT, PEOPLE, count
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import Check, Evidence

NOUN = rf"(?:{PEOPLE}|deaths?|events?|relapses?|recurrences?|adverse events?|responders?|responses?|withdrawals?)"
# "sixteen patients had declined further treatment", "508 deaths were recorded", before what opens their parts
WHOLE = re.compile(
    rf"(?<![\d.,/%=-])\b(?:(?P<some>{ANY_COUNT})(?: ?\([^()]*\))? (?:out )?of (?:all |the |these )?)?(?P<whole>{ANY_COUNT})(?P<of>(?: [a-z-]+){{0,2}}? {NOUN}\b|(?= (?:had|were|was) )| underwent)"
    r"(?P<words>[^\d.;:()%]{0,90})$",
    re.IGNORECASE,
)
OPENED = re.compile(r"(?P<sign>[(\[:]) ?(?=\w)")
INCLUDING = re.compile(r"(?P<sign>including) (?=\w)")
COUNTED = re.compile(rf"{ANY_COUNT}\b", re.IGNORECASE)
BEFORE = 150
# "in the treated group (P > 0.05)"
TAIL = re.compile(r" ?\([^()]*[<>=][^()]*\)$")
SIZED = r"(?: ?[(\[] ?\d[^()\[\]]{0,24}[)\]])?"
# "10 (6%) patients in the treated arm", "10 treated", "9 of group I"
PART = re.compile(
    rf"^(?P<n>{ANY_COUNT}){SIZED}(?P<noun> {NOUN})?(?: (?:died|relapsed|progressed|withdrew))?"
    r"(?: (?P<link>in|from|of|receiving|on|assigned to|given|randomi[sz]ed to))?(?: the)? (?P<label>[^\d()%;=]{1,60}\d?[^\d()%;=]{0,20})$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r",? (?:and|versus|vs\.?|compared with|against) (?=\w)|[,;] (?=\w)", re.IGNORECASE)
GROUP = re.compile(r"\b(?:arms?|groups?|cohorts?)\b", re.IGNORECASE)
SEX = re.compile(
    r"^(?:M|F|(?:fe)?males?|(?:wo)?men|boys|girls)(?: (?:patients|subjects|participants))?$", re.IGNORECASE
)
EACH = re.compile(r"\b(?:each|both|per|either)\b", re.IGNORECASE)
# Counts of something else than those of the whole.
OTHER = re.compile(
    r"\b(?:at least|more than|respectively|of (?:whom|which|these)|years?|months?|weeks?|days?|cycles?|doses?|mg|ml)\b",
    re.IGNORECASE,
)
LONGEST = 220
# A sum that is further off than this is of another whole.
NEAR = 0.2
# "sex (male/female)", "stage (I/II/III)" over cells of "12/18"
LISTED = re.compile(
    r"\((?P<names>[\w -]+(?:/[\w -]+)+)\)|^[^()/]*?(?P<bare>\b(?:M|male|men)/(?:F|female|women))\b", re.IGNORECASE
)
SLASHED = re.compile(r"^\d{1,4}(?: ?/ ?\d{1,4}){1,5}$")


@dataclass(frozen=True)
class Parts:
    """The counts of a bracket, and what they are of."""

    counts: tuple[int, ...]
    labels: tuple[str, ...]
    nouns: frozenset[str]
    of_sex: bool


def parts(audit: Audit) -> Iterator[Check]:
    """The counts of all arms, or of both sexes, make the whole that a bracket divides; of other things they are doubted."""
    names = frozenset(name.lower() for arm in audit.record.arms for name in (arm.label, *arm.synonyms))
    arms = max(len(audit.record.arms), 2)
    for passage in audit.prose:
        text = passage.search
        named = INCLUDING.finditer(text) if "including" in text else ()
        for opened in (*OPENED.finditer(text), *named):
            closed = opened["sign"] in "(["
            inside = _inside(text, opened.end(), closed=closed) if COUNTED.match(text, opened.end()) else None
            divided = _divided(inside, names) if inside else None
            first = max(0, opened.start() - BEFORE)
            whole = WHOLE.search(text[first : opened.start()].rstrip(" ,")) if divided else None
            if inside and divided and whole and not OTHER.search(whole["words"]):
                evidence = passage.evidence(first + whole.start(), opened.end() + len(inside))
                yield _check(divided, whole, evidence, complete=len(divided.counts) >= arms or divided.of_sex)


def _divided(inside: str, names: frozenset[str]) -> Parts | None:
    """The parts that a bracket lists, where it lists nothing but counts of arms or sexes."""
    found = (
        [PART.match(piece.strip()) for piece in BETWEEN.split(TAIL.sub("", inside))] if not EACH.search(inside) else []
    )
    items = [item for item in found if item]
    if len(items) < 2 or len(items) < len(found):
        return None
    labels = tuple(item["label"].strip() for item in items)
    of_sex = all(SEX.match(label) for label in labels)
    of_arms = any(GROUP.search(label) for label in labels) or all(label.lower() in names for label in labels)
    if not (of_sex or of_arms) or len(set(labels)) < len(labels) or len({item["link"] for item in items}) > 1:
        return None
    nouns = frozenset(item["noun"].strip().lower().rstrip("s") for item in items if item["noun"])
    return Parts(tuple(count(item["n"]) or 0 for item in items), labels, nouns, of_sex)


def _inside(text: str, start: int, *, closed: bool) -> str | None:
    """The text of a bracket, or the rest of the clause; brackets within are kept."""
    depth = 0
    for place_, sign in enumerate(text[start : start + LONGEST], start):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        if depth < 0:
            return text[start:place_] if closed else None
        if depth == 0 and not closed and sign in ".;" and text[place_ + 1 : place_ + 2] in (" ", ""):
            return text[start:place_]
    return None


def _check(found: Parts, whole: re.Match[str], evidence: tuple[Evidence, ...], *, complete: bool) -> Check:
    size, total = count(whole["some"] or whole["whole"]) or 0, sum(found.counts)
    near = abs(total - size) <= max(NEAR * size, 1)
    same = all(noun in whole["of"].lower() for noun in found.nouns)
    verdict: Verdict = "holds" if total == size else "fails" if complete and near and same else "undecided"
    terms = " + ".join(map(str, found.counts))
    text = f"{place(evidence[0])} prints {size}, divided among {' and '.join(found.labels)}: {terms} make {total}."
    return finding("sums.parts", verdict, str(size), str(total), text, evidence)


def slashed(audit: Audit) -> Iterator[Check]:
    """Counts in one cell, "12/18" under "sex (male/female)", make the group that the head of the column gives.

    One fails only where the cell of another group adds up.
    """
    for table in audit.document.tables:
        sizes = [column_size(table, column) for column in range(len(table.grid[0]) if table.grid else 0)]
        for row in range(table.header_rows, len(table.grid)) if any(sizes) else ():
            yield from _row(table, row, sizes)


def _row(table: Table, number: int, sizes: list[int | None]) -> Iterator[Check]:
    row = table.grid[number]
    stub = plain(row[0].text) if row[0] else ""
    listed = LISTED.search(stub)
    if listed is None:
        return
    classes = (listed["names"] or listed["bare"]).count("/") + 1
    cells = [
        (cell, size)
        for cell, size in zip(row[1:], sizes[1:], strict=True)
        if cell and size and SLASHED.match(plain(cell.text))
    ]
    counted = [(cell, size, [int(n) for n in re.findall(r"\d+", cell.text)]) for cell, size in cells]
    counted = [one for one in counted if len(one[2]) == classes]
    held = sum(sum(numbers) == size for _, size, numbers in counted)
    for cell, size, numbers in counted:
        holds = sum(numbers) == size
        verdict: Verdict = "holds" if holds else "fails" if held else "undecided"
        terms = " + ".join(map(str, numbers))
        text = f"{table.label} prints {plain(cell.text)} for {stub}; {terms} make {sum(numbers)} of a group of {size}."
        yield finding("sums.parts", verdict, str(size), str(sum(numbers)), text, (table.evidence(cell),))
