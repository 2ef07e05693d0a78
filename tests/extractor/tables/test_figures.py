import pytest

from extractor.tables.figures import Figures, consistent, merged, read_figures
from extractor.tables.values import read_value

NAMES = ("statistic", "value", "count", "total", "percent", "sd", "se")


def shown(figures: Figures) -> str:
    found = [f"{name}={value}" for name in NAMES if (value := getattr(figures, name)) is not None]
    found += [f"range={figures.range.low},{figures.range.high},{figures.range.kind}"] if figures.range else []
    found += [f"ci={figures.ci.low},{figures.ci.high}"] if figures.ci else []
    found += [f"p{figures.p_value.relation}{figures.p_value.value}"] if figures.p_value else []
    return " ".join(found + (["not reached"] if figures.not_reached else []))


# Cell, the statistics that head or stub name, the group's size, the figures.
CASES = [
    ("14 (27)", "count percent", None, "statistic=count count=14 percent=27"),
    ("27 (14)", "percent count", None, "statistic=count count=14 percent=27"),
    ("27% (14)", "count percent", None, "statistic=count count=14 percent=27"),
    ("12/52 (23)", "count percent", None, "statistic=count count=12 total=52 percent=23"),
    ("14", "count percent", None, "statistic=count count=14"),
    ("27.5", "count percent", None, "statistic=percent percent=27.5"),
    ("0 (0)", "count percent", None, "statistic=count count=0 percent=0"),
    ("27", "percent", None, "statistic=percent percent=27"),
    ("47 (33-70)", "median range", None, "statistic=median value=47 range=33,70,range"),
    ("47 (33-70)", "median iqr", None, "statistic=median value=47 range=33,70,iqr"),
    ("12.3 (4.5)", "mean sd", None, "statistic=mean value=12.3 sd=4.5"),
    ("12.3 ± 4.5", "mean sd", None, "statistic=mean value=12.3 sd=4.5"),
    ("12.3 ± 4.5", "mean se", None, "statistic=mean value=12.3 se=4.5"),
    ("12.3 (4.5)", "sd", None, "statistic=mean value=12.3 sd=4.5"),
    ("12.3 (9.1-15.0)", "mean ci", None, "statistic=mean value=12.3 ci=9.1,15.0"),
    ("0.86 [0.70-1.06]", "hazard_ratio ci", None, "statistic=hazard_ratio value=0.86 ci=0.70,1.06"),
    ("NR (8.1-NR)", "median ci", None, "statistic=median ci=8.1,None not reached"),
    ("<0.001", "p_value", None, "statistic=p_value p<0.001"),
    ("0.03*", "p_value", None, "statistic=p_value p=0.03"),
    ("18-70", "range", None, "range=18,70,range"),
    ("4.5", "sd", None, "sd=4.5"),
    # nothing is named: the shape, or the size of the group, must tell
    ("14 (27%)", "", None, "statistic=count count=14 percent=27"),
    ("27%", "", None, "statistic=percent percent=27"),
    ("13 (25)", "", 52, "statistic=count count=13 percent=25"),
    ("25 (13)", "", 52, "statistic=count count=13 percent=25"),
    ("12/52", "", 52, "statistic=count count=12 total=52"),
    ("61", "", 52, "value=61"),
    ("-9.1%", "", None, "value=-9.1"),
    # what contradicts its name is not believed
    ("127", "percent", None, "value=127"),
    ("1.7", "p_value", None, "value=1.7"),
    ("8 (25)", "", 52, ""),
    ("12/47", "", 52, ""),
    ("0.97 1.21", "mean", 52, ""),
    ("7 (SD = 1.9)", "percent", 52, "statistic=mean value=7 sd=1.9"),
]


@pytest.mark.parametrize(("cell", "named", "size", "expected"), CASES, ids=[f"{c[0]} as {c[1] or c[2]}" for c in CASES])
def test_figures_of_a_cell(cell: str, named: str, size: int | None, expected: str) -> None:
    found = read_figures(read_value(cell), (tuple(named.split()),) if named else (), size)
    assert " | ".join(map(shown, found)) == expected


def test_two_locations_in_a_cell() -> None:
    found = read_figures(read_value("12.3 (4.5) 11.0"), (("mean", "sd", "median"),), None)
    assert [shown(each) for each in found] == ["statistic=mean value=12.3 sd=4.5", "statistic=median value=11.0"]


def test_a_caption_announces_what_head_and_stub_leave_open() -> None:
    (found,) = read_figures(read_value("12.3 (4.5)"), (), 50, (("mean", "sd"),))
    assert shown(found) == "statistic=mean value=12.3 sd=4.5"


@pytest.mark.parametrize(
    ("count", "percent", "total", "expected"), [(14, "27", 52, True), (14, "29", 52, False), (14, "27", None, False)]
)
def test_a_count_and_its_percentage(count: int, percent: str, total: int | None, expected: bool) -> None:
    number = read_value(percent).parts[0].number
    assert consistent(count, number, total) is expected


def test_cells_of_one_fact() -> None:
    mean = read_figures(read_value("12.3"), (("mean",),), None)[0]
    spread = read_figures(read_value("4.5"), (("sd",),), None)[0]
    both = merged(mean, spread)
    assert both is not None
    assert shown(both) == "statistic=mean value=12.3 sd=4.5"
    assert merged(mean, mean) is None
