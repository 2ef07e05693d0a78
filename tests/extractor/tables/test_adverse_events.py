import pytest

from corpus.document import Document
from extractor.reading import read
from extractor.study import Rejected, Study
from extractor.tables.adverse_events import table_adverse_events
from ontology.record import Arm

FIELDS = ("term", "arm", "grade", "count", "percent", "total")
CAPTION = "Adverse events"
GRADED = (
    "Event | Velorastinib (n = 52) | < | Placebo (n = 50) | <\n"
    "^ | Any grade | Grade 3-4 | Any grade | Grade 3-4\n"
    "Nausea, n (%) | 9 (17) | 1 (2) | 3 (6) | 0 (0)"
)


def test_arms_and_grades(study, facts) -> None:
    assert facts(table_adverse_events, study(GRADED, CAPTION, heads=2), *FIELDS) == [
        ("Nausea", "velorastinib", "any", 9, "17", 52),
        ("Nausea", "velorastinib", "3-4", 1, "2", 52),
        ("Nausea", "placebo", "any", 3, "6", 50),
        ("Nausea", "placebo", "3-4", 0, "0", 50),
    ]


HEAD = "Event | Velorastinib (n = 52) | Placebo (n = 50) | p\n"
# Rows, and what is said of the first arm: term, grade, count, percent.
ROWS = {
    "no grade": ("Nausea, n (%) | 9 (17) | 3 (6) | 0.1", [("Nausea", "any", 9, "17")]),
    "a footnote mark": ("Nausea†, n (%) | 9 (17)* | 3 (6) | 0.1", [("Nausea", "any", 9, "17")]),
    "a zero": ("Rash | 0 | 3 | 0.1", [("Rash", "any", 0, None)]),
    "an empty cell": ("Rash | | 3 | 0.1", []),
    "a percentage": ("Rash (%) | 17.3 | 6.0 | 0.1", [("Rash", "any", None, "17.3")]),
    "less than one per cent": ("Rash, n (%) | 1 (<1) | 3 (6) | 0.1", [("Rash", "any", 1, None)]),
    "grades as rows": (
        "Neutropenia\nGrade 3 | 9 (17) | 3 (6) | 0.1\nGrade 4 | 2 (4) | 0 (0) |",
        [("Neutropenia", "3", 9, "17"), ("Neutropenia", "4", 2, "4")],
    ),
    "a grade below its event": (
        "Gastrointestinal\nNausea | 20 (38) | 10 (20) | 0.1\nGrade 3 or 4 | 2 (4) | 0 (0) |",
        [("Nausea", "any", 20, "38"), ("Nausea", "3-4", 2, "4")],
    ),
    "patients and events": ("Nausea, n (%) | 9 (17) [12] | 3 (6) [4] | 0.1", [("Nausea", "any", 9, "17")]),
    "severity as rows": (
        "Nausea\nMild | 9 (17) | 3 (6) | 0.1\nSevere | 2 (4) | 0 (0) |",
        [("Nausea", "mild", 9, "17"), ("Nausea", "severe", 2, "4")],
    ),
    "organ classes as headings": (
        "Gastrointestinal disorders\nNausea | 9 (17) | 3 (6) | 0.1\nNervous system disorders\nHeadache | 2 (4) | 0 (0) |",
        [("Nausea", "any", 9, "17"), ("Headache", "any", 2, "4")],
    ),
    "sums": (
        "Patients with any adverse event | 40 (77) | 30 (60) | 0.1\nSerious AEs | 2 (4) | 0 (0) |\nDeaths | 1 (2) | 0 (0) |",
        [
            ("any adverse event", "any", 40, "77"),
            ("serious adverse event", "any", 2, "4"),
            ("death", "5", 1, "2"),
        ],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), ROWS.values(), ids=ROWS)
def test_events_of_an_arm(study, facts, rows: str, expected: list[tuple]) -> None:
    found = facts(table_adverse_events, study(HEAD + rows, CAPTION), "arm", "term", "grade", "count", "percent")
    assert [fact[1:] for fact in found if fact[0] == "velorastinib"] == expected


IGNORED = {
    "p-values": "Nausea | | | 0.1",
    "how long": "Median duration of rash, days | 9 | 3 | 0.1",
    "how many were treated": "No. of patients | 52 | 50 |",
    "no event": "None | 9 (17) | 3 (6) | 0.1",
    "more than the group": "Nausea | 60 (17) | 55 (6) | 0.1",
    "values of a laboratory": "Neutrophils, mean (SD) | 4.1 (1.2) | 4.0 (1.1) | 0.1",
}


