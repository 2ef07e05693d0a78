from __future__ import annotations

import pytest

from corpus.author_year import author_year_markers, works
from corpus.citations import Style, citations_of, expanded, markers, numeric_style
from corpus.document import Passage, ReferenceItem, Section
from corpus.readers.text import read_text

EXPANDED = [
    ("3-5", (3, 4, 5)),
    ("3–5, 9", (3, 4, 5, 9)),
    ("7,7", (7,)),
    ("[1]–[3], [9]", (1, 2, 3, 9)),
    ("⁴⁻⁶", (4, 5, 6)),
    ("61", ()),
    ("5-3", (5, 3)),
    ("262829", (26, 28, 29)),
    ("0", ()),
]


@pytest.mark.parametrize(("printed", "numbers"), EXPANDED, ids=[printed for printed, _ in EXPANDED])
def test_expanded(printed: str, numbers: tuple[int, ...]) -> None:
    assert expanded(printed, 60) == numbers


FINDS: list[tuple[Style, str, list[tuple[int, ...]]]] = [
    ("bracket", "as shown before [3-5].", [(3, 4, 5)]),
    ("bracket", "in two trials [12], [14], [16]–[18].", [(12, 14, 16, 17, 18)]),
    ("bracket", "by Roe et al. [7] and Poe [8,9]", [(7,), (8, 9)]),
    ("bracket", "the Ki67 index [1,2]", [(1, 2)]),
    ("bracket", "in 2012 [3-5]", [(3, 4, 5)]),
    ("parenthesis", "in two trials (4.6 vs. 1.6 months; HR, 0.31; ref. 4) and one (5)", [(4,), (5,)]),
    ("parenthesis", "shown by many (reviewed in refs. 6, 7)", [(6, 7)]),
    ("bracket", "as said in ref. 9, and [3]", [(9,), (3,)]),
    ("superscript", "in sarcoma.^{4-7} We", [(4, 5, 6, 7)]),
    ("superscript", "in sarcoma,¹³ and", [(13,)]),
    ("superscript", "in sarcoma⁵,⁶ and", [(5, 6)]),
    ("superscript", "in sarcoma^( ⁵ ^, ⁶ ^).", [(5, 6)]),
    ("superscript", "in sarcoma<sup>5,6</sup>.", [(5, 6)]),
    ("superscript", "obvious disease ¹,². Lower", [(1, 2)]),
    ("superscript", "criteria, version 3.0³³ were", [(33,)]),
    ("superscript", "at 50 mg m⁻²^{37,38}.", [(37, 38)]),
    ("parenthesis", "in bone tumours (4–7). The", [(4, 5, 6, 7)]),
    ("parenthesis", "in bone tumours (3, 4) and", [(3, 4)]),
    ("parenthesis", "of Fridericia (0.33) (4).", [(4,)]),
    ("glued", "in breast cancers1. A worse", [(1,)]),
    ("glued", "in tumours.6,7 The", [(6, 7)]),
    ("glued", "by Deng et al.16 who", [(16,)]),
    ("spaced", "in the spine 1,2. Later in life 3–5, and in JAPAN 6.", [(1, 2), (3, 4, 5), (6,)]),
]


@pytest.mark.parametrize(("style", "text", "numbers"), FINDS, ids=[text for _, text, _ in FINDS])
def test_finds(style: Style, text: str, numbers: list[tuple[int, ...]]) -> None:
    assert [marker.numbers for marker in markers(text, style, 40)] == numbers


