import pytest

from extractor.assays import assays, reagent
from ontology.record import Reagent


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("measured by immunohistochemistry (IHC)", ["immunohistochemistry", "immunohistochemistry"]),
        ("by fluorescence in situ hybridization", ["fluorescence in situ hybridisation"]),
        ("using an enzyme-linked immunosorbent assay", ["ELISA"]),
        ("multiplex immunofluorescence panels", ["multiplex immunofluorescence"]),
        ("by real-time quantitative PCR", ["quantitative PCR"]),
        ("whole-exome sequencing of tumours", ["whole-exome sequencing"]),
        ("by flow cytometry", ["flow cytometry"]),
        ("fishing boats of a polished finish", []),
    ],
)
def test_assays_by_name(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in assays(text)] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "(clone AB12/3C, Dako, M1234, 1:100; RRID:AB_1234567)",
            Reagent(vendor="Dako", catalog="M1234", clone="AB12/3C", rrid="RRID:AB_1234567", dilution="1:100"),
        ),
        ("(ab12345, Abcam, diluted to 1/200)", Reagent(vendor="Abcam", catalog="ab12345", dilution="1:200")),
        ("kit from Roche (Cat. no. 12-3456)", Reagent(vendor="Roche", catalog="12-3456")),
        ("in 45 patients", None),
    ],
)
def test_a_reagent_is_read(text: str, expected: Reagent | None) -> None:
    assert reagent(text) == expected


@pytest.mark.parametrize(
    ("text", "clone", "catalog"),
    [
        pytest.param("CD8 (C8/144B, Dako, M7103; 1:100)", "C8/144B", "M7103", id="first in its bracket"),
        pytest.param("PD-L1 (SP263, Ventana, 790-4905)", "SP263", "790-4905", id="a kit's"),
        pytest.param("CD3 (M7254, Dako)", None, "M7254", id="a number of a catalogue"),
        pytest.param("CD8 (Abcam, ab101500, 1:200)", None, "ab101500", id="behind its maker"),
    ],
)
def test_a_clone_without_the_word(text: str, clone: str | None, catalog: str) -> None:
    found = reagent(text)
    assert found
    assert (found.clone, found.catalog) == (clone, catalog)