@pytest.mark.parametrize("rows", IGNORED.values(), ids=IGNORED)
def test_no_events(study, facts, rows: str) -> None:
    assert facts(table_adverse_events, study(HEAD + rows, CAPTION), *FIELDS) == []


PERCENTAGES = {
    "by decimals": ("Adverse events", "Nausea | 15.0 | 6.1\nRash | 5 | 1"),
    "by the caption": ("Adverse events (% of patients)", "Nausea | 15 | 6\nRash | 5 | 1"),
}


@pytest.mark.parametrize(("caption", "rows"), PERCENTAGES.values(), ids=PERCENTAGES)
def test_bare_percentages(study, facts, caption: str, rows: str) -> None:
    found = facts(table_adverse_events, study("Event | Velorastinib | Placebo\n" + rows, caption), "count", "percent")
    assert found[-2:] == [(None, "5"), (None, "1")]


def test_bare_counts_of_events_in_many(study, facts) -> None:
    text = "Event | Velorastinib | Placebo\nNausea | 15 | 6"
    found = facts(table_adverse_events, study(text, "Adverse events in at least 5% of patients"), "count")
    assert found == [(15,), (6,)]


def test_grades_of_the_whole_trial(study, facts) -> None:
    text = "Toxicity | Grade 1, n (%) | Grade 2, n (%) | Total, n (%)\nRash | 5 (11.1) | 6 (13.3) | 11 (24.4)"
    found = facts(table_adverse_events, study(text, "Toxicity (n = 45)"), "arm", "grade", "count")
    assert found == [(None, "1", 5), (None, "2", 6), (None, "any", 11)]


def test_stopped_for_events(study, facts) -> None:
    rows = "Discontinued treatment due to adverse events | 9 (17) | 3 (6) |"
    found = facts(table_adverse_events, study(HEAD + rows, CAPTION), "term", "consequence")
    assert found[0] == ("any adverse event", "discontinuation")


def test_a_table_of_more_events_than_patients(study, facts) -> None:
    rows = "Nausea | 60 | 55 |\nRash | 70 | 60 |\nCough | 80 | 66 |\nFever | 9 | 3 |\nPain | 9 (17) | 3 (6) |"
    assert facts(table_adverse_events, study(HEAD + rows, CAPTION), "term", "count") == [("Pain", 9), ("Pain", 3)]


def test_a_total_of_some_arms_is_not_the_trial(study, facts) -> None:
    text = "Event | Placebo (n = 50) | 5 mg (n = 20) | 10 mg (n = 30) | Total (n = 50)\nRash | 1 (2) | 2 (10) | 3 (10) | 5 (10)"
    arms = (Arm(label="placebo"), Arm(label="5 mg"), Arm(label="10 mg"))
    found = facts(table_adverse_events, study(text, CAPTION, arms=arms), "arm")
    assert found == [("placebo",), ("5 mg",), ("10 mg",)]


def test_bracketed_grades(study, facts) -> None:
    text = "Event | Velorastinib, % (grade 3-4) | Placebo, % (grade 3-4)\nNausea | 38 (4) | 20 (0)"
    assert facts(table_adverse_events, study(text, CAPTION), "arm", "grade", "count", "percent") == [
        ("velorastinib", "any", None, "38"),
        ("velorastinib", "3-4", None, "4"),
        ("placebo", "any", None, "20"),
        ("placebo", "3-4", None, "0"),
    ]


ONLY = (Arm(label="velorastinib", role="single", size=52),)
ONE_ARM = {
    "the size of the arm tells counts from percentages": (
        "Grade 1-2 | Grade 3-4\nNausea | 12 (23) | 1 (2)",
        CAPTION,
        ONLY,
    ),
    "the size is in the caption": (
        "Grade 1-2 | Grade 3-4\nNausea | 12 (23) | 1 (2)",
        "Toxicity (n = 52)",
        (Arm(label="velorastinib"),),
    ),
    "number and percentage in columns": (
        "Grade 1-2 | < | Grade 3-4 | <\n^ | No. | % | No. | %\nNausea | 12 | 23 | 1 | 2",
        CAPTION,
        ONLY,
    ),
}


