import pytest

from extractor.checks.pairs import in_tables, told_twice

FIRST = "The clinical response rate was higher with Alpha (76.1% vs. 57.0%, P = 0.001)."


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("The rate of clinical response was higher in arm A (76.1% versus 57.0%; P = 0.001).", ["holds"]),
        ("The rate of clinical response was higher in arm A (76.6% versus 57.0%; P = 0.001).", ["fails"]),
        ("The rate of clinical response was higher in arm A (76.1% versus 57.0%; P = 0.002).", ["undecided"]),
        ("The rate of local relapse was lower in arm A (76.6% versus 57.0%; P = 0.001).", []),
        ("The rate of clinical response was higher in women (26.6% versus 17.0%; P = 0.001).", []),
        ("The rate of clinical response was higher in arm A (76.6% versus 57.0%; P < 0.001).", []),
    ],
)
def test_told_twice(make_audit, verdicts, second, expected):
    assert verdicts(told_twice, make_audit(("abstract", FIRST), ("results", second))) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("Clinical response", "108 (76.1)", "86 (57.0)", "0.001"), ["holds"]),
        (("Clinical response", "86 (57.0)", "108 (76.1)", "0.001"), ["holds"]),
        (("Clinical response", "108 (76.2)", "86 (57.0)", "0.001"), ["fails"]),
        (("Clinical response", "108 (76.2)", "86 (57.0)", "0.002"), []),
        (("Clinical response", "108 (12.2)", "86 (57.0)", "0.001"), []),
        (("Nausea", "108 (76.2)", "86 (57.0)", "0.001"), []),
    ],
)
def test_tables(make_audit, verdicts, row, expected):
    grid = (("", "Alpha", "Beta", "P"), row)
    assert verdicts(in_tables, make_audit(("results", FIRST), tables={"Table 2": (grid, 1)})) == expected
