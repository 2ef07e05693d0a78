from __future__ import annotations

import pytest

from corpus.headings import MAIN_HEADINGS, heading_kind, main_heading_kind, opens_abstract_part, plain_heading

KINDS = [
    ("Abstract", "abstract"),
    ("A B S T R A C T", "abstract"),
    ("Summary", "abstract"),
    ("Introduction", "introduction"),
    ("1. Introduction", "introduction"),
    ("BACKGROUND:", "introduction"),
    ("Background and Objectives", "introduction"),
    ("**Methods**", "methods"),
    ("II. Materials and Methods", "methods"),
    ("2 Patients and methods", "methods"),
    ("Methods/Design", "methods"),
    ("Statistical analysis", "methods"),
    ("2.4. Statistical Analyses", "methods"),
    ("Inclusion and exclusion criteria", "methods"),
    ("Randomisation and masking", "methods"),
    ("Results", "results"),
    ("Findings", "results"),
    ("Results and discussion", "results"),
    ("Baseline characteristics", "results"),
    ("Discussion", "discussion"),
    ("Study limitations", "discussion"),
    ("Interpretation", "conclusion"),
    ("5. Conclusion", "conclusion"),
    ("Authors’ contributions", "back"),
    ("Conflict of Interest Statement", "back"),
    ("Acknowledgements and Funding", "back"),
    ("References", "references"),
    ("Literature Cited", "references"),
    ("Keywords", "front"),
    ("What is already known on this topic?", "other"),
]
UNTOLD = [
    "Safety",
    "Adverse events",
    "Effect of treatment on the primary outcome",
    "Results of the second cohort in patients with liver metastases",
    "The methods that we used are those of the earlier trial",
    "Patients",
    "",
    "12",
    "Table 1. Baseline characteristics",
]


@pytest.mark.parametrize(("title", "kind"), KINDS, ids=[title for title, _ in KINDS])
def test_heading_tells_its_section(title: str, kind: str) -> None:
    assert heading_kind(title) == kind


@pytest.mark.parametrize("title", UNTOLD)
def test_heading_does_not_tell(title: str) -> None:
    assert heading_kind(title) is None


@pytest.mark.parametrize("title", ["Statistical analysis", "Baseline characteristics", "Eligibility criteria"])
def test_subsection_opens_no_main_part(title: str) -> None:
    assert main_heading_kind(title) is None


def test_number_and_emphasis_go() -> None:
    assert plain_heading("  2.1.  **Study  Design** ") == "study design"


def test_no_heading_stands_for_two_kinds() -> None:
    names = [" ".join(name.split()) for names in MAIN_HEADINGS.values() for name in names.split(";")]
    assert len(names) == len(set(names))
    assert all(name == plain_heading(name) for name in names if name)


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("IMPORTANCE The effect is not known.", True),
        ("DESIGN, SETTING, AND PARTICIPANTS This trial was done", True),
        ("Methods: We treated", True),
        ("Background Combinations of", True),
        ("BACKGROUND—The effect", True),
        ("Results of the trial were", False),
        ("Patients were seen", False),
        ("Statistical analysis The", False),
        ("methods We", False),
    ],
)
def test_heads_run_into_their_paragraphs(line: str, opens: bool) -> None:
    assert opens_abstract_part(line) is opens