@pytest.mark.parametrize(("text", "caption", "arms"), ONE_ARM.values(), ids=ONE_ARM)
def test_trials_of_one_arm(study, facts, text: str, caption: str, arms: tuple[Arm, ...]) -> None:
    heads = (text.count("<") and 2) or 1
    found = facts(table_adverse_events, study("Toxicity | " + text, caption, arms=arms, heads=heads), *FIELDS)
    assert found == [
        ("Nausea", "velorastinib", "1-2", 12, "23", 52),
        ("Nausea", "velorastinib", "3-4", 1, "2", 52),
    ]


def test_pairs_that_are_percentages_of_one_group(study, facts) -> None:
    text = "Toxicity | Grade 1-2 | Grade 3-4\nNausea | 12 (23) | 1 (2)\nRash | 5 (10) | 0\nCough | 20 (38) | 0\nItch | 8 (15) | 0"
    found = facts(
        table_adverse_events, study(text, CAPTION, arms=(Arm(label="velorastinib"),)), "grade", "count", "percent"
    )
    assert found[0] == ("1-2", 12, "23")


def test_a_group_may_be_called_p(study, facts) -> None:
    arms = (
        Arm(label="velorastinib", size=52, synonyms=("Group V",)),
        Arm(label="placebo", size=50, synonyms=("Group P",)),
    )
    text = "Event | Group V (n = 52) | Group P (n = 50)\nNausea | 12 (23) | 5 (10)"
    assert facts(table_adverse_events, study(text, CAPTION, arms=arms), "arm", "count") == [
        ("velorastinib", 12),
        ("placebo", 5),
    ]


def test_events_are_not_patients(study, facts) -> None:
    text = (
        "Event | Velorastinib (n = 52) | < | Placebo (n = 50) | <\n^ | Events | Patients | Events | Patients\n"
        "Nausea | 19 | 9 | 4 | 3"
    )
    found = facts(table_adverse_events, study(text, CAPTION, heads=2), "arm", "count")
    assert found == [("velorastinib", 9), ("placebo", 3)]


@pytest.mark.parametrize(
    ("caption", "related", "consequence", "grade"),
    [
        ("Treatment-related adverse events", "treatment-related", None, "any"),
        ("Immune-related adverse events", "immune-related", None, "any"),
        ("Treatment-emergent adverse events", None, None, "any"),
        ("Grade 3-4 adverse events", None, None, "3-4"),
        ("Adverse events leading to discontinuation", None, "discontinuation", "any"),
        ("Serious adverse events", None, "serious", "any"),
    ],
)
def test_what_the_caption_says_of_all(study, facts, caption, related, consequence, grade) -> None:
    text = "Event | Velorastinib (n = 52) | Placebo (n = 50)\nNausea, n (%) | 9 (17) | 3 (6)"
    found = facts(table_adverse_events, study(text, caption), "relatedness", "consequence", "grade")
    assert found == [(related, consequence, grade)] * 2


def test_the_curated_event(study, facts) -> None:
    text = "Event | Velorastinib (n = 52) | Placebo (n = 50)\nNausea, n (%) | 9 (17) | 3 (6)"
    found = facts(table_adverse_events, study(text, CAPTION), "concept", "system_organ_class")
    assert found[0] == ("ctcae:Nausea", "Gastrointestinal disorders")


def test_rows_that_lost_cells_are_rejected(study) -> None:
    text = "Event | VEL | PBO | Total\nNausea | 4 | 5 | 9\nRash | 2 | 1"
    whole = study(text, CAPTION)
    body = "Event\tVEL\tPBO\tTotal\nNausea\t4\t5\t9\nRash\t2\t1"
    document = Document(id="t", source="t.txt", format="text", sha256="", text=body, tables=whole.document.tables)
    found = list(table_adverse_events(Study(read(document), whole.arms)))
    assert [fact.reason for fact in found if isinstance(fact, Rejected)] == [
        "the row lost cells, its columns are not sure"
    ] * 2
    assert sum(not isinstance(fact, Rejected) for fact in found) == 3


def test_a_column_that_is_no_arm_is_rejected(study) -> None:
    text = "Event | Velorastinib (n = 52) | Placebo (n = 50) | Remarks\nNausea | 9 (17) | 3 (6) | 12 (1)"
    found = list(table_adverse_events(study(text, CAPTION)))
    assert [fact.arm for fact in found if not isinstance(fact, Rejected)] == ["velorastinib", "placebo"]
