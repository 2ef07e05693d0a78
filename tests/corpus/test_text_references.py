from __future__ import annotations

import pytest

from corpus.layout.blocks import lines
from corpus.reference_list import list_items
from corpus.scattered_references import scattered_items

LISTS = [
    (
        "numbered",
        ["1. Lee A. One. J Bone 2001;1:1-9.", "2. Moe C. Two. J Bone 2002;2:1-9.", "3) Noe D. Three. J Bone 2003."],
        [(1, "Lee"), (2, "Moe"), (3, "Noe")],
    ),
    ("brackets", ["[1] Lee A. One. 2001.", "[2] Moe C. Two. 2002."], [(1, "Lee"), (2, "Moe")]),
    (
        "broken lines",
        ["1. Lee A. One of the first papers on", "the spine. J Bone 2001;1:", "10. 2. Moe C. Two. 2002."],
        [(1, "Lee")],
    ),
    (
        "first ones without number",
        ["- Lee A. One. 2001.", "- Moe C. Two. 2002.", "", "3. Noe D. Three. 2003.", "4. Ooe E. Four. 2004."],
        [(1, "Lee"), (2, "Moe"), (3, "Noe"), (4, "Ooe")],
    ),
    (
        "one cut in two halves",
        ["- Lee A. One. 2001.", "- Moe C. Two papers that a", "", "- page end cut. 2002.", " 3. Noe D. Three. 2003."],
        [(1, "Lee"), (2, "Moe"), (3, "Noe")],
    ),
    (
        "first ones with neither number nor dash",
        [
            "Lee A. One. J Bone 2001;1:1-9.",
            "Moe C. Two. J Bone 2002;2:1-9.",
            "3. Noe D. Three. 2003.",
            "4. Ooe E. 2004.",
        ],
        [(1, "Lee"), (2, "Moe"), (3, "Noe"), (4, "Ooe")],
    ),
    ("dashes alone", ["- Lee, A. (2001). One.", "- Moe, C. (2002). Two."], [(1, "Lee"), (2, "Moe")]),
    ("a gap in the numbers", ["1. Lee A. One. 2001.", "3. Noe D. Three. 2003."], [(1, "Lee"), (3, "Noe")]),
    (
        "no numbers",
        ["Lee, A., Kim, B. (2001). One. J", "Bone 1, 1–9.", "Moe, C. (2002). Two. J Bone 2, 1–9."],
        [(1, "Lee"), (2, "Moe")],
    ),
    (
        "no numbers and no blank before the year",
        ["Lee A, Kim B One. J", "Bone2001;1:1–9.", "Moe C, Noe D Two. Eur J", "Bone2002;2:1–9."],
        [(1, "Lee"), (2, "Moe")],
    ),
]


@pytest.mark.parametrize(("printed", "items"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_items(printed: list[str], items: list[tuple[int, str]]) -> None:
    text = "\n".join(printed)
    places = [(line.start, line.end, line.gap > 0) for line in lines(text)]
    found = [(item.number, text[item.pieces[0][0] :][:3]) for item in list_items(text, places)]
    assert found[: len(items)] == items


def test_halves_are_one_item() -> None:
    text = "- Lee A. One. 2001.\n- Moe C. Two papers that a\n\n- page end cut. 2002.\n3. Noe D. Three. 2003."
    item = list_items(text, [(line.start, line.end, line.gap > 0) for line in lines(text)])[1]
    assert [text[start:end] for start, end in item.pieces] == ["Moe C. Two papers that a", "page end cut. 2002."]


BODY = "The patients of the trial were treated at several sites\n" * 20
SCATTERED = """4. Qoe F, Roe G. A trial of the fourth drug in bone. J Bone
2004;4:5–6.
5. Roe G, Soe H. A second trial. Ann Oncol 2005;5:7–8.

The authors declare nothing.

References
1. Lee A, Kim B. Chordoma today and the drugs that are
given. J Bone 2001;1:1–9.
2. Moe C, Noe D. Sarcoma and vessels. Lancet 2002;2:10–12.
3. Noe D, Ooe E. Antibodies in sarcoma of the

spine and the skull. N Engl J Med 2003;3:100–101.
6. Soe H, Toe I. A third trial. Eur J Cancer 2006;6:9–10.
"""


def test_columns_out_of_order() -> None:
    text = BODY + SCATTERED
    printed = lines(text)
    items, taken = scattered_items(printed)
    assert [item.number for item in items] == [1, 2, 3, 4, 5, 6]
    third = " ".join(text[start:end] for start, end in items[2].pieces)
    assert third == "Noe D, Ooe E. Antibodies in sarcoma of the spine and the skull. N Engl J Med 2003;3:100–101."
    left = [printed[i].text for i in range(20, len(printed)) if i not in taken]
    assert left == ["The authors declare nothing.", "References"]


LONG = [
    f"{name} A, Xoe B, Yoe C, Zoe D, Adams E, Baker F, Clark\nG, Davis H, Evans I Treatments of the spine and of\n"
    f"the skull in the elderly: a review of all that was said\nof them. J Bone200{year};{year}:1–9.\n"
    for year, name in enumerate(("Lee", "Moe", "Noe", "Poe", "Qoe", "Roe"), 1)
]


def test_long_entries_of_an_alphabetical_list() -> None:
    items, _ = scattered_items(lines(BODY + "References\n" + "".join(LONG)))
    assert len(items) == len(LONG)


def test_no_list_no_items() -> None:
    assert scattered_items(lines(BODY + "1. The first step\n2. The second step\n")) == ((), frozenset())


def test_dashes_above_the_first_number_of_broken_lines() -> None:
    names = "Lee Moe Noe Ooe Poe Roe Soe Toe".split()
    marks = ["-", "-", *(f"{n}." for n in range(3, 9))]
    entries = [
        [f"{mark} {name}, A. A paper on the bones of the", "hand. J Bone 7, 11–19 (2003)."]
        for mark, name in zip(marks, names, strict=True)
    ]
    text = "\n".join(
        ["Prose that goes on.", *["More prose."] * 9, "References", *(line for entry in entries for line in entry)]
    )
    items, _ = scattered_items(lines(text))
    assert [(item.number, text[item.pieces[0][0] :][:3]) for item in items] == list(enumerate(names, 1))