IGNORES: list[tuple[Style, str]] = [
    ("bracket", "a median of 5 [3-8] days"),
    ("bracket", "in 12 patients [40%]"),
    ("bracket", "the range [0–5] of"),
    ("bracket", "see [1,2-diaminomethyl]platinum"),
    ("superscript", "12 mg/m² daily"),
    ("superscript", "a BMI of 24 kg/m² and"),
    ("superscript", "3 × 10⁹/L or"),
    ("superscript", "more than 10^{9} cells"),
    ("superscript", "a volume of 3 cm³ or"),
    ("superscript", "the χ² test"),
    ("superscript", "CD20⁺ cells"),
    ("superscript", "Ca²⁺ in serum"),
    ("superscript", "labelled with ¹⁷⁷Lu or"),
    ("superscript", "a dose of (¹⁸F)fluoride"),
    ("superscript", "at 15 mL min⁻¹ of"),
    ("superscript", "a value^a of"),
    ("parenthesis", "seen in 12 (34) of"),
    ("parenthesis", "seen in 30% (12)"),
    ("parenthesis", "(12.5) or (n = 12)"),
    ("glued", "a rate of 0.12 and 12.5"),
    ("glued", "in phase2 of Table1 and Fig.2 on day12."),
    ("glued", "CD20 and IL6 and B12"),
    ("spaced", "aged 18, in phase 2, at week 12, a total of 30. The median was 7, of 12, and 24 patients"),
    ("spaced", "a rate of 3.5, or 12% of"),
]


@pytest.mark.parametrize(("style", "text"), IGNORES, ids=[text for _, text in IGNORES])
def test_ignores(style: Style, text: str) -> None:
    assert markers(text, style, 40) == []


def test_parentheses_behind_names_versions_and_percentages() -> None:
    text = (
        "Results\n\nIt is rare (1, 2) and lethal (3). Survival is below 20% (4). In one trial 12 (5) of 60 had PD-1 (5), by "
        "version 1.1 (ref. 6) of the criteria, and 45% (6) responded.\n\nReferences\n\n"
        + "\n".join(f"{n}. Author A. Title of work {n}. J Inv 2010;{n}:1-9." for n in range(1, 7))
    )
    document = read_text(text.encode(), "t.txt")
    assert [marker.numbers for marker in document.citations] == [(1, 2), (3,), (4,), (5,), (6,)]


def test_style_is_the_one_that_cites_the_list() -> None:
    text = "First [1], then [2,3] and [4-6]. In 12 (3) of 40 (10) patients with 3 cm² and 5 (2)."
    assert numeric_style(text, 6)[0] == "bracket"
    assert numeric_style(text.replace("[", "^{").replace("]", "}"), 6)[0] == "superscript"
    assert numeric_style("We saw 12 (3) of 40 (10) patients.", 30)[1] < 0.3


LISTED = [
    (1, "Lee, A., Kim, B. (2001). Chordoma today. J Bone 1, 1–9."),
    (2, "Lee, A., Moe, C., Noe, D. (2001). Sarcoma today. J Bone 2, 1–9."),
    (3, "O’Hara PK, Zegers-Hoch F Spine tumours. Spine2009;18:2683–2687."),
    (4, "Bone Tumour Study Group (2010). A trial. J Bone 3, 1–9."),
    (5, "Qoe, F. (2015a). One. J Bone 4, 1–9."),
    (6, "Qoe, F. (2015b). Two. J Bone 4, 10–19."),
]
NAMED = [
    ("as known (Lee and Kim, 2001).", [(1,)]),
    ("as known (Lee et al., 2001; O’Hara and Zegers-Hoch 2009).", [(2, 3)]),
    ("Lee et al. (2001) found", [(2,)]),
    ("by others (Bone Tumour Study Group, 2010)", [(4,)]),
    ("twice (Qoe, 2015a,b)", [(5, 6)]),
    ("twice (Qoe 2015a, 2015b) and (Lee and Kim 2001)", [(5, 6), (1,)]),
    ("between May 2001 and June 2015, patients were enrolled", []),
    ("Smith et al. (1999) found", []),
]


@pytest.mark.parametrize(("text", "numbers"), NAMED, ids=[text for text, _ in NAMED])
def test_author_and_year(text: str, numbers: list[tuple[int, ...]]) -> None:
    assert [marker.numbers for marker in author_year_markers(text, works(LISTED))] == numbers


def test_a_paper_that_cites_by_name_has_no_numbers() -> None:
    section = Section("", "references", 1, 0, 9)
    items = [ReferenceItem(n, Passage(text, range(len(text)), "back", section), 0, 1) for n, text in LISTED]
    how = citations_of(["Known (Lee and Kim, 2001), and (Lee et al., 2001) or (Qoe, 2015a,b) in 5 (2)."], items)
    assert how.style == "author-year"
    assert [m.numbers for m in how.markers("see (Qoe, 2015b)")] == [(6,)]
