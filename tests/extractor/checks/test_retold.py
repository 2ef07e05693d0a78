import pytest

from extractor.checks.retold import retold

RESULTS = "Doses were 370.6 ± 121.6, 220.9 ± 92.5 and 240.7 ± 110.4 mg (P < 0.001)."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doses were 370.6 ± 121.6, 220.9 ± 92.5 and 240.7 ± 110.4 mg.", []),
        ("Doses of groups 1, 2 and 3 were 370.6 ± 121.6, 220.9 ± 92.5 and 240.7 ± 100.4 mg.", ["fails"]),
        ("Doses were 370.6 ± 121.6 mg and 220.9 ± 29.5 mg.", ["fails"]),
        # Too few numbers are the same, or others come before.
        ("Doses were 370.6 ± 29.5 mg.", []),
        ("Doses were 370.8 ± 121.6, 220.9 ± 92.5 and 240.7 ± 100.4 mg elsewhere.", []),
        ("Doses were 370.6 ± 121.6 mg or 220.9 months.", []),
    ],
)
@pytest.mark.parametrize("section", ["abstract", "discussion"])
def test_retold(make_audit, verdicts, section, text, expected):
    assert verdicts(retold, make_audit((section, text), ("results", RESULTS))) == expected
