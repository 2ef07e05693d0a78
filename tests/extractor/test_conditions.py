"""The diseases that invented trials treat."""

from collections.abc import Callable

import pytest

from extractor.conditions import conditions
from extractor.study import Study

PAPER = "{title}\n\nAna Keller and Tomás Varga\n\n# Abstract\n\n{abstract}\n\n# Introduction\n\nAsthma is common.\n"


@pytest.mark.parametrize(
    ("title", "abstract", "names"),
    [
        pytest.param("Walking in patients with asthma", "Stroke was rare.", ["asthma"], id="the title's"),
        pytest.param("Walking for asthma and stroke", "We walked.", ["asthma", "stroke"], id="two of the title"),
        pytest.param(
            "A trial of walking", "Patients with asthma walked. Asthma is common.", ["asthma"], id="the abstract's"
        ),
        pytest.param("A trial of walking", "Walking prevents stroke.", [], id="named once in passing"),
        pytest.param(
            "Walking for breast cancer and other cancer", "We walked.", ["breast cancer"], id="the narrower of two"
        ),
        pytest.param(
            "Busulfan in acute myeloid leukaemia before haematopoietic stem cell transplantation",
            "We gave it.",
            ["acute myeloid leukaemia"],
            id="a procedure is no disease",
        ),
        pytest.param(
            "A trial of walking for breast cancer",
            "Women with triple-negative breast cancer walked.",
            ["triple-negative breast cancer"],
            id="what the patients of the abstract have",
        ),
        pytest.param(
            "A trial of walking", "Outpatients with stable schizophrenia walked.", ["schizophrenia"], id="outpatients"
        ),
        pytest.param("Walking in healthy volunteers", "We walked.", ["healthy volunteers"], id="no disease at all"),
        pytest.param("A trial of walking", "We walked.", [], id="the introduction's are others'"),
        pytest.param(
            "Post-thoracotomy walking", "Postoperative nausea and vomiting was rare.", [], id="an operation alone"
        ),
    ],
)
def test_conditions(read_paper: Callable[[str], Study], title: str, abstract: str, names: list[str]) -> None:
    study = read_paper(PAPER.format(title=title, abstract=abstract))
    found = list(conditions(study))
    assert [fact.name for fact in found] == names
    for fact in found:
        for place in fact.evidence:
            assert study.document.text[place.start : place.end].lower() == fact.name


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Dexmedetomidine for analgesia after thoracotomy", ["postoperative pain"]),
        ("Bupivacaine for analgesia after surgery for breast cancer", ["breast cancer"]),
        ("Bupivacaine for analgesia in labour", []),
    ],
)
def test_the_pain_of_an_operation(read_paper: Callable[[str], Study], title: str, names: list[str]) -> None:
    study = read_paper(PAPER.format(title=title, abstract="Postoperative nausea and vomiting was counted."))
    assert [fact.name for fact in conditions(study)] == names
