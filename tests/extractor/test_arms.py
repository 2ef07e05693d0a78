"""Arms of invented trials: labels, sizes, roles and drugs."""

from collections.abc import Callable

import pytest

from extractor.arms import find_arms
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


def table(*rows: str) -> str:
    return "Baseline data are shown.\n\nTable 1. Characteristics of the patients\n\n" + "\n".join(rows)


def rows(study: Study) -> list[Row]:
    return [(arm.label, arm.role, arm.size, arm.drugs) for arm in study.arms.arms]


def test_the_arms_of_the_invented_paper(merida: Study) -> None:
    assert rows(merida) == [
        ("Docetaxel plus lapatinib", "experimental", 122, ("docetaxel", "lapatinib")),
        ("Docetaxel", "comparator", 120, ("docetaxel",)),
    ]
    for arm in merida.arms.arms:
        cells = [place for place in arm.evidence if place.table]
        assert cells
        assert {merida.document.text[p.start : p.end] for p in cells} == {f"{arm.label} (n = {arm.size})"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            paper(
                "A randomised trial of metformin in obesity",
                results=table(
                    "Characteristic\tMetformin (n = 61)\tPlacebo (n = 59)",
                    "Female\t30 (49%)\t31 (53%)",
                    "Male\t31 (51%)\t28 (47%)",
                ),
            ),
            [("Metformin", "experimental", 61, ("metformin",)), ("Placebo", "comparator", 59, ("placebo",))],
            id="against placebo, from a table",
        ),
        pytest.param(
            paper(
                "A randomised trial of sertraline in depression",
                abstract="Patients were randomly assigned to sertraline (n = 40) or placebo (n = 41).",
            ),
            [("sertraline", "experimental", 40, ("sertraline",)), ("placebo", "comparator", 41, ("placebo",))],
            id="sizes in a sentence, no table",
        ),
        pytest.param(
            paper(
                "Exercise after stroke: a randomised trial",
                abstract="Patients in the exercise group (n = 25) trained; those in the control group (n = 24) did not.",
                results="The exercise group walked more than the control group.",
            ),
            [("exercise", "experimental", 25, ()), ("control", "comparator", 24, ())],
            id="no drugs",
        ),
        pytest.param(
            paper(
                "Cisplatin versus carboplatin in lung cancer: a randomised trial",
                results=table(
                    "Characteristic\tCarboplatin (n = 80)\tCisplatin (n = 82)",
                    "Female\t30 (38%)\t31 (38%)",
                    "Male\t50 (62%)\t51 (62%)",
                ),
            ),
            [("Carboplatin", "comparator", 80, ("carboplatin",)), ("Cisplatin", "experimental", 82, ("cisplatin",))],
            id="A versus B in the title",
        ),
        pytest.param(
            paper(
                "Two drugs in lung cancer: a randomised trial",
                abstract="We compared the efficacy of weekly cisplatin with that of the older carboplatin.",
                results=table(
                    "Characteristic\tCarboplatin (n = 80)\tCisplatin (n = 82)",
                    "Female\t30 (38%)\t31 (38%)",
                    "Male\t50 (62%)\t51 (62%)",
                ),
            ),
            [("Carboplatin", "comparator", 80, ("carboplatin",)), ("Cisplatin", "experimental", 82, ("cisplatin",))],
            id="that of B in the aim",
        ),
        pytest.param(
            paper(
                "Letrozole in breast cancer: a randomised trial",
                results=table(
                    "Characteristic\tTotal (n = 100)\tLetrozole (n = 50)\tTamoxifen (n = 50)\tP value",
                    "Female\t90 (90%)\t45 (90%)\t45 (90%)\t1.0",
                    "Male\t10 (10%)\t5 (10%)\t5 (10%)\t1.0",
                ),
            ),
            [("Letrozole", None, 50, ("letrozole",)), ("Tamoxifen", None, 50, ("tamoxifen",))],
            id="the total is no arm",
        ),
    ],
)
def test_arms(read_paper: Callable[[str], Study], text: str, found: list[Row]) -> None:
    assert rows(read_paper(text)) == found


