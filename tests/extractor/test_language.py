"""The tokenizer keeps every character in its place; curated terms are found whole and by meaning."""

import pytest

from extractor.language import language, variants


@pytest.mark.parametrize(
    "text",
    [
        "Docetaxel 75 mg/m2, every 3 weeks.",
        "  two blanks  and a\nbreak ",
        "CD20+ (5mg) p<0.001; 1,234.5%",
        "",
    ],
)
def test_a_doc_keeps_every_character(text: str) -> None:
    doc = language().doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CD20 IL-2 5mg", ["CD20", "IL", "-", "2", "5mg"]),
        ("12.5 mg/m2", ["12.5", "mg", "/", "m2"]),
        ("1,234 patients", ["1,234", "patients"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in language().doc(text)] == tokens


def names(text: str, kind: str) -> list[tuple[str, str]]:
    return [(m.term.name, text[m.start : m.end]) for m in language().find(text) if m.term.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        pytest.param("DOCETAXEL was given", "drugs", [("docetaxel", "DOCETAXEL")], id="any case"),
        pytest.param("given Taxotere", "drugs", [("docetaxel", "Taxotere")], id="brand"),
        pytest.param(
            "docetaxel and lapatinib", "drugs", [("docetaxel", "docetaxel"), ("lapatinib", "lapatinib")], id="in order"
        ),
        pytest.param(
            "patients with gastric cancer", "conditions", [("gastric cancer", "gastric cancer")], id="disease"
        ),
        pytest.param("median OS was long", "endpoints", [("overall survival", "OS")], id="acronym"),
        pytest.param("given mFOLFOX", "regimens", [("FOLFOX", "mFOLFOX")], id="regimen"),
    ],
)
def test_finds(text: str, kind: str, found: list[tuple[str, str]]) -> None:
    assert names(text, kind) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("the os calcis was fractured", "endpoints", id="an acronym in lower case"),
        pytest.param("docetaxels", "drugs", id="half a word"),
        pytest.param("the weather was fine", "conditions", id="nothing"),
    ],
)
def test_finds_nothing(text: str, kind: str) -> None:
    assert names(text, kind) == []


def test_the_longest_of_a_kind_stands() -> None:
    found = names("progression-free survival", "endpoints")
    assert found == [("progression-free survival", "progression-free survival")]


@pytest.mark.parametrize(
    ("label", "forms"),
    [
        ("progression-free survival", ("progression-free survival", "progression free survival")),
        ("G-CSF", ("G-CSF",)),
        ("overall  survival", ("overall survival",)),
    ],
)
def test_variants(label: str, forms: tuple[str, ...]) -> None:
    assert variants(label) == forms
