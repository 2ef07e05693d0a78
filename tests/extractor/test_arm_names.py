"""Names of arms in heads and sentences: what is a name, and what is not."""

from collections.abc import Callable

import pytest

from extractor.arm_names import clean_name, drug_key, is_name, name_key, table_candidates
from extractor.arm_texts import text_candidates, trim
from extractor.study import Study

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Docetaxel (n = 120)", "Docetaxel"),
        ("Placebo group, No. (%)", "Placebo"),
        ("Group 1 TE", "TE"),
        ("Lapatinib arm†", "Lapatinib"),
        ("Metformin (61)", "Metformin"),
        ("Sertraline mean (SD)", "Sertraline"),
        ("N = 40 patients", ""),
    ],
)
def test_clean_name(head: str, name: str) -> None:
    assert clean_name(head) == name


@pytest.mark.parametrize("name", ["Docetaxel", "control", "TE", "arm A", "usual care", "10 mg daily", "low dose"])
def test_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Total",
        "P value",
        "All patients",
        "Week 12",
        "Baseline",
        "Grade 3",
        "12",
        "",
        "the",
        "Hazard ratio",
        "Male",
        "95% CI",
    ],
)
def test_no_name(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Docetaxel plus lapatinib", "docetaxel + lapatinib"),
        ("the docetaxel and lapatinib group", "Docetaxel/Lapatinib"),
        ("Docetaxel alone", "docetaxel"),
        ("Placebo (n = 40)", "placebo arm"),
    ],
)
def test_names_of_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_of_two_keys() -> None:
    assert name_key("Docetaxel") != name_key("Docetaxel plus placebo")


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Docetaxel plus lapatinib", {"docetaxel", "lapatinib"}),
        ("FOLFOX", {"oxaliplatin", "folinic acid", "fluorouracil"}),
        ("MTX + placebo", {"methotrexate", "placebo"}),
        ("usual care", set()),
    ],
)
def test_drug_key(make_study: MakeStudy, text: str, drugs: set[str]) -> None:
    study = make_study(("methods", "Patients took methotrexate (MTX)."))
    assert drug_key(text, study.reading) == drugs


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("patients who received oral docetaxel", "oral docetaxel"),
        ("and placebo", "placebo"),
        ("docetaxel and lapatinib", "docetaxel and lapatinib"),
        ("of the", None),
    ],
)
def test_trim(text: str, kept: str | None) -> None:
    span = trim(text, 0, len(text))
    assert (text[span[0] : span[1]] if span else None) == kept


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "We compared sertraline (n = 40) with placebo (n = 41).",
            {("sertraline", 40, "sized"), ("placebo", 41, "sized")},
            id="sized",
        ),
        pytest.param(
            "Patients were randomly assigned to receive metformin or placebo for 12 weeks.",
            {("metformin", None, "randomised"), ("placebo", None, "randomised")},
            id="randomised",
        ),
        pytest.param("Pain fell in the acupuncture group.", {("acupuncture", None, "named")}, id="named"),
        pytest.param("Patients in Arm B took more.", {("Arm B", None, "named")}, id="lettered"),
        pytest.param("Pain fell in both groups.", set(), id="both groups"),
        pytest.param("All patients (n = 81) were analysed.", set(), id="all patients"),
    ],
)
def test_text_candidates(make_study: MakeStudy, text: str, found: set[tuple[str, int | None, str]]) -> None:
    reading = make_study(("methods", text)).reading
    assert {(c.name, c.size, c.source) for c in text_candidates(reading)} == found


def test_the_discussion_names_no_arm(make_study: MakeStudy) -> None:
    reading = make_study(("discussion", "Pain fell in the acupuncture group (n = 40).")).reading
    assert list(text_candidates(reading)) == []


def test_table_candidates(merida: Study) -> None:
    found = table_candidates(merida.document.tables[0], merida.reading)
    assert [(c.name, c.size, set(c.drugs), c.is_control) for c in found] == [
        ("Docetaxel plus lapatinib", 122, {"docetaxel", "lapatinib"}, False),
        ("Docetaxel", 120, {"docetaxel"}, False),
    ]


@pytest.mark.parametrize(
    ("head", "control"),
    [("Placebo (n = 4)", True), ("Usual care", True), ("Placebo + docetaxel", False), ("Docetaxel", False)],
)
def test_control(read_paper: Callable[[str], Study], head: str, *, control: bool) -> None:
    text = f"A trial\n\nAna Keller\n\n# Results\n\nSee the table.\n\nTable 1. Data\n\nItem\tOther\t{head}\nAge\t50\t51\nSex\t4\t5\n"
    study = read_paper(text)
    found = table_candidates(study.document.tables[0], study.reading)
    assert [c.is_control for c in found if c.name.lower() != "other"] == [control]


HEADS: dict[str, tuple[list[str], list[tuple[str, int | None]]]] = {
    "in one row": (["Item\tMetformin (n = 52)\tPlacebo (n = 50)"], [("Metformin", 52), ("Placebo", 50)]),
    "in a row below": (["Item\tMetformin\tPlacebo", "\t(n = 52)\t(n = 50)"], [("Metformin", 52), ("Placebo", 50)]),
    "a row of sizes": (["Item\tMetformin\tPlacebo", "N\t52\t50"], [("Metformin", 52), ("Placebo", 50)]),
    "in emphasis": (["Item\tMetformin (*n* 52)\tPlacebo (*n* 50)"], [("Metformin", 52), ("Placebo", 50)]),
    "numbered groups": (["Item\tGroup 1 (n = 20)\tGroup 2 (n = 21)"], [("Group 1", 20), ("Group 2", 21)]),
    "numbers under arm": (
        ["Item\tTreatment arm\tTreatment arm", "\t1 (n = 9)\t2 (n = 8)"],
        [("arm 1", 9), ("arm 2", 8)],
    ),
    "two names in one head": (["Item\tGroup I (control)\tGroup II (rhubarb)"], [("control", None), ("rhubarb", None)]),
    "visits are no arms": (["Item\tControl (before)\tControl (after 14 days)"], [("Control", None)]),
    "what was measured is no arm": (["Juice\tGlucose g/dl\tSodium (mmol/l)\tKiwi"], [("Kiwi", None)]),
    "a name that ends in plus": (["Item\tNRT\tNRT+"], [("NRT", None), ("NRT+", None)]),
}


@pytest.mark.parametrize(("lines", "found"), HEADS.values(), ids=HEADS)
def test_names_over_columns(
    read_paper: Callable[[str], Study], lines: list[str], found: list[tuple[str, int | None]]
) -> None:
    text = "A trial\n\nAna Keller\n\n# Results\n\nSee the table.\n\nTable 1. Data\n\n" + "\n".join(lines)
    study = read_paper(f"{text}\nAge, years\t50.5\t51.5\nHeight, cm\t165.2\t166.3\n")
    names = table_candidates(study.document.tables[0], study.reading)
    assert [(candidate.name, candidate.size) for candidate in names] == found


def test_groups_as_rows(read_paper: Callable[[str], Study]) -> None:
    text = "A trial\n\nAna Keller\n\n# Results\n\nSee the table.\n\nTable 1. Data\n\nGroup\tRate\nMetformin\t61\nPlacebo\t62\n"
    study = read_paper(text)
    found = table_candidates(study.document.tables[0], study.reading)
    assert [(candidate.name, candidate.source) for candidate in found] == [("Metformin", "stub"), ("Placebo", "stub")]