@pytest.mark.parametrize(
    ("title", "abstract", "label", "drugs"),
    [
        pytest.param(
            "A phase 2 trial of pazopanib in sarcoma",
            "Forty patients were enrolled.",
            "pazopanib",
            ("pazopanib",),
            id="drug of the title",
        ),
        pytest.param(
            "Gemcitabine plus erlotinib in pancreatic cancer: a phase 2 study",
            "Forty patients were enrolled.",
            "gemcitabine + erlotinib",
            ("gemcitabine", "erlotinib"),
            id="two drugs of the title",
        ),
        pytest.param(
            "A phase 2 trial in sarcoma",
            "Patients took pazopanib 800 mg daily.",
            "pazopanib",
            ("pazopanib",),
            id="drug with a dose in the abstract",
        ),
        pytest.param(
            "Everolimus in sunitinib-refractory kidney cancer",
            "Forty patients were enrolled.",
            "everolimus",
            ("everolimus",),
            id="what patients had before is not given",
        ),
    ],
)
def test_one_arm(
    read_paper: Callable[[str], Study], title: str, abstract: str, label: str, drugs: tuple[str, ...]
) -> None:
    assert rows(read_paper(paper(title, abstract=abstract))) == [(label, "single", None, drugs)]


@pytest.mark.parametrize(
    "heads",
    [
        pytest.param("Item\tResponders (n = 13)\tNon-responders (n = 18)", id="groups of patients"),
        pytest.param("Item\tCentral review (n = 31)\tInvestigator (n = 31)", id="who assessed"),
    ],
)
def test_columns_of_a_single_arm_trial_are_no_arms(read_paper: Callable[[str], Study], heads: str) -> None:
    title = "Pazopanib in sarcoma: a single-arm, phase 2 trial"
    text = paper(title, results=f"As below.\n\nTable 1. Response\n\n{heads}\nCR\t1\t2")
    assert [row[0] for row in rows(read_paper(text))] == ["pazopanib"]


def test_a_randomised_trial_without_names_has_no_arm(read_paper: Callable[[str], Study]) -> None:
    assert rows(read_paper(paper("A randomised trial of docetaxel in sarcoma"))) == []


def test_no_drug_and_no_group_is_no_arm(read_paper: Callable[[str], Study]) -> None:
    assert rows(read_paper(paper("Walking in older adults"))) == []


def test_an_acronym_is_explained_by_a_legend(read_paper: Callable[[str], Study]) -> None:
    text = paper(
        "A randomised trial in breast cancer",
        results=table(
            "Characteristic\tTE (n = 40)\tTX (n = 41)",
            "Premenopausal\t20 (50%)\t21 (51%)",
            "Postmenopausal\t20 (50%)\t20 (49%)",
            "",
            "TE docetaxel and epirubicin; TX docetaxel and capecitabine.",
        ),
    )
    assert [(arm.label, arm.size) for arm in read_paper(text).arms.arms] == [("TE", 40), ("TX", 41)]


def test_with_and_without_are_two_arms(read_paper: Callable[[str], Study]) -> None:
    text = paper(
        "A randomised trial of drains",
        methods="The drain free group stayed a day. The drain free group went home early.",
        results=table("Item\tWith drain (n = 40)\tWithout drain (n = 41)", "Pain\t20 (50%)\t21 (51%)"),
    )
    assert [(arm.size, arm.synonyms) for arm in read_paper(text).arms.arms] == [(40, ()), (41, ())]


def test_the_words_of_an_acronym_are_a_name_too(read_paper: Callable[[str], Study]) -> None:
    text = paper(
        "A randomised trial of walking",
        methods="We compared a walking programme (WP) with sitting.",
        results=table("Item\tWP (n = 40)\tControl (n = 41)", "Pain\t20 (50%)\t21 (51%)"),
    )
    assert read_paper(text).arms.arms[0].synonyms == ("walking programme",)


