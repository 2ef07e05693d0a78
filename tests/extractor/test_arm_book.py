"""Which arm a phrase means."""

import pytest

from extractor.arm_book import ArmBook, book
from ontology.record import Arm

BOOK = book(
    [
        Arm(label="Docetaxel plus lapatinib", synonyms=("combination", "arm A"), size=122),
        Arm(label="Docetaxel", synonyms=("control",), size=120),
    ]
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Docetaxel plus lapatinib", "Docetaxel plus lapatinib"),
        ("docetaxel + lapatinib (n = 122)", "Docetaxel plus lapatinib"),
        ("Docetaxel group", "Docetaxel"),
        ("Combination therapy", "Docetaxel plus lapatinib"),
        ("Control arm, No. (%)", "Docetaxel"),
        ("Arm A (n = 122)", "Docetaxel plus lapatinib"),
        ("Total", None),
        ("", None),
    ],
)
def test_resolve(text: str, label: str | None) -> None:
    assert BOOK.resolve(text) == label


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "12 in the combination group and 9 in the control arm",
            [("combination group", "Docetaxel plus lapatinib", True), ("control arm", "Docetaxel", True)],
            id="with group words",
        ),
        pytest.param(
            "docetaxel and lapatinib against docetaxel",
            [
                ("docetaxel and lapatinib", "Docetaxel plus lapatinib", False),
                ("docetaxel", "Docetaxel", False),
            ],
            id="joiners are one",
        ),
        pytest.param("uncontrolled disease, control+ and docetaxels", [], id="parts of words"),
    ],
)
def test_find(text: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(text[m.start : m.end], m.label, m.firm) for m in BOOK.find(text)] == found


LETTERS = book([Arm(label="Group D"), Arm(label="Group F"), Arm(label="Group C")])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("patients in groups D, F and C", ["Group D", "Group F", "Group C"]),
        ("groups D and F, and group C", ["Group D", "Group F", "Group C"]),
        ("groups D and X", []),
        ("vitamins D and C", []),
    ],
)
def test_letters_in_a_list(text: str, found: list[str]) -> None:
    assert [mention.label for mention in LETTERS.find(text)] == found


def test_a_name_of_two_arms_means_neither() -> None:
    shared = book([Arm(label="low dose", synonyms=("active",)), Arm(label="high dose", synonyms=("active",))])
    assert shared.resolve("active group") is None
    assert shared.resolve("high dose") == "high dose"


def test_size_and_labels() -> None:
    assert BOOK.labels == ("Docetaxel plus lapatinib", "Docetaxel")
    assert BOOK.size("Docetaxel") == 120
    assert BOOK.size("Total") is None
    assert ArmBook().find("docetaxel") == ()


ALONE = book(
    [
        Arm(label="aspirin"),
        Arm(label="clopidogrel"),
        Arm(label="Group 1", synonyms=("placebo",)),
        Arm(label="NRT"),
        Arm(label="NRT+"),
    ]
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("aspirin plus clopidogrel", None),
        ("clopidogrel + aspirin group", None),
        ("aspirin + omeprazole", "aspirin"),
        ("group I", "Group 1"),
        ("Grade 1", None),
        ("NRT+ (n = 20)", "NRT+"),
        ("NRT group", "NRT"),
    ],
)
def test_pairs_and_marks(text: str, label: str | None) -> None:
    assert ALONE.resolve(text) == label


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the aspirin plus clopidogrel group and the placebo group", ["Group 1"]),
        ("aspirin and clopidogrel were alike", ["aspirin", "clopidogrel"]),
        ("in group 1 and with NRT+ but not NRT", ["Group 1", "NRT+", "NRT"]),
    ],
)
def test_pairs_are_no_mentions(text: str, found: list[str]) -> None:
    assert [mention.label for mention in ALONE.find(text)] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "6% with 5-mg alphanib and 9% with 15-mg alphanib", ["Alphanib 5 mg", "Alphanib 15 mg"], id="turned"
        ),
        pytest.param("14 in the 5-mg group, 15 in the 15 mg arm", ["Alphanib 5 mg", "Alphanib 15 mg"], id="by dose"),
        pytest.param("after 15 mg of alphanib", ["Alphanib 15 mg"], id="of"),
        pytest.param("they took 5 mg in the morning", [], id="a dose alone"),
    ],
)
def test_arms_that_are_a_drug_with_a_dose(text: str, expected: list[str]) -> None:
    named = book([Arm(label=label) for label in ("Alphanib 5 mg", "Alphanib 15 mg", "Placebo")]).find(text)
    assert [mention.label for mention in named] == expected


def test_the_route_at_the_end_of_an_arm_is_left_out_of_its_other_names() -> None:
    named = book([Arm(label=label) for label in ("Alphanib 1,000 mg i.v.", "Alphanib 50 mg orally", "Placebo i.v.")])
    text = "after 1,000 mg alphanib, after 50 mg of alphanib and after 20 mg alphanib"
    assert [mention.label for mention in named.find(text)] == ["Alphanib 1,000 mg i.v.", "Alphanib 50 mg orally"]


def test_abbreviations_that_mean_an_arm() -> None:
    shorts = {"DL": "docetaxel plus lapatinib group", "CG": "control group", "CRP": "C-reactive protein"}
    known = book(BOOK.arms, shorts)
    assert [known.resolve(short) for short in shorts] == ["Docetaxel plus lapatinib", "Docetaxel", None]


PARTS = (Arm(label="alpha", role="experimental"), Arm(label="placebo", role="comparator"))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("2 in the intervention group and 3 in the control group", ["alpha", "placebo"], id="groups"),
        pytest.param("the treatment group", ["alpha"], id="treatment"),
        pytest.param("glycaemic control and intervention", [], id="other words"),
    ],
)
def test_arms_by_their_part_in_the_trial(text: str, labels: list[str]) -> None:
    assert [mention.label for mention in book(PARTS).find(text)] == labels


@pytest.mark.parametrize(
    ("labels", "text", "found"),
    [
        pytest.param(("alpha plus beta", "beta"), "the combination group and the monotherapy group", ["alpha plus beta", "beta"], id="two"),
        pytest.param(("alpha plus beta", "alpha", "beta"), "the combination arm and the monotherapy arm", ["alpha plus beta"], id="two single ones"),
        pytest.param(("alpha plus beta", "alpha plus gamma"), "the combination group", [], id="two combinations"),
        pytest.param(("alpha", "beta"), "the combination group", [], id="no combination"),
    ],
)  # fmt: skip
def test_arms_by_how_many_drugs_they_have(labels: tuple[str, ...], text: str, found: list[str]) -> None:
    arms = book([Arm(label=label) for label in labels])
    assert [mention.label for mention in arms.find(text)] == found


def test_of_several_experimental_arms_none_is_meant() -> None:
    arms = book((*PARTS, Arm(label="beta", role="experimental")))
    assert [mention.label for mention in arms.find("the intervention group and the control group")] == ["placebo"]
