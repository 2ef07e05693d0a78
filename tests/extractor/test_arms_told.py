"""Arms that an abstract tells of without a table: shares, joined names, groups and where names end."""

from collections.abc import Callable

import pytest

from extractor.study import Study

Row = tuple[str, str | None, int | None, tuple[str, ...]]
PAPER = """{title}

Ana Keller and Tomás Varga

# Abstract

{abstract}

# Methods

{methods}

# Results

{results}

# References

1. Ruiz P. An older trial. Invented J Oncol. 2005;3:11-19.
"""


def paper(title: str, *, abstract: str = "We ran a trial.", methods: str = "As below.", results: str = "None.") -> str:
    return PAPER.format(title=title, abstract=abstract, methods=methods, results=results)


def rows(study: Study) -> list[Row]:
    return [(arm.label, arm.role, arm.size, arm.drugs) for arm in study.arms.arms]


@pytest.mark.parametrize(
    ("abstract", "found"),
    [
        pytest.param(
            "They were assigned to receive 10 mg or 25 mg of metformin or placebo.",
            [
                ("metformin 10 mg", "experimental", None, ("metformin",)),
                ("metformin 25 mg", "experimental", None, ("metformin",)),
                ("placebo", "comparator", None, ("placebo",)),
            ],
            id="amounts of one drug",
        ),
        pytest.param(
            "We randomly assigned 342 patients to receive cisplatin (75 mg/m2; 1.5 h) or gemcitabine.",
            [("cisplatin", None, None, ("cisplatin",)), ("gemcitabine", None, None, ("gemcitabine",))],
            id="brackets in the list, the number of both",
        ),
        pytest.param(
            "Patients were assigned to radiotherapy (n = 65) or no radiotherapy (n = 66).",
            [("radiotherapy", "experimental", 65, ()), ("no radiotherapy", "comparator", 66, ())],
            id="going without",
        ),
        pytest.param(
            "Patients were randomly allocated to three groups (n = 30 each): Group K received ketamine, Group L received"
            " lidocaine, and Group C received saline. Group C, Group K and Group L did well. Group C, Group K and Group L slept.",
            [
                ("Group K", "experimental", 30, ("ketamine",)),
                ("Group L", "experimental", 30, ("lidocaine",)),
                ("Group C", "comparator", 30, ("saline",)),
            ],
            id="one size for each, letters with what they received",
        ),
        pytest.param(
            "Patients were randomised to pembrolizumab or platinum-based chemotherapy.",
            [
                ("pembrolizumab", "experimental", None, ("pembrolizumab",)),
                ("platinum-based chemotherapy", "comparator", None, ()),
            ],
            id="the comparator by the last word of its name",
        ),
    ],
)
def test_shares(read_paper: Callable[[str], Study], abstract: str, found: list[Row]) -> None:
    assert rows(read_paper(paper("Pembrolizumab versus chemotherapy: a randomised trial", abstract=abstract))) == found


@pytest.mark.parametrize(
    ("abstract", "found"),
    [
        pytest.param(
            "They were randomised into two groups: metformin (500 mg) and acarbose (50 mg).",
            [("metformin", None, None, ("metformin",)), ("acarbose", None, None, ("acarbose",))],
            id="two groups parted by and",
        ),
        pytest.param(
            "They were randomised to FOLFOX4 or FOLFOX7-FOLFIRI.",
            [
                ("FOLFOX4", None, None, ("fluorouracil", "folinic acid", "oxaliplatin")),
                ("FOLFOX7-FOLFIRI", None, None, ("fluorouracil", "folinic acid", "irinotecan", "oxaliplatin")),
            ],
            id="regimens one after the other",
        ),
    ],
)
def test_joined(read_paper: Callable[[str], Study], abstract: str, found: list[Row]) -> None:
    arms = rows(read_paper(paper("A randomised trial", abstract=abstract)))
    assert [(label, None, size, drugs) for label, _, size, drugs in arms] == found


@pytest.mark.parametrize(
    ("abstract", "found"),
    [
        pytest.param(
            "In all, 60 adults were randomised. The intensive-treatment group (n = 30) and the standard-treatment group (n = 30) slept.",
            [("intensive", "experimental", 30, ()), ("standard", "comparator", 30, ())],
            id="groups by size alone",
        ),
        pytest.param(
            "Women received either an influenza vaccine or a hepatitis A vaccine.",
            [
                ("influenza vaccine", None, None, ("influenza vaccine",)),
                ("hepatitis A vaccine", None, None, ("hepatitis A vaccine",)),
            ],
            id="received either",
        ),
        pytest.param(
            "They were allocated to daily ferrous sulfate 60 mg (n = 20), intermittent ferrous sulfate 120 mg once weekly (n = 18),"
            " or no iron (n = 19).",
            [
                ("ferrous sulfate 60 mg", "experimental", 20, ("ferrous sulfate",)),
                ("intermittent ferrous sulfate 120 mg once weekly", "experimental", 18, ("ferrous sulfate",)),
                ("no iron", "comparator", 19, ()),
            ],
            id="long names, and without",
        ),
        pytest.param(
            "They were randomised to arm A (paclitaxel and carboplatin) or arm B (the same plus bevacizumab). Arm A and arm B"
            " were long. Arm A and arm B were safe.",
            [
                ("Arm A", "comparator", None, ("carboplatin", "paclitaxel")),
                ("arm B", "experimental", None, ("bevacizumab", "carboplatin", "paclitaxel")),
            ],
            id="the same and more",
        ),
        pytest.param(
            "They were randomised to prednisone or placebo over either 26 weeks or 52 weeks.",
            [("prednisone", "experimental", None, ("prednisone",)), ("placebo", "comparator", None, ("placebo",))],
            id="weeks are no arm",
        ),
    ],
)
def test_groups(read_paper: Callable[[str], Study], abstract: str, found: list[Row]) -> None:
    assert rows(read_paper(paper("Sleep in adults", abstract=abstract))) == found


@pytest.mark.parametrize(
    ("abstract", "labels"),
    [
        (
            "They were randomised to azithromycin 500 mg daily for 3 days, or placebo.",
            ["azithromycin 500 mg", "placebo"],
        ),
        ("Newborns were randomised to vitamin A (50,000 IU) or placebo.", ["vitamin A", "placebo"]),
    ],
)
def test_where_names_end(read_paper: Callable[[str], Study], abstract: str, labels: list[str]) -> None:
    study = read_paper(paper("Cough in adults", abstract=abstract))
    assert [arm.label for arm in study.arms.arms] == labels


@pytest.mark.parametrize(
    ("methods", "roles"),
    [
        pytest.param("Cisplatin was chosen as the positive control.", {"cisplatin"}, id="chosen as"),
        pytest.param("A smaller trial had an active control arm with cisplatin.", {"cisplatin"}, id="arm with"),
        pytest.param("The trial was active-controlled and cisplatin was infused.", set(), id="not called so"),
        pytest.param("Cisplatin and metformin were compared with an active control.", set(), id="of two arms"),
    ],
)
def test_beside_placebo_the_active_control_is_a_comparator(
    read_paper: Callable[[str], Study], methods: str, roles: set[str]
) -> None:
    text = paper(
        "A randomised trial of metformin",
        abstract="They were assigned to metformin (n = 20), cisplatin (n = 21) or placebo (n = 22).",
        methods=methods,
    )
    found = {label: role for label, role, _, _ in rows(read_paper(text))}
    assert set(found) == {"metformin", "cisplatin", "placebo"}
    assert {label for label, role in found.items() if role == "comparator"} == roles | {"placebo"}