def test_the_same_arms_twice(merida: Study) -> None:
    assert find_arms(merida.reading).arms == merida.arms.arms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            paper(
                "Vitamin D in arthritis: a randomised trial",
                abstract="Eighty patients were randomly assigned to a treatment group (n = 40) or a control group (n = 40).",
                methods="The treatment group took vitamin D. The control group took placebo.",
            ),
            [
                ("treatment group", "experimental", 40, ("vitamin D",)),
                ("control", "comparator", 40, ("placebo",)),
            ],
            id="a group called by its treatment",
        ),
        pytest.param(
            paper(
                "Training in heart failure",
                abstract="In all, 120 patients were randomised to interval training (n = 60) or usual care (n = 60).",
            ),
            [("interval training", "experimental", 60, ()), ("usual care", "comparator", 60, ())],
            id="no drug, shared out",
        ),
        pytest.param(
            paper(
                "Nerve blocks: a randomised trial",
                abstract="Group R received ropivacaine and Group RD received ropivacaine with dexmedetomidine.",
                methods="Patients were allocated to Group R (n = 30) or Group RD (n = 30).",
                results="Group R was slower. Group RD was faster than Group R. Group RD slept.",
            ),
            [
                ("Group R", "comparator", 30, ("ropivacaine",)),
                ("RD", "experimental", 30, ("dexmedetomidine", "ropivacaine")),
            ],
            id="letters of the drugs",
        ),
        pytest.param(
            paper(
                "Sleep: a randomised trial",
                abstract="They were allocated to cognitive behavioural therapy, waiting list, or treatment as usual.",
            ),
            [
                ("cognitive behavioural therapy", "experimental", None, ()),
                ("waiting list", "comparator", None, ()),
                ("treatment as usual", "comparator", None, ()),
            ],
            id="three in a list",
        ),
        pytest.param(
            paper(
                "Aspirin: a trial", abstract="They were randomised to low-dose aspirin, high-dose aspirin, or placebo."
            ),
            [
                ("low-dose aspirin", "experimental", None, ("aspirin",)),
                ("high-dose aspirin", "experimental", None, ("aspirin",)),
                ("placebo", "comparator", None, ("placebo",)),
            ],
            id="two doses of one drug",
        ),
        pytest.param(
            paper("Sinusitis", abstract="Children were randomised to amoxicillin or no treatment."),
            [("amoxicillin", "experimental", None, ("amoxicillin",)), ("no treatment", "comparator", None, ())],
            id="no treatment",
        ),
        pytest.param(
            paper(
                "Bevacizumab in lung cancer",
                abstract="We randomised 90 patients to cisplatin alone (n = 45) or with bevacizumab (n = 45).",
            ),
            [
                ("cisplatin alone", "comparator", 45, ("cisplatin",)),
                ("bevacizumab", "experimental", 45, ("bevacizumab", "cisplatin")),
            ],
            id="alone or with another",
        ),
        pytest.param(
            paper(
                "Effect of Zephyra root on memory: a randomised trial",
                abstract="Adults were randomised to Zephyra (n = 20) or placebo (n = 20).",
                methods="They took 240 mg of Zephyra once daily.",
            ),
            [("Zephyra", "experimental", 20, ("zephyra",)), ("placebo", "comparator", 20, ("placebo",))],
            id="a name that is dosed is a drug",
        ),
        pytest.param(
            paper(
                "A placebo-controlled trial of metformin",
                abstract="Patients were randomised to metformin 500 mg or metformin 1000 mg.",
                methods="One more period was with placebo. All took metformin or placebo.",
            ),
            [
                ("metformin 500 mg", "experimental", None, ("metformin",)),
                ("metformin 1000 mg", "experimental", None, ("metformin",)),
                ("placebo", "comparator", None, ("placebo",)),
            ],
            id="the placebo of a placebo-controlled trial",
        ),
        pytest.param(
            paper(
                "Selenium in radiotherapy: a randomised trial",
                abstract="Patients with cervical (n = 11) and uterine cancer (n = 70) were enrolled.",
            ),
            [],
            id="kinds of patients are no arms",
        ),
        pytest.param(
            paper("Pills", abstract="Patients were randomised to metformin tablets, taken orally, or placebo."),
            [
                ("metformin tablets", "experimental", None, ("metformin",)),
                ("placebo", "comparator", None, ("placebo",)),
            ],
            id="how it is taken is no arm",
        ),
    ],
)
def test_designs(read_paper: Callable[[str], Study], text: str, found: list[Row]) -> None:
    assert rows(read_paper(text)) == found
