import pytest

from extractor.tables.print import caption_text, label, plain


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("14 (27)†", "14 (27)"),
        ("0·86 [0·70–1·06]", "0.86 [0.70-1.06]"),
        ("0.03*", "0.03"),
        ("Nausea^{a}", "Nausea"),
        ("Nausea¹", "Nausea"),
        ("52²", "52"),
        ("Age\n(years)", "Age (years)"),
        ("Platelets, 10⁹/L", "Platelets, 109/L"),
        ("31.2 ± 4.5^{b1}", "31.2 ± 4.5"),
        ("31.2 ± 4.5^#", "31.2 ± 4.5"),
        ("31.2* ^{#+}", "31.2"),
        ("6 x 10^{3}", "6 x 10^{3}"),
    ],
    ids=[
        "dagger",
        "middle dots",
        "star",
        "caret letter",
        "raised after a word",
        "raised after a number",
        "break",
        "power",
        "caret letter and number",
        "caret sign",
        "caret signs apart",
        "caret power",
    ],
)
def test_marks_go_and_glyphs_are_folded(printed: str, expected: str) -> None:
    assert plain(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("• Nausea:", "Nausea"), ("– Anaemia", "Anaemia"), ("-5 to 3", "-5 to 3"), ("  Sex,", "Sex")],
    ids=["bullet", "dash", "a sign is no bullet", "comma"],
)
def test_a_label_has_no_bullets(printed: str, expected: str) -> None:
    assert label(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Table 2 | Adverse events", "Adverse events"),
        ("TABLE IV. Response", "Response"),
        ("Tables of life", "Tables of life"),
    ],
)
def test_a_caption_has_no_number(table, printed: str, expected: str) -> None:
    assert caption_text(table("A | B", printed)) == expected
