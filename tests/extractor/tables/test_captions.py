import pytest

from extractor.tables.captions import stated_middle, stated_spread

MIDDLES = {
    "always medians": ("We give medians (IQR). Time was a median (range) of 3 h.", "median"),
    "always means": ("Ages are mean (range).", "mean"),
    "both": ("Data are mean (range) or median (IQR).", None),
    "none": ("Median survival was 3 months.", None),
}


@pytest.mark.parametrize(("text", "expected"), MIDDLES.values(), ids=MIDDLES)
def test_what_stands_before_a_range(text: str, expected: str | None) -> None:
    assert stated_middle(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("as mean ± SEM", "se"), ("means (SD)", "sd"), ("a mean of 3", None)])
def test_what_a_spread_is(text: str, expected: str | None) -> None:
    assert stated_spread(text) == expected
