"""Abbreviations that a paper defines for itself."""

import pytest

from corpus.document import Passage, Section
from extractor.abbreviations import defined_abbreviations, long_form

SECTION = Section("Methods", "methods", 1, 0, 1000)


def passages(*texts: str) -> list[Passage]:
    return [Passage(text, range(len(text)), "paragraph", SECTION) for text in texts]


@pytest.mark.parametrize(
    ("short", "before", "meaning"),
    [
        ("OS", "the endpoint was overall survival", "overall survival"),
        ("MTX", "given oral methotrexate", "methotrexate"),
        ("G-CSF", "granulocyte colony-stimulating factor", "granulocyte colony-stimulating factor"),
        ("ORR", "we took the objective response rate", "objective response rate"),
        ("QoL", "and quality of life", "quality of life"),
    ],
)
def test_long_form(short: str, before: str, meaning: str) -> None:
    assert long_form(short, before) == meaning


@pytest.mark.parametrize(
    ("short", "before"),
    [
        pytest.param("OS", "progression was seen", id="letters in the wrong order"),
        pytest.param("CT", "a scan", id="letter missing"),
        pytest.param("MTX", "", id="nothing before"),
        pytest.param("VAS", "in vas", id="not longer than the short form"),
    ],
)
def test_no_long_form(short: str, before: str) -> None:
    assert long_form(short, before) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Overall survival (OS) was long.", {"OS": "Overall survival"}, id="plain"),
        pytest.param("visual analogue scale (VAS; 0-10)", {"VAS": "visual analogue scale"}, id="with a note"),
        pytest.param("Bevacizumab (BEV) and placebo (PBO)", {"BEV": "Bevacizumab", "PBO": "placebo"}, id="two"),
        pytest.param("Overall survival (see below) was long.", {}, id="lower case is no acronym"),
        pytest.param("It rose by half (Fig. 2).", {}, id="a figure"),
        pytest.param("No bracket OS", {}, id="no bracket"),
        pytest.param("All other measurements (AST, ALT) were normal.", {}, id="a list of acronyms"),
        pytest.param(
            "clinical complete response (cCR), partial response (cPR)",
            {"cCR": "clinical complete response"},
            id="not over a bracket",
        ),
    ],
)
def test_defined(text: str, found: dict[str, str]) -> None:
    assert defined_abbreviations(passages(text)) == found


def test_the_first_definition_stands() -> None:
    texts = passages("placebo response (PR) was high", "partial response (PR) was rare")
    assert defined_abbreviations(texts) == {"PR": "placebo response"}


def listed(*texts: str, kind: str = "footnote", title: str = "Results") -> list[Passage]:
    section = Section(title, "other", 1, 0, 1000)
    return [Passage(text, range(len(text)), kind, section) for text in texts]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "defined"),
    [
        (
            listed("Abbreviations: ALP, alkaline phosphatase; Hb%: haemoglobin percent; S.Cr. = serum creatinine."),
            {"ALP": "alkaline phosphatase", "Hb%": "haemoglobin percent", "S.Cr.": "serum creatinine"},
        ),
        (
            listed(
                "Abbreviations", "PFS", "progression-free survival", "OS", "overall survival", title="Abbreviations"
            ),
            {"PFS": "progression-free survival", "OS": "overall survival"},
        ),
        (
            listed("cCR  clinical complete response,  cPR  clinical partial response,  NR  reached never"),
            {"cCR": "clinical complete response", "cPR": "clinical partial response"},
        ),
        (
            listed(
                "I: control; B. urea: blood urea; K+: serum potassium; TUV: 24 hour total urine volume; IV: very bad."
            ),
            {"B. urea": "blood urea", "K+": "serum potassium", "TUV": "24 hour total urine volume"},
        ),
        (listed("Data are means, ranges and counts."), {}),
        (listed("OS, progression; p: probability; I: control; AB, P < 0.05."), {}),
        (listed("OS: overall survival; it was long.", kind="paragraph"), {}),
    ],
)
def test_lists_of_abbreviations(texts: list[Passage], defined: dict[str, str]) -> None:
    assert defined_abbreviations(texts) == defined


def test_what_the_prose_says_of_a_short_form_stands() -> None:
    texts = [*passages("The heart rate (HR) rose."), *listed("Notes: HR, hazard ratio; OS, overall survival.")]
    assert defined_abbreviations(texts) == {"HR": "heart rate", "OS": "overall survival"}
